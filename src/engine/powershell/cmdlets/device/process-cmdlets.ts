import { differences } from '../../dialects/index.ts';
import { plus, seconds } from '../../../../base/time.ts';
import { processId } from '../../../../base/ids.ts';
import type { HostError, ProcessInfo } from '../../host.ts';
import type { Steps } from '../../run/steps.ts';
import { DotNetObject } from '../../types/objects.ts';
import { toDouble } from '../../types/numeric.ts';
import type { Value } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';
import { typeNamesOf } from '../../types/type-of.ts';
import { fileVersion } from '../../providers/file-version.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { byPatterns } from './matching.ts';
import { processObject, processOf, processType, waitForExit } from './process-object.ts';
import { startProcess } from './start-process.ts';

const management = 'Microsoft.PowerShell.Management';
const commandException = 'Microsoft.PowerShell.Commands.ProcessCommandException';

const byName = (processes: readonly ProcessInfo[]): ProcessInfo[] =>
  [...processes].sort((a, b) => {
    const [x, y] = [a.name.toLowerCase(), b.name.toLowerCase()];
    return x < y ? -1 : x > y ? 1 : a.id - b.id;
  });

/** The processes a call means by -Name, -Id or -InputObject; what is none is reported. */
function selected(context: CmdletContext): Value[] {
  const { host } = context;
  if (context.has('InputObject'))
    return context.list('InputObject').filter((v) => v instanceof DotNetObject && v.type === processType);
  if (context.has('Id'))
    return context.list('Id').flatMap((id): Value[] => {
      const wanted = processId(toDouble(id as number));
      const found = host.processes.get(wanted);
      if (found.ok) return [processObject(found.value, host)];
      context.error({
        id: 'NoProcessFoundForGivenId',
        category: 'ObjectNotFound',
        message: `Cannot find a process with the process identifier ${wanted}.`,
        exception: commandException,
        target: wanted,
      });
      return [];
    });
  const patterns = context.has('Name') ? context.strings('Name') : ['*'];
  return byPatterns(
    byName(host.processes.list()),
    (p) => p.name,
    patterns,
    (pattern) =>
      context.error({
        id: 'NoProcessFoundForGivenName',
        category: 'ObjectNotFound',
        message: `Cannot find a process with the name "${pattern}". Verify the process name and call the cmdlet again.`,
        exception: commandException,
        target: pattern,
      }),
  ).map((info) => processObject(info, host));
}

export const getProcess: Cmdlet = {
  name: 'Get-Process',
  aliases: ['gps', 'ps'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetProcessCommand',
  defaultSet: 'Name',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      aliases: ['ProcessName'],
      sets: [{ set: 'Name', position: 0, pipelineByName: true }],
    },
    {
      name: 'Id',
      type: 'int[]',
      aliases: ['PID'],
      sets: [{ set: 'Id', mandatory: true, pipelineByName: true }],
    },
    {
      name: 'InputObject',
      type: 'System.Diagnostics.Process[]',
      sets: [{ set: 'InputObject', mandatory: true, pipeline: true }],
    },
    { name: 'ComputerName', type: 'string[]', aliases: ['Cn'], dialect: 'desktop' },
    { name: 'Module', type: 'switch' },
    { name: 'FileVersionInfo', type: 'switch', aliases: ['FV', 'FVI'] },
    { name: 'IncludeUserName', type: 'switch' },
  ],
  outputTypes: ['System.Diagnostics.Process'],
  start: (context) => ({
    process() {
      const withUser = context.switch('IncludeUserName');
      if (
        withUser &&
        differences.commands.processUser.desktopIn(context.dialect) &&
        !context.host.identity.elevated
      )
        context.fail({
          id: 'IncludeUserNameRequiresElevation',
          category: 'InvalidOperation',
          message:
            "The 'IncludeUserName' parameter requires elevated user rights. Try running the command again in a session that has been opened with elevated user rights (that is, Run as Administrator).",
          exception: 'System.InvalidOperationException',
        });
      for (const process of selected(context)) {
        const { info, host } = processOf(process);
        if (context.switch('FileVersionInfo')) {
          const file = info.path === undefined ? undefined : host.files.info(info.path);
          if (info.path !== undefined)
            context.write(fileVersion(info.path, file?.ok ? file.value.version : undefined));
          continue;
        }
        if (withUser) {
          const bag = new MemberBag();
          bag.set({ kind: 'NoteProperty', name: 'UserName', value: info.user });
          (process as DotNetObject).members = bag;
          (process as DotNetObject).typeNames = [
            'System.Diagnostics.Process#IncludeUserName',
            ...typeNamesOf(process),
          ];
        }
        context.write(process);
      }
      return undefined;
    },
  }),
};

