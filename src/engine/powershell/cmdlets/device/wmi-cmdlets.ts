import type { CimInstance } from '../../host.ts';
import { DotNetObject } from '../../types/objects.ts';
import { resolveType } from '../../types/registry.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { classItself } from './cim-cmdlets.ts';
import {
  managementObject,
  managementObjectType,
  managementState,
  namedArguments,
} from './management-object.ts';
import { meets, parseFilter, parseQuery } from './wql.ts';

const management = 'Microsoft.PowerShell.Management';
const namespaceOf = (context: CmdletContext): string => {
  const given = context.string('Namespace');
  return given === '' ? 'root/cimv2' : given.replace(/\\/g, '/');
};

function wmiError(
  context: CmdletContext,
  message: string,
  category: 'InvalidType' | 'InvalidArgument' | 'NotSpecified' = 'InvalidType',
): void {
  context.error({
    id: 'GetWMIManagementException',
    category,
    message,
    exception: 'System.Management.ManagementException',
  });
}

export const getWmiObject: Cmdlet = {
  name: 'Get-WmiObject',
  aliases: ['gwmi'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetWmiObjectCommand',
  dialect: 'desktop',
  defaultSet: 'query',
  parameters: [
    {
      name: 'Class',
      type: 'string',
      aliases: ['ClassName'],
      sets: [{ set: 'query', position: 0, mandatory: true }],
    },
    { name: 'Property', type: 'string[]', sets: [{ set: 'query', position: 1 }] },
    { name: 'Filter', type: 'string', sets: ['query'] },
    { name: 'Query', type: 'string', sets: [{ set: 'WQLQuery', mandatory: true }] },
    { name: 'Namespace', type: 'string', aliases: ['NS'] },
    { name: 'ComputerName', type: 'string[]', aliases: ['Cn'] },
    { name: 'Amended', type: 'switch' },
    { name: 'EnableAllPrivileges', type: 'switch' },
    { name: 'Impersonation', type: 'object' },
    { name: 'Authentication', type: 'object' },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      let className = context.string('Class');
      let filter: ReturnType<typeof parseFilter>;
      if (context.has('Query')) {
        const query = parseQuery(context.string('Query'));
        if (!query) {
          wmiError(context, `Invalid query "${context.string('Query')}"`, 'InvalidArgument');
          return undefined;
        }
        className = query.className;
        filter = query.where;
      } else if (context.has('Filter')) {
        filter = parseFilter(context.string('Filter'));
        if (!filter) {
          wmiError(
            context,
            `Invalid query "select * from ${className} where ${context.string('Filter')}"`,
            'InvalidArgument',
          );
          return undefined;
        }
      }
      const answer = host.cim.instances(namespaceOf(context), className);
      if (!answer.ok) {
        wmiError(
          context,
          answer.error.code === 'access-denied'
            ? 'Access denied '
            : /namespace/i.test(answer.error.message)
              ? `Invalid namespace "${context.string('Namespace')}"`
              : `Invalid class "${className}"`,
        );
        return undefined;
      }
      for (const instance of answer.value)
        if (!filter || meets(instance, filter) === true) context.write(managementObject(instance, host));
      return undefined;
    },
  }),
};

export const invokeWmiMethod: Cmdlet = {
  name: 'Invoke-WmiMethod',
  aliases: ['iwmi'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.InvokeWmiMethod',
  dialect: 'desktop',
  defaultSet: 'class',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Class', type: 'string', sets: [{ set: 'class', position: 0, mandatory: true }] },
    { name: 'InputObject', type: 'object', sets: [{ set: 'object', mandatory: true, pipeline: true }] },
    { name: 'Path', type: 'string', sets: [{ set: 'path', mandatory: true }] },
    { name: 'Name', type: 'string', position: 1, mandatory: true },
    { name: 'ArgumentList', type: 'object[]', position: 2, aliases: ['Args'] },
    { name: 'Namespace', type: 'string', aliases: ['NS'] },
    { name: 'ComputerName', type: 'string[]', aliases: ['Cn'] },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const name = context.string('Name');
      let target: CimInstance;
      const input = context.get('InputObject');
      if (input instanceof DotNetObject && input.type === managementObjectType)
        target = managementState(input).instance;
      else if (context.has('Path')) {
        const wmi = resolveType('wmi');
        const found = wmi ? context.convert(context.string('Path'), wmi) : null;
        if (!(found instanceof DotNetObject)) return undefined;
        target = managementState(found).instance;
      } else target = classItself(context.string('Class'), namespaceOf(context));
      if (!context.shouldProcess(target.className, `Invoke-WmiMethod: ${name}`)) return undefined;
      const args = namedArguments({ instance: target, host }, name, context.list('ArgumentList'));
      const done = host.cim.invoke(target, name, args);
      if (!done.ok) {
        context.error({
          id: 'InvokeWMIManagementException',
          category: 'InvalidOperation',
          message: done.error.code === 'access-denied' ? 'Access denied ' : `Invalid method `,
          exception: 'System.Management.ManagementException',
        });
        return undefined;
      }
      const object = managementObject(
        {
          className: '__PARAMETERS',
          namespace: '',
          properties: [...done.value],
          keys: [],
        },
        host,
      );
      object.typeNames = [
        'System.Management.ManagementBaseObject#\\__PARAMETERS',
        'System.Management.ManagementBaseObject',
        'System.Object',
      ];
      context.write(object);
      return undefined;
    },
  }),
};

export const wmiCmdlets: readonly Cmdlet[] = [getWmiObject, invokeWmiMethod];
