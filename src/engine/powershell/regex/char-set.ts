import { unicodeBlocks } from './unicode-blocks.ts';

/** What a character class is made of. */
export interface SetParts {
  negate: boolean;
  /** First and last code of each range. */
  readonly ranges: (readonly [number, number])[];
  /** Classes within the class: `\w`, `\P{Lu}`. */
  readonly tests: ((code: number) => boolean)[];
  subtract: CharSet | undefined;
}

/** A set of UTF-16 code units. */
export class CharSet {
  /** 1 for the members below 128. */
  readonly ascii: Uint8Array = new Uint8Array(128);
  /** 0 not asked yet, 1 no, 2 yes. Made when a code above 127 is first asked for. */
  private known: Uint8Array | undefined = undefined;
  private readonly test: (code: number) => boolean;
  /** No member above 127. */
  readonly asciiOnly: boolean;
  /** `w`, `S` and so on, where it is such a class. */
  readonly letter: string;

  constructor(test: (code: number) => boolean, asciiOnly = false, letter = '') {
    this.test = test;
    this.asciiOnly = asciiOnly;
    this.letter = letter;
    for (let c = 0; c < 128; c++) this.ascii[c] = test(c) ? 1 : 0;
  }
  has(code: number): boolean {
    if (code < 128) return this.ascii[code] === 1;
    const known = (this.known ??= new Uint8Array(65536));
    let answer = known[code] as number;
    if (answer === 0) known[code] = answer = this.test(code) ? 2 : 1;
    return answer === 2;
  }
}

const byExpression = (expression: RegExp): ((code: number) => boolean) => {
  return (code) => expression.test(String.fromCharCode(code));
};
export const isWordCode: (code: number) => boolean = byExpression(/[\p{L}\p{Mn}\p{Nd}\p{Pc}]/u);
export const isSpaceCode: (code: number) => boolean = byExpression(/[\s\u0085]/u);
export const isDigitCode: (code: number) => boolean = byExpression(/\p{Nd}/u);
/** `\s` of JavaScript has U+FEFF, char.IsWhiteSpace has not. */
const isWhite = (code: number): boolean => code !== 0xfeff && isSpaceCode(code);
const isNot =
  (test: (code: number) => boolean): ((code: number) => boolean) =>
  (code) =>
    !test(code);

/** `\d`, `\D`, `\w`, `\W`, `\s`, `\S` by their letter. */
export const shorthand: Readonly<Record<string, (code: number) => boolean>> = {
  d: isDigitCode,
  D: isNot(isDigitCode),
  w: isWordCode,
  W: isNot(isWordCode),
  s: isWhite,
  S: isNot(isWhite),
};
export const shorthandSets: Readonly<Record<string, CharSet>> = Object.fromEntries(
  Object.entries(shorthand).map(([letter, test]) => [letter, new CharSet(test, false, letter)]),
);
const disjointLetters: Readonly<Record<string, string>> = {
  w: 'Ws',
  W: 'wd',
  d: 'DsW',
  D: 'd',
  s: 'Swd',
  S: 's',
};
/** Whether two sets certainly have no member in common. */
export function areDisjoint(a: CharSet, b: CharSet): boolean {
  if (a.letter !== '' && disjointLetters[a.letter]?.includes(b.letter || '-')) return true;
  if (!a.asciiOnly && !b.asciiOnly) return false;
  for (let c = 0; c < 128; c++) if (a.ascii[c] === 1 && b.ascii[c] === 1) return false;
  return true;
}
export const anySet = new CharSet(() => true);
export const notNewline = new CharSet((c) => c !== 10);
/** Members of a word for `\b`: also the two joiners. */
export const boundarySet = new CharSet((c) => isWordCode(c) || c === 0x200c || c === 0x200d);

const categories =
  /^(L|Lu|Ll|Lt|Lm|Lo|M|Mn|Mc|Me|N|Nd|Nl|No|P|Pc|Pd|Ps|Pe|Pi|Pf|Po|S|Sm|Sc|Sk|So|Z|Zs|Zl|Zp|C|Cc|Cf|Cs|Co|Cn)$/;
/** Test of `\p{name}`; undefined where there is no such category or block. */
export function propertyTest(name: string): ((code: number) => boolean) | undefined {
  if (categories.test(name)) return byExpression(new RegExp(`\\p{${name}}`, 'u'));
  if (!name.startsWith('Is')) return undefined;
  const block = unicodeBlocks.get(name.slice(2));
  return block && ((c) => c >= block[0] && c <= block[1]);
}

/** Codes that differ from `code` in case only, `code` among them. */
export function caseVariants(code: number): number[] {
  const text = String.fromCharCode(code);
  const found = new Set([code]);
  for (const other of [text.toLowerCase(), text.toUpperCase()])
    if (other.length === 1) found.add(other.charCodeAt(0));
  // The Kelvin sign, the Angstrom sign and the dotted I fold to plain letters.
  if (found.has(0x6b)) found.add(0x212a);
  if (found.has(0xe5)) found.add(0x212b);
  if (found.has(0x69)) found.add(0x130);
  if (code === 0x130) [0x49, 0x69].forEach((c) => found.add(c));
  return [...found];
}
/** One code that stands for all its case variants. */
export function foldCase(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
  if (code === 0x130) return 0x69;
  if (code === 0x212a) return 0x6b;
  const lower = String.fromCharCode(code).toLowerCase();
  return lower.length === 1 ? lower.charCodeAt(0) : code;
}

export function setOf(parts: SetParts, ignoreCase: boolean): CharSet {
  const { ranges, tests, negate, subtract } = parts;
  const inRange = (c: number): boolean => {
    for (const [from, to] of ranges) if (c >= from && c <= to) return true;
    return false;
  };
  const member = (c: number): boolean =>
    (ignoreCase ? caseVariants(c).some(inRange) : inRange(c)) || tests.some((test) => test(c));
  const asciiOnly = !negate && tests.length === 0 && !ignoreCase && ranges.every(([, to]) => to < 128);
  return new CharSet((c) => member(c) !== negate && !(subtract?.has(c) ?? false), asciiOnly);
}
const ofCase = new Map<number, CharSet>();
/** A character in either case. */
export function eitherCase(code: number): CharSet {
  let set = ofCase.get(code);
  if (!set) {
    const variants = caseVariants(code);
    ofCase.set(code, (set = new CharSet((c) => variants.includes(c), Math.max(...variants) < 128)));
  }
  return set;
}
