import type { DotNetType } from '../../types/dotnet-type.ts';
import { constructors, method, property, staticMethod, staticProperty } from '../../types/dotnet/define.ts';
import { int, nullArgument, str } from '../../types/dotnet/arguments.ts';
import { newGuid } from '../../types/dotnet/guid.ts';
import { enumValue } from '../../types/enum-text.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { dotNetError } from '../../types/errors.ts';
import type { ExceptionValue } from '../../types/error-record.ts';
import { ListValue } from '../../types/collections.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineEnum, defineType, listType } from '../../types/registry.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import type { TypeContext } from '../../types/dotnet-type.ts';
import { getProperty } from '../../types/member.ts';
import { callBlock } from '../invoke.ts';
import type { Steps } from '../steps.ts';
import { Variable } from '../scope.ts';
import type { Session } from '../session.ts';
import { sessionObjects } from '../session-objects.ts';
import { childSession } from './child-session.ts';

const namespace = 'System.Management.Automation.Runspaces';
const assembly = 'System.Management.Automation';
const state = <T>(v: Value | undefined): T => (v as DotNetObject<T>).state;

// --- what a runspace starts with ---------------------------------------------------------------------------------

interface Entry {
  readonly name: string;
  readonly value: Value;
  readonly description: string;
}
const entryType = (name: string, valueName: string): DotNetType =>
  defineType(`${namespace}.${name}`, {
    assembly,
    baseType: defineType(`${namespace}.InitialSessionStateEntry`),
    members: [
      property('Name', 'string', (v) => state<Entry>(v).name),
      property(valueName, 'System.Object', (v) => state<Entry>(v).value),
      property('Description', 'string', (v) => state<Entry>(v).description),
    ],
  });
const entryConstructors = (type: DotNetType): void => {
  const make = (a: readonly Value[]): Value =>
    new DotNetObject<Entry>(type, {
      name: str(a[0]),
      value: a[1] ?? null,
      description: a[2] === undefined ? '' : toText(a[2]),
    });
  type.constructors = constructors(
    [`${type.fullName} new(string name, System.Object value)`, (_v, a) => make(a)],
    [`${type.fullName} new(string name, System.Object value, System.Object more)`, (_v, a) => make(a)],
    [
      `${type.fullName} new(string name, System.Object value, System.Object more, System.Object options)`,
      (_v, a) => make(a),
    ],
  );
};
const variableEntry = entryType('SessionStateVariableEntry', 'Value');
const functionEntry = entryType('SessionStateFunctionEntry', 'Definition');
const aliasEntry = entryType('SessionStateAliasEntry', 'Definition');
for (const type of [variableEntry, functionEntry, aliasEntry]) entryConstructors(type);

interface Initial {
  readonly commands: ListValue;
  readonly variables: ListValue;
  readonly modules: ListValue;
  languageMode: Value;
  executionPolicy: Value;
  apartmentState: Value;
  threadOptions: Value;
}
const initialType = defineType(`${namespace}.InitialSessionState`, { assembly });
const languageModes = defineEnum(
  'System.Management.Automation.PSLanguageMode',
  'FullLanguage,RestrictedLanguage,NoLanguage,ConstrainedLanguage',
);
const apartments = defineEnum('System.Threading.ApartmentState', 'STA,MTA,Unknown');
const threads = defineEnum(
  `${namespace}.PSThreadOptions`,
  'Default,UseNewThread,ReuseThread,UseCurrentThread',
);
const initial = (): Value =>
  new DotNetObject<Initial>(initialType, {
    commands: new ListValue(listType),
    variables: new ListValue(listType),
    modules: new ListValue(listType),
    languageMode: enumValue(languageModes, 'FullLanguage'),
    executionPolicy: null,
    apartmentState: enumValue(apartments, 'Unknown'),
    threadOptions: enumValue(threads, 'Default'),
  });
