import { fromUint8Array, utf8Decode } from '../../../base/bytes.ts';
import { fromBase64 } from '../../../base/base64.ts';
import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/subgraph-messages.ts';
import type { AppPolicy, PolicyRule } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import * as rules from '../rules/evaluation-rules.ts';
import { hardwareRequirements } from '../rules/requirement-rules.ts';
import type { Step } from '../step.ts';
import type { ApplicabilityState } from '../state-names.ts';
import { applicabilityStates } from '../state-names.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { compareDates, compareNumbers, compareTexts, compareVersions, holds } from './detection/compare.ts';
import { userOf } from './detection/expand.ts';
import { fileRule } from './detection/file-rule.ts';
import { registryRule } from './detection/registry-rule.ts';
import type { ScriptExit } from './detection/script-run.ts';
import { finishScript, scriptWork, startScript } from './detection/script-run.ts';
import { storeApplicability } from '../store/store-search.ts';
import { stageTimes } from './timing.ts';
import type { Work } from './work.ts';
import { runs, workOf } from './work.ts';

/** IMAGE_FILE_MACHINE_AMD64 */
const imageFileMachineAmd64 = 34404;
const mib = 1_048_576;
const names = { type: 'Type', value: 'Value' };

/** Checks the requirements of one app; further rules only where it was not detected. */
export function applicability(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (policy && policy.storePackage !== null) {
    conclude(to, work, storeApplicability(to, read, work, policy));
    return to.step();
  }
  const base = policy ? baseRequirements(to, read, policy) : 0;
  if (policy && base === 0 && work.found[work.app] === 'NotDetected') extended(to, read, work, policy);
  else conclude(to, work, base);
  return to.step();
}

