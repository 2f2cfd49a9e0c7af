import { utf8Decode } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';

/**
 * A sample MSI package: a file `*.msi` whose content is this as JSON in UTF-8. Only a simulated device reads it. Texts
 * may hold `%NAME%` for environment variables (%ProgramFiles%), for public properties of the command line or of
 * `properties`, and for %INSTALLDIR%.
 */
export interface MsiPackage {
  readonly format: 'sidecar-msi/1';
  /** `{GUID}` in upper case; a new one for each version that upgrades the last. */
  readonly productCode: string;
  /** Installed products with the same upgrade code and a lower version are removed. */
  readonly upgradeCode?: string;
  readonly productName: string;
  /** Three or four numbers; Windows Installer compares the first three. */
  readonly productVersion: string;
  readonly manufacturer: string;
  /** Default 1033. */
  readonly language?: number;
  /** Default `machine`: needs elevation and writes to HKLM. */
  readonly scope?: 'machine' | 'user';
  /** Default `x64`; `x86` lands in the 32-bit view and in `Program Files (x86)`. */
  readonly architecture?: 'x64' | 'x86';
  /** Default `%ProgramFiles%\<productName>`. */
  readonly installLocation?: string;
  /** Files and their text; folders are made. */
  readonly files?: readonly { readonly path: string; readonly text: string }[];
  /** Values under keys such as `HKLM\SOFTWARE\Contoso`; types as reg.exe names them, default REG_SZ. */
  readonly registry?: readonly {
    readonly key: string;
    readonly name: string;
    readonly type?: string;
    readonly data: string;
  }[];
  /** Defaults of public properties (upper case). */
  readonly properties?: Readonly<Record<string, string>>;
  /** Launch conditions: each must hold or the installation ends with 1603 and the message in the log. */
  readonly conditions?: readonly {
    readonly property: string;
    /** Absent: the property must have any value. */
    readonly equals?: string;
    readonly message: string;
  }[];
  /** Seconds of work, default 8. */
  readonly seconds?: number;
  /** An action that always fails in the middle of the work: all is rolled back, exit code 1603. */
  readonly fails?: { readonly action: string; readonly message: string };
  /** A restart completes the installation: 3010 with /norestart, else 1641 and the device restarts. */
  readonly restart?: boolean;
}

/** Reads a package; undefined where the content is none. */
export function readPackage(content: Bytes): MsiPackage | undefined {
  let data: unknown;
  try {
    data = JSON.parse(utf8Decode(content).replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
  const found = data as Partial<MsiPackage> | null;
  return found?.format === 'sidecar-msi/1' &&
    typeof found.productName === 'string' &&
    typeof found.productVersion === 'string' &&
    typeof found.manufacturer === 'string' &&
    /^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/i.test(found.productCode ?? '')
    ? (found as MsiPackage)
    : undefined;
}

/** A GUID as Windows Installer writes it in its own keys: parts reversed, no braces. */
export function packGuid(guid: string): string {
  const parts = guid.replace(/[{}]/g, '').toUpperCase().split('-');
  const back = (text: string): string => [...text].reverse().join('');
  const pairs = (text: string): string => (text.match(/../g) ?? []).map(back).join('');
  return parts.map((part, i) => (i < 3 ? back(part) : pairs(part))).join('');
}

/** Order of two versions by their first three numbers. */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const by = (x?.[i] ?? 0) - (y?.[i] ?? 0);
    if (by !== 0) return by;
  }
  return 0;
}