const i = (v: Value): Initial => state<Initial>(v);
defineType(initialType.fullName, {
  members: [
    staticMethod([`${initialType.fullName} CreateDefault()`, initial]),
    staticMethod([`${initialType.fullName} CreateDefault2()`, initial]),
    staticMethod([`${initialType.fullName} Create()`, initial]),
    property('Commands', 'System.Object', (v) => i(v).commands),
    property('Variables', 'System.Object', (v) => i(v).variables),
    property('Modules', 'System.Object', (v) => i(v).modules),
    property(
      'LanguageMode',
      languageModes.fullName,
      (v) => i(v).languageMode,
      (v, x) => void (i(v).languageMode = x),
    ),
    property(
      'ExecutionPolicy',
      'Microsoft.PowerShell.ExecutionPolicy',
      (v) => i(v).executionPolicy,
      (v, x) => void (i(v).executionPolicy = x),
    ),
    property(
      'ApartmentState',
      apartments.fullName,
      (v) => i(v).apartmentState,
      (v, x) => void (i(v).apartmentState = x),
    ),
    property(
      'ThreadOptions',
      threads.fullName,
      (v) => i(v).threadOptions,
      (v, x) => void (i(v).threadOptions = x),
    ),
    method([
      'void ImportPSModule(string[] name)',
      (v, a) => {
        if (isNull(a[0] ?? null)) throw nullArgument('name');
        i(v).modules.items.push(...(elementsOf(a[0] as Value) ?? [a[0] as Value]));
      },
    ]),
  ],
});

// --- runspaces -----------------------------------------------------------------------------------------------------

export interface RunspaceState {
  session: Session | undefined;
  readonly initial: Value;
  state: 'BeforeOpen' | 'Opened' | 'Closed';
  busy: boolean;
  readonly id: number;
  readonly instanceId: Value;
  name: string;
  apartmentState: Value;
  threadOptions: Value;
}
export const runspaceType = defineType(`${namespace}.Runspace`, {
  assembly,
  interfaces: ['System.IDisposable'],
  isAbstract: true,
});
const localType = defineType(`${namespace}.LocalRunspace`, { assembly, baseType: runspaceType });
const states = defineEnum(
  `${namespace}.RunspaceState`,
  'BeforeOpen,Opening,Opened,Closed,Closing,Broken,Disconnecting,Disconnected,Connecting',
);
const availability = defineEnum(
  `${namespace}.RunspaceAvailability`,
  'None,Available,AvailableForNestedCommand,Busy,RemoteDebug',
);
interface StateInfo {
  readonly state: Value;
  readonly reason: ExceptionValue | null;
}
const stateInfoType = defineType(`${namespace}.RunspaceStateInfo`, {
  assembly,
  members: [
    property('State', states.fullName, (v) => state<StateInfo>(v).state),
    property('Reason', 'System.Exception', (v) => state<StateInfo>(v).reason),
    method(['string ToString()', (v) => toText(state<StateInfo>(v).state)]),
  ],
});
const r = (v: Value): RunspaceState => state<RunspaceState>(v);

export function makeRunspace(parent: Session, start: Value, session?: Session): DotNetObject<RunspaceState> {
  const { root } = parent;
  const id = ((root.state.get('runspaces') as number | undefined) ?? 1) + 1;
  if (!session) root.state.set('runspaces', id);
  const number = session ? 1 : id;
  return new DotNetObject<RunspaceState>(localType, {
    session,
    initial: start,
    state: session ? 'Opened' : 'BeforeOpen',
    busy: session !== undefined,
    id: number,
    instanceId: newGuid(),
    name: `Runspace${number}`,
    apartmentState: enumValue(apartments, 'Unknown'),
    threadOptions: enumValue(threads, 'Default'),
  });
}

/** The runspace whose code runs. */
export function currentRunspace(session: Session): DotNetObject<RunspaceState> {
  let own = session.state.get('runspace') as DotNetObject<RunspaceState> | undefined;
  if (!own) session.state.set('runspace', (own = makeRunspace(session, null, session)));
  return own;
}

export function openRunspace(runspace: Value, parent: Session): Session {
  const own = r(runspace);
  if (own.session) return own.session;
  const session = childSession(parent);
  session.state.set('runspace', runspace);
  own.session = session;
  own.state = 'Opened';
  if (own.initial !== null) fill(session, i(own.initial));
  return session;
}
function fill(session: Session, from: Initial): void {
  for (const item of from.variables.items) {
    const { name, value, description } = state<Entry>(item);
    const variable = new Variable(name, value);
    variable.description = description;
    session.globalScope.variables.set(name.toLowerCase(), variable);
  }
  for (const item of from.commands.items) {
    if (!(item instanceof DotNetObject)) continue;
    const { name, value } = state<Entry>(item);
    if (item.type === functionEntry)
      session.defineFunction(name, session.scriptBlock(toText(value)), session.globalScope, false);
  }
  for (const item of from.modules.items) {
    const block = session.scriptBlock('Import-Module -Name $args[0]');
    session.drain(session.within(runBlock(session, block, [item])));
  }
}
const runBlock = (session: Session, block: ScriptBlockValue, args: readonly Value[]): Steps<Value> =>
  callBlock(session, block, args, session.rootFrame);

