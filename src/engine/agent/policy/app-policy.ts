import type { Instant } from '../../../base/time.ts';
import { instant, milliseconds } from '../../../base/time.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';

/** An app as the service's policy document describes it, with the JSON texts inside it read. */
export interface AppPolicy {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  /** 0 dependency or not targeted, 1 available, 3 required, 4 uninstall. */
  readonly intent: number;
  /** An available app that the service wants installed: the user asked for it, or it updates one that the user asked for. */
  readonly availableEnforcement: boolean;
  /** An assignment filter keeps the app from this device. */
  readonly filteredOut: boolean;
  /** Filters that were evaluated; null: none. */
  readonly filters: readonly string[] | null;
  /** 0 none, 1 user group, 2 device group. */
  readonly targetType: number;
  /** Undefined where the rules cannot be read. */
  readonly detection: readonly PolicyRule[] | undefined;
  readonly requirements: Readonly<Record<string, QueueData>>;
  readonly extendedRequirements: readonly PolicyRule[];
  readonly runAs: 'system' | 'user';
  readonly maxRetries: number;
  readonly retryMinutes: number;
  readonly maxRunTimeMinutes: number;
  readonly restartBehavior: number;
  /** 0 failed, 1 success, 2 soft reboot, 3 hard reboot, 4 retry. */
  readonly returnCodes: ReadonlyMap<number, number>;
  readonly installCommand: string;
  readonly uninstallCommand: string;
  /** Which notifications the user gets. */
  readonly toasts: 'all' | 'restarts' | 'none';
  /** Time between an install and the restart it needs, minutes; null: none is given. */
  readonly restartGrace: RestartGrace | null;
  readonly edges: readonly DependencyEdge[];
  /** Package of the Microsoft Store; null: a Win32 app. */
  readonly storePackage: string | null;
  /** As the service wrote them: see `startOf` and `deadlineOf`. */
  readonly start: ScheduledTime | null;
  readonly deadline: ScheduledTime | null;
  readonly reevaluationMinutes: number;
}

/** `RebootEx` of a policy, in minutes. */
export interface RestartGrace {
  readonly minutes: number;
  /** How long before its end the countdown is shown. */
  readonly countdown: number;
  /** For how long the user may put the notification off; null: not at all. */
  readonly snooze: number | null;
}

/** A time in UTC, or a reading of the device's own clock. */
export interface ScheduledTime {
  readonly reading: Instant;
  readonly local: boolean;
}

/** One detection or requirement rule: 0 registry, 1 MSI, 2 file, 3 script. */
export interface PolicyRule {
  readonly type: number;
  readonly body: Readonly<Record<string, QueueData>>;
}

export interface DependencyEdge {
  readonly parent: string;
  readonly child: string;
  /** 0 detect only, 10 install; 100 update, 110 replace: then the parent supersedes the child. */
  readonly action: number;
}

type Fields = Readonly<Record<string, QueueData>>;

/** Memory of the agent that holds the last answer of the service. */
export const policiesMemory = 'policies';

/** Policies of the last answer; none where the process has not had one. */
export function policiesOf(read: DeviceReader): readonly AppPolicy[] {
  return answerOf(read).policies;
}

export function policyOf(read: DeviceReader, app: string): AppPolicy | undefined {
  return answerOf(read).byId.get(app);
}

/** An answer with its policies read; by id the first of each. */
interface Answer {
  readonly policies: readonly AppPolicy[];
  readonly byId: ReadonlyMap<string, AppPolicy>;
}

/** Reading a document takes its JSON texts apart; the same answer is read once. */
const answers = new WeakMap<object, Answer>();

function answerOf(read: DeviceReader): Answer {
  const documents = documentsOf(read);
  let answer = answers.get(documents);
  if (answer === undefined) {
    const policies = documents.flatMap((one) => (isFields(one) ? (readDocument(one) ?? []) : []));
    const byId = new Map<string, AppPolicy>();
    for (const policy of policies) if (!byId.has(policy.id)) byId.set(policy.id, policy);
    answer = { policies, byId };
    answers.set(documents, answer);
  }
  return answer;
}

/** The documents themselves; the same list as long as no new answer came. */
export function documentsOf(read: DeviceReader): readonly QueueData[] {
  const kept = read.memory(policiesMemory)?.value;
  return Array.isArray(kept) ? (kept as readonly QueueData[]) : none;
}

const none: readonly QueueData[] = [];

/** When an app may be worked on, and by when it must be; null: not set. */
export const startOf = (read: DeviceReader, policy: AppPolicy): Instant | null =>
  instantOf(read, policy.start);
export const deadlineOf = (read: DeviceReader, policy: AppPolicy): Instant | null =>
  instantOf(read, policy.deadline);

function instantOf(read: DeviceReader, time: ScheduledTime | null): Instant | null {
  if (time === null || !time.local) return time?.reading ?? null;
  // The offset holds at the local time; two rounds settle it around a change of the clock.
  const guess = instant(time.reading - read.offsetAt(time.reading));
  return instant(time.reading - read.offsetAt(guess));
}

