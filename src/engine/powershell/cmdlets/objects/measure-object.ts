import { differences } from '../../dialects/index.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { compare } from '../../types/compare.ts';
import { ConversionError } from '../../types/errors.ts';
import { ScriptError } from '../../types/error-record.ts';
import { double } from '../../types/objects.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull, unwrap } from '../../types/value.ts';
import { hasProperty, matchingNames, readProperty, realName } from '../../format/properties.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { blockName, blockValue } from './property-argument.ts';
import { makeRecord, recordType } from './record-type.ts';

const genericType = recordType(
  'Microsoft.PowerShell.Commands.GenericMeasureInfo',
  'Count:int Average:System.Nullable[double] Sum:System.Nullable[double] Maximum:System.Nullable[double] Minimum:System.Nullable[double] StandardDeviation:System.Nullable[double] Property:string',
);
const genericDesktopType = recordType(
  'Microsoft.PowerShell.Commands.GenericMeasureInfo',
  'Count:int Average:System.Nullable[double] Sum:System.Nullable[double] Maximum:System.Nullable[double] Minimum:System.Nullable[double] Property:string',
);
const objectType = recordType(
  'Microsoft.PowerShell.Commands.GenericObjectMeasureInfo',
  'Count:int Average:System.Nullable[double] Sum:System.Nullable[double] Maximum:System.Object Minimum:System.Object StandardDeviation:System.Nullable[double] Property:string',
);
const textType = recordType(
  'Microsoft.PowerShell.Commands.TextMeasureInfo',
  'Lines:System.Nullable[int] Words:System.Nullable[int] Characters:System.Nullable[int] Property:string',
);

interface Statistics {
  count: number;
  sum: number;
  mean: number;
  squares: number;
  min: Value | undefined;
  max: Value | undefined;
  characters: number;
  words: number;
  lines: number;
}
const empty = (): Statistics => ({
  count: 0,
  sum: 0,
  mean: 0,
  squares: 0,
  min: undefined,
  max: undefined,
  characters: 0,
  words: 0,
  lines: 0,
});

function numberOf(context: CmdletContext, value: Value): number | undefined {
  const inner = unwrap(value);
  if (isNumeric(inner)) return toDouble(inner);
  try {
    const converted = unwrap(context.convert(inner, 'double'));
    return isNumeric(converted) ? toDouble(converted) : undefined;
  } catch (error) {
    if (error instanceof ConversionError || error instanceof ScriptError) return undefined;
    throw error;
  }
}
function order(a: Value, b: Value): number {
  try {
    return compare(a, b, true);
  } catch (error) {
    if (error instanceof ScriptError) return 0;
    throw error;
  }
}

const genericSet = 'GenericMeasure';
const textSet = 'TextMeasure';

