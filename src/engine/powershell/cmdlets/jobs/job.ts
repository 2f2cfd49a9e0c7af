import type { Instant } from '../../../../base/time.ts';
import type { StreamName, Written } from '../../run/hosting/isolated.ts';
import { isolated } from '../../run/hosting/isolated.ts';
import type { DataCollection } from '../../run/hosting/data-collection.ts';
import { dataCollection } from '../../run/hosting/data-collection.ts';
import type { Task } from '../../run/hosting/background.ts';
import { waitHandle } from '../../run/hosting/power-shell.ts';
import { asScriptError } from '../../run/report.ts';
import { ExitFlow } from '../../run/flow.ts';
import type { Session } from '../../run/session.ts';
import type { Steps } from '../../run/steps.ts';
import { ListValue } from '../../types/collections.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { newGuid } from '../../types/dotnet/guid.ts';
import { enumValue } from '../../types/enum-text.ts';
import type { ExceptionValue } from '../../types/error-record.ts';
import { ErrorRecord } from '../../types/error-record.ts';
import { exception } from '../../types/errors.ts';
import { DotNetObject } from '../../types/objects.ts';
import { closeGeneric, defineEnum, defineType, listType } from '../../types/registry.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { localNow } from '../time/get-date.ts';

const namespace = 'System.Management.Automation';
const assembly = 'System.Management.Automation';
export const stateType = defineEnum(
  `${namespace}.JobState`,
  'NotStarted,Running,Completed,Failed,Stopped,Blocked,Suspended,Disconnected,Suspending,Stopping,AtBreakpoint',
);
export type StateName = 'NotStarted' | 'Running' | 'Completed' | 'Failed' | 'Stopped';

/** A job: what it runs, how far it is, and what it wrote and nobody has received yet. */
export interface JobState {
  readonly id: number;
  name: string;
  readonly command: string;
  readonly location: string;
  readonly typeName: string;
  readonly instanceId: Value;
  state: StateName;
  reason: ExceptionValue | null;
  began: Value;
  ended: Value;
  /** In the order it was written. */
  results: Written[];
  readonly children: Job[];
  task: Task | undefined;
  /** Runspaces that ForEach-Object -Parallel made. */
  allocated: number;
}
export type Job = DotNetObject<JobState>;
export const jobOf = (v: Value): JobState => (v as Job).state;

/** State of a job with children follows theirs. */
export function stateOf(job: JobState): StateName {
  if (job.children.length === 0) return job.state;
  const states = job.children.map((c) => stateOf(c.state));
  if (states.every((s) => s === 'NotStarted')) return 'NotStarted';
  if (states.some((s) => s === 'Running' || s === 'NotStarted')) return 'Running';
  if (states.includes('Failed')) return 'Failed';
  if (states.includes('Stopped')) return 'Stopped';
  return 'Completed';
}
export const isFinished = (job: JobState): boolean =>
  ['Completed', 'Failed', 'Stopped'].includes(stateOf(job));

interface StateInfo {
  readonly state: Value;
  readonly reason: ExceptionValue | null;
}
const infoType = defineType(`${namespace}.JobStateInfo`, {
  assembly,
  members: [
    property('State', stateType.fullName, (v) => (v as DotNetObject<StateInfo>).state.state),
    property('Reason', 'System.Exception', (v) => (v as DotNetObject<StateInfo>).state.reason),
    method(['string ToString()', (v) => toText((v as DotNetObject<StateInfo>).state.state)]),
  ],
});
const elements: Readonly<Record<StreamName, string>> = {
  Output: `${namespace}.PSObject`,
  Error: `${namespace}.ErrorRecord`,
  Warning: `${namespace}.WarningRecord`,
  Verbose: `${namespace}.VerboseRecord`,
  Debug: `${namespace}.DebugRecord`,
  Information: `${namespace}.InformationRecord`,
  Progress: `${namespace}.ProgressRecord`,
};
const streamOf = (job: JobState, name: StreamName): DataCollection => {
  const made = dataCollection(elements[name]);
  made.items = job.results.filter((r) => r.stream === name).map((r) => r.value);
  return made;
};
const hasMoreData = (job: JobState): boolean =>
  !isFinished(job) || job.results.length > 0 || job.children.some((c) => hasMoreData(c.state));

