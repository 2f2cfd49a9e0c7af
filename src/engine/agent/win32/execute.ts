import { minutes } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as action from '../messages/action-messages.ts';
import { compareVersions } from '../messages/index.ts';
import * as msg from '../messages/install-messages.ts';
import * as graphMsg from '../messages/subgraph-messages.ts';
import { cacheFolder, deviceScope, operationalKey } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { deadlineOf, policyOf } from '../policy/app-policy.ts';
import * as rules from '../rules/enforcement-rules.ts';
import { detectionRuns, scheduled } from '../rules/evaluation-rules.ts';
import { deadlineKept } from '../rules/restart-rules.ts';
import type { Step } from '../step.ts';
import {
  hresultFromWin32,
  installStillRunning,
  notDetectedAfterInstall,
  userSignedOut,
} from '../state-names.ts';
import { nothing, StepBuilder, text, timeoutGroup } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import { splitCommand } from './command-line.ts';
import { fetchContent } from './content.ts';
import { answerOf } from '../disputes.ts';
import { showAppToast } from '../notification/toast.ts';
import { restartBlocks as waitsForRestart } from '../rules/restart-rules.ts';
import { noteRestart, restartBlocks } from './restart-manager.ts';
import type { Outcome } from './outcome.ts';
import { afterApp, storeOutcome } from './outcome.ts';
import { blockedBy } from './relation-states.ts';
import { enforcementDelta } from './report-delta.ts';
import { isBefore } from './schedule.ts';
import { readEnforcement, writeEnforcement } from './state-message.ts';
import { beginStoreExecution } from '../store/store-search.ts';
import { stageTimes } from './timing.ts';
import type { Work } from './work.ts';
import { runs, workOf } from './work.ts';

/** The turn of the next app of the plan. */
export function nextApp(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (!policy) {
    afterApp(to, work);
    return to.step();
  }
  // Before its deadline content is cached whatever is in the way of the install.
  if (isBefore(read, deadlineOf(read, policy))) fetchContent(to, read, work, policy);
  else if (restartBlocks(read)) {
    to.log(waitsForRestart, action.noAction, [policy.id], { compared: { enforcementState: 6002 } });
    storeOutcome(to, read, work, policy, { state: 6002, errorCode: null });
    // Not an attempt: it is looked at again as soon as the device has restarted.
    afterApp(to, work);
  } else {
    const blocked = blockedBy(read, work, policy);
    if (blocked === undefined) beginApp(to, read, work, policy);
    else {
      const { state, rule, app } = blocked;
      to.log(rule, action.noAction, [policy.id], { compared: { enforcementState: state, because: app } });
      storeOutcome(to, read, work, policy, { state, errorCode: null });
      afterApp(to, { ...work, grs: [...work.grs, [policy.id, read.now]] });
    }
  }
  return to.step();
}

/** A Win32 app needs its content; the package manager brings that of an app of the Store. */
function beginApp(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy): void {
  if (policy.storePackage === null) fetchContent(to, read, work, policy);
  else beginStoreExecution(to, read, work, policy);
}

/** Content lies in the cache: an app before its deadline waits there, others are detected once more. */
export function contentReady(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (!policy) {
    afterApp(to, work);
    return to.step();
  }
  const deadline = deadlineOf(read, policy);
  if (deadline !== null && read.now < deadline) {
    to.log(scheduled, action.noAction, [policy.id], {
      compared: { deadline: utcText(deadline), now: utcText(read.now) },
    });
    if (compareVersions(read.agentVersion, deadlineKeptSince) >= 0)
      to.set(
        deadlineKept,
        operationalKey(work.graph.scope, policy.id),
        deadlineValue,
        text(utcText(deadline)),
      );
    afterApp(to, work);
    return to.step();
  }
  to.log(detectionRuns, graphMsg.detectionInvoked, [1]).enqueue(
    rules.detectionBeforeInstall,
    'win32.detect',
    stageTimes.beforeInstall,
    { ...work, phase: 'before-install', rule: 0 },
  );
  return to.step();
}

/** Detection between download and install: an app in the wanted state by now is left alone. */
export function detectedBefore(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (!policy) {
    afterApp(to, work);
    return to.step();
  }
  const removes = uninstalls(work, policy);
  const expected = removes ? 'Detected' : 'NotDetected';
  const found = work.found[policy.id] ?? 'Failed';
  if (found !== expected) {
    to.log(rules.detectionBeforeInstall, action.unexpected, [policy.id, expected, found]);
    storeOutcome(to, read, work, policy, { state: found === 'Failed' ? 5000 : 1000, errorCode: 0 });
    to.enqueue(rules.detectionBeforeInstall, 'win32.subgraph-end', stageTimes.finish, work);
    return to.step();
  }
  to.log(rules.installContext, msg.executionInvoked, [removes ? 'Uninstall' : 'Install', policy.id])
    .log(rules.installContext, msg.executeWithRetry)
    .enqueue(rules.installContext, 'win32.execute', stageTimes.launch, {
      ...work,
      attempt: 0,
    });
  return to.step();
}