defineType(runspaceType.fullName, {
  members: [
    staticProperty(
      'DefaultRunspace',
      runspaceType.fullName,
      (_v, context) => currentRunspace(context.session as Session),
      () => undefined,
    ),
    staticProperty('CanUseDefaultRunspace', 'bool', () => true),
    property('Id', 'int', (v) => r(v).id),
    property(
      'Name',
      'string',
      (v) => r(v).name,
      (v, x) => void (r(v).name = toText(x)),
    ),
    property('InstanceId', 'guid', (v) => r(v).instanceId),
    property('InitialSessionState', initialType.fullName, (v) => r(v).initial),
    property(
      'ApartmentState',
      apartments.fullName,
      (v) => r(v).apartmentState,
      (v, x) => void (r(v).apartmentState = x),
    ),
    property(
      'ThreadOptions',
      threads.fullName,
      (v) => r(v).threadOptions,
      (v, x) => void (r(v).threadOptions = x),
    ),
    property('RunspaceIsRemote', 'bool', () => false),
    property('ConnectionInfo', 'System.Object', () => null),
    property('RunspaceStateInfo', stateInfoType.fullName, (v) => {
      return new DotNetObject<StateInfo>(stateInfoType, {
        state: enumValue(states, r(v).state),
        reason: null,
      });
    }),
    property('RunspaceAvailability', availability.fullName, (v) =>
      enumValue(availability, r(v).state !== 'Opened' ? 'None' : r(v).busy ? 'Busy' : 'Available'),
    ),
    property('SessionStateProxy', 'System.Object', (v) => {
      if (!r(v).session)
        throw dotNetError(
          `${namespace}.InvalidRunspaceStateException`,
          'The runspace state is not valid for this operation.',
        );
      return new DotNetObject(proxyType, r(v).session);
    }),
    method([
      'void Open()',
      (v, _a, context) => {
        if (r(v).state !== 'BeforeOpen')
          throw dotNetError(
            `${namespace}.InvalidRunspaceStateException`,
            `Cannot open the runspace because the runspace is not in the BeforeOpen state. Current state of the runspace is '${r(v).state}'.`,
          );
        openRunspace(v, context.session as Session);
      },
    ]),
    method(['void OpenAsync()', (v, _a, context) => void openRunspace(v, context.session as Session)]),
    method(['void Close()', (v) => void (r(v).state = 'Closed')]),
    method(['void Dispose()', (v) => void (r(v).state = 'Closed')]),
    method(['void ResetRunspaceState()', () => undefined]),
  ],
});
const s = (v: Value): Session => state<Session>(v);
const proxyType = defineType(`${namespace}.SessionStateProxy`, {
  assembly,
  members: [
    method([
      'void SetVariable(string name, System.Object value)',
      (v, a) => s(v).setGlobal(str(a[0]), a[1] ?? null),
    ]),
    method([
      'System.Object GetVariable(string name)',
      (v, a) => s(v).globalScope.find(str(a[0]).toLowerCase())?.read() ?? null,
    ]),
    ...['PSVariable', 'Path', 'InvokeCommand', 'InvokeProvider', 'Drive', 'Provider', 'Module'].map((name) =>
      property(
        name,
        'System.Object',
        (v) => getProperty(sessionObjects.sessionState(s(v), s(v).rootFrame), name) ?? null,
      ),
    ),
    property('LanguageMode', languageModes.fullName, () => enumValue(languageModes, 'FullLanguage')),
  ],
});

// --- pools ---------------------------------------------------------------------------------------------------------

