import { differences } from '../../dialects/index.ts';
import type { Instant } from '../../../../base/time.ts';
import { ListValue } from '../../types/collections.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { constructors, method, property, staticMethod } from '../../types/dotnet/define.ts';
import { newGuid } from '../../types/dotnet/guid.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { enumValue } from '../../types/enum-text.ts';
import type { ExceptionValue } from '../../types/error-record.ts';
import { dotNetError, DotNetError, exception } from '../../types/errors.ts';
import { invocationError } from '../../types/member.ts';
import { DotNetObject, EnumValue, PSArray } from '../../types/objects.ts';
import { defineEnum, defineType, resolveType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull, unwrap } from '../../types/value.ts';
import { TimeSpanValue } from '../../types/scalars.ts';
import type { Numeric } from '../../types/numeric.ts';
import { toDouble } from '../../types/numeric.ts';
import { psCollection } from '../../types/collection-methods.ts';
import { defineWaiting } from '../../types/waiting-methods.ts';
import { commandNotFound } from '../command-not-found.ts';
import { ExitFlow, LoopFlow, PipelineStopFlow } from '../flow.ts';
import type { ExtentLike, Streams } from '../frame.ts';
import type { PreparedCommand } from '../pipeline.ts';
import { runPipeline } from '../pipeline.ts';
import { reasonOf } from '../reason.ts';
import { asScriptError } from '../report.ts';
import type { Session } from '../session.ts';
import type { Sink } from '../sink.ts';
import type { Steps } from '../steps.ts';
import type { Task } from './background.ts';
import type { DataCollection } from './data-collection.ts';
import { dataCollection, listSink } from './data-collection.ts';
import type { CommandItem, CommandState } from './ps-command.ts';
import { builders, commandText, commandType, psCommand } from './ps-command.ts';
import type { PoolState, RunspaceState } from './runspace.ts';
import { currentRunspace, makeRunspace, openRunspace, poolType, runspaceType } from './runspace.ts';

const namespace = 'System.Management.Automation';
const assembly = 'System.Management.Automation';
const state = <T>(v: Value | undefined): T => (v as DotNetObject<T>).state;

// --- streams -------------------------------------------------------------------------------------------------------

const streamTypes = {
  Error: 'System.Management.Automation.ErrorRecord',
  Warning: 'System.Management.Automation.WarningRecord',
  Verbose: 'System.Management.Automation.VerboseRecord',
  Debug: 'System.Management.Automation.DebugRecord',
  Information: 'System.Management.Automation.InformationRecord',
  Progress: 'System.Management.Automation.ProgressRecord',
} as const;
type StreamName = keyof typeof streamTypes;
type DataStreams = Record<StreamName, DataCollection>;
const streamNames = Object.keys(streamTypes) as StreamName[];
const streamsType = defineType(`${namespace}.PSDataStreams`, {
  assembly,
  members: [
    ...streamNames.map((name) =>
      property(
        name,
        'System.Object',
        (v) => state<DataStreams>(v)[name],
        (v, x) => void (state<DataStreams>(v)[name] = x as DataCollection),
      ),
    ),
    method([
      'void ClearStreams()',
      (v) => {
        for (const name of streamNames) state<DataStreams>(v)[name].items = [];
      },
    ]),
  ],
});
const dataStreams = (): DotNetObject<DataStreams> => {
  const made = {} as DataStreams;
  for (const name of streamNames) made[name] = dataCollection(streamTypes[name]);
  return new DotNetObject(streamsType, made);
};

// --- state ---------------------------------------------------------------------------------------------------------

const states = defineEnum(
  `${namespace}.PSInvocationState`,
  'NotStarted,Running,Stopping,Stopped,Completed,Failed,Disconnected',
);
interface Shell {
  commands: DotNetObject<CommandState>;
  runspace: Value;
  pool: Value;
  readonly nested: boolean;
  readonly streams: DotNetObject<DataStreams>;
  hadErrors: boolean;
  state: string;
  reason: ExceptionValue | null;
  task: Task | undefined;
  readonly instanceId: Value;
}
export const powerShellType = defineType(`${namespace}.PowerShell`, {
  assembly,
  isSealed: true,
  interfaces: ['System.IDisposable'],
});
const ps = (v: Value): Shell => state<Shell>(v);
const make = (runspace: Value, nested: boolean): DotNetObject<Shell> =>
  new DotNetObject<Shell>(powerShellType, {
    commands: psCommand(),
    runspace,
    pool: null,
    nested,
    streams: dataStreams(),
    hadErrors: false,
    state: 'NotStarted',
    reason: null,
    task: undefined,
    instanceId: newGuid(),
  });

