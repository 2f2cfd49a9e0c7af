import { z } from 'zod';
import { editorVerbs } from './editor-verbs.ts';

/** What a client may ask of the engine host, over its port. Anything that changes the world becomes an input. */

const none = z.strictObject({});
const done = z.strictObject({});

export const explanation = z.strictObject({
  event: z.string(),
  at: z.number(),
  what: z.string(),
  rule: z
    .strictObject({
      id: z.string(),
      says: z.string(),
      confidence: z.enum(['documented', 'observed', 'inferred', 'disputed']),
      sources: z.array(z.string()),
      otherwise: z.string().nullable(),
    })
    .nullable(),
  /** Of a log line: where its words are known from. `inferred`: no source has them. */
  words: z.enum(['observed', 'public', 'inferred']).nullable(),
  compared: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  /** From this event back to an input or the start. */
  chain: z.array(z.strictObject({ event: z.string(), at: z.number(), what: z.string() })),
  /** Where a real device shows the same. */
  where: z.string().nullable(),
});

/** What will happen to one app, script or part of the agent if nobody does anything. */
const forecastTrack = z.strictObject({
  kind: z.enum(['app', 'script', 'remediation', 'service', 'check-in', 'health', 'inventory']),
  id: z.string(),
  name: z.string().nullable(),
  happenings: z.array(
    z.strictObject({
      at: z.number(),
      what: z.string(),
      level: z.enum(['information', 'warning', 'error']),
      rule: z.string().nullable(),
      /** The rule's statement. */
      why: z.string().nullable(),
      /** How often the same comes in a row, and when last. */
      count: z.number().int(),
      last: z.number(),
    }),
  ),
});

export const forecasted = z.strictObject({
  from: z.number(),
  to: z.number(),
  /** null while a program runs: then nothing can be said. */
  tracks: z.array(forecastTrack).nullable(),
});

export const verbs = {
  'clock.advance': { request: z.strictObject({ to: z.number() }), response: done },
  'clock.next': { request: none, response: done },
  'clock.play': { request: z.strictObject({ speed: z.number().min(1).max(3600) }), response: done },
  'clock.pause': { request: none, response: done },
  /** Opens (or attaches to) a console; its screen so far comes back as output frames. */
  'console.open': {
    request: z.strictObject({
      console: z.string(),
      as: z.enum(['system', 'admin', 'user']),
      columns: z.number().int().min(20).max(500),
      rows: z.number().int().min(5).max(200),
    }),
    response: done,
  },
  'console.resize': {
    request: z.strictObject({ console: z.string(), columns: z.number().int(), rows: z.number().int() }),
    response: done,
  },
  /** Types a whole command and Enter, as an action block does. */
  'console.type': { request: z.strictObject({ console: z.string(), text: z.string() }), response: done },
  /** Saves the file on the device and runs it, or the selection of it, in the console. */
  'script.run': {
    request: z.strictObject({
      console: z.string(),
      path: z.string(),
      text: z.string(),
      selection: z.string().nullable(),
    }),
    response: done,
  },
  /** Saves the file on the device, a world input; refused where the device denies it. The draft stays as it is. */
  'file.save': { request: z.strictObject({ path: z.string(), text: z.string() }), response: done },
  /** Keeps the editor's text in the attempt, outside the world: it survives every restore. */
  'draft.save': { request: z.strictObject({ path: z.string(), text: z.string() }), response: done },
  ...editorVerbs,
  'step.go': { request: z.strictObject({ step: z.string() }), response: done },
  'check.run': { request: z.strictObject({ step: z.string() }), response: done },
  'hint.take': { request: z.strictObject({ step: z.string(), hint: z.string() }), response: done },
  'prediction.lock': {
    request: z.strictObject({ step: z.string(), prediction: z.string(), answer: z.string() }),
    response: done,
  },
  'attempt.finish': { request: none, response: done },
  'moment.name': {
    request: z.strictObject({ id: z.number().int(), name: z.string().max(80) }),
    response: done,
  },
  'moment.go': { request: z.strictObject({ id: z.number().int() }), response: done },
  'moment.undo': { request: none, response: done },
  'snapshot.take': { request: z.strictObject({ name: z.string().min(1).max(80) }), response: done },
  'snapshot.restore': { request: z.strictObject({ name: z.string() }), response: done },
  explain: { request: z.strictObject({ event: z.string() }), response: explanation },
  /** Runs a copy of the world ahead: what comes by itself within so many hours. */
  forecast: { request: z.strictObject({ hours: z.number().min(1).max(168) }), response: forecasted },
  'registry.find': {
    request: z.strictObject({ text: z.string().min(1), after: z.string() }),
    response: z.strictObject({ path: z.string().nullable(), value: z.string().nullable() }),
  },
} as const;

export type VerbName = keyof typeof verbs;
export type VerbRequest<N extends VerbName> = z.infer<(typeof verbs)[N]['request']>;
export type VerbResponse<N extends VerbName> = z.infer<(typeof verbs)[N]['response']>;
export type Explanation = z.infer<typeof explanation>;
export type Forecasted = z.infer<typeof forecasted>;
