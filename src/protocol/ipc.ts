import { z } from 'zod';

/** Calls from the window to the main process. Main holds no engine and no data path: it opens attempts and keeps settings. */

const labSummary = z.strictObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  minutes: z.number(),
  objectives: z.array(z.string()),
  /** The newest attempt, if there is one. */
  attempt: z
    .strictObject({
      id: z.string(),
      startedAt: z.string(),
      earned: z.number(),
      possible: z.number(),
      finished: z.boolean(),
    })
    .nullable(),
});

export const settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark', 'contrast']),
  zoom: z.number().min(0.5).max(3),
  screenReader: z.boolean(),
  /** Layout of panes per lab, as the window wrote it. */
  layouts: z.record(z.string(), z.string()),
});
export type Settings = z.infer<typeof settings>;

export const ipc = {
  'app.info': {
    request: z.strictObject({}),
    response: z.strictObject({
      version: z.string(),
      engine: z.string(),
      runtime: z.string(),
      /** A sentence when an old test runtime shows the window; null otherwise. */
      notice: z.string().nullable(),
    }),
  },
  'labs.list': { request: z.strictObject({}), response: z.strictObject({ labs: z.array(labSummary) }) },
  /** Opens the newest attempt of a lab or a new one; the port of its engine host arrives as a `port` message. */
  'lab.open': {
    request: z.strictObject({ lab: z.string(), fresh: z.boolean() }),
    response: z.strictObject({ attempt: z.string() }),
  },
  /** Ctrl+C that must work even where a script never reaches a safepoint: main ends the engine host if need be. */
  'lab.interrupt': { request: z.strictObject({ console: z.string() }), response: z.strictObject({}) },
  'lab.close': { request: z.strictObject({}), response: z.strictObject({}) },
  'settings.read': { request: z.strictObject({}), response: settings },
  'settings.write': { request: settings, response: z.strictObject({}) },
} as const;

export type IpcChannel = keyof typeof ipc;
export type IpcRequest<C extends IpcChannel> = z.infer<(typeof ipc)[C]['request']>;
export type IpcResponse<C extends IpcChannel> = z.infer<(typeof ipc)[C]['response']>;

/** What every channel answers, since errors lose their class on the way. */
export type Envelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** What the preload exposes to the window as `window.sidecar`, and nothing else. */
export interface PreloadApi {
  call(channel: IpcChannel, request: unknown): Promise<Envelope<unknown>>;
  /** The engine host's port is posted to the window as `{ sidecar: 'port' }` with the port transferred. */
  onHostGone(listener: (message: string) => void): () => void;
}
