import type { Frame } from '../run/frame.ts';
import type { Signal } from '../run/flow.ts';
import { ListSink } from '../run/sink.ts';
import type { Steps } from '../run/steps.ts';
import type { Value } from '../types/value.ts';
import { attemptedExpr, attemptStatement, rest, suspend, suspended } from './attempt.ts';
import type { Suspended } from './attempt.ts';
import type { Expr, Stmt } from './code.ts';

/** What a statement writes, as one value. `ended` is told how the statement ended; `value` makes the value of the list. */
export function collected(
  code: Stmt,
  ended: (signal: Signal, frame: Frame) => void,
  value: (list: ListSink) => Value = (list) => list.value(),
): Expr {
  if (code.sync)
    return {
      sync: true,
      run: (frame) => {
        const list = new ListSink();
        const { out } = frame;
        frame.out = list;
        try {
          ended(code.run(frame), frame);
        } finally {
          frame.out = out;
        }
        return value(list);
      },
    };
  function* goOn(steps: Steps<Signal>, frame: Frame, out: Frame['out'], list: ListSink): Steps<Value> {
    try {
      ended(yield* steps, frame);
    } finally {
      frame.out = out;
    }
    return value(list);
  }
  return attemptedExpr((frame) => {
    const list = new ListSink();
    const { out } = frame;
    frame.out = list;
    let signal: Signal | Suspended;
    try {
      signal = attemptStatement(code, frame);
    } catch (error) {
      frame.out = out;
      throw error;
    }
    if (signal === suspended) return suspend(frame, goOn(rest(frame), frame, out, list));
    frame.out = out;
    ended(signal, frame);
    return value(list);
  });
}
