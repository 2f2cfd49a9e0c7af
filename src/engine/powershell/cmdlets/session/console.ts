import { differences } from '../../dialects/index.ts';
import { sessionObjects } from '../../run/session-objects.ts';
import { cultureByName, cultureObject } from '../../types/dotnet/culture.ts';
import { makeRecord, recordType } from '../objects/record-type.ts';
import type { Steps } from '../../run/steps.ts';
import { localNow } from '../time/get-date.ts';
import { TimeSpanValue } from '../../types/scalars.ts';
import { convertTo } from '../../types/convert.ts';
import { int32Type } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import { outString } from '../output/out.ts';
import { callBlock } from '../../run/invoke.ts';
import { through } from './invoke.ts';
import type { Frame } from '../../run/frame.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { CommandInfo } from '../../run/command-info.ts';

const utility = 'Microsoft.PowerShell.Utility';
const core = 'Microsoft.PowerShell.Core';

export const getHost: Cmdlet = {
  name: 'Get-Host',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.GetHostCommand',
  parameters: [],
  start: (context) => ({
    process() {
      context.write(context.session.globalScope.find('host')?.read() ?? sessionObjects.host(context.session));
      return undefined;
    },
  }),
};

const cultureCmdlet = (name: string): Cmdlet => ({
  name: `Get-${name}`,
  module: utility,
  typeName: `Microsoft.PowerShell.Commands.Get${name}Command`,
  parameters:
    name === 'Culture'
      ? [
          { name: 'Name', type: 'string[]', position: 0, pipeline: true, dialect: 'core' },
          { name: 'NoUserOverrides', type: 'switch', dialect: 'core' },
        ]
      : [],
  start: (context) => ({
    process() {
      const names = context.has('Name') ? context.strings('Name') : [context.host.computer.culture];
      for (const one of names) context.write(cultureObject(cultureByName(one)));
      return undefined;
    },
  }),
});
export const getCulture: Cmdlet = cultureCmdlet('Culture');
export const getUICulture: Cmdlet = cultureCmdlet('UICulture');

export const readHost: Cmdlet = {
  name: 'Read-Host',
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.ReadHostCommand',
  parameters: [
    { name: 'Prompt', type: 'object', position: 0, remaining: true, allowNull: true },
    { name: 'AsSecureString', type: 'switch' },
    { name: 'MaskInput', type: 'switch', dialect: 'core' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const prompt = context.has('Prompt') ? `${toText(context.get('Prompt'))}: ` : '';
      const secret = context.switch('AsSecureString') || context.switch('MaskInput');
      const answer = yield { kind: 'line', prompt, secret };
      if (answer.kind !== 'line' || answer.text === undefined)
        return context.fail({
          id: 'InvalidOperation',
          category: 'InvalidOperation',
          message: differences.errors.nonInteractive.desktopIn(context.dialect)
            ? 'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'
            : 'PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.',
          exception: 'System.Management.Automation.PSInvalidOperationException',
        });
      context.write(
        context.switch('AsSecureString')
          ? context.convert(answer.text, 'System.Security.SecureString')
          : answer.text,
      );
    },
  }),
};

export const clearHost: Cmdlet = {
  name: 'Clear-Host',
  aliases: ['clear', 'cls'],
  module: '',
  commandType: 'Function',
  typeName: 'Clear-Host',
  parameters: [],
  start: (context) => ({
    process() {
      context.session.print('\x1b[2J\x1b[3J\x1b[H');
      return undefined;
    },
  }),
};

/** What stands before each line typed: `PS C:\\>`. */
export const prompt: Cmdlet = {
  name: 'prompt',
  module: '',
  commandType: 'Function',
  typeName: 'prompt',
  parameters: [],
  start: (context) => ({
    process() {
      const nested = Number(toText(context.session.globalScope.find('nestedpromptlevel')?.read() ?? 0)) || 0;
      context.write(`PS ${context.session.location.path}${'>'.repeat(nested + 1)} `);
      return undefined;
    },
  }),
};

/** `Out-String -Stream`, a function of PowerShell 7. */
export const oss: Cmdlet = {
  ...outString,
  name: 'oss',
  aliases: [],
  module: '',
  commandType: 'Function',
  dialect: 'core',
  parameters: outString.parameters.filter((p) => p.name === 'InputObject' || p.name === 'Width'),
  start: (context) =>
    outString.start(
      Object.create(context, {
        switch: { value: (name: string) => name === 'Stream' || context.switch(name) },
      }) as CmdletContext,
    ),
};

export const pause: Cmdlet = {
  name: 'Pause',
  module: '',
  commandType: 'Function',
  typeName: 'Pause',
  parameters: [],
  start: () => ({
    *process(): Steps<void> {
      yield { kind: 'line', prompt: 'Press Enter to continue...: ', secret: false };
    },
  }),
};

