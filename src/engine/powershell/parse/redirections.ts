import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { singleArgumentRule } from './commands.ts';
import type { Parser } from './parser.ts';
import type { ExpressionAst, RedirectionAst } from './tree.ts';

const streams = ['All', 'Output', 'Error', 'Warning', 'Verbose', 'Debug', 'Information'] as const;
const streamTexts = [
  '* stream',
  'output stream',
  'error stream',
  'warning stream',
  'verbose stream',
  'debug stream',
  'information stream',
];

/** A redirection after its operator; kept in `redirections` but for a second one of a stream. Null for `<`. */
export function redirectionRule(
  p: Parser,
  token: Token,
  redirections: RedirectionAst[],
): RedirectionAst | null {
  const fromStream = streams[token.fromStream] as string;
  let result: RedirectionAst;
  if (token.toStream === 0) {
    let location: ExpressionAst | null = singleArgumentRule(p, 'file');
    if (!location) {
      p.report(p.after(token), 'MissingFileSpecification');
      location = { kind: 'ErrorExpressionAst', extent: token.extent, nestedAst: [] };
    }
    if (token.kind === kinds.RedirectInStd) {
      p.report(token, 'RedirectionNotSupported', token.text);
      return null;
    }
    result = {
      kind: 'FileRedirectionAst',
      extent: p.between(token, location),
      fromStream,
      append: token.append,
      location,
    };
  } else {
    if (token.toStream !== 1 || token.fromStream === 1)
      p.report(token, 'RedirectionNotSupported', token.text);
    result = { kind: 'MergingRedirectionAst', extent: token.extent, fromStream, toStream: 'Output' };
  }
  if (redirections.some((r) => r.fromStream === fromStream))
    p.report(result, 'StreamAlreadyRedirected', streamTexts[token.fromStream] as string);
  else redirections.push(result);
  return result;
}
