import type { DriveValue } from './provider.ts';

/** Where a session stands. The current drive's own location is kept by the drive, as `C:` alone means it. */
export class Location {
  /** As shown: `C:\Users`, `HKLM:\Software`. */
  path: string;
  provider: string;
  /** Last location in a file system drive: what programs and .NET see. */
  private lastFileSystemPath: string;
  readonly stack: { path: string; provider: string }[] = [];
  constructor(path: string) {
    this.path = path;
    this.provider = 'FileSystem';
    this.lastFileSystemPath = path;
  }
  /** `providerPath` is where a drive that a script made really stands: `C:\\root\\x` for `ZD:\\x`. */
  set(path: string, provider: string, providerPath: string = path): void {
    this.path = path;
    this.provider = provider;
    if (provider === 'FileSystem') this.lastFileSystemPath = providerPath;
  }
  fileSystemPath(): string {
    return this.lastFileSystemPath;
  }
}

/** Drives by lower-case name. */
export type Drives = Map<string, DriveValue>;
