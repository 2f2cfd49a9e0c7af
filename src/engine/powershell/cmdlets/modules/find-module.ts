import { differences } from '../../dialects/index.ts';
import { environment } from '../../run/session-objects.ts';
import { resolvePath } from '../../providers/resolve.ts';
import { joinPath, leafOf } from '../../providers/paths.ts';
import { toText } from '../../types/text.ts';
import type { ProviderContext } from '../../run/provider.ts';

export interface ModuleFile {
  readonly name: string;
  readonly path: string;
  readonly kind: 'manifest' | 'script' | 'ps1';
}

const kindOf = (path: string): ModuleFile['kind'] | undefined =>
  /\.psd1$/i.test(path)
    ? 'manifest'
    : /\.psm1$/i.test(path)
      ? 'script'
      : /\.ps1$/i.test(path)
        ? 'ps1'
        : undefined;
const fileAt = (context: ProviderContext, path: string): ModuleFile | undefined => {
  const info = context.host.files.info(path);
  const kind = kindOf(path);
  return info.ok && info.value.kind === 'file' && kind
    ? { name: info.value.name.replace(/\.\w+$/, ''), path: info.value.path, kind }
    : undefined;
};

/** The file of a module in its folder: manifest first; a folder of a version between is looked into, newest first. */
function inFolder(context: ProviderContext, folder: string): ModuleFile | undefined {
  const name = leafOf(folder);
  const direct =
    fileAt(context, joinPath(folder, `${name}.psd1`)) ?? fileAt(context, joinPath(folder, `${name}.psm1`));
  if (direct) return direct;
  const list = context.host.files.list(folder);
  if (!list.ok) return undefined;
  const versions = list.value
    .filter((f) => f.kind === 'directory' && /^\d+(\.\d+)+$/.test(f.name))
    .sort((a, b) => compareVersions(b.name, a.name));
  for (const version of versions) {
    const found =
      fileAt(context, joinPath(version.path, `${name}.psd1`)) ??
      fileAt(context, joinPath(version.path, `${name}.psm1`));
    if (found) return found;
  }
  return undefined;
}
function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const d = (left[i] ?? 0) - (right[i] ?? 0);
    if (d !== 0) return d;
  }
  return 0;
}

/** Folders of PSModulePath, or those every session has. */
export function modulePaths(context: ProviderContext): string[] {
  const own = environment(context.session).get('psmodulepath')?.value;
  if (own) return own.split(';').filter((p) => p !== '');
  const home = toText(context.session.globalScope.find('pshome')?.read() ?? '');
  const folder = differences.engine.moduleFolders.desktopIn(context.dialect)
    ? 'WindowsPowerShell'
    : 'PowerShell';
  return [
    `${context.host.identity.profile}\\Documents\\${folder}\\Modules`,
    `C:\\Program Files\\${folder}\\Modules`,
    `${home}\\Modules`,
  ];
}

/** A module by path or by name; undefined where there is none. */
export function findModule(context: ProviderContext, name: string): ModuleFile | undefined {
  if (/[\\/]|^\w:|^\.{1,2}$/.test(name)) {
    const at = resolvePath(context, name);
    if (!at.ok) return undefined;
    const path = at.value.providerPath;
    const info = context.host.files.info(path);
    if (info.ok && info.value.kind === 'directory') return inFolder(context, info.value.path);
    return (
      fileAt(context, path) ??
      fileAt(context, `${path}.psd1`) ??
      fileAt(context, `${path}.psm1`) ??
      fileAt(context, `${path}.ps1`)
    );
  }
  for (const base of modulePaths(context)) {
    const found = inFolder(context, joinPath(base, name));
    if (found) return found;
  }
  return undefined;
}

/** Every module in the folders of PSModulePath. */
export function installedModules(context: ProviderContext): ModuleFile[] {
  const found: ModuleFile[] = [];
  for (const base of modulePaths(context)) {
    const list = context.host.files.list(base);
    for (const folder of list.ok ? list.value : []) {
      if (folder.kind !== 'directory') continue;
      const one = inFolder(context, folder.path);
      if (one) found.push(one);
    }
  }
  return found;
}
