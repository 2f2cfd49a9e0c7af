import type { CharSet } from './char-set.ts';

/** Instructions of the matcher. Operands follow the number of the instruction. Those with `Back` read leftwards. */
export const op = {
  match: 0,
  /** code */
  char: 1,
  charBack: 2,
  /** set */
  set: 3,
  setBack: 4,
  /** string */
  text: 5,
  textBack: 6,
  /** other branch: tried when this one fails */
  split: 7,
  jump: 8,
  /** set, min, max, of one character each: as many as possible */
  repeat: 9,
  repeatBack: 10,
  /** as few as possible */
  repeatLazy: 11,
  repeatLazyBack: 12,
  /** as many as possible and none given back */
  repeatAtomic: 13,
  /** register */
  loopStart: 14,
  /** register, min, max, exit */
  loopTest: 15,
  /** register, min, max, exit: leaves as soon as it may */
  loopTestLazy: 16,
  /** register: one more round of a lazy loop */
  loopEnter: 17,
  /** register */
  captureStart: 18,
  /** register, group, balances */
  captureEnd: 19,
  /** group, ignore case */
  reference: 20,
  referenceBack: 21,
  /** register: remembers how much there is to go back to, and the place */
  mark: 22,
  /** register: forgets what was to go back to since the mark */
  commit: 23,
  /** register: the same, and returns to the place */
  commitReturn: 24,
  /** register, where to go on when the body does not match */
  negative: 25,
  /** register */
  negativeEnd: 26,
  /** group, otherwise */
  ifGroup: 27,
  /** register, otherwise */
  ifMatch: 28,
  lineStart: 29,
  lineEnd: 30,
  start: 31,
  end: 32,
  endOrNewline: 33,
  continue: 34,
  boundary: 35,
  notBoundary: 36,
} as const;

export interface Program {
  readonly code: Int32Array;
  readonly sets: readonly CharSet[];
  readonly texts: readonly string[];
  /** Registers of loops, captures and marks, two each. */
  readonly registers: number;
  /** Slots for captures: position of each group number. */
  readonly groupNumbers: readonly number[];
  readonly backward: boolean;
  /** What every match begins with, where it is known: to leap over text that cannot match. */
  readonly lead: Lead | undefined;
}
export type Lead =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'set'; readonly set: CharSet }
  /** Matches begin at the start of the text, or of a line. */
  | { readonly kind: 'start' }
  | { readonly kind: 'lineStart' };
