import { differences } from '../../dialects/index.ts';
import { PSArray } from '../../types/objects.ts';
import { unixEpochTicks } from '../../types/scalars.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import type { Instant } from '../../../../base/time.ts';
import { typeNameOf } from '../../types/type-of.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { toJson } from './json-writer.ts';

export const convertToJson: Cmdlet = {
  name: 'ConvertTo-Json',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.ConvertToJsonCommand',
  parameters: [
    { name: 'InputObject', type: 'object', position: 0, mandatory: true, pipeline: true, allowNull: true },
    { name: 'Depth', type: 'int', validate: [{ kind: 'range', min: 0, max: 100 }], dialect: 'core' },
    {
      name: 'Depth',
      type: 'int',
      validate: [{ kind: 'range', min: 1, max: 2147483647 }],
      dialect: 'desktop',
    },
    { name: 'Compress', type: 'switch' },
    { name: 'EnumsAsStrings', type: 'switch', dialect: 'core' },
    { name: 'AsArray', type: 'switch', dialect: 'core' },
    {
      name: 'EscapeHandling',
      type: 'string',
      dialect: 'core',
      validate: [{ kind: 'set', values: ['Default', 'EscapeNonAscii', 'EscapeHtml'] }],
    },
  ],
  start(context) {
    const items: Value[] = [];
    const desktop = differences.json.write.desktopIn(context.dialect);
    const { clock, newline } = context.host;
    return {
      begin() {
        if (desktop && context.number('Depth', 2) > 100)
          context.fail({
            id: 'ReachedMaximumDepthAllowed',
            category: 'InvalidOperation',
            message: 'The maximum depth allowed for serialization is 100.',
            exception: 'System.InvalidOperationException',
          });
        return undefined;
      },
      process() {
        const item = context.get('InputObject');
        if (item === automationNull || (desktop && item === null)) return undefined;
        items.push(item);
        return undefined;
      },
      end() {
        if (items.length === 0) return undefined;
        const value =
          items.length > 1 || context.switch('AsArray') ? new PSArray(items) : (items[0] as Value);
        const depth = context.number('Depth', 2);
        const text = toJson(value, {
          depth,
          compress: context.switch('Compress'),
          desktop,
          enumsAsStrings: context.switch('EnumsAsStrings'),
          escaping: (context.string('EscapeHandling') || 'Default') as 'Default',
          newline,
          truncated: () => {
            if (!desktop)
              context.warning(
                `Resulting JSON is truncated as serialization has exceeded the set depth of ${depth}.`,
              );
          },
          offsetAt: (ticks) =>
            BigInt(clock.offsetAt(Number((ticks - unixEpochTicks) / 10n) as Instant)) * 10n,
          badKey: (dictionary) =>
            context.fail({
              id: 'NonStringKeyInDictionary',
              category: 'InvalidOperation',
              message: `The type '${typeNameOf(dictionary)}' is not supported for serialization or deserialization of a dictionary. Keys must be strings.`,
              exception: 'System.InvalidOperationException',
              target: dictionary,
            }),
        });
        context.write(text);
        return undefined;
      },
    };
  },
};
