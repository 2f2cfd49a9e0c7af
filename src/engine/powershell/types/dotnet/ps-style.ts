import { DictionaryValue } from '../collections.ts';
import type { DotNetMember, DotNetType } from '../dotnet-type.ts';
import { enumValue } from '../enum-text.ts';
import { DotNetError, dotNetError, exception, runtimeError } from '../errors.ts';
import { DotNetObject, EnumValue, PSArray } from '../objects.ts';
import { defineEnum, defineType, resolveType } from '../registry.ts';
import { convertTo } from '../convert.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { int, str } from './arguments.ts';
import { constructors, method, property } from './define.ts';

const namespace = 'System.Management.Automation';
const assembly = 'System.Management.Automation';
const esc = '\x1b';
const sgr = (codes: string): string => `${esc}[${codes}m`;

export const outputRendering = defineEnum(`${namespace}.OutputRendering`, 'Host=0,PlainText=1,Ansi=2');
const progressView = defineEnum(`${namespace}.ProgressView`, 'Minimal=0,Classic=1');

const sequences = new RegExp(
  `${esc}\\[\\d*(?:;\\d+)*m|${esc}\\]8;;.*?${esc}\\\\(?:(.*?)${esc}\\]8;;${esc}\\\\)?|${esc}\\[\\d*[A-Za-z]`,
  'g',
);
/** A text without its escape sequences: what is seen of it. */
export const undecorated = (text: string): string =>
  text.includes(esc) ? text.replace(sequences, (_, link: string | undefined) => link ?? '') : text;

/** Settings of a session by section and name. */
interface Style {
  rendering: string;
  readonly texts: Record<string, string>;
  readonly progress: { maxWidth: number; view: Value; useOsc: boolean };
  readonly extensions: DictionaryValue;
}
const state = (v: Value): Style => (v as DotNetObject<Style>).state;

const simple: Readonly<Record<string, string>> = {
  Reset: '0',
  BlinkOff: '25',
  Blink: '5',
  BoldOff: '22',
  Bold: '1',
  DimOff: '22',
  Dim: '2',
  Hidden: '8',
  HiddenOff: '28',
  Reverse: '7',
  ReverseOff: '27',
  ItalicOff: '23',
  Italic: '3',
  UnderlineOff: '24',
  Underline: '4',
  StrikethroughOff: '29',
  Strikethrough: '9',
};
const formatting: Readonly<Record<string, string>> = {
  FormatAccent: '32;1',
  ErrorAccent: '36;1',
  Error: '31;1',
  Warning: '33;1',
  Verbose: '33;1',
  Debug: '33;1',
  TableHeader: '32;1',
  CustomTableHeaderLabel: '32;1;3',
  FeedbackName: '33',
  FeedbackText: '96',
  FeedbackAction: '97',
};
const fileInfo: Readonly<Record<string, string>> = {
  Directory: '44;1',
  SymbolicLink: '36;1',
  Executable: '32;1',
  Hidden: '',
};
const colourNumbers: Readonly<Record<string, number>> = {
  Black: 30,
  BrightBlack: 90,
  White: 37,
  BrightWhite: 97,
  Red: 31,
  BrightRed: 91,
  Magenta: 35,
  BrightMagenta: 95,
  Blue: 34,
  BrightBlue: 94,
  Cyan: 36,
  BrightCyan: 96,
  Green: 32,
  BrightGreen: 92,
  Yellow: 33,
  BrightYellow: 93,
};

function decoration(value: Value): string {
  const text = toText(value);
  if (undecorated(text) !== '')
    throw dotNetError(
      'System.ArgumentException',
      `The specified string contains printable content when it should only contain ANSI escape sequences: ${text} (Parameter 'value')`,
    );
  return text;
}
const setting = (section: string, name: string): DotNetMember =>
  property(
    name,
    'string',
    (v) => state(v).texts[`${section}.${name}`] ?? '',
    (v, x) => {
      try {
        state(v).texts[`${section}.${name}`] = decoration(x);
      } catch (error) {
        throw refused(name, error);
      }
    },
  );
