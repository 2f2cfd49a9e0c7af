import { utf8Encode } from '../../base/bytes.ts';
import { toUint8Array } from '../../base/bytes.ts';
import type { DeviceId, Guid } from '../../base/ids.ts';
import type { QueueData } from '../device/change.ts';
import type { DetectionRule, Operator, RequirementRule, Requirements } from './admin-actions.ts';
import { toBase64 } from '../../base/base64.ts';
import { edgesFrom, relatedApps } from './app-relations.ts';
import type { AppRequest } from './app-state.ts';
import type { Assignment, CloudApp, CloudState } from './cloud-state.ts';
import type { EffectiveAssignment } from './effective-assignments.ts';
import { guidFromHash } from './guid-from-hash.ts';
import type { FilterOutcome } from './filters.ts';

/** Numbers of the policy document, as agents log them. */
const operators: Record<Operator, number> = {
  equal: 1,
  'not-equal': 2,
  greater: 4,
  'greater-or-equal': 5,
  less: 8,
  'less-or-equal': 9,
};
const fileTests = { exists: 1, modified: 2, created: 3, version: 4, size: 5, 'not-exists': 6 } as const;
const registryTests = { exists: 1, 'not-exists': 2, string: 3, integer: 4, version: 5 } as const;
const dataTypes = { string: 1, 'date-time': 2, integer: 3, float: 4, version: 5, boolean: 6 } as const;
const intents: Record<Assignment['intent'], number> = { available: 1, required: 3, uninstall: 4 };
const returnTypes = { failed: 0, success: 1, 'soft-reboot': 2, 'hard-reboot': 3, retry: 4 } as const;
const restarts = { 'return-codes': 0, allow: 1, suppress: 2, force: 3 } as const;
const defaultReturnCodes = [
  { code: 0, type: 'success' },
  { code: 1707, type: 'success' },
  { code: 3010, type: 'soft-reboot' },
  { code: 1641, type: 'hard-reboot' },
  { code: 1618, type: 'retry' },
] as const;
/** .NET's `DateTime.MinValue` in the service's date form: not set. */
const noDate = '/Date(-62135596800000)/';

interface Policies {
  readonly effective: readonly EffectiveAssignment[];
  readonly enforced: readonly Guid[];
  readonly answer: PolicyAnswer;
}

/** Policies as JSON, and a mark that is another where they are. */
export interface PolicyAnswer {
  readonly text: string;
  readonly mark: string;
}

/** Documents by the apps they were made of; devices ask every hour, and mostly the same apps reach them. */
const madeBefore = new WeakMap<CloudState['apps'], Policies[]>();

/**
 * JSON of the apps that reach a device and one user (null: no user), and of what is related to them. `asked`: an available
 * app that the user asks for with this request.
 */
export function appPolicies(
  state: CloudState,
  device: DeviceId,
  user: Guid | null,
  effective: readonly EffectiveAssignment[],
  asked: Guid | null,
): PolicyAnswer {
  const requests = state.appService.requests[device];
  const enforced = user === null ? [] : enforcedApps(requests, user, asked);
  let made = madeBefore.get(state.apps);
  if (made === undefined) madeBefore.set(state.apps, (made = []));
  const before = made.find(
    (one) => sameAssignments(one.effective, effective) && sameApps(one.enforced, enforced),
  );
  if (before !== undefined) return before.answer;
  const text = JSON.stringify(policiesOf(state, effective, enforced));
  if (made.length >= 16) made.shift();
  const answer = { text, mark: guidFromHash('policies', text).slice(0, 18) };
  made.push({ effective, enforced, answer });
  return answer;
}

/** Available apps that are to be installed now: the one asked for, and updates that are due. */
function enforcedApps(
  requests: Readonly<Record<string, AppRequest>> | undefined,
  user: Guid,
  asked: Guid | null,
): readonly Guid[] {
  const updates = Object.values(requests ?? {}).flatMap((one) =>
    one.user === user && one.kind === 'auto-update' && one.due ? [one.app] : [],
  );
  return asked === null || updates.includes(asked) ? updates : [...updates, asked];
}

const sameApps = (a: readonly Guid[], b: readonly Guid[]): boolean =>
  a.length === b.length && a.every((one, n) => one === b[n]);

const sameAssignments = (a: readonly EffectiveAssignment[], b: readonly EffectiveAssignment[]): boolean =>
  a.length === b.length &&
  a.every((one, n) => {
    const other = b[n];
    return (
      one.assignment === other?.assignment &&
      one.intent === other.intent &&
      one.targetType === other.targetType &&
      sameFilter(one.filter, other.filter)
    );
  });