/** A requirement script has ended. */
export function requirementScriptEnded(read: DeviceReader, entry: QueueEntry): Step {
  const work = scriptWork(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  const exit = finishScript(to, read, entry, policy, work);
  const body = policy?.extendedRequirements[work.rule]?.body ?? {};
  const result = scriptMet(exit, body);
  to.log(
    rules.scriptRequirement,
    msg.requirementExit,
    [
      exit.exitCode,
      number(body['EnforceSignatureCheck']),
      number(body['RunAs32Bit']),
      policy?.runAs === 'user' ? 2 : 1,
      number(body['Operator']),
      result === 0,
    ],
    { compared: { found: exit.stdout.trim(), wanted: String(body['Value'] ?? ''), exitCode: exit.exitCode } },
  );
  if (policy && result === 0) extended(to, read, { ...work, rule: work.rule + 1 }, policy);
  else conclude(to, work, result);
  return to.step();
}

/** 0 met, else the number of the first requirement that is not. */
function baseRequirements(to: StepBuilder, read: DeviceReader, policy: AppPolicy): number {
  const wanted = policy.requirements;
  const architecture = wanted['RequiredOSArchitecture'];
  // Every simulated device is x64: only an app for x86 Windows alone does not fit.
  to.log(rules.applicabilityRuns, msg.nativeMachine, [imageFileMachineAmd64]);
  if (architecture === 1) return 1000;
  if (architecture === 0 || architecture === 3)
    to.log(rules.architectureRequirement, msg.architectureSkipped);
  else
    to.log(rules.architectureRequirement, msg.architecture, [
      number(architecture),
      number(Number(read.osVersion.split('.')[2])),
    ]);
  const build = wanted['MinimumWindows10BuildNumer'];
  if (typeof build === 'string' && build !== '') {
    const order = compareVersions(read.osVersion, build);
    // What is no version cannot be compared; it asks for nothing.
    const met = order === undefined || order >= 0;
    to.log(rules.baseRequirements, msg.osVersion, [build, read.osVersion, verdict(met)], {
      compared: { found: read.osVersion, wanted: build },
    });
    if (!met) return 1002;
  } else to.log(rules.baseRequirements, msg.osVersionSkipped);
  for (const one of amounts) {
    const least = wanted[one.field];
    if (typeof least !== 'number') {
      to.log(one.rule, one.skipped);
      continue;
    }
    const found = one.found(read);
    const met = found >= least;
    to.log(one.rule, one.message, [least, one.field === freeSpace ? grouped(found) : found, verdict(met)], {
      compared: { found, wanted: least },
    });
    if (!met) return one.unmet;
  }
  return 0;
}

const verdict = (met: boolean): string => (met ? 'Applicable' : 'NotApplicable');

const freeSpace = 'MinimumFreeDiskSpaceInMB';

/** What an app may ask the least of, in the order in which the agent looks at it. */
const amounts = [
  {
    field: freeSpace,
    found: (read: DeviceReader) => Math.floor(read.disk.free / mib),
    unmet: 1001,
    rule: rules.baseRequirements,
    message: msg.freeSpace,
    skipped: msg.freeSpaceSkipped,
  },
  {
    field: 'MinimumMemoryInMB',
    found: (read: DeviceReader) => read.memorySize,
    unmet: 1003,
    rule: hardwareRequirements,
    message: msg.memory,
    skipped: msg.memorySkipped,
  },
  {
    field: 'MinimumCpuSpeed',
    found: (read: DeviceReader) => read.processorSpeed,
    unmet: 1005,
    rule: hardwareRequirements,
    message: msg.cpu,
    skipped: msg.cpuSkipped,
  },
  {
    field: 'MinimumNumberOfProcessors',
    found: (read: DeviceReader) => read.processors,
    unmet: 1004,
    rule: hardwareRequirements,
    message: msg.processors,
    skipped: msg.processorsSkipped,
  },
] as const;

function extended(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy): void {
  const list = policy.extendedRequirements;
  for (let i = work.rule; i < list.length; i++) {
    const one = list[i] as PolicyRule;
    to.log(rules.extendedRequirements, msg.requirementStarts).log(
      rules.extendedRequirements,
      msg.requirementType,
      [one.type],
    );
    if (one.type === 3) {
      const body = one.body['ScriptBody'];
      const decoded = typeof body === 'string' ? fromBase64(body) : undefined;
      if (!decoded) {
        conclude(to, work, 1);
        return;
      }
      to.log(rules.scriptRequirement, msg.requirementScript);
      const script = utf8Decode(fromUint8Array(decoded));
      startScript(to, read, { ...work, rule: i }, policy, one, script, 'win32.requirement-script');
      return;
    }
    const user = userOf(read, work.session.user);
    const outcome =
      one.type === 2 ? fileRule(read, one.body, names, user) : registryRule(read, one.body, names, user);
    if (outcome.met !== true) {
      conclude(to, work, one.type === 2 ? 1006 : 1007);
      return;
    }
  }
  conclude(to, work, 0);
}

/** 0 met, 1008 not met, 1 where the output cannot be read as the rule's data type. */
function scriptMet(exit: ScriptExit, body: Readonly<Record<string, QueueData>>): number {
  if (exit.exitCode !== 0 || exit.stderr !== '') return 1008;
  const compare = [
    undefined,
    compareTexts,
    compareDates,
    compareNumbers,
    compareNumbers,
    compareVersions,
    compareTexts,
  ][number(body['Type'])];
  const order = compare?.(exit.stdout.trim(), String(body['Value'] ?? ''));
  if (order === undefined) return 1;
  return holds(order, body['Operator']) ? 0 : 1008;
}

function conclude(to: StepBuilder, work: Work, state: number): void {
  to.log(rules.applicabilityRuns, msg.applicabilityResult, [work.app, verdict(state === 0)], {
    compared: { applicability: applicabilityStates[state as ApplicabilityState] },
  });
  const after: Work = { ...work, rule: 0, applicable: { ...work.applicable, [work.app]: state } };
  const nextApp = work.graph.apps[work.graph.apps.indexOf(work.app) + 1];
  if (nextApp !== undefined) {
    to.enqueue(rules.applicabilityRuns, 'win32.applicability', stageTimes.applicability, {
      ...after,
      app: nextApp,
    });
    return;
  }
  to.log(rules.applicabilityRuns, msg.applicabilityCompleted).enqueue(
    rules.classification,
    'win32.decide',
    stageTimes.decision,
    after,
  );
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** `1,234,567` */
const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',');
