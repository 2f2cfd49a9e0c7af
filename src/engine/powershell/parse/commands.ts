import { commandName, keywordFlag, kinds } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { commandMode } from '../tokenize/tokenizer.ts';
import { getVerbatimArgument } from '../tokenize/operators-after.ts';
import { expandableNode } from './strings.ts';
import { endOf } from './parser.ts';
import type { Parser, Placed } from './parser.ts';
import { primaryExpressionRule } from './primary.ts';
import { redirectionRule } from './redirections.ts';
import type { CommandAst, CommandElementAst, ExpressionAst, RedirectionAst } from './tree.ts';

/** Where a word stands: what it may contain depends on it. */
export type ArgumentPlace = 'name' | 'nameAfterOperator' | 'file' | 'argument' | 'condition';

const verbatim = '--%';

/** One argument outside of a command: a switch's condition, a file to redirect to. */
export function singleArgumentRule(p: Parser, place: ArgumentPlace): ExpressionAst | null {
  const { kind } = p.peek();
  if (kind === kinds.Comma || kind === kinds.EndOfInput) return null;
  const { mode } = p;
  p.setMode(commandMode);
  const argument = argumentRule(p, place, p.next());
  p.setMode(mode);
  return argument;
}

const bareWord = (token: Token, value: string): ExpressionAst => ({
  kind: 'StringConstantExpressionAst',
  extent: token.extent,
  value,
  stringConstantType: 'BareWord',
});

/** An argument from its first token; in a command several joined by commas are an array. */
export function argumentRule(p: Parser, place: ArgumentPlace, firstToken: Token): ExpressionAst | null {
  let token = firstToken;
  let list: ExpressionAst[] | undefined;
  let comma: Token | undefined;
  for (;;) {
    const argument = oneArgument(p, place, token);
    if (!argument) {
      if (!comma || !list) return null;
      p.reportIncomplete(p.after(comma), 'MissingExpression', ',');
      return {
        kind: 'ErrorExpressionAst',
        extent: p.between(list[0] as ExpressionAst, comma),
        nestedAst: list,
      };
    }
    const isVerbatim =
      token.kind === kinds.Generic &&
      argument.kind === 'StringConstantExpressionAst' &&
      argument.value === verbatim;
    if (place === 'argument' && !isVerbatim) {
      const next = p.peek();
      if (next.kind === kinds.Comma) {
        comma = next;
        (list ??= []).push(argument);
        p.skip();
        p.skipNewlines();
        token = p.next();
        continue;
      }
    }
    if (!list) return argument;
    list.push(argument);
    return { kind: 'ArrayLiteralAst', extent: p.between(list[0] as ExpressionAst, argument), elements: list };
  }
}

function oneArgument(p: Parser, place: ArgumentPlace, token: Token): ExpressionAst | null {
  switch (token.kind) {
    case kinds.Pipe:
    case kinds.RCurly:
    case kinds.RParen:
    case kinds.EndOfInput:
    case kinds.NewLine:
    case kinds.Semi:
    case kinds.Redirection:
    case kinds.RedirectInStd:
    case kinds.AndAnd:
    case kinds.OrOr:
    case kinds.Ampersand:
    case kinds.MinusMinus:
    case kinds.Comma:
      p.unget(token);
      return null;
    case kinds.SplattedVariable:
    case kinds.Variable:
    case kinds.Number:
    case kinds.HereStringExpandable:
    case kinds.StringExpandable:
    case kinds.HereStringLiteral:
    case kinds.StringLiteral:
    case kinds.LParen:
    case kinds.DollarParen:
    case kinds.AtParen:
    case kinds.AtCurly:
    case kinds.LCurly:
      p.unget(token);
      return primaryExpressionRule(p, true);
    case kinds.Generic:
      if (place === 'name' || place === 'nameAfterOperator') token.flags |= commandName;
      // A bare command name is taken as it is, even with a dollar in it.
      if (token.parts && place !== 'name') return expandableNode(p, token, 'BareWord');
      return bareWord(token, token.stringValue);
    default:
      token.flags &= ~keywordFlag;
      if (place === 'name' || place === 'nameAfterOperator') token.flags |= commandName;
      else if (token.kind !== kinds.Identifier) token.kind = kinds.Generic;
      return bareWord(token, token.text);
  }
}

