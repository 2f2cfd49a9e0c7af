import { differences } from '../../dialects/index.ts';
import { context, isDesktop } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { formatGuid } from '../format-port.ts';
import { defineType } from '../registry.ts';
import { GuidValue, guidType } from '../scalars.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { assign, bytesOf, byteArray, required, str } from './arguments.ts';
import { castError } from './cast-error.ts';
import { constructors, method, staticMethod, staticProperty } from './define.ts';

const badFormat = (message: string): Error => dotNetError('System.FormatException', message);
const wrongLength = 'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).';

function parseGuid(text: string): GuidValue {
  const trimmed = text.trim();
  const plain =
    /^(?:([0-9a-f]{32})|([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|\{([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}|\(([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\))$/i.exec(
      trimmed,
    );
  if (plain) {
    const digits = (plain[1] ?? plain[2] ?? plain[3] ?? plain[4] ?? '').replace(/-/g, '').toLowerCase();
    return ofHex(digits);
  }
  const parts =
    /^\{0x([0-9a-f]{1,8}),0x([0-9a-f]{1,4}),0x([0-9a-f]{1,4}),\{((?:0x[0-9a-f]{1,2},?){8})\}\}$/i.exec(
      trimmed.replace(/\s/g, ''),
    );
  if (parts)
    return ofHex(
      (
        (parts[1] as string).padStart(8, '0') +
        (parts[2] as string).padStart(4, '0') +
        (parts[3] as string).padStart(4, '0') +
        (parts[4] as string)
          .split(',')
          .map((b) => b.slice(2).padStart(2, '0'))
          .join('')
      ).toLowerCase(),
    );
  if (isDesktop(differences.errors.invalidGuid))
    throw badFormat(trimmed.includes('-') || trimmed === '' ? 'Unrecognized Guid format.' : wrongLength);
  if (trimmed.length < 32) throw badFormat('Unrecognized Guid format.');
  const inner = trimmed.replace(/^[({]|[)}]$/g, '');
  if (inner.length !== 36 && inner.length !== 32) throw badFormat(wrongLength);
  if (inner.length === 36 && !/^.{8}-.{4}-.{4}-.{4}-.{12}$/.test(inner))
    throw badFormat('Dashes are in the wrong position for GUID parsing.');
  throw badFormat('Guid string should only contain hexadecimal characters.');
}
const ofHex = (h: string): GuidValue =>
  new GuidValue(`${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`);

/** Byte order of a Guid in memory: the first three parts are little-endian. */
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
function toBytes(v: GuidValue): Uint8Array {
  const hex = v.text.replace(/-/g, '');
  return Uint8Array.from(order, (i) => parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}
function ofBytes(bytes: Uint8Array): GuidValue {
  if (bytes.length !== 16)
    throw dotNetError(
      'System.ArgumentException',
      "Byte array for Guid must be exactly 16 bytes long. (Parameter 'b')",
    );
  const hex: string[] = [];
  order.forEach((to, from) => (hex[to] = (bytes[from] as number).toString(16).padStart(2, '0')));
  return ofHex(hex.join(''));
}
export function newGuid(): GuidValue {
  let hex = '';
  for (let i = 0; i < 4; i++) hex += (context().host.random('guid') >>> 0).toString(16).padStart(8, '0');
  const variant = ((parseInt(hex[16] as string, 16) & 3) | 8).toString(16);
  return ofHex(`${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17)}`);
}
const g = (v: Value | undefined): GuidValue => v as GuidValue;
const empty = new GuidValue('00000000-0000-0000-0000-000000000000');
const compare = (a: GuidValue, b: GuidValue): number => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0);

defineType('System.Guid', {
  constructors: constructors(
    ['guid new()', () => empty],
    ['guid new(string g)', (_v, a) => parseGuid(required(a[0], 'g'))],
    ['guid new(byte[] b)', (_v, a) => ofBytes(bytesOf(a[0]))],
  ),
  members: [
    method(['byte[] ToByteArray()', (v) => byteArray(toBytes(g(v)))]),
    method(
      ['string ToString()', (v) => g(v).text],
      ['string ToString(string format)', (v, a) => formatGuid(g(v), str(a[0]))],
      [
        'string ToString(string format, System.IFormatProvider provider)',
        (v, a) => formatGuid(g(v), str(a[0])),
      ],
    ),
    method(
      ['int CompareTo(System.Object value)', (v, a) => compare(g(v), g(a[0]))],
      ['int CompareTo(guid value)', (v, a) => compare(g(v), g(a[0]))],
    ),
    method(['bool Equals(System.Object o)', (v, a) => a[0] instanceof GuidValue && a[0].text === g(v).text]),
    staticProperty('Empty', 'guid', () => empty),
    staticMethod(['guid NewGuid()', () => newGuid()]),
    staticMethod(['guid Parse(string input)', (_v, a) => parseGuid(required(a[0], 'input'))]),
    staticMethod([
      'guid ParseExact(string input, string format)',
      (_v, a) => {
        const found = parseGuid(str(a[0]));
        if (formatGuid(found, str(a[1])).toLowerCase() !== str(a[0]).trim().toLowerCase())
          throw badFormat(wrongLength);
        return found;
      },
    ]),
    staticMethod([
      'bool TryParse(string input, [ref] guid result)',
      (_v, a) => {
        try {
          assign(a[1], parseGuid(str(a[0])));
          return true;
        } catch {
          assign(a[1], empty);
          return false;
        }
      },
    ]),
  ],
});
/** What is shown of a Guid: PowerShell's own `Guid`, and what .NET 9 added. */
guidType.adapter = {
  hidesMembers: true,
  get(self, name) {
    const { text } = g(self);
    switch (name.toLowerCase()) {
      case 'guid':
        return text;
      case 'variant':
        return isDesktop(differences.text.guidParts) ? undefined : parseInt(text[19] as string, 16);
      case 'version':
        return isDesktop(differences.text.guidParts) ? undefined : parseInt(text[14] as string, 16);
      default:
        return undefined;
    }
  },
  set: () => false,
  names: () => (isDesktop(differences.text.guidParts) ? ['Guid'] : ['Variant', 'Version', 'Guid']),
};
typeConverters.set('System.Guid', (value, type) => {
  if (typeof value !== 'string') return undefined;
  try {
    return parseGuid(value);
  } catch (error) {
    throw castError('InvalidCastParseTargetInvocationWithFormatProvider', value, type, error);
  }
});
