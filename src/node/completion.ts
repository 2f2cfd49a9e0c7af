import { complete } from '../engine/powershell/completion/index.ts';
import type { CompletionItem as Item } from '../engine/powershell/completion/index.ts';
import type { Session } from '../engine/powershell/run/session.ts';

export type CompletionItem = Pick<Item, 'text' | 'label' | 'kind' | 'detail'>;

export interface Completions {
  readonly replace: { readonly start: number; readonly end: number };
  readonly items: readonly CompletionItem[];
}

/** What could stand at the cursor of a command line. Reads the session, never changes it. */
export function completeInConsole(session: Session | undefined, text: string, offset: number): Completions {
  if (!session) return { replace: { start: offset, end: offset }, items: [] };
  const { start, end, items } = complete(session, text, offset);
  return {
    replace: { start, end },
    items: items.map(({ text, label, kind, detail }) => ({ text, label, kind, detail })),
  };
}