const sameFilter = (a: FilterOutcome | null, b: FilterOutcome | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.applies === b.applies &&
    a.evaluated.length === b.evaluated.length &&
    a.evaluated.every(
      (one, n) => one.filter === b.evaluated[n]?.filter && one.matches === b.evaluated[n].matches,
    ));

function policiesOf(
  state: CloudState,
  effective: readonly EffectiveAssignment[],
  enforced: readonly Guid[],
): readonly QueueData[] {
  const policies: QueueData[] = [];
  const given = new Set(effective.map((one) => one.app));
  const related: Guid[] = [];
  for (const one of effective) {
    const app = state.apps[one.app];
    if (!app) continue;
    policies.push(policy(app, one, state, enforced.includes(app.id)));
    if (one.filter?.applies === false) continue;
    for (const other of relatedApps(state.apps, app)) {
      if (given.has(other)) continue;
      given.add(other);
      related.push(other);
    }
  }
  for (const id of related) {
    const app = state.apps[id];
    if (app) policies.push(policy(app, null, state, false));
  }
  return policies;
}

/** Relations of an app and of all it leads to; an app that a filter keeps away has none. */
const flatDependencies = (state: CloudState, app: CloudApp): readonly QueueData[] =>
  edgesFrom(state.apps, app).map(({ from, to, action, level }) => ({
    Action: action,
    AppId: from,
    ChildId: to,
    Type: action >= 100 ? 1 : 0,
    Level: level,
  }));

function policy(
  app: CloudApp,
  effective: EffectiveAssignment | null,
  state: CloudState,
  enforced: boolean,
): QueueData {
  const { setup } = app;
  const assignment = effective?.assignment;
  const filter = effective?.filter ?? null;
  const out = filter?.applies === false;
  const edges = out ? [] : flatDependencies(state, app);
  const grace = assignment?.restartGrace;
  return {
    Id: app.id,
    Name: setup.name,
    Version: app.revision,
    Intent: effective && !out ? intents[effective.intent] : 0,
    TargetType: effective?.targetType ?? 0,
    AppApplicabilityStateDueToAssginmentFilters: filter && (out ? 1010 : 0),
    AssignmentFilterIds: filter && filter.evaluated.map((one) => one.filter),
    DetectionRule: JSON.stringify(setup.detection.map(detectionRule)),
    InstallCommandLine: setup.installCommand,
    UninstallCommandLine: setup.uninstallCommand,
    RequirementRules: JSON.stringify(requirementRules(setup.requirements ?? {})),
    ExtendedRequirementRules: JSON.stringify((setup.requirements?.rules ?? []).map(requirementRule)),
    InstallEx: JSON.stringify({
      RunAs: setup.installContext === 'user' ? 2 : 1,
      RequiresLogon: true,
      InstallProgramVisibility: 3,
      MaxRetries: 3,
      RetryIntervalInMinutes: 5,
      MaxRunTimeInMinutes: setup.maxRunTimeMinutes ?? 60,
      DeviceRestartBehavior: restarts[setup.restartBehavior ?? 'return-codes'],
    }),
    ReturnCodes: JSON.stringify(
      (setup.returnCodes ?? defaultReturnCodes).map(({ code, type }) => ({
        ReturnCode: code,
        Type: returnTypes[type],
      })),
    ),
    AvailableAppEnforcement: enforced && effective?.intent === 'available' ? 1 : 0,
    SetUpFilePath: setup.content.setupFile,
    ToastState: toastStates[assignment?.notifications ?? 'show-all'],
    Targeted: effective ? 1 : 0,
    FlatDependencies: edges.length > 0 ? edges : null,
    MetadataVersion: 1,
    RelationVersion: app.relationVersion,
    RebootEx: grace
      ? { GracePeriod: grace.gracePeriod, Countdown: grace.countdown, Snooze: grace.snooze ?? -1 }
      : { GracePeriod: -1, Countdown: -1, Snooze: -1 },
    InstallBehavior: 0,
    StartDeadlineEx: {
      TimeFormat: assignment?.start || assignment?.deadline ? assignment.time : '',
      StartTime: dateOf(assignment?.start ?? null),
      Deadline: dateOf(assignment?.deadline ?? null),
    },
    RemoveUserData: false,
    DOPriority: 1,
    newFlatDependencies: edges.length > 0,
    // What the map holds is not public; by its name the outcome of each filter.
    AssignmentFilterIdToEvalStateMap:
      filter && Object.fromEntries(filter.evaluated.map((one) => [one.filter, one.matches ? 1 : 0])),
    ContentCacheDuration: null,
    ESPConfiguration: null,
    ReevaluationInterval: 480,
    SupportState: null,
    // Always 1 in this document, whatever the app's context; the context is in InstallEx.
    InstallContext: 1,
    InstallerData: app.storePackage === null ? null : JSON.stringify({ PackageIdentifier: app.storePackage }),
    AvailableAppRequestType: 0,
    ContentMode: 1,
    Scripts: '[]',
  };
}

