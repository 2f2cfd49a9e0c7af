import { differences } from '../dialects/index.ts';
import { isDesktop } from './ambient.ts';
import { DictionaryEntryValue, DictionaryValue, ListValue, SetValue } from './collections.ts';
import { DotNetType } from './dotnet-type.ts';
import { elementsOf } from './enumerate.ts';
import { enumText } from './enum-text.ts';
import { ErrorRecord, ExceptionValue } from './error-record.ts';
import { extendedMember } from './extended-members.ts';
import { hooks } from './hooks.ts';
import { scriptNumberText } from './number-text.ts';
import { Boxed, CharValue, DotNetObject, EnumValue, PSArray, PSCustomObject } from './objects.ts';
import { typeShortName } from './registry.ts';
import { DateTimeOffsetValue, DateTimeValue, GuidValue, TimeSpanValue, VersionValue } from './scalars.ts';
import { ScriptBlockValue } from './script-block.ts';
import type { Value } from './value.ts';
import { automationNull, PSWrapped } from './value.ts';

const pad = (n: number | bigint, width = 2): string => String(n).padStart(width, '0');

/** Calendar parts of ticks since 0001-01-01. */
export function dateParts(ticks: bigint): {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  fraction: number;
  dayOfWeek: number;
  dayOfYear: number;
} {
  const daysTotal = Number(ticks / 864000000000n);
  const rest = Number(ticks % 864000000000n);
  // Civil from days, era by era (March-based years).
  const z = daysTotal + 306;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor(
    (doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365,
  );
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const day = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yoe + era * 400 + (month <= 2 ? 1 : 0);
  return {
    year,
    month,
    day,
    hour: Math.floor(rest / 36000000000),
    minute: Math.floor(rest / 600000000) % 60,
    second: Math.floor(rest / 10000000) % 60,
    fraction: rest % 10000000,
    dayOfWeek: (daysTotal + 1) % 7,
    dayOfYear: daysTotal - Number(ticksOfDate(year, 1, 1) / 864000000000n) + 1,
  };
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
const monthDays = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
export function ticksOfDate(year: number, month: number, day: number): bigint {
  const y = year - 1;
  const leap = month > 2 && isLeapYear(year) ? 1 : 0;
  const days =
    y * 365 +
    Math.floor(y / 4) -
    Math.floor(y / 100) +
    Math.floor(y / 400) +
    (monthDays[month - 1] as number) +
    leap +
    day -
    1;
  return BigInt(days) * 864000000000n;
}

export function timeSpanText(value: TimeSpanValue): string {
  const negative = value.ticks < 0n;
  const t = negative ? -value.ticks : value.ticks;
  const days = t / 864000000000n;
  const fraction = t % 10000000n;
  const clock = `${pad((t / 36000000000n) % 24n)}:${pad((t / 600000000n) % 60n)}:${pad((t / 10000000n) % 60n)}`;
  return `${negative ? '-' : ''}${days > 0n ? `${days}.` : ''}${clock}${fraction > 0n ? `.${pad(fraction, 7)}` : ''}`;
}

/** `MM/dd/yyyy HH:mm:ss`: the invariant culture, which casts and string expansion use. */
function invariantDate(ticks: bigint): string {
  const p = dateParts(ticks);
  return `${pad(p.month)}/${pad(p.day)}/${pad(p.year, 4)} ${pad(p.hour)}:${pad(p.minute)}:${pad(p.second)}`;
}
export function offsetText(offset: bigint): string {
  const minutes = Number((offset < 0n ? -offset : offset) / 600000000n);
  return `${offset < 0n ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}

/** A property bag as text: `@{a=1; b=2}`. */
function customObjectText(value: PSCustomObject): string {
  const parts: string[] = [];
  for (const member of value.members) {
    if (member.kind === 'NoteProperty') parts.push(`${member.name}=${innerText(member.value)}`);
    else if (
      member.kind !== 'ScriptMethod' &&
      member.kind !== 'CodeMethod' &&
      member.kind !== 'MemberSet' &&
      member.kind !== 'PropertySet'
    )
      parts.push(`${member.name}=${innerText(hooks.getProperty(value, member.name) ?? null)}`);
  }
  return parts.length === 0 ? '' : `@{${parts.join('; ')}}`;
}
/** A custom object inside another has no text: its own ToString() gives ''. */
const innerText = (value: Value): string =>
  value instanceof PSCustomObject && !value.members.get('ToString')
    ? ''
    : value instanceof PSArray || value instanceof ListValue
      ? objectText(value)
      : toText(value);

/** What the ToString that Update-TypeData gave to a named type says. */
function typeDataText(value: PSCustomObject): string | undefined {
  if (value.typeNames === undefined) return undefined;
  const own = extendedMember(value, 'tostring');
  return own?.kind === 'ScriptMethod' ? toText(hooks.invokeBlock(own.script, [], value)) : undefined;
}

/** PowerShell's conversion to String: casts, string expansion, arguments. `separator` is `$OFS`. */
export function toText(value: Value, separator = ' '): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
    case 'bigint':
      return scriptNumberText(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      if (value === null || value === automationNull) return '';
      if (value instanceof PSWrapped) {
        if (value.members?.get('ToString')) return hooks.objectText(value);
        if (value.written !== undefined) return value.written;
        return toText(value.base, separator);
      }
      if (value.members !== undefined && value.members.get('ToString')) return hooks.objectText(value);
      if (value instanceof PSCustomObject)
        return typeDataText(value) ?? value.deserializedText ?? customObjectText(value);
      if (value instanceof DateTimeValue) return invariantDate(value.ticks);
      if (value instanceof DateTimeOffsetValue)
        return `${invariantDate(value.ticks)} ${offsetText(value.offset)}`;
      if (value instanceof DotNetType) return typeShortName(value);
      if (value instanceof PSArray || value instanceof ListValue || value instanceof SetValue) {
        const elements = elementsOf(value) as readonly Value[];
        let text = '';
        for (let i = 0; i < elements.length; i++) {
          if (i > 0) text += separator;
          text += elementText(elements[i] as Value);
        }
        return text;
      }
      return objectText(value);
  }
}
/** An element of an array in a string: arrays within print their type. */
const elementText = (value: Value): string =>
  value instanceof PSArray || value instanceof ListValue ? objectText(value) : toText(value);

/** .NET's ToString(), current culture (en-US) where it differs. */
export function objectText(value: Value): string {
  if (value === null || value === automationNull) return '';
  if (typeof value !== 'object') return toText(value);
  if (value instanceof PSWrapped) return toText(value);
  if (value instanceof Boxed) return scriptNumberText(value);
  if (value instanceof CharValue) return value.value;
  if (value instanceof EnumValue) return enumText(value);
  if (value instanceof TimeSpanValue) return timeSpanText(value);
  if (value instanceof GuidValue) return value.text;
  if (value instanceof VersionValue) return value.toString();
  if (value instanceof ScriptBlockValue) return scriptText(value);
  if (value instanceof DotNetType) return value.displayName;
  if (value instanceof DateTimeValue || value instanceof DateTimeOffsetValue) {
    const p = dateParts(value.ticks);
    const text = `${p.month}/${p.day}/${p.year} ${p.hour % 12 === 0 ? 12 : p.hour % 12}:${pad(p.minute)}:${pad(p.second)} ${p.hour < 12 ? 'AM' : 'PM'}`;
    return value instanceof DateTimeValue ? text : `${text} ${offsetText(value.offset)}`;
  }
  if (value instanceof ErrorRecord) return value.details?.message ?? value.exception.message;
  if (value instanceof ExceptionValue) return exceptionText(value);
  if (value instanceof PSCustomObject) return value.deserializedText ?? customObjectText(value);
  if (value instanceof DictionaryEntryValue) {
    if (value.type.fullName === 'System.Collections.DictionaryEntry')
      return isDesktop(differences.text.dictionaryEntry)
        ? value.type.fullName
        : `[${toText(value.key)}, ${toText(value.value)}]`;
    return `[${toText(value.key)}, ${toText(value.value)}]`;
  }
  if (
    value instanceof DictionaryValue ||
    value instanceof ListValue ||
    value instanceof PSArray ||
    value instanceof SetValue
  ) {
    return value.dotNetType.displayName;
  }
  const own = hooks.dotNetText(value);
  if (own !== undefined) return own;
  if (value instanceof DotNetObject) return value.type.displayName;
  return value.dotNetType.displayName;
}

function scriptText(value: ScriptBlockValue): string {
  const text = value.text;
  return value.head + (text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text);
}

function exceptionText(value: ExceptionValue): string {
  let text = value.type.displayName;
  if (value.message !== '') text += `: ${value.message}`;
  if (value.inner)
    text += isDesktop(differences.errors.innerException)
      ? ` ---> ${exceptionText(value.inner)}\n   --- End of inner exception stack trace ---`
      : `\n ---> ${exceptionText(value.inner)}\n   --- End of inner exception stack trace ---`;
  if (value.stackTrace) text += `\n${value.stackTrace}`;
  return text;
}
