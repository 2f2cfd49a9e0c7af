import { differences } from '../../dialects/index.ts';
import { fromUint8Array, toUint8Array } from '../../../../base/bytes.ts';
import type { TextEncoding } from '../../providers/encoding.ts';
import { ansi, encodingByWebName } from '../../providers/encoding.ts';
import { isDesktop } from '../ambient.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import { CharValue, charType, DotNetObject, PSArray } from '../objects.ts';
import { defineType } from '../registry.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { byteArray, bytesOf, flag, int, required, state, str } from './arguments.ts';
import { castError } from './cast-error.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';

interface EncodingState {
  readonly encoding: TextEncoding;
  /** Whether a writer puts the byte order mark. */
  readonly mark: boolean;
}
interface Facts {
  readonly codePage: number;
  readonly title: string;
  readonly bodyName: string;
}
const facts: Readonly<Record<string, Facts>> = {
  'utf-8': { codePage: 65001, title: 'Unicode (UTF-8)', bodyName: 'utf-8' },
  'utf-16': { codePage: 1200, title: 'Unicode', bodyName: 'utf-16' },
  'utf-16BE': { codePage: 1201, title: 'Unicode (Big-Endian)', bodyName: 'utf-16BE' },
  'utf-32': { codePage: 12000, title: 'Unicode (UTF-32)', bodyName: 'utf-32' },
  'us-ascii': { codePage: 20127, title: 'US-ASCII', bodyName: 'us-ascii' },
  'iso-8859-1': { codePage: 28591, title: 'Western European (ISO)', bodyName: 'iso-8859-1' },
  'Windows-1252': { codePage: 1252, title: 'Western European (Windows)', bodyName: 'iso-8859-1' },
};
const base = defineType('System.Text.Encoding', { isAbstract: true, interfaces: ['System.ICloneable'] });
const type = (name: string, baseType: DotNetType = base): DotNetType =>
  defineType(`System.Text.${name}`, { baseType, interfaces: ['System.ICloneable'] });
const utf8Type = type('UTF8Encoding');
const unicodeType = type('UnicodeEncoding');
const utf32Type = type('UTF32Encoding');
const asciiType = type('ASCIIEncoding');
const sealedUtf8 = type('UTF8Encoding+UTF8EncodingSealed', utf8Type);
const sealedAscii = type('ASCIIEncoding+ASCIIEncodingSealed', asciiType);
const latin1Type = type('Latin1Encoding');
const sealedLatin1 = type('Latin1Encoding+Latin1EncodingSealed', latin1Type);
const codePageType = type('SBCSCodePageEncoding');

const make = (of: DotNetType, webName: string, mark: boolean): DotNetObject<EncodingState> => {
  const encoding = encodingByWebName(webName, mark);
  if (!encoding) throw new Error(`No encoding ${webName}`);
  return new DotNetObject(of, { encoding, mark });
};
const known = {
  utf8: () => make(isDesktop(differences.text.encodingTypes) ? utf8Type : sealedUtf8, 'utf-8', true),
  utf8Plain: () => make(isDesktop(differences.text.encodingTypes) ? utf8Type : sealedUtf8, 'utf-8', false),
  unicode: () => make(unicodeType, 'utf-16', true),
  bigEndian: () => make(unicodeType, 'utf-16BE', true),
  utf32: () => make(utf32Type, 'utf-32', true),
  ascii: () => make(isDesktop(differences.text.encodingTypes) ? asciiType : sealedAscii, 'us-ascii', false),
  latin1: () => make(sealedLatin1, 'iso-8859-1', false),
  ansi: () => new DotNetObject<EncodingState>(codePageType, { encoding: ansi, mark: false }),
};
const byName: Readonly<Record<string, keyof typeof known>> = {
  'utf-8': 'utf8',
  utf8: 'utf8',
  '65001': 'utf8',
  'utf-16': 'unicode',
  'utf-16le': 'unicode',
  unicode: 'unicode',
  '1200': 'unicode',
  'utf-16be': 'bigEndian',
  unicodefffe: 'bigEndian',
  '1201': 'bigEndian',
  'utf-32': 'utf32',
  'utf-32le': 'utf32',
  '12000': 'utf32',
  'us-ascii': 'ascii',
  ascii: 'ascii',
  '20127': 'ascii',
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  '28591': 'latin1',
  'windows-1252': 'ansi',
  '1252': 'ansi',
  '0': 'utf8Plain',
};
function encodingNamed(name: string): DotNetObject<EncodingState> {
  const found = byName[name.toLowerCase()];
  if (found)
    return name === '0' && isDesktop(differences.text.defaultEncoding) ? known.ansi() : known[found]();
  throw dotNetError(
    /^\d+$/.test(name) ? 'System.NotSupportedException' : 'System.ArgumentException',
    /^\d+$/.test(name)
      ? `No data is available for encoding ${name}. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method.`
      : `'${name}' is not a supported encoding name. For information on defining a custom encoding, see the documentation for the Encoding.RegisterProvider method. (Parameter 'name')`,
  );
}
/** The encoding an argument stands for; `otherwise` where it is left out or null. */
export const encodingOf = (v: Value | undefined, otherwise: TextEncoding): EncodingState =>
  v instanceof DotNetObject && v.type.isAssignableTo(base)
    ? (v.state as EncodingState)
    : { encoding: otherwise, mark: otherwise.bom !== '' };
