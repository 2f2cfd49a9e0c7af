import { differences } from '../../powershell/dialects/index.ts';
import type { Host } from '../../powershell/host.ts';

/** Profile scripts in the order they run: all users all hosts, all users this host, and the same for the user. */
export function profilePaths(host: Host, dialect: 'desktop' | 'core'): readonly string[] {
  const home = differences.engine.moduleFolders.desktopIn(dialect)
    ? `C:\\Windows\\${host.identity.process64Bit ? 'System32' : 'SysWOW64'}\\WindowsPowerShell\\v1.0`
    : 'C:\\Program Files\\PowerShell\\7';
  const own = `${host.identity.profile}\\Documents\\${differences.engine.moduleFolders.desktopIn(dialect) ? 'WindowsPowerShell' : 'PowerShell'}`;
  return [home, own].flatMap((folder) => [
    `${folder}\\profile.ps1`,
    `${folder}\\Microsoft.PowerShell_profile.ps1`,
  ]);
}
