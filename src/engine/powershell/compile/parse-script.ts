import type { Session } from '../run/session.ts';
import type { ScriptBlockAst } from './tree.ts';

type Parse = (text: string, file: string | undefined) => ScriptBlockAst;
let parse: Parse | undefined;

/** Connects a parser; the product's own is connected at load. */
export function setParser(own: Parse): void {
  parse = own;
}

/** Text to tree; parse errors are thrown as PowerShell's own. */
export function parseScript(text: string, file: string | undefined, _session: Session): ScriptBlockAst {
  if (!parse) throw new Error('The parser is not connected');
  return parse(text, file);
}