interface StateInfo {
  readonly state: Value;
  readonly reason: ExceptionValue | null;
}
const stateInfoType = defineType(`${namespace}.PSInvocationStateInfo`, {
  assembly,
  members: [
    property('State', states.fullName, (v) => state<StateInfo>(v).state),
    property('Reason', 'System.Exception', (v) => state<StateInfo>(v).reason),
  ],
});
interface Settings {
  addToHistory: Value;
  errorActionPreference: Value;
  host: Value;
}
const settingsType = defineType(`${namespace}.PSInvocationSettings`, {
  assembly,
  constructors: constructors([
    'PSInvocationSettings new()',
    () =>
      new DotNetObject<Settings>(settingsType, {
        addToHistory: false,
        errorActionPreference: null,
        host: null,
      }),
  ]),
});
defineType(settingsType.fullName, {
  members: [
    property(
      'AddToHistory',
      'bool',
      (v) => state<Settings>(v).addToHistory,
      (v, x) => void (state<Settings>(v).addToHistory = x),
    ),
    property(
      'ErrorActionPreference',
      'System.Nullable[System.Management.Automation.ActionPreference]',
      (v) => state<Settings>(v).errorActionPreference,
      (v, x) => void (state<Settings>(v).errorActionPreference = x),
    ),
    property(
      'Host',
      'System.Object',
      (v) => state<Settings>(v).host,
      (v, x) => void (state<Settings>(v).host = x),
    ),
  ],
});

// --- running -------------------------------------------------------------------------------------------------------

const nowhere = (text: string): ExtentLike => ({
  text,
  startLineNumber: 1,
  startColumnNumber: 1,
  endLineNumber: 1,
  endColumnNumber: 1 + text.length,
  startOffset: 0,
  endOffset: text.length,
  file: undefined,
});

function prepare(session: Session, one: CommandItem): PreparedCommand {
  const merge = one.merges
    ? (streams: Streams, out: Sink): { streams: Streams; out: Sink } => ({
        streams: { ...streams, error: out },
        out,
      })
    : undefined;
  const common = {
    args: one.args,
    dotted: one.local !== true && one.isScript,
    invocationName: one.isScript ? '' : one.text,
    extent: nowhere(one.text),
    redirect: merge,
  };
  if (one.isScript) return { ...common, info: undefined, block: session.scriptBlock(one.text) };
  const info = session.command(one.text);
  if (!info) throw commandNotFound(one.text, differences.errors.commandNotFound.desktopIn(session.dialect));
  return { ...common, info, block: undefined };
}

/** The statements of a command: each a pipeline. */
function statements(items: readonly CommandItem[]): CommandItem[][] {
  const found: CommandItem[][] = [[]];
  for (const one of items) {
    (found.at(-1) as CommandItem[]).push(one);
    if (one.ends) found.push([]);
  }
  return found.filter((s) => s.length > 0);
}

/** Takes a runspace of the pool, or makes one; the pool waits where as many run as it may have. */
function* rented(v: Value, caller: Session): Steps<DotNetObject<RunspaceState>> {
  const pool = state<PoolState>(ps(v).pool);
  yield* caller.background.waitFor(() => pool.running < pool.max);
  pool.running++;
  return pool.idle.pop() ?? makeRunspace(caller, pool.initial);
}

