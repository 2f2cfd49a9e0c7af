import { parseText } from '../parse/index.ts';
import type { ScriptBlockAst } from '../parse/tree.ts';
import { parseFailure } from './parse-failure.ts';

/** Text to tree; a text with errors throws PowerShell's own ParseException. */
export function parseScript(text: string, file: string | undefined): ScriptBlockAst {
  const { ast, errors } = parseText(text, file);
  const [first, ...others] = errors;
  if (first) throw parseFailure([first, ...others]);
  return ast;
}
