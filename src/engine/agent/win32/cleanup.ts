import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import * as msg from '../messages/subgraph-messages.ts';
import {
  authorityKey,
  deviceScope,
  grsKey,
  operationalKey,
  reportingKey,
  statusReportsKey,
  win32AppsKey,
} from '../paths.ts';
import { documentsOf } from '../policy/app-policy.ts';
import { sessionSubgraphs } from '../policy/subgraph.ts';
import * as rules from '../rules/cleanup-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import { text } from '../step-builder.ts';
import { desiredStates } from '../state-names.ts';
import { jsonValue } from './stored.ts';

/** An app of which state is stored although it reaches the device, or its user, no more. */
export type GoneApp = {
  readonly scope: string;
  readonly app: string;
  /** Names of its keys, `{id}_{revision}`. */
  readonly keys: readonly string[];
};

const memoryOf = (user: string): string => `apps-of:${user}`;
const cleanup = 100;

/** Apps of a session by scope, as one text: the same as long as no other answer came. */
function liveText(read: DeviceReader, user: string): string {
  const documents = documentsOf(read);
  let texts = liveTexts.get(documents);
  if (texts === undefined) liveTexts.set(documents, (texts = new Map()));
  let live = texts.get(user);
  if (live === undefined) {
    live = sessionSubgraphs(read, user)
      .flatMap(({ scope, apps }) => apps.map((app) => `${scope}|${app}`))
      .sort()
      .join(' ');
    texts.set(user, live);
  }
  return live;
}

const liveTexts = new WeakMap<object, Map<string, string>>();

/**
 * Apps with stored state that the session's answer does not have. State is looked through only where the answer names
 * other apps than the last time, so an idle check-in costs nothing; a user who is not signed in keeps everything.
 */
export function goneApps(read: DeviceReader, user: string): readonly GoneApp[] {
  const live = liveText(read, user);
  if (read.memory(memoryOf(user))?.value === live) return [];
  const known = new Set(live.split(' '));
  const gone: GoneApp[] = [];
  for (const scope of new Set([deviceScope, user])) {
    const keys = new Map<string, string[]>();
    for (const name of read.key('HKLM', `${win32AppsKey}\\${scope}`)?.value.subKeys ?? []) {
      const app = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_\d+$/i.exec(name)?.[1];
      if (app === undefined || known.has(`${scope}|${app}`)) continue;
      keys.set(app, [...(keys.get(app) ?? []), name]);
    }
    for (const [app, names] of keys) gone.push({ scope, app, keys: names });
  }
  return gone;
}

/** Notes that nothing is left of apps that reach the session no more. */
export function noteClean(to: StepBuilder, read: DeviceReader, user: string): void {
  const live = liveText(read, user);
  if (read.memory(memoryOf(user))?.value !== live) to.memory(rules.cleanupScan, memoryOf(user), live);
}

/** Sets the state of gone apps to Cleanup and gives the rows that tell the service. */
export function cleanupRows(
  to: StepBuilder,
  read: DeviceReader,
  gone: readonly GoneApp[],
): readonly QueueData[] {
  const rows: QueueData[] = [];
  for (const { scope, app, keys } of gone)
    for (const name of keys) {
      const path = `${win32AppsKey}\\${scope}\\${name}\\ComplianceStateMessage`;
      const stored = read.value('HKLM', path, 'ComplianceStateMessage');
      const before = jsonValue(stored);
      if (before === undefined) continue;
      const now = { ...before, ComplianceState: cleanup, DesiredState: 0 };
      if (before['ComplianceState'] !== cleanup) {
        const desired = desiredStates[before['DesiredState'] as keyof typeof desiredStates] ?? null;
        to.set(rules.cleanupState, path, 'ComplianceStateMessage', text(JSON.stringify(now)), {
          cause: stored?.writer ?? null,
          compared: { targeted: false },
        }).log(rules.cleanupState, msg.desiredDelta, [
          app,
          JSON.stringify({ DesiredState: { OldValue: desired, NewValue: 'None' } }),
        ]);
      }
      rows.push({
        AppId: app,
        InternalVersion: Number(name.slice(app.length + 1)),
        UserId: scope,
        DeviceId: read.intuneDeviceId,
        ExitCode: null,
        ComplianceStateMessage: now as QueueData,
        EnforcementStateMessage: null,
        ApplicationName: null,
      });
    }
  return rows;
}

/** The service knows: what is stored of gone apps is removed. */
export function removeGone(
  to: StepBuilder,
  read: DeviceReader,
  user: string,
  gone: readonly GoneApp[],
): void {
  const remove = (path: string): void => {
    if (read.key('HKLM', path) !== undefined)
      to.change(rules.cleanupKeys, { kind: 'registry.delete-key', hive: 'HKLM', path });
  };
  for (const { scope, app, keys } of gone) {
    for (const name of keys) remove(`${win32AppsKey}\\${scope}\\${name}`);
    remove(reportingKey(scope, app));
    remove(operationalKey(scope, app));
    remove(`${statusReportsKey}\\${user}\\${app}`);
    if (scope !== user) remove(`${statusReportsKey}\\${scope}\\${app}`);
    if (read.value('HKLM', authorityKey, app) !== undefined)
      to.change(rules.cleanupKeys, {
        kind: 'registry.delete-value',
        hive: 'HKLM',
        path: authorityKey,
        name: app,
      });
    removeGrs(to, read, scope, app);
  }
}

function removeGrs(to: StepBuilder, read: DeviceReader, scope: string, app: string): void {
  for (const hash of read.key('HKLM', `${win32AppsKey}\\${scope}\\GRS`)?.value.subKeys ?? []) {
    const path = grsKey(scope, hash);
    const names = read.key('HKLM', path)?.value.valueNames ?? [];
    if (!names.includes(app)) continue;
    to.change(
      rules.cleanupGrs,
      names.length === 1
        ? { kind: 'registry.delete-key', hive: 'HKLM', path }
        : { kind: 'registry.delete-value', hive: 'HKLM', path, name: app },
    );
  }
}
