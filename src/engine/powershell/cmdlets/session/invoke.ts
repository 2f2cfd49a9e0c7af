import { differences } from '../../dialects/index.ts';
import type { Frame } from '../../run/frame.ts';
import { nullSink } from '../../run/sink.ts';
import type { Sink } from '../../run/sink.ts';
import { callBlock } from '../../run/invoke.ts';
import { scriptText } from '../../run/command-lookup.ts';
import type { Steps } from '../../run/steps.ts';
import { expandPath } from '../../providers/resolve.ts';
import { ErrorRecord, ScriptError } from '../../types/error-record.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

/** Objects a block writes go on down the pipeline as they come. */
export const through = (context: CmdletContext): Sink => ({
  sync: false,
  write: (value) => context.emit(value),
});

/** The frame of who called the cmdlet, with the cmdlet's own redirections. */
const callerFrame = (context: CmdletContext): Frame =>
  (context as unknown as { readonly frame?: Frame }).frame ?? context.session.frame;

/** Errors of the text run by Invoke-Expression are lost where the cmdlet's error stream is merged into its output. */
function expressionFrame(context: CmdletContext): Frame {
  const frame = callerFrame(context);
  const { out } = context as unknown as { readonly out?: Sink };
  return frame.streams.error === out
    ? context.session.withStreams(frame, { ...frame.streams, error: nullSink })
    : frame;
}

export const invokeExpression: Cmdlet = {
  name: 'Invoke-Expression',
  aliases: ['iex'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.InvokeExpressionCommand',
  parameters: [{ name: 'Command', type: 'string', position: 0, mandatory: true, pipeline: true }],
  start: (context) => ({
    *process(): Steps<void> {
      const { session } = context;
      try {
        const block = session.scriptBlock(context.string('Command'));
        yield* callBlock(session, block, [], expressionFrame(context), {
          dotted: true,
          out: through(context),
        });
      } catch (error) {
        // What ends the text ends the cmdlet: the error is then the cmdlet's. A throw stays what it is.
        if (!(error instanceof ScriptError) || error.fromThrow) throw error;
        session.recordError(error.record);
        const { record } = error;
        const own = new ErrorRecord(record.exception, record.errorId, record.category, record.target);
        own.details = record.details;
        own.recorded = true;
        return context.fail(own);
      }
    },
  }),
};

export const invokeCommand: Cmdlet = {
  name: 'Invoke-Command',
  aliases: ['icm'],
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.InvokeCommandCommand',
  defaultSet: 'InProcess',
  parameters: [
    {
      name: 'ScriptBlock',
      type: 'scriptblock',
      aliases: ['Command'],
      sets: [
        { set: 'InProcess', position: 0, mandatory: true },
        { set: 'ComputerName', position: 1, mandatory: true },
        { set: 'Session', position: 1, mandatory: true },
      ],
    },
    {
      name: 'ComputerName',
      type: 'string[]',
      aliases: ['Cn'],
      sets: [
        { set: 'ComputerName', position: 0 },
        { set: 'FilePathComputerName', position: 0 },
      ],
    },
    { name: 'Session', type: 'object[]', sets: [{ set: 'Session', position: 0 }] },
    {
      name: 'FilePath',
      type: 'string',
      aliases: ['PSPath'],
      sets: [{ set: 'FilePathComputerName', position: 1, mandatory: true }],
    },
    { name: 'NoNewScope', type: 'switch', sets: ['InProcess'] },
    { name: 'Credential', type: 'pscredential', sets: ['ComputerName', 'FilePathComputerName'] },
    { name: 'UseSSL', type: 'switch', sets: ['ComputerName', 'FilePathComputerName'] },
    { name: 'AsJob', type: 'switch', sets: ['ComputerName', 'Session', 'FilePathComputerName'] },
    { name: 'InputObject', type: 'psobject', pipeline: true },
    {
      name: 'ArgumentList',
      type: 'object[]',
      aliases: ['Args'],
      allowNull: true,
      allowEmptyCollection: true,
    },
  ],
  start(context) {
    const inputs: Value[] = [];
    return {
      process() {
        if (context.expectingInput && context.input !== automationNull) inputs.push(context.input);
        return undefined;
      },
      *end(): Steps<void> {
        if (context.has('ComputerName')) {
          for (const name of context.strings('ComputerName')) unreachable(context, name);
          return;
        }
        if (context.has('Session')) {
          context.fail({
            id: 'PSSessionStateBroken',
            category: 'OpenError',
            message: 'The session state of the session is Broken, so a command cannot be run in it.',
            exception: 'System.Management.Automation.RemoteException',
          });
        }
        const block = context.block('ScriptBlock') as ScriptBlockValue;
        const { session } = context;
        yield* callBlock(session, block, context.list('ArgumentList'), callerFrame(context), {
          out: through(context),
          ...(context.switch('NoNewScope') ? { dotted: true } : {}),
          ...(context.expectingInput ? { input: inputs } : {}),
        });
      },
    };
  },
};
/** Nothing of the simulated network answers WinRM. */
function unreachable(context: CmdletContext, name: string): void {
  context.error({
    id: 'NetworkPathNotFound,PSSessionStateBroken',
    category: 'OpenError',
    message: `Connecting to remote server ${name} failed with the following error message : WinRM cannot complete the operation. Verify that the specified computer name is valid, that the computer is accessible over the network, and that a firewall exception for the WinRM service is enabled and allows access from this computer. By default, the WinRM firewall exception for public profiles limits access to remote computers within the same local subnet. For more information, see the about_Remote_Troubleshooting Help topic.`,
    exception: 'System.Management.Automation.RemoteException',
    target: name,
  });
}

/** Runs a script file by its path; used by Invoke-Item and jobs. */
export function scriptFrom(context: CmdletContext, path: string): ScriptBlockValue {
  const at = expandPath(context, path, { literal: false });
  if (!at.ok) return context.fail(at.error);
  const file = at.value[0]?.providerPath ?? path;
  const content = context.host.files.read(file);
  if (!content.ok)
    return context.fail({
      id: 'CommandNotFoundException',
      category: 'ObjectNotFound',
      message: content.error.message,
      exception: 'System.IO.IOException',
      target: file,
    });
  return context.session.scriptBlock(
    scriptText(content.value, differences.files.scriptEncoding.desktopIn(context.dialect)),
    file,
  );
}
