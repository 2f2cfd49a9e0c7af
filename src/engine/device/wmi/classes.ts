import { upperInvariant } from '../../clock/case.ts';
import type { CimClass } from './cim-value.ts';
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
];
const byName = new Map(all.map((one) => [upperInvariant(`${one.namespace}:${one.name}`), one]));

/** Lower case, with slashes. */
export const cimNamespaces: ReadonlySet<string> = new Set([
  'root',
  ...all.map((one) => one.namespace.toLowerCase()),
]);

/** `namespace` with slashes; compared without case. */
export function cimClass(namespace: string, name: string): CimClass | undefined {
  return byName.get(upperInvariant(`${namespace}:${name}`));
}
