import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../../base/bytes.ts';
import { toUint8Array, utf8Encode } from '../../base/bytes.ts';
import type { Instant } from '../../base/time.ts';
import { days } from '../../base/time.ts';
import type { CloudDevice, CloudState } from './cloud-state.ts';
import { guidFromHash } from './guid-from-hash.ts';

/** Where the tenant's scale unit stands, which decides the hosts that its devices download the agent from. */
export const regions = ['north-america', 'europe', 'asia-pacific'] as const;
export type Region = (typeof regions)[number];

/** A version that the service gives out; from `at` on, within `days`, each device is sent it. */
export interface AgentRelease {
  readonly version: string;
  readonly at: Instant;
  readonly days: number;
}

/** Days over which a release reaches all devices where nothing is said (inferred: the real pace is not public). */
export const rolloutDays = 3;

const old: Readonly<Record<Region, string>> = {
  'north-america': 'naprodimedata',
  europe: 'euprodimedata',
  'asia-pacific': 'approdimedata',
};
const present: Readonly<Record<Region, string>> = {
  'north-america': 'imeswda-afd',
  europe: 'imeswdb-afd',
  'asia-pacific': 'imeswdc-afd',
};

/** Hosts of azureedge.net until the spring of 2025, then of manage.microsoft.com; versions of that time are inferred. */
const manageHostsSince = '1.90';

/** Delivery hosts of the agent's package for a region, the first one first, as jobs for that version named them. */
export const agentHostsOf = (region: Region, version: string): readonly string[] =>
  older(version, manageHostsSince)
    ? [`${old[region]}pri.azureedge.net`, `${old[region]}sec.azureedge.net`]
    : [
        `${present[region]}-primary.manage.microsoft.com`,
        `${present[region]}-secondary.manage.microsoft.com`,
      ];

/** All of them. */
export const agentHosts: ReadonlySet<string> = new Set(
  regions.flatMap((region) => ['0', manageHostsSince].flatMap((version) => agentHostsOf(region, version))),
);

/** The code changes with each package; those of 1.101 and 1.103 are public, others follow from the version. */
const productCodes: Readonly<Record<string, string>> = {
  '1.101': '{CEFAEC57-33DC-4775-BFD2-561699357699}',
  '1.103': '{58976FF3-87CA-4691-BDFC-671F37F07CB6}',
};
export const agentProductCode = (version: string): string =>
  productCodes[version.split('.').slice(0, 2).join('.')] ??
  `{${guidFromHash('agent-product', version.split('.').slice(0, 2).join('.')).toUpperCase()}}`;

/** The agent's package on its delivery host. Its bytes name the version only; the device's installer knows what it puts where. */
export const agentPackage = (version: string): Bytes => utf8Encode(`IntuneWindowsAgent.msi ${version}\n`);

/** The version that a device is to have now: the newest release whose turn has come for it, or what it was enrolled with. */
export function targetVersion(state: CloudState, device: CloudDevice, at: Instant): string {
  let target = device.agentVersion;
  for (const { version, at: released, days: span } of state.agents.releases)
    if (at >= released + span * turnOf(device.id, version) && older(target, version)) target = version;
  return target;
}

/** 0 to 1: how far into a rollout a device comes. */
function turnOf(device: string, version: string): number {
  const digest = sha256(toUint8Array(utf8Encode(`agent-rollout\n${device}\n${version}`)));
  return ((((digest[0] ?? 0) << 16) | ((digest[1] ?? 0) << 8) | (digest[2] ?? 0)) / 0x1000000) * days(1);
}

/** True where version `a` is older than `b`. */
export function older(a: string, b: string): boolean {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
