import type { Bytes } from '../../../../base/bytes.ts';
import { fromUint8Array, toUint8Array } from '../../../../base/bytes.ts';
import { fileError } from '../../providers/file-info.ts';
import { markOf, utf8NoBom } from '../../providers/encoding.ts';
import type { TextEncoding } from '../../providers/encoding.ts';
import { context } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { compositeFormat } from '../format-operator.ts';
import type { EnumValue } from '../objects.ts';
import { byte, DotNetObject, PSArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { big, bits, byteArray, bytesOf, flag, int, outOfRange, required, state, str } from './arguments.ts';
import { encodingObject, encodingOf } from './text-encoding.ts';
import { constructors, method, property, staticProperty } from './define.ts';
import { fullPath } from './paths.ts';

export const fileModeType = defineEnum(
  'System.IO.FileMode',
  'CreateNew=1,Create,Open,OpenOrCreate,Truncate,Append',
);
export const fileAccessType = defineEnum('System.IO.FileAccess', 'Read=1,Write,ReadWrite', true);
defineEnum('System.IO.FileShare', 'None=0,Read=1,Write=2,ReadWrite=3,Delete=4,Inheritable=16', true);
defineEnum(
  'System.IO.FileOptions',
  'None=0,Encrypted=16384,DeleteOnClose=67108864,SequentialScan=134217728,RandomAccess=268435456,Asynchronous=1073741824,WriteThrough=-2147483648',
  true,
);
defineEnum('System.IO.SeekOrigin', 'Begin,Current,End');

/** Bytes in memory; a file's are written to the device when the stream is flushed or closed. */
export interface StreamState {
  bytes: Uint8Array;
  length: number;
  position: number;
  readonly canRead: boolean;
  readonly canWrite: boolean;
  /** A fixed array given to MemoryStream. */
  readonly fixed: boolean;
  readonly path: string | undefined;
  dirty: boolean;
  closed: boolean;
}
const streamType = defineType('System.IO.Stream', { isAbstract: true, interfaces: ['System.IDisposable'] });
const memoryType = defineType('System.IO.MemoryStream', {
  baseType: streamType,
  interfaces: ['System.IDisposable'],
});
const fileStreamType = defineType('System.IO.FileStream', {
  baseType: streamType,
  interfaces: ['System.IDisposable'],
});

const closedError = (): Error =>
  dotNetError('System.ObjectDisposedException', 'Cannot access a closed Stream.');
export function streamOf(v: Value | undefined): StreamState {
  const own = state<StreamState>(v);
  if (own.closed) throw closedError();
  return own;
}
export const isStream = (v: Value | undefined): v is DotNetObject<StreamState> =>
  v instanceof DotNetObject && v.type.isAssignableTo(streamType);

export function memoryStream(bytes: Uint8Array, fixed = false): DotNetObject<StreamState> {
  return new DotNetObject(memoryType, {
    bytes,
    length: bytes.length,
    position: 0,
    canRead: true,
    canWrite: true,
    fixed,
    path: undefined,
    dirty: false,
    closed: false,
  });
}
export function readFile(path: string): Bytes {
  const { files } = context().host;
  const found = files.read(path);
  if (found.ok) return found.value;
  if (found.error.code === 'not-found')
    throw dotNetError('System.IO.FileNotFoundException', `Could not find file '${path}'.`, {
      FileName: path,
    });
  if (found.error.code === 'parent-not-found')
    throw dotNetError('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`);
  throw fileError(found.error, path);
}
export function writeFile(path: string, content: Bytes, append = false): void {
  const { files } = context().host;
  const done = append ? files.append(path, content) : files.write(path, content);
  if (done.ok) return;
  if (done.error.code === 'parent-not-found' || done.error.code === 'not-found')
    throw dotNetError('System.IO.DirectoryNotFoundException', `Could not find a part of the path '${path}'.`);
  throw fileError(done.error, path);
}
export function openFile(path: string, mode: string, access: number): DotNetObject<StreamState> {
  const full = fullPath(path);
  const { files } = context().host;
  const info = files.info(full);
  const exists = info.ok && info.value.kind === 'file';
  let bytes: Uint8Array = new Uint8Array(0);
  if (mode === 'CreateNew' && exists)
    throw dotNetError('System.IO.IOException', `The file '${full}' already exists.`);
  if (mode === 'Open' || mode === 'Truncate' || ((mode === 'OpenOrCreate' || mode === 'Append') && exists))
    bytes = toUint8Array(readFile(full));
  if (mode === 'Create' || mode === 'CreateNew' || mode === 'Truncate' || (!exists && mode !== 'Open')) {
    writeFile(full, '' as Bytes);
    bytes = new Uint8Array(0);
  }
  return new DotNetObject(fileStreamType, {
    bytes,
    length: bytes.length,
    position: mode === 'Append' ? bytes.length : 0,
    canRead: (access & 1) !== 0,
    canWrite: (access & 2) !== 0,
    fixed: false,
    path: full,
    dirty: false,
    closed: false,
  });
}
export function writeBytes(s: StreamState, data: Uint8Array): void {
  if (!s.canWrite) throw dotNetError('System.NotSupportedException', 'Stream does not support writing.');
  const end = s.position + data.length;
  if (end > s.bytes.length) {
    if (s.fixed) throw dotNetError('System.NotSupportedException', 'Memory stream is not expandable.');
    const larger = new Uint8Array(Math.max(end, s.bytes.length * 2, 256));
    larger.set(s.bytes.subarray(0, s.length));
    s.bytes = larger;
  }
  s.bytes.set(data, s.position);
  s.position = end;
  if (end > s.length) s.length = end;
  s.dirty = true;
}
export function flush(s: StreamState): void {
  if (s.path !== undefined && s.dirty) writeFile(s.path, fromUint8Array(s.bytes.subarray(0, s.length)));
  s.dirty = false;
}
export function close(s: StreamState): void {
  if (s.closed) return;
  flush(s);
  s.closed = true;
}
const content = (s: StreamState): Uint8Array => s.bytes.subarray(0, s.length);
function seek(s: StreamState, offset: number, origin: number): number {
  const to = offset + (origin === 0 ? 0 : origin === 1 ? s.position : s.length);
  if (to < 0)
    throw dotNetError(
      'System.IO.IOException',
      'An attempt was made to move the position before the beginning of the stream.',
    );
  return (s.position = to);
}

defineType(streamType.fullName, {
  members: [
    property('CanRead', 'bool', (v) => !state<StreamState>(v).closed && state<StreamState>(v).canRead),
    property('CanWrite', 'bool', (v) => !state<StreamState>(v).closed && state<StreamState>(v).canWrite),
    property('CanSeek', 'bool', (v) => !state<StreamState>(v).closed),
    property('CanTimeout', 'bool', () => false),
    property('Length', 'long', (v) => BigInt(streamOf(v).length)),
    property(
      'Position',
      'long',
      (v) => BigInt(streamOf(v).position),
      (v, value) => {
        if (int(value) < 0) throw outOfRange('Non-negative number required.', 'value');
        streamOf(v).position = int(value);
      },
    ),
    property('Capacity', 'int', (v) => streamOf(v).bytes.length),
    property('Name', 'string', (v) => state<StreamState>(v).path ?? null),
    method([
      'int ReadByte()',
      (v) => {
        const s = streamOf(v);
        return s.position < s.length ? (s.bytes[s.position++] as number) : -1;
      },
    ]),
    method([
      'int Read(byte[] buffer, int offset, int count)',
      (v, a) => {
        const s = streamOf(v);
        const target = (a[0] as PSArray).items;
        const count = Math.max(0, Math.min(int(a[2]), s.length - s.position));
        for (let i = 0; i < count; i++) target[int(a[1]) + i] = byte(s.bytes[s.position + i] as number);
        s.position += count;
        return count;
      },
    ]),
    method(['void WriteByte(byte value)', (v, a) => writeBytes(streamOf(v), bytesOf(a[0]))]),
    method(
      [
        'void Write(byte[] buffer, int offset, int count)',
        (v, a) => writeBytes(streamOf(v), bytesOf(a[0]).subarray(int(a[1]), int(a[1]) + int(a[2]))),
      ],
      ['void Write(byte[] buffer)', (v, a) => writeBytes(streamOf(v), bytesOf(a[0]))],
    ),
    method([
      'long Seek(long offset, System.IO.SeekOrigin loc)',
      (v, a) => BigInt(seek(streamOf(v), Number(big(a[0])), bits(a[1]))),
    ]),
    method([
      'void SetLength(long value)',
      (v, a) => {
        const s = streamOf(v);
        const size = Number(big(a[0]));
        const next = new Uint8Array(size);
        next.set(content(s).subarray(0, size));
        s.bytes = next;
        s.length = size;
        s.position = Math.min(s.position, size);
        s.dirty = true;
      },
    ]),
    method(['void Flush()', (v) => flush(streamOf(v))]),
    method([
      'void CopyTo(System.IO.Stream destination)',
      (v, a) => {
        const s = streamOf(v);
        writeBytes(streamOf(a[0]), content(s).slice(s.position));
        s.position = s.length;
      },
    ]),
    method(['void Close()', (v) => close(state<StreamState>(v))]),
    method(['void Dispose()', (v) => close(state<StreamState>(v))]),
    method(['byte[] ToArray()', (v) => byteArray(content(state<StreamState>(v)))]),
    method(['byte[] GetBuffer()', (v) => byteArray(state<StreamState>(v).bytes)]),
    method([
      'void WriteTo(System.IO.Stream stream)',
      (v, a) => writeBytes(streamOf(a[0]), content(streamOf(v)).slice()),
    ]),
    staticProperty('Null', 'System.IO.Stream', () => memoryStream(new Uint8Array(0))),
  ],
});
defineType(memoryType.fullName, {
  constructors: constructors(
    ['System.IO.MemoryStream new()', () => memoryStream(new Uint8Array(0))],
    ['System.IO.MemoryStream new(byte[] buffer)', (_v, a) => memoryStream(bytesOf(a[0]), true)],
    [
      'System.IO.MemoryStream new(byte[] buffer, bool writable)',
      (_v, a) => memoryStream(bytesOf(a[0]), true),
    ],
    [
      'System.IO.MemoryStream new(byte[] buffer, int index, int count)',
      (_v, a) => memoryStream(bytesOf(a[0]).slice(int(a[1]), int(a[1]) + int(a[2])), true),
    ],
    ['System.IO.MemoryStream new(int capacity)', () => memoryStream(new Uint8Array(0))],
  ),
});
const modeName = (v: Value | undefined): string =>
  [...(fileModeType.enumValues?.keys() ?? [])][Number((v as EnumValue).value) - 1] ?? 'Open';
const access = (mode: string, v: Value | undefined): number =>
  v === undefined ? (mode === 'Append' ? 2 : 3) : bits(v);
export const open = (a: readonly Value[]): Value => {
  const mode = modeName(a[1]);
  return openFile(required(a[0], 'path'), mode, access(mode, a[2]));
};
defineType(fileStreamType.fullName, {
  constructors: constructors(
    ['System.IO.FileStream new(string path, System.IO.FileMode mode)', (_v, a) => open(a)],
    [
      'System.IO.FileStream new(string path, System.IO.FileMode mode, System.IO.FileAccess access)',
      (_v, a) => open(a),
    ],
    [
      'System.IO.FileStream new(string path, System.IO.FileMode mode, System.IO.FileAccess access, System.IO.FileShare share)',
      (_v, a) => open(a),
    ],
    [
      'System.IO.FileStream new(string path, System.IO.FileMode mode, System.IO.FileAccess access, System.IO.FileShare share, int bufferSize)',
      (_v, a) => open(a),
    ],
  ),
});

/** A reader over text: of a string, or of a stream decoded when it is first read. */
interface ReaderState {
  text: string | undefined;
  at: number;
  readonly stream: Value;
  encoding: TextEncoding;
  readonly detect: boolean;
  closed: boolean;
}
const readerType = defineType('System.IO.TextReader', {
  isAbstract: true,
  interfaces: ['System.IDisposable'],
});
const streamReaderType = defineType('System.IO.StreamReader', {
  baseType: readerType,
  interfaces: ['System.IDisposable'],
});
const stringReaderType = defineType('System.IO.StringReader', {
  baseType: readerType,
  interfaces: ['System.IDisposable'],
});
function reader(v: Value): ReaderState & { text: string } {
  const own = state<ReaderState>(v);
  if (own.closed)
    throw dotNetError(
      'System.ObjectDisposedException',
      `Cannot ${own.stream === null ? 'read from a closed TextReader' : 'access a closed Stream'}.`,
    );
  if (own.text === undefined && own.stream === null) own.text = '';
  if (own.text === undefined) {
    const s = streamOf(own.stream);
    const rest = fromUint8Array(content(s).subarray(s.position));
    s.position = s.length;
    const mark = own.detect ? markOf(rest) : undefined;
    if (mark) own.encoding = mark;
    own.text = own.encoding.decode((mark ? rest.slice(mark.bom.length) : rest) as Bytes);
  }
  return own as ReaderState & { text: string };
}
function readLine(v: Value): Value {
  const own = reader(v);
  if (own.at >= own.text.length) return null;
  const end = /\r\n|\r|\n/g;
  end.lastIndex = own.at;
  const found = end.exec(own.text);
  const line = own.text.slice(own.at, found ? found.index : undefined);
  own.at = found ? found.index + found[0].length : own.text.length;
  return line;
}
function closeReader(v: Value): void {
  const own = state<ReaderState>(v);
  own.closed = true;
  if (own.stream !== null) close(state<StreamState>(own.stream));
}
defineType(readerType.fullName, {
  members: [
    property('EndOfStream', 'bool', (v) => reader(v).at >= reader(v).text.length),
    property('CurrentEncoding', 'System.Text.Encoding', (v) => encodingObject(reader(v).encoding)),
    property('BaseStream', 'System.IO.Stream', (v) => state<ReaderState>(v).stream),
    method([
      'int Read()',
      (v) => {
        const own = reader(v);
        return own.at < own.text.length ? own.text.charCodeAt(own.at++) : -1;
      },
    ]),
    method([
      'int Peek()',
      (v) => {
        const own = reader(v);
        return own.at < own.text.length ? own.text.charCodeAt(own.at) : -1;
      },
    ]),
    method(['string ReadLine()', readLine]),
    method([
      'string ReadToEnd()',
      (v) => {
        const own = reader(v);
        const rest = own.text.slice(own.at);
        own.at = own.text.length;
        return rest;
      },
    ]),
    method(['void Close()', closeReader]),
    method(['void Dispose()', closeReader]),
    method([
      'void DiscardBufferedData()',
      (v) => {
        const own = state<ReaderState>(v);
        own.text = undefined;
        own.at = 0;
      },
    ]),
  ],
});
/** Takes the next line, or all that is left, of a reader whose text is there. */
export const takeLine = readLine;
export function takeRest(v: Value): Value {
  const own = reader(v);
  const rest = own.text.slice(own.at);
  own.at = own.text.length;
  return rest;
}
const processReaderType = defineType('System.IO.StreamReader+OfProcess', { baseType: streamReaderType });
/** A reader of what a process wrote: its text is filled in when the process has ended. */
export const processReader = (process: Value, stream: 'stdout' | 'stderr'): Value =>
  new DotNetObject<ReaderState & { readonly process: Value; readonly of: string }>(processReaderType, {
    text: undefined,
    at: 0,
    stream: null,
    encoding: utf8NoBom,
    detect: false,
    closed: false,
    process,
    of: stream,
  });

const makeReader = (source: Value | undefined, encoding: Value | undefined, detect = true): Value => {
  const stream = isStream(source) ? source : openFile(required(source, 'path'), 'Open', 1);
  return new DotNetObject<ReaderState>(streamReaderType, {
    text: undefined,
    at: 0,
    stream,
    encoding: encodingOf(encoding, utf8NoBom).encoding,
    detect,
    closed: false,
  });
};
export const openText = (path: Value | undefined): Value => makeReader(path, undefined);
defineType(streamReaderType.fullName, {
  constructors: constructors(
    ['System.IO.StreamReader new(System.IO.Stream stream)', (_v, a) => makeReader(a[0], undefined)],
    [
      'System.IO.StreamReader new(System.IO.Stream stream, System.Text.Encoding encoding)',
      (_v, a) => makeReader(a[0], a[1]),
    ],
    [
      'System.IO.StreamReader new(System.IO.Stream stream, System.Text.Encoding encoding, bool detectEncodingFromByteOrderMarks)',
      (_v, a) => makeReader(a[0], a[1], flag(a[2])),
    ],
    ['System.IO.StreamReader new(string path)', (_v, a) => makeReader(a[0], undefined)],
    [
      'System.IO.StreamReader new(string path, bool detectEncodingFromByteOrderMarks)',
      (_v, a) => makeReader(a[0], undefined, flag(a[1])),
    ],
    [
      'System.IO.StreamReader new(string path, System.Text.Encoding encoding)',
      (_v, a) => makeReader(a[0], a[1]),
    ],
    [
      'System.IO.StreamReader new(string path, System.Text.Encoding encoding, bool detectEncodingFromByteOrderMarks)',
      (_v, a) => makeReader(a[0], a[1], flag(a[2])),
    ],
  ),
});
defineType(stringReaderType.fullName, {
  constructors: constructors([
    'System.IO.StringReader new(string s)',
    (_v, a) =>
      new DotNetObject<ReaderState>(stringReaderType, {
        text: required(a[0], 's'),
        at: 0,
        stream: null,
        encoding: utf8NoBom,
        detect: false,
        closed: false,
      }),
  ]),
});

/** A writer to a string, or to a stream that it encodes for. */
interface WriterState {
  text: string;
  readonly stream: Value;
  readonly encoding: TextEncoding;
  mark: boolean;
  autoFlush: boolean;
  newLine: string;
  closed: boolean;
}
const writerType = defineType('System.IO.TextWriter', {
  isAbstract: true,
  interfaces: ['System.IDisposable'],
});
const streamWriterType = defineType('System.IO.StreamWriter', {
  baseType: writerType,
  interfaces: ['System.IDisposable'],
});
const stringWriterType = defineType('System.IO.StringWriter', {
  baseType: writerType,
  interfaces: ['System.IDisposable'],
});
function writer(v: Value): WriterState {
  const own = state<WriterState>(v);
  if (own.closed) throw dotNetError('System.ObjectDisposedException', 'Cannot write to a closed TextWriter.');
  return own;
}
function flushWriter(own: WriterState): void {
  if (own.stream === null) return;
  const s = streamOf(own.stream);
  const mark = own.mark && s.position === 0 ? own.encoding.bom : '';
  own.mark = false;
  const data = mark + own.encoding.encode(own.text);
  own.text = '';
  if (data !== '') writeBytes(s, toUint8Array(data as Bytes));
  flush(s);
}
function closeWriter(v: Value): void {
  const own = state<WriterState>(v);
  if (own.closed) return;
  flushWriter(own);
  own.closed = true;
  if (own.stream !== null) close(state<StreamState>(own.stream));
}
function put(v: Value, text: string): void {
  const own = writer(v);
  own.text += text;
  if (own.autoFlush) flushWriter(own);
}
const shown = (a: readonly Value[]): string => {
  if (a.length === 0) return '';
  if (a.length === 1) {
    const list = a[0] instanceof PSArray ? a[0] : undefined;
    return list?.elementType.fullName === 'System.Char'
      ? list.items.map((c) => str(c)).join('')
      : isNull(a[0] as Value)
        ? ''
        : toText(a[0] as Value);
  }
  const rest = a.slice(1);
  return compositeFormat(str(a[0]), rest.length === 1 && rest[0] instanceof PSArray ? rest[0].items : rest);
};
defineType(writerType.fullName, {
  members: [
    property(
      'AutoFlush',
      'bool',
      (v) => writer(v).autoFlush,
      (v, value) => {
        writer(v).autoFlush = value === true;
        if (value === true) flushWriter(writer(v));
      },
    ),
    property(
      'NewLine',
      'string',
      (v) => writer(v).newLine,
      (v, value) => {
        writer(v).newLine = toText(value);
      },
    ),
    property('Encoding', 'System.Text.Encoding', (v) => encodingObject(writer(v).encoding)),
    property('BaseStream', 'System.IO.Stream', (v) => state<WriterState>(v).stream),
    method(
      ['void Write(string value)', (v, a) => put(v, shown(a))],
      ['void Write(System.Object value)', (v, a) => put(v, shown(a))],
      ['void Write(string format, Params System.Object[] arg)', (v, a) => put(v, shown(a))],
    ),
    method(
      ['void WriteLine()', (v) => put(v, writer(v).newLine)],
      ['void WriteLine(string value)', (v, a) => put(v, shown(a) + writer(v).newLine)],
      ['void WriteLine(System.Object value)', (v, a) => put(v, shown(a) + writer(v).newLine)],
      [
        'void WriteLine(string format, Params System.Object[] arg)',
        (v, a) => put(v, shown(a) + writer(v).newLine),
      ],
    ),
    method(['void Flush()', (v) => flushWriter(writer(v))]),
    method(['void Close()', closeWriter]),
    method(['void Dispose()', closeWriter]),
  ],
});
function makeWriter(target: Value | undefined, append: boolean, encoding: Value | undefined): Value {
  const stream = isStream(target)
    ? target
    : openFile(required(target, 'path'), append ? 'Append' : 'Create', 2);
  const { encoding: of, mark } = encodingOf(encoding, utf8NoBom);
  return new DotNetObject<WriterState>(streamWriterType, {
    text: '',
    stream,
    encoding: of,
    mark,
    autoFlush: false,
    newLine: context().host.newline,
    closed: false,
  });
}
export const createText = (path: Value | undefined, append: boolean): Value =>
  makeWriter(path, append, undefined);
defineType(streamWriterType.fullName, {
  constructors: constructors(
    ['System.IO.StreamWriter new(System.IO.Stream stream)', (_v, a) => makeWriter(a[0], false, undefined)],
    [
      'System.IO.StreamWriter new(System.IO.Stream stream, System.Text.Encoding encoding)',
      (_v, a) => makeWriter(a[0], false, a[1]),
    ],
    ['System.IO.StreamWriter new(string path)', (_v, a) => makeWriter(a[0], false, undefined)],
    [
      'System.IO.StreamWriter new(string path, bool append)',
      (_v, a) => makeWriter(a[0], flag(a[1]), undefined),
    ],
    [
      'System.IO.StreamWriter new(string path, bool append, System.Text.Encoding encoding)',
      (_v, a) => makeWriter(a[0], flag(a[1]), a[2]),
    ],
  ),
});
defineType(stringWriterType.fullName, {
  constructors: constructors([
    'System.IO.StringWriter new()',
    () =>
      new DotNetObject<WriterState>(stringWriterType, {
        text: '',
        stream: null,
        encoding: utf8NoBom,
        mark: false,
        autoFlush: false,
        newLine: context().host.newline,
        closed: false,
      }),
  ]),
  members: [method(['string ToString()', (v) => state<WriterState>(v).text])],
});
