import { z } from 'zod';

/** What travels over the port between a client and the engine host. Every frame is checked on arrival. */

export const clientFrame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id: z.number().int(), verb: z.string(), request: z.unknown() }),
  z.strictObject({
    kind: z.literal('subscribe'),
    key: z.string().max(200),
    view: z.string(),
    params: z.unknown(),
  }),
  z.strictObject({ kind: z.literal('unsubscribe'), key: z.string().max(200) }),
  /** Keys as a terminal sends them. */
  z.strictObject({ kind: z.literal('keys'), console: z.string(), data: z.string().max(1_000_000) }),
  /** Characters of console output that the terminal has drawn; the host holds back above 100,000 not drawn. */
  z.strictObject({ kind: z.literal('drawn'), console: z.string(), characters: z.number().int() }),
]);
export type ClientFrame = z.infer<typeof clientFrame>;

export const hostFrame = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), id: z.number().int(), value: z.unknown() }),
  z.strictObject({
    kind: z.literal('refusal'),
    id: z.number().int(),
    code: z.string(),
    message: z.string(),
  }),
  z.strictObject({ kind: z.literal('view'), key: z.string(), version: z.number().int(), data: z.unknown() }),
  z.strictObject({ kind: z.literal('output'), console: z.string(), text: z.string() }),
  /** The host's own trouble, to be shown as a notice: what happened, why, what to do. */
  z.strictObject({
    kind: z.literal('notice'),
    level: z.enum(['info', 'warning', 'error']),
    text: z.string(),
  }),
]);
export type HostFrame = z.infer<typeof hostFrame>;
