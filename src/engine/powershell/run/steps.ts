import type { Resume, Suspend } from '../host.ts';

/** Work that may suspend: `undefined` when it was done at once, else a generator that the caller must run (`yield*`). */
export type Step = Work | undefined;
export type Work = Generator<Suspend, void, Resume>;
export type Steps<T> = Generator<Suspend, T, Resume>;
