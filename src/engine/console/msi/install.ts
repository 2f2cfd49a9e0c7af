import { utf8Encode } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { plus, seconds } from '../../../base/time.ts';
import type { Host, RegistryPath, RegistryValue, Resume, Suspend } from '../../powershell/host.ts';
import { parentPath } from '../device-path.ts';
import { localTime } from '../local-time.ts';
import { parseKey } from '../registry-path.ts';
import { parseValue } from '../registry-text.ts';
import type { MsiLog } from './msi-log.ts';
import { compareVersions } from './msi-package.ts';
import type { MsiPackage } from './msi-package.ts';
import {
  cacheName,
  installedProduct,
  productKey,
  relatedProducts,
  uninstallKey,
  viewOf,
} from './products.ts';
import type { InstalledProduct } from './products.ts';

type Steps<T> = Generator<Suspend, T, Resume>;

export const failed = 1603;

interface Work {
  readonly host: Host;
  readonly log: MsiLog;
  readonly properties: ReadonlyMap<string, string>;
}

/** `%NAME%` of properties, the install folder and the environment. */
export function expandText(text: string, of: MsiPackage, work: Work): string {
  return text.replace(/%([^%]+)%/g, (all, name: string) => {
    const upper = name.toUpperCase();
    const given = work.properties.get(upper) ?? of.properties?.[upper];
    if (given !== undefined) return given;
    if (upper === 'INSTALLDIR') return installFolder(of, work);
    if (of.architecture === 'x86' && upper === 'PROGRAMFILES') return 'C:\\Program Files (x86)';
    for (const [own, value] of work.host.environment) if (own.toUpperCase() === upper) return value;
    return upper === 'PROGRAMFILES' ? 'C:\\Program Files' : all;
  });
}

function installFolder(of: MsiPackage, work: Work): string {
  const given = work.properties.get('INSTALLDIR');
  if (given !== undefined) return given;
  const own = of.installLocation ?? `%ProgramFiles%\\${of.productName}`;
  return expandText(own.replace(/%INSTALLDIR%/gi, ''), of, work);
}

/** Version as Windows Installer keeps it in a number: major, minor, build. */
const packedVersion = (version: string): number => {
  const [major = 0, minor = 0, build = 0] = version.split('.').map(Number);
  return ((major << 24) | (minor << 16) | build) >>> 0;
};

function record(host: Host, id: number, message: string): void {
  host.eventLog.write({
    logName: 'Application',
    provider: 'MsiInstaller',
    id,
    level: 4,
    levelName: 'Information',
    message,
  });
}

function* elapse(host: Host, of: MsiPackage, share: number): Steps<void> {
  yield { kind: 'until', at: plus(host.clock.now(), seconds((of.seconds ?? 8) * share)) };
}

/** Writes a package's files and values; gives what to undo, or the reason it could not. */
function apply(of: MsiPackage, work: Work): { readonly undo: (() => void)[]; readonly error?: string } {
  const { host, log } = work;
  const undo: (() => void)[] = [];
  for (const file of of.files ?? []) {
    const path = expandText(file.path, of, work);
    const before = host.files.read(path);
    host.files.createDirectory(parentPath(path));
    const written = host.files.write(path, utf8Encode(file.text));
    if (!written.ok)
      return {
        undo,
        error: `Error 1303. The installer has insufficient privileges to access this directory: ${parentPath(path)}.`,
      };
    log.server(
      `Executing op: FileCopy(SourceName=${path.slice(path.lastIndexOf('\\') + 1)},,DestName=${path},Attributes=512,FileSize=${file.text.length})`,
    );
    undo.push(() => {
      if (before.ok) host.files.write(path, before.value);
      else host.files.remove(path, false);
    });
  }
  for (const entry of of.registry ?? []) {
    const key = parseKey(expandText(entry.key, of, work));
    const value = parseValue(entry.type ?? 'REG_SZ', expandText(entry.data, of, work));
    if (!key || !value) return { undo, error: `Error 1402. Could not open key: ${entry.key}.` };
    const view = viewOf(of);
    const before = host.registry.value(key, entry.name, view);
    const made = host.registry.createKey(key, view);
    const set = made.ok ? host.registry.setValue(key, entry.name, value, view) : made;
    if (!set.ok)
      return {
        undo,
        error: `Error 1406. Could not write value ${entry.name} to key \\${key.path}. System error 5.`,
      };
    log.server(`Executing op: RegAddValue(Name=${entry.name},Value=${entry.data},)`);
    undo.push(() => {
      if (before.ok) host.registry.setValue(key, entry.name, before.value, view);
      else host.registry.deleteValue(key, entry.name, view);
    });
  }
  return { undo };
}

