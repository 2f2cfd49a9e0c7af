import { z } from 'zod';

/**
 * Named views: pure functions of the attempt and its world, each with a window. Panes subscribe by name and
 * parameters; the engine host sends a view again only when what it shows has changed. Instants are microseconds.
 */

const eventRef = z.string().nullable();

/** One row of the registry tree, flattened in the order shown. */
const registryTreeRow = z.strictObject({
  path: z.string(),
  name: z.string(),
  depth: z.number().int(),
  expandable: z.boolean(),
  expanded: z.boolean(),
  /** True where a write in this key or below came with the latest input. */
  changed: z.boolean(),
});

const registryValueRow = z.strictObject({
  /** '' is the default value. */
  name: z.string(),
  /** `REG_SZ`, `REG_DWORD` … as regedit shows it. */
  type: z.string(),
  text: z.string(),
  /** The event that last wrote it, for the explanation; null where it was there from the start. */
  writer: eventRef,
  changed: z.boolean(),
});

const verdict = z.strictObject({
  passed: z.boolean(),
  expected: z.string(),
  found: z.string(),
  where: z.string(),
  hint: z.string().nullable(),
});

const check = z.strictObject({
  id: z.string(),
  title: z.string(),
  mode: z.enum(['latch', 'hold']),
  points: z.number(),
  earned: z.number(),
  state: z.enum(['open', 'passed', 'failed']),
  verdicts: z.array(verdict),
});

const hint = z.strictObject({
  id: z.string(),
  cost: z.number(),
  /** null until taken. */
  text: z.string().nullable(),
});

const prediction = z.strictObject({
  id: z.string(),
  question: z.string(),
  options: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  points: z.number(),
  /** null until locked; cannot change afterwards. */
  answer: z.string().nullable(),
  /** null until the outcome may be seen. */
  correct: z.boolean().nullable(),
  explanation: z.string().nullable(),
});

const step = z.strictObject({
  id: z.string(),
  title: z.string(),
  state: z.enum(['done', 'current', 'next', 'locked']),
  /** Markdown; fenced blocks `run`, `script PATH`, `open registry PATH`, `open file PATH`, `clock next` are actions. */
  text: z.string(),
  points: z.number(),
  earned: z.number(),
  checks: z.array(check),
  hints: z.array(hint),
  predictions: z.array(prediction),
});

const moment = z.strictObject({
  id: z.number().int(),
  parent: z.number().int().nullable(),
  name: z.string().nullable(),
  /** What the input was, in a few words: `typed: Get-Service`. */
  label: z.string(),
  at: z.number(),
  current: z.boolean(),
  /** On the way from the start to where the learner is now. */
  onPath: z.boolean(),
});

export const views = {
  clock: {
    params: z.strictObject({}),
    data: z.strictObject({
      now: z.number(),
      /** Offset of device time from UTC in minutes, and the zone's Windows id. */
      offsetMinutes: z.number(),
      zone: z.string(),
      playing: z.boolean(),
      speed: z.number(),
      /** A script is running or the clock is sweeping. */
      busy: z.boolean(),
      next: z.strictObject({ at: z.number(), label: z.string() }).nullable(),
      /** What passed in the last advance, newest last, at most 20. */
      passed: z.array(z.strictObject({ at: z.number(), label: z.string() })),
    }),
  },
  status: {
    params: z.strictObject({}),
    data: z.strictObject({
      facts: z.array(z.strictObject({ text: z.string(), pane: z.string(), target: z.string().nullable() })),
    }),
  },
  guide: {
    params: z.strictObject({}),
    data: z.strictObject({
      lab: z.string(),
      title: z.string(),
      objectives: z.array(z.string()),
      minutes: z.number(),
      device: z.string(),
      current: z.string(),
      earned: z.number(),
      possible: z.number(),
      passMark: z.number(),
      finished: z.boolean(),
      steps: z.array(step),
    }),
  },
  registryTree: {
    params: z.strictObject({
      expanded: z.array(z.string()),
      first: z.number().int(),
      count: z.number().int(),
    }),
    data: z.strictObject({
      total: z.number().int(),
      first: z.number().int(),
      rows: z.array(registryTreeRow),
    }),
  },
  registryKey: {
    params: z.strictObject({ path: z.string(), first: z.number().int(), count: z.number().int() }),
    data: z.strictObject({
      path: z.string(),
      exists: z.boolean(),
      lastWrite: z.number().nullable(),
      total: z.number().int(),
      first: z.number().int(),
      values: z.array(registryValueRow),
      /** The same read in PowerShell, for Copy. */
      powershell: z.string(),
    }),
  },
  files: {
    params: z.strictObject({ path: z.string(), first: z.number().int(), count: z.number().int() }),
    data: z.strictObject({
      path: z.string(),
      exists: z.boolean(),
      total: z.number().int(),
      first: z.number().int(),
      rows: z.array(
        z.strictObject({
          name: z.string(),
          directory: z.boolean(),
          size: z.number(),
          modified: z.number(),
          writer: eventRef,
        }),
      ),
    }),
  },
  /** The lines of a text file, as read by an administrator; a file that holds bytes says so and has no lines. */
  fileText: {
    params: z.strictObject({ path: z.string(), first: z.number().int(), count: z.number().int() }),
    data: z.strictObject({
      path: z.string(),
      exists: z.boolean(),
      /** False where the content is not text: then `total` is 0. */
      text: z.boolean(),
      /** Bytes on the device. */
      size: z.number(),
      /** Number of lines; one more than the line ends. */
      total: z.number().int(),
      first: z.number().int(),
      lines: z.array(z.string()),
    }),
  },
  log: {
    params: z.strictObject({
      path: z.string(),
      filter: z.string(),
      /** Negative counts from the end: -200 is the last 200. */
      first: z.number().int(),
      count: z.number().int(),
    }),
    data: z.strictObject({
      path: z.string(),
      exists: z.boolean(),
      total: z.number().int(),
      first: z.number().int(),
      rows: z.array(
        z.strictObject({
          index: z.number().int(),
          at: z.number(),
          type: z.number().int(),
          component: z.string(),
          thread: z.number().int(),
          text: z.string(),
          event: eventRef,
        }),
      ),
    }),
  },
  moments: {
    params: z.strictObject({}),
    data: z.strictObject({
      canUndo: z.boolean(),
      moments: z.array(moment),
      snapshots: z.array(z.strictObject({ name: z.string(), at: z.number() })),
    }),
  },
  drafts: {
    params: z.strictObject({}),
    data: z.strictObject({ files: z.array(z.strictObject({ path: z.string(), text: z.string() })) }),
  },
} as const;

export type ViewName = keyof typeof views;
export type ViewParams<N extends ViewName> = z.infer<(typeof views)[N]['params']>;
export type ViewData<N extends ViewName> = z.infer<(typeof views)[N]['data']>;
