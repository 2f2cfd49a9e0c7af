import { attributeNameFlag, kinds, kindText, memberName } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { expressionMode } from '../tokenize/tokenizer.ts';
import { getLBracket } from '../tokenize/operators-after.ts';
import { expressionRule } from './expressions.ts';
import type { Parser, Placed } from './parser.ts';
import type {
  AttributeBaseAst,
  ExpressionAst,
  NamedAttributeArgumentAst,
  StringConstantExpressionAst,
} from './tree.ts';
import { typeNameRule } from './type-names.ts';

/** `[` after white space and comments, if one follows. */
function nextLBracket(p: Parser): Token | undefined {
  const { lookahead } = p;
  if (lookahead === undefined) return getLBracket(p.tokenizer);
  if (lookahead.kind !== kinds.LBracket) return undefined;
  p.skip();
  return lookahead;
}

/** Attributes and type constraints in a row; empty where there are none. */
export function attributeListRule(p: Parser, inExpression: boolean): AttributeBaseAst[] {
  const attributes: AttributeBaseAst[] = [];
  for (;;) {
    const attribute = attributeRule(p);
    if (!attribute) return attributes;
    attributes.push(attribute);
    if (!inExpression || attribute.kind === 'AttributeAst') p.skipNewlines();
  }
}

export function attributeRule(p: Parser): AttributeBaseAst | null {
  const lBracket = nextLBracket(p);
  if (!lBracket) return null;
  p.skipNewlines();
  const named = typeNameRule(p, true);
  if (!named) {
    p.resync(lBracket.start);
    p.reportIncomplete(p.after(lBracket), 'MissingTypename');
    return null;
  }
  const { typeName, firstToken } = named;
  const next = p.next();
  if (next.kind === kinds.LParen) return attributeWithArguments(p, lBracket, typeName, firstToken, next);
  if (next.kind !== kinds.RBracket) {
    p.unget(next);
    p.report(p.before(next), 'EndSquareBracketExpectedAtEndOfAttribute');
    return { kind: 'TypeConstraintAst', extent: p.between(lBracket, typeName), typeName };
  }
  return { kind: 'TypeConstraintAst', extent: p.extent(lBracket.start, next.end), typeName };
}

function attributeWithArguments(
  p: Parser,
  lBracket: Token,
  typeName: NonNullable<ReturnType<typeof typeNameRule>>['typeName'],
  firstToken: Token,
  lParen: Token,
): AttributeBaseAst {
  p.skipNewlines();
  const { mode } = p;
  p.setMode(expressionMode);
  const args = attributeArgumentsRule(p, lParen);
  p.setMode(mode);
  p.skipNewlines();
  const rParen = p.next();
  const hasRParen = rParen.kind === kinds.RParen;
  if (!hasRParen) {
    p.unget(rParen);
    p.reportIncomplete(p.after(args.last), 'MissingEndParenthesisInExpression');
  }
  p.skipNewlines();
  const rBracket = p.next();
  let end: Placed = rBracket;
  if (rBracket.kind !== kinds.RBracket) {
    p.unget(rBracket);
    end = hasRParen ? rParen : args.last;
    // A missing parenthesis has been reported already.
    if (hasRParen) p.reportIncomplete(p.after(rParen), 'EndSquareBracketExpectedAtEndOfAttribute');
  }
  firstToken.flags |= attributeNameFlag;
  return {
    kind: 'AttributeAst',
    extent: p.between(lBracket, end),
    typeName,
    positionalArguments: args.positional,
    namedArguments: args.named,
  };
}

function attributeArgumentsRule(
  p: Parser,
  lParen: Token,
): { positional: ExpressionAst[]; named: NamedAttributeArgumentAst[]; last: Placed } {
  const positional: ExpressionAst[] = [];
  const named: NamedAttributeArgumentAst[] = [];
  const seen = new Set<string>();
  let last: Placed = lParen;
  let comma: Token | undefined;
  const { noComma } = p;
  p.noComma = true;
  for (;;) {
    p.skipNewlines();
    const name = simpleNameRule(p);
    if (name) {
      let argument: ExpressionAst;
      let expressionOmitted = false;
      const equals = p.peek();
      if (equals.kind === kinds.Equals) {
        p.skip();
        p.skipNewlines();
        const given = expressionRule(p);
        if (given) argument = given;
        else {
          const at = p.after(equals);
          p.reportIncomplete(at, 'MissingExpressionInNamedArgument');
          argument = { kind: 'ErrorExpressionAst', extent: at, nestedAst: [] };
          p.syncOnError(true, kinds.Comma, kinds.RParen, kinds.RBracket, kinds.NewLine);
        }
        last = argument;
      } else {
        argument = { kind: 'ConstantExpressionAst', extent: name.extent, value: true };
        expressionOmitted = true;
      }
      if (seen.has(name.value)) p.report(name, 'DuplicateNamedArgument', name.value);
      else
        named.push({
          kind: 'NamedAttributeArgumentAst',
          extent: p.between(name, argument),
          argumentName: name.value,
          argument,
          expressionOmitted,
        });
    } else {
      const argument = expressionRule(p);
      if (argument) {
        positional.push(argument);
        last = argument;
      } else if (comma) {
        const at = p.after(comma);
        p.reportIncomplete(at, 'MissingExpressionAfterToken', kindText(comma.kind));
        positional.push({ kind: 'ErrorExpressionAst', extent: at, nestedAst: [] });
        last = at;
      }
    }
    p.skipNewlines();
    comma = p.peek();
    if (comma.kind !== kinds.Comma) break;
    last = comma;
    p.skip();
  }
  p.noComma = noComma;
  return { positional, named, last };
}

/** An identifier that is no keyword here: member, label, key. */
export function simpleNameRule(p: Parser): StringConstantExpressionAst | null {
  const token = simpleNameToken(p);
  return (
    token && {
      kind: 'StringConstantExpressionAst',
      extent: token.extent,
      value: token.text,
      stringConstantType: 'BareWord',
    }
  );
}
export function simpleNameToken(p: Parser): Token | null {
  p.tokenizer.wantSimpleName = true;
  const token = p.peek();
  p.tokenizer.wantSimpleName = false;
  if (token.kind !== kinds.Identifier) return null;
  token.flags |= memberName;
  p.skip();
  return token;
}
