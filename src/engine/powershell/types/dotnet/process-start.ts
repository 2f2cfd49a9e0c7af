import { differences } from '../../dialects/index.ts';
import { emptyBytes } from '../../../../base/bytes.ts';
import type { ProcessInfo } from '../../host.ts';
import { processObject, processType, waitForExit } from '../../cmdlets/device/process-object.ts';
import { ansi } from '../../providers/encoding.ts';
import { context, isDesktop } from '../ambient.ts';
import type { DotNetMember } from '../dotnet-type.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import { ListValue } from '../collections.ts';
import { DotNetObject, stringType } from '../objects.ts';
import { closeGeneric, defineEnum, defineType, listType } from '../registry.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { defineWaiting } from '../waiting-methods.ts';
import { bits, required, state, str } from './arguments.ts';
import { constructors, method, property, staticMethod } from './define.ts';
import { currentDirectory } from './paths.ts';
import { processReader, takeRest, takeLine } from './stream.ts';

defineEnum('System.Diagnostics.ProcessWindowStyle', 'Normal,Hidden,Minimized,Maximized');

/** What ProcessStartInfo holds, by property name in lower case. */
type StartInfo = Map<string, Value>;
const infoType = defineType('System.Diagnostics.ProcessStartInfo');
const initial: readonly (readonly [string, string, Value])[] = [
  ['FileName', 'string', ''],
  ['Arguments', 'string', ''],
  ['WorkingDirectory', 'string', ''],
  ['Verb', 'string', ''],
  ['UserName', 'string', ''],
  ['CreateNoWindow', 'bool', false],
  ['UseShellExecute', 'bool', false],
  ['RedirectStandardOutput', 'bool', false],
  ['RedirectStandardError', 'bool', false],
  ['RedirectStandardInput', 'bool', false],
  ['LoadUserProfile', 'bool', false],
  ['ErrorDialog', 'bool', false],
  ['WindowStyle', 'System.Diagnostics.ProcessWindowStyle', null],
  ['StandardOutputEncoding', 'System.Text.Encoding', null],
  ['StandardErrorEncoding', 'System.Text.Encoding', null],
];
function startInfo(file = '', args = ''): DotNetObject<StartInfo> {
  const values: StartInfo = new Map(initial.map(([name, , value]) => [name.toLowerCase(), value]));
  values.set('filename', file);
  values.set('arguments', args);
  if (isDesktop(differences.commands.startInfo)) values.set('useshellexecute', true);
  values.set('argumentlist', new ListValue(closeGeneric(listType, [stringType])));
  return new DotNetObject(infoType, values);
}
defineType(infoType.fullName, {
  constructors: constructors(
    ['System.Diagnostics.ProcessStartInfo new()', () => startInfo()],
    ['System.Diagnostics.ProcessStartInfo new(string fileName)', (_v, a) => startInfo(str(a[0]))],
    [
      'System.Diagnostics.ProcessStartInfo new(string fileName, string arguments)',
      (_v, a) => startInfo(str(a[0]), str(a[1])),
    ],
  ),
  members: [
    ...initial.map(([name, typeName]): DotNetMember =>
      property(
        name,
        typeName,
        (v) => state<StartInfo>(v).get(name.toLowerCase()) ?? null,
        (v, value) => void state<StartInfo>(v).set(name.toLowerCase(), value),
      ),
    ),
    property(
      'ArgumentList',
      'System.Collections.ObjectModel.Collection[string]',
      (v) => state<StartInfo>(v).get('argumentlist') ?? null,
    ),
  ],
});

