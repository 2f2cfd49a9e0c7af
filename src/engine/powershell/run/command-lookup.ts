import { differences } from '../dialects/index.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { runtimeError } from '../types/errors.ts';
import { ansi, decodeText, utf8NoBom } from '../providers/encoding.ts';
import { CommandInfo } from './command-info.ts';
import type { Frame } from './frame.ts';
import type { Session } from './session.ts';
import { environment } from './session-objects.ts';
import { findDrive } from '../providers/resolve.ts';

/** Text of a script file: as its byte order mark says, else UTF-8 (7) or the ANSI code page (5.1). */
export const scriptText = (content: Bytes, desktop: boolean): string =>
  decodeText(content, desktop ? ansi : utf8NoBom);

function scriptFile(session: Session, path: string): CommandInfo | undefined {
  const content = session.host.files.read(path);
  if (!content.ok) return undefined;
  const text = scriptText(content.value, differences.files.scriptEncoding.desktopIn(session.dialect));
  const refused = session.scriptGate?.(path, text);
  if (refused !== undefined)
    throw runtimeError(
      'UnauthorizedAccess',
      refused,
      'SecurityError',
      null,
      'System.Management.Automation.PSSecurityException',
    );
  const block = session.scriptBlock(text, path);
  return new CommandInfo('ExternalScript', path.replace(/^.*[\\/]/, ''), { block, definition: path });
}

const separator = (path: string): string => (path.includes('/') && !path.includes('\\') ? '/' : '\\');

/** An absolute path of a relative one, from the session's place in the file system; a drive a script made is its root. */
export function fullPath(session: Session, path: string): string {
  const named = /^(?:(?:Microsoft\.PowerShell\.Core\\)?FileSystem::)?([\w-]+):[\\/]?(.*)$/is.exec(path);
  const drive = named && findDrive(session, named[1] as string);
  if (drive && drive.provider.name === 'FileSystem' && !/^[a-z]$/i.test(named[1] as string))
    return normalise(`${drive.root.replace(/[\\/]$/, '')}\\${named[2] as string}`);
  if (/^[a-z]:[\\/]/i.test(path) || path.startsWith('\\\\') || path.startsWith('/')) return normalise(path);
  const here = session.location.fileSystemPath();
  return normalise(`${here.replace(/[\\/]$/, '')}${separator(here)}${path}`);
}
export function normalise(path: string): string {
  const slash = separator(path);
  const parts: string[] = [];
  for (const part of path.split(/[\\/]/)) {
    if (part === '.') continue;
    if (part === '..' && parts.length > 1) parts.pop();
    else parts.push(part);
  }
  const text = parts.join(slash);
  return /^[a-z]:$/i.test(text) ? `${text}\\` : text;
}

/** A program or script on the path that `$env:PATH` is now; the device knows the one its process started with. */
function onPath(session: Session, name: string): string | undefined {
  const own = environment(session);
  const path = own.get('path')?.value ?? '';
  const started = [...session.host.environment].find(([key]) => key.toLowerCase() === 'path')?.[1];
  if (/[\\/]/.test(name) || path === started) return session.host.processes.which(name);
  const endings = (own.get('pathext')?.value ?? '.COM;.EXE;.BAT;.CMD').split(';').filter((e) => e !== '');
  const complete = /\.ps1$/i.test(name) || endings.some((e) => name.toUpperCase().endsWith(e.toUpperCase()));
  for (const folder of path.split(';')) {
    if (folder === '') continue;
    for (const ending of complete ? [''] : endings) {
      const info = session.host.files.info(normalise(`${folder.replace(/[\\/]$/, '')}\\${name}${ending}`));
      if (info.ok && info.value.kind === 'file') return info.value.path;
    }
  }
  return session.host.processes.which(name);
}
/** A script of that name in a folder of the path. */
function scriptOnPath(session: Session, name: string): CommandInfo | undefined {
  for (const folder of (environment(session).get('path')?.value ?? '').split(';')) {
    if (folder === '') continue;
    const info = session.host.files.info(normalise(`${folder.replace(/[\\/]$/, '')}\\${name}`));
    if (info.ok && info.value.kind === 'file') return scriptFile(session, info.value.path);
  }
  return undefined;
}

/** Alias, function, cmdlet, then script files and programs: PowerShell's order. */
export function lookUp(session: Session, name: string, frame: Frame): CommandInfo | undefined {
  let wanted = name;
  for (let i = 0; i < 10; i++) {
    const lower = wanted.toLowerCase();
    const alias = frame.scope.findAlias(lower);
    if (alias) {
      wanted = alias.definition;
      if (wanted.toLowerCase() === lower) break;
      continue;
    }
    break;
  }
  const lower = wanted.toLowerCase();
  const found = frame.scope.findFunction(lower) ?? session.cmdletTable.get(lower);
  if (found) return found;
  const slash = wanted.lastIndexOf('\\');
  if (slash > 0) {
    // Module\Command
    const module = wanted.slice(0, slash).toLowerCase();
    const bare = wanted.slice(slash + 1).toLowerCase();
    const cmdlet = session.cmdletTable.get(bare);
    if (cmdlet?.cmdlet?.module.toLowerCase() === module) return cmdlet;
    const loaded = session.modules.get(module);
    const own = loaded?.functions.get(bare);
    if (own) return own;
  }
  if (!/[\\/]/.test(wanted) && !/\.\w+$/.test(wanted)) {
    const get = session.cmdletTable.get(`get-${lower}`) ?? frame.scope.findFunction(`get-${lower}`);
    const program = onPath(session, wanted);
    if (program !== undefined)
      return new CommandInfo('Application', program.replace(/^.*[\\/]/, ''), { definition: program });
    return get ?? scriptOnPath(session, `${wanted}.ps1`);
  }
  const isPath = /[\\/]/.test(wanted);
  if (/\.ps1$/i.test(wanted)) {
    const script = isPath ? scriptFile(session, fullPath(session, wanted)) : scriptOnPath(session, wanted);
    if (script) return script;
  } else if (isPath) {
    const script = scriptFile(session, `${fullPath(session, wanted)}.ps1`);
    if (script) return script;
  }
  const program = onPath(session, isPath ? fullPath(session, wanted) : wanted);
  if (program !== undefined)
    return new CommandInfo('Application', program.replace(/^.*[\\/]/, ''), { definition: program });
  return undefined;
}
