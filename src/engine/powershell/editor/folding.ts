import type { EditedScript } from './script.ts';

/** Zero-based lines, both within the fold. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind: 'block' | 'comment' | 'region';
}

const opens = /^(LCurly|AtCurly|LParen|AtParen|DollarParen)$/;
const closes = /^(RCurly|RParen)$/;

/** What can be folded: braces and parentheses over several lines, here-strings, comments, regions. */
export function foldsOf(script: EditedScript): readonly Fold[] {
  const folds: Fold[] = [];
  const starts: number[] = [0];
  for (let i = 0; i < script.text.length; i++) if (script.text[i] === '\n') starts.push(i + 1);
  const lineOf = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const add = (start: number, end: number, kind: Fold['kind']): void => {
    if (end > start) folds.push({ start, end, kind });
  };
  const open: number[] = [];
  const regions: number[] = [];
  let comments: { first: number; last: number } | undefined;
  const endComments = (): void => {
    if (comments) add(comments.first, comments.last, 'comment');
    comments = undefined;
  };
  for (const token of script.parsed.tokens) {
    const name = token.kindName;
    const line = lineOf(token.start);
    if (name === 'Comment') {
      const text = token.text;
      if (/^#region\b/i.test(text)) regions.push(line);
      else if (/^#endregion\b/i.test(text)) {
        const start = regions.pop();
        if (start !== undefined) add(start, line, 'region');
      } else if (text.startsWith('<#')) {
        endComments();
        add(line, lineOf(token.end - 1), 'comment');
      } else if (script.text.slice(starts[line], token.start).trim() === '') {
        if (comments && comments.last === line - 1) comments.last = line;
        else {
          endComments();
          comments = { first: line, last: line };
        }
      }
      continue;
    }
    if (name === 'NewLine') continue;
    endComments();
    if (/^HereString/.test(name)) add(line, lineOf(token.end - 1), 'block');
    else if (opens.test(name)) open.push(line);
    else if (closes.test(name)) {
      const start = open.pop();
      // The line with the closing brace stays in sight.
      if (start !== undefined) add(start, line - 1, 'block');
    }
  }
  endComments();
  return folds.sort((a, b) => a.start - b.start || b.end - a.end);
}
