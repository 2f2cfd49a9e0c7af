import { Frame } from '../../run/frame.ts';
import { callBlock } from '../../run/invoke.ts';
import { Scope } from '../../run/scope.ts';
import { ListSink } from '../../run/sink.ts';
import type { Steps } from '../../run/steps.ts';
import { asScriptError } from '../../run/report.ts';
import { ErrorRecord } from '../../types/error-record.ts';
import type { DotNetObject } from '../../types/objects.ts';
import { array } from '../../types/objects.ts';
import { defineEnum } from '../../types/registry.ts';
import { enumValue } from '../../types/enum-text.ts';
import { toText } from '../../types/text.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { makeRecord, recordType, stateOf } from '../objects/record-type.ts';
import type { RecordState } from '../objects/record-type.ts';
import { scriptFrom } from '../session/invoke.ts';
import { localNow } from '../time/get-date.ts';

const core = 'Microsoft.PowerShell.Core';
const stateType = defineEnum(
  'System.Management.Automation.JobState',
  'NotStarted,Running,Completed,Failed,Stopped,Blocked,Suspended,Disconnected,Suspending,Stopping,AtBreakpoint',
);
const jobType = recordType(
  'System.Management.Automation.PSRemotingJob',
  'State:System.Management.Automation.JobState HasMoreData:bool StatusMessage:string Location:string Command:string JobStateInfo:object InstanceId:object Id:int Name:string ChildJobs:object PSBeginTime:datetime PSEndTime:datetime PSJobTypeName:string Output:object Error:object',
);

type Job = DotNetObject<RecordState>;
interface JobData {
  readonly job: Job;
  output: Value[];
  errors: Value[];
}
function jobs(context: CmdletContext): JobData[] {
  const known = context.session.state.get('jobs') as JobData[] | undefined;
  if (known) return known;
  const made: JobData[] = [];
  context.session.state.set('jobs', made);
  return made;
}

/**
 * A job runs to its end when it is started: its work costs device time as any other, and who waits for it finds it
 * done. It has scopes of its own below the global one.
 */
export const startJob: Cmdlet = {
  name: 'Start-Job',
  aliases: ['sajb'],
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.StartJobCommand',
  defaultSet: 'ComputerName',
  parameters: [
    {
      name: 'ScriptBlock',
      type: 'scriptblock',
      aliases: ['Command'],
      sets: [{ set: 'ComputerName', position: 0, mandatory: true }],
    },
    {
      name: 'FilePath',
      type: 'string',
      sets: [{ set: 'FilePathComputerName', position: 0, mandatory: true }],
    },
    { name: 'Name', type: 'string', pipelineByName: true },
    { name: 'InitializationScript', type: 'scriptblock', position: 1 },
    { name: 'RunAs32', type: 'switch' },
    { name: 'PSVersion', type: 'version' },
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'ArgumentList', type: 'object[]', aliases: ['Args'] },
    { name: 'Credential', type: 'pscredential' },
  ],
  start(context) {
    const inputs: Value[] = [];
    return {
      process() {
        if (context.expectingInput && context.input !== automationNull) inputs.push(context.input);
        return undefined;
      },
      *end(): Steps<void> {
        const { session } = context;
        const list = jobs(context);
        const block = context.block('ScriptBlock') ?? scriptFrom(context, context.string('FilePath'));
        const id = ((session.state.get('job-id') as number | undefined) ?? -1) + 2;
        session.state.set('job-id', id);
        const began = localNow(context.host);
        const output = new ListSink();
        const errors = new ListSink();
        const scope = new Scope(session.globalScope);
        const frame = new Frame(
          session,
          scope,
          output,
          { ...session.frame.streams, error: errors },
          0,
          session.frame,
        );
        let state = 'Completed';
        const run = function* (body: ScriptBlockValue, args: readonly Value[]): Steps<void> {
          yield* callBlock(session, body, args, frame, {
            out: output,
            ...(context.expectingInput ? { input: inputs } : {}),
          });
        };
        try {
          const first = context.block('InitializationScript');
          if (first) yield* callBlock(session, first, [], frame, { dotted: true, out: output });
          yield* run(block, context.list('ArgumentList'));
        } catch (error) {
          errors.items.push(asScriptError(error).record);
          state = 'Failed';
        }
        const job = makeRecord(jobType, {
          Id: id,
          Name: context.string('Name') || `Job${id}`,
          PSJobTypeName: 'BackgroundJob',
          State: enumValue(stateType, state),
          HasMoreData: true,
          Location: 'localhost',
          Command: block.text.replace(/^\{|\}$/g, ''),
          StatusMessage: '',
          PSBeginTime: began,
          PSEndTime: localNow(context.host),
          ChildJobs: array([]),
        });
        list.push({ job, output: output.items, errors: errors.items });
        context.write(job);
      },
    };
  },
};