function register(of: MsiPackage, source: string, content: Bytes, work: Work): void {
  const { host } = work;
  const t = localTime(host.clock.now(), host);
  const two = (n: number): string => String(n).padStart(2, '0');
  const size = (of.files ?? []).reduce((sum, file) => sum + file.text.length, 0);
  const set = (
    key: RegistryPath,
    view: '32' | '64' | 'default',
    values: Record<string, RegistryValue>,
  ): void => {
    host.registry.createKey(key, view);
    for (const [name, value] of Object.entries(values)) host.registry.setValue(key, name, value, view);
  };
  const text = (data: string): RegistryValue => ({ kind: 'String', data });
  const number = (data: number): RegistryValue => ({ kind: 'DWord', data });
  const [major = 0, minor = 0] = of.productVersion.split('.').map(Number);
  const values = {
    AuthorizedCDFPrefix: text(''),
    Comments: text(''),
    Contact: text(''),
    DisplayVersion: text(of.productVersion),
    HelpLink: text(''),
    HelpTelephone: text(''),
    InstallDate: text(`${t.year}${two(t.month)}${two(t.day)}`),
    InstallLocation: text(`${installFolder(of, work)}\\`),
    InstallSource: text(`${parentPath(source).replace(/\\$/, '')}\\`),
    ModifyPath: { kind: 'ExpandString', data: `MsiExec.exe /X${of.productCode.toUpperCase()}` } as const,
    Publisher: text(of.manufacturer),
    Readme: text(''),
    Size: text(''),
    EstimatedSize: number(Math.max(1, Math.round(size / 1024))),
    UninstallString: { kind: 'ExpandString', data: `MsiExec.exe /X${of.productCode.toUpperCase()}` } as const,
    URLInfoAbout: text(''),
    URLUpdateInfo: text(''),
    VersionMajor: number(major),
    VersionMinor: number(minor),
    WindowsInstaller: number(1),
    Version: number(packedVersion(of.productVersion)),
    Language: number(of.language ?? 1033),
    DisplayName: text(of.productName),
  };
  set(uninstallKey(of), viewOf(of), values);
  const cache = cacheName(content);
  host.files.createDirectory('C:\\Windows\\Installer');
  host.files.write(cache, content);
  set(productKey(host, of.productCode, of.scope ?? 'machine'), '64', {
    ...values,
    LocalPackage: text(cache),
  });
}

/** Installs a package that was read. Returns the exit code. */
export function* install(of: MsiPackage, source: string, content: Bytes, work: Work): Steps<number> {
  const { host, log } = work;
  const finish = (code: number): number => {
    const ok = code !== failed;
    const message = `Product: ${of.productName} -- ${ok ? 'Installation completed successfully.' : 'Installation failed.'}`;
    log.server(message);
    log.plain('');
    const status = `Windows Installer installed the product. Product Name: ${of.productName}. Product Version: ${of.productVersion}. Product Language: ${of.language ?? 1033}. Manufacturer: ${of.manufacturer}. Installation success or error status: ${ok ? 0 : failed}.`;
    log.server(status);
    log.plain('');
    log.server(`MainEngineThread is returning ${code}`);
    record(host, ok ? 11707 : 11708, message);
    record(host, 1033, status);
    return code;
  };
  log.action('INSTALL');
  if (of.scope !== 'user' && !host.identity.elevated && !host.identity.isSystem) {
    log.server('Note: 1: 1925 ');
    log.plain(
      'Error 1925. You do not have sufficient privileges to complete this installation for all users of the machine.  Log on as administrator and then retry this installation.',
    );
    log.actionEnd('INSTALL', 3);
    return finish(failed);
  }
  log.action('LaunchConditions');
  for (const condition of of.conditions ?? []) {
    const value = work.properties.get(condition.property) ?? of.properties?.[condition.property] ?? '';
    if (condition.equals === undefined ? value !== '' : value === condition.equals) continue;
    log.plain(condition.message);
    log.server(`Product: ${of.productName} -- ${condition.message}`);
    log.actionEnd('LaunchConditions', 3);
    log.actionEnd('INSTALL', 3);
    return finish(failed);
  }
  log.actionEnd('LaunchConditions', 1);
  for (const [name, value] of Object.entries({
    ProductCode: of.productCode,
    ProductName: of.productName,
    ProductVersion: of.productVersion,
    Manufacturer: of.manufacturer,
    ...of.properties,
    ...Object.fromEntries(work.properties),
  }))
    log.plain(`Property(S): ${name} = ${value}`);

  const same = installedProduct(host, of.productCode);
  if (same) {
    if (compareVersions(same.package.productVersion, of.productVersion) !== 0) {
      log.plain(
        'Another version of this product is already installed.  Installation of this version cannot continue.  To configure or remove the existing version of this product, use Add/Remove Programs on the Control Panel.',
      );
      log.server('MainEngineThread is returning 1638');
      return 1638;
    }
    // The same package again: Windows Installer configures what is there and changes nothing.
    yield* elapse(host, of, 0.25);
    log.actionEnd('INSTALL', 1);
    log.server(`Product: ${of.productName} -- Configuration completed successfully.`);
    record(host, 11728, `Product: ${of.productName} -- Configuration completed successfully.`);
    log.server('MainEngineThread is returning 0');
    return 0;
  }
  const related = relatedProducts(host, of);
  if (related.some((one) => compareVersions(one.package.productVersion, of.productVersion) > 0)) {
    log.plain('A newer version of this product is already installed.');
    log.actionEnd('FindRelatedProducts', 3);
    return finish(failed);
  }
  yield* elapse(host, of, 0.3);
  log.action('InstallInitialize');
  log.actionEnd('InstallInitialize', 1);
  for (const old of related) {
    log.action('RemoveExistingProducts');
    yield* remove(old, { ...work, properties: new Map() });
    log.actionEnd('RemoveExistingProducts', 1);
  }
  log.action('InstallFiles');
  const { undo, error } = apply(of, work);
  yield* elapse(host, of, 0.5);
  const problem = error ?? of.fails?.message;
  if (problem !== undefined) {
    const action = error === undefined ? (of.fails?.action ?? 'InstallFinalize') : 'InstallFiles';
    if (error === undefined) {
      log.actionEnd('InstallFiles', 1);
      log.action(action);
      log.plain(
        `CustomAction ${action} returned actual error code 1603 (note this may not be 100% accurate if translation happened inside sandbox)`,
      );
    }
    log.plain(problem);
    log.actionEnd(action, 3);
    log.server("User policy value 'DisableRollback' is 0");
    log.server(
      'Executing op: Header(Signature=1397708873,Version=500,Timestamp=0,LangId=1033,Platform=0,ScriptType=2,ScriptMajorVersion=21,ScriptMinorVersion=4,ScriptAttributes=1)',
    );
    for (const step of undo.reverse()) step();
    yield* elapse(host, of, 0.2);
    log.actionEnd('INSTALL', 3);
    return finish(failed);
  }
  log.actionEnd('InstallFiles', 1);
  log.action('RegisterProduct');
  register(of, source, content, work);
  log.actionEnd('RegisterProduct', 1);
  log.action('InstallFinalize');
  yield* elapse(host, of, 0.2);
  log.actionEnd('InstallFinalize', 1);
  log.actionEnd('INSTALL', 1);
  return finish(0);
}

