import type { OsName } from '../device-start.ts';

export interface WindowsVersion {
  /** As CIM and `systeminfo` name it. */
  readonly caption: string;
  /** As the registry names it: Windows 11 still calls itself 10 there. */
  readonly productName: string;
  readonly displayVersion: string;
  readonly build: number;
  readonly revision: number;
}

/** Each with the cumulative update of July 2025. */
export const windowsVersions: Readonly<Record<OsName, WindowsVersion>> = {
  'windows-10-22h2': {
    caption: 'Microsoft Windows 10 Enterprise',
    productName: 'Windows 10 Enterprise',
    displayVersion: '22H2',
    build: 19045,
    revision: 6093,
  },
  'windows-11-23h2': {
    caption: 'Microsoft Windows 11 Enterprise',
    productName: 'Windows 10 Enterprise',
    displayVersion: '23H2',
    build: 22631,
    revision: 5624,
  },
  'windows-11-24h2': {
    caption: 'Microsoft Windows 11 Enterprise',
    productName: 'Windows 10 Enterprise',
    displayVersion: '24H2',
    build: 26100,
    revision: 4652,
  },
};
