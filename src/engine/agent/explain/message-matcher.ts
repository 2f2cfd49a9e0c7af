/** Words of a message with `{name}` where a value stands; a line break is `\n`. */
export interface Template<T> {
  readonly words: string;
  readonly value: T;
}

export interface Match<T> {
  readonly value: T;
  /** Values by the names of the template. */
  readonly parameters: Readonly<Record<string, string>>;
}

interface Pattern<T> {
  /** Literal texts between the values; the first and the last may be empty. */
  readonly pieces: readonly string[];
  readonly names: readonly string[];
  /** Characters of the literal text: of two patterns that fit, the one that says more is meant. */
  readonly weight: number;
  readonly value: T;
}

/** Beginnings by which patterns are found, longest first. */
const lengths = [40, 24, 12, 5, 1] as const;

/**
 * Finds the message that a text was made from. Compiled once; a lookup tries the few patterns that begin like the text,
 * so a thousand templates cost little more than one.
 */
export class MessageMatcher<T> {
  readonly #literal = new Map<string, Pattern<T>>();
  readonly #byBeginning = new Map<string, Pattern<T>[]>();
  /** Patterns that begin with a value. */
  readonly #floating: Pattern<T>[] = [];

  constructor(templates: Iterable<Template<T>>) {
    for (const { words, value } of templates) this.#add(compile(words, value));
    const heaviestFirst = (a: Pattern<T>, b: Pattern<T>): number => b.weight - a.weight;
    for (const patterns of this.#byBeginning.values()) patterns.sort(heaviestFirst);
    this.#floating.sort(heaviestFirst);
  }

  /** `text` without blanks at its end. */
  match(text: string): Match<T> | undefined {
    const literal = this.#literal.get(text);
    if (literal) return { value: literal.value, parameters: none };
    let best: Pattern<T> | undefined;
    let values: readonly string[] | undefined;
    const look = (patterns: readonly Pattern<T>[]): void => {
      for (const pattern of patterns) {
        if (best && pattern.weight <= best.weight) return;
        const found = fit(pattern, text);
        if (!found) continue;
        best = pattern;
        values = found;
        return;
      }
    };
    for (const length of lengths) {
      if (text.length < length) continue;
      const patterns = this.#byBeginning.get(text.slice(0, length));
      if (patterns) look(patterns);
    }
    look(this.#floating);
    return best && values && { value: best.value, parameters: named(best.names, values) };
  }

  #add(pattern: Pattern<T>): void {
    const [first = ''] = pattern.pieces;
    if (pattern.pieces.length === 1) {
      if (!this.#literal.has(first)) this.#literal.set(first, pattern);
      return;
    }
    const length = lengths.find((one) => one <= first.length);
    if (length === undefined) {
      this.#floating.push(pattern);
      return;
    }
    const beginning = first.slice(0, length);
    const before = this.#byBeginning.get(beginning);
    if (before) before.push(pattern);
    else this.#byBeginning.set(beginning, [pattern]);
  }
}

const none: Readonly<Record<string, string>> = {};

function compile<T>(words: string, value: T): Pattern<T> {
  const parts = words.replace(/\r\n/g, '\n').split(/\{([a-z][A-Za-z0-9]*)\}/);
  const pieces = parts.filter((_, n) => n % 2 === 0);
  const last = pieces.length - 1;
  // Blanks at the end of a message are lost in many copies of a log.
  pieces[last] = (pieces[last] ?? '').trimEnd();
  return {
    pieces,
    names: parts.filter((_, n) => n % 2 === 1),
    weight: pieces.reduce((sum, piece) => sum + piece.length, 0),
    value,
  };
}

/** Values between the pieces, or undefined. The earliest place of each piece is as good as any other. */
function fit(pattern: Pattern<unknown>, text: string): readonly string[] | undefined {
  const { pieces } = pattern;
  const first = pieces[0] ?? '';
  const last = pieces[pieces.length - 1] ?? '';
  if (!text.startsWith(first) || !text.endsWith(last)) return undefined;
  const end = text.length - last.length;
  const values: string[] = [];
  let at = first.length;
  for (let n = 1; n < pieces.length - 1; n++) {
    const piece = pieces[n] ?? '';
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return undefined;
    values.push(text.slice(at, found));
    at = found + piece.length;
  }
  if (at > end) return undefined;
  values.push(text.slice(at, end));
  return values;
}

function named(names: readonly string[], values: readonly string[]): Readonly<Record<string, string>> {
  const parameters: Record<string, string> = {};
  names.forEach((name, n) => {
    parameters[name] ??= values[n] ?? '';
  });
  return parameters;
}
