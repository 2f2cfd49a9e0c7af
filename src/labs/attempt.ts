import type { JournalEntry } from '../engine/world/input.ts';
import { assertNever } from '../base/assert-never.ts';

/** What a check said about one thing it looked at. */
export interface Verdict {
  readonly passed: boolean;
  readonly expected: string;
  readonly found: string;
  readonly where: string;
  readonly hint: string | null;
}

/**
 * One record of an attempt's file. The file is append-only and never rewound: going to a moment adds a record.
 * `on` is the host's wall clock as ISO text, for "time spent" only; nothing the engine does reads it.
 */
export type AttemptRecord =
  | {
      readonly kind: 'start';
      readonly format: 1;
      readonly engine: string;
      readonly lab: string;
      readonly labHash: string;
      readonly seed: string;
      readonly on: string;
    }
  | { readonly kind: 'input'; readonly entry: JournalEntry; readonly on: string }
  /** State hash of the world once everything runnable after this input had run. */
  | { readonly kind: 'hash'; readonly seq: number; readonly hash: string }
  /** The time machine: the world is the one after input `to`; what follows branches from there. */
  | { readonly kind: 'go'; readonly to: number }
  /** An input that could not be stopped in time and was taken back with the engine's restart. */
  | { readonly kind: 'abandon'; readonly seq: number; readonly parent: number }
  | { readonly kind: 'name'; readonly seq: number; readonly name: string }
  | { readonly kind: 'step'; readonly step: string }
  | { readonly kind: 'hint'; readonly step: string; readonly hint: string; readonly cost: number }
  | {
      readonly kind: 'prediction';
      readonly prediction: string;
      readonly answer: string;
      readonly correct: boolean;
      readonly seq: number;
      readonly options: readonly PredictionOption[];
    }
  | {
      readonly kind: 'check';
      readonly check: string;
      readonly seq: number;
      readonly verdicts: readonly Verdict[];
    }
  | { readonly kind: 'draft'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'finish';
      readonly seq: number;
      readonly earned: number;
      readonly possible: number;
      readonly on: string;
    };

export interface PredictionOption {
  readonly id: string;
  readonly text: string;
  readonly correct: boolean;
  readonly explanation: string;
}

export interface CheckState {
  /** Share of the points, 0 to 1, as last seen. */
  readonly share: number;
  /** The best share ever seen: what a latch counts. */
  readonly best: number;
  readonly verdicts: readonly Verdict[];
  readonly seq: number;
}

export interface LockedPrediction {
  readonly answer: string;
  readonly correct: boolean;
  readonly options: readonly PredictionOption[];
}

/** What an attempt amounts to: the fold of its records. */
export interface Attempt {
  readonly start: Extract<AttemptRecord, { kind: 'start' }> | null;
  readonly entries: ReadonlyMap<number, JournalEntry>;
  readonly hashes: ReadonlyMap<number, string>;
  /** Input whose world the learner is in; 0 is the start of the lab. */
  readonly current: number;
  readonly lastSeq: number;
  readonly abandoned: ReadonlySet<number>;
  readonly names: ReadonlyMap<number, string>;
  readonly step: string | null;
  /** Cost by `step/hint`. */
  readonly hints: ReadonlyMap<string, number>;
  readonly predictions: ReadonlyMap<string, LockedPrediction>;
  readonly checks: ReadonlyMap<string, CheckState>;
  readonly drafts: ReadonlyMap<string, string>;
  readonly finished: Extract<AttemptRecord, { kind: 'finish' }> | null;
}

export const emptyAttempt: Attempt = {
  start: null,
  entries: new Map(),
  hashes: new Map(),
  current: 0,
  lastSeq: 0,
  abandoned: new Set(),
  names: new Map(),
  step: null,
  hints: new Map(),
  predictions: new Map(),
  checks: new Map(),
  drafts: new Map(),
  finished: null,
};

export function passedShare(verdicts: readonly Verdict[]): number {
  return verdicts.length === 0 ? 0 : verdicts.filter((verdict) => verdict.passed).length / verdicts.length;
}

const set = <K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> =>
  new Map(map).set(key, value);

export function applyRecord(attempt: Attempt, record: AttemptRecord): Attempt {
  switch (record.kind) {
    case 'start':
      return { ...attempt, start: record };
    case 'input':
      return {
        ...attempt,
        entries: set(attempt.entries, record.entry.seq, record.entry),
        current: record.entry.seq,
        lastSeq: Math.max(attempt.lastSeq, record.entry.seq),
      };
    case 'hash':
      return { ...attempt, hashes: set(attempt.hashes, record.seq, record.hash) };
    case 'go':
      return { ...attempt, current: record.to };
    case 'abandon':
      return { ...attempt, abandoned: new Set(attempt.abandoned).add(record.seq), current: record.parent };
    case 'name':
      return { ...attempt, names: set(attempt.names, record.seq, record.name) };
    case 'step':
      return { ...attempt, step: record.step };
    case 'hint':
      return { ...attempt, hints: set(attempt.hints, `${record.step}/${record.hint}`, record.cost) };
    case 'prediction':
      // Locked is locked: a second answer in the file does not count.
      return attempt.predictions.has(record.prediction)
        ? attempt
        : { ...attempt, predictions: set(attempt.predictions, record.prediction, record) };
    case 'check': {
      const share = passedShare(record.verdicts);
      const best = Math.max(share, attempt.checks.get(record.check)?.best ?? 0);
      return {
        ...attempt,
        checks: set(attempt.checks, record.check, {
          share,
          best,
          verdicts: record.verdicts,
          seq: record.seq,
        }),
      };
    }
    case 'draft':
      return { ...attempt, drafts: set(attempt.drafts, record.path, record.text) };
    case 'finish':
      return { ...attempt, finished: record };
    default:
      return assertNever(record);
  }
}

/** Inputs from the start of the lab to `seq`, oldest first. */
export function pathTo(attempt: Attempt, seq: number): readonly JournalEntry[] {
  const path: JournalEntry[] = [];
  for (let at = seq; at !== 0;) {
    const entry = attempt.entries.get(at);
    if (!entry) throw new RangeError(`The attempt has no input ${at}`);
    path.push(entry);
    at = entry.parent;
  }
  return path.reverse();
}