/** As Microsoft Graph numbers `win32LobAppNotification`. */
const toastStates = { 'show-all': 0, 'show-reboot': 1, 'hide-all': 2 } as const;

/** The clock reading as if it were UTC; `TimeFormat` says whether it is. */
function dateOf(text: string | null): string {
  if (text === null) return noDate;
  const [date = '', time = ''] = text.split('T');
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const [hour = 0, minute = 0, second = 0] = time.split(':').map(Number);
  const days = daysFromCivil(year, month, day);
  return `/Date(${((days * 24 + hour) * 60 + minute) * 60_000 + second * 1000})/`;
}

/** Days since 1970-01-01 of a Gregorian date. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** Script bodies go as base64 of UTF-8 with a byte order mark. */
const scriptBody = (script: string): string => toBase64(toUint8Array(utf8Encode(`\ufeff${script}`)));

function detectionRule(rule: DetectionRule): QueueData {
  switch (rule.kind) {
    case 'registry':
      return { DetectionType: 0, DetectionText: JSON.stringify(registryText(rule, 'Detection')) };
    case 'msi':
      return {
        DetectionType: 1,
        DetectionText: JSON.stringify({
          ProductCode: rule.productCode,
          ProductVersion: rule.version ?? null,
          ProductVersionOperator: rule.operator ? operators[rule.operator] : 0,
        }),
      };
    case 'file':
      return { DetectionType: 2, DetectionText: JSON.stringify(fileText(rule, 'Detection')) };
    case 'script':
      return {
        DetectionType: 3,
        DetectionText: JSON.stringify({
          ScriptBody: scriptBody(rule.script),
          EnforceSignatureCheck: rule.enforceSignature ? 1 : 0,
          RunAs32Bit: rule.runAs32Bit ? 1 : 0,
        }),
      };
  }
}

function fileText(
  rule: Extract<DetectionRule, { kind: 'file' }>,
  prefix: 'Detection' | '',
): Record<string, QueueData> {
  const compared = 'operator' in rule;
  return {
    Path: rule.path,
    FileOrFolderName: rule.name,
    Check32BitOn64System: rule.check32Bit ?? false,
    [`${prefix}Type`]: fileTests[rule.test],
    Operator: compared ? operators[rule.operator] : 0,
    [`${prefix}Value`]: compared ? rule.value : null,
  };
}

function registryText(
  rule: Extract<DetectionRule, { kind: 'registry' }>,
  prefix: 'Detection' | '',
): Record<string, QueueData> {
  const compared = 'operator' in rule;
  return {
    KeyPath: rule.key,
    KeyName: rule.name ?? null,
    Check32BitOn64System: rule.check32Bit ?? false,
    [`${prefix}Type`]: registryTests[rule.test],
    Operator: compared ? operators[rule.operator] : 0,
    [`${prefix}Value`]: compared ? rule.value : null,
  };
}

/** Architecture: 1 x86, 2 x64, 3 both; 0 and 3 are not checked. */
const architectures = { x86: 1, x64: 2, both: 3 } as const;

function requirementRules(requirements: Requirements): QueueData {
  return {
    RequiredOSArchitecture: architectures[requirements.architecture ?? 'x64'],
    MinimumFreeDiskSpaceInMB: requirements.freeDiskMb ?? null,
    MinimumWindows10BuildNumer: requirements.minimumOs ?? null,
    MinimumMemoryInMB: requirements.memoryMb ?? null,
    MinimumNumberOfProcessors: requirements.processors ?? null,
    MinimumCpuSpeed: requirements.cpuMhz ?? null,
    RunAs32Bit: false,
  };
}

function requirementRule(rule: RequirementRule): QueueData {
  switch (rule.kind) {
    case 'registry':
      return { Type: 0, RequirementText: JSON.stringify(registryText(rule, '')) };
    case 'file':
      return { Type: 2, RequirementText: JSON.stringify(fileText(rule, '')) };
    case 'script':
      return {
        Type: 3,
        RequirementText: JSON.stringify({
          Type: dataTypes[rule.dataType],
          Operator: operators[rule.operator],
          Value: rule.value,
          ScriptBody: scriptBody(rule.script),
          RunAs32Bit: rule.runAs32Bit ? 1 : 0,
          EnforceSignatureCheck: rule.enforceSignature ? 1 : 0,
          RunAsAccount: rule.runAs === 'user' ? 1 : 0,
        }),
      };
  }
}
