import { upperInvariant } from '../../clock/case.ts';
import type { Identity } from '../../powershell/host.ts';
import type { StoredPath } from './registry-path.ts';
import { within } from './registry-path.ts';

/**
 * Who may do what, as Windows sets it up: administrators with a full token and SYSTEM may nearly everything, others
 * only read the machine's part and change their own.
 */
export function mayReadKey({ hive, path }: StoredPath, identity: Identity): boolean {
  const upper = upperInvariant(path);
  if (hive === 'HKLM')
    return (
      identity.isSystem || !(within(upper, 'SECURITY') || (within(upper, 'SAM\\SAM') && upper !== 'SAM'))
    );
  if (identity.elevated || upper === '') return true;
  return ownHive(upper, identity) || within(upper, '.DEFAULT');
}

export function mayWriteKey({ hive, path }: StoredPath, identity: Identity): boolean {
  const upper = upperInvariant(path);
  if (hive === 'HKLM')
    return identity.isSystem || (identity.elevated && !within(upper, 'SECURITY') && !within(upper, 'SAM'));
  if (identity.elevated) return true;
  if (!ownHive(upper, identity)) return false;
  // Policies of a user are the administrator's to set.
  const inHive = upper.slice(identity.sid.length + 1);
  return (
    !within(inHive, 'SOFTWARE\\POLICIES') &&
    !within(inHive, 'SOFTWARE\\MICROSOFT\\WINDOWS\\CURRENTVERSION\\POLICIES')
  );
}

function ownHive(upper: string, identity: Identity): boolean {
  const sid = upperInvariant(identity.sid);
  return within(upper, sid) || within(upper, `${sid}_CLASSES`);
}

/** `path` as it is stored, without a trailing backslash. */
export function mayReadPath(path: string, identity: Identity): boolean {
  if (identity.elevated) return true;
  const upper = upperInvariant(path);
  const profile = otherProfile(upper, identity);
  return (
    !profile && !within(upper, 'C:\\WINDOWS\\SYSTEM32\\CONFIG') && !within(upper, 'C:\\WINDOWS\\PREFETCH')
  );
}

/** `kind` is what is made or changed: users may make folders, but not files, at the root of the drive. */
export function mayWritePath(path: string, identity: Identity, kind: 'file' | 'directory'): boolean {
  if (identity.elevated) return true;
  const upper = upperInvariant(path);
  if (kind === 'file' && agentOutput.test(upper)) return true;
  if (within(upper, 'C:\\WINDOWS\\TEMP')) return upper !== 'C:\\WINDOWS\\TEMP';
  const closed = [
    'C:\\WINDOWS',
    'C:\\PROGRAM FILES',
    'C:\\PROGRAM FILES (X86)',
    'C:\\PROGRAMDATA\\MICROSOFT',
    'C:\\PROGRAMDATA\\PACKAGE CACHE',
    'C:\\USERS\\DEFAULT',
    'C:\\RECOVERY',
  ];
  if (closed.some((folder) => within(upper, folder)) || otherProfile(upper, identity)) return false;
  if (upper === 'C:\\USERS' || upper === 'C:\\PROGRAMDATA' || upper === 'C:') return false;
  return kind === 'directory' || upper.lastIndexOf('\\') > 2;
}

/** Files that the agent opens to the user whose script writes its results there. */
const agentOutput =
  /^C:\\(PROGRAM FILES \(X86\)\\MICROSOFT INTUNE MANAGEMENT EXTENSION\\(POLICIES\\RESULTS|CONTENT\\DETECTIONSCRIPTS)|WINDOWS\\IMECACHE\\HEALTHSCRIPTS)\\.+\.(OUTPUT|ERROR|TIMEOUT|EXIT|TXT)$/;

function otherProfile(upper: string, identity: Identity): boolean {
  const [, owner] = /^C:\\USERS\\([^\\]+)/.exec(upper) ?? [];
  if (owner === undefined || owner === 'PUBLIC' || owner === 'DEFAULT') return false;
  return `C:\\USERS\\${owner}` !== upperInvariant(identity.profile);
}
