import type { DeviceReader } from '../../device/device-reader.ts';
import type { AppPolicy } from '../policy/app-policy.ts';
import { policyOf } from '../policy/app-policy.ts';
import type { Relations } from '../policy/relations.ts';
import { relationsOf } from '../policy/relations.ts';
import { installedVersion } from '../store/store-packages.ts';
import { compareVersions } from './detection/compare.ts';
import type { Times } from './schedule.ts';
import { isBefore, timesOf } from './schedule.ts';
import { readEnforcement } from './state-message.ts';
import { grsOf } from './subgraph-stage.ts';
import type { Work } from './work.ts';

/** What is to be done with one app. */
export type Verdict = 'install' | 'uninstall' | 'download' | 'nothing' | 'in-grs' | 'waits' | 'uninstalled';

/** An app with what is to be done with it. */
export interface Judged {
  readonly policy: AppPolicy;
  readonly verdict: Verdict;
  readonly times: Times;
}

/** Judges the apps of a subgraph by what is known of them now. */
export function judge(
  read: DeviceReader,
  work: Work,
): { readonly judged: readonly Judged[]; readonly relations: Relations } {
  const policies = work.graph.apps.flatMap((app) => policyOf(read, app) ?? []);
  const relations = relationsOf(policies, work);
  const judged = policies.map((policy): Judged => {
    const times = timesOf(read, policy, policies, relations);
    return { policy, verdict: verdictOf(read, work, policy, relations, times), times };
  });
  return { judged, relations };
}

function verdictOf(
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  relations: Relations,
  { start, deadline }: Times,
): Verdict {
  const intent = relations.intents.get(policy.id);
  const detection = work.found[policy.id];
  const applicable = work.applicable[policy.id] === 0;
  if (detection === 'Failed' || detection === undefined) return 'nothing';
  if (intent === 4) {
    if (detection === 'NotDetected') return 'uninstalled';
    if (isBefore(read, start) || isBefore(read, deadline)) return 'waits';
    return mayTry(read, work, policy) ? 'uninstall' : 'in-grs';
  }
  if (intent !== 3 || !applicable) return 'nothing';
  if (detection === 'Detected' && !isOutdated(read, work, policy)) return 'nothing';
  if (isBefore(read, start)) return 'waits';
  if (isBefore(read, deadline))
    // Cached once; until the deadline there is nothing else to do. What it needs comes with it then.
    return policy.intent === 0 ||
      policy.storePackage !== null ||
      readEnforcement(read, work.graph.scope, policy)?.EnforcementState === 2009
      ? 'waits'
      : 'download';
  return mayTry(read, work, policy) ? 'install' : 'in-grs';
}

/** An app of the Store is wanted in its newest version. */
function isOutdated(read: DeviceReader, work: Work, policy: AppPolicy): boolean {
  const latest = work.latest?.[policy.id];
  const installed = latest === undefined ? null : installedVersion(read, work.graph.scope, policy);
  return latest !== undefined && installed !== null && (compareVersions(installed, latest) ?? 0) < 0;
}

const mayTry = (read: DeviceReader, work: Work, policy: AppPolicy): boolean =>
  work.requested !== null || grsOf(read, work.graph, policy.id).expired;
