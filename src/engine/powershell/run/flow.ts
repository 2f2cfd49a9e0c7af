import type { Value } from '../types/value.ts';

/** How a statement ended. */
export const normal = 0;
export const breaking = 1;
export const continuing = 2;
export const returning = 3;
export type Signal = 0 | 1 | 2 | 3;

/** `break` or `continue` on its way through a function or block border. */
export class LoopFlow extends Error {
  readonly signal: typeof breaking | typeof continuing;
  readonly label: string | undefined;
  constructor(signal: typeof breaking | typeof continuing, label: string | undefined) {
    super(signal === breaking ? 'break' : 'continue');
    this.signal = signal;
    this.label = label;
  }
}

/** `exit`. */
export class ExitFlow extends Error {
  readonly code: Value;
  constructor(code: Value) {
    super('exit');
    this.code = code;
  }
}

/** Ctrl+C, or the end of the session: passes every try. */
export class StopFlow extends Error {
  constructor() {
    super('stopped');
  }
}

/** A cmdlet needs no more input (Select-Object -First): ends the pipeline it belongs to, quietly. */
export class PipelineStopFlow extends Error {
  readonly owner: unknown;
  constructor(owner: unknown) {
    super('pipeline stopped');
    this.owner = owner;
  }
}
