import { differences } from '../dialects/index.ts';
import { DictionaryValue } from '../types/collections.ts';
import type { Invocation } from '../types/error-record.ts';
import { callBlock } from './invoke.ts';
import { DotNetObject, PSArray, customObject } from '../types/objects.ts';
import { objectType } from '../types/dotnet-type.ts';
import { constructors } from '../types/dotnet/define.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { defineType, resolveType } from '../types/registry.ts';
import { GuidValue, VersionValue } from '../types/scalars.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import { runtimeError } from '../types/errors.ts';
import type { Frame } from './frame.ts';
import type { Session } from './session.ts';
import { Variable } from './scope.ts';
import { elementsOf } from '../types/enumerate.ts';

let madeDictionaryType: DotNetType | undefined;
/** Made when first asked for: by then the generic dictionary it derives from is known. */
const dictionaryType = (): DotNetType =>
  (madeDictionaryType ??= defineType('System.Management.Automation.PSBoundParametersDictionary', {
    baseType: resolveType('System.Collections.Generic.Dictionary[string,System.Object]') ?? objectType,
    interfaces: [
      'System.Collections.IDictionary',
      'System.Collections.ICollection',
      'System.Collections.IEnumerable',
    ],
  }));
const state = <T>(self: Value): T => (self as DotNetObject<T>).state;

const pathInfoType = defineType('System.Management.Automation.PathInfo', {
  members: [
    {
      kind: 'property',
      name: 'Drive',
      isStatic: false,
      typeName: 'object',
      get: (self) => state<{ drive: Value }>(self).drive,
    },
    {
      kind: 'property',
      name: 'Provider',
      isStatic: false,
      typeName: 'object',
      get: (self) => state<{ provider: Value }>(self).provider,
    },
    {
      kind: 'property',
      name: 'ProviderPath',
      isStatic: false,
      typeName: 'string',
      get: (self) => state<{ path: string }>(self).path,
    },
    {
      kind: 'property',
      name: 'Path',
      isStatic: false,
      typeName: 'string',
      get: (self) => state<{ path: string }>(self).path,
    },
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [{ signature: 'string ToString()', call: (self) => state<{ path: string }>(self).path }],
    },
  ],
});

const i = (self: Value): Invocation => state<Invocation>(self);
export const invocationInfoType = defineType('System.Management.Automation.InvocationInfo', {
  members: [
    {
      kind: 'property',
      name: 'MyCommand',
      isStatic: false,
      typeName: 'System.Management.Automation.CommandInfo',
      get: (s) => i(s).myCommand,
    },
    {
      kind: 'property',
      name: 'BoundParameters',
      isStatic: false,
      typeName: 'object',
      get: (s) => i(s).boundParameters,
    },
    {
      kind: 'property',
      name: 'UnboundArguments',
      isStatic: false,
      typeName: 'object',
      get: (s) => i(s).unboundArguments,
    },
    {
      kind: 'property',
      name: 'ScriptLineNumber',
      isStatic: false,
      typeName: 'int',
      get: (s) => i(s).position?.line ?? 0,
    },
    {
      kind: 'property',
      name: 'OffsetInLine',
      isStatic: false,
      typeName: 'int',
      get: (s) => i(s).position?.column ?? 0,
    },
    {
      kind: 'property',
      name: 'HistoryId',
      isStatic: false,
      typeName: 'long',
      get: (s) => BigInt(i(s).historyId ?? 1),
    },
    {
      kind: 'property',
      name: 'ScriptName',
      isStatic: false,
      typeName: 'string',
      get: (s) => i(s).position?.file ?? '',
    },
    {
      kind: 'property',
      name: 'Line',
      isStatic: false,
      typeName: 'string',
      get: (s) => i(s).position?.lineText ?? '',
    },
    {
      kind: 'property',
      name: 'Statement',
      isStatic: false,
      typeName: 'string',
      get: (s) => i(s).position?.text ?? '',
    },
    {
      kind: 'property',
      name: 'PositionMessage',
      isStatic: false,
      typeName: 'string',
      get: (s) => positionMessage(i(s)),
    },
    {
      kind: 'property',
      name: 'PSScriptRoot',
      isStatic: false,
      typeName: 'string',
      get: (s) => i(s).scriptRoot,
    },
    {
      kind: 'property',
      name: 'PSCommandPath',
      isStatic: false,
      typeName: 'string',
      get: (s) => i(s).commandPath,
    },
    {
      kind: 'property',
      name: 'InvocationName',
      isStatic: false,
      typeName: 'string',
      get: (s) => i(s).invocationName,
    },
    {
      kind: 'property',
      name: 'PipelineLength',
      isStatic: false,
      typeName: 'int',
      get: (s) => i(s).pipelineLength,
    },
    {
      kind: 'property',
      name: 'PipelinePosition',
      isStatic: false,
      typeName: 'int',
      get: (s) => i(s).pipelinePosition,
    },
    {
      kind: 'property',
      name: 'ExpectingInput',
      isStatic: false,
      typeName: 'bool',
      get: (s) => i(s).expectingInput,
    },
  ],
});

