import { compilePattern } from './compiler.ts';
import type { Captures } from './matcher.ts';
import { search } from './matcher.ts';
import { parsePattern } from './parser.ts';
import type { Program } from './program.ts';

export interface RegexCapture {
  readonly index: number;
  readonly value: string;
}
export interface RegexGroup extends RegexCapture {
  readonly name: string;
  readonly number: number;
  readonly success: boolean;
  readonly captures: readonly RegexCapture[];
}

/** A match, with its groups in the order of their numbers: 0 first, named ones after the plain ones. */
export class RegexMatch {
  readonly regex: Regex;
  readonly text: string;
  readonly index: number;
  readonly value: string;
  private readonly captures: Captures;
  private made: readonly RegexGroup[] | undefined = undefined;

  constructor(regex: Regex, text: string, start: number, end: number, captures: Captures) {
    this.regex = regex;
    this.text = text;
    this.index = start;
    this.value = text.slice(start, end);
    this.captures = captures;
  }
  get end(): number {
    return this.index + this.value.length;
  }
  /** Value of a group by its place among `groupNumbers`; undefined where it took no part. */
  groupValue(slot: number): string | undefined {
    if (slot === 0) return this.value;
    const list = this.captures[slot];
    if (!list || list.length === 0) return undefined;
    return this.text.slice(list[list.length - 2], list[list.length - 1]);
  }
  get groups(): readonly RegexGroup[] {
    return (this.made ??= this.regex.groupNumbers.map((number, slot) => this.group(number, slot)));
  }
  private group(number: number, slot: number): RegexGroup {
    const name = this.regex.groupNames[slot] as string;
    if (slot === 0) {
      const whole = { index: this.index, value: this.value };
      return { name, number, success: true, ...whole, captures: [whole] };
    }
    const list = this.captures[slot] as readonly number[];
    const captures: RegexCapture[] = [];
    for (let i = 0; i < list.length; i += 2)
      captures.push({ index: list[i] as number, value: this.text.slice(list[i], list[i + 1]) });
    const last = captures.at(-1);
    return {
      name,
      number,
      success: last !== undefined,
      index: last?.index ?? 0,
      value: last?.value ?? '',
      captures,
    };
  }
}

/** A compiled pattern of .NET's syntax. Throws `RegexSyntaxError` where the pattern is none. */
export class Regex {
  readonly pattern: string;
  readonly options: number;
  readonly groupNumbers: readonly number[];
  /** Name of each group, in the order of `groupNumbers`. */
  readonly groupNames: readonly string[];
  readonly rightToLeft: boolean;
  private readonly program: Program;
  private readonly slotsByName: ReadonlyMap<string, number>;

  constructor(pattern: string, options: number) {
    const parsed = parsePattern(pattern, options);
    this.pattern = pattern;
    this.options = options;
    this.groupNumbers = parsed.groupNumbers;
    this.groupNames = parsed.groupNumbers.map((n) => parsed.groupNames.get(n) as string);
    this.program = compilePattern(parsed);
    this.rightToLeft = this.program.backward;
    this.slotsByName = new Map(this.groupNames.map((name, slot) => [name, slot]));
  }
  /** Place of a group among `groupNumbers`, by name or number written out; undefined where there is none. */
  slotOf(name: string): number | undefined {
    const slot = this.slotsByName.get(name);
    if (slot !== undefined || !/^\d+$/.test(name)) return slot;
    const index = this.groupNumbers.indexOf(Number(name));
    return index < 0 ? undefined : index;
  }
  /** First match at or after `start`; from right to left, at or before it. */
  match(text: string, start: number = this.rightToLeft ? text.length : 0): RegexMatch | undefined {
    const found = search(this.program, text, start);
    return found && new RegexMatch(this, text, found.start, found.end, found.captures);
  }
  isMatch(text: string): boolean {
    return search(this.program, text, this.rightToLeft ? text.length : 0) !== undefined;
  }
  /** The match after this one; an empty match is followed by a search one character on. */
  next(match: RegexMatch): RegexMatch | undefined {
    if (this.rightToLeft) {
      const from = match.value.length === 0 ? match.index - 1 : match.index;
      return from < 0 ? undefined : this.match(match.text, from);
    }
    const from = match.value.length === 0 ? match.end + 1 : match.end;
    return from > match.text.length ? undefined : this.match(match.text, from);
  }
  /** All matches in turn. */
  *matches(text: string, start?: number): Generator<RegexMatch, void> {
    let match = this.match(text, start);
    while (match) {
      yield match;
      match = this.next(match);
    }
  }
}
