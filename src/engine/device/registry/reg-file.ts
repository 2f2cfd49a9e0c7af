import { bytes } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import type { Result } from '../../../base/result.ts';
import { fail, ok } from '../../../base/result.ts';
import type { KeyNode } from './key-node.ts';
import { subKeysOf, valuesOf } from './key-node.ts';
import type { RegistryHiveName, StoredRegistryValue } from './registry-value.ts';

const header = 'Windows Registry Editor Version 5.00';

/** Long names of the hives, as `.reg` files have them. */
export const hiveNames: Readonly<Record<RegistryHiveName, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKU: 'HKEY_USERS',
};

/** One line's worth of a `.reg` file, hive and path as written there. */
export type RegEntry =
  | { readonly kind: 'key'; readonly hive: string; readonly path: string }
  | { readonly kind: 'delete-key'; readonly hive: string; readonly path: string }
  | {
      readonly kind: 'value';
      readonly hive: string;
      readonly path: string;
      readonly name: string;
      readonly value: StoredRegistryValue;
    }
  | { readonly kind: 'delete-value'; readonly hive: string; readonly path: string; readonly name: string };

/**
 * A key and all below it as the registry editor exports it: CRLF, keys in the order of the registry, long data broken
 * at 80 columns. On disk Windows writes it in UTF-16LE with a byte order mark.
 */
export function exportKey(key: KeyNode, hive: RegistryHiveName, path: string): string {
  const lines: string[] = [header, ''];
  writeKey(key, path === '' ? hiveNames[hive] : `${hiveNames[hive]}\\${path}`, lines);
  return lines.join('\r\n') + '\r\n';
}

/** A `.reg` file's bytes as Windows writes them, and their text again. */
export const utf16File = (text: string): Bytes => `\xff\xfe${utf16(text)}` as Bytes;
export const readUtf16 = (data: Bytes): string =>
  fromUtf16(data.startsWith('\xff\xfe') ? data.slice(2) : data);

/** Reads what `exportKey` or the registry editor wrote. The error names the line (from 1) that is no part of a `.reg` file. */
export function parseRegFile(
  text: string,
): Result<readonly RegEntry[], { readonly line: number; readonly text: string }> {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines[0]?.trim() !== header && lines[0]?.trim() !== 'REGEDIT4')
    return fail({ line: 1, text: lines[0] ?? '' });
  const entries: RegEntry[] = [];
  let place: { readonly hive: string; readonly path: string } | undefined;
  let skipped = false;
  for (let i = 1; i < lines.length; i++) {
    const start = i;
    let line = (lines[i] ?? '').trim();
    if (line === '' || line.startsWith(';')) continue;
    const key = /^\[(-?)([^\\\]]+)(?:\\(.*))?\]$/.exec(line);
    if (key) {
      const [, minus, hive = '', path = ''] = key;
      skipped = minus === '-';
      place = { hive, path };
      entries.push({ kind: skipped ? 'delete-key' : 'key', hive, path });
      continue;
    }
    // Text in quotes may go over lines; other data is continued with a backslash.
    while (openQuote(line) && i + 1 < lines.length) line += `\r\n${lines[++i] ?? ''}`;
    while (/\\$/.test(line) && !/"$/.test(line) && i + 1 < lines.length)
      line = line.slice(0, -1).trimEnd() + (lines[++i] ?? '').trim();
    const assignment = /^(@|"(?:[^"\\]|\\[^])*")\s*=\s*([^]*)$/.exec(line);
    if (!assignment || place === undefined) return fail({ line: start + 1, text: lines[start] ?? '' });
    const name = assignment[1] === '@' ? '' : unquote(assignment[1] ?? '');
    const data = (assignment[2] ?? '').trim();
    if (data === '-') {
      entries.push({ kind: 'delete-value', ...place, name });
      continue;
    }
    const value = parseData(data);
    if (value === undefined) return fail({ line: start + 1, text: lines[start] ?? '' });
    if (!skipped) entries.push({ kind: 'value', ...place, name, value });
  }
  return ok(entries);
}