/** The object a text encoding is shown as. */
export const encodingObject = (encoding: TextEncoding): Value => encodingNamed(encoding.name.toLowerCase());

const e = (v: Value): TextEncoding => state<EncodingState>(v).encoding;
/** Text of a string, a `char[]` or anything that becomes one. */
const textOf = (v: Value | undefined): string => {
  if (v === null || v === undefined) return required(v, 's');
  const list = elementsOf(v);
  return list ? list.map((c) => str(c)).join('') : str(v);
};
const slice = (a: readonly Value[]): Uint8Array => {
  if (a[0] === null || a[0] === undefined) required(a[0], 'bytes');
  const all = bytesOf(a[0]);
  return a.length < 3 ? all : all.subarray(int(a[1]), int(a[1]) + int(a[2]));
};
const decode = (v: Value, bytes: Uint8Array): string => e(v).decode(fromUint8Array(bytes));
const chars = (text: string): PSArray =>
  new PSArray(
    Array.from({ length: text.length }, (_, i) => new CharValue(text[i] as string)),
    charType,
  );

defineType(base.fullName, {
  members: [
    property('BodyName', 'string', (v) => facts[e(v).name]?.bodyName ?? e(v).name),
    property('EncodingName', 'string', (v) => facts[e(v).name]?.title ?? e(v).name),
    property('HeaderName', 'string', (v) => e(v).name),
    property('WebName', 'string', (v) => (e(v).name === 'Windows-1252' ? 'windows-1252' : e(v).name)),
    property('WindowsCodePage', 'int', (v) => (/^utf/.test(e(v).name) ? 1200 : 1252)),
    property('CodePage', 'int', (v) => facts[e(v).name]?.codePage ?? 0),
    property('IsSingleByte', 'bool', (v) => !/^utf/.test(e(v).name)),
    property('IsReadOnly', 'bool', () => true),
    property('IsBrowserDisplay', 'bool', (v) => e(v).name === 'utf-8'),
    property('Preamble', 'byte[]', (v) => preamble(v)),
    method(
      ['byte[] GetBytes(string s)', (v, a) => byteArray(toUint8Array(e(v).encode(textOf(a[0]))))],
      ['byte[] GetBytes(char[] chars)', (v, a) => byteArray(toUint8Array(e(v).encode(textOf(a[0]))))],
      [
        'byte[] GetBytes(string s, int index, int count)',
        (v, a) => byteArray(toUint8Array(e(v).encode(textOf(a[0]).substr(int(a[1]), int(a[2]))))),
      ],
    ),
    method(
      ['int GetByteCount(string chars)', (v, a) => e(v).encode(textOf(a[0])).length],
      ['int GetByteCount(char[] chars)', (v, a) => e(v).encode(textOf(a[0])).length],
    ),
    method(
      ['string GetString(byte[] bytes)', (v, a) => decode(v, slice(a))],
      ['string GetString(byte[] bytes, int index, int count)', (v, a) => decode(v, slice(a))],
    ),
    method(
      ['char[] GetChars(byte[] bytes)', (v, a) => chars(decode(v, slice(a)))],
      ['char[] GetChars(byte[] bytes, int index, int count)', (v, a) => chars(decode(v, slice(a)))],
    ),
    method(['int GetCharCount(byte[] bytes)', (v, a) => decode(v, slice(a)).length]),
    method([
      'int GetMaxByteCount(int charCount)',
      (v, a) => (int(a[0]) + 1) * (e(v).name === 'utf-8' ? 3 : /^utf/.test(e(v).name) ? 2 : 1),
    ]),
    method(['byte[] GetPreamble()', (v) => preamble(v)]),
    method(['System.Object Clone()', (v) => v]),
    staticProperty('UTF8', 'System.Text.Encoding', known.utf8),
    staticProperty('Unicode', 'System.Text.Encoding', known.unicode),
    staticProperty('BigEndianUnicode', 'System.Text.Encoding', known.bigEndian),
    staticProperty('UTF32', 'System.Text.Encoding', known.utf32),
    staticProperty('ASCII', 'System.Text.Encoding', known.ascii),
    staticProperty('Latin1', 'System.Text.Encoding', known.latin1),
    staticProperty('Default', 'System.Text.Encoding', () =>
      isDesktop(differences.text.defaultEncoding) ? known.ansi() : known.utf8Plain(),
    ),
    staticMethod(
      ['System.Text.Encoding GetEncoding(int codepage)', (_v, a) => encodingNamed(String(int(a[0])))],
      ['System.Text.Encoding GetEncoding(string name)', (_v, a) => encodingNamed(required(a[0], 'name'))],
    ),
    staticMethod([
      'byte[] Convert(System.Text.Encoding srcEncoding, System.Text.Encoding dstEncoding, byte[] bytes)',
      (_v, a) => byteArray(toUint8Array(e(a[1] as Value).encode(decode(a[0] as Value, bytesOf(a[2]))))),
    ]),
  ],
});
const preamble = (v: Value): PSArray => {
  const { encoding, mark } = state<EncodingState>(v);
  return byteArray(Uint8Array.from(mark ? encoding.bom : '', (c) => c.charCodeAt(0)));
};
defineType(utf8Type.fullName, {
  constructors: constructors(
    ['System.Text.UTF8Encoding new()', (v) => make(v as DotNetType, 'utf-8', false)],
    [
      'System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier)',
      (v, a) => make(v as DotNetType, 'utf-8', flag(a[0])),
    ],
    [
      'System.Text.UTF8Encoding new(bool encoderShouldEmitUTF8Identifier, bool throwOnInvalidBytes)',
      (v, a) => make(v as DotNetType, 'utf-8', flag(a[0])),
    ],
  ),
});
defineType(unicodeType.fullName, {
  constructors: constructors(
    ['System.Text.UnicodeEncoding new()', (v) => make(v as DotNetType, 'utf-16', true)],
    [
      'System.Text.UnicodeEncoding new(bool bigEndian, bool byteOrderMark)',
      (v, a) => {
        const made = make(v as DotNetType, flag(a[0]) ? 'utf-16BE' : 'utf-16', flag(a[1]));
        made.state = { ...made.state, mark: flag(a[1]) };
        return made;
      },
    ],
  ),
});
defineType(asciiType.fullName, {
  constructors: constructors([
    'System.Text.ASCIIEncoding new()',
    (v) => make(v as DotNetType, 'us-ascii', false),
  ]),
});
defineType(utf32Type.fullName, {
  constructors: constructors([
    'System.Text.UTF32Encoding new()',
    (v) => make(v as DotNetType, 'utf-32', true),
  ]),
});
typeConverters.set(base.fullName, (value, wanted) => {
  if (typeof value !== 'string') return undefined;
  try {
    return encodingNamed(value);
  } catch (error) {
    throw castError('InvalidCastFromStringToEncoding', value, wanted, error);
  }
});
