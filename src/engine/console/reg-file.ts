import type { Bytes } from '../../base/bytes.ts';
import { utf8Decode } from '../../base/bytes.ts';
import type { RegistryPath, RegistryValue } from '../powershell/host.ts';
import { keyText, parseKey } from './registry-path.ts';

/** What a .reg file asks for, in its order. */
export type RegFileStep =
  | { readonly kind: 'key'; readonly key: RegistryPath }
  | { readonly kind: 'delete-key'; readonly key: RegistryPath }
  | {
      readonly kind: 'value';
      readonly key: RegistryPath;
      readonly name: string;
      readonly value: RegistryValue;
    }
  | { readonly kind: 'delete-value'; readonly key: RegistryPath; readonly name: string };

const header = 'Windows Registry Editor Version 5.00';
const quoted = (text: string): string => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"')}"`;
const utf16 = (text: string): string => {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    out += String.fromCharCode(code & 255, code >> 8);
  }
  return out;
};
const fromUtf16 = (content: string): string => {
  let text = '';
  for (let i = 0; i + 1 < content.length; i += 2)
    text += String.fromCharCode(content.charCodeAt(i) | (content.charCodeAt(i + 1) << 8));
  return text;
};

/** Bytes as `hex:01,02,…`, broken at 80 columns as regedit breaks them. */
function hexLines(prefix: string, content: string): string {
  let line = prefix;
  const lines: string[] = [];
  for (let i = 0; i < content.length; i++) {
    const part = content.charCodeAt(i).toString(16).padStart(2, '0') + (i < content.length - 1 ? ',' : '');
    if (line.length + part.length > 79) {
      lines.push(`${line}\\`);
      line = '  ';
    }
    line += part;
  }
  lines.push(line);
  return lines.join('\r\n');
}

const little = (value: bigint, length: number): string => {
  let out = '';
  for (let i = 0; i < length; i++) out += String.fromCharCode(Number((value >> BigInt(8 * i)) & 255n));
  return out;
};

export function valueLine(name: string, value: RegistryValue): string {
  const left = name === '' ? '@=' : `${quoted(name)}=`;
  switch (value.kind) {
    case 'String':
      return left + quoted(value.data);
    case 'DWord':
      return `${left}dword:${(value.data >>> 0).toString(16).padStart(8, '0')}`;
    case 'QWord':
      return hexLines(`${left}hex(b):`, little(value.data, 8));
    case 'ExpandString':
      return hexLines(`${left}hex(2):`, utf16(`${value.data}\0`));
    case 'MultiString':
      return hexLines(`${left}hex(7):`, utf16(`${value.data.map((s) => `${s}\0`).join('')}\0`));
    case 'Binary':
      return hexLines(`${left}hex:`, value.data);
    case 'None':
      return hexLines(`${left}hex(0):`, value.data);
  }
}

/** A .reg file as reg export writes it: UTF-16 with a byte order mark. */
export function writeRegFile(
  keys: Iterable<{
    readonly key: RegistryPath;
    readonly values: readonly (readonly [string, RegistryValue])[];
  }>,
): Bytes {
  let text = `${header}\r\n\r\n`;
  for (const { key, values } of keys) {
    text += `[${keyText(key)}]\r\n`;
    for (const [name, value] of values) text += `${valueLine(name, value)}\r\n`;
    text += '\r\n';
  }
  return `\xff\xfe${utf16(text)}` as Bytes;
}

function parseData(text: string): RegistryValue | 'delete' | undefined {
  if (text === '-') return 'delete';
  if (text.startsWith('"')) {
    const match = /^"((?:[^"\\]|\\.)*)"/.exec(text);
    return match ? { kind: 'String', data: (match[1] as string).replace(/\\(.)/g, '$1') } : undefined;
  }
  const dword = /^dword:([\da-f]{1,8})$/i.exec(text);
  if (dword) return { kind: 'DWord', data: parseInt(dword[1] as string, 16) };
  const binary = /^hex(?:\(([\da-f]+)\))?:([\da-f,\s]*)$/i.exec(text);
  if (!binary) return undefined;
  const content = (binary[2] as string)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => String.fromCharCode(parseInt(part, 16) & 255))
    .join('') as Bytes;
  switch (parseInt(binary[1] ?? '3', 16)) {
    case 0:
      return { kind: 'None', data: content };
    case 1:
      return { kind: 'String', data: fromUtf16(content).replace(/\0+$/, '') };
    case 2:
      return { kind: 'ExpandString', data: fromUtf16(content).replace(/\0+$/, '') };
    case 4: {
      let value = 0;
      for (let i = 3; i >= 0; i--) value = value * 256 + (content.charCodeAt(i) || 0);
      return { kind: 'DWord', data: value };
    }
    case 7:
      return {
        kind: 'MultiString',
        data: fromUtf16(content)
          .split('\0')
          .filter((part) => part !== ''),
      };
    case 11: {
      let value = 0n;
      for (let i = 7; i >= 0; i--) value = value * 256n + BigInt(content.charCodeAt(i) || 0);
      return { kind: 'QWord', data: value };
    }
    default:
      return { kind: 'Binary', data: content };
  }
}

/** Steps of a .reg file; undefined where it is none. Lines that make no sense are passed over, as Windows does. */
export function readRegFile(content: Bytes): readonly RegFileStep[] | undefined {
  const text = content.startsWith('\xff\xfe')
    ? fromUtf16(content.slice(2))
    : utf8Decode(content).replace(/^\uFEFF/, '');
  const lines = text.replace(/\\\r?\n\s*/g, '').split(/\r?\n/);
  const first = lines.find((line) => line.trim() !== '')?.trim();
  if (first !== header && first !== 'REGEDIT4') return undefined;
  const steps: RegFileStep[] = [];
  let key: RegistryPath | undefined;
  for (const line of lines) {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith(';')) continue;
    const section = /^\[(-?)(.*)\]$/.exec(trimmed);
    if (section) {
      const found = parseKey(section[2] as string);
      key = section[1] === '' ? found : undefined;
      if (found) steps.push({ kind: section[1] === '' ? 'key' : 'delete-key', key: found });
      continue;
    }
    const entry = /^(@|"((?:[^"\\]|\\.)*)")\s*=\s*(.*)$/.exec(trimmed);
    if (!entry || !key) continue;
    const name = entry[1] === '@' ? '' : (entry[2] as string).replace(/\\(.)/g, '$1');
    const value = parseData(entry[3] as string);
    if (value === 'delete') steps.push({ kind: 'delete-value', key, name });
    else if (value) steps.push({ kind: 'value', key, name, value });
  }
  return steps;
}
