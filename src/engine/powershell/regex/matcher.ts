import { boundarySet, foldCase } from './char-set.ts';
import type { Program } from './program.ts';
import { RegexMemoryError } from './regex-error.ts';

/**
 * Called every `stepInterval` steps of one match and at its end, with the steps since the last call and those of the
 * whole match so far; may throw to end the match. Counts start anew with each match, so that they never depend on
 * what else the process has matched.
 */
export type StepHook = (fresh: number, inMatch: number) => void;
let stepHook: StepHook | undefined;
export const stepInterval = 16384;
export function setStepHook(hook: StepHook | undefined): void {
  stepHook = hook;
}

/** Kinds of frames on the stack, four numbers each: kind, instruction, two values. */
const choice = 0;
const greedy = 1;
const greedyBack = 2;
const lazy = 3;
const lazyBack = 4;
/** Frames that only put something back. */
const restore = 5;
const dropCapture = 6;
const giveBackCapture = 7;

/** 64 million numbers: a quarter of a gigabyte. */
const stackLimit = 1 << 26;
/** A stack larger than this is not kept for the next match. */
const keptStack = 1 << 18;

/** Captures of each group slot: starts and ends in turn. */
export type Captures = readonly (readonly number[])[];
export interface Found {
  readonly start: number;
  readonly end: number;
  readonly captures: Captures;
}

/** Runners that wait for the next match of their program. */
const idle = new WeakMap<Program, Run>();

/**
 * Finds the first match at or after `from` (at or before, for a pattern that reads from right to left). `\\G` stands
 * for `previousEnd`.
 */
export function search(program: Program, text: string, from: number, previousEnd = from): Found | undefined {
  const waiting = idle.get(program);
  // A hook may run a pattern while that same pattern is at work.
  if (waiting?.isBusy === false) return waiting.run(text, from, previousEnd);
  const run = new Run(program);
  idle.set(program, run);
  return run.run(text, from, previousEnd);
}

class Run {
  isBusy = false;
  private readonly program: Program;
  private text = '';
  private previousEnd = 0;
  private readonly registers: Int32Array;
  private captures: number[][];
  private stack: Int32Array = new Int32Array(256);
  private end = 0;
  /** Steps since the hook was called, and those of this match before that. */
  private fresh = 0;
  private counted = 0;

  constructor(program: Program) {
    this.program = program;
    this.registers = new Int32Array(program.registers);
    this.captures = program.groupNumbers.map(() => []);
  }
  run(text: string, from: number, previousEnd: number): Found | undefined {
    this.isBusy = true;
    this.text = text;
    this.previousEnd = previousEnd;
    this.fresh = 0;
    this.counted = 0;
    try {
      const found = this.search(from);
      stepHook?.(this.fresh, this.counted + this.fresh);
      return found;
    } finally {
      this.isBusy = false;
      this.text = '';
      if (this.stack.length > keptStack) this.stack = new Int32Array(256);
    }
  }

  search(from: number): Found | undefined {
    const { text, program } = this;
    const { lead } = program;
    if (program.backward) {
      for (let at = from; at >= 0; at--) if (this.at(at)) return this.found(at);
      return undefined;
    }
    if (lead === undefined) {
      for (let at = from; at <= text.length; at++) if (this.at(at)) return this.found(at);
      return undefined;
    }
    switch (lead.kind) {
      case 'start':
        return from === 0 && this.at(0) ? this.found(0) : undefined;
      case 'lineStart':
        for (let at = from; at <= text.length; at++) {
          if (at > 0 && text.charCodeAt(at - 1) !== 10) {
            const newline = text.indexOf('\n', at);
            if (newline < 0) return undefined;
            at = newline + 1;
          }
          if (this.at(at)) return this.found(at);
        }
        return undefined;
      case 'text':
        for (let at = text.indexOf(lead.text, from); at >= 0; at = text.indexOf(lead.text, at + 1))
          if (this.at(at)) return this.found(at);
        return undefined;
      case 'set': {
        const { set } = lead;
        const { ascii } = set;
        for (let at = from; at < text.length; at++) {
          const c = text.charCodeAt(at);
          if (c < 128 ? ascii[c] === 0 : !set.has(c)) continue;
          if (this.at(at)) return this.found(at);
        }
        return undefined;
      }
    }
  }
  private found(at: number): Found {
    const start = Math.min(at, this.end);
    const end = Math.max(at, this.end);
    const { captures } = this;
    this.captures = captures.map(() => []);
    return { start, end, captures };
  }
  private count(done: number): void {
    this.fresh += done;
    if (this.fresh < stepInterval) return;
    const { fresh } = this;
    this.fresh = 0;
    this.counted += fresh;
    stepHook?.(fresh, this.counted);
  }
  private grow(): Int32Array {
    if (this.stack.length * 2 > stackLimit) throw new RegexMemoryError();
    const larger = new Int32Array(this.stack.length * 2);
    larger.set(this.stack);
    return (this.stack = larger);
  }

