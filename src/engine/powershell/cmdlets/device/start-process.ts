import { differences } from '../../dialects/index.ts';
import type { HostError, ProcessInfo } from '../../host.ts';
import { fullPath } from '../../run/command-lookup.ts';
import { environment } from '../../run/session-objects.ts';
import type { Steps } from '../../run/steps.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { toText } from '../../types/text.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { processObject, waitForExit } from './process-object.ts';

const refusalText = (error: HostError): string =>
  error.code === 'not-found' || error.code === 'parent-not-found'
    ? 'The system cannot find the file specified'
    : error.code === 'access-denied'
      ? 'Access is denied'
      : error.message.replace(/\.$/, '');

function fail(context: CmdletContext, message: string): never {
  const desktop = differences.errors.programStart.desktopIn(context.dialect);
  context.fail({
    id: 'InvalidOperationException',
    category: 'InvalidOperation',
    message: desktop
      ? `This command cannot be run due to the error: ${message}.`
      : `This command cannot be run due to the error: An error occurred trying to start process '${context.string('FilePath')}' with working directory '${context.session.location.fileSystemPath()}'. ${message}.`,
    exception: 'System.InvalidOperationException',
  });
}

/** A process that has ended may have left the list: what Start-Process knows of it anyway. */
function ended(context: CmdletContext, id: ProcessInfo['id'], file: string): ProcessInfo {
  const { host } = context;
  const name = file.replace(/^.*[\\/]/, '').replace(/\.exe$/i, '');
  return {
    id,
    name,
    path: file,
    commandLine: file,
    parentId: host.identity.processId,
    user: host.identity.name,
    sessionId: host.identity.sessionId,
    started: host.clock.now(),
    workingSet: 0,
    handles: 0,
    cpu: 0 as ProcessInfo['cpu'],
    is64Bit: host.identity.process64Bit,
  };
}

/** The session's environment, with what -Environment says. */
function environmentOf(context: CmdletContext): ReadonlyMap<string, string> {
  const names = new Map([...environment(context.session)].map(([lower, one]) => [lower, one]));
  const given = context.get('Environment');
  if (given instanceof DictionaryValue)
    for (const { key, value } of given.entries.values())
      names.set(toText(key).toLowerCase(), { name: toText(key), value: toText(value) });
  return new Map([...names.values()].map(({ name, value }) => [name, value]));
}

export const startProcess: Cmdlet = {
  name: 'Start-Process',
  aliases: ['saps', 'start'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.StartProcessCommand',
  defaultSet: 'Default',
  parameters: [
    { name: 'FilePath', type: 'string', position: 0, mandatory: true, aliases: ['PSPath', 'Path'] },
    { name: 'ArgumentList', type: 'string[]', position: 1, aliases: ['Args'] },
    { name: 'Credential', type: 'object', aliases: ['RunAs'], sets: ['Default'] },
    { name: 'WorkingDirectory', type: 'string' },
    { name: 'LoadUserProfile', type: 'switch', aliases: ['Lup'], sets: ['Default'] },
    { name: 'NoNewWindow', type: 'switch', aliases: ['nnw'], sets: ['Default'] },
    { name: 'PassThru', type: 'switch' },
    { name: 'RedirectStandardError', type: 'string', aliases: ['RSE'], sets: ['Default'] },
    { name: 'RedirectStandardInput', type: 'string', aliases: ['RSI'], sets: ['Default'] },
    { name: 'RedirectStandardOutput', type: 'string', aliases: ['RSO'], sets: ['Default'] },
    { name: 'Verb', type: 'string', sets: ['UseShellExecute'] },
    {
      name: 'WindowStyle',
      type: 'string',
      validate: [{ kind: 'set', values: ['Normal', 'Hidden', 'Minimized', 'Maximized'] }],
    },
    { name: 'Wait', type: 'switch' },
    { name: 'UseNewEnvironment', type: 'switch', sets: ['Default'] },
    { name: 'Environment', type: 'hashtable', dialect: 'core' },
  ],
  outputTypes: ['System.Diagnostics.Process'],
  start: (context) => ({
    *process(): Steps<void> {
      const { host, session } = context;
      const file = context.string('FilePath');
      const here = session.location.fileSystemPath();
      const directory = context.has('WorkingDirectory')
        ? fullPath(session, context.string('WorkingDirectory'))
        : here;
      const found = host.processes.which(
        /[\\/]/.test(file) && !/^[a-z][a-z\d+.-]+:/i.test(file.slice(1)) ? fullPath(session, file) : file,
      );
      const target =
        found ??
        (/^[a-z][a-z\d+.-]+:/i.test(file) ? file : /[\\/]/.test(file) ? fullPath(session, file) : file);
      const out = context.string('RedirectStandardOutput');
      const error = context.string('RedirectStandardError');
      const inputPath = context.string('RedirectStandardInput');
      const input = inputPath === '' ? undefined : host.files.read(fullPath(session, inputPath));
      if (input && !input.ok)
        context.fail({
          id: 'FileNotFoundException',
          category: 'ObjectNotFound',
          message: `This command cannot be run because either the parameter "RedirectStandardInput '${inputPath}'" has a value that is not valid or cannot be used with this command.`,
          exception: 'System.IO.FileNotFoundException',
        });
      const verb = context.string('Verb').toLowerCase();
      const started = host.processes.start({
        file: target,
        arguments: context.strings('ArgumentList').join(' '),
        workingDirectory: directory,
        capture: { stdout: out !== '', stderr: error !== '' },
        newConsole: !context.switch('NoNewWindow'),
        hidden: toText(context.get('WindowStyle')).toLowerCase() === 'hidden',
        verb: verb === 'runas' ? 'runas' : 'open',
        ...(context.switch('UseNewEnvironment') ? {} : { environment: environmentOf(context) }),
        ...(input?.ok ? { stdin: input.value } : {}),
      });
      if (!started.ok) fail(context, refusalText(started.error));
      const { id } = started.value;
      const info = host.processes.get(id);
      const process = processObject(info.ok ? info.value : ended(context, id, target), host);
      // Redirected output is in its file when the process has ended: the cmdlet waits for it in any case.
      if (context.switch('Wait') || out !== '' || error !== '') {
        yield* waitForExit(process, undefined);
        const { exit } = process.state;
        if (out !== '') host.files.write(fullPath(session, out), exit?.stdout ?? ('' as never));
        if (error !== '') host.files.write(fullPath(session, error), exit?.stderr ?? ('' as never));
      }
      if (context.switch('PassThru')) context.write(process);
    },
  }),
};
