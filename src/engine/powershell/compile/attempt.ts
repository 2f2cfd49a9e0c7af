import type { Frame } from '../run/frame.ts';
import { normal } from '../run/flow.ts';
import type { Signal } from '../run/flow.ts';
import { flush, ListSink } from '../run/sink.ts';
import type { Steps } from '../run/steps.ts';
import type { Value } from '../types/value.ts';
import type { Expr, Stmt } from './code.ts';

/**
 * Code that calls commands may have to wait, and mostly does not: a function's body is often done before anybody else
 * must run. An attempt runs such code as plain calls. Where it comes to something that waits it gives `suspended`, and
 * what is left to do is a generator that its caller takes at once (`rest`). So only what really waits pays for it.
 */
export const suspended: unique symbol = Symbol('suspended');
export type Suspended = typeof suspended;

/** Leaves the rest of an attempt for its caller. */
export function suspend(frame: Frame, rest: Steps<unknown>): Suspended {
  frame.session.rest = rest;
  return suspended;
}

/** Takes what the attempt that has just given `suspended` left to do. */
export function rest<T>(frame: Frame): Steps<T> {
  const { session } = frame;
  const steps = session.rest;
  session.rest = undefined;
  return steps as Steps<T>;
}

/** An expression that is attempted first, also where it is run as a generator. */
export function attemptedExpr(attempt: (frame: Frame) => Value | Suspended): Expr {
  return {
    sync: false,
    attempt,
    *run(frame) {
      const value = attempt(frame);
      return value === suspended ? yield* rest<Value>(frame) : value;
    },
  };
}

/** A statement that is attempted where its output goes to a sink that never makes it wait. */
export function attemptedStmt(attempt: (frame: Frame) => Signal | Suspended): Stmt {
  return {
    sync: false,
    attempt,
    *run(frame) {
      const signal = attempt(frame);
      return signal === suspended ? yield* rest<Signal>(frame) : signal;
    },
  };
}

/** Runs an expression as far as it goes without waiting. */
export function attempt(code: Expr, frame: Frame): Value | Suspended {
  if (code.sync) return code.run(frame);
  return code.attempt ? code.attempt(frame) : suspend(frame, code.run(frame));
}

/** Runs a statement as far as it goes without waiting. */
export function attemptStatement(code: Stmt, frame: Frame): Signal | Suspended {
  if (code.sync) return frame.out.sync ? code.run(frame) : suspend(frame, buffered(code, frame));
  return code.attempt ? code.attempt(frame) : suspend(frame, code.run(frame));
}

/** Runs a sync statement whose output goes where writing may suspend. */
export function* buffered(code: Stmt & { sync: true }, frame: Frame): Steps<Signal> {
  const { out } = frame;
  const list = new ListSink();
  frame.out = list;
  let signal: Signal = normal;
  let failure: unknown;
  let failed = false;
  try {
    signal = code.run(frame);
  } catch (error) {
    failed = true;
    failure = error;
  }
  frame.out = out;
  if (list.items.length > 0) yield* flush(list.items, out);
  if (failed) throw failure;
  return signal;
}
