import { RefusedError } from '../bridge.ts';
import type { Notice } from '../bridge.ts';

export interface ShownNotice extends Notice {
  readonly id: number;
}

/** Messages to the learner: what happened, why, what to do. They stay until dismissed, errors of a call included. */
export class Notices {
  list = $state.raw<readonly ShownNotice[]>([]);
  #next = 1;

  add = (notice: Notice): void => {
    if (this.list.some((shown) => shown.text === notice.text)) return;
    this.list = [...this.list, { ...notice, id: this.#next++ }].slice(-4);
  };

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  /** For calls whose answer nobody awaits. */
  report = (error: unknown): void => {
    if (error instanceof RefusedError && error.code === 'engine-gone') return;
    this.add({ level: 'error', text: error instanceof Error ? error.message : String(error) });
  };
}
