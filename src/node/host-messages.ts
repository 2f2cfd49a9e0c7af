import { z } from 'zod';

/** What main says to the process of an engine host. Data of the lab never goes this way: it has a port of its own. */
const hostMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    labFolder: z.string(),
    attemptFolder: z.string(),
    /** The host before was ended because a command could not be stopped: go on without it. */
    dropInFlight: z.boolean(),
  }),
  /** With the port of the window. */
  z.object({ kind: z.literal('client') }),
  /** Ctrl+C on the foreground of a console. */
  z.object({ kind: z.literal('interrupt'), console: z.string() }),
]);
export type HostMessage = z.infer<typeof hostMessage>;

export const parseHostMessage = (data: unknown): HostMessage => hostMessage.parse(data);
