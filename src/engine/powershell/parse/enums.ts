import { kinds, kindText } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { expressionMode, signatureMode } from '../tokenize/tokenizer.ts';
import { simpleNameRule } from './attributes.ts';
import { expressionRule } from './expressions.ts';
import type { Parser, Placed } from './parser.ts';
import { errorStatement } from './statements.ts';
import type {
  AttributeAst,
  AttributeBaseAst,
  ExpressionAst,
  PropertyMemberAst,
  StatementAst,
  StringConstantExpressionAst,
  TypeConstraintAst,
  TypeDefinitionAst,
} from './tree.ts';
import { typeNameRule } from './type-names.ts';

export function enumDefinitionRule(
  p: Parser,
  attributes: readonly AttributeBaseAst[],
  keyword: Token,
): StatementAst {
  p.skipNewlines();
  const name = simpleNameRule(p);
  if (!name) {
    p.reportIncomplete(p.after(keyword), 'MissingNameAfterKeyword', keyword.text);
    return errorStatement(keyword.extent);
  }
  const { mode } = p;
  p.setMode(signatureMode);
  const definition = definitionAfterName(p, attributes, keyword, name);
  p.setMode(mode);
  return definition;
}

const integral =
  /^(system\.)?(byte|sbyte|int16|short|uint16|ushort|int32|int|uint32|uint|int64|long|uint64|ulong)$/i;

function definitionAfterName(
  p: Parser,
  attributes: readonly AttributeBaseAst[],
  keyword: Token,
  name: StringConstantExpressionAst,
): StatementAst {
  const baseTypes: TypeConstraintAst[] = [];
  const colon = p.peek();
  if (colon.kind === kinds.Colon) {
    p.skip();
    p.skipNewlines();
    const named = typeNameRule(p, false);
    if (!named) p.reportIncomplete(p.after(colon), 'TypeNameExpected');
    else {
      const { typeName } = named;
      if (!integral.test(typeName.fullName)) p.report(typeName, 'InvalidUnderlyingType', typeName.fullName);
      baseTypes.push({ kind: 'TypeConstraintAst', extent: typeName.extent, typeName });
    }
  }
  p.skipNewlines();
  const lCurly = p.next();
  if (lCurly.kind !== kinds.LCurly) {
    p.unget(lCurly);
    p.reportIncomplete(p.after(name), 'MissingTypeBody', kindText(keyword.kind));
    return errorStatement(p.between(keyword, name));
  }
  const members: PropertyMemberAst[] = [];
  for (;;) {
    const member = enumMemberRule(p);
    if (!member) break;
    members.push(member);
  }
  const rCurly = p.next();
  if (rCurly.kind !== kinds.RCurly) {
    p.unget(rCurly);
    p.reportMissing(p.after(lCurly), rCurly, 'MissingEndCurlyBrace');
  }
  const start = attributes[0] ?? keyword;
  const definition: TypeDefinitionAst = {
    kind: 'TypeDefinitionAst',
    extent: p.between(start, rCurly),
    name: name.value,
    attributes: attributes.filter((a): a is AttributeAst => a.kind === 'AttributeAst'),
    baseTypes,
    members,
    isEnum: true,
    isClass: false,
  };
  const types = attributes.filter((a) => a.kind === 'TypeConstraintAst');
  return types.length > 0 ? errorStatement(p.between(start, start), [...types, definition]) : definition;
}

function enumMemberRule(p: Parser): PropertyMemberAst | null {
  p.skipNewlines();
  const name = simpleNameRule(p);
  if (!name) return null;
  let end: Placed = name;
  let initialValue: ExpressionAst | null = null;
  let missing = false;
  const { mode } = p;
  p.setMode(expressionMode);
  const equals = p.peek();
  if (equals.kind === kinds.Equals) {
    p.skip();
    initialValue = expressionRule(p);
    if (initialValue) end = initialValue;
    else {
      p.report(p.after(equals), 'ExpectedValueExpression', kindText(equals.kind));
      end = equals;
      missing = true;
    }
  }
  p.setMode(mode);
  const terminator = p.peek();
  if (
    terminator.kind !== kinds.NewLine &&
    terminator.kind !== kinds.Semi &&
    terminator.kind !== kinds.RCurly &&
    !missing
  )
    p.reportIncomplete(p.after(end), 'MissingPropertyTerminator');
  p.skipNewlinesAndSemicolons();
  if (terminator.kind === kinds.Semi) end = terminator;
  return {
    kind: 'PropertyMemberAst',
    extent: p.between(name, end),
    name: name.value,
    propertyType: null,
    attributes: [],
    isStatic: true,
    isHidden: false,
    initialValue,
  };
}
