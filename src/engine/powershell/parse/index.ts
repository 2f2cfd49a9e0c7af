import type { ParseError } from '../tokenize/errors.ts';
import { Extent } from '../tokenize/source.ts';
import type { Token } from '../tokenize/token.ts';
import { checkScript } from './checks/check-script.ts';
import { Parser, TooComplicated } from './parser.ts';
import { scriptRequirements } from './requires.ts';
import { scriptBlockRule } from './script-block.ts';
import type { ScriptBlockAst } from './tree.ts';

export type { ParseError, Token };
export { Extent };

export interface ParseResult {
  readonly ast: ScriptBlockAst;
  /** All tokens, comments and line ends too, in order; made when first asked for. */
  readonly tokens: readonly Token[];
  /** In the order they were found; empty for a script that can run. */
  readonly errors: readonly ParseError[];
}

/** Parses a script. Keeps going after an error, so there is always a tree. */
export function parseText(text: string, file?: string): ParseResult {
  const parser = run(text, file, false);
  let tokens: readonly Token[] | undefined;
  return {
    ast: parser.ast,
    get tokens() {
      return (tokens ??= run(text, file, true).parser.tokenizer.list ?? []);
    },
    errors: parser.parser.errors,
  };
}

function run(
  text: string,
  file: string | undefined,
  savesTokens: boolean,
): { readonly parser: Parser; readonly ast: ScriptBlockAst } {
  const parser = new Parser(text, file, savesTokens);
  try {
    const ast = scriptBlockRule(parser, undefined, false);
    ast.scriptRequirements = scriptRequirements(parser);
    if (!savesTokens) checkScript(parser, ast);
    return { parser, ast };
  } catch (error) {
    // A host may have less stack left than the limits of the rules are made for.
    if (!(error instanceof TooComplicated || error instanceof RangeError)) throw error;
    const at = parser.tokenizer.restorePoint;
    parser.error(at, at, 'ScriptTooComplicated');
    return { parser, ast: emptyScript(parser) };
  }
}

function emptyScript(p: Parser): ScriptBlockAst {
  return {
    kind: 'ScriptBlockAst',
    extent: p.extent(0, p.source.text.length),
    usingStatements: [],
    paramBlock: null,
    dynamicParamBlock: null,
    beginBlock: null,
    processBlock: null,
    endBlock: {
      kind: 'NamedBlockAst',
      extent: p.empty,
      blockKind: 'End',
      unnamed: true,
      statements: [],
      traps: [],
    },
    cleanBlock: null,
    scriptRequirements: null,
  };
}

export { childrenOf, visit } from './children.ts';
export { tokenLines, treeLines } from './lines.ts';
