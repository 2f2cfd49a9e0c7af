import { upperInvariant } from '../../clock/case.ts';
import type { RegistryHiveName } from '../../device/registry/registry-value.ts';
import type { Identity, RegistryPath, RegistryView } from '../../powershell/host.ts';

/** Where a key that a script names is stored. */
export interface StoredPath {
  readonly hive: RegistryHiveName;
  readonly path: string;
}

/** Keys of HKLM\SOFTWARE that 32- and 64-bit programs share, from "Registry Keys Affected by WOW64", upper case. */
const shared = [
  'CLASSES',
  'CLIENTS',
  'MICROSOFT\\COM3',
  'MICROSOFT\\CRYPTOGRAPHY\\CALAIS\\CURRENT',
  'MICROSOFT\\CRYPTOGRAPHY\\CALAIS\\READERS',
  'MICROSOFT\\CRYPTOGRAPHY\\SERVICES',
  'MICROSOFT\\CTF\\SYSTEMSHARED',
  'MICROSOFT\\CTF\\TIP',
  'MICROSOFT\\DFS',
  'MICROSOFT\\DRIVER SIGNING',
  'MICROSOFT\\ENTERPRISECERTIFICATES',
  'MICROSOFT\\EVENTSYSTEM',
  'MICROSOFT\\MSMQ',
  'MICROSOFT\\NON-DRIVER SIGNING',
  'MICROSOFT\\NOTEPAD\\DEFAULTFONTS',
  'MICROSOFT\\OLE',
  'MICROSOFT\\RAS',
  'MICROSOFT\\RPC',
  'MICROSOFT\\SHARED TOOLS\\MSINFO',
  'MICROSOFT\\SYSTEMCERTIFICATES',
  'MICROSOFT\\TERMSERVLICENSING',
  'MICROSOFT\\TRANSACTIONSERVER',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\APP PATHS',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\CONTROL PANEL\\CURSORS\\SCHEMES',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\EXPLORER\\AUTOPLAYHANDLERS',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\EXPLORER\\DRIVEICONS',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\EXPLORER\\KINDMAP',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\GROUP POLICY',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\POLICIES',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\PREVIEWHANDLERS',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\SETUP',
  'MICROSOFT\\WINDOWS\\CURRENTVERSION\\TELEPHONY\\LOCATIONS',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\CONSOLE',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\FONTDPI',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\FONTLINK',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\FONTMAPPER',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\FONTS',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\FONTSUBSTITUTES',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\GRE_INITIALIZE',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\IMAGE FILE EXECUTION OPTIONS',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\LANGUAGEPACK',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\NETWORKCARDS',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\PERFLIB',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\PORTS',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\PRINT',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\PROFILELIST',
  'MICROSOFT\\WINDOWS NT\\CURRENTVERSION\\TIME ZONES',
  'POLICIES',
  'REGISTEREDAPPLICATIONS',
];
/** Classes that each bitness has of its own. */
const ownClasses = ['CLSID', 'DIRECTSHOW', 'INTERFACE', 'MEDIA TYPE', 'MEDIAFOUNDATION'];

/**
 * Resolves hives that are views, links between keys, and the redirection of 32-bit programs. For HKCR the machine's
 * key; the user's own classes are asked first by who reads (`userClasses`).
 */
export function storedPath(path: RegistryPath, identity: Identity, view: RegistryView): StoredPath {
  const bits32 = view === '32' || (view === 'default' && !identity.process64Bit);
  const clean = cleanPath(path.path);
  switch (path.hive) {
    case 'HKLM':
      return { hive: 'HKLM', path: bits32 ? redirected(linked(clean)) : linked(clean) };
    case 'HKCU':
      return userPath(identity.sid, clean);
    case 'HKU': {
      const slash = clean.indexOf('\\');
      const sid = slash < 0 ? clean : clean.slice(0, slash);
      return sid === '' ? { hive: 'HKU', path: '' } : userPath(sid, slash < 0 ? '' : clean.slice(slash + 1));
    }
    case 'HKCR': {
      const classes = join('SOFTWARE\\Classes', clean);
      return { hive: 'HKLM', path: bits32 ? redirected(classes) : classes };
    }
    case 'HKCC':
      return { hive: 'HKLM', path: join('SYSTEM\\CurrentControlSet\\Hardware Profiles\\Current', clean) };
  }
}

/** The user's own part of HKCR. */
export function userClasses(path: string, identity: Identity): StoredPath {
  return userPath(identity.sid, join('Software\\Classes', cleanPath(path)));
}

/** SYSTEM's hive is the default one; a user's classes are a hive of their own. */
function userPath(sid: string, path: string): StoredPath {
  const hive = upperInvariant(sid) === 'S-1-5-18' ? '.DEFAULT' : sid;
  const [, rest] = /^software\\classes(?:\\(.*))?$/i.exec(path) ?? [];
  if (/^software\\classes(\\|$)/i.test(path))
    return { hive: 'HKU', path: join(`${hive}_Classes`, rest ?? '') };
  return { hive: 'HKU', path: join(hive, path) };
}

/** `ControlSet001` is what `CurrentControlSet` is a link to. */
function linked(path: string): string {
  return /^system\\controlset001(\\|$)/i.test(path) ? `SYSTEM\\CurrentControlSet${path.slice(20)}` : path;
}

function redirected(path: string): string {
  if (!/^software(\\|$)/i.test(path)) return path;
  const rest = path.slice(9);
  const upper = upperInvariant(rest);
  if (within(upper, 'WOW6432NODE')) return path;
  if (within(upper, 'CLASSES')) {
    const own = ownClasses.find((name) => within(upper, `CLASSES\\${name}`));
    return own === undefined || within(upper, 'CLASSES\\WOW6432NODE')
      ? path
      : `SOFTWARE\\Classes\\WOW6432Node\\${rest.slice(8)}`;
  }
  if (shared.some((key) => within(upper, key))) return path;
  return join('SOFTWARE\\WOW6432Node', rest);
}

export const within = (path: string, key: string): boolean =>
  path.startsWith(key) && (path.length === key.length || path.charCodeAt(key.length) === 92);

const join = (a: string, b: string): string => (b === '' ? a : `${a}\\${b}`);

/** Without leading, trailing or doubled backslashes; nearly every path is so already. */
function cleanPath(path: string): string {
  if (!/^\\|\\$|\\\\/.test(path)) return path;
  return path
    .split('\\')
    .filter((part) => part !== '')
    .join('\\');
}