/** A command with its arguments and redirections; null where none starts here. */
export function commandRule(p: Parser): CommandAst | null {
  const { mode } = p;
  p.setMode(commandMode);
  const command = commandInside(p);
  p.setMode(mode);
  return command;
}

function commandInside(p: Parser): CommandAst | null {
  let token = p.next();
  const firstToken = token;
  let place: ArgumentPlace = 'name';
  const isCall = token.kind === kinds.Dot || token.kind === kinds.Ampersand;
  if (isCall) {
    token = p.next();
    place = 'nameAfterOperator';
  }
  let end = firstToken.end;
  let sawDashDash = false;
  const elements: CommandElementAst[] = [];
  const redirections: RedirectionAst[] = [];
  scan: for (;;) {
    switch (token.kind) {
      case kinds.Pipe:
      case kinds.RCurly:
      case kinds.RParen:
      case kinds.EndOfInput:
      case kinds.NewLine:
      case kinds.Semi:
      case kinds.AndAnd:
      case kinds.OrOr:
      case kinds.Ampersand:
        p.unget(token);
        break scan;
      case kinds.MinusMinus:
        // The first is a parameter that only native commands see; others are arguments.
        ({ end } = token);
        elements.push(
          sawDashDash
            ? bareWord(token, token.text)
            : {
                kind: 'CommandParameterAst',
                extent: token.extent,
                parameterName: '-',
                argument: null,
                errorPosition: token.extent,
              },
        );
        sawDashDash = true;
        break;
      case kinds.Comma:
        ({ end } = token);
        p.report(token, 'MissingArgument');
        p.skipNewlines();
        break;
      case kinds.Parameter:
        if (place !== 'argument' || sawDashDash) {
          ({ end } = token);
          token.flags |= commandName;
          elements.push(bareWord(token, token.text));
        } else {
          const parameter = parameterRule(p, token);
          end = endOf(parameter);
          elements.push(parameter);
        }
        break;
      case kinds.Redirection:
      case kinds.RedirectInStd:
        if (place === 'argument') {
          const redirection = redirectionRule(p, token, redirections);
          if (redirection) end = redirection.extent.endOffset;
        } else {
          ({ end } = token);
          elements.push(bareWord(token, token.text));
        }
        break;
      default: {
        const argument = argumentRule(p, place, token);
        if (!argument) break;
        elements.push(argument);
        end = argument.extent.endOffset;
        if (token.kind === kinds.Generic && token.stringValue === verbatim) {
          const rest = verbatimRule(p);
          if (rest) {
            elements.push(bareWord(rest, rest.stringValue));
            ({ end } = rest);
            break scan;
          }
        }
      }
    }
    place = 'argument';
    token = p.next();
  }
  if (elements.length === 0) {
    if (isCall) p.report(firstToken, 'MissingExpression', firstToken.text);
    return null;
  }
  return {
    kind: 'CommandAst',
    extent: p.extent(firstToken.start, end),
    commandElements: elements,
    invocationOperator: isCall ? firstToken.kindName : 'Unknown',
    redirections,
  };
}

function parameterRule(p: Parser, token: Token): CommandElementAst {
  let argument: ExpressionAst | null = null;
  let end: Placed = token;
  if (token.usedColon && p.peek().kind !== kinds.Comma) {
    argument = argumentRule(p, 'argument', p.next());
    if (argument) end = argument;
    else p.report(p.after(token), 'ParameterRequiresArgument', token.text);
  }
  return {
    kind: 'CommandParameterAst',
    extent: p.between(token, end),
    parameterName: token.parameterName,
    argument,
    errorPosition: token.extent,
  };
}

/** What stands after `--%`; undefined where a token was looked at already. */
function verbatimRule(p: Parser): Token | undefined {
  const { lookahead } = p;
  if (lookahead !== undefined && lookahead.kind !== kinds.Parameter) return undefined;
  if (lookahead !== undefined) p.resync(lookahead.start);
  return getVerbatimArgument(p.tokenizer);
}
