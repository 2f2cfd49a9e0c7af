import { allDrives, resolvePath } from '../providers/resolve.ts';
import { joinPath } from '../providers/paths.ts';
import type { Session } from '../run/session.ts';
import { hasWildcard, wildcard } from '../types/wildcard.ts';
import { item, quoteValue } from './item.ts';
import type { CompletionItem } from './item.ts';

/** Paths that begin with a word, in whatever drive it names; `folders`: containers only. */
export function pathItems(
  session: Session,
  text: string,
  quote: string,
  options: { readonly folders?: boolean } = {},
): CompletionItem[] {
  const slash = Math.max(text.lastIndexOf('\\'), text.lastIndexOf('/'));
  const parent = text.slice(0, slash + 1);
  const leaf = text.slice(slash + 1);
  if (slash < 0 && /^[\w]+:$/.test(leaf)) {
    // `C:` alone: the drive itself.
    return pathItems(session, `${leaf}\\`, quote, options);
  }
  const resolved = resolvePath(session, parent === '' ? '.' : parent);
  const items: CompletionItem[] = [];
  if (resolved.ok) {
    const { provider, providerPath } = resolved.value;
    const names = provider.childNames(providerPath, session);
    const test = wildcard(hasWildcard(leaf) ? `${leaf}*` : `${escaped(leaf)}*`);
    const shown = parent === '' ? '.\\' : parent;
    for (const name of names.ok ? names.value : []) {
      if (!test(name)) continue;
      const isFolder = provider.isContainer(joinPath(providerPath, name), session);
      if (options.folders && !isFolder) continue;
      items.push(
        item(
          'path',
          isFolder ? 'ProviderContainer' : 'ProviderItem',
          quoteValue(shown + name, quote),
          name,
          joinPath(providerPath, name),
        ),
      );
    }
  }
  if (slash < 0 && leaf !== '' && /^\w+$/.test(leaf)) {
    const test = wildcard(`${leaf}*`);
    for (const drive of allDrives(session))
      if (test(drive.name) && drive.name.length > 1)
        items.push(
          item(
            'path',
            'ProviderContainer',
            quoteValue(`${drive.name}:`, quote),
            `${drive.name}:`,
            drive.root,
          ),
        );
  }
  return items;
}

const escaped = (text: string): string => text.replace(/[`*?[\]]/g, '`$&');

/** Whether a word is meant as a path and not as a name. */
export const looksLikePath = (text: string): boolean => /^(\.{1,2}[\\/]|[\\/~]|\w+:|.*[\\/])/.test(text);
