export interface JsonPart {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'mark';
  readonly text: string;
}

const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([{}[\],])/g;

/**
 * JSON laid out over lines, every token as it was written (numbers keep their digits). Null where the text is not
 * a JSON object or array.
 */
export function jsonParts(text: string): JsonPart[] | null {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed)) return null;
  try {
    JSON.parse(trimmed);
  } catch {
    return null;
  }
  const parts: JsonPart[] = [];
  let depth = 0;
  const line = () => parts.push({ kind: 'mark', text: `\n${'  '.repeat(depth)}` });
  let opened = false;
  for (const [, quoted, colon, number, word, mark] of trimmed.matchAll(token)) {
    if (mark === '}' || mark === ']') {
      depth--;
      if (!opened) line();
    } else if (opened) line();
    opened = mark === '{' || mark === '[';
    if (quoted !== undefined) {
      parts.push({ kind: colon === undefined ? 'string' : 'key', text: quoted });
      if (colon !== undefined) parts.push({ kind: 'mark', text: ': ' });
    } else if (number !== undefined) parts.push({ kind: 'number', text: number });
    else if (word !== undefined) parts.push({ kind: 'word', text: word });
    else if (mark !== undefined) {
      parts.push({ kind: 'mark', text: mark });
      if (opened) depth++;
      if (mark === ',') line();
    }
  }
  return parts;
}