function writeKey(key: KeyNode, path: string, lines: string[]): void {
  lines.push(`[${path}]`);
  for (const { name, value } of valuesOf(key)) {
    const left = name === '' ? '@=' : `${quote(name)}=`;
    lines.push(left + dataText(value, left.length));
  }
  lines.push('');
  for (const child of subKeysOf(key)) writeKey(child, `${path}\\${child.name}`, lines);
}

function dataText(value: StoredRegistryValue, column: number): string {
  switch (value.kind) {
    case 'String':
      return quote(value.data);
    case 'DWord':
      return `dword:${value.data.toString(16).padStart(8, '0')}`;
    case 'ExpandString':
      return hexText('hex(2):', utf16(`${value.data}\0`), column);
    case 'MultiString':
      return hexText('hex(7):', utf16(`${value.data.map((one) => `${one}\0`).join('')}\0`), column);
    case 'QWord':
      return hexText('hex(b):', littleEndian(value.data), column);
    case 'Binary':
      return hexText('hex:', value.data, column);
    case 'None':
      return hexText('hex(0):', value.data, column);
  }
}

/** Pairs of digits with commas, broken as the registry editor does: a line holds what fits in 80 columns with its `\`. */
function hexText(prefix: string, data: string, column: number): string {
  let out = prefix;
  let at = column + prefix.length;
  for (let i = 0; i < data.length; i++) {
    const last = i === data.length - 1;
    out += data.charCodeAt(i).toString(16).padStart(2, '0') + (last ? '' : ',');
    at += 3;
    if (!last && at > 76) {
      out += '\\\r\n  ';
      at = 2;
    }
  }
  return out;
}

function parseData(data: string): StoredRegistryValue | undefined {
  if (data.startsWith('"'))
    return /^"(?:[^"\\]|\\[^])*"$/.test(data) ? { kind: 'String', data: unquote(data) } : undefined;
  const word = /^dword:([0-9a-f]{1,8})$/i.exec(data);
  if (word) return { kind: 'DWord', data: parseInt(word[1] ?? '', 16) };
  const hex = /^hex(?:\(([0-9a-f]+)\))?:((?:[0-9a-f]{1,2}\s*,?\s*)*)$/i.exec(data);
  if (!hex) return undefined;
  const raw = (hex[2] ?? '')
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => String.fromCharCode(parseInt(pair, 16)))
    .join('');
  switch (hex[1]?.toLowerCase()) {
    case undefined:
    case '3':
      return { kind: 'Binary', data: bytes(raw) };
    case '0':
      return { kind: 'None', data: bytes(raw) };
    case '1':
      return { kind: 'String', data: fromUtf16(raw).replace(/\0[^]*$/, '') };
    case '2':
      return { kind: 'ExpandString', data: fromUtf16(raw).replace(/\0[^]*$/, '') };
    case '4':
      return { kind: 'DWord', data: Number(fromLittleEndian(raw.slice(0, 4))) };
    case '7': {
      const texts = fromUtf16(raw).split('\0');
      const end = texts.indexOf('');
      return { kind: 'MultiString', data: end < 0 ? texts : texts.slice(0, end) };
    }
    case 'b':
      return { kind: 'QWord', data: fromLittleEndian(raw.slice(0, 8)) };
    default:
      return { kind: 'Binary', data: bytes(raw) };
  }
}

const quote = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
const unquote = (text: string): string => text.slice(1, -1).replace(/\\([^])/g, '$1');

/** True where a quotation mark was opened and not closed. */
function openQuote(line: string): boolean {
  let open = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '\\' && open) i++;
    else if (line[i] === '"') open = !open;
  }
  return open;
}

function utf16(text: string): Bytes {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    out += String.fromCharCode(unit & 0xff, unit >> 8);
  }
  return out as Bytes;
}

function fromUtf16(raw: string): string {
  let out = '';
  for (let i = 0; i + 1 < raw.length; i += 2)
    out += String.fromCharCode(raw.charCodeAt(i) | (raw.charCodeAt(i + 1) << 8));
  return out;
}

function littleEndian(value: bigint): Bytes {
  let out = '';
  for (let i = 0n; i < 8n; i++) out += String.fromCharCode(Number((value >> (8n * i)) & 0xffn));
  return out as Bytes;
}

function fromLittleEndian(raw: string): bigint {
  let value = 0n;
  for (let i = raw.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(raw.charCodeAt(i));
  return value;
}