function refused(name: string, error: unknown): unknown {
  if (!(error instanceof DotNetError)) return error;
  return runtimeError(
    'ExceptionWhenSetting',
    `Exception setting "${name}": "${error.exception.message}"`,
    'NotSpecified',
    null,
    'System.Management.Automation.SetValueInvocationException',
    error.exception,
  );
}

function section(name: string, members: readonly DotNetMember[]): DotNetType {
  return defineType(`${namespace}.PSStyle+${name}`, { assembly, members });
}
function colours(name: string, add: number, code: number): DotNetType {
  const full = `string FromRgb`;
  return section(name, [
    ...Object.entries(colourNumbers).map(([colour, n]) =>
      property(colour, 'string', () => sgr(String(n + add))),
    ),
    method(
      [
        `${full}(byte red, byte green, byte blue)`,
        (_v, a) => sgr(`${code};2;${int(a[0])};${int(a[1])};${int(a[2])}`),
      ],
      [
        `${full}(int rgb)`,
        (_v, a) => {
          const rgb = int(a[0]);
          return sgr(`${code};2;${(rgb >> 16) & 255};${(rgb >> 8) & 255};${rgb & 255}`);
        },
      ],
    ),
  ]);
}
const foreground = colours('ForegroundColor', 0, 38);
const background = colours('BackgroundColor', 10, 48);
const formattingType = section(
  'FormattingData',
  Object.keys(formatting).map((name) => setting('Formatting', name)),
);
const progressType = section('ProgressConfiguration', [
  setting('Progress', 'Style'),
  property(
    'MaxWidth',
    'int',
    (v) => state(v).progress.maxWidth,
    (v, x) => {
      const width = int(x);
      if (width < 18)
        throw refused(
          'MaxWidth',
          new DotNetError(
            exception(
              'System.ArgumentOutOfRangeException',
              "Minimum width for the progress bar is 18. (Parameter 'MaxWidth')",
            ),
          ),
        );
      state(v).progress.maxWidth = width;
    },
  ),
  property(
    'View',
    progressView.fullName,
    (v) => state(v).progress.view,
    (v, x) => void (state(v).progress.view = convertTo(x, progressView)),
  ),
  property(
    'UseOSCIndicator',
    'bool',
    (v) => state(v).progress.useOsc,
    (v, x) => void (state(v).progress.useOsc = x === true),
  ),
]);
const extensionType = section('FileInfoFormatting+FileExtensionDictionary', []);
const withDot = (v: Value | undefined): string => {
  const text = str(v);
  if (!text.startsWith('.'))
    throw dotNetError(
      'System.ArgumentException',
      `When adding or removing extensions, the extension must start with a period: ${text} (Parameter 'extension')`,
    );
  return text;
};
const table = (v: Value): DictionaryValue => state(v).extensions;
defineType(extensionType.fullName, {
  members: [
    property(
      'Keys',
      'System.Object',
      (v) => new PSArray([...table(v).entries.values()].map((entry) => entry.key)),
    ),
    method([
      'void Add(string extension, string decoration)',
      (v, a) => table(v).set(withDot(a[0]), decoration(a[1] ?? null)),
    ]),
    method(['void Remove(string extension)', (v, a) => void table(v).delete(withDot(a[0]))]),
    method(['bool ContainsKey(string extension)', (v, a) => table(v).has(withDot(a[0]))]),
    method(['void Clear()', (v) => table(v).entries.clear()]),
    method(['string get_Item(string extension)', (v, a) => table(v).get(str(a[0])) ?? null]),
  ],
});
const fileType = section('FileInfoFormatting', [
  ...Object.keys(fileInfo).map((name) => setting('FileInfo', name)),
  property('Extension', extensionType.fullName, (v) => new DotNetObject<Style>(extensionType, state(v))),
]);
const part = (name: string, type: DotNetType): DotNetMember =>
  property(name, type.fullName, (v) => new DotNetObject<Style>(type, state(v)));

