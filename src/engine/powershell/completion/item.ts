export type CompletionKind =
  'command' | 'parameter' | 'variable' | 'path' | 'member' | 'value' | 'keyword' | 'type';

/** One thing that could stand at the cursor. */
export interface CompletionItem {
  /** What replaces the word. */
  readonly text: string;
  /** What a list shows. */
  readonly label: string;
  readonly kind: CompletionKind;
  /** What it is: syntax of a command, type of a parameter, definition of a member. */
  readonly detail: string;
  /** PowerShell's own `ResultType`: `Command`, `ParameterName`, `ProviderItem`... */
  readonly resultType: string;
}

export interface Completion {
  /** Half-open range of the text that an item replaces. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly CompletionItem[];
}

export const item = (
  kind: CompletionKind,
  resultType: string,
  text: string,
  label: string = text,
  detail: string = label,
): CompletionItem => ({ text, label, kind, detail, resultType });

const special = /[\s'"`$(){}[\]|&;,<>@#]/;

/** A value as an argument: quoted where it must be, or as the word was begun. */
export function quoteValue(text: string, quote: string): string {
  if (quote === '"') return `"${text.replace(/[`"$]/g, '`$&')}"`;
  if (quote !== '' || text === '' || special.test(text)) return `'${text.replace(/'/g, "''")}'`;
  return text;
}

/** A word as typed: the quote it begins with and what it says. */
export function unquote(word: string): { readonly quote: string; readonly text: string } {
  const first = word[0];
  if (first !== "'" && first !== '"') return { quote: '', text: word.replace(/`(.)/g, '$1') };
  const closed = word.length > 1 && word.endsWith(first);
  const inner = word.slice(1, closed ? -1 : undefined);
  return {
    quote: first,
    text: first === "'" ? inner.replace(/''/g, "'") : inner.replace(/`(.)/g, '$1'),
  };
}

export const order = (a: string, b: string): number => {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : a < b ? -1 : a > b ? 1 : 0;
};