/** Runs the commands; outcome in the object. Throws what ended them. */
function* run(
  v: Value,
  caller: Session,
  input: readonly Value[] | undefined,
  out: ListValue,
  settings: Settings | undefined,
): Steps<void> {
  const own = ps(v);
  const pooled = isNull(own.pool) ? undefined : yield* rented(v, caller);
  const session = pooled
    ? openRunspace(pooled, caller)
    : own.nested
      ? caller
      : openRunspace((own.runspace ??= makeRunspace(caller, null)), caller);
  const work = pipelines(v, session, input, out, settings);
  try {
    if (session === caller) yield* work;
    else {
      const runspace = pooled ?? (own.runspace as DotNetObject<RunspaceState>);
      runspace.state.busy = true;
      try {
        yield* session.within(work);
      } finally {
        runspace.state.busy = false;
      }
    }
  } finally {
    if (pooled) {
      const pool = state<PoolState>(own.pool);
      pool.running--;
      pool.idle.push(pooled);
    }
  }
}
function* pipelines(
  v: Value,
  session: Session,
  input: readonly Value[] | undefined,
  out: ListValue,
  settings: Settings | undefined,
): Steps<void> {
  const own = ps(v);
  const data = own.streams.state;
  const errors = listSink(data.Error);
  const streams: Streams = {
    error: {
      sync: true,
      write: (value) => {
        own.hadErrors = true;
        return errors.write(value);
      },
    },
    warning: listSink(data.Warning),
    verbose: listSink(data.Verbose),
    debug: listSink(data.Debug),
    information: listSink(data.Information),
    progress: listSink(data.Progress),
  };
  const saved = { frame: session.frame, tryDepth: session.tryDepth };
  const base = own.nested ? session.frame : session.rootFrame;
  const frame = session.withStreams(base, streams);
  frame.out = listSink(out);
  if (!own.nested) frame.keepsSuccess = true;
  session.frame = frame;
  session.tryDepth = 0;
  own.state = 'Running';
  own.reason = null;
  own.hadErrors = false;
  if (settings?.addToHistory === true) session.history.push(commandText(own.commands.state.items));
  try {
    let first: Value | undefined = input && new PSArray([...input]);
    for (const items of statements(own.commands.state.items)) {
      const commands = items.map((one) => prepare(session, one));
      yield* runPipeline(frame, commands, first);
      first = undefined;
    }
    own.state = 'Completed';
  } catch (error) {
    if (error instanceof ExitFlow || error instanceof LoopFlow || error instanceof PipelineStopFlow) {
      own.state = 'Completed';
      return;
    }
    const failure = asScriptError(error);
    own.hadErrors = true;
    own.state = 'Failed';
    failure.record.exception.errorRecord ??= failure.record;
    own.reason = reasonOf(failure);
    session.recordError(failure.record);
    throw new DotNetError(own.reason);
  } finally {
    if (own.state === 'Running') own.state = 'Stopped';
    session.frame = saved.frame;
    session.tryDepth = saved.tryDepth;
  }
}

function checked(v: Value): void {
  const own = ps(v);
  if (own.commands.state.items.length === 0)
    throw dotNetError(
      'System.InvalidOperationException',
      'The operation cannot be performed because a command has not yet been specified. Specify a command, and then run the operation again.',
    );
  if (own.state === 'Running')
    throw dotNetError(
      `${namespace}.InvalidPowerShellStateException`,
      'The state of the current PowerShell instance is not valid for this operation.',
    );
  if (own.runspace instanceof DotNetObject && state<RunspaceState>(own.runspace).state !== 'Opened') {
    const { state: now } = state<RunspaceState>(own.runspace);
    if (now === 'Closed' || !ownedRunspaces.has(own.runspace))
      throw dotNetError(
        `${namespace}.Runspaces.InvalidRunspaceStateException`,
        `The runspace must be opened before the operation. Current state of the runspace is '${now}'.`,
      );
  }
}
/** Runspaces that a PowerShell object made for itself: they open when first needed. */
const ownedRunspaces = new WeakSet<DotNetObject>();

function settingsIn(args: readonly Value[]): Settings | undefined {
  for (const arg of args)
    if (arg instanceof DotNetObject && arg.type === settingsType) return arg.state as Settings;
  return undefined;
}
const listOf = (v: Value | undefined): readonly Value[] | undefined =>
  v === undefined || isNull(v) ? undefined : (elementsOf(v) ?? [v]);

defineWaiting(powerShellType.fullName, 'Invoke', function* (v, args, context) {
  const session = context.session as Session;
  try {
    checked(v);
  } catch (error) {
    if (error instanceof DotNetError) throw invocationError('Invoke', args.length, error.exception);
    throw error;
  }
  const rest = args.slice(1);
  const settings = settingsIn(rest);
  const output = rest.find((a) => a instanceof ListValue);
  const list = output instanceof ListValue ? output : psCollection([]);
  try {
    yield* run(v, session, listOf(args[0]), list, settings);
  } catch (error) {
    if (error instanceof DotNetError) throw invocationError('Invoke', args.length, error.exception);
    throw error;
  }
  return output ? automationNull : list;
});

// --- asynchronous --------------------------------------------------------------------------------------------------

