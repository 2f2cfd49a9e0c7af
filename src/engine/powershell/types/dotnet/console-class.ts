import { differences } from '../../dialects/index.ts';
import { context, isDesktop } from '../ambient.ts';
import type { Session } from '../../run/session.ts';
import { utf8NoBom } from '../../providers/encoding.ts';
import { compositeFormat } from '../format-operator.ts';
import { DotNetObject, EnumValue, PSArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { state, str } from './arguments.ts';
import { method, property, staticMethod, staticProperty } from './define.ts';
import { encodingObject } from './text-encoding.ts';

const colours = defineEnum(
  'System.ConsoleColor',
  'Black,DarkBlue,DarkGreen,DarkCyan,DarkRed,DarkMagenta,DarkYellow,Gray,DarkGray,Blue,Green,Cyan,Red,Magenta,Yellow,White',
);
type Stream = 'out' | 'error';
/** What is written here goes to the console itself: no pipeline and no redirection of PowerShell's sees it. */
function write(stream: Stream, text: string): void {
  (context().session as Session).print(text, stream);
}
const text = (a: readonly Value[]): string => {
  if (a.length === 0) return '';
  if (a.length === 1) return toText(a[0] as Value);
  const rest = a.slice(1);
  return compositeFormat(str(a[0]), rest.length === 1 && rest[0] instanceof PSArray ? rest[0].items : rest);
};
const line = (stream: Stream, a: readonly Value[]): void => write(stream, text(a) + context().host.newline);
const writerType = defineType('System.IO.TextWriter+SyncTextWriter');
defineType(writerType.fullName, {
  members: [
    property('Encoding', 'System.Text.Encoding', () => encodingObject(utf8NoBom)),
    method(
      ['void Write(System.Object value)', (v, a) => write(state<Stream>(v), text(a))],
      ['void Write(string format, Params System.Object[] arg)', (v, a) => write(state<Stream>(v), text(a))],
    ),
    method(
      ['void WriteLine()', (v) => line(state<Stream>(v), [])],
      ['void WriteLine(System.Object value)', (v, a) => line(state<Stream>(v), a)],
      ['void WriteLine(string format, Params System.Object[] arg)', (v, a) => line(state<Stream>(v), a)],
    ),
    method(['void Flush()', () => undefined]),
  ],
});
const out = new DotNetObject<Stream>(writerType, 'out');
const error = new DotNetObject<Stream>(writerType, 'error');
const colour = (name: string, initial: number) => {
  const set = new WeakMap<object, Value>();
  return staticProperty(
    name,
    'System.ConsoleColor',
    () => set.get(context()) ?? new EnumValue(colours, initial),
    (_v, value) => void set.set(context(), value),
  );
};
const encoding = (name: string) => {
  const set = new WeakMap<object, Value>();
  return staticProperty(
    name,
    'System.Text.Encoding',
    () => set.get(context()) ?? encodingObject(utf8NoBom),
    (_v, value) => void set.set(context(), value),
  );
};
defineType('System.Console', {
  members: [
    staticProperty('Out', 'System.IO.TextWriter', () => out),
    staticProperty('Error', 'System.IO.TextWriter', () => error),
    colour('ForegroundColor', 7),
    colour('BackgroundColor', 0),
    encoding('OutputEncoding'),
    encoding('InputEncoding'),
    staticProperty('WindowWidth', 'int', () => (context().session as Session).output.width),
    staticProperty('BufferWidth', 'int', () => (context().session as Session).output.width),
    staticProperty(
      'Title',
      'string',
      () => (isDesktop(differences.engine.productName) ? 'Windows PowerShell' : 'PowerShell'),
      () => undefined,
    ),
    staticProperty('IsInputRedirected', 'bool', () => !context().host.identity.interactive),
    staticProperty(
      'IsOutputRedirected',
      'bool',
      () => (context().session as Session).output.console === undefined,
    ),
    staticMethod(
      ['void Write(System.Object value)', (_v, a) => write('out', text(a))],
      ['void Write(string format, Params System.Object[] arg)', (_v, a) => write('out', text(a))],
    ),
    staticMethod(
      ['void WriteLine()', () => line('out', [])],
      ['void WriteLine(System.Object value)', (_v, a) => line('out', a)],
      ['void WriteLine(string format, Params System.Object[] arg)', (_v, a) => line('out', a)],
    ),
    staticMethod(['void ResetColor()', () => undefined]),
  ],
});
