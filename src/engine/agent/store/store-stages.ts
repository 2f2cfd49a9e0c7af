import { bytes } from '../../../base/bytes.ts';
import { utf8Decode } from '../../../base/bytes.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/store-messages.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import { durations } from '../rules/enforcement-rules.ts';
import * as rules from '../rules/store-rules.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder, text } from '../step-builder.ts';
import { concludeDetection } from '../win32/detection/detect-stage.ts';
import { afterApp, storeOutcome } from '../win32/outcome.ts';
import { unpackFolder } from '../win32/package.ts';
import { stageTimes } from '../win32/timing.ts';
import type { Detection, Work } from '../win32/work.ts';
import { runs } from '../win32/work.ts';
import type { OfferedPackage } from './store-packages.ts';
import {
  allUsersPackages,
  familyMemory,
  fullName,
  installedVersion,
  provisionedVersion,
  readOffer,
  storeUser,
  userPackages,
  userVersion,
  windowsApps,
} from './store-packages.ts';
import type { Operation } from './store-search.ts';
import { helperEnds } from './store-search.ts';

/** The answer of a host without what it added to the entry's data. */
function answerOf(entry: QueueEntry): { work: Work; status: unknown; body: string } {
  const {
    status,
    body,
    headers: _headers,
    ...work
  } = entry.data as unknown as Work & {
    readonly status?: unknown;
    readonly body?: unknown;
    readonly headers?: unknown;
  };
  return { work, status, body: typeof body === 'string' ? body : '' };
}

/** The Store has said what it offers; whether the package is there is looked up on the device. */
export function storeDetected(read: DeviceReader, entry: QueueEntry): Step {
  const { work, status, body } = answerOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (policy === undefined || policy.storePackage === null) return nothing;
  const offer = readOffer(status, utf8Decode(bytes(body)));
  source(to, status === 200 ? 1 : null);
  if (offer && read.memory(familyMemory(policy.storePackage))?.value !== offer.family)
    to.memory(rules.storeSource, familyMemory(policy.storePackage), offer.family);
  const version =
    offer === undefined
      ? installedVersion(read, work.graph.scope, policy)
      : versionThere(read, work, policy, offer.family);
  const state: Detection = version === null ? 'NotDetected' : 'Detected';
  if (policy.runAs === 'user') helperEnds(to, 'Detection');
  else to.log(rules.storeDetection, msg.resultOfDetection, [state]);
  to.log(rules.storeOperation, msg.operationCompleted, ['Detection', policy.id, policy.storePackage]).log(
    rules.storeDetection,
    msg.detectionCompleted,
    [policy.id, state, version ?? ''],
    { compared: { installed: version, offered: offer?.version ?? null } },
  );
  concludeDetection(
    to,
    offer === undefined ? work : { ...work, latest: { ...work.latest, [policy.id]: offer.version } },
    state,
  );
  return to.step();
}

/** As `installedVersion`, for a family that was only now learned. */
function versionThere(read: DeviceReader, work: Work, policy: AppPolicy, family: string): string | null {
  const provisioned = provisionedVersion(read, family);
  if (provisioned !== null || policy.runAs === 'system') return provisioned;
  const user = storeUser(read, work.graph.scope);
  return user === undefined ? null : userVersion(read, user.sid, family);
}

function source(to: StepBuilder, packages: number | null): void {
  if (packages === null) {
    to.log(rules.storeSource, msg.connected, ['CatalogError', '0x80072EE7']);
    return;
  }
  to.log(rules.storeSource, msg.connected, ['Ok', '0x00000000'])
    .log(rules.storeSource, msg.initialized)
    .log(rules.storeSource, msg.searched)
    .log(rules.storeSource, msg.found, [packages]);
}

/** WININET_E_NAME_NOT_RESOLVED, and the package manager's "no packages found". */
const notResolved = -2147012889;
const noPackage = -1978335212;

/** The Store has said where the package is: it is downloaded. */
export function storeOffered(read: DeviceReader, entry: QueueEntry): Step {
  const { work, status, body } = answerOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (policy === undefined || policy.storePackage === null) return nothing;
  const offer = readOffer(status, utf8Decode(bytes(body)));
  source(to, status === 200 ? 1 : null);
  if (offer === undefined) {
    failed(to, read, work, policy, status === 404 ? noPackage : notResolved);
    return to.step();
  }
  to.log(rules.storeDownload, msg.stateMachine)
    .log(rules.storeDownload, msg.transition, ['Install In Progress', 'Download Started'])
    .request(rules.storeExecution, { method: 'GET', url: offer.url }, 'store.downloaded', {
      ...work,
      downloadUrl: JSON.stringify(offer),
    });
  return to.step();
}

/** The package is there: it is unpacked and registered a little later. */
export function storeDownloaded(read: DeviceReader, entry: QueueEntry): Step {
  const { work, status, body } = answerOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (policy === undefined) return nothing;
  const offer = JSON.parse(work.downloadUrl) as OfferedPackage;
  const files = status === 200 ? unpackFolder(bytes(body), read.disk.free) : undefined;
  if (files === undefined) {
    failed(to, read, work, policy, notResolved);
    return to.step();
  }
  const size = body.length;
  to.log(rules.storeDownload, msg.packageProgress, [size, size, 1, 0])
    .log(rules.storeDownload, msg.progress, [policy.id, policy.name, size, size, work.session.user])
    .log(rules.storeDownload, msg.transition, ['Download In Progress', 'Download Finished'])
    .log(rules.storeDownload, msg.transition, ['Download Complete', 'Continue Install']);
  if (policy.runAs === 'user')
    to.log(rules.storeHelperResult, msg.helperDownloads, [policy.id, work.session.user, size, size]);
  const folder = `${windowsApps}\\${fullName(offer)}`;
  to.change(rules.storePackage, { kind: 'file.create-directory', path: folder });
  for (const { name, content } of files)
    to.change(
      rules.storePackage,
      content === null
        ? { kind: 'file.create-directory', path: `${folder}\\${name}` }
        : { kind: 'file.write', path: `${folder}\\${name}`, content },
    );
  to.enqueue(durations, 'store.register', stageTimes.unzip, work);
  return to.step();
}

