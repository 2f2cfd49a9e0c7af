import type { Bytes } from '../../../base/bytes.ts';
import type { Host, RegistryPath, RegistryView } from '../../powershell/host.ts';
import { packGuid, readPackage } from './msi-package.ts';
import type { MsiPackage } from './msi-package.ts';

const uninstall = 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** A product Windows Installer knows on the device. */
export interface InstalledProduct {
  readonly productCode: string;
  readonly package: MsiPackage;
  readonly cachePath: string;
}

export const viewOf = (of: MsiPackage): RegistryView => (of.architecture === 'x86' ? '32' : '64');
export const uninstallKey = (of: MsiPackage): RegistryPath => ({
  hive: of.scope === 'user' ? 'HKCU' : 'HKLM',
  path: `${uninstall}\\${of.productCode.toUpperCase()}`,
});

/** Where the installer keeps what it knows of a product; per-user products are kept under the user's SID. */
export const productKey = (host: Host, productCode: string, scope: 'machine' | 'user'): RegistryPath => ({
  hive: 'HKLM',
  path: `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\UserData\\${scope === 'user' ? host.identity.sid : 'S-1-5-18'}\\Products\\${packGuid(productCode)}\\InstallProperties`,
});

/** The product of a code, read from the package that the installer cached. */
export function installedProduct(host: Host, productCode: string): InstalledProduct | undefined {
  for (const scope of ['machine', 'user'] as const) {
    const local = host.registry.value(productKey(host, productCode, scope), 'LocalPackage', '64');
    if (!local.ok || local.value.kind !== 'String') continue;
    const content = host.files.read(local.value.data);
    const cached = content.ok ? readPackage(content.value) : undefined;
    if (cached) return { productCode, package: cached, cachePath: local.value.data };
  }
  return undefined;
}

/** Installed products that a package upgrades: same upgrade code, another product code. */
export function relatedProducts(host: Host, of: MsiPackage): readonly InstalledProduct[] {
  if (of.upgradeCode === undefined) return [];
  const found: InstalledProduct[] = [];
  for (const view of ['64', '32'] as const) {
    const names = host.registry.subKeys({ hive: 'HKLM', path: uninstall }, view);
    for (const name of names.ok ? names.value : []) {
      if (!name.startsWith('{') || found.some((product) => product.productCode === name)) continue;
      const product = installedProduct(host, name);
      if (
        product?.package.upgradeCode?.toUpperCase() === of.upgradeCode.toUpperCase() &&
        name.toUpperCase() !== of.productCode.toUpperCase()
      )
        found.push(product);
    }
  }
  return found;
}

/** Name of a cached package: a number of its content. */
export function cacheName(content: Bytes): string {
  let h = 2166136261;
  for (let i = 0; i < content.length; i++) h = Math.imul(h ^ content.charCodeAt(i), 16777619);
  return `C:\\Windows\\Installer\\${(h >>> 8).toString(16).padStart(6, '0')}.msi`;
}
