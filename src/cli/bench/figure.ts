/** One figure of the design: measured, printed beside its goal, never a test. */
export interface Figure {
  readonly name: string;
  /** In the unit of `measure`. */
  readonly goal: number;
  readonly unit: 'ms' | 's' | 'MB/s';
  /** True where more is better. */
  readonly atLeast?: boolean;
  /** Sets up what is not measured and returns what is; runs `times` times and the best counts. */
  prepare(): () => number;
  readonly times: number;
}

/** Milliseconds that an action takes. */
export function timed(action: () => void): number {
  const started = performance.now();
  action();
  return performance.now() - started;
}

export interface Measured {
  readonly figure: Figure;
  readonly value: number;
  readonly reached: boolean;
}

export function measure(figure: Figure): Measured {
  const run = figure.prepare();
  let value = run();
  for (let n = 1; n < figure.times; n++) {
    const next = run();
    value = figure.atLeast === true ? Math.max(value, next) : Math.min(value, next);
  }
  return {
    figure,
    value,
    reached: figure.atLeast === true ? value >= figure.goal : value <= figure.goal,
  };
}
