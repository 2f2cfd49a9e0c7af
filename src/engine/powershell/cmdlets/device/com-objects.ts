import { utf8Decode } from '../../../../base/bytes.ts';
import type { Host, ProcessStart, RegistryPath, RegistryValue, Resume, Suspend } from '../../host.ts';
import { providerKey } from './registry-name.ts';
import type { TypeContext } from '../../types/dotnet-type.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { Boxed, DotNetObject, PSArray, stringArray } from '../../types/objects.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import { defineType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';
import { defineWaiting } from '../../types/waiting-methods.ts';

const comError = (message: string): Error =>
  dotNetError('System.Runtime.InteropServices.COMException', message);
const arg = (args: readonly Value[], i: number): string =>
  isNull(args[i] ?? null) ? '' : toText(args[i] as Value);
const number = (value: Value | undefined, fallback: number): number => {
  const bare = value === undefined ? null : unwrap(value);
  return isNumeric(bare) ? toDouble(bare) : bare === true ? 1 : fallback;
};
const directory = (context: TypeContext): string =>
  (context.session as { readonly location: { fileSystemPath(): string } }).location.fileSystemPath();

/** `%NAME%` by the process's environment. */
function expand(text: string, host: Host): string {
  return text.replace(/%([^%]+)%/g, (all, name: string) => {
    for (const [own, value] of host.environment) if (own.toLowerCase() === name.toLowerCase()) return value;
    return all;
  });
}

/** Program and arguments of a command line. */
function split(line: string): { readonly file: string; readonly rest: string } {
  const match = /^\s*(?:"([^"]*)"|(\S+))\s*(.*)$/s.exec(line);
  return { file: match?.[1] ?? match?.[2] ?? '', rest: match?.[3] ?? '' };
}

function* run(request: ProcessStart, host: Host, wait: boolean): Generator<Suspend, number, Resume> {
  const started = host.processes.start(request);
  if (!started.ok)
    throw comError(
      started.error.code === 'access-denied'
        ? 'Access is denied.'
        : 'The system cannot find the file specified.',
    );
  if (!wait) return 0;
  const answer = yield { kind: 'process', id: started.value.id };
  return answer.kind === 'process' ? (answer.exit?.exitCode ?? 0) : 0;
}

// --- WScript.Shell -----------------------------------------------------------------------------------------------

/** `HKLM\Software\x\Name`; a path that ends in a backslash means the key's default value. */
function registryTarget(text: string): { readonly key: RegistryPath; readonly name: string } {
  const slash = text.lastIndexOf('\\');
  const key = providerKey(text.slice(0, slash));
  if (!key) throw comError(`Invalid root in registry key "${text}".`);
  return { key, name: text.slice(slash + 1) };
}

function registryRead(text: string, host: Host): Value {
  const { key, name } = registryTarget(text);
  const found = host.registry.value(key, name);
  if (!found.ok) throw comError(`Unable to open registry key "${text}" for reading.`);
  const { value } = found;
  switch (value.kind) {
    case 'String':
      return value.data;
    case 'ExpandString':
      return expand(value.data, host);
    case 'MultiString':
      return stringArray([...value.data]);
    case 'DWord':
      return value.data | 0;
    case 'QWord':
      return value.data;
    case 'Binary':
    case 'None':
      return new PSArray([...value.data].map((char) => new Boxed('byte', char.charCodeAt(0))));
  }
}

function registryWrite(args: readonly Value[], host: Host): void {
  const text = arg(args, 0);
  const { key, name } = registryTarget(text);
  const type = (arg(args, 2) || 'REG_SZ').toUpperCase();
  const value: RegistryValue =
    type === 'REG_DWORD'
      ? { kind: 'DWord', data: number(args[1], Number(arg(args, 1))) >>> 0 }
      : type === 'REG_EXPAND_SZ'
        ? { kind: 'ExpandString', data: arg(args, 1) }
        : { kind: 'String', data: arg(args, 1) };
  const made = host.registry.createKey(key);
  const done =
    made.ok && (name !== '' || arg(args, 1) !== '') ? host.registry.setValue(key, name, value) : made;
  if (!done.ok) throw comError(`Unable to open registry key "${text}" for writing.`);
}

function registryDelete(text: string, host: Host): void {
  const { key, name } = registryTarget(text);
  const done = name === '' ? host.registry.deleteKey(key, false) : host.registry.deleteValue(key, name);
  if (!done.ok) throw comError(`Unable to remove registry key "${text}".`);
}

const shellType = defineType('System.__ComObject.WScript.Shell', {
  members: [
    property('CurrentDirectory', 'string', (_s, ctx) => directory(ctx)),
    method(['string ExpandEnvironmentStrings (string)', (_s, args, { host }) => expand(arg(args, 0), host)]),
    method(['Variant RegRead (string)', (_s, args, { host }) => registryRead(arg(args, 0), host)]),
    method(
      ['void RegWrite (string, Variant, Variant)', (_s, args, { host }) => registryWrite(args, host)],
      ['void RegWrite (string, Variant)', (_s, args, { host }) => registryWrite(args, host)],
    ),
    method(['void RegDelete (string)', (_s, args, { host }) => registryDelete(arg(args, 0), host)]),
    // These wait and run as steps; the members are for Get-Member.
    method(
      ['int Run (string, Variant, Variant)', () => 0],
      ['int Run (string, Variant)', () => 0],
      ['int Run (string)', () => 0],
    ),
    method(['int Popup (string, Variant, Variant, Variant)', () => -1]),
    method(['IWshExec Exec (string)', () => null]),
    method([
      'bool LogEvent (Variant, string, string)',
      (_s, args, { host }) => {
        const type = number(args[0], 4);
        return host.eventLog.write({
          logName: 'Application',
          provider: 'WSH',
          id: type,
          level: type === 1 ? 2 : type === 2 ? 3 : 4,
          levelName: type === 1 ? 'Error' : type === 2 ? 'Warning' : 'Information',
          message: arg(args, 1),
        }).ok;
      },
    ]),
  ],
});

