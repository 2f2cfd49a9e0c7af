import { differences } from '../dialects/index.ts';
import { DictionaryValue } from '../types/collections.ts';
import { runtimeError } from '../types/errors.ts';
import type { ScriptError } from '../types/error-record.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import type { CommandInfo } from './command-info.ts';
import { environment } from './session-objects.ts';
import type { Session } from './session.ts';

const exceptionName = 'System.Management.Automation.ScriptRequiresException';

function isNewer(wanted: string, have: readonly number[]): boolean {
  const parts = wanted.split('.').map(Number);
  for (let i = 0; i < parts.length; i++) {
    const d = (parts[i] ?? 0) - (have[i] ?? 0);
    if (d !== 0) return d > 0;
  }
  return false;
}

function hasModule(session: Session, name: string): boolean {
  if (session.modules.has(name.toLowerCase())) return true;
  for (const info of session.cmdletTable.values())
    if (info.cmdlet?.module.toLowerCase() === name.toLowerCase()) return true;
  const folder = differences.engine.moduleFolders.desktopIn(session.dialect)
    ? 'WindowsPowerShell'
    : 'PowerShell';
  const paths = environment(session).get('psmodulepath')?.value.split(';') ?? [
    `${session.host.identity.profile}\\Documents\\${folder}\\Modules`,
    `C:\\Program Files\\${folder}\\Modules`,
  ];
  return paths.some((p) => p !== '' && session.host.files.info(`${p}\\${name}`).ok);
}
const moduleName = (value: Value): string =>
  value instanceof DictionaryValue ? toText(value.get('ModuleName') ?? '') : toText(value);

/** What `#requires` of a script asks for and is not there, as PowerShell refuses to run it. */
export function unmetRequirement(session: Session, info: CommandInfo): ScriptError | undefined {
  const wanted = info.block?.ast.scriptRequirements;
  if (!wanted) return undefined;
  const desktop = differences.errors.requires.desktopIn(session.dialect);
  const product = desktop ? 'Windows PowerShell' : 'PowerShell';
  const refuse = (
    id: string,
    category: 'ResourceUnavailable' | 'PermissionDenied',
    why: string,
  ): ScriptError =>
    runtimeError(
      id,
      `The script '${info.name}' cannot be run because ${why}`,
      category,
      info.name,
      exceptionName,
    );
  const have = desktop ? [5, 1] : [7, 6, 5];
  if (wanted.version !== undefined && isNewer(wanted.version, have))
    return refuse(
      'ScriptRequiresUnmatchedPSVersion',
      'ResourceUnavailable',
      `it contained a "#requires" statement for ${product} ${wanted.version}. The version of ${product} that is required by the script does not match the currently running version of ${product} ${toText(session.globalScope.find('psversiontable')?.value instanceof DictionaryValue ? ((session.globalScope.find('psversiontable')?.value as DictionaryValue).get('PSVersion') ?? '') : '')}.`,
    );
  const edition = desktop ? 'desktop' : 'core';
  if (wanted.editions.length > 0 && !wanted.editions.some((e) => e.toLowerCase() === edition))
    return refuse(
      'ScriptRequiresUnmatchedPSEdition',
      'ResourceUnavailable',
      `it contained a "#requires" statement for PowerShell editions '${wanted.editions.join(',')}'. The edition of PowerShell that is required by the script does not match the currently running PowerShell ${desktop ? 'Desktop' : 'Core'} edition.`,
    );
  if (wanted.elevation && !session.host.identity.elevated)
    return refuse(
      'ScriptRequiresElevation',
      'PermissionDenied',
      `it contains a "#requires" statement for running as Administrator. The current ${product} session is not running as Administrator. Start ${product} by using the Run as Administrator option, and then try running the script again.`,
    );
  const missing = wanted.modules.map(moduleName).filter((name) => !hasModule(session, name));
  if (missing.length === 0) return undefined;
  return refuse(
    'ScriptRequiresMissingModules',
    'ResourceUnavailable',
    `the following modules that are specified by the "#requires" statements of the script are missing: ${missing.map((name) => (desktop ? name : `The module '${name}' cannot be found.`)).join(', ')}.`,
  );
}
