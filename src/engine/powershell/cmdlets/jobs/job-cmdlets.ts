import type { Written } from '../../run/hosting/isolated.ts';
import type { Steps } from '../../run/steps.ts';
import { toText } from '../../types/text.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { byJob, chosenJobs, selectors } from './chosen-jobs.ts';
import type { Job, JobState } from './job.ts';
import { isFinished, jobsOf, secondsFrom, stateOf, stopJob as stop } from './job.ts';

const module = 'Microsoft.PowerShell.Core';

export const getJob: Cmdlet = {
  name: 'Get-Job',
  aliases: ['gjb'],
  module,
  typeName: 'Microsoft.PowerShell.Commands.GetJobCommand',
  defaultSet: 'SessionIdParameterSet',
  outputTypes: ['System.Management.Automation.Job'],
  parameters: [
    ...selectors.map((p): CmdletParameter =>
      p.name === 'Id'
        ? { ...p, sets: [{ set: 'SessionIdParameterSet', position: 0, pipelineByName: true }] }
        : p,
    ),
    { name: 'Command', type: 'string[]', sets: [{ set: 'CommandParameterSet', pipelineByName: true }] },
    { name: 'IncludeChildJob', type: 'switch' },
    { name: 'ChildJobState', type: 'System.Management.Automation.JobState' },
    { name: 'HasMoreData', type: 'bool' },
    { name: 'Before', type: 'datetime' },
    { name: 'After', type: 'datetime' },
    { name: 'Newest', type: 'int' },
    { name: 'Filter', type: 'hashtable', sets: [{ set: 'FilterParameterSet', mandatory: true }] },
  ],
  start: (context) => ({
    process() {
      const named = ['Id', 'InstanceId', 'Name', 'State'].some((p) => context.has(p));
      let found = named ? chosenJobs(context) : [...jobsOf(context.session)];
      const commands = context.strings('Command');
      if (commands.length > 0) found = found.filter((j) => commands.includes(j.state.command.trim()));
      if (context.has('HasMoreData'))
        found = found.filter((j) => context.property(j, 'HasMoreData') === context.get('HasMoreData'));
      if (context.has('Newest')) found = found.slice(-context.number('Newest', 0));
      for (const job of found) {
        context.write(job);
        if (context.switch('IncludeChildJob') || context.has('ChildJobState'))
          for (const child of job.state.children)
            if (
              !context.has('ChildJobState') ||
              stateOf(child.state) === toText(context.get('ChildJobState'))
            )
              context.write(child);
      }
      return undefined;
    },
  }),
};

export const waitJob: Cmdlet = {
  name: 'Wait-Job',
  aliases: ['wjb'],
  module,
  typeName: 'Microsoft.PowerShell.Commands.WaitJobCommand',
  defaultSet: 'SessionIdParameterSet',
  outputTypes: ['System.Management.Automation.Job'],
  parameters: [
    ...selectors,
    byJob,
    { name: 'Any', type: 'switch' },
    {
      name: 'Timeout',
      type: 'int',
      aliases: ['TimeoutSec'],
      validate: [{ kind: 'range', min: -1, max: 2147483647 }],
    },
    { name: 'Force', type: 'switch' },
  ],
  start(context) {
    const jobs: Job[] = [];
    return {
      process() {
        jobs.push(...chosenJobs(context));
        return undefined;
      },
      *end(): Steps<void> {
        const { background, host } = context.session;
        const done = (): boolean =>
          context.switch('Any')
            ? jobs.length === 0 || jobs.some((j) => isFinished(j.state))
            : jobs.every((j) => isFinished(j.state));
        yield* background.waitFor(done, secondsFrom(host.clock.now(), context.number('Timeout', -1)));
        const finished = jobs.filter((j) => isFinished(j.state));
        for (const job of context.switch('Any') ? finished.slice(0, 1) : finished) context.write(job);
      },
    };
  },
};

/** What a job and its children wrote; it is theirs no more unless it is kept. */
function* received(job: JobState, keep: boolean): Generator<Written> {
  for (const child of job.children) yield* received(child.state, keep);
  const { results } = job;
  if (!keep) job.results = [];
  yield* results;
}