const uninstalls = (work: Work, policy: AppPolicy): boolean => work.removes.includes(policy.id);

const deadlineValue = 'ExecutionDeadlineTime';
const deadlineKeptSince = deadlineKept.parameters?.['since'] as string;

/** One try: the installer is started. */
export function execute(read: DeviceReader, entry: QueueEntry): Step {
  const given = workOf(entry);
  if (!runs(read, given)) return nothing;
  const work: Work = given.attempt === 0 ? { ...given, began: read.now } : given;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (!policy) {
    afterApp(to, work);
    return to.step();
  }
  const folder = cacheFolder(policy.id, policy.revision);
  const removes = uninstalls(work, policy);
  const commandLine = removes ? policy.uninstallCommand : policy.installCommand;
  const asUser = policy.runAs === 'user' && work.session.user !== deviceScope;
  const command = splitCommand(commandLine);
  const id = read.newProcessId();
  const operational = operationalKey(work.graph.scope, policy.id);
  if (read.value('HKLM', operational, deadlineValue) !== undefined)
    to.change(deadlineKept, {
      kind: 'registry.delete-value',
      hive: 'HKLM',
      path: operational,
      name: deadlineValue,
    });
  const limit = minutes(policy.maxRunTimeMinutes);
  to.log(rules.immediateRetry, msg.executeRetry, [work.attempt])
    .log(rules.installContext, msg.installBehavior, [policy.intent, policy.uninstallCommand])
    .log(rules.installContext, msg.commandLine, [commandLine])
    .log(rules.installContext, msg.currentDirectory, [folder])
    .log(rules.installContext, msg.launch, [asUser ? 'user' : 'machine'])
    .set(
      rules.operationalState,
      operationalKey(work.graph.scope, policy.id),
      'ExecutionStatus',
      text('InProgress'),
    )
    .change(rules.installContext, {
      kind: 'process.start',
      id,
      file: command.file,
      arguments: command.rest,
      workingDirectory: folder,
      account: asUser ? 'user' : 'system',
      sessionId: asUser ? work.session.session : 0,
      bitness: 32,
      then: 'win32.exited',
      thenData: work,
    })
    .log(rules.installProcess, msg.created)
    .log(rules.installProcess, msg.processId, [id])
    .log(rules.installProcess, msg.timeout, [limit / 1000])
    .memory(rules.installProcess, 'installing', id)
    .enqueue(rules.installProcess, 'win32.install-timeout', limit, { ...work, process: id }, timeoutGroup);
  return to.step();
}

/** The installer has ended: its code decides what is next. */
export function exited(read: DeviceReader, entry: QueueEntry): Step {
  const {
    exitCode,
    stdout: _stdout,
    stderr: _stderr,
    ...work
  } = entry.data as unknown as Work & {
    readonly exitCode: number;
    readonly stdout: string;
    readonly stderr: string;
  };
  // An installer that had run out of time may end later; nobody waits for it then.
  if (!runs(read, work) || read.memory('installing') === undefined) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  to.memory(rules.installProcess, 'installing', undefined).cancel(rules.installProcess, timeoutGroup);
  if (!policy) {
    afterApp(to, { ...work, exitCode: null });
    return to.step();
  }
  const code = exitCode | 0;
  const type = policy.returnCodes.get(code) ?? null;
  const after: Work = { ...work, exitCode: code, exitType: type };
  logExit(to, policy, code, type);
  to.set(
    rules.operationalState,
    operationalKey(work.graph.scope, policy.id),
    'ExecutionStatus',
    text('Completed'),
  );
  if (triesAgain(read, work.attempt, policy, type)) {
    const before = readEnforcement(read, work.graph.scope, policy);
    const errorCode = hresultFromWin32(code);
    writeEnforcement(to, work.graph.scope, policy, 5999, errorCode);
    to.log(rules.enforcementState, msg.executionDelta, [
      policy.id,
      enforcementDelta(before, { EnforcementState: 5999, ErrorCode: errorCode }),
    ]).enqueue(rules.immediateRetry, 'win32.execute', minutes(policy.retryMinutes), {
      ...work,
      exitCode: null,
      attempt: work.attempt + 1,
    });
  } else if (type === 1 || type === 2 || type === 3)
    to.log(detectionRuns, graphMsg.detectionInvoked, [1]).enqueue(
      rules.detectionDecides,
      'win32.detect',
      stageTimes.afterInstall,
      { ...after, phase: 'after-install', rule: 0 },
    );
  else to.enqueue(rules.failedExitCode, 'win32.finish', stageTimes.finish, after);
  return to.step();
}

/** Whether the installer is started again in this check-in. */
function triesAgain(read: DeviceReader, attempt: number, policy: AppPolicy, type: number | null): boolean {
  const failed = type === null || type === 0;
  if (type !== 4 && !(failed && answerOf(read, 'failed-code') === 'retry')) return false;
  const more =
    answerOf(read, 'retry-code-tries') === 'three-in-all' ? policy.maxRetries - 1 : policy.maxRetries;
  return attempt < more;
}