/** `At line:1 char:1`, the source line cut to a window of 69 characters, and squiggles. */
export function positionMessage(invocation: Invocation): string {
  const p = invocation.position;
  if (!p) return '';
  const line = p.lineText.replace(/\t/g, '    ');
  const before = p.lineText.slice(0, p.column - 1).replace(/\t/g, '    ').length;
  const last =
    p.endLine > p.line ? line.length : p.lineText.slice(0, p.endColumn - 1).replace(/\t/g, '    ').length;
  let text = line.trimEnd();
  let start = before;
  let end = Math.max(last, before + 1);
  const limit = 69;
  if (text.length > limit) {
    let from = 0;
    let left = false;
    if (start > 12 || end > limit - 8) {
      from = Math.max(0, start - 12);
      if (from + limit > text.length) from = Math.max(0, Math.min(from, text.length - limit));
      left = from > 0;
    }
    const to = Math.min(text.length, from + limit);
    const right = to < text.length;
    text = `${left ? '... ' : ''}${text.slice(from, to)}${right ? ' ...' : ''}`;
    start = start - from + (left ? 4 : 0);
    end = Math.min(end, to) - from + (left ? 4 : 0);
  }
  const where =
    p.file === undefined ? `At line:${p.line} char:${p.column}` : `At ${p.file}:${p.line} char:${p.column}`;
  return `${where}\n+ ${text}\n+ ${' '.repeat(start)}${'~'.repeat(Math.max(1, end - start))}`;
}

const hostType = defineType('System.Management.Automation.Internal.Host.InternalHost', {
  members: [
    { kind: 'property', name: 'Name', isStatic: false, typeName: 'string', get: () => 'ConsoleHost' },
    {
      kind: 'property',
      name: 'Version',
      isStatic: false,
      typeName: 'version',
      get: (s) =>
        differences.engine.version.desktopIn(state<Session>(s).dialect)
          ? new VersionValue(5, 1, 26100, 4652)
          : new VersionValue(7, 6, 5),
    },
    {
      kind: 'property',
      name: 'InstanceId',
      isStatic: false,
      typeName: 'guid',
      get: () => new GuidValue('00000000-0000-0000-0000-000000000001'),
    },
    {
      kind: 'property',
      name: 'UI',
      isStatic: false,
      typeName: 'object',
      get: (s) => new DotNetObject(hostUiType, state<Session>(s)),
    },
    {
      kind: 'property',
      name: 'CurrentCulture',
      isStatic: false,
      typeName: 'object',
      get: (s) => state<Session>(s).host.computer.culture,
    },
    {
      kind: 'property',
      name: 'CurrentUICulture',
      isStatic: false,
      typeName: 'object',
      get: (s) => state<Session>(s).host.computer.culture,
    },
    {
      kind: 'property',
      name: 'PrivateData',
      isStatic: false,
      typeName: 'object',
      get: () => customObject([]),
    },
    {
      kind: 'method',
      name: 'SetShouldExit',
      isStatic: false,
      overloads: [{ signature: 'void SetShouldExit(int exitCode)', call: () => automationNull }],
    },
  ],
});
const rawUiType = defineType('System.Management.Automation.Internal.Host.InternalHostRawUserInterface', {
  members: [
    {
      kind: 'property',
      name: 'WindowTitle',
      isStatic: false,
      typeName: 'string',
      get: () => 'Windows PowerShell',
      set: () => undefined,
    },
    {
      kind: 'property',
      name: 'ForegroundColor',
      isStatic: false,
      typeName: 'string',
      get: () => 'Gray',
      set: () => undefined,
    },
    {
      kind: 'property',
      name: 'BackgroundColor',
      isStatic: false,
      typeName: 'string',
      get: () => 'Black',
      set: () => undefined,
    },
    {
      kind: 'property',
      name: 'BufferSize',
      isStatic: false,
      typeName: 'object',
      get: (s) => size(state<Session>(s)),
      set: () => undefined,
    },
    {
      kind: 'property',
      name: 'WindowSize',
      isStatic: false,
      typeName: 'object',
      get: (s) => size(state<Session>(s)),
      set: () => undefined,
    },
  ],
});
const size = (session: Session): Value =>
  customObject([
    ['Width', session.output.width || 120],
    ['Height', 50],
  ]);