export interface PoolState {
  readonly idle: DotNetObject<RunspaceState>[];
  readonly initial: Value;
  min: number;
  max: number;
  running: number;
  state: 'BeforeOpen' | 'Opened' | 'Closed';
  readonly instanceId: Value;
  apartmentState: Value;
  threadOptions: Value;
}
export const poolType = defineType(`${namespace}.RunspacePool`, {
  assembly,
  interfaces: ['System.IDisposable'],
});
const poolStates = defineEnum(
  `${namespace}.RunspacePoolState`,
  'BeforeOpen,Opening,Opened,Closed,Closing,Broken,Disconnecting,Disconnected,Connecting',
);
const poolInfo = defineType('System.Management.Automation.RunspacePoolStateInfo', {
  assembly,
  members: [
    property('State', poolStates.fullName, (v) => state<StateInfo>(v).state),
    property('Reason', 'System.Exception', () => null),
  ],
});
const p = (v: Value): PoolState => state<PoolState>(v);
defineType(poolType.fullName, {
  members: [
    property('InstanceId', 'guid', (v) => p(v).instanceId),
    property('InitialSessionState', initialType.fullName, (v) => p(v).initial),
    property(
      'ApartmentState',
      apartments.fullName,
      (v) => p(v).apartmentState,
      (v, x) => void (p(v).apartmentState = x),
    ),
    property(
      'ThreadOptions',
      threads.fullName,
      (v) => p(v).threadOptions,
      (v, x) => void (p(v).threadOptions = x),
    ),
    property('IsDisposed', 'bool', (v) => p(v).state === 'Closed'),
    property('RunspacePoolStateInfo', poolInfo.fullName, (v) => {
      return new DotNetObject<StateInfo>(poolInfo, {
        state: enumValue(poolStates, p(v).state),
        reason: null,
      });
    }),
    property('RunspacePoolAvailability', 'string', () => 'Available'),
    method(['void Open()', (v) => void (p(v).state = 'Opened')]),
    method(['void Close()', (v) => void (p(v).state = 'Closed')]),
    method(['void Dispose()', (v) => void (p(v).state = 'Closed')]),
    method(['int GetMaxRunspaces()', (v) => p(v).max]),
    method(['int GetMinRunspaces()', (v) => p(v).min]),
    method(['int GetAvailableRunspaces()', (v) => p(v).max - p(v).running]),
    method(['bool SetMaxRunspaces(int maxRunspaces)', (v, a) => ((p(v).max = int(a[0])), true)]),
    method(['bool SetMinRunspaces(int minRunspaces)', (v, a) => ((p(v).min = int(a[0])), true)]),
  ],
});

// --- the factory ---------------------------------------------------------------------------------------------------

/** The overloads differ in what they get: an initial state, a host, numbers. */
const given = (args: readonly Value[]): { initial: Value; numbers: number[] } => ({
  initial: args.find((a) => a instanceof DotNetObject && a.type === initialType) ?? null,
  numbers: args.filter((a) => typeof a === 'number'),
});
const create = (_v: Value, args: Value[], context: TypeContext): Value =>
  makeRunspace(context.session as Session, given(args).initial);
const createPool = (_v: Value, args: Value[]): Value => {
  const { initial: start, numbers } = given(args);
  return new DotNetObject<PoolState>(poolType, {
    idle: [],
    initial: start,
    min: numbers[0] ?? 1,
    max: numbers[1] ?? 1,
    running: 0,
    state: 'BeforeOpen',
    instanceId: newGuid(),
    apartmentState: enumValue(apartments, 'Unknown'),
    threadOptions: enumValue(threads, 'Default'),
  });
};
const overloads = (result: string, name: string, lists: readonly string[]): readonly string[] =>
  lists.map((list) => `${result} ${name}(${list})`);
const start = `${initialType.fullName} initialSessionState`;
const host = 'System.Object host';
defineType(`${namespace}.RunspaceFactory`, {
  assembly,
  members: [
    staticMethod(
      ...overloads(runspaceType.fullName, 'CreateRunspace', ['', start, host, `${host}, ${start}`]).map(
        (signature) => [signature, create] as const,
      ),
    ),
    staticMethod(
      ...overloads(poolType.fullName, 'CreateRunspacePool', [
        '',
        start,
        'int minRunspaces, int maxRunspaces',
        `int minRunspaces, int maxRunspaces, ${host}`,
        `int minRunspaces, int maxRunspaces, ${start}, ${host}`,
      ]).map((signature) => [signature, createPool] as const),
    ),
  ],
});
