import { differences } from '../../dialects/index.ts';
import { DictionaryValue, hashtableType } from '../../types/collections.ts';
import { decimalType, doubleType, Boxed, double, PSArray, PSCustomObject } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import { DateTimeValue, unixEpochTicks } from '../../types/scalars.ts';
import { ticksOfDate } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import type { Instant } from '../../../../base/time.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import type { JsonNode } from './json-reader.ts';
import { JsonError, readDesktopJson, readJson } from './json-reader.ts';
import { elementsOf } from '../../types/enumerate.ts';

/** What reading JSON needs of who asks. */
export type JsonSettings = Pick<CmdletContext, 'dialect' | 'host' | 'convert' | 'string'>;

const orderedHashtable = defineType('System.Management.Automation.OrderedHashtable', {
  baseType: hashtableType,
  interfaces: hashtableType.interfaces,
});

const iso = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,7})\d*)?(Z|[+-]\d\d:?\d\d)?$/;
const serialDate = /^\/Date\((-?\d+)(?:[+-]\d{4})?\)\/$/;

function coreDate(context: JsonSettings, text: string): Value | undefined {
  const m = iso.exec(text);
  if (!m) return undefined;
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 24 || minute > 59 || second > 59 || year < 1)
    return undefined;
  const ticks =
    ticksOfDate(year, month, day) +
    BigInt(hour) * 36000000000n +
    BigInt(minute) * 600000000n +
    BigInt(second) * 10000000n +
    BigInt((m[7] ?? '').padEnd(7, '0'));
  const zone = m[8];
  if (zone === undefined) return new DateTimeValue(ticks, 'Unspecified');
  if (zone === 'Z') return new DateTimeValue(ticks, 'Utc');
  const minutes = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) * (zone.startsWith('-') ? -1 : 1);
  const utc = ticks - BigInt(minutes) * 600000000n;
  const { clock } = context.host;
  const offset = BigInt(clock.offsetAt(Number((utc - unixEpochTicks) / 10n) as Instant)) * 10n;
  return new DateTimeValue(utc + offset, 'Local');
}

function numberValue(context: JsonSettings, text: string): Value {
  if (differences.json.read.desktopIn(context.dialect)) {
    if (/^[+-]?\d+$/.test(text)) {
      const n = BigInt(text);
      if (n >= -2147483648n && n <= 2147483647n) return Number(n);
      if (n >= -9223372036854775808n && n <= 9223372036854775807n) return n;
      return context.convert(text, decimalType);
    }
    return /[eE]/.test(text) ? context.convert(text, doubleType) : context.convert(text, decimalType);
  }
  if (/^-?\d+$/.test(text)) {
    const n = BigInt(text);
    return n >= -9223372036854775808n && n <= 9223372036854775807n ? n : new Boxed('biginteger', n);
  }
  return double(Number(text));
}

export class KeyProblem extends Error {
  readonly id: string;
  constructor(id: string, message: string) {
    super(message);
    this.id = id;
  }
}

function toValue(context: JsonSettings, node: JsonNode, asHashtable: boolean): Value {
  const desktop = differences.json.read.desktopIn(context.dialect);
  switch (node.kind) {
    case 'null':
      return null;
    case 'boolean':
      return node.value;
    case 'number':
      return numberValue(context, node.text);
    case 'string': {
      const serial = serialDate.exec(node.value);
      if (serial) return new DateTimeValue(unixEpochTicks + BigInt(serial[1] as string) * 10000n, 'Utc');
      const kind = context.string('DateKind');
      return (desktop || kind === 'String' ? undefined : coreDate(context, node.value)) ?? node.value;
    }
    case 'array':
      return new PSArray(node.items.map((item) => toValue(context, item, asHashtable)));
    case 'object': {
      if (asHashtable) {
        const table = new DictionaryValue(orderedHashtable, false);
        for (const [key, inner] of node.entries) table.set(key, toValue(context, inner, true));
        return table;
      }
      const result = new PSCustomObject();
      for (const [key, inner] of node.entries) {
        if (key === '')
          throw new KeyProblem(
            'EmptyKeyInJsonString',
            'The provided JSON includes a property whose name is an empty string, this is only supported using the -AsHashTable switch.',
          );
        const known = result.members.get(key);
        if (known && known.name !== key)
          throw new KeyProblem(
            desktop ? 'DuplicateKeysInJsonString' : 'KeysWithDifferentCasingInJsonString',
            desktop
              ? `Cannot convert the JSON string because a dictionary that was converted from the string contains the duplicated keys '${known.name}' and '${key}'.`
              : `Cannot convert the JSON string because it contains keys with different casing. Please use the -AsHashTable switch instead. The key that was attempted to be added to the existing key '${known.name}' was '${key}'.`,
          );
        result.members.set({ kind: 'NoteProperty', name: key, value: toValue(context, inner, false) });
      }
      return result;
    }
  }
}

