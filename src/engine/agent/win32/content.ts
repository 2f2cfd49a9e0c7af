import type { DeviceReader } from '../../device/device-reader.ts';
import { bytes } from '../../../base/bytes.ts';
import type { QueueData } from '../../device/change.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/install-messages.ts';
import * as main from '../messages/service-messages.ts';
import * as graphMsg from '../messages/subgraph-messages.ts';
import {
  cacheFolder,
  grsKey,
  incomingFile,
  operationalKey,
  reevaluationKey,
  stagingFolder,
} from '../paths.ts';
import { showAppToast } from '../notification/toast.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import { webRequest } from '../rules/check-in-rules.ts';
import * as rules from '../rules/enforcement-rules.ts';
import { callGateway, gatewayAnswer, logAnswer, newGuid } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { contentInfoFailed, downloadFailed, unzipFailed } from '../state-names.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import { afterApp, storeOutcome } from './outcome.ts';
import { openPackage, readDecryptInfo, unpackFolder, verifyPackage } from './package.ts';
import { enforcementDelta } from './report-delta.ts';
import { readEnforcement, targetingMethod, writeEnforcement } from './state-message.ts';
import { stageTimes } from './timing.ts';
import type { Work } from './work.ts';
import { runs, workOf } from './work.ts';

/** Content that is unpacked already is used; else the service is asked where it is. */
export function fetchContent(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy): void {
  to.log(rules.contentInfo, msg.downloadInvoked, [policy.id, policy.revision]);
  if (!work.removes.includes(policy.id))
    showAppToast(
      to,
      read,
      work.session,
      policy,
      policy.intent === 0 ? 'ToastDependencyAppInstall' : 'ToastDownloadingMessage',
    );
  to.log(rules.contentInfo, msg.downloading, [work.session.session, policy.id]);
  if (read.file(cacheFolder(policy.id, policy.revision))?.value.kind === 'directory') {
    to.log(rules.contentReused, msg.cacheFound, [policy.id]).enqueue(
      rules.contentReused,
      'win32.content-ready',
      stageTimes.launch,
      work,
    );
    return;
  }
  const request: QueueData = {
    ApplicationId: policy.id,
    ApplicationVersion: policy.revision,
    ApplicationName: policy.name,
    Intent: policy.intent,
    ContentInfo: null,
    UploadLocation: null,
    TargetingMethod: targetingMethod(policy),
    ErrorCode: null,
    TargetType: policy.targetType,
    InstallContext: policy.runAs === 'user' ? 1 : 2,
    EspPhase: 2,
    AssignmentFilterIds: null,
    ManagedInstallerStatus: 1,
  };
  const previous = readEnforcement(read, work.graph.scope, policy)?.ErrorCode ?? 0;
  to.log(rules.contentInfo, msg.getContentInfo)
    .log(rules.contentInfo, msg.previousResults, [work.session.user])
    .log(rules.contentInfo, msg.previousChecked, [previous])
    .log(rules.contentInfo, msg.contentInfoRequest, [JSON.stringify(request)])
    .log(rules.contentInfo, msg.downloadReason, [work.reason]);
  callGateway(
    to,
    read,
    work,
    { contentType: 'GetContentInfo', payload: request },
    'win32.content-info',
    work,
  );
}