export const setStrictMode: Cmdlet = {
  name: 'Set-StrictMode',
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.SetStrictModeCommand',
  defaultSet: 'Version',
  parameters: [
    { name: 'Off', type: 'switch', sets: [{ set: 'Off', mandatory: true }] },
    { name: 'Version', type: 'string', aliases: ['v'], sets: [{ set: 'Version', mandatory: true }] },
  ],
  start: (context) => ({
    process() {
      const { scope } = context.session.frame;
      if (context.switch('Off')) {
        scope.strictMode = 0;
        return undefined;
      }
      const text = context.string('Version');
      const major = /^latest$/i.test(text) ? 3 : Number(/^\d+/.exec(text)?.[0] ?? Number.NaN);
      if (Number.isNaN(major))
        return context.fail({
          id: 'CannotConvertArgumentNoMessage',
          category: 'InvalidArgument',
          message: `Cannot bind parameter 'Version'. Cannot convert value "${text}" to type "System.Version". Error: "Version string portion was too short or too long. (Parameter 'input')"`,
          exception: 'System.Management.Automation.ParameterBindingException',
        });
      if (major < 1 || major > 7)
        return context.fail({
          id: 'ParameterArgumentValidationError',
          category: 'InvalidData',
          message: `Cannot validate argument on parameter 'Version'. The "${/^\d+$/.test(text) ? `${text}.0` : text}" argument does not contain a valid PowerShell version. Supply a valid version number and then try the command again.`,
          exception: 'System.Management.Automation.ParameterBindingValidationException',
        });
      scope.strictMode = Math.min(major, 3);
      return undefined;
    },
  }),
};

const historyType = recordType(
  'Microsoft.PowerShell.Commands.HistoryInfo',
  'Id:long CommandLine:string ExecutionStatus:string StartExecutionTime:datetime EndExecutionTime:datetime Duration:timespan',
  { toString: (state) => toText(state['CommandLine'] ?? null) },
);
export const getHistory: Cmdlet = {
  name: 'Get-History',
  aliases: ['h', 'history', 'ghy'],
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.GetHistoryCommand',
  parameters: [
    { name: 'Id', type: 'long[]', position: 0, pipeline: true },
    { name: 'Count', type: 'int', position: 1 },
  ],
  start: (context) => ({
    process() {
      const now = localNow(context.host);
      const all = context.session.history.map((line, i) => ({ id: i + 1, line }));
      const ids = context.list('Id').map((v) => Number(convertTo(v, int32Type)));
      let wanted = ids.length > 0 ? all.filter((h) => ids.includes(h.id)) : all;
      if (context.has('Count')) wanted = wanted.slice(-context.number('Count', wanted.length));
      for (const one of wanted)
        context.write(
          makeRecord(historyType, {
            Id: BigInt(one.id),
            CommandLine: one.line,
            ExecutionStatus: 'Completed',
            StartExecutionTime: now,
            EndExecutionTime: now,
            Duration: new TimeSpanValue(0n),
          }),
        );
      return undefined;
    },
  }),
};
/** Runs a line of the history again, and shows it as it does. */
export const invokeHistory: Cmdlet = {
  name: 'Invoke-History',
  aliases: ['r', 'ihy'],
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.InvokeHistoryCommand',
  shouldProcess: 'Medium',
  parameters: [{ name: 'Id', type: 'string', position: 0, pipelineByName: true }],
  start: (context) => ({
    *process(): Steps<void> {
      const { session } = context;
      const given = context.string('Id');
      const line = /^\d+$/.test(given)
        ? session.history[Number(given) - 1]
        : given === ''
          ? session.history.at(-1)
          : session.history.findLast((h) => h.toLowerCase().startsWith(given.toLowerCase()));
      if (line === undefined)
        return context.fail({
          id: 'InvokeHistoryLastEntryNotFound',
          category: 'ObjectNotFound',
          message: `Cannot locate the history for the command line ${given}.`,
          exception: 'System.ArgumentException',
          target: given,
        });
      session.console(line);
      yield* callBlock(session, session.scriptBlock(line), [], session.frame, {
        dotted: true,
        out: through(context),
      });
    },
  }),
};
export const clearHistory: Cmdlet = {
  name: 'Clear-History',
  aliases: ['clhy'],
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.ClearHistoryCommand',
  parameters: [],
  start: (context) => ({
    process() {
      context.session.history.length = 0;
      return undefined;
    },
  }),
};

const callFrameType = recordType(
  'System.Management.Automation.CallStackFrame',
  'Command:string Arguments:string Location:string FunctionName:string ScriptName:string ScriptLineNumber:int Position:object InvocationInfo:object',
);
export const getPSCallStack: Cmdlet = {
  name: 'Get-PSCallStack',
  aliases: ['gcs'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.GetPSCallStackCommand',
  parameters: [],
  start: (context) => ({
    process() {
      for (let frame: Frame | undefined = context.session.frame; frame; frame = frame.caller) {
        const command = frame.command instanceof CommandInfo ? frame.command.name : '<ScriptBlock>';
        const line = frame.position?.startLineNumber ?? 0;
        context.write(
          makeRecord(callFrameType, {
            Command: command,
            Arguments: '{}',
            Location:
              frame.file === undefined ? '<No file>' : `${frame.file.replace(/^.*[\\/]/, '')}: line ${line}`,
            FunctionName: command,
            ScriptName: frame.file ?? null,
            ScriptLineNumber: line,
            InvocationInfo: frame.invocation ? sessionObjects.invocationInfo(frame.invocation) : null,
          }),
        );
      }
      return undefined;
    },
  }),
};