/** HRESULT of ERROR_FILE_NOT_FOUND. */
const fileNotFound = -2147024894;

const typeNames = ['Failed', 'Success', 'SoftReboot', 'HardReboot', 'Retry'] as const;

function logExit(to: StepBuilder, policy: AppPolicy, code: number, type: number | null): void {
  const compared = {
    compared: { exitCode: code, listedAs: type === null ? null : (typeNames[type] ?? null) },
  };
  // The world answers with the HRESULT where the process could not be made.
  if (code === fileNotFound) to.log(rules.installProcess, msg.notCreated, [2]);
  to.log(rules.installResult, msg.done)
    .log(rules.installResult, msg.exitCode, [code])
    .log(rules.installResult, msg.hresult, [hresultFromWin32(code)]);
  if (type === null)
    to.log(rules.failedExitCode, msg.notMapped, [code, policy.id], compared).log(
      rules.failedExitCode,
      msg.errorWithoutMapping,
      [code],
      compared,
    );
  else to.log(rules.mappedExitCode, msg.definedAs, [typeNames[type] ?? 'Failed'], compared);
  to.log(rules.installResult, msg.restartBehavior, [policy.restartBehavior]);
}

/** The installer has run for as long as it may. */
export function installTimeout(read: DeviceReader, entry: QueueEntry): Step {
  const { process, ...work } = entry.data as unknown as Work & { readonly process: number };
  if (!runs(read, work) || read.memory('installing')?.value !== process) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  to.memory(rules.installProcess, 'installing', undefined);
  if (policy) {
    to.log(rules.installTimeout, msg.timedOut);
    storeOutcome(to, read, work, policy, { state: 5000, errorCode: installStillRunning });
    to.log(rules.installTimeout, msg.timeoutKeeps);
    if (!uninstalls(work, policy)) showAppToast(to, read, work.session, policy, 'ToastFailureMessage');
  }
  afterApp(to, { ...work, grs: [...work.grs, [work.app, work.began]] });
  return to.step();
}

/** Detection after the install is over. */
export const detectedAfter = finish;

/** The attempt is over: state is stored, the time of the attempt goes to GRS. */
export function finish(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (!policy) {
    afterApp(to, work);
    return to.step();
  }
  const removes = uninstalls(work, policy);
  const ended = signedOut(read, work, policy);
  const outcome = ended ? { state: 5000, errorCode: userSignedOut } : outcomeOf(work, removes);
  const detection = work.phase === 'after-install' ? (work.found[policy.id] ?? null) : null;
  const wantsRestart = outcome.state < 3000 && (work.exitType === 2 || work.exitType === 3);
  storeOutcome(
    to,
    read,
    work,
    policy,
    outcome,
    { compared: { exitCode: work.exitCode, detection } },
    ended ? rules.sessionEnds : wantsRestart ? rules.restart : rules.enforcementState,
  );
  if (outcome.state < 3000) {
    if (!removes) showAppToast(to, read, work.session, policy, 'ToastSuccessMessage');
    noteRestart(to, read, work, policy);
  } else if (!removes) showAppToast(to, read, work.session, policy, 'ToastFailureMessage');
  to.log(rules.installResult, msg.executionCompleted, [outcome.state < 3000 ? 'Success' : 'Failed']).enqueue(
    rules.contentRemoved,
    'win32.clean-cache',
    cleanUpAfter,
    {
      folder: cacheFolder(policy.id, policy.revision),
    },
  );
  afterApp(to, { ...work, grs: [...work.grs, [policy.id, work.began]] });
  return to.step();
}

const cleanUpAfter = rules.contentRemoved.parameters?.['after'] as ReturnType<typeof minutes>;

/** An installer that ran for a user has ended with the user's session. */
const signedOut = (read: DeviceReader, work: Work, policy: AppPolicy): boolean =>
  work.phase !== 'after-install' &&
  policy.runAs === 'user' &&
  read.users.every(({ sid, sessionId }) => sid !== work.session.sid || sessionId === null);

function outcomeOf(work: Work, removes: boolean): Outcome {
  const code = work.exitCode ?? 0;
  if (work.phase !== 'after-install') return { state: 5000, errorCode: hresultFromWin32(code) };
  const found = work.found[work.app] === 'Detected';
  if (work.exitType === 3) return { state: removes ? 2011 : 2008, errorCode: code };
  if (found === removes) return { state: 5000, errorCode: removes ? -2016215040 : notDetectedAfterInstall };
  if (work.exitType === 2) return { state: removes ? 1011 : 1000, errorCode: code };
  return { state: 1000, errorCode: 0 };
}

/** The cache folder of an app that was installed is removed. */
export function cleanCache(read: DeviceReader, entry: QueueEntry): Step {
  const { folder } = entry.data as { readonly folder: string };
  if (read.file(folder) === undefined) return nothing;
  return new StepBuilder(0).change(rules.contentRemoved, { kind: 'file.remove', path: folder }).step();
}
