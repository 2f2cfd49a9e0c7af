import type { Bytes } from '../../base/bytes.ts';
import type { RegistryValue } from '../powershell/host.ts';

export const typeNames = {
  String: 'REG_SZ',
  ExpandString: 'REG_EXPAND_SZ',
  MultiString: 'REG_MULTI_SZ',
  DWord: 'REG_DWORD',
  QWord: 'REG_QWORD',
  Binary: 'REG_BINARY',
  None: 'REG_NONE',
} as const;

export const hex = (content: Bytes): string => {
  let text = '';
  for (let i = 0; i < content.length; i++)
    text += content.charCodeAt(i).toString(16).toUpperCase().padStart(2, '0');
  return text;
};

/** Data as reg.exe prints it. `separator` stands between the strings of a multi-string. */
export function dataText(value: RegistryValue, separator = '\\0'): string {
  switch (value.kind) {
    case 'String':
    case 'ExpandString':
      return value.data;
    case 'MultiString':
      return value.data.join(separator);
    case 'DWord':
      return `0x${(value.data >>> 0).toString(16)}`;
    case 'QWord':
      return `0x${value.data.toString(16)}`;
    case 'Binary':
    case 'None':
      return hex(value.data);
  }
}

function fromHex(text: string): Bytes | undefined {
  const clean = text.replace(/^0x/i, '');
  if (!/^[\da-f]*$/i.test(clean)) return undefined;
  const even = clean.length % 2 === 0 ? clean : `0${clean}`;
  let out = '';
  for (let i = 0; i < even.length; i += 2) out += String.fromCharCode(parseInt(even.slice(i, i + 2), 16));
  return out as Bytes;
}

/** A value from what was typed after /t and /d; undefined where they do not fit. */
export function parseValue(type: string, data: string, separator = '\\0'): RegistryValue | undefined {
  const number = /^(0x[\da-f]+|\d+)$/i;
  switch (type.toUpperCase()) {
    case 'REG_SZ':
      return { kind: 'String', data };
    case 'REG_EXPAND_SZ':
      return { kind: 'ExpandString', data };
    case 'REG_MULTI_SZ':
      return { kind: 'MultiString', data: data === '' ? [] : data.split(separator).filter((s) => s !== '') };
    case 'REG_DWORD':
    case 'REG_DWORD_LITTLE_ENDIAN': {
      const given = data === '' ? '0' : data;
      const value = number.test(given) ? Number(given) : NaN;
      return value <= 0xffffffff ? { kind: 'DWord', data: value } : undefined;
    }
    case 'REG_QWORD':
      return data === '' || number.test(data) ? { kind: 'QWord', data: BigInt(data || '0') } : undefined;
    case 'REG_BINARY':
    case 'REG_NONE': {
      const content = fromHex(data);
      return content === undefined
        ? undefined
        : { kind: type.toUpperCase() === 'REG_NONE' ? 'None' : 'Binary', data: content };
    }
    default:
      return undefined;
  }
}
