import { upperInvariant } from '../../clock/case.ts';
import { group, groupUser, userAccount } from './accounts.ts';
import type { CimClass } from './cim-value.ts';
import { environment, registryProvider, startupCommand } from './environment.ts';
import {
  antiVirusProduct,
  baseBoard,
  battery,
  deviceDetail,
  diskDrive,
  encryptableVolume,
  systemInformation,
  tpm,
  videoController,
} from './hardware.ts';
import {
  bios,
  computerSystem,
  computerSystemProduct,
  logicalDisk,
  operatingSystem,
  processor,
  timeZone,
} from './operating-system.ts';
import { installedWin32Program, product, quickFix, userProfile } from './software.ts';
import {
  networkAdapter,
  networkAdapterConfiguration,
  physicalMemory,
  process,
  service,
  systemEnclosure,
} from './system.ts';

const all: readonly CimClass[] = [
  bios,
  computerSystem,
  computerSystemProduct,
  installedWin32Program,
  logicalDisk,
  networkAdapter,
  networkAdapterConfiguration,
  operatingSystem,
  physicalMemory,
  process,
  processor,
  product,
  quickFix,
  service,
  systemEnclosure,
  timeZone,
  userProfile,
  antiVirusProduct,
  baseBoard,
  battery,
  deviceDetail,
  diskDrive,
  encryptableVolume,
  environment,
  group,
  registryProvider('root/cimv2'),
  registryProvider('root/default'),
  startupCommand,
  systemInformation,
  tpm,
  userAccount,
  groupUser,
  videoController,
];
const byName = new Map(all.map((one) => [upperInvariant(`${one.namespace}:${one.name}`), one]));

/** Lower case, with slashes. */
export const cimNamespaces: ReadonlySet<string> = new Set(
  all.flatMap(({ namespace }) => {
    const parts = namespace.toLowerCase().split('/');
    return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
  }),
);

/** `namespace` with slashes; compared without case. */
export function cimClass(namespace: string, name: string): CimClass | undefined {
  return byName.get(upperInvariant(`${namespace}:${name}`));
}
