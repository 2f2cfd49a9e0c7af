import { differences } from '../../dialects/index.ts';
import { parseText } from '../../parse/index.ts';
import { scriptText } from '../../run/command-lookup.ts';
import type { ProviderContext } from '../../run/provider.ts';
import type { Session } from '../../run/session.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { hooks } from '../../types/hooks.ts';
import { toText } from '../../types/text.ts';
import { readDataFile } from './data-file.ts';
import { installedModules } from './find-module.ts';
import type { ModuleFile } from './find-module.ts';
import { joinPath, parentOf } from '../../providers/paths.ts';

/** Names that a module of the device says, or shows, it brings; per session, by the time its file was written. */
const exported = new WeakMap<
  Session,
  Map<string, { readonly at: number; readonly names: ReadonlySet<string> }>
>();

function functionsIn(context: ProviderContext, path: string): readonly string[] {
  const content = context.host.files.read(path);
  if (!content.ok) return [];
  const { ast } = parseText(
    scriptText(content.value, differences.files.scriptEncoding.desktopIn(context.dialect)),
    path,
  );
  return (ast.endBlock?.statements ?? []).flatMap((statement) =>
    statement.kind === 'FunctionDefinitionAst' ? [statement.name] : [],
  );
}

function namesOf(context: ProviderContext, file: ModuleFile): readonly string[] {
  if (file.kind !== 'manifest') return functionsIn(context, file.path);
  const read = readDataFile(context, file.path);
  if (read.kind !== 'data') return [];
  const listed = ['FunctionsToExport', 'CmdletsToExport', 'AliasesToExport'].flatMap((key) => {
    const value = read.table.get(key);
    return value === undefined || value === null
      ? []
      : (elementsOf(value) ?? [value]).map((one) => toText(one));
  });
  if (listed.length > 0 && !listed.some((name) => /[*?]/.test(name))) return listed;
  const root = toText(read.table.get('RootModule') ?? read.table.get('ModuleToProcess') ?? null);
  return root === '' ? [] : functionsIn(context, joinPath(parentOf(file.path), root));
}

/**
 * Imports the module of PSModulePath that has a command by this name, as PowerShell does when it finds no other command
 * (about_PowerShell_Automatic_Module_Loading). False where there is none, or `$PSModuleAutoLoadingPreference` is `None`.
 */
hooks.autoImport = (owner, name) => {
  const session = owner as Session;
  if (!/^[\w-]+$/.test(name)) return false;
  const preference = session.frame.scope.find('psmoduleautoloadingpreference')?.read() ?? null;
  if (/^none$/i.test(toText(preference))) return false;
  const context: ProviderContext = { session, host: session.host, dialect: session.dialect };
  const known = exported.get(session) ?? new Map<string, { at: number; names: ReadonlySet<string> }>();
  exported.set(session, known);
  const lower = name.toLowerCase();
  for (const file of installedModules(context)) {
    const info = session.host.files.info(file.path);
    if (!info.ok) continue;
    let names = known.get(file.path);
    if (names?.at !== info.value.modified) {
      names = {
        at: info.value.modified,
        names: new Set(namesOf(context, file).map((one) => one.toLowerCase())),
      };
      known.set(file.path, names);
    }
    if (!names.names.has(lower)) continue;
    hooks.invokeBlock(
      session.scriptBlock(`Import-Module -Name '${file.path.replaceAll("'", "''")}' -Global`),
      [],
    );
    return true;
  }
  return false;
};