/** The unpacked package is registered, in place of an older version. */
export function storeRegister(read: DeviceReader, entry: QueueEntry): Step {
  const { work } = answerOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (policy === undefined) return nothing;
  const offer = JSON.parse(work.downloadUrl) as OfferedPackage;
  to.log(rules.storeDownload, msg.packageProgress, [0, 0, 1, 1]);
  if (policy.runAs === 'user')
    to.log(rules.storeHelperResult, msg.helperInstalls, [policy.id, work.session.user]);
  const users = read.users.filter(({ sid }) => userVersion(read, sid, offer.family) !== null);
  const provisioned = provisionedVersion(read, offer.family);
  if (policy.runAs === 'user') {
    const user = storeUser(read, work.graph.scope);
    if (user !== undefined) {
      removeVersion(to, read, 'user', user.sid, offer.family);
      register(to, 'user', user.sid, offer);
    }
  } else if (users.length > 0 && provisioned === null)
    to.log(rules.storeMixed, msg.executionResult, ['Install', 'Ok'], {
      compared: { installedFor: users.map(({ name }) => name).join(', ') },
    });
  else {
    removeVersion(to, read, 'all', '', offer.family);
    register(to, 'all', '', offer);
  }
  completed(to, work, policy, 'Install', 'Success', '');
  detectAgain(to, work);
  return to.step();
}

type Registered = 'all' | 'user';

function register(to: StepBuilder, who: Registered, sid: string, offer: OfferedPackage): void {
  const name = fullName(offer);
  const folder = `${windowsApps}\\${name}`;
  const [hive, path] =
    who === 'all'
      ? (['HKLM', `${allUsersPackages}\\${name}`] as const)
      : (['HKU', `${userPackages(sid)}\\${name}`] as const);
  const values =
    who === 'all'
      ? [['Path', `${folder}\\AppxManifest.xml`]]
      : [
          ['PackageID', name],
          ['DisplayName', offer.name],
          ['PackageRootFolder', folder],
        ];
  for (const [value = '', data = ''] of values)
    to.change(rules.storePackage, { kind: 'registry.set', hive, path, name: value, value: text(data) });
}

/** What is registered of a family goes, with its folder. */
function removeVersion(
  to: StepBuilder,
  read: DeviceReader,
  who: Registered,
  sid: string,
  family: string,
): void {
  const version = who === 'all' ? provisionedVersion(read, family) : userVersion(read, sid, family);
  if (version === null) return;
  const name = fullName({ family, version });
  to.change(rules.storePackage, {
    kind: 'registry.delete-key',
    hive: who === 'all' ? 'HKLM' : 'HKU',
    path: `${who === 'all' ? allUsersPackages : userPackages(sid)}\\${name}`,
  });
  const folder = `${windowsApps}\\${name}`;
  if (read.file(folder) !== undefined) to.change(rules.storePackage, { kind: 'file.remove', path: folder });
}

/** The package is taken away, of all users or of one. */
export function storeUninstall(read: DeviceReader, entry: QueueEntry): Step {
  const { work } = answerOf(entry);
  if (!runs(read, work)) return nothing;
  const to = new StepBuilder(work.thread);
  const policy = policyOf(read, work.app);
  if (policy === undefined || policy.storePackage === null) return nothing;
  const family = read.memory(familyMemory(policy.storePackage))?.value;
  if (typeof family === 'string') {
    removeVersion(to, read, 'all', '', family);
    const user = policy.runAs === 'user' ? storeUser(read, work.graph.scope) : undefined;
    if (user !== undefined) removeVersion(to, read, 'user', user.sid, family);
  }
  completed(to, work, policy, 'Uninstall', 'Success', '');
  detectAgain(to, work);
  return to.step();
}

function completed(
  to: StepBuilder,
  work: Work,
  policy: AppPolicy,
  operation: Operation,
  status: 'Success' | 'Failed',
  message: string,
): void {
  if (policy.runAs === 'user') helperEnds(to, operation);
  else to.log(rules.storeExecution, msg.executionResult, [operation, status === 'Success' ? 'Ok' : 'Error']);
  to.log(rules.storeOperation, msg.operationCompleted, [operation, policy.id, policy.storePackage]).log(
    rules.storeExecution,
    msg.executionCompleted,
    [policy.id, status, status === 'Success' ? 'Success' : 'Error', message, status],
    { compared: { attempt: work.attempt } },
  );
}

const detectAgain = (to: StepBuilder, work: Work): StepBuilder =>
  to.enqueue(rules.storeExecution, 'win32.detect', stageTimes.detectionRule, {
    ...work,
    downloadUrl: '',
    phase: 'after-install',
    rule: 0,
    exitCode: null,
    exitType: success,
  });

/** Type of a return code: success. */
const success = 1;

function failed(to: StepBuilder, read: DeviceReader, work: Work, policy: AppPolicy, errorCode: number): void {
  completed(to, work, policy, 'Install', 'Failed', `0x${(errorCode >>> 0).toString(16).toUpperCase()}`);
  storeOutcome(to, read, work, policy, { state: 5000, errorCode });
  afterApp(to, { ...work, grs: [...work.grs, [policy.id, work.began]] });
}