/** undefined: nothing but blanks. */
/** Values of a text; undefined where it holds none. */
export function fromJson(
  settings: JsonSettings,
  text: string,
  asHashtable: boolean,
  depth: number,
): Value | undefined {
  const desktop = differences.json.read.desktopIn(settings.dialect);
  const node = desktop ? readDesktopJson(text) : readJson(text, depth);
  return node && toValue(settings, node, asHashtable);
}
export const convert = (context: CmdletContext, text: string): Value | undefined =>
  fromJson(context, text, context.switch('AsHashtable'), context.number('Depth', 1024));

export const convertFromJson: Cmdlet = {
  name: 'ConvertFrom-Json',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromJsonCommand',
  parameters: [
    {
      name: 'InputObject',
      type: 'string',
      position: 0,
      mandatory: true,
      pipeline: true,
      allowEmptyString: true,
    },
    { name: 'AsHashtable', type: 'switch', dialect: 'core' },
    { name: 'Depth', type: 'int', dialect: 'core', validate: [{ kind: 'range', min: 1, max: 2147483647 }] },
    { name: 'NoEnumerate', type: 'switch', dialect: 'core' },
    {
      name: 'DateKind',
      type: 'string',
      dialect: 'core',
      validate: [{ kind: 'set', values: ['Default', 'Local', 'Utc', 'Offset', 'String'] }],
    },
  ],
  start(context) {
    const lines: string[] = [];
    const desktop = differences.json.read.desktopIn(context.dialect);
    const emit = (value: Value): void => {
      if (!desktop && !context.switch('NoEnumerate') && elementsOf(value)) context.writeEnumerated(value);
      else context.write(value);
    };
    const attempt = (text: string): boolean => {
      let value: Value | undefined;
      try {
        value = convert(context, text);
      } catch (error) {
        if (error instanceof KeyProblem)
          context.fail({
            id: error.id,
            category: 'InvalidOperation',
            message: error.message,
            exception: 'System.InvalidOperationException',
          });
        throw error;
      }
      if (value === undefined) return false;
      emit(value);
      return value !== null;
    };
    const failed = (error: unknown): never => {
      if (!(error instanceof JsonError)) throw error;
      return context.fail({
        id: 'System.ArgumentException',
        category: 'NotSpecified',
        message: desktop ? error.message : `Conversion from JSON failed with error: ${error.message}`,
        exception: 'System.ArgumentException',
      });
    };
    return {
      process() {
        lines.push(context.string('InputObject'));
        return undefined;
      },
      end() {
        const [first] = lines;
        if (first === undefined) return undefined;
        if (lines.length > 1) {
          // The first line may be JSON by itself: then each line is.
          let alone = false;
          try {
            alone = attempt(first);
          } catch (error) {
            if (!(error instanceof JsonError)) throw error;
          }
          if (alone) {
            try {
              for (const line of lines.slice(1)) attempt(line);
            } catch (error) {
              failed(error);
            }
            return undefined;
          }
        }
        try {
          attempt(lines.join(context.host.newline));
        } catch (error) {
          failed(error);
        }
        return undefined;
      },
    };
  },
};