const selectors: readonly CmdletParameter[] = [
  {
    name: 'Job',
    type: 'object[]',
    sets: [{ set: 'Job', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
  },
  { name: 'Id', type: 'int[]', sets: [{ set: 'SessionId', position: 0, pipelineByName: true }] },
  { name: 'Name', type: 'string[]', sets: [{ set: 'Name', mandatory: true, pipelineByName: true }] },
];

function chosen(context: CmdletContext, allWhenNone: boolean): JobData[] {
  const all = jobs(context);
  const found: JobData[] = [];
  const missing = (kind: string, text: string): void =>
    context.error({
      id: kind === 'Id' ? 'JobWithSpecifiedSessionNotFound' : 'JobWithSpecifiedNameNotFound',
      category: 'ObjectNotFound',
      message:
        kind === 'Id'
          ? `The command cannot find a job with the job ID ${text}. Verify the value of the Id parameter and then try the command again.`
          : `The command cannot find the job because the job name ${text} was not found. Verify the value of the Name parameter, and then try the command again.`,
      exception: 'System.Management.Automation.PSArgumentException',
      target: text,
    });
  for (const job of context.list('Job')) {
    const one = all.find((j) => j.job === job);
    if (one) found.push(one);
  }
  for (const id of context.strings('Id')) {
    const one = all.find((j) => toText(stateOf(j.job)['Id'] ?? null) === id);
    if (one) found.push(one);
    else missing('Id', id);
  }
  for (const name of context.strings('Name')) {
    const test = wildcard(name);
    const some = all.filter((j) => test(toText(stateOf(j.job)['Name'] ?? null)));
    if (some.length === 0 && !hasWildcard(name)) missing('Name', name);
    found.push(...some);
  }
  const none = !context.has('Job') && !context.has('Id') && !context.has('Name');
  return none && allWhenNone ? [...all] : found;
}

const jobCmdlet = (
  name: string,
  alias: string,
  extra: readonly CmdletParameter[],
  act: (context: CmdletContext, data: JobData) => void,
  allWhenNone = false,
): Cmdlet => ({
  name,
  aliases: [alias],
  module: core,
  typeName: `Microsoft.PowerShell.Commands.${name.replace('-', '')}Command`,
  defaultSet: 'SessionId',
  parameters: [...selectors, ...extra],
  start: (context) => ({
    process() {
      for (const one of chosen(context, allWhenNone)) act(context, one);
      return undefined;
    },
  }),
});

export const getJob: Cmdlet = jobCmdlet(
  'Get-Job',
  'gjb',
  [
    { name: 'State', type: 'string' },
    { name: 'HasMoreData', type: 'bool' },
    { name: 'Newest', type: 'int' },
    { name: 'IncludeChildJob', type: 'switch' },
  ],
  (context, { job }) => {
    if (
      context.has('State') &&
      toText(stateOf(job)['State'] ?? null).toLowerCase() !== context.string('State').toLowerCase()
    )
      return;
    context.write(job);
  },
  true,
);
export const waitJob: Cmdlet = jobCmdlet(
  'Wait-Job',
  'wjb',
  [
    { name: 'Any', type: 'switch' },
    { name: 'Timeout', type: 'int', aliases: ['TimeoutSec'] },
    { name: 'Force', type: 'switch' },
  ],
  (context, { job }) => context.write(job),
);
export const receiveJob: Cmdlet = jobCmdlet(
  'Receive-Job',
  'rcjb',
  [
    { name: 'Keep', type: 'switch' },
    { name: 'Wait', type: 'switch' },
    { name: 'AutoRemoveJob', type: 'switch' },
    { name: 'WriteEvents', type: 'switch' },
    { name: 'WriteJobInResults', type: 'switch' },
  ],
  (context, data) => {
    for (const value of data.output) context.write(value);
    for (const value of data.errors) if (value instanceof ErrorRecord) context.error(value);
    if (!context.switch('Keep')) {
      data.output = [];
      data.errors = [];
      stateOf(data.job)['HasMoreData'] = false;
    }
    if (context.switch('AutoRemoveJob')) drop(context, data);
  },
);
function drop(context: CmdletContext, data: JobData): void {
  const list = jobs(context);
  const at = list.indexOf(data);
  if (at >= 0) list.splice(at, 1);
}
export const removeJob: Cmdlet = jobCmdlet('Remove-Job', 'rjb', [{ name: 'Force', type: 'switch' }], drop);
export const stopJob: Cmdlet = jobCmdlet(
  'Stop-Job',
  'spjb',
  [{ name: 'PassThru', type: 'switch' }],
  (context, { job }) => {
    if (context.switch('PassThru')) context.write(job);
  },
);
