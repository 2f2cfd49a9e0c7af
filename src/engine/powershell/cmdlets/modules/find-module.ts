import { differences } from '../../dialects/index.ts';
import { environment } from '../../run/session-objects.ts';
import { resolvePath } from '../../providers/resolve.ts';
import { joinPath, leafOf, parentOf } from '../../providers/paths.ts';
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

/** The files of a module in its folder: manifest first; folders of versions between, newest first. */
function inFolder(context: ProviderContext, folder: string): ModuleFile[] {
  const name = leafOf(/^\d+(\.\d+)+$/.test(leafOf(folder)) ? parentOf(folder) : folder);
  const at = (path: string): ModuleFile | undefined =>
    fileAt(context, joinPath(path, `${name}.psd1`)) ?? fileAt(context, joinPath(path, `${name}.psm1`));
  const found: ModuleFile[] = [];
  const list = context.host.files.list(folder);
  const versions = (list.ok ? list.value : [])
    .filter((f) => f.kind === 'directory' && /^\d+(\.\d+)+$/.test(f.name))
    .sort((x, y) => compareVersions(y.name, x.name));
  for (const version of versions) {
    const one = at(version.path);
    if (one) found.push(one);
  }
  const direct = at(folder);
  if (direct) found.push(direct);
  return found;
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

/** Every file a module's path or name may mean, best first. */
export function moduleFiles(context: ProviderContext, name: string): ModuleFile[] {
  if (/[\\/]|^\w:|^\.{1,2}$/.test(name)) {
    const at = resolvePath(context, name);
    if (!at.ok) return [];
    const path = at.value.providerPath;
    const info = context.host.files.info(path);
    if (info.ok && info.value.kind === 'directory') return inFolder(context, info.value.path);
    const one =
      fileAt(context, path) ??
      fileAt(context, `${path}.psd1`) ??
      fileAt(context, `${path}.psm1`) ??
      fileAt(context, `${path}.ps1`);
    return one ? [one] : [];
  }
  return modulePaths(context).flatMap((base) => inFolder(context, joinPath(base, name)));
}
/** The first of them; undefined where there is none. */
export const findModule = (context: ProviderContext, name: string): ModuleFile | undefined =>
  moduleFiles(context, name)[0];

/** Every module in the folders of PSModulePath, each of its versions. */
export function installedModules(context: ProviderContext): ModuleFile[] {
  return modulePaths(context).flatMap((base) => {
    const list = context.host.files.list(base);
    return (list.ok ? list.value : [])
      .filter((folder) => folder.kind === 'directory')
      .flatMap((folder) => inFolder(context, folder.path));
  });
}

/** Every module file at or below a folder, whatever the folders between are called. */
export function filesBelow(context: ProviderContext, folder: string): ModuleFile[] {
  const list = context.host.files.list(folder);
  return (list.ok ? list.value : []).flatMap((item) => {
    if (item.kind === 'directory') return filesBelow(context, item.path);
    const one = /\.ps[dm]1$/i.test(item.name) ? fileAt(context, item.path) : undefined;
    return one ? [one] : [];
  });
}
