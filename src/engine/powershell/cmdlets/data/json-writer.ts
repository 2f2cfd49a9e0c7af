import { DictionaryValue } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { numberText } from '../../types/number-text.ts';
import { Boxed, CharValue, DotNetObject, EnumValue, PSArray, PSCustomObject } from '../../types/objects.ts';
import {
  DateTimeOffsetValue,
  DateTimeValue,
  GuidValue,
  TimeSpanValue,
  unixEpochTicks,
  VersionValue,
} from '../../types/scalars.ts';
import { dateParts, objectText, offsetText, toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull, PSWrapped } from '../../types/value.ts';
import { propertyNames, readProperty } from '../../format/properties.ts';

/** Text of what lies deeper than -Depth: custom objects in a list have none of their own. */
const cutText = (value: Value): string =>
  value instanceof PSArray
    ? value.items.map((v) => (v instanceof PSCustomObject ? '' : toText(v))).join(' ')
    : toText(value);

export interface JsonWriterOptions {
  readonly depth: number;
  readonly compress: boolean;
  readonly desktop: boolean;
  readonly enumsAsStrings: boolean;
  readonly escaping: 'Default' | 'EscapeNonAscii' | 'EscapeHtml';
  readonly newline: string;
  /** Called once where something was too deep. */
  readonly truncated: () => void;
  /** Offset of local time from UTC, in ticks. */
  readonly offsetAt: (ticks: bigint) => bigint;
  /** A dictionary has a key that is no string. */
  readonly badKey: (dictionary: DictionaryValue) => never;
}

/** What JSON is made of once objects are taken apart. `raw` is text as it stands. */
type Node =
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, Node])[] };
const raw = (text: string): Node => ({ kind: 'raw', text });

const pad = (n: number, width = 2): string => String(n).padStart(width, '0');
const shortEscapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function quoted(text: string, options: JsonWriterOptions): string {
  let result = '"';
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const code = c.charCodeAt(0);
    const short = shortEscapes[c];
    if (short) result += short;
    else if (
      code < 0x20 ||
      code === 0x85 ||
      code === 0x2028 ||
      code === 0x2029 ||
      (options.escaping === 'EscapeNonAscii' && code > 0x7e) ||
      ((options.desktop || options.escaping === 'EscapeHtml') && "<>&'".includes(c))
    )
      result += `\\u${code.toString(16).padStart(4, '0')}`;
    else result += c;
  }
  return `${result}"`;
}

/** Newtonsoft writes a fraction as one even where it is whole. */
function fraction(text: string): string {
  if (/^-?(∞|Infinity)$/.test(text)) return text.startsWith('-') ? '"-Infinity"' : '"Infinity"';
  if (text === 'NaN') return '"NaN"';
  return /[.E]/.test(text) ? text : `${text}.0`;
}

function isoDate(value: DateTimeValue, options: JsonWriterOptions): string {
  const p = dateParts(value.ticks);
  const digits = p.fraction === 0 ? '' : `.${pad(p.fraction, 7).replace(/0+$/, '')}`;
  const zone =
    value.kind === 'Utc' ? 'Z' : value.kind === 'Local' ? offsetText(options.offsetAt(value.ticks)) : '';
  return `${pad(p.year, 4)}-${pad(p.month)}-${pad(p.day)}T${pad(p.hour)}:${pad(p.minute)}:${pad(p.second)}${digits}${zone}`;
}

/** Properties of .NET objects whose order in JSON is that of the class, not of the type table. */
const timeSpanOrder = {
  core: 'Ticks Days Hours Milliseconds Microseconds Nanoseconds Minutes Seconds TotalDays TotalHours TotalMilliseconds TotalMicroseconds TotalNanoseconds TotalMinutes TotalSeconds'.split(
    ' ',
  ),
  desktop:
    'Ticks Days Hours Milliseconds Minutes Seconds TotalDays TotalHours TotalMilliseconds TotalMinutes TotalSeconds'.split(
      ' ',
    ),
};
const versionOrder = 'Major Minor Build Revision MajorRevision MinorRevision'.split(' ');

