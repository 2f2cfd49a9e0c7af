import { plus } from '../../../../base/time.ts';
import type { Duration, Instant } from '../../../../base/time.ts';
import { processId } from '../../../../base/ids.ts';
import type { FileVersion, Host, ProcessExit, ProcessInfo, Resume, Suspend } from '../../host.ts';
import { localTime } from '../../providers/local-time.ts';
import { fileVersion } from '../../providers/file-version.ts';
import { method, property, staticMethod } from '../../types/dotnet/define.ts';
import { dotNetError } from '../../types/errors.ts';
import { extendType } from '../../types/extended-members.ts';
import { DotNetObject, double, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import { TimeSpanValue } from '../../types/scalars.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, MemberBag } from '../../types/value.ts';
import { defineWaiting } from '../../types/waiting-methods.ts';

export interface ProcessState {
  readonly info: ProcessInfo;
  readonly host: Host;
  /** Set once the process was waited for. */
  exit: ProcessExit | undefined;
  endedAt: Instant | undefined;
}
const stateOf = (self: Value): ProcessState => (self as DotNetObject<ProcessState>).state;
const current = (self: Value): ProcessInfo => {
  const { info, host } = stateOf(self);
  const now = host.processes.get(info.id);
  return now.ok ? now.value : info;
};
const alive = (self: Value): boolean => {
  const { info, host, exit } = stateOf(self);
  return exit === undefined && host.processes.get(info.id).ok;
};

/** Memory figures that follow from the working set: a device keeps only that one. */
const paged = (info: ProcessInfo): number => Math.round(info.workingSet * 0.78);
const versionOf = (self: Value): FileVersion | undefined => {
  const { host } = stateOf(self);
  const { path } = current(self);
  const file = path === undefined ? undefined : host.files.info(path);
  return file?.ok ? file.value.version : undefined;
};

const kill = (self: Value): void => {
  const { host, info } = stateOf(self);
  const done = host.processes.kill(info.id);
  if (!done.ok)
    throw done.error.code === 'access-denied'
      ? dotNetError('System.ComponentModel.Win32Exception', 'Access is denied')
      : dotNetError(
          'System.InvalidOperationException',
          `Cannot process request because the process (${info.id}) has exited.`,
        );
};

const moduleType = defineType('System.Diagnostics.ProcessModule', {
  members: [
    property('FileName', 'string', (s) => (s as DotNetObject<{ path: string }>).state.path),
    property('ModuleName', 'string', (s) =>
      (s as DotNetObject<{ path: string }>).state.path.replace(/^.*\\/, ''),
    ),
    property('FileVersionInfo', 'System.Diagnostics.FileVersionInfo', (s) => {
      const { path, version } = (s as DotNetObject<{ path: string; version: FileVersion | undefined }>).state;
      return fileVersion(path, version);
    }),
  ],
});

export const processType = defineType('System.Diagnostics.Process', {
  baseType: defineType('System.ComponentModel.Component'),
  assembly: 'System',
  members: [
    property('BasePriority', 'int', () => 8),
    property('ExitCode', 'int', (self) => {
      const { exit } = stateOf(self);
      if (!exit && alive(self))
        throw dotNetError(
          'System.InvalidOperationException',
          'Process must exit before requested information can be determined.',
        );
      return exit ? exit.exitCode | 0 : null;
    }),
    property('HasExited', 'bool', (self) => !alive(self)),
    property('ExitTime', 'datetime', (self) => {
      const { host, endedAt } = stateOf(self);
      return endedAt === undefined ? null : localTime(host, endedAt);
    }),
    property('Handle', 'System.IntPtr', (self) => current(self).handles),
    property('HandleCount', 'int', (self) => current(self).handles),
    property('Id', 'int', (self) => current(self).id),
    property('MachineName', 'string', () => '.'),
    property('MainModule', 'System.Diagnostics.ProcessModule', (self) => {
      const { path } = current(self);
      return path === undefined ? null : new DotNetObject(moduleType, { path, version: versionOf(self) });
    }),
    property('MainWindowTitle', 'string', () => ''),
    property('NonpagedSystemMemorySize64', 'long', (self) => BigInt(current(self).handles * 56)),
    property('PagedMemorySize64', 'long', (self) => BigInt(paged(current(self)))),
    property('PrivateMemorySize64', 'long', (self) => BigInt(paged(current(self)))),
    property('ProcessName', 'string', (self) => current(self).name),
    property('Responding', 'bool', () => true),
    property('SessionId', 'int', (self) => current(self).sessionId),
    property('StartTime', 'datetime', (self) => localTime(stateOf(self).host, current(self).started)),
    property('TotalProcessorTime', 'timespan', (self) => new TimeSpanValue(BigInt(current(self).cpu) * 10n)),
    property('VirtualMemorySize64', 'long', (self) => BigInt(current(self).workingSet) * 4n),
    property('WorkingSet64', 'long', (self) => BigInt(current(self).workingSet)),
    method(['string ToString()', (self) => `System.Diagnostics.Process (${current(self).name})`]),
    method(['void Kill()', kill]),
    method(['void Refresh()', () => undefined]),
    method(['void Close()', () => undefined]),
    method(['void Dispose()', () => undefined]),
    method(['bool CloseMainWindow()', () => false]),
    // These run as steps (below); here only so that Get-Member shows them.
    method(
      ['void WaitForExit()', () => undefined],
      ['bool WaitForExit(int milliseconds)', (self) => !alive(self)],
    ),
    staticMethod([
      'static System.Diagnostics.Process GetCurrentProcess()',
      (_self, _args, { host }) => {
        const own = host.processes.get(host.identity.processId);
        return own.ok ? processObject(own.value, host) : null;
      },
    ]),
    staticMethod([
      'static System.Diagnostics.Process GetProcessById(int processId)',
      (_self, [id], { host }) => {
        const wanted = processId(toDouble(id as Value & number));
        const found = host.processes.get(wanted);
        if (!found.ok)
          throw dotNetError('System.ArgumentException', `Process with an Id of ${wanted} is not running.`);
        return processObject(found.value, host);
      },
    ]),
    staticMethod([
      'static System.Diagnostics.Process[] GetProcesses()',
      (_self, _args, { host }) =>
        new PSArray(
          host.processes.list().map((info) => processObject(info, host)),
          processType,
        ),
    ]),
    staticMethod([
      'static System.Diagnostics.Process[] GetProcessesByName(string processName)',
      (_self, [name], { host }) =>
        new PSArray(
          host.processes
            .list()
            .filter((info) => info.name.toLowerCase() === String(name).toLowerCase())
            .map((info) => processObject(info, host)),
          processType,
        ),
    ]),
  ],
});

/** Waits for a process to end; false where the deadline came first. */
export function* waitForExit(
  value: Value,
  deadline: Instant | undefined,
): Generator<Suspend, boolean, Resume> {
  const state = stateOf(value);
  if (state.exit) return true;
  const answer = yield {
    kind: 'process',
    id: state.info.id,
    ...(deadline === undefined ? {} : { deadline }),
  };
  if (answer.kind !== 'process' || !answer.exit) return !state.host.processes.get(state.info.id).ok;
  state.exit = answer.exit;
  state.endedAt = state.host.clock.now();
  return true;
}

defineWaiting('System.Diagnostics.Process', 'WaitForExit', function* (self, args) {
  const limit = args[0];
  if (limit === undefined) {
    yield* waitForExit(self, undefined);
    return automationNull;
  }
  const milliseconds = isNumeric(limit) ? toDouble(limit) : 0;
  const deadline =
    milliseconds < 0 ? undefined : plus(stateOf(self).host.clock.now(), (milliseconds * 1000) as Duration);
  return yield* waitForExit(self, deadline);
});

const standard = new MemberBag();
standard.set({
  kind: 'PropertySet',
  name: 'DefaultDisplayPropertySet',
  properties: ['Id', 'Handles', 'CPU', 'SI', 'Name'],
});
const code = (name: string, typeName: string, get: (self: Value) => Value): void =>
  extendType('System.Diagnostics.Process', { kind: 'CodeProperty', name, typeName, get });
const alias = (name: string, target: string): void =>
  extendType('System.Diagnostics.Process', { kind: 'AliasProperty', name, target });
alias('Handles', 'HandleCount');
alias('Name', 'ProcessName');
alias('NPM', 'NonpagedSystemMemorySize64');
alias('PM', 'PagedMemorySize64');
alias('SI', 'SessionId');
alias('VM', 'VirtualMemorySize64');
alias('WS', 'WorkingSet64');
code('CPU', 'System.Object', (self) => double(current(self).cpu / 1_000_000));
code('Path', 'System.Object', (self) => current(self).path ?? null);
code('CommandLine', 'System.Object', (self) => current(self).commandLine);
code('Company', 'System.Object', (self) => versionOf(self)?.companyName ?? null);
code('Description', 'System.Object', (self) => versionOf(self)?.fileDescription ?? null);
code('FileVersion', 'System.Object', (self) => versionOf(self)?.fileVersion ?? null);
code('Product', 'System.Object', (self) => versionOf(self)?.productName ?? null);
code('ProductVersion', 'System.Object', (self) => versionOf(self)?.productVersion ?? null);
extendType('System.Diagnostics.Process', { kind: 'MemberSet', name: 'PSStandardMembers', members: standard });

export const processObject = (info: ProcessInfo, host: Host): DotNetObject<ProcessState> =>
  new DotNetObject<ProcessState>(processType, { info, host, exit: undefined, endedAt: undefined });

export const processOf = (value: Value): ProcessState => stateOf(value);