function stopFailure(context: CmdletContext, process: Value, error: HostError): void {
  const { info } = processOf(process);
  context.error({
    id: 'CouldNotStopProcess',
    category: 'CloseError',
    message: `Cannot stop process "${info.name} (${info.id})" because of the following error: ${error.code === 'access-denied' ? 'Access is denied' : error.message}`,
    exception: commandException,
    target: process,
  });
}

export const stopProcess: Cmdlet = {
  name: 'Stop-Process',
  aliases: ['kill', 'spps'],
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.StopProcessCommand',
  defaultSet: 'Id',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Id',
      type: 'int[]',
      sets: [{ set: 'Id', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'Name',
      type: 'string[]',
      aliases: ['ProcessName'],
      sets: [{ set: 'Name', mandatory: true, pipelineByName: true }],
    },
    {
      name: 'InputObject',
      type: 'System.Diagnostics.Process[]',
      sets: [{ set: 'InputObject', position: 0, mandatory: true, pipeline: true }],
    },
    { name: 'PassThru', type: 'switch' },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      for (const process of selected(context)) {
        const { info } = processOf(process);
        if (!context.shouldProcess(`${info.name} (${info.id})`, 'Stop-Process')) continue;
        const done = context.host.processes.kill(info.id);
        if (!done.ok) {
          if (done.error.code !== 'not-found') stopFailure(context, process, done.error);
          continue;
        }
        if (context.switch('PassThru')) context.write(process);
      }
      return undefined;
    },
  }),
};

export const waitProcess: Cmdlet = {
  name: 'Wait-Process',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.WaitProcessCommand',
  defaultSet: 'Name',
  parameters: [
    {
      name: 'Name',
      type: 'string[]',
      aliases: ['ProcessName'],
      sets: [{ set: 'Name', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'Id',
      type: 'int[]',
      aliases: ['PID', 'ProcessId'],
      sets: [{ set: 'Id', mandatory: true, pipelineByName: true }],
    },
    {
      name: 'InputObject',
      type: 'System.Diagnostics.Process[]',
      sets: [{ set: 'InputObject', mandatory: true, pipeline: true }],
    },
    { name: 'Timeout', type: 'int', position: 1, aliases: ['TimeoutSec'] },
    { name: 'Any', type: 'switch', dialect: 'core' },
    { name: 'PassThru', type: 'switch', dialect: 'core' },
  ],
  start(context) {
    const processes: Value[] = [];
    return {
      process() {
        processes.push(...selected(context));
        return undefined;
      },
      *end(): Steps<void> {
        const deadline = context.has('Timeout')
          ? plus(context.host.clock.now(), seconds(context.number('Timeout', 0)))
          : undefined;
        for (const process of processes) {
          const { info } = processOf(process);
          if (yield* waitForExit(process, deadline)) {
            if (context.switch('PassThru')) context.write(process);
            if (context.switch('Any')) return;
            continue;
          }
          context.error({
            id: 'ProcessNotTerminated',
            category: 'CloseError',
            message: `This command stopped operation because process "${info.name} (${info.id})" is not stopped in the specified time-out.`,
            exception: 'System.TimeoutException',
            target: process,
          });
        }
      },
    };
  },
};

export const processCmdlets: readonly Cmdlet[] = [getProcess, stopProcess, waitProcess, startProcess];