export const receiveJob: Cmdlet = {
  name: 'Receive-Job',
  aliases: ['rcjb'],
  module,
  typeName: 'Microsoft.PowerShell.Commands.ReceiveJobCommand',
  defaultSet: 'Location',
  parameters: [
    ...selectors.filter((p) => p.name !== 'State'),
    {
      name: 'Job',
      type: 'object[]',
      sets: ['Location', 'ComputerName', 'Session'].map((set) => ({
        set,
        position: 0,
        mandatory: true,
        pipeline: true,
        pipelineByName: true,
      })),
    },
    { name: 'ComputerName', type: 'string[]', aliases: ['Cn'], sets: [{ set: 'ComputerName', position: 1 }] },
    { name: 'Location', type: 'string[]', sets: [{ set: 'Location', position: 1 }] },
    { name: 'Keep', type: 'switch' },
    { name: 'NoRecurse', type: 'switch' },
    { name: 'Force', type: 'switch' },
    { name: 'Wait', type: 'switch' },
    { name: 'AutoRemoveJob', type: 'switch' },
    { name: 'WriteEvents', type: 'switch' },
    { name: 'WriteJobInResults', type: 'switch' },
  ],
  start(context) {
    const jobs: Job[] = [];
    const keep = context.switch('Keep');
    const write = (job: Job): void => {
      for (const written of received(job.state, keep)) context.forward(written);
    };
    return {
      begin() {
        if (context.switch('AutoRemoveJob') && !context.switch('Wait'))
          context.fail({
            id: 'AutoRemoveJobRequiresWait',
            category: 'InvalidOperation',
            message: 'The AutoRemoveJob parameter cannot be used without the Wait parameter.',
            exception: 'System.InvalidOperationException',
          });
        return undefined;
      },
      process() {
        const found = chosenJobs(context);
        jobs.push(...found);
        if (!context.switch('Wait')) for (const job of found) write(job);
        return undefined;
      },
      *end(): Steps<void> {
        if (!context.switch('Wait')) return;
        const { background } = context.session;
        const waiting = (job: JobState): boolean =>
          job.results.length > 0 || job.children.some((c) => waiting(c.state));
        for (const job of context.switch('WriteJobInResults') ? jobs : []) context.write(job);
        for (;;) {
          const finished = jobs.every((j) => isFinished(j.state));
          for (const job of jobs) write(job);
          if (finished) break;
          const more = yield* background.waitFor(
            () => jobs.every((j) => isFinished(j.state)) || (!keep && jobs.some((j) => waiting(j.state))),
          );
          if (!more) break;
        }
        if (context.switch('AutoRemoveJob')) for (const job of jobs) drop(context, job);
      },
    };
  },
};

function drop(context: CmdletContext, job: Job): void {
  const list = jobsOf(context.session);
  const at = list.indexOf(job);
  if (at >= 0) list.splice(at, 1);
}
export const removeJob: Cmdlet = {
  name: 'Remove-Job',
  aliases: ['rjb'],
  module,
  typeName: 'Microsoft.PowerShell.Commands.RemoveJobCommand',
  defaultSet: 'SessionIdParameterSet',
  shouldProcess: 'Medium',
  parameters: [...selectors, byJob, { name: 'Force', type: 'switch', aliases: ['F'] }],
  start: (context) => ({
    process() {
      for (const job of chosenJobs(context)) {
        if (!context.shouldProcess(`Job with ID ${job.state.id}`, 'Remove')) continue;
        if (!isFinished(job.state)) {
          if (!context.switch('Force')) {
            context.error({
              id: 'JobObjectNotFinishedCannotBeRemoved',
              category: 'InvalidOperation',
              message: `The command cannot remove the job with the job ID ${job.state.id} because the job is not finished. To remove the job, first stop the job, or use the Force parameter.`,
              exception: 'System.ArgumentException',
              target: job,
            });
            continue;
          }
          stop(job.state);
        }
        drop(context, job);
      }
      return undefined;
    },
  }),
};
export const stopJob: Cmdlet = {
  name: 'Stop-Job',
  aliases: ['spjb'],
  module,
  typeName: 'Microsoft.PowerShell.Commands.StopJobCommand',
  defaultSet: 'SessionIdParameterSet',
  shouldProcess: 'Medium',
  parameters: [...selectors, byJob, { name: 'PassThru', type: 'switch' }],
  start: (context) => ({
    process() {
      for (const job of chosenJobs(context)) {
        if (!context.shouldProcess(`Job with ID ${job.state.id}`, 'Stop')) continue;
        stop(job.state);
        if (context.switch('PassThru')) context.write(job);
      }
      return undefined;
    },
  }),
};
