import { kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { typeNameMode } from '../tokenize/tokenizer.ts';
import { getAssemblyName } from '../tokenize/operators-after.ts';
import type { Parser } from './parser.ts';
import { arrayTypeName, genericTypeName, simpleTypeName } from './type-name.ts';
import type { TypeName } from './type-name.ts';

/** A type's name after `[`; null where none follows. */
export function typeNameRule(
  p: Parser,
  allowAssembly: boolean,
): { readonly typeName: TypeName; readonly firstToken: Token } | null {
  const { mode } = p;
  p.setMode(typeNameMode);
  const firstToken = p.next();
  let typeName: TypeName | null = null;
  if (firstToken.kind === kinds.Identifier) typeName = finishTypeName(p, firstToken, false, allowAssembly);
  else p.unget(firstToken);
  p.setMode(mode);
  return typeName && { typeName, firstToken };
}

function finishTypeName(p: Parser, name: Token, unbracketed: boolean, allowAssembly: boolean): TypeName {
  const simple = (): TypeName => simpleTypeName(name.extent, name.text);
  const token = p.peek();
  if (token.kind === kinds.LBracket) {
    p.skip();
    p.skipNewlines();
    const first = p.next();
    switch (first.kind) {
      case kinds.RBracket:
      case kinds.Comma:
        return completeArray(p, simple(), first, unbracketed);
      case kinds.LBracket:
      case kinds.Identifier:
        return genericRule(p, name, first, unbracketed);
      default:
        if (first.kind !== kinds.EndOfInput) {
          p.report(first, 'UnexpectedToken', first.text);
          p.syncOnError(true, kinds.RBracket);
        } else {
          p.unget(first);
          p.reportIncomplete(p.after(token), 'MissingTypename');
        }
        return simple();
    }
  }
  if (token.kind === kinds.Comma && allowAssembly && !unbracketed) {
    p.skip();
    const assembly = getAssemblyName(p.tokenizer);
    if (assembly.trim() === '') {
      p.report(p.after(token), 'MissingAssemblyNameSpecification');
      return simple();
    }
    return simpleTypeName(p.extent(name.start, p.restorePoint), name.text, assembly);
  }
  return simple();
}

function singleArgument(p: Parser, first: Token): TypeName {
  if (first.kind === kinds.Identifier) return finishTypeName(p, first, true, true);
  const token = p.next();
  if (token.kind !== kinds.Identifier) {
    p.unget(token);
    p.reportIncomplete(p.after(token), 'MissingTypename');
    return simpleTypeName(first.extent, ':ErrorTypeName:');
  }
  const typeName = finishTypeName(p, token, false, true);
  const rBracket = p.next();
  if (rBracket.kind !== kinds.RBracket) {
    p.unget(rBracket);
    p.reportIncomplete(p.before(rBracket), 'EndSquareBracketExpectedAtEndOfType');
  }
  return typeName;
}

/** Type arguments from the first token on; `last` is the token after them. */
export function genericArgumentsRule(
  p: Parser,
  first: Token,
): { readonly args: TypeName[]; readonly last: Token } {
  p.enter();
  const args = [singleArgument(p, first)];
  for (;;) {
    p.skipNewlines();
    const last = p.next();
    if (last.kind !== kinds.Comma) {
      p.leave();
      return { args, last };
    }
    p.skipNewlines();
    const token = p.peek();
    if (token.kind === kinds.Identifier || token.kind === kinds.LBracket) {
      p.skip();
      args.push(singleArgument(p, token));
    } else {
      p.reportIncomplete(p.after(last), 'MissingTypename');
      args.push(simpleTypeName(last.extent, ':ErrorTypeName:'));
    }
  }
}

function genericRule(p: Parser, name: Token, first: Token, unbracketed: boolean): TypeName {
  const { args, last } = genericArgumentsRule(p, first);
  let { end } = last;
  if (last.kind !== kinds.RBracket) {
    p.unget(last);
    p.reportIncomplete(p.before(last), 'EndSquareBracketExpectedAtEndOfAttribute');
    end = (args.at(-1) as TypeName).extent.endOffset;
  }
  const result = genericTypeName(p.extent(name.start, end), name.text, args);
  const token = p.peek();
  if (token.kind === kinds.LBracket) {
    p.skip();
    return completeArray(p, result, p.next(), unbracketed);
  }
  if (token.kind === kinds.Comma && !unbracketed) {
    p.skip();
    if (getAssemblyName(p.tokenizer) === '') p.report(p.after(token), 'MissingAssemblyNameSpecification');
  }
  return result;
}

function completeArray(p: Parser, element: TypeName, afterBracket: Token, unbracketed: boolean): TypeName {
  let type = element;
  let first = afterBracket;
  for (;;) {
    switch (first.kind) {
      case kinds.Comma: {
        let rank = 1;
        let token = first;
        let lastComma = first;
        while (token.kind === kinds.Comma) {
          lastComma = token;
          rank++;
          token = p.next();
        }
        if (rank > 32) {
          if (token.kind !== kinds.RBracket) p.unget(token);
          p.report(p.between(first, lastComma), 'ArrayHasTooManyDimensions', String(rank));
          break;
        }
        if (token.kind !== kinds.RBracket) {
          p.unget(token);
          p.report(p.after(lastComma), 'EndSquareBracketExpectedAtEndOfAttribute');
        }
        type = arrayTypeName(p.between(type, token), type, rank);
        break;
      }
      case kinds.RBracket:
        type = arrayTypeName(p.between(type, first), type, 1);
        break;
      case kinds.EndOfInput:
        p.unget(first);
        p.report(p.before(first), 'EndSquareBracketExpectedAtEndOfAttribute');
        break;
      default:
        p.report(first, 'UnexpectedToken', first.text);
        p.syncOnError(true, kinds.RBracket);
    }
    const token = p.peek();
    if (!unbracketed && token.kind === kinds.Comma) {
      p.skip();
      if (getAssemblyName(p.tokenizer) === '') p.report(p.after(token), 'MissingAssemblyNameSpecification');
      return type;
    }
    if (token.kind !== kinds.LBracket) return type;
    p.skip();
    first = p.next();
  }
}
