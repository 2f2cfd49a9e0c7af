import type { ErrorRecord, Invocation } from '../types/error-record.ts';
import { ScriptError } from '../types/error-record.ts';
import { objectType } from '../types/dotnet-type.ts';
import { defineType } from '../types/registry.ts';
import { DotNetObject } from '../types/objects.ts';
import { elementsOf } from '../types/enumerate.ts';
import { toText } from '../types/text.ts';
import { isTrue } from '../types/truth.ts';
import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import type { FunctionRun } from './invoke.ts';
import { preference } from './report.ts';

interface State {
  readonly run: FunctionRun;
  readonly invocation: Invocation;
}
const state = (self: Value): State => (self as DotNetObject<State>).state;
const session = (self: Value): FunctionRun['frame']['session'] => state(self).run.frame.session;

/** `$PSCmdlet` of an advanced function. */
export const psScriptCmdletType = defineType('System.Management.Automation.PSScriptCmdlet', {
  baseType: objectType,
  members: [
    {
      kind: 'property',
      name: 'ParameterSetName',
      isStatic: false,
      typeName: 'string',
      get: (self) => state(self).run.parameterSet,
    },
    {
      kind: 'property',
      name: 'MyInvocation',
      isStatic: false,
      typeName: 'System.Management.Automation.InvocationInfo',
      get: (self) => session(self).invocationInfo(state(self).invocation),
    },
    {
      kind: 'property',
      name: 'SessionState',
      isStatic: false,
      typeName: 'object',
      get: (self) => session(self).sessionStateObject(state(self).run.frame),
    },
    {
      kind: 'property',
      name: 'InvokeCommand',
      isStatic: false,
      typeName: 'object',
      get: (self) => session(self).invokeCommandObject(state(self).run.frame),
    },
    {
      kind: 'property',
      name: 'Host',
      isStatic: false,
      typeName: 'object',
      get: (self) => session(self).automatic('host', state(self).run.frame) ?? null,
    },
    {
      kind: 'method',
      name: 'ShouldProcess',
      isStatic: false,
      overloads: [
        {
          signature: 'bool ShouldProcess(string target)',
          call: (self, args) => should(self, toText(args[0] as Value), undefined),
        },
        {
          signature: 'bool ShouldProcess(string target, string action)',
          call: (self, args) => should(self, toText(args[0] as Value), toText(args[1] as Value)),
        },
        {
          signature: 'bool ShouldProcess(string verboseDescription, string verboseWarning, string caption)',
          call: (self, args) => {
            const { frame } = state(self).run;
            if (isTrue(frame.scope.find('whatifpreference')?.read() ?? false)) {
              frame.session.console(`What if: ${toText(args[0] as Value)}`);
              return false;
            }
            frame.session.writeVerbose(
              toText(args[0] as Value),
              frame,
              preference(frame, 'verbosepreference'),
            );
            return true;
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'ShouldContinue',
      isStatic: false,
      overloads: [{ signature: 'bool ShouldContinue(string query, string caption)', call: () => true }],
    },
    {
      kind: 'method',
      name: 'WriteError',
      isStatic: false,
      overloads: [
        {
          signature: 'void WriteError(System.Management.Automation.ErrorRecord errorRecord)',
          call: (self, args) => {
            const { frame } = state(self).run;
            const record = args[0] as ErrorRecord;
            if (record.commandId === '') record.commandId = frame.commandId;
            record.invocation ??= state(self).invocation;
            frame.wroteError = true;
            frame.session.writeError(record, frame);
            return automationNull;
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'ThrowTerminatingError',
      isStatic: false,
      overloads: [
        {
          signature: 'void ThrowTerminatingError(System.Management.Automation.ErrorRecord errorRecord)',
          call: (self, args) => {
            const { frame } = state(self).run;
            const record = args[0] as ErrorRecord;
            if (record.commandId === '') record.commandId = frame.commandId;
            record.invocation ??= state(self).invocation;
            const error = new ScriptError(record);
            error.endsFrame = frame;
            throw error;
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'WriteObject',
      isStatic: false,
      overloads: [
        {
          signature: 'void WriteObject(System.Object sendToPipeline)',
          call: (self, args) => put(self, args[0] as Value, false),
        },
        {
          signature: 'void WriteObject(System.Object sendToPipeline, bool enumerateCollection)',
          call: (self, args) => put(self, args[0] as Value, args[1] === true),
        },
      ],
    },
    {
      kind: 'method',
      name: 'WriteWarning',
      isStatic: false,
      overloads: [
        {
          signature: 'void WriteWarning(string text)',
          call: (self, args) => {
            const { frame } = state(self).run;
            frame.session.writeWarning(
              toText(args[0] as Value),
              frame,
              preference(frame, 'warningpreference'),
            );
            return automationNull;
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'WriteVerbose',
      isStatic: false,
      overloads: [
        {
          signature: 'void WriteVerbose(string text)',
          call: (self, args) => {
            const { frame } = state(self).run;
            frame.session.writeVerbose(
              toText(args[0] as Value),
              frame,
              preference(frame, 'verbosepreference'),
            );
            return automationNull;
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'WriteDebug',
      isStatic: false,
      overloads: [
        {
          signature: 'void WriteDebug(string text)',
          call: (self, args) => {
            const { frame } = state(self).run;
            frame.session.writeDebug(toText(args[0] as Value), frame, preference(frame, 'debugpreference'));
            return automationNull;
          },
        },
      ],
    },
    {
      kind: 'method',
      name: 'GetVariableValue',
      isStatic: false,
      overloads: [
        {
          signature: 'System.Object GetVariableValue(string name)',
          call: (self, args) =>
            state(self)
              .run.frame.scope.find(toText(args[0] as Value).toLowerCase())
              ?.read() ?? null,
        },
      ],
    },
  ],
});

function should(self: Value, target: string, action: string | undefined): boolean {
  const { frame } = state(self).run;
  const what = action ?? frame.command?.name ?? '';
  if (isTrue(frame.scope.find('whatifpreference')?.read() ?? false)) {
    frame.session.console(`What if: Performing the operation "${what}" on target "${target}".`);
    return false;
  }
  frame.session.writeVerbose(
    `Performing the operation "${what}" on target "${target}".`,
    frame,
    preference(frame, 'verbosepreference'),
  );
  return true;
}
function put(self: Value, value: Value, enumerate: boolean): Value {
  const { out } = state(self).run.frame;
  for (const item of enumerate ? (elementsOf(value) ?? [value]) : [value]) {
    const step = out.write(item);
    if (step) session(self).drain(step);
  }
  return automationNull;
}

export const psCmdletFor = (run: FunctionRun, invocation: Invocation): DotNetObject<State> =>
  new DotNetObject(psScriptCmdletType, { run, invocation });

/** The call behind a `$PSCmdlet`; undefined for anything else. */
export const psCmdletRun = (value: Value): FunctionRun | undefined =>
  value instanceof DotNetObject && value.type === psScriptCmdletType
    ? (value as DotNetObject<State>).state.run
    : undefined;
