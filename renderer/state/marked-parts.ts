export interface MarkedPart {
  readonly text: string;
  readonly match: boolean;
}

/** The text cut at every place where `needle` occurs, letter case aside. */
export function markedParts(text: string, needle: string): MarkedPart[] {
  if (needle === '') return [{ text, match: false }];
  const low = text.toLowerCase();
  const sought = needle.toLowerCase();
  const parts: MarkedPart[] = [];
  let from = 0;
  for (let at = low.indexOf(sought); at >= 0; at = low.indexOf(sought, from)) {
    if (at > from) parts.push({ text: text.slice(from, at), match: false });
    parts.push({ text: text.slice(at, at + sought.length), match: true });
    from = at + sought.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), match: false });
  return parts;
}