defineWaiting(shellType.fullName, 'Run', function* (_self, args, context) {
  const { file, rest } = split(expand(arg(args, 0), context.host));
  const style = number(args[1], 1);
  return yield* run(
    {
      file,
      arguments: rest,
      workingDirectory: directory(context),
      capture: { stdout: true, stderr: true },
      newConsole: true,
      hidden: style === 0,
    },
    context.host,
    number(args[2], 0) !== 0,
  );
});

const streamType = defineType('System.__ComObject.TextStream', {
  members: [
    method(['string ReadAll ()', (s) => (s as DotNetObject<string>).state]),
    property('AtEndOfStream', 'bool', () => true),
  ],
});
const execType = defineType('System.__ComObject.WshExec', {
  members: [
    property('Status', 'int', () => 1),
    property('ExitCode', 'int', (s) => (s as DotNetObject<{ code: number }>).state.code),
    property(
      'StdOut',
      'object',
      (s) => new DotNetObject(streamType, (s as DotNetObject<{ out: string }>).state.out),
    ),
    property(
      'StdErr',
      'object',
      (s) => new DotNetObject(streamType, (s as DotNetObject<{ error: string }>).state.error),
    ),
  ],
});
defineWaiting(shellType.fullName, 'Exec', function* (_self, args, context) {
  const { file, rest } = split(expand(arg(args, 0), context.host));
  const started = context.host.processes.start({
    file,
    arguments: rest,
    workingDirectory: directory(context),
    capture: { stdout: true, stderr: true },
  });
  if (!started.ok) throw comError('The system cannot find the file specified.');
  const answer = yield { kind: 'process', id: started.value.id };
  const exit = answer.kind === 'process' ? answer.exit : undefined;
  return new DotNetObject(execType, {
    code: exit?.exitCode ?? 0,
    out: exit ? utf8Decode(exit.stdout) : '',
    error: exit ? utf8Decode(exit.stderr) : '',
  });
});

/** Nobody clicks on a simulated desktop: a box with a time limit closes by itself, others are answered on the console. */
defineWaiting(shellType.fullName, 'Popup', function* (_self, args, context) {
  const limit = number(args[1], 0);
  if (limit > 0) {
    yield {
      kind: 'until',
      at: (context.host.clock.now() + limit * 1_000_000) as ReturnType<Host['clock']['now']>,
    };
    return -1;
  }
  const title = arg(args, 2) || 'Windows Script Host';
  yield { kind: 'line', prompt: `${title}: ${arg(args, 0)} [OK] `, secret: false };
  return 1;
});

// --- Shell.Application -------------------------------------------------------------------------------------------

/** ShellExecute with its optional arguments: file, arguments, folder, verb, how the window shows. */
const shellExecute = (count: number) =>
  [
    `void ShellExecute (${['string', 'Variant', 'Variant', 'Variant', 'Variant'].slice(0, count).join(', ')})`,
    (_self: Value, args: Value[], context: TypeContext): void =>
      open(
        arg(args, 0),
        arg(args, 1),
        arg(args, 2) || directory(context),
        /^runas$/i.test(arg(args, 3)) ? 'runas' : 'open',
        context.host,
        number(args[4], 1) === 0,
      ),
  ] as const;

const applicationType = defineType('System.__ComObject.Shell.Application', {
  members: [
    method([
      'void Open (Variant)',
      (_s, args, context) => open(arg(args, 0), '', directory(context), 'open', context.host),
    ]),
    method([
      'void Explore (Variant)',
      (_s, args, context) => open(arg(args, 0), '', directory(context), 'open', context.host),
    ]),
    method(...[1, 2, 3, 4, 5].map(shellExecute)),
  ],
});

/** Opens a document, program or URI as Explorer does. What cannot be opened only shows a message box there. */
function open(
  file: string,
  rest: string,
  workingDirectory: string,
  verb: 'open' | 'runas',
  host: Host,
  hidden = false,
): void {
  host.processes.start({
    file,
    arguments: rest,
    workingDirectory,
    capture: { stdout: false, stderr: false },
    verb,
    hidden,
    newConsole: true,
  });
}
const classes = new Map<string, () => DotNetObject<unknown>>();

/** Makes a COM class known by its program id. */
export function registerComClass(progId: string, make: () => DotNetObject<unknown>): void {
  classes.set(progId.toLowerCase(), make);
}
registerComClass('WScript.Shell', () => new DotNetObject(shellType, null));
registerComClass('Shell.Application', () => new DotNetObject(applicationType, null));

/** A COM object by its program id; undefined for a class the device has not. */
export function comObject(progId: string): Value | undefined {
  const value = classes.get(progId.toLowerCase())?.();
  if (!value) return undefined;
  value.typeNames = ['System.__ComObject', 'System.MarshalByRefObject', 'System.Object'];
  return value;
}