/** The service has said where the content is. */
export function contentInfoAnswer(read: DeviceReader, entry: QueueEntry): Step {
  const work = plainWork(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  const answer = gatewayAnswer(entry.data);
  logAnswer(to, answer?.sessionId ?? null);
  const info = answer?.payload as { readonly ContentInfo?: unknown; readonly DecryptInfo?: unknown } | null;
  const url = uploadLocation(info?.ContentInfo);
  if (policy && answer === null) {
    // Nobody answered: that says nothing about the app.
    notReached(to, read, work, policy, contentInfoFailed);
    return to.step();
  }
  if (!policy || url === undefined || typeof info?.DecryptInfo !== 'string') {
    if (policy) fail(to, read, work, policy, contentInfoFailed);
    else afterApp(to, work);
    return to.step();
  }
  const key = operationalKey(work.graph.scope, policy.id);
  const before = readEnforcement(read, work.graph.scope, policy);
  writeEnforcement(to, work.graph.scope, policy, 2000, null);
  to.log(rules.contentInfo, msg.contentInfo, [JSON.stringify(info)])
    .log(rules.contentDownload, msg.downloadUrl, [0, url])
    .log(rules.contentDownload, msg.cacheMiss, [policy.id, policy.name])
    .log(rules.contentDownload, msg.downloadTime, [work.session.user])
    .set(rules.operationalState, key, 'DownloadStatus', text('InProgress'))
    .set(rules.operationalState, key, 'DownloadStartTime', text(utcText(read.now)))
    .log(rules.contentDownload, msg.newJob, [fileId(read, policy), url])
    .log(rules.contentDownload, msg.destination, [incomingFile(policy.id, policy.revision)])
    .log(rules.contentDownload, msg.job, [newGuid(read, 'agent.download-job')])
    .log(rules.downloadPriority, msg.jobDefaultPriority)
    .log(rules.downloadPriority, msg.jobPriority)
    .log(rules.contentDownload, main.waitingForJobs, [1_800_000, 1])
    .log(rules.downloadState, msg.downloadDelta, [
      policy.id,
      enforcementDelta(before, { EnforcementState: 2000, ErrorCode: null }),
    ])
    .request(webRequest, { method: 'GET', url }, 'win32.downloaded', {
      ...work,
      downloadUrl: url,
      decryptInfo: info.DecryptInfo,
    });
  return to.step();
}

function uploadLocation(contentInfo: unknown): string | undefined {
  try {
    const info = JSON.parse(String(contentInfo)) as { UploadLocation?: unknown };
    return typeof info.UploadLocation === 'string' ? info.UploadLocation : undefined;
  } catch {
    return undefined;
  }
}

/** Name of the file in Delivery Optimization: four ids, then app and revision. */
const fileId = (read: DeviceReader, policy: AppPolicy): string =>
  `${[1, 2, 3, 4].map(() => newGuid(read, 'agent.download-file')).join('_')}-intunewin-bin_${policy.id}_${policy.revision}`;

/** The download has ended. */
export function downloaded(read: DeviceReader, entry: QueueEntry): Step {
  const work = plainWork(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  const { status, body } = entry.data as { readonly status?: unknown; readonly body?: unknown };
  if (!policy || status !== 200 || typeof body !== 'string') {
    if (policy) notReached(to, read, work, policy, downloadFailed);
    else afterApp(to, work);
    return to.step();
  }
  to.log(rules.contentDownload, main.jobComplete)
    .log(rules.downloadState, msg.progress, [
      policy.id,
      policy.name,
      body.length,
      body.length,
      work.session.user,
    ])
    .log(rules.downloadState, msg.noProgressSubscribers)
    .change(rules.contentDownload, {
      kind: 'file.write',
      path: incomingFile(policy.id, policy.revision),
      content: bytes(body),
    })
    .set(
      rules.operationalState,
      operationalKey(work.graph.scope, policy.id),
      'DownloadStatus',
      text('Completed'),
    )
    .log(rules.downloadState, msg.downloadCompleted, ['Success'])
    .enqueue(rules.contentVerified, 'win32.verify', stageTimes.verify, work);
  return to.step();
}

/** Content that could not be reached leaves the way free for the next check-in. */
function notReached(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  errorCode: number,
): void {
  const { scope, hash } = work.graph;
  const rule = errorCode === downloadFailed ? rules.downloadFails : rules.contentNotReached;
  to.log(rules.downloadState, msg.downloadCompleted, ['Failed'])
    .log(rule, msg.clearing)
    .log(rule, graphMsg.grsCleared, [policy.id, scope])
    .change(rule, {
      kind: 'registry.delete-value',
      hive: 'HKLM',
      path: reevaluationKey(scope),
      name: hash,
    });
  if (read.value('HKLM', grsKey(scope, hash), policy.id) !== undefined)
    to.change(rule, {
      kind: 'registry.delete-value',
      hive: 'HKLM',
      path: grsKey(scope, hash),
      name: policy.id,
    });
  storeOutcome(to, read, work, policy, { state: 5003, errorCode });
  afterApp(to, work);
}

/** Phase 2: authentication code and hash. */
export function verify(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  const info = readDecryptInfo(work.decryptInfo);
  const content = policy && read.content(incomingFile(policy.id, policy.revision));
  if (!policy) afterApp(to, work);
  else if (!info || content === undefined || !verifyPackage(content, info)) {
    to.log(rules.contentVerified, msg.verifying).log(rules.contentVerified, msg.decryptionFailed, [
      policy.id,
    ]);
    fail(to, read, work, policy, unzipFailed);
  } else
    to.log(rules.contentVerified, msg.fileSize, [grouped(content.length)])
      .log(rules.contentVerified, msg.verifying)
      .log(rules.contentVerified, msg.hashPass)
      .enqueue(rules.contentVerified, 'win32.decrypt', stageTimes.decrypt, work);
  return to.step();
}

export function decrypt(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  const info = readDecryptInfo(work.decryptInfo);
  const content = policy && read.content(incomingFile(policy.id, policy.revision));
  const zip = info && content !== undefined ? openPackage(content, info) : undefined;
  if (!policy) afterApp(to, work);
  else if (zip === undefined) {
    to.log(rules.contentVerified, msg.decryptionFailed, [policy.id]);
    fail(to, read, work, policy, unzipFailed);
  } else
    to.change(rules.contentVerified, {
      kind: 'file.write',
      path: stagedZip(policy),
      content: zip,
    })
      .log(rules.contentVerified, msg.decrypted)
      .enqueue(rules.contentUnpacked, 'win32.unzip', stageTimes.unzip, work);
  return to.step();
}

const stagedZip = (policy: AppPolicy): string =>
  `${stagingFolder(policy.id, policy.revision)}\\${policy.id}_${policy.revision}.zip`;

/** Phase 3: unpacked to the cache, what lies between is cleaned up. */
export function unzip(read: DeviceReader, entry: QueueEntry): Step {
  const work = workOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (!policy) {
    afterApp(to, work);
    return to.step();
  }
  const folder = cacheFolder(policy.id, policy.revision);
  const zip = read.content(stagedZip(policy));
  const files = zip === undefined ? undefined : unpackFolder(zip, read.disk.free);
  if (files === undefined) {
    fail(to, read, work, policy, unzipFailed);
    return to.step();
  }
  to.log(rules.contentUnpacked, msg.unzipping, [
    work.session.session,
    stagedZip(policy),
    folder.replace('C:\\Windows', 'C:\\WINDOWS'),
  ]).change(rules.contentUnpacked, { kind: 'file.create-directory', path: folder });
  for (const { name, content } of files) {
    const path = `${folder}\\${name}`;
    to.change(
      rules.contentUnpacked,
      content === null ? { kind: 'file.create-directory', path } : { kind: 'file.write', path, content },
    );
  }
  const staging = stagingFolder(policy.id, policy.revision);
  const before = readEnforcement(read, work.graph.scope, policy);
  to.log(rules.contentUnpacked, msg.cleaning, [staging])
    .change(rules.contentUnpacked, { kind: 'file.remove', path: staging })
    .change(rules.contentUnpacked, {
      kind: 'file.remove',
      path: incomingFile(policy.id, policy.revision),
    });
  writeEnforcement(to, work.graph.scope, policy, 2009, null);
  to.log(rules.downloadState, msg.downloadDelta, [
    policy.id,
    enforcementDelta(before, { EnforcementState: 2009, ErrorCode: null }),
  ]).enqueue(rules.contentUnpacked, 'win32.content-ready', stageTimes.launch, {
    ...work,
    downloadUrl: '',
    decryptInfo: '',
  });
  return to.step();
}

function fail(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy, errorCode: number): void {
  // What is of no use is not left lying about.
  for (const path of [incomingFile(policy.id, policy.revision), stagingFolder(policy.id, policy.revision)])
    if (read.file(path) !== undefined) to.change(rules.contentUnpacked, { kind: 'file.remove', path });
  storeOutcome(to, read, work, policy, { state: 5003, errorCode });
  afterApp(to, { ...work, grs: [...work.grs, [policy.id, read.now]] });
}

/** The work without what an answer added to the entry. */
function plainWork(entry: QueueEntry): Work {
  const {
    status: _status,
    body: _body,
    headers: _headers,
    ...work
  } = entry.data as unknown as Work & {
    readonly status?: unknown;
    readonly body?: unknown;
    readonly headers?: unknown;
  };
  return work;
}

const grouped = (value: number): string => `${String(value).replace(/\B(?=(\d{3})+$)/g, ',')}.00`;