const styleType = defineType(`${namespace}.PSStyle`, {
  assembly,
  isSealed: true,
  members: [
    property(
      'OutputRendering',
      outputRendering.fullName,
      (v) => enumValue(outputRendering, state(v).rendering),
      (v, x) => {
        const wanted = convertTo(x, outputRendering);
        if (wanted instanceof EnumValue) state(v).rendering = toText(wanted);
      },
    ),
    ...Object.entries(simple).map(([name, code]) => property(name, 'string', () => sgr(code))),
    method([
      'string FormatHyperlink(string text, uri link)',
      (_v, a) => `${esc}]8;;${toText(a[1] ?? null)}${esc}\\${str(a[0])}${esc}]8;;${esc}\\`,
    ]),
    part('Formatting', formattingType),
    part('Progress', progressType),
    part('FileInfo', fileType),
    part('Foreground', foreground),
    part('Background', background),
  ],
});

/** `$PSStyle` as a session starts with it. */
export function psStyle(): Value {
  const texts: Record<string, string> = { 'Progress.Style': sgr('33;1') };
  for (const [name, code] of Object.entries(formatting)) texts[`Formatting.${name}`] = sgr(code);
  for (const [name, code] of Object.entries(fileInfo)) texts[`FileInfo.${name}`] = code && sgr(code);
  const extensions = new DictionaryValue(
    resolveType('System.Collections.Generic.Dictionary[string,string]') as DotNetType,
    true,
  );
  for (const ext of ['.zip', '.tgz', '.gz', '.tar', '.nupkg', '.cab', '.7z'])
    extensions.set(ext, sgr('31;1'));
  for (const ext of ['.ps1', '.psd1', '.psm1', '.ps1xml']) extensions.set(ext, sgr('33;1'));
  return new DotNetObject<Style>(styleType, {
    rendering: 'Host',
    texts,
    progress: { maxWidth: 120, view: enumValue(progressView, 'Minimal'), useOsc: false },
    extensions,
  });
}

/** The sequences that layouts of a session put around their labels; undefined where its output is plain. */
export interface Accents {
  readonly header: string;
  readonly custom: string;
  readonly label: string;
}
/** `console`: it goes to a screen that shows colours. */
export function accentsOf(style: Value, console: boolean): Accents | undefined {
  if (!(style instanceof DotNetObject) || style.type !== styleType) return undefined;
  const { rendering, texts } = state(style);
  if (rendering === 'PlainText' || (rendering === 'Host' && !console)) return undefined;
  return {
    header: texts['Formatting.TableHeader'] ?? '',
    custom: texts['Formatting.CustomTableHeaderLabel'] ?? '',
    label: texts['Formatting.FormatAccent'] ?? '',
  };
}
export const accented = (text: string, sequence: string): string =>
  sequence === '' ? text : `${sequence}${text}${sgr('0')}`;

// --- texts with escape sequences -----------------------------------------------------------------------------------

const decoratedType = defineType(`${namespace}.Internal.StringDecorated`, {
  kind: 'struct',
  assembly,
  constructors: constructors([
    'StringDecorated new(string text)',
    (_v, a) => new DotNetObject<string>(decoratedType, str(a[0])),
  ]),
});
const text = (v: Value): string => (v as DotNetObject<string>).state;
defineType(decoratedType.fullName, {
  members: [
    property('IsDecorated', 'bool', (v) => text(v).includes(esc)),
    property('ContentLength', 'int', (v) => undecorated(text(v)).length),
    method(
      ['string ToString()', (v) => text(v)],
      [
        'string ToString(System.Management.Automation.OutputRendering outputRendering)',
        (v, a) => (toText(a[0] ?? null) === 'PlainText' ? undecorated(text(v)) : text(v)),
      ],
    ),
  ],
});
