import type { Session } from '../run/session.ts';
import type { ScriptBlockAst } from './tree.ts';

/** Text to tree; parse errors are thrown as PowerShell's own. */
export function parseScript(_text: string, _file: string | undefined, _session: Session): ScriptBlockAst {
  throw new Error('The parser is not connected');
}