function readDocument(data: Fields): AppPolicy | undefined {
  const id = data['Id'];
  const revision = data['Version'];
  if (typeof id !== 'string' || typeof revision !== 'number') return undefined;
  const install = fields(parse(data['InstallEx']));
  const times = fields(data['StartDeadlineEx']);
  return {
    id,
    name: textOf(data['Name']),
    revision,
    intent: numberOf(data['Intent'], 0),
    availableEnforcement: data['AvailableAppEnforcement'] === 1,
    filteredOut: data['AppApplicabilityStateDueToAssginmentFilters'] === 1010,
    filters: filtersOf(data['AssignmentFilterIds']),
    targetType: numberOf(data['TargetType'], 0),
    detection: rulesOf(data['DetectionRule'], 'DetectionType', 'DetectionText'),
    requirements: fields(parse(data['RequirementRules'])),
    extendedRequirements: rulesOf(data['ExtendedRequirementRules'], 'Type', 'RequirementText') ?? [],
    runAs: install['RunAs'] === 2 ? 'user' : 'system',
    maxRetries: numberOf(install['MaxRetries'], 3),
    retryMinutes: Math.max(0, numberOf(install['RetryIntervalInMinutes'], 5)),
    maxRunTimeMinutes: positive(install['MaxRunTimeInMinutes'], 60),
    restartBehavior: numberOf(install['DeviceRestartBehavior'], 0),
    returnCodes: returnCodes(data['ReturnCodes']),
    installCommand: textOf(data['InstallCommandLine']),
    uninstallCommand: textOf(data['UninstallCommandLine']),
    toasts: ({ 1: 'restarts', 2: 'none' } as const)[numberOf(data['ToastState'], 0)] ?? 'all',
    restartGrace: restartGraceOf(fields(data['RebootEx'])),
    edges: edgesOf(data['FlatDependencies']),
    storePackage: packageOf(data['InstallerData']),
    start: timeOf(times['StartTime'], times['TimeFormat']),
    deadline: timeOf(times['Deadline'], times['TimeFormat']),
    reevaluationMinutes: positive(data['ReevaluationInterval'], 480),
  };
}

function rulesOf(
  value: QueueData | undefined,
  typeName: string,
  textName: string,
): readonly PolicyRule[] | undefined {
  const list = parse(value);
  if (!Array.isArray(list)) return undefined;
  const rules = (list as readonly QueueData[]).map((one) => {
    const entry = fields(one);
    const body = parse(entry[textName]);
    return typeof entry[typeName] === 'number' && isFields(body)
      ? { type: entry[typeName], body }
      : undefined;
  });
  return rules.every((one) => one !== undefined) ? rules : undefined;
}

/** A table that cannot be read is the default one. */
function returnCodes(value: QueueData | undefined): ReadonlyMap<number, number> {
  const list = parse(value);
  if (!Array.isArray(list)) return defaultReturnCodes;
  return new Map(
    (list as readonly QueueData[]).map((one) => {
      const entry = fields(one);
      return [numberOf(entry['ReturnCode'], 0) | 0, numberOf(entry['Type'], 0)];
    }),
  );
}

const defaultReturnCodes: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [1707, 1],
  [3010, 2],
  [1641, 3],
  [1618, 4],
]);

function packageOf(value: QueueData | undefined): string | null {
  const id = fields(parse(value))['PackageIdentifier'];
  return typeof id === 'string' ? id : null;
}

const filtersOf = (value: QueueData | undefined): readonly string[] | null =>
  Array.isArray(value) ? (value as readonly QueueData[]).map(textOf) : null;

/** -1 stands for what is not set. */
function restartGraceOf(data: Fields): RestartGrace | null {
  const grace = numberOf(data['GracePeriod'], -1);
  if (grace < 0) return null;
  const countdown = numberOf(data['Countdown'], -1);
  const snooze = numberOf(data['Snooze'], -1);
  return { minutes: grace, countdown: countdown < 0 ? 15 : countdown, snooze: snooze < 0 ? null : snooze };
}

function edgesOf(value: QueueData | undefined): readonly DependencyEdge[] {
  return (Array.isArray(value) ? (value as readonly QueueData[]) : []).map((one) => {
    const edge = fields(one);
    return {
      parent: textOf(edge['AppId']),
      child: textOf(edge['ChildId']),
      action: numberOf(edge['Action'], 0),
    };
  });
}

/** `/Date(ms)/`; year 1 means not set. With the format `local` it is the reading of the device's clock. */
function timeOf(value: QueueData | undefined, format: QueueData | undefined): ScheduledTime | null {
  const found = /^\/Date\((-?\d+)\)\/$/.exec(textOf(value))?.[1];
  const count = Number(found ?? '-62135596800000');
  if (count <= -62135596800000) return null;
  return { reading: instant(milliseconds(count)), local: format === 'local' };
}

function parse(value: QueueData | undefined): QueueData | undefined {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as QueueData;
  } catch {
    return undefined;
  }
}

const isFields = (value: QueueData | undefined): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const fields = (value: QueueData | undefined): Fields => (isFields(value) ? value : {});
const textOf = (value: QueueData | undefined): string => (typeof value === 'string' ? value : '');
const numberOf = (value: QueueData | undefined, otherwise: number): number =>
  typeof value === 'number' ? value : otherwise;
/** A number above 0, which a duration needs. */
const positive = (value: QueueData | undefined, otherwise: number): number => {
  const number = numberOf(value, otherwise);
  return number > 0 ? number : otherwise;
};