/** StartInfo of processes made by a script, and the readers of their output. */
interface Started {
  info: DotNetObject<StartInfo>;
  readers: Map<'stdout' | 'stderr', Value>;
}
const started = new WeakMap<object, Started>();
const ownOf = (v: Value): Started => {
  let own = started.get(v as object);
  if (!own) started.set(v as object, (own = { info: startInfo(), readers: new Map() }));
  return own;
};
const quoted = (argument: string): string =>
  argument === '' || /[\s"]/.test(argument) ? `"${argument.replace(/"/g, '\\"')}"` : argument;
/** Starts what the info says; the process that runs. */
function start(info: DotNetObject<StartInfo>): ProcessInfo {
  const { host } = context();
  const get = (name: string): Value => info.state.get(name) ?? null;
  const file = toText(get('filename'));
  if (file === '')
    throw dotNetError(
      'System.InvalidOperationException',
      'Cannot start process because a file name has not been provided.',
    );
  const list = elementsOf(get('argumentlist')) ?? [];
  const verb = toText(get('verb')).toLowerCase();
  const hidden = get('createnowindow') === true || bits(get('windowstyle') ?? undefined) === 1;
  const made = host.processes.start({
    file,
    arguments: list.length > 0 ? list.map((x) => quoted(toText(x))).join(' ') : toText(get('arguments')),
    workingDirectory: toText(get('workingdirectory')) || currentDirectory(),
    stdin: emptyBytes,
    capture: {
      stdout: get('redirectstandardoutput') === true,
      stderr: get('redirectstandarderror') === true,
    },
    ...(verb === 'runas' || verb === 'open' ? { verb } : {}),
    hidden,
  });
  if (!made.ok) {
    const reason =
      made.error.code === 'not-found'
        ? 'The system cannot find the file specified'
        : made.error.code === 'access-denied'
          ? 'Access is denied'
          : made.error.message;
    throw dotNetError(
      'System.ComponentModel.Win32Exception',
      isDesktop(differences.errors.programStart)
        ? reason
        : `An error occurred trying to start process '${file}' with working directory '${currentDirectory()}'. ${reason}.`,
      { NativeErrorCode: made.error.code === 'access-denied' ? 5 : 2 },
    );
  }
  const found = host.processes.get(made.value.id);
  return found.ok
    ? found.value
    : {
        id: made.value.id,
        name: file.replace(/^.*[\\/]/, '').replace(/\.exe$/i, ''),
        path: undefined,
        commandLine: file,
        parentId: host.identity.processId,
        user: host.identity.name,
        sessionId: host.identity.sessionId,
        started: host.clock.now(),
        workingSet: 0,
        handles: 0,
        cpu: 0 as never,
        is64Bit: host.identity.process64Bit,
      };
}
const reader = (v: Value, stream: 'stdout' | 'stderr'): Value => {
  const own = ownOf(v);
  if (own.info.state.get(stream === 'stdout' ? 'redirectstandardoutput' : 'redirectstandarderror') !== true)
    throw dotNetError(
      'System.InvalidOperationException',
      `${stream === 'stdout' ? 'StandardOut' : 'StandardError'} has not been redirected or the process hasn't started yet.`,
    );
  let made = own.readers.get(stream);
  if (!made) own.readers.set(stream, (made = processReader(v, stream)));
  return made;
};
type Mutable = DotNetObject<{ info: ProcessInfo }>;
const begin = (v: Value): boolean => {
  (v as Mutable).state.info = start(ownOf(v).info);
  return true;
};
const launched = (info: DotNetObject<StartInfo>): Value => {
  const made = processObject(start(info), context().host);
  ownOf(made).info = info;
  return made;
};
defineType(processType.fullName, {
  constructors: constructors([
    'System.Diagnostics.Process new()',
    () => {
      const { host } = context();
      const own = host.processes.get(host.identity.processId);
      if (!own.ok) throw dotNetError('System.InvalidOperationException', own.error.message);
      return processObject(own.value, host);
    },
  ]),
  members: [
    property(
      'StartInfo',
      infoType.fullName,
      (v) => ownOf(v).info,
      (v, value) => {
        ownOf(v).info = value as DotNetObject<StartInfo>;
      },
    ),
    property('StandardOutput', 'System.IO.StreamReader', (v) => reader(v, 'stdout')),
    property('StandardError', 'System.IO.StreamReader', (v) => reader(v, 'stderr')),
    method(['bool Start()', (v) => begin(v)]),
    staticMethod(
      [
        'System.Diagnostics.Process Start(string fileName)',
        (_v, a) => launched(startInfo(required(a[0], 'fileName'))),
      ],
      [
        'System.Diagnostics.Process Start(string fileName, string arguments)',
        (_v, a) => launched(startInfo(required(a[0], 'fileName'), str(a[1]))),
      ],
      [
        `System.Diagnostics.Process Start(${infoType.fullName} startInfo)`,
        (_v, a) => launched(a[0] as DotNetObject<StartInfo>),
      ],
    ),
  ],
});

/** Output is there when the process has ended. */
interface ProcessReader {
  readonly process: Value;
  readonly of: 'stdout' | 'stderr';
}
const readerTypeName = 'System.IO.StreamReader+OfProcess';
for (const [name, take] of [
  ['ReadToEnd', takeRest],
  ['ReadLine', takeLine],
] as const)
  defineWaiting(readerTypeName, name, function* (self) {
    const of = self as DotNetObject<ProcessReader & { text: string | undefined }>;
    if (of.state.text === undefined) {
      yield* waitForExit(of.state.process, undefined);
      const { exit } = (of.state.process as DotNetObject<{ exit?: { stdout: never; stderr: never } }>).state;
      of.state.text = exit ? ansi.decode(exit[of.state.of]) : '';
    }
    return take(self);
  });