interface Async {
  readonly shell: Value;
  readonly output: ListValue;
  failure: ExceptionValue | undefined;
  task: Task;
}
const asyncType = defineType(`${namespace}.PowerShellAsyncResult`, {
  assembly,
  interfaces: ['System.IAsyncResult'],
});
defineType('System.IAsyncResult', { kind: 'interface', baseType: null });
export const handleType = defineType('System.Threading.WaitHandle', {
  baseType: resolveType('System.Object') as DotNetType,
  interfaces: ['System.IDisposable'],
});
const manualReset = defineType('System.Threading.ManualResetEvent', { baseType: handleType });
export interface Handle {
  isSet(): boolean;
}
export const waitHandle = (isSet: () => boolean): Value => new DotNetObject<Handle>(manualReset, { isSet });
defineType(asyncType.fullName, {
  members: [
    property('IsCompleted', 'bool', (v) => state<Async>(v).task.done),
    property('CompletedSynchronously', 'bool', () => false),
    property('AsyncState', 'System.Object', () => null),
    property('AsyncWaitHandle', handleType.fullName, (v) => waitHandle(() => state<Async>(v).task.done)),
  ],
});
defineType(handleType.fullName, {
  members: [
    method(
      ['bool WaitOne()', (v) => state<Handle>(v).isSet()],
      ['bool WaitOne(int millisecondsTimeout)', (v) => state<Handle>(v).isSet()],
      ['bool WaitOne(timespan timeout)', (v) => state<Handle>(v).isSet()],
    ),
    method(['void Close()', () => undefined]),
    method(['void Dispose()', () => undefined]),
    staticMethod([
      'bool WaitAll(System.Object[] waitHandles)',
      (_v, a, context) => {
        const handles = elementsOf(a[0] ?? null) ?? [];
        const session = context.session as Session;
        return session.drain(
          session.background.waitFor(() => handles.every((h) => state<Handle>(h).isSet())),
        );
      },
    ]),
    staticMethod([
      'int WaitAny(System.Object[] waitHandles)',
      (_v, a, context) => {
        const handles = elementsOf(a[0] ?? null) ?? [];
        const session = context.session as Session;
        const at = (): number => handles.findIndex((h) => state<Handle>(h).isSet());
        session.drain(session.background.waitFor(() => at() >= 0));
        return at();
      },
    ]),
  ],
});
defineWaiting(handleType.fullName, 'WaitOne', function* (v, args, context) {
  const { background, host } = context.session as Session;
  return yield* background.waitFor(() => state<Handle>(v).isSet(), deadlineOf(host.clock.now(), args[0]));
});

function begin(v: Value, session: Session, args: readonly Value[]): DotNetObject<Async> {
  checked(v);
  const [input, ...rest] = args;
  const settings = settingsIn(rest);
  const output = rest.find((a) => a instanceof ListValue);
  const list = output instanceof ListValue ? output : dataCollection('System.Management.Automation.PSObject');
  const result = new DotNetObject<Async>(asyncType, {
    shell: v,
    output: list,
    failure: undefined,
    task: undefined as unknown as Task,
  });
  const steps = (function* (): Steps<void> {
    try {
      yield* run(v, session, listOf(input), list, settings);
    } catch (error) {
      result.state.failure =
        error instanceof DotNetError ? error.exception : asScriptError(error).record.exception;
    }
  })();
  result.state.task = session.background.start(session.within(steps));
  ps(v).task = result.state.task;
  ps(v).state = 'Running';
  return result;
}
defineWaiting(powerShellType.fullName, 'EndInvoke', function* (_v, args, context) {
  const own = state<Async>(args[0]);
  yield* (context.session as Session).background.waitFor(() => own.task.done);
  if (own.failure) throw invocationError('EndInvoke', 1, own.failure);
  return own.output;
});

const info = (v: Value): Value =>
  new DotNetObject<StateInfo>(stateInfoType, {
    state: enumValue(states, ps(v).state),
    reason: ps(v).reason,
  });
const runspaceOf = (v: Value, session: Session): Value => {
  const own = ps(v);
  if (own.runspace === null && own.pool === null) {
    own.runspace = own.nested ? currentRunspace(session) : makeRunspace(session, null);
    if (!own.nested) openRunspace(own.runspace, session);
    ownedRunspaces.add(own.runspace as DotNetObject);
  }
  return own.runspace;
};
const modes = defineEnum(`${namespace}.RunspaceMode`, 'CurrentRunspace,NewRunspace');
const collectionName = 'System.Collections.ObjectModel.Collection[psobject]';
const settingsName = settingsType.fullName;
const enumerable = 'System.Object input';
const placeholder = (): Value => null;

