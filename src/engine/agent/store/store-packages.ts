import type { DeviceReader, UserRead } from '../../device/device-reader.ts';
import type { RegistryHiveName } from '../../device/registry/registry-value.ts';
import { deviceScope } from '../paths.ts';
import type { AppPolicy } from '../policy/app-policy.ts';

/** A package of the Store as the package manager's source describes it. */
export interface OfferedPackage {
  readonly family: string;
  readonly version: string;
  readonly name: string;
  readonly url: string;
}

export const storeCatalogue = 'https://storeedgefd.dsp.mp.microsoft.com/v9.0/packageManifests';
export const windowsApps = 'C:\\Program Files\\WindowsApps';

/** Name of a version of a package as Windows writes it: `Name_1.2.3.4_x64__publisher`. */
export function fullName({ family, version }: Pick<OfferedPackage, 'family' | 'version'>): string {
  const [name = '', publisher = ''] = family.split('_');
  return `${name}_${version}_x64__${publisher}`;
}

/** Where a package is registered for all users, and for one. */
export const allUsersPackages =
  'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore\\Applications';
export const userPackages = (sid: string): string =>
  `${sid}\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages`;

/** Which package an app of the Store means on a device is remembered by its id: the Store names the family. */
export const familyMemory = (packageId: string): string => `store-family:${packageId}`;

/** The user for whom an app in user context is installed: the one of the scope, else who is signed in. */
export const storeUser = (read: DeviceReader, scope: string): UserRead | undefined =>
  scope === deviceScope
    ? read.users.find(({ sessionId }) => sessionId !== null)
    : read.users.find(({ entraId }) => entraId === scope);

const versionIn = (
  read: DeviceReader,
  hive: RegistryHiveName,
  path: string,
  family: string,
): string | null => {
  const [name = '', publisher = ''] = family.split('_');
  for (const key of read.key(hive, path)?.value.subKeys ?? []) {
    const [found, version, , , owner] = key.split('_');
    if (found === name && owner === publisher && version !== undefined) return version;
  }
  return null;
};

export const provisionedVersion = (read: DeviceReader, family: string): string | null =>
  versionIn(read, 'HKLM', allUsersPackages, family);
export const userVersion = (read: DeviceReader, sid: string, family: string): string | null =>
  versionIn(read, 'HKU', userPackages(sid), family);

/** Installed version of an app's package in its context; null: none. What is there for all users is there for each. */
export function installedVersion(read: DeviceReader, scope: string, policy: AppPolicy): string | null {
  const family =
    policy.storePackage === null ? undefined : read.memory(familyMemory(policy.storePackage))?.value;
  if (typeof family !== 'string') return null;
  const provisioned = provisionedVersion(read, family);
  if (provisioned !== null || policy.runAs === 'system') return provisioned;
  const user = storeUser(read, scope);
  return user === undefined ? null : userVersion(read, user.sid, family);
}

/** The Store's answer to a question for a package; undefined: it has none, or could not be asked. */
export function readOffer(status: unknown, body: string): OfferedPackage | undefined {
  if (status !== 200) return undefined;
  try {
    const answer = JSON.parse(body) as {
      Data?: {
        Versions?: readonly {
          PackageVersion?: unknown;
          DefaultLocale?: { PackageName?: unknown };
          Installers?: readonly { PackageFamilyName?: unknown; InstallerUrl?: unknown }[];
        }[];
      } | null;
    };
    const [newest] = answer.Data?.Versions ?? [];
    const [installer] = newest?.Installers ?? [];
    const [family, url] = [installer?.PackageFamilyName, installer?.InstallerUrl];
    return typeof newest?.PackageVersion === 'string' && typeof family === 'string' && typeof url === 'string'
      ? {
          family,
          version: newest.PackageVersion,
          name: String(newest.DefaultLocale?.PackageName ?? ''),
          url,
        }
      : undefined;
  } catch {
    return undefined;
  }
}