export const jobType = defineType(`${namespace}.Job`, { assembly, interfaces: ['System.IDisposable'] });
defineType(jobType.fullName, {
  members: [
    property('State', stateType.fullName, (v) => enumValue(stateType, stateOf(jobOf(v)))),
    property('HasMoreData', 'bool', (v) => hasMoreData(jobOf(v))),
    property('StatusMessage', 'string', () => ''),
    property('Location', 'string', (v) => jobOf(v).location),
    property('Command', 'string', (v) => jobOf(v).command),
    property('JobStateInfo', infoType.fullName, (v) => {
      return new DotNetObject<StateInfo>(infoType, {
        state: enumValue(stateType, stateOf(jobOf(v))),
        reason: jobOf(v).reason,
      });
    }),
    property('Finished', 'System.Threading.WaitHandle', (v) => waitHandle(() => isFinished(jobOf(v)))),
    property('InstanceId', 'guid', (v) => jobOf(v).instanceId),
    property('Id', 'int', (v) => jobOf(v).id),
    property(
      'Name',
      'string',
      (v) => jobOf(v).name,
      (v, x) => void (jobOf(v).name = toText(x)),
    ),
    property(
      'ChildJobs',
      'System.Object',
      (v) => new ListValue(closeGeneric(listType, [jobType]), [...jobOf(v).children]),
    ),
    property(
      'PSBeginTime',
      'System.Nullable[datetime]',
      (v) => jobOf(v).children[0]?.state.began ?? jobOf(v).began,
    ),
    property(
      'PSEndTime',
      'System.Nullable[datetime]',
      (v) => jobOf(v).children.at(-1)?.state.ended ?? jobOf(v).ended,
    ),
    property('PSJobTypeName', 'string', (v) => jobOf(v).typeName),
    ...(Object.keys(elements) as StreamName[]).map((name) =>
      property(name, 'System.Object', (v) => streamOf(jobOf(v), name)),
    ),
    method(['void StopJob()', (v) => stopJob(jobOf(v))]),
    method(['void Dispose()', () => undefined]),
  ],
});
const concrete = (fullName: string): DotNetType =>
  defineType(fullName, { assembly, baseType: jobType, interfaces: jobType.interfaces });
export const jobTypes = {
  remoting: concrete(`${namespace}.PSRemotingJob`),
  child: concrete(`${namespace}.PSRemotingChildJob`),
  thread: concrete('ThreadJob.ThreadJob'),
  parallel: concrete(`${namespace}.PSTaskJob`),
  parallelChild: concrete(`${namespace}.PSTaskChildJob`),
} as const;
defineType(jobTypes.parallel.fullName, {
  members: [property('AllocatedRunspaceCount', 'int', (v) => jobOf(v).allocated)],
});

/** Jobs of the process, in the order they were started. */
export function jobsOf(session: Session): Job[] {
  const { state } = session.root;
  const known = state.get('jobs') as Job[] | undefined;
  if (known) return known;
  const made: Job[] = [];
  state.set('jobs', made);
  return made;
}
const nextId = (session: Session): number => {
  const { state } = session.root;
  const id = ((state.get('job-id') as number | undefined) ?? 0) + 1;
  state.set('job-id', id);
  return id;
};
export function makeJob(
  session: Session,
  type: DotNetType,
  facts: Pick<JobState, 'command' | 'location' | 'typeName'> & { readonly name?: string },
  children: Job[] = [],
): Job {
  const id = nextId(session);
  return new DotNetObject<JobState>(type, {
    id,
    name: facts.name === undefined || facts.name === '' ? `Job${id}` : facts.name,
    command: facts.command,
    location: facts.location,
    typeName: facts.typeName,
    instanceId: newGuid(),
    state: 'NotStarted',
    reason: null,
    began: null,
    ended: null,
    results: [],
    children,
    task: undefined,
    allocated: 0,
  });
}

/** The text of a block without its braces, as jobs show what they run. */
export const bodyText = (block: ScriptBlockValue): string => toText(block);

/** Runs a text as the work of a job; its outcome goes to the job. Never throws. */
export function* work(
  job: JobState,
  session: Session,
  text: string,
  options: {
    readonly args?: readonly Value[];
    readonly input?: readonly Value[];
    readonly item?: Value;
    readonly dotted?: boolean;
    /** What becomes of an object on its way to the job's owner. */
    readonly carry?: (value: Value) => Value;
    /** Id that an error which ended it gets; else it keeps its own. */
    readonly errorId?: string;
  },
): Steps<void> {
  job.state = 'Running';
  job.began = localNow(session.host);
  const write = ({ stream, value }: Written): void => {
    const carried = stream === 'Output' && options.carry ? options.carry(value) : value;
    job.results.push({ stream, value: carried });
  };
  try {
    yield* isolated(session, session.scriptBlock(text), { ...options, write });
    job.state = 'Completed';
  } catch (error) {
    if (error instanceof ExitFlow) job.state = 'Completed';
    else {
      const { record } = asScriptError(error);
      job.state = 'Failed';
      job.reason = record.exception;
      const own =
        options.errorId === undefined
          ? record
          : new ErrorRecord(record.exception, options.errorId, record.category, record.target);
      own.recorded = false;
      job.results.push({ stream: 'Error', value: own });
    }
  } finally {
    if (job.state === 'Running') job.state = 'Stopped';
    job.ended = localNow(session.host);
  }
}

export function stopJob(job: JobState): void {
  for (const child of job.children) stopJob(child.state);
  if (isFinished(job)) return;
  const waits = job.state === 'NotStarted';
  job.task?.stop();
  if (waits || !isFinished(job)) {
    job.state = 'Stopped';
    job.reason = exception(`${namespace}.PipelineStoppedException`, 'The pipeline has been stopped.');
  }
}

/** A moment so many seconds from now; undefined where there is no limit. */
export const secondsFrom = (now: Instant, seconds: number): Instant | undefined =>
  seconds < 0 ? undefined : ((now + Math.round(seconds * 1_000_000)) as Instant);
