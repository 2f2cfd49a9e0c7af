import type { OutputPort } from '../../host.ts';
import type { Session } from '../session.ts';

/** A further runspace of the process of `parent`. What it shows by itself reaches no console: its streams are read. */
export function childSession(parent: Session): Session {
  const silent: OutputPort = {
    console: undefined,
    width: parent.output.width,
    colour: false,
    write: () => undefined,
  };
  return parent.further(silent);
}
