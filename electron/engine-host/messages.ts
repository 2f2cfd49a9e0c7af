/** What main and the engine host say to each other. Data of the lab never goes this way: it has a port of its own. */
export type ToHost =
  | {
      readonly kind: 'open';
      readonly labFolder: string;
      readonly attemptFolder: string;
      /** The host before was ended because a command could not be stopped: go on without it. */
      readonly dropInFlight: boolean;
    }
  /** With the port of the window. */
  | { readonly kind: 'client' }
  /** Ctrl+C on the foreground of a console. */
  | { readonly kind: 'interrupt'; readonly console: string };

export type FromHost =
  | { readonly kind: 'ready' }
  /** The attempt cannot be opened: what is wrong and what to do, for the learner. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'interrupted' };