  /** Whether the pattern matches at this place; sets `end` and the captures. */
  private at(start: number): boolean {
    const { text, registers, captures } = this;
    const { code, sets, texts } = this.program;
    const { length } = text;
    let { stack } = this;
    let top = 0;
    let pc = 0;
    let pos = start;
    let done = 0;
    for (const list of captures) if (list.length > 0) list.length = 0;

    for (;;) {
      if (++done >= 1024) {
        this.count(done);
        done = 0;
      }
      if (top + 32 > stack.length) stack = this.grow();
      let failed = false;
      switch (code[pc]) {
        case 0: // match
          this.end = pos;
          this.count(done);
          return true;
        case 1: // char
          if (text.charCodeAt(pos) === code[pc + 1]) {
            pos++;
            pc += 2;
          } else failed = true;
          break;
        case 2: // charBack
          if (pos > 0 && text.charCodeAt(pos - 1) === code[pc + 1]) {
            pos--;
            pc += 2;
          } else failed = true;
          break;
        case 3: {
          // set
          const c = text.charCodeAt(pos);
          const set = sets[code[pc + 1] as number] as (typeof sets)[0];
          if (c < 128 ? set.ascii[c] === 1 : pos < length && set.has(c)) {
            pos++;
            pc += 2;
          } else failed = true;
          break;
        }
        case 4: {
          // setBack
          const set = sets[code[pc + 1] as number] as (typeof sets)[0];
          if (pos > 0 && set.has(text.charCodeAt(pos - 1))) {
            pos--;
            pc += 2;
          } else failed = true;
          break;
        }
        case 5: {
          // text
          const wanted = texts[code[pc + 1] as number] as string;
          if (text.startsWith(wanted, pos)) {
            pos += wanted.length;
            pc += 2;
          } else failed = true;
          break;
        }
        case 6: {
          // textBack
          const wanted = texts[code[pc + 1] as number] as string;
          if (pos >= wanted.length && text.startsWith(wanted, pos - wanted.length)) {
            pos -= wanted.length;
            pc += 2;
          } else failed = true;
          break;
        }
        case 7: // split
          stack[top] = choice;
          stack[top + 1] = code[pc + 1] as number;
          stack[top + 2] = pos;
          top += 4;
          pc += 2;
          break;
        case 8: // jump
          pc = code[pc + 1] as number;
          break;
        case 9: // repeat
        case 13: {
          // repeatAtomic
          const set = sets[code[pc + 1] as number] as (typeof sets)[0];
          const { ascii } = set;
          const min = code[pc + 2] as number;
          const max = code[pc + 3] as number;
          const most = max < length - pos ? pos + max : length;
          let p = pos;
          while (p < most) {
            const c = text.charCodeAt(p);
            if (c < 128 ? ascii[c] === 0 : !set.has(c)) break;
            p++;
          }
          done += (p - pos) >> 3;
          if (p - pos < min) {
            failed = true;
            break;
          }
          if (p - pos > min && code[pc] === 9) {
            stack[top] = greedy;
            stack[top + 1] = pc + 4;
            stack[top + 2] = p - 1;
            stack[top + 3] = pos + min;
            top += 4;
          }
          pos = p;
          pc += 4;
          break;
        }
        case 10: {
          // repeatBack
          const set = sets[code[pc + 1] as number] as (typeof sets)[0];
          const min = code[pc + 2] as number;
          const least = Math.max(0, pos - (code[pc + 3] as number));
          let p = pos;
          while (p > least && set.has(text.charCodeAt(p - 1))) p--;
          done += (pos - p) >> 3;
          if (pos - p < min) {
            failed = true;
            break;
          }
          if (pos - p > min) {
            stack[top] = greedyBack;
            stack[top + 1] = pc + 4;
            stack[top + 2] = p + 1;
            stack[top + 3] = pos - min;
            top += 4;
          }
          pos = p;
          pc += 4;
          break;
        }
        case 11: // repeatLazy
        case 12: {
          // repeatLazyBack
          const set = sets[code[pc + 1] as number] as (typeof sets)[0];
          const min = code[pc + 2] as number;
          const max = code[pc + 3] as number;
          const isBack = code[pc] === 12;
          let n = 0;
          for (; n < min; n++) {
            const p = isBack ? pos - 1 : pos;
            if (p < 0 || p >= length || !set.has(text.charCodeAt(p))) break;
            pos += isBack ? -1 : 1;
          }
          if (n < min) {
            failed = true;
            break;
          }
          if (max > min) {
            stack[top] = isBack ? lazyBack : lazy;
            stack[top + 1] = pc;
            stack[top + 2] = pos;
            stack[top + 3] = max - min;
            top += 4;
          }
          pc += 4;
          break;
        }
        case 14: {
          // loopStart
          const r = code[pc + 1] as number;
          stack[top] = restore;
          stack[top + 1] = r;
          stack[top + 2] = registers[r] as number;
          stack[top + 3] = registers[r + 1] as number;
          top += 4;
          registers[r] = 0;
          registers[r + 1] = -1;
          pc += 2;
          break;
        }
        case 15: {
          // loopTest
          const r = code[pc + 1] as number;
          const n = registers[r] as number;
          if (n >= (code[pc + 2] as number)) {
            if (n >= (code[pc + 3] as number) || registers[r + 1] === pos) {
              pc = code[pc + 4] as number;
              break;
            }
            stack[top] = choice;
            stack[top + 1] = code[pc + 4] as number;
            stack[top + 2] = pos;
            top += 4;
          }
          stack[top] = restore;
          stack[top + 1] = r;
          stack[top + 2] = n;
          stack[top + 3] = registers[r + 1] as number;
          top += 4;
          registers[r] = n + 1;
          registers[r + 1] = pos;
          pc += 5;
          break;
        }
        case 16: {
          // loopTestLazy
          const r = code[pc + 1] as number;
          const n = registers[r] as number;
          if (n >= (code[pc + 2] as number)) {
            if (n < (code[pc + 3] as number) && registers[r + 1] !== pos) {
              stack[top] = choice;
              stack[top + 1] = pc + 5;
              stack[top + 2] = pos;
              top += 4;
            }
            pc = code[pc + 4] as number;
          } else pc += 5;
          break;
        }
        case 17: {
          // loopEnter
          const r = code[pc + 1] as number;
          stack[top] = restore;
          stack[top + 1] = r;
          stack[top + 2] = registers[r] as number;
          stack[top + 3] = registers[r + 1] as number;
          top += 4;
          registers[r] = (registers[r] as number) + 1;
          registers[r + 1] = pos;
          pc += 2;
          break;
        }
        case 18: {
          // captureStart
          const r = code[pc + 1] as number;
          stack[top] = restore;
          stack[top + 1] = r;
          stack[top + 2] = registers[r] as number;
          stack[top + 3] = registers[r + 1] as number;
          top += 4;
          registers[r] = pos;
          pc += 2;
          break;
        }
        case 19: {
          // captureEnd
          const from = registers[code[pc + 1] as number] as number;
          const slot = code[pc + 2] as number;
          const balances = code[pc + 3] as number;
          let first = from < pos ? from : pos;
          let last = from < pos ? pos : from;
          if (balances >= 0) {
            const list = captures[balances] as number[];
            if (list.length === 0) {
              failed = true;
              break;
            }
            const to = list.pop() as number;
            const begin = list.pop() as number;
            stack[top] = giveBackCapture;
            stack[top + 1] = balances;
            stack[top + 2] = begin;
            stack[top + 3] = to;
            top += 4;
            // The capture is what lies between the two groups.
            if (first >= to) {
              last = first;
              first = to;
            } else if (last <= begin) first = begin;
            else {
              if (last > to) last = to;
              if (begin > first) first = begin;
            }
          }
          if (slot >= 0) {
            (captures[slot] as number[]).push(first, last);
            stack[top] = dropCapture;
            stack[top + 1] = slot;
            top += 4;
          }
          pc += 4;
          break;
        }
        case 20: // reference
        case 21: {
          // referenceBack
          const list = captures[code[pc + 1] as number] as number[];
          if (list.length === 0) {
            failed = true;
            break;
          }
          const first = list[list.length - 2] as number;
          const size = (list[list.length - 1] as number) - first;
          const isBack = code[pc] === 21;
          const against = isBack ? pos - size : pos;
          if (against < 0 || against + size > length) {
            failed = true;
            break;
          }
          const fold = code[pc + 2] === 1;
          for (let i = 0; i < size && !failed; i++) {
            const a = text.charCodeAt(first + i);
            const b = text.charCodeAt(against + i);
            if (a !== b && !(fold && foldCase(a) === foldCase(b))) failed = true;
          }
          done += size >> 3;
          if (!failed) {
            pos = isBack ? against : pos + size;
            pc += 3;
          }
          break;
        }
        case 22: {
          // mark
          const r = code[pc + 1] as number;
          stack[top] = restore;
          stack[top + 1] = r;
          stack[top + 2] = registers[r] as number;
          stack[top + 3] = registers[r + 1] as number;
          top += 4;
          registers[r] = top;
          registers[r + 1] = pos;
          pc += 2;
          break;
        }
        case 23: // commit
        case 24: {
          // commitReturn
          const r = code[pc + 1] as number;
          let kept = registers[r] as number;
          // What only puts something back must stay: going back past the group undoes its captures.
          for (let i = kept; i < top; i += 4) {
            if ((stack[i] as number) < restore) continue;
            if (kept !== i) stack.copyWithin(kept, i, i + 4);
            kept += 4;
          }
          top = kept;
          if (code[pc] === 24) pos = registers[r + 1] as number;
          pc += 2;
          break;
        }
        case 28: // ifMatch
        case 25: {
          // negative
          const r = code[pc + 1] as number;
          stack[top] = restore;
          stack[top + 1] = r;
          stack[top + 2] = registers[r] as number;
          stack[top + 3] = registers[r + 1] as number;
          top += 4;
          registers[r] = top;
          registers[r + 1] = pos;
          stack[top] = choice;
          stack[top + 1] = code[pc + 2] as number;
          stack[top + 2] = pos;
          top += 4;
          pc += 3;
          break;
        }
        case 26: {
          // negativeEnd
          const height = registers[code[pc + 1] as number] as number;
          while (top > height) {
            top -= 4;
            if ((stack[top] as number) >= restore) this.undo(stack, top);
          }
          failed = true;
          break;
        }
        case 27: // ifGroup
          pc = (captures[code[pc + 1] as number] as number[]).length > 0 ? pc + 3 : (code[pc + 2] as number);
          break;
        case 29: // lineStart
          if (pos === 0 || text.charCodeAt(pos - 1) === 10) pc++;
          else failed = true;
          break;
        case 30: // lineEnd
          if (pos === length || text.charCodeAt(pos) === 10) pc++;
          else failed = true;
          break;
        case 31: // start
          if (pos === 0) pc++;
          else failed = true;
          break;
        case 32: // end
          if (pos === length) pc++;
          else failed = true;
          break;
        case 33: // endOrNewline
          if (pos === length || (pos === length - 1 && text.charCodeAt(pos) === 10)) pc++;
          else failed = true;
          break;
        case 34: // continue
          if (pos === this.previousEnd) pc++;
          else failed = true;
          break;
        case 35: // boundary
        case 36: {
          // notBoundary
          const before = pos > 0 && boundarySet.has(text.charCodeAt(pos - 1));
          const after = pos < length && boundarySet.has(text.charCodeAt(pos));
          if ((before !== after) === (code[pc] === 35)) pc++;
          else failed = true;
          break;
        }
      }
      if (!failed) continue;
      // Go back to the last choice.
      for (;;) {
        if (top === 0) {
          this.count(done);
          return false;
        }
        done++;
        top -= 4;
        const kind = stack[top] as number;
        if (kind >= restore) {
          this.undo(stack, top);
          continue;
        }
        if (kind === choice) {
          pc = stack[top + 1] as number;
          pos = stack[top + 2] as number;
          break;
        }
        if (kind === greedy) {
          pc = stack[top + 1] as number;
          pos = stack[top + 2] as number;
          if (pos > (stack[top + 3] as number)) {
            stack[top + 2] = pos - 1;
            top += 4;
          }
          break;
        }
        if (kind === greedyBack) {
          pc = stack[top + 1] as number;
          pos = stack[top + 2] as number;
          if (pos < (stack[top + 3] as number)) {
            stack[top + 2] = pos + 1;
            top += 4;
          }
          break;
        }
        // One more character of a lazy run.
        const at = stack[top + 1] as number;
        const p = kind === lazy ? (stack[top + 2] as number) : (stack[top + 2] as number) - 1;
        if (p < 0 || p >= length) continue;
        const set = sets[code[at + 1] as number] as (typeof sets)[0];
        if (!set.has(text.charCodeAt(p))) continue;
        pos = kind === lazy ? p + 1 : p;
        pc = at + 4;
        const more = (stack[top + 3] as number) - 1;
        if (more > 0) {
          stack[top + 2] = pos;
          stack[top + 3] = more;
          top += 4;
        }
        break;
      }
    }
  }
  private undo(stack: Int32Array, at: number): void {
    switch (stack[at]) {
      case restore: {
        const r = stack[at + 1] as number;
        this.registers[r] = stack[at + 2] as number;
        this.registers[r + 1] = stack[at + 3] as number;
        return;
      }
      case dropCapture:
        (this.captures[stack[at + 1] as number] as number[]).length -= 2;
        return;
      default:
        (this.captures[stack[at + 1] as number] as number[]).push(
          stack[at + 2] as number,
          stack[at + 3] as number,
        );
    }
  }
}
