import { DictionaryValue } from '../../types/collections.ts';
import { ErrorRecord, ScriptError } from '../../types/error-record.ts';
import { exception } from '../../types/errors.ts';
import { construct, setProperty } from '../../types/member.ts';
import { customObjectType, PSCustomObject } from '../../types/objects.ts';
import { resolveType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import { typeOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { hasProperty } from '../../format/properties.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { comObject } from '../device/com-objects.ts';

function setAll(context: CmdletContext, target: Value, table: DictionaryValue): void {
  for (const { key, value } of table.entries.values()) {
    const name = toText(key);
    if (target instanceof PSCustomObject) {
      target.members.set({ kind: 'NoteProperty', name, value });
      continue;
    }
    const member = typeOf(target)?.findMember(name.toLowerCase());
    if (!member && !hasProperty(target, name)) {
      const message = `The member "${name}" was not found for the specified .NET object.`;
      context.error({
        id: 'InvalidOperationException',
        category: 'InvalidOperation',
        message,
        exception: 'System.InvalidOperationException',
        target: name,
      });
      continue;
    }
    try {
      if (member?.kind === 'method') context.property(target, name);
      else setProperty(target, name, value);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      context.error(new ErrorRecord(error.record.exception, 'SetValueException', 'InvalidData', null));
    }
  }
}

export const newObject: Cmdlet = {
  name: 'New-Object',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.NewObjectCommand',
  defaultSet: 'Net',
  parameters: [
    { name: 'TypeName', type: 'string', sets: [{ set: 'Net', position: 0, mandatory: true }] },
    { name: 'ComObject', type: 'string', sets: [{ set: 'Com', position: 0, mandatory: true }] },
    {
      name: 'ArgumentList',
      type: 'object[]',
      aliases: ['Args'],
      allowNull: true,
      allowEmptyCollection: true,
      sets: [{ set: 'Net', position: 1 }],
    },
    { name: 'Strict', type: 'switch', sets: ['Com'] },
    { name: 'Property', type: 'System.Collections.IDictionary' },
  ],
  start: (context) => ({
    process() {
      const properties = context.get('Property');
      if (context.has('ComObject')) {
        const name = context.string('ComObject');
        const made = comObject(name);
        if (made !== undefined) {
          if (properties instanceof DictionaryValue) setAll(context, made, properties);
          context.write(made);
          return undefined;
        }
        context.fail({
          id: 'CannotLoadComObjectType',
          category: 'InvalidType',
          message: `Cannot load COM type ${name}.`,
          exception: 'System.Management.Automation.PSArgumentException',
        });
      }
      const name = context.string('TypeName');
      const isCustom = /^(System\.Management\.Automation\.)?PS(Custom)?Object$/i.test(name);
      const type = isCustom ? customObjectType : resolveType(name);
      if (!type)
        context.fail({
          id: 'TypeNotFound',
          category: 'InvalidType',
          message: `Cannot find type [${name}]: verify that the assembly containing this type is loaded.`,
          exception: 'System.Management.Automation.PSArgumentException',
        });
      let made: Value = null;
      if (type === customObjectType || type?.fullName === 'System.Management.Automation.PSObject')
        made = new PSCustomObject();
      else {
        try {
          made = construct(type as NonNullable<typeof type>, context.list('ArgumentList'), 'New-Object');
        } catch (error) {
          if (!(error instanceof ScriptError)) throw error;
          const inner = error.record.exception;
          if (error.record.errorId === 'MethodNotFound') {
            const message =
              'A constructor was not found. Cannot find an appropriate constructor for type ' + `${name}.`;
            context.fail(
              new ErrorRecord(
                exception('System.Management.Automation.PSArgumentException', message),
                'CannotFindAppropriateCtor',
                'ObjectNotFound',
                null,
              ),
            );
          }
          context.fail(new ErrorRecord(inner, 'ConstructorInvokedThrowException', 'InvalidOperation', null));
        }
      }
      if (properties instanceof DictionaryValue && !isNull(made)) setAll(context, made, properties);
      context.write(made);
      return undefined;
    },
  }),
};