export function toJson(value: Value, options: JsonWriterOptions): string {
  let warned = false;
  const node = (item: Value, depth: number): Node => {
    if (isNull(item)) return raw('null');
    const scalar = scalarText(item, options);
    if (scalar !== undefined) {
      const added = options.desktop && typeof item === 'object' && item !== null ? item.members : undefined;
      if (!added || added.size === 0) return raw(scalar);
      // 5.1 writes a value that carries members as an object of them.
      const entries: (readonly [string, Node])[] = [['value', raw(scalar)]];
      for (const member of added)
        if (member.kind === 'NoteProperty') entries.push([member.name, node(member.value, depth + 1)]);
      if (item instanceof DateTimeValue)
        entries.push(['DateTime', node(readProperty(item, 'DateTime'), depth + 1)]);
      return { kind: 'map', entries };
    }
    if (depth > options.depth) {
      if (!warned) options.truncated();
      warned = true;
      return raw(quoted(cutText(item), options));
    }
    if (item instanceof DictionaryValue) {
      const entries: (readonly [string, Node])[] = [];
      for (const { key, value: inner } of item.entries.values()) {
        if (typeof key !== 'string') options.badKey(item);
        entries.push([key as string, node(inner, depth + 1)]);
      }
      return { kind: 'map', entries };
    }
    const elements = elementsOf(item);
    if (elements) return { kind: 'list', items: elements.map((element) => node(element, depth + 1)) };
    const names =
      item instanceof TimeSpanValue
        ? timeSpanOrder[options.desktop ? 'desktop' : 'core']
        : item instanceof VersionValue
          ? versionOrder
          : propertyNames(item, true);
    return { kind: 'map', entries: names.map((name) => [name, node(readProperty(item, name), depth + 1)]) };
  };
  const tree = node(value, 0);
  if (options.compress) return compact(tree, options);
  return options.desktop ? desktopLayout(tree, '', options) : coreLayout(tree, '', options);
}

/** JSON of a value that is no object; undefined for objects and collections. */
function scalarText(given: Value, options: JsonWriterOptions): string | undefined {
  const value = given instanceof PSWrapped ? given.base : given;
  switch (typeof value) {
    case 'string':
      return quoted(value, options);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'bigint':
      return value.toString();
    case 'number':
      return (value | 0) === value
        ? String(value)
        : options.desktop
          ? numberText(value)
          : fraction(numberText(value));
    default:
  }
  if (value instanceof Boxed) {
    const text = numberText(value);
    return !options.desktop && ['double', 'single', 'decimal'].includes(value.kind) ? fraction(text) : text;
  }
  if (value instanceof CharValue) return quoted(value.value, options);
  if (value instanceof EnumValue) {
    if (options.enumsAsStrings) return quoted(objectText(value), options);
    return /Int64$/.test(value.type.underlying) && options.desktop
      ? quoted(String(value.value), options)
      : String(value.value);
  }
  if (value instanceof DateTimeValue) {
    if (!options.desktop) return `"${isoDate(value, options)}"`;
    const utc = value.kind === 'Utc' ? value.ticks : value.ticks - options.offsetAt(value.ticks);
    return `"\\/Date(${(utc - unixEpochTicks) / 10000n})\\/"`;
  }
  if (value instanceof DateTimeOffsetValue)
    return options.desktop
      ? undefined
      : `"${isoDate(new DateTimeValue(value.ticks, 'Unspecified'), options)}${offsetText(value.offset)}"`;
  if (value instanceof GuidValue) return quoted(value.text, options);
  if (value instanceof DotNetObject) {
    if (value.type.fullName === 'System.DBNull') return 'null';
    if (value.type.fullName === 'System.Uri')
      return quoted(toText(readProperty(value, 'OriginalString')), options);
  }
  return undefined;
}

function compact(node: Node, options: JsonWriterOptions): string {
  switch (node.kind) {
    case 'raw':
      return node.text;
    case 'list':
      return `[${node.items.map((n) => compact(n, options)).join(',')}]`;
    case 'map':
      return `{${node.entries.map(([key, n]) => `${quoted(key, options)}:${compact(n, options)}`).join(',')}}`;
  }
}

function coreLayout(node: Node, indent: string, options: JsonWriterOptions): string {
  if (node.kind === 'raw') return node.text;
  const inner = `${indent}  `;
  const parts =
    node.kind === 'list'
      ? node.items.map((n) => inner + coreLayout(n, inner, options))
      : node.entries.map(([key, n]) => `${inner}${quoted(key, options)}: ${coreLayout(n, inner, options)}`);
  const [open, close] = node.kind === 'list' ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  return `${open}${options.newline}${parts.join(`,${options.newline}`)}${options.newline}${indent}${close}`;
}

/** 5.1: what is within a value is indented from the column where the value starts. */
function desktopLayout(node: Node, base: string, options: JsonWriterOptions): string {
  if (node.kind === 'raw') return node.text;
  const inner = `${base}    `;
  const parts =
    node.kind === 'list'
      ? node.items.map((n) => inner + desktopLayout(n, inner, options))
      : node.entries.map(([key, n]) => {
          const name = quoted(key, options);
          return `${inner}${name}:  ${desktopLayout(n, inner + ' '.repeat(name.length + 3), options)}`;
        });
  const [open, close] = node.kind === 'list' ? ['[', ']'] : ['{', '}'];
  return `${open}${options.newline}${parts.join(`,${options.newline}`)}${options.newline}${base}${close}`;
}
