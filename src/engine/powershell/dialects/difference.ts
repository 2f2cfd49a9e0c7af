/** `desktop` is Windows PowerShell 5.1, `core` is PowerShell 7.6: two dialects of one engine. */
export type Dialect = 'desktop' | 'core';

/** What a difference says of itself; the text for readers, the source for doubters. */
export interface DifferenceFacts {
  /** What differs. */
  readonly what: string;
  readonly desktop: string;
  readonly core: string;
  /** Where this is known from: a page of Microsoft Learn, the code of a public version, a run, an observation. */
  readonly source: string;
}

/**
 * One entry of the dialect catalogue. Code asks an entry, never the dialect itself, so the catalogue is all there is to
 * know about how the two differ; what belongs to one of them as a whole (a cmdlet, a parameter, a view) says so where it
 * is declared (`dialect: 'core'`) and is listed beside these.
 */
export class Difference implements DifferenceFacts {
  readonly id: string;
  readonly what: string;
  readonly desktop: string;
  readonly core: string;
  readonly source: string;

  constructor(id: string, facts: DifferenceFacts) {
    this.id = id;
    this.what = facts.what;
    this.desktop = facts.desktop;
    this.core = facts.core;
    this.source = facts.source;
  }

  /** True where Windows PowerShell's behaviour is in force. */
  desktopIn(dialect: Dialect): boolean {
    return dialect === 'desktop';
  }
}

/** Entries by name, each with its area before it in the id. */
export function area<K extends string>(
  name: string,
  entries: Readonly<Record<K, DifferenceFacts>>,
): Readonly<Record<K, Difference>> {
  const made = {} as Record<K, Difference>;
  for (const key of Object.keys(entries) as K[])
    made[key] = new Difference(
      `${name}.${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
      entries[key],
    );
  return made;
}