defineType(powerShellType.fullName, {
  members: [
    staticMethod(
      [`${powerShellType.fullName} Create()`, () => make(null, false)],
      [
        `${powerShellType.fullName} Create(System.Object kind)`,
        (_v, a, context) => {
          const [kind] = a;
          const text =
            kind instanceof EnumValue || typeof kind === 'string' ? toText(kind).toLowerCase() : '';
          if (kind instanceof DotNetObject && kind.type.isAssignableTo(runspaceType))
            return make(kind, false);
          if (text === modes.enumValues?.keys().next().value?.toLowerCase())
            return make(currentRunspace(context.session as Session), true);
          if (kind instanceof DotNetObject) {
            const runspace = makeRunspace(context.session as Session, kind);
            openRunspace(runspace, context.session as Session);
            return make(runspace, false);
          }
          return make(null, false);
        },
      ],
    ),
    ...builders(powerShellType, (v) => ps(v).commands.state.items),
    property(
      'Commands',
      commandType.fullName,
      (v) => ps(v).commands,
      (v, x) => void (ps(v).commands = x as DotNetObject<CommandState>),
    ),
    property('Streams', streamsType.fullName, (v) => ps(v).streams),
    property('HadErrors', 'bool', (v) => ps(v).hadErrors),
    property('InstanceId', 'guid', (v) => ps(v).instanceId),
    property('InvocationStateInfo', stateInfoType.fullName, info),
    property('IsNested', 'bool', (v) => ps(v).nested),
    property('IsRunspaceOwner', 'bool', (v) => ownedRunspaces.has(ps(v).runspace as DotNetObject)),
    property('HistoryString', 'string', (v) => commandText(ps(v).commands.state.items)),
    property(
      'Runspace',
      runspaceType.fullName,
      (v, context) => runspaceOf(v, context.session as Session),
      (v, x) => {
        ps(v).runspace = x;
        ps(v).pool = null;
      },
    ),
    property(
      'RunspacePool',
      poolType.fullName,
      (v) => ps(v).pool,
      (v, x) => {
        ps(v).pool = x;
        ps(v).runspace = null;
      },
    ),
    // What they do stands above: they wait, so where a script calls them they run as steps.
    method(
      [`${collectionName} Invoke()`, placeholder],
      [`${collectionName} Invoke(${enumerable})`, placeholder],
      [`${collectionName} Invoke(${enumerable}, ${settingsName} settings)`, placeholder],
      [`void Invoke(${enumerable}, System.Object output)`, placeholder],
      [`void Invoke(${enumerable}, System.Object output, ${settingsName} settings)`, placeholder],
    ),
    method(['System.Object EndInvoke(System.IAsyncResult asyncResult)', placeholder]),
    method(
      ...[
        '',
        enumerable,
        `${enumerable}, System.Object output`,
        `${enumerable}, System.Object output, System.Object settings, System.Object callback, System.Object state`,
      ].map(
        (list) =>
          [
            `System.IAsyncResult BeginInvoke(${list})`,
            (v: Value, a: Value[], context: { readonly session: unknown }) =>
              begin(v, context.session as Session, a),
          ] as const,
      ),
    ),
    method([
      'void Stop()',
      (v) => {
        ps(v).task?.stop();
        if (ps(v).state === 'Running') {
          ps(v).state = 'Stopped';
          ps(v).reason = exception(`${namespace}.PipelineStoppedException`, 'The pipeline has been stopped.');
        }
      },
    ]),
    method([
      'System.IAsyncResult BeginStop(System.Object callback, System.Object state)',
      (v) => {
        ps(v).task?.stop();
        ps(v).state = 'Stopped';
        return null;
      },
    ]),
    method([`${powerShellType.fullName} CreateNestedPowerShell()`, (v) => make(ps(v).runspace, true)]),
    method([
      'void Dispose()',
      (v) => {
        ps(v).task?.stop();
      },
    ]),
  ],
});

/** A moment as a deadline: milliseconds or a time span from now; absent or -1 means none. */
function deadlineOf(now: Instant, wait: Value | undefined): Instant | undefined {
  if (wait === undefined || isNull(wait)) return undefined;
  const millis =
    wait instanceof TimeSpanValue ? Number(wait.ticks / 10_000n) : toDouble(unwrap(wait) as Numeric);
  return millis < 0 ? undefined : ((now + millis * 1000) as Instant);
}
