import { DotNetObject } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import { wildcard, hasWildcard } from '../../types/wildcard.ts';
import type { CmdletContext, CmdletParameter } from '../cmdlet.ts';
import type { Job } from './job.ts';
import { jobsOf, jobType, stateOf } from './job.ts';

/** How the job cmdlets say which jobs they mean. */
export const selectors: readonly CmdletParameter[] = [
  {
    name: 'Id',
    type: 'int[]',
    validate: [{ kind: 'notNullOrEmpty' }],
    sets: [{ set: 'SessionIdParameterSet', position: 0, mandatory: true, pipelineByName: true }],
  },
  {
    name: 'InstanceId',
    type: 'guid[]',
    sets: [{ set: 'InstanceIdParameterSet', position: 0, mandatory: true, pipelineByName: true }],
  },
  {
    name: 'Name',
    type: 'string[]',
    validate: [{ kind: 'notNullOrEmpty' }],
    sets: [{ set: 'NameParameterSet', position: 0, mandatory: true, pipelineByName: true }],
  },
  {
    name: 'State',
    type: 'System.Management.Automation.JobState',
    sets: [{ set: 'StateParameterSet', position: 0, mandatory: true, pipelineByName: true }],
  },
];
export const byJob: CmdletParameter = {
  name: 'Job',
  type: 'object[]',
  sets: [{ set: 'JobParameterSet', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
};

/** The jobs a call means; those that are not there are reported. */
export function chosenJobs(context: CmdletContext): Job[] {
  const all = jobsOf(context.session);
  const everywhere = all.flatMap((job) => [job, ...job.state.children]);
  const found: Job[] = [];
  const missing = (id: string, message: string, target: string | number): void =>
    context.error({
      id,
      category: 'ObjectNotFound',
      message,
      exception: 'System.ArgumentException',
      target,
    });
  for (const job of context.list('Job'))
    if (job instanceof DotNetObject && job.type.isAssignableTo(jobType)) found.push(job as Job);
  for (const value of context.list('Id')) {
    const one = everywhere.find((j) => j.state.id === value);
    if (one) found.push(one);
    else
      missing(
        'JobWithSpecifiedSessionNotFound',
        `The command cannot find a job with the job ID ${toText(value)}. Verify the value of the Id parameter and then try the command again.`,
        value as number,
      );
  }
  for (const value of context.list('InstanceId')) {
    const text = toText(value);
    const one = everywhere.find((j) => toText(j.state.instanceId) === text);
    if (one) found.push(one);
    else
      missing(
        'JobWithSpecifiedInstanceIdNotFound',
        `The command cannot find a job with the instance identifier ${text}. Verify the value of the InstanceId parameter and then try the command again.`,
        text,
      );
  }
  for (const name of context.strings('Name')) {
    const test = wildcard(name);
    const some = all.filter((j) => test(j.state.name));
    if (some.length === 0 && !hasWildcard(name))
      missing(
        'JobWithSpecifiedNameNotFound',
        `The command cannot find the job because the job name ${name} was not found. Verify the value of the Name parameter, and then try the command again.`,
        name,
      );
    found.push(...some);
  }
  if (context.has('State')) {
    const wanted = toText(context.get('State'));
    found.push(...all.filter((j) => stateOf(j.state) === wanted));
  }
  return found;
}