const hostUiType = defineType('System.Management.Automation.Internal.Host.InternalHostUserInterface', {
  members: [
    {
      kind: 'property',
      name: 'RawUI',
      isStatic: false,
      typeName: 'object',
      get: (s) => new DotNetObject(rawUiType, state<Session>(s)),
    },
    {
      kind: 'method',
      name: 'WriteLine',
      isStatic: false,
      overloads: [
        { signature: 'void WriteLine()', call: (s) => (state<Session>(s).console(''), automationNull) },
        {
          signature: 'void WriteLine(string value)',
          call: (s, a) => (state<Session>(s).console(toText(a[0] as Value)), automationNull),
        },
      ],
    },
    {
      kind: 'method',
      name: 'Write',
      isStatic: false,
      overloads: [
        {
          signature: 'void Write(string value)',
          call: (s, a) => (state<Session>(s).print(toText(a[0] as Value)), automationNull),
        },
      ],
    },
    {
      kind: 'method',
      name: 'WriteErrorLine',
      isStatic: false,
      overloads: [
        {
          signature: 'void WriteErrorLine(string value)',
          call: (s, a) => (
            state<Session>(s).output.write('error', toText(a[0] as Value) + state<Session>(s).host.newline),
            automationNull
          ),
        },
      ],
    },
  ],
});

const variableType: DotNetType = defineType('System.Management.Automation.PSVariable', {
  constructors: constructors(
    [
      'psvariable new(string name)',
      (_s, a) => new DotNetObject(variableType, new Variable(toText(a[0] ?? null), null)),
    ],
    [
      'psvariable new(string name, System.Object value)',
      (_s, a) => new DotNetObject(variableType, new Variable(toText(a[0] ?? null), a[1] ?? null)),
    ],
  ),
  members: [
    {
      kind: 'property',
      name: 'Name',
      isStatic: false,
      typeName: 'string',
      get: (s) => state<Variable>(s).name,
    },
    {
      kind: 'property',
      name: 'Value',
      isStatic: false,
      typeName: 'System.Object',
      get: (s) => state<Variable>(s).read(),
      set: (s, v) => void (state<Variable>(s).value = v),
    },
    {
      kind: 'property',
      name: 'Description',
      isStatic: false,
      typeName: 'string',
      get: (s) => state<Variable>(s).description,
      set: (s, v) => void (state<Variable>(s).description = toText(v)),
    },
    {
      kind: 'property',
      name: 'Options',
      isStatic: false,
      typeName: 'string',
      get: (s) => optionsOf(state<Variable>(s)),
    },
    { kind: 'property', name: 'Visibility', isStatic: false, typeName: 'string', get: () => 'Public' },
    { kind: 'property', name: 'Module', isStatic: false, typeName: 'object', get: () => null },
    { kind: 'property', name: 'ModuleName', isStatic: false, typeName: 'string', get: () => '' },
    { kind: 'property', name: 'Attributes', isStatic: false, typeName: 'object', get: () => new PSArray([]) },
  ],
});
function optionsOf(v: Variable): string {
  const parts: string[] = [];
  if (v.readOnly) parts.push('ReadOnly');
  if (v.constant) parts.push('Constant');
  if (v.isPrivate) parts.push('Private');
  if (v.allScope) parts.push('AllScope');
  return parts.length === 0 ? 'None' : parts.join(', ');
}

