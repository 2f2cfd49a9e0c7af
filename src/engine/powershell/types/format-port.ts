import { enumText } from './enum-text.ts';
import type { CultureData } from './dotnet/culture-data.ts';
import { currentCulture } from './dotnet/culture-data.ts';
import { formatDate } from './dotnet/date-format.ts';
import { formatNumber } from './dotnet/number-format.ts';
import { formatTimeSpan } from './dotnet/timespan-format.ts';
import { dotNetError } from './errors.ts';
import { isNumeric } from './numeric.ts';
import { EnumValue } from './objects.ts';
import { DateTimeOffsetValue, DateTimeValue, GuidValue, TimeSpanValue } from './scalars.ts';
import { objectText } from './text.ts';
import type { Value } from './value.ts';
import { unwrap } from './value.ts';

const enumWidths: Readonly<Record<string, number>> = {
  'System.Byte': 2,
  'System.SByte': 2,
  'System.Int16': 4,
  'System.UInt16': 4,
  'System.Int64': 16,
  'System.UInt64': 16,
};

export function formatGuid(value: GuidValue, format: string): string {
  switch (format === '' ? 'd' : format.toLowerCase()) {
    case 'n':
      return value.text.replace(/-/g, '');
    case 'd':
      return value.text;
    case 'b':
      return `{${value.text}}`;
    case 'p':
      return `(${value.text})`;
    case 'x': {
      const [a, b, c, d, e] = value.text.split('-') as [string, string, string, string, string];
      const bytes = (d + e).match(/../g) as string[];
      return `{0x${a},0x${b},0x${c},{${bytes.map((x) => `0x${x}`).join(',')}}}`;
    }
    default:
      throw dotNetError(
        'System.FormatException',
        'Format string can be only "D", "d", "N", "n", "P", "p", "B", "b", "X" or "x".',
      );
  }
}
export function formatEnum(value: EnumValue, format: string): string {
  switch (format.toUpperCase()) {
    case '':
    case 'G':
    case 'F':
      return enumText(value);
    case 'D':
      return String(value.value);
    case 'X': {
      const width = enumWidths[value.type.underlying] ?? 8;
      return BigInt.asUintN(width * 4, BigInt(value.value))
        .toString(16)
        .toUpperCase()
        .padStart(width, '0');
    }
    default:
      throw dotNetError(
        'System.FormatException',
        'Format string can be only "G", "g", "X", "x", "F", "f", "D" or "d".',
      );
  }
}

/** A number's text with the separators of a culture. */
export function separated(text: string, { decimalSeparator, groupSeparator }: CultureData): string {
  if (decimalSeparator === undefined) return text;
  return text.replace(/[.,](?=\d)/g, (c) => (c === '.' ? decimalSeparator : (groupSeparator ?? ',')));
}

/** Text of a value under a format string, as IFormattable gives it; `''` is the general format. */
export function formatValue(value: Value, format: string, culture: CultureData = currentCulture()): string {
  const bare = unwrap(value);
  if (typeof bare === 'string') return bare;
  if (isNumeric(bare)) return separated(formatNumber(bare, format, culture), culture);
  if (bare instanceof DateTimeValue || bare instanceof DateTimeOffsetValue)
    return formatDate(bare, format, culture);
  if (bare instanceof TimeSpanValue) return formatTimeSpan(bare, format);
  if (bare instanceof GuidValue) return formatGuid(bare, format);
  if (bare instanceof EnumValue) return formatEnum(bare, format);
  return objectText(value);
}