export const measureObject: Cmdlet = {
  name: 'Measure-Object',
  aliases: ['measure'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.MeasureObjectCommand',
  defaultSet: genericSet,
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Property', type: 'object[]', position: 0 },
    { name: 'StandardDeviation', type: 'switch', dialect: 'core', sets: [genericSet] },
    { name: 'Sum', type: 'switch', sets: [genericSet] },
    { name: 'AllStats', type: 'switch', dialect: 'core', sets: [genericSet] },
    { name: 'Average', type: 'switch', sets: [genericSet] },
    { name: 'Maximum', type: 'switch', sets: [genericSet] },
    { name: 'Minimum', type: 'switch', sets: [genericSet] },
    { name: 'Line', type: 'switch', sets: [textSet] },
    { name: 'Word', type: 'switch', sets: [textSet] },
    { name: 'Character', type: 'switch', sets: [textSet] },
    { name: 'IgnoreWhiteSpace', type: 'switch', sets: [textSet] },
  ],
  start(context) {
    const text = ['Line', 'Word', 'Character', 'IgnoreWhiteSpace'].some((n) => context.switch(n));
    const all = context.switch('AllStats');
    const wants = (name: string): boolean => all || context.switch(name);
    const numbers = wants('Sum') || wants('Average') || wants('StandardDeviation');
    const extremes = wants('Minimum') || wants('Maximum');
    const properties = context.list('Property').map(unwrap);
    const byName = new Map<string, Statistics>();
    const whole = empty();
    let nonNumericExtreme = false;
    let nonNumeric = false;
    const words = context.switch('Word');

    const add = (stats: Statistics, value: Value, target: Value): void => {
      stats.count++;
      if (text) {
        const s = toText(value);
        if (s === '') return;
        stats.characters += context.switch('IgnoreWhiteSpace') ? s.replace(/\s/g, '').length : s.length;
        if (words) stats.words += s.split(/\s+/).filter((w) => w !== '').length;
        stats.lines += s.split('\n').length - (s.endsWith('\n') ? 1 : 0);
        return;
      }
      if (numbers) {
        const n = numberOf(context, value);
        if (n === undefined) {
          nonNumeric = true;
          context.error({
            id: 'NonNumericInputObject',
            category: 'InvalidType',
            message: `Input object "${toText(target)}" is not numeric.`,
            exception: 'System.Management.Automation.PSInvalidOperationException',
            target,
          });
          return;
        }
        stats.sum += n;
        const delta = n - stats.mean;
        stats.mean += delta / stats.count;
        stats.squares += delta * (n - stats.mean);
      }
      if (extremes) {
        let candidate = unwrap(value);
        const n = isNumeric(candidate) ? toDouble(candidate) : undefined;
        if (n === undefined) {
          const parsed = typeof candidate === 'string' ? numberOf(context, candidate) : undefined;
          if (parsed === undefined || candidate === '') nonNumericExtreme = true;
          else candidate = double(parsed);
        } else candidate = double(n);
        if (stats.min === undefined || order(candidate, stats.min) < 0) stats.min = candidate;
        if (stats.max === undefined || order(candidate, stats.max) > 0) stats.max = candidate;
      }
    };

    return {
      process() {
        const item = context.has('InputObject') ? context.get('InputObject') : context.input;
        if (item === null || item === automationNull) return undefined;
        if (properties.length === 0) {
          add(whole, item, item);
          return undefined;
        }
        for (const property of properties) {
          if (property instanceof ScriptBlockValue) {
            const value = blockValue(context, property, item);
            if (!isNull(value)) add(statsOf(byName, blockName(property)), value, value);
            continue;
          }
          const name = toText(property);
          for (const found of matchingNames(item, name)) {
            const inTable = item instanceof DictionaryValue && item.has(found);
            if (!inTable && !hasProperty(item, found)) continue;
            const value = inTable ? (item.get(found) ?? null) : readProperty(item, found);
            if (isNull(value)) continue;
            add(statsOf(byName, inTable ? found : realName(item, found)), value, value);
          }
        }
        return undefined;
      },
      end() {
        const results: (readonly [string | null, Statistics])[] =
          properties.length === 0 ? [[null, whole]] : [...byName];
        for (const property of properties) {
          const name = property instanceof ScriptBlockValue ? blockName(property) : toText(property);
          if (/[*?[]/.test(name) || [...byName.keys()].some((k) => k.toLowerCase() === name.toLowerCase()))
            continue;
          if (context.session.frame.scope.strict >= 2)
            context.error({
              id: text ? 'TextMeasurePropertyNotFound' : 'GenericMeasurePropertyNotFound',
              category: 'InvalidArgument',
              message: `The property "${name}" cannot be found in the input for any objects.`,
              exception: 'System.Management.Automation.PSArgumentException',
              target: null,
            });
        }
        for (const [name, stats] of results) {
          const optional = (on: boolean, value: Value): Value => (on ? value : null);
          if (text) {
            context.write(
              makeRecord(textType, {
                Lines: optional(context.switch('Line'), stats.lines),
                Words: optional(context.switch('Word'), stats.words),
                Characters: optional(context.switch('Character'), stats.characters),
                Property: name,
              }),
            );
            continue;
          }
          // One input that is no number leaves all sums out.
          const some = stats.count > 0 && !nonNumeric;
          context.write(
            makeRecord(
              nonNumericExtreme
                ? objectType
                : differences.commands.measureObject.desktopIn(context.dialect)
                  ? genericDesktopType
                  : genericType,
              {
                Count: stats.count,
                Average: optional(wants('Average') && some, double(stats.sum / stats.count)),
                Sum: optional(wants('Sum') && some, double(stats.sum)),
                Maximum: optional(wants('Maximum'), stats.max ?? null),
                Minimum: optional(wants('Minimum'), stats.min ?? null),
                StandardDeviation: optional(
                  wants('StandardDeviation') && some,
                  double(stats.count > 1 ? Math.sqrt(stats.squares / (stats.count - 1)) : 0),
                ),
                Property: name,
              },
            ),
          );
        }
        return undefined;
      },
    };
  },
};

function statsOf(map: Map<string, Statistics>, name: string): Statistics {
  let stats = map.get(name);
  if (!stats) map.set(name, (stats = empty()));
  return stats;
}
