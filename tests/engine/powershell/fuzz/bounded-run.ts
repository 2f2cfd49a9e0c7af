import type { Resume } from '../../../../src/engine/powershell/host.ts';
import { newSession } from '../../../../src/cli/conform/recorded-case.ts';
import type { MemoryHost } from '../../../../src/cli/conform/memory-host.ts';

/** Steps after which a script that goes on counts as one that can be stopped, and is. */
const enough = 300;

export interface Outcome {
  /** A JavaScript error: must never happen. */
  readonly crash: string | undefined;
  readonly stopped: boolean;
}

/** Runs a text in a session of its own and stops it, as Ctrl+C does, where it does not end soon. */
export function boundedRun(text: string, dialect: 'core' | 'desktop' = 'core'): Outcome {
  const session = newSession(dialect, () => undefined);
  const host = session.host as MemoryHost;
  const work = session.execute(text);
  try {
    let step = work.next();
    for (let n = 0; !step.done; n++) {
      if (n > enough) {
        work.return(undefined as never);
        return { crash: undefined, stopped: true };
      }
      step = work.next(host.answer(step.value) as Resume);
    }
    return { crash: undefined, stopped: false };
  } catch (error) {
    return { crash: error instanceof Error ? (error.stack ?? error.message) : String(error), stopped: false };
  }
}
