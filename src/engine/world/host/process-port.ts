import { ok } from '../../../base/result.ts';
import type { Instant } from '../../../base/time.ts';
import { duration } from '../../../base/time.ts';
import { equalsIgnoreCase } from '../../clock/case.ts';
import type { ProcessRecord } from '../../device/device.ts';
import type { HostResult, ProcessInfo, ProcessPort } from '../../powershell/host.ts';
import { resolvePath } from './file-path.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** Processes of the device; starting and ending one is the world's doing. */
export function processPort(options: HostOptions): ProcessPort {
  const { identity, onRead } = options;
  const draft = options.draft;
  const find = (id: ProcessInfo['id']): HostResult<ProcessRecord> => {
    const process = draft().process(id);
    return process === undefined
      ? refused('not-found', `Cannot find a process with the process identifier ${id}.`, String(id))
      : ok(process);
  };
  const variable = (name: string): string | undefined => {
    for (const [key, value] of options.environment) if (equalsIgnoreCase(key, name)) return value;
    return undefined;
  };
  const fileAt = (path: string): string | undefined => {
    const at = resolvePath(path, identity.process64Bit);
    if (draft().node(at.path)?.kind !== 'file') return undefined;
    return at.shown(draft().storedPath(at.path) ?? at.path);
  };
  return {
    list() {
      onRead?.('process:*');
      return draft().processes.map((process) => processInfo(process, options.now(), identity.elevated));
    },
    get(id) {
      onRead?.('process:*');
      const process = find(id);
      return process.ok ? ok(processInfo(process.value, options.now(), identity.elevated)) : process;
    },
    kill(id) {
      const process = find(id);
      if (!process.ok) return process;
      const own = process.value.user === identity.name;
      if ((!identity.elevated && !own) || id <= 4)
        return refused('access-denied', 'Access is denied', String(id));
      return options.killProcess(id);
    },
    which(name) {
      const endings = (variable('PATHEXT') ?? '.COM;.EXE;.BAT;.CMD')
        .split(';')
        .filter((ending) => ending !== '');
      const complete = endings.some((ending) => name.toUpperCase().endsWith(ending.toUpperCase()));
      const tries = complete ? [name] : endings.map((ending) => name + ending.toLowerCase());
      if (/^[a-z]:[\\/]/i.test(name)) return tries.map(fileAt).find((path) => path !== undefined);
      if (/[\\/]/.test(name)) return undefined;
      for (const folder of (variable('Path') ?? '').split(';')) {
        if (folder === '') continue;
        for (const one of tries) {
          const found = fileAt(`${folder.replace(/\\$/, '')}\\${one}`);
          if (found !== undefined) return found;
        }
      }
      return undefined;
    },
    start: (request) => options.startProcess(request),
  };
}

export function processInfo(process: ProcessRecord, now: Instant, elevated: boolean): ProcessInfo {
  const { id, file } = process;
  const image = file.slice(file.lastIndexOf('\\') + 1);
  const foreign = process.user === 'NT AUTHORITY\\SYSTEM' || process.user.startsWith('NT AUTHORITY\\');
  return {
    id,
    name: image === '' ? (id === 0 ? 'Idle' : 'System') : image.replace(/\.exe$/i, ''),
    // Who is not an administrator does not see where the processes of others come from.
    path: file === '' || (foreign && !elevated) ? undefined : file,
    commandLine: file === '' ? '' : `${/\s/.test(file) ? `"${file}"` : file} ${process.arguments}`.trimEnd(),
    parentId: process.parentId ?? undefined,
    user: process.user,
    sessionId: process.sessionId,
    started: process.started,
    workingSet: process.workingSet,
    handles: process.handles,
    // A share of its lifetime that differs from process to process and only grows.
    cpu: duration(Math.floor(((now - process.started) * (1 + (id % 97))) / 100_000)),
    is64Bit: process.bitness === 64,
  };
}
