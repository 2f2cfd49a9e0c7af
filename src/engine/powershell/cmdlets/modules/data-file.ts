import { differences } from '../../dialects/index.ts';
import { scriptText } from '../../run/command-lookup.ts';
import { safeValue } from '../../run/language/safe-value.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { DotNetError } from '../../types/errors.ts';
import { ScriptError } from '../../types/error-record.ts';
import type { ProviderContext } from '../../run/provider.ts';

export type DataFile =
  | { readonly kind: 'data'; readonly table: DictionaryValue }
  /** Not PowerShell, or something other than one hashtable. */
  | { readonly kind: 'not-data'; readonly noHashtable: boolean }
  /** It would have to run something. */
  | { readonly kind: 'dynamic'; readonly message: string };

/** A `.psd1` as a hashtable, read without running anything. */
export function readDataFile(context: ProviderContext, path: string): DataFile {
  const content = context.host.files.read(path);
  if (!content.ok) return { kind: 'not-data', noHashtable: false };
  try {
    const { ast } = context.session.scriptBlock(
      scriptText(content.value, differences.files.scriptEncoding.desktopIn(context.dialect)),
      path,
    );
    const statements = ast.endBlock?.statements ?? [];
    const [only] = statements;
    if (!only || statements.length !== 1) return { kind: 'not-data', noHashtable: true };
    const value = safeValue(only);
    return value instanceof DictionaryValue
      ? { kind: 'data', table: value }
      : { kind: 'not-data', noHashtable: true };
  } catch (error) {
    if (error instanceof DotNetError) return { kind: 'dynamic', message: error.message };
    if (error instanceof ScriptError) return { kind: 'not-data', noHashtable: false };
    throw error;
  }
}