interface FrameState {
  readonly session: Session;
  readonly frame: Frame;
}
const variablesType = defineType('System.Management.Automation.PSVariableIntrinsics', {
  members: [
    {
      kind: 'method',
      name: 'Get',
      isStatic: false,
      overloads: [
        {
          signature: 'psvariable Get(string name)',
          call: (s, a) => {
            const found = state<FrameState>(s).frame.scope.find(toText(a[0] as Value).toLowerCase());
            return found ? new DotNetObject(variableType, found) : null;
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'GetValue',
      isStatic: false,
      overloads: [
        {
          signature: 'System.Object GetValue(string name)',
          call: (s, a) =>
            state<FrameState>(s)
              .frame.scope.find(toText(a[0] as Value).toLowerCase())
              ?.read() ?? null,
        },
        {
          signature: 'System.Object GetValue(string name, System.Object defaultValue)',
          call: (s, a) =>
            state<FrameState>(s)
              .frame.scope.find(toText(a[0] as Value).toLowerCase())
              ?.read() ?? (a[1] as Value),
        },
      ],
    },
    {
      kind: 'method',
      name: 'Set',
      isStatic: false,
      overloads: [
        {
          signature: 'void Set(string name, System.Object value)',
          call: (s, a) => {
            const name = toText(a[0] as Value);
            const { scope } = state<FrameState>(s).frame;
            const found = scope.find(name.toLowerCase());
            if (found) found.value = a[1] as Value;
            else scope.variables.set(name.toLowerCase(), new Variable(name, a[1] as Value));
            return automationNull;
          },
        },
      ],
    },
  ],
});
const sessionStateType = defineType('System.Management.Automation.SessionState', {
  members: [
    {
      kind: 'property',
      name: 'PSVariable',
      isStatic: false,
      typeName: 'object',
      get: (s) => new DotNetObject(variablesType, state<FrameState>(s)),
    },
    {
      kind: 'property',
      name: 'Path',
      isStatic: false,
      typeName: 'object',
      get: (s) => new DotNetObject(pathsType, state<FrameState>(s)),
    },
    {
      kind: 'property',
      name: 'LanguageMode',
      isStatic: false,
      typeName: 'string',
      get: () => 'FullLanguage',
    },
    {
      kind: 'property',
      name: 'InvokeCommand',
      isStatic: false,
      typeName: 'object',
      get: (s) => new DotNetObject(invokeCommandType, state<FrameState>(s)),
    },
  ],
});
const pathsType = defineType('System.Management.Automation.PathIntrinsics', {
  members: [
    {
      kind: 'property',
      name: 'CurrentLocation',
      isStatic: false,
      typeName: 'object',
      get: (s) => sessionObjects.pathInfo(state<FrameState>(s).session),
    },
    {
      kind: 'property',
      name: 'CurrentFileSystemLocation',
      isStatic: false,
      typeName: 'object',
      get: (s) => sessionObjects.pathInfo(state<FrameState>(s).session),
    },
  ],
});
const invokeCommandType = defineType('System.Management.Automation.CommandInvocationIntrinsics', {
  members: [
    {
      kind: 'method',
      name: 'ExpandString',
      isStatic: false,
      overloads: [
        {
          signature: 'string ExpandString(string source)',
          call: (s, a) => {
            const { session, frame } = state<FrameState>(s);
            const block = session.scriptBlock(`"${toText(a[0] as Value).replace(/"/g, '""')}"`);
            return toText(session.drain(callBlock(session, block, [], frame, { dotted: true })));
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'InvokeScript',
      isStatic: false,
      overloads: [
        {
          signature: 'System.Object InvokeScript(string script, Params System.Object[] args)',
          call: (s, a) => {
            const { session, frame } = state<FrameState>(s);
            const block =
              a[0] instanceof ScriptBlockValue ? a[0] : session.scriptBlock(toText(a[0] as Value));
            return session.drain(callBlock(session, block, elementsOf(a[1] ?? null) ?? [], frame));
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'GetCommand',
      isStatic: false,
      overloads: [
        {
          signature: 'System.Object GetCommand(string commandName, string type)',
          call: (s, a) => state<FrameState>(s).session.command(toText(a[0] as Value)) ?? null,
        },
      ],
    },
    {
      kind: 'method',
      name: 'NewScriptBlock',
      isStatic: false,
      overloads: [
        {
          signature: 'scriptblock NewScriptBlock(string scriptText)',
          call: (s, a) => state<FrameState>(s).session.scriptBlock(toText(a[0] as Value)),
        },
      ],
    },
  ],
});
const executionContextType = defineType('System.Management.Automation.EngineIntrinsics', {
  members: [
    {
      kind: 'property',
      name: 'SessionState',
      isStatic: false,
      typeName: 'object',
      get: (s) => sessionObjects.sessionState(state<Session>(s), state<Session>(s).frame),
    },
    {
      kind: 'property',
      name: 'InvokeCommand',
      isStatic: false,
      typeName: 'object',
      get: (s) => sessionObjects.invokeCommand(state<Session>(s), state<Session>(s).frame),
    },
    {
      kind: 'property',
      name: 'Host',
      isStatic: false,
      typeName: 'object',
      get: (s) => sessionObjects.host(state<Session>(s)),
    },
  ],
});

const providerNames: Readonly<Record<string, string>> = {
  env: 'environment',
  variable: 'variable',
  function: 'function',
  alias: 'alias',
  c: 'filesystem',
};

/** Objects that stand for parts of the session. */
export const sessionObjects = {
  boundParameters: (): DictionaryValue => new DictionaryValue(dictionaryType(), true),
  invocationInfo: (invocation: Invocation): Value => new DotNetObject(invocationInfoType, invocation),
  pathInfo: (session: Session): Value =>
    new DotNetObject(pathInfoType, {
      path: session.location.path,
      drive: null,
      provider: session.location.provider,
    }),
  host: (session: Session): Value => new DotNetObject(hostType, session),
  variable: (variable: Variable): Value => new DotNetObject(variableType, variable),
  sessionState: (session: Session, frame: Frame): Value =>
    new DotNetObject(sessionStateType, { session, frame } satisfies FrameState),
  invokeCommand: (session: Session, frame: Frame): Value =>
    new DotNetObject(invokeCommandType, { session, frame } satisfies FrameState),
  executionContext: (session: Session): Value => new DotNetObject(executionContextType, session),

  driveVariable(session: Session, drive: string, name: string, frame: Frame): Value | undefined {
    switch (drive.toLowerCase()) {
      case 'env': {
        const own = environment(session);
        return own.get(name.toLowerCase())?.value;
      }
      case 'function': {
        const found = frame.scope.findFunction(name.toLowerCase());
        return found?.block ?? null;
      }
      case 'alias':
        return frame.scope.findAlias(name.toLowerCase())?.definition ?? null;
      default: {
        const provider = session.providers.get(providerNames[drive.toLowerCase()] ?? '');
        if (!provider && !session.drives.has(drive.toLowerCase()) && drive.length > 1)
          throw runtimeError(
            'DriveNotFound',
            `Cannot find drive. A drive with the name '${drive}' does not exist.`,
            'ObjectNotFound',
            drive,
            'System.Management.Automation.DriveNotFoundException',
          );
        return undefined;
      }
    }
  },
  setDriveVariable(session: Session, drive: string, name: string, value: Value, frame: Frame): void {
    switch (drive.toLowerCase()) {
      case 'env': {
        const own = environment(session);
        const text = value === null ? '' : toText(value);
        if (text === '') own.delete(name.toLowerCase());
        else own.set(name.toLowerCase(), { name: own.get(name.toLowerCase())?.name ?? name, value: text });
        return;
      }
      case 'function':
        if (value instanceof ScriptBlockValue) session.defineFunction(name, value, frame.scope, false);
        return;
      case 'alias':
        return;
      default:
        throw runtimeError(
          'DriveNotFound',
          `Cannot find drive. A drive with the name '${drive}' does not exist.`,
          'ObjectNotFound',
          drive,
          'System.Management.Automation.DriveNotFoundException',
        );
    }
  },
};

/** The process environment, by lower-case name; a copy of the host's that scripts may change. */
export function environment(
  session: Session,
): Map<string, { readonly name: string; readonly value: string }> {
  // Runspaces of one process share it; a job, which is a process of its own, has its own.
  let own = (session.state.get('environment') ?? session.root.state.get('environment')) as
    Map<string, { name: string; value: string }> | undefined;
  if (!own) {
    own = new Map();
    for (const [name, value] of session.host.environment) own.set(name.toLowerCase(), { name, value });
    session.root.state.set('environment', own);
  }
  return own;
}