/** Removes an installed product. Returns the exit code. */
export function* remove(product: InstalledProduct, work: Work): Steps<number> {
  const { host, log } = work;
  const of = product.package;
  if (of.scope !== 'user' && !host.identity.elevated && !host.identity.isSystem) {
    log.plain(
      'Error 1730. You must be an Administrator to remove this application. To remove this application, you can log on as an Administrator, or contact your technical support group for assistance.',
    );
    log.server(`MainEngineThread is returning ${failed}`);
    return failed;
  }
  log.action('RemoveFiles');
  yield* elapse(host, of, 0.6);
  const folders = new Set<string>();
  for (const file of of.files ?? []) {
    const path = expandText(file.path, of, work);
    host.files.remove(path, false);
    log.server(`Executing op: FileRemove(,FileName=${path},,)`);
    folders.add(parentPath(path));
  }
  for (const folder of [...folders].sort((a, b) => b.length - a.length)) {
    const rest = host.files.list(folder);
    if (rest.ok && rest.value.length === 0) host.files.remove(folder, false);
  }
  for (const entry of of.registry ?? []) {
    const key = parseKey(expandText(entry.key, of, work));
    if (!key) continue;
    const view = viewOf(of);
    host.registry.deleteValue(key, entry.name, view);
    const left = host.registry.key(key, view);
    if (left.ok && left.value.valueCount === 0 && left.value.subKeyCount === 0)
      host.registry.deleteKey(key, false, view);
  }
  log.actionEnd('RemoveFiles', 1);
  host.registry.deleteKey(uninstallKey(of), true, viewOf(of));
  const key = productKey(host, of.productCode, of.scope ?? 'machine');
  host.registry.deleteKey({ ...key, path: parentPath(key.path) }, true, '64');
  host.files.remove(product.cachePath, false);
  const message = `Product: ${of.productName} -- Removal completed successfully.`;
  log.server(message);
  const status = `Windows Installer removed the product. Product Name: ${of.productName}. Product Version: ${of.productVersion}. Product Language: ${of.language ?? 1033}. Manufacturer: ${of.manufacturer}. Removal success or error status: 0.`;
  log.server(status);
  record(host, 11724, message);
  record(host, 1034, status);
  log.server('MainEngineThread is returning 0');
  return 0;
}
