import type { Session } from '../engine/powershell/run/session.ts';

export interface CompletionItem {
  readonly text: string;
  readonly label: string;
  readonly kind: 'command' | 'parameter' | 'variable' | 'path' | 'member' | 'value' | 'keyword' | 'type';
  readonly detail: string;
}

export interface Completions {
  readonly replace: { readonly start: number; readonly end: number };
  readonly items: readonly CompletionItem[];
}

/** What could stand at the cursor of a command line. Reads the session, never changes it. */
export function completeInConsole(_session: Session | undefined, _text: string, offset: number): Completions {
  return { replace: { start: offset, end: offset }, items: [] };
}
