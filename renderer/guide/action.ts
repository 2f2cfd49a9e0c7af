import { durationOf } from '../state/time-text.ts';

/** A fenced block of a step that does something instead of only showing text. */
export type GuideAction =
  | { readonly kind: 'run'; readonly text: string }
  | { readonly kind: 'script'; readonly path: string; readonly text: string }
  | { readonly kind: 'open-registry'; readonly path: string }
  | { readonly kind: 'open-file'; readonly path: string }
  | { readonly kind: 'clock-next' }
  | { readonly kind: 'clock-advance'; readonly by: number; readonly duration: string };

/** The action that a fence's info string names, or null for a plain code block. */
export function guideAction(info: string, body: string): GuideAction | null {
  const [word = '', ...rest] = info.trim().split(/\s+/);
  const argument = info.trim().slice(word.length).trim();
  if (word === 'run') return { kind: 'run', text: body };
  if (word === 'script' && argument) return { kind: 'script', path: argument, text: body };
  if (word === 'open') {
    const path = argument.slice((rest[0] ?? '').length).trim() || body.trim();
    if (rest[0] === 'registry') return { kind: 'open-registry', path };
    if (rest[0] === 'file') return { kind: 'open-file', path };
  }
  if (word === 'clock' && argument === 'next') return { kind: 'clock-next' };
  if (word === 'clock' && argument.startsWith('+')) {
    const by = durationOf(argument.slice(1));
    if (by !== null) return { kind: 'clock-advance', by, duration: argument.slice(1) };
  }
  return null;
}
