import { keywordFlag, kinds, kindText, memberName, typeNameFlag } from '../tokenize/token-kind.ts';
import type { Token } from '../tokenize/token.ts';
import { signatureMode } from '../tokenize/tokenizer.ts';
import { attributeRule, simpleNameToken } from './attributes.ts';
import { expressionRule } from './expressions.ts';
import { methodRule } from './methods.ts';
import { endOf, startOf } from './parser.ts';
import type { Parser, Placed } from './parser.ts';
import { errorStatement } from './statements.ts';
import type {
  Ast,
  AttributeAst,
  AttributeBaseAst,
  ExpressionAst,
  MemberAst,
  StatementAst,
  TypeConstraintAst,
  TypeDefinitionAst,
} from './tree.ts';
import { typeNameRule } from './type-names.ts';

export function classDefinitionRule(
  p: Parser,
  attributes: readonly AttributeBaseAst[],
  keyword: Token,
): StatementAst {
  p.skipNewlines();
  const name = simpleNameToken(p);
  if (!name) {
    p.reportIncomplete(p.after(keyword), 'MissingNameAfterKeyword', keyword.text);
    return errorStatement(keyword.extent);
  }
  name.flags = (name.flags & ~memberName) | typeNameFlag;
  p.skipNewlines();
  const { mode } = p;
  p.setMode(signatureMode);
  const definition = definitionAfterName(p, attributes, keyword, name);
  p.setMode(mode);
  return definition;
}

function definitionAfterName(
  p: Parser,
  attributes: readonly AttributeBaseAst[],
  keyword: Token,
  name: Token,
): StatementAst {
  const baseTypes = baseTypesRule(p);
  const lCurly = p.next();
  if (lCurly.kind !== kinds.LCurly) {
    p.unget(lCurly);
    const last = baseTypes.at(-1) ?? name;
    p.reportIncomplete(p.after(last), 'MissingTypeBody', kindText(keyword.kind));
    return errorStatement(p.between(keyword, last), baseTypes);
  }
  const members: MemberAst[] = [];
  const nested: Ast[] = [];
  let last: Placed = lCurly;
  for (;;) {
    const { member, broken } = memberRule(p, name.text);
    if (member) {
      members.push(member);
      last = member;
    }
    if (broken && broken.length > 0) {
      nested.push(...broken);
      last = broken.at(-1) as Ast;
    }
    if (!member && !broken) break;
  }
  const rCurly = p.next();
  if (rCurly.kind !== kinds.RCurly) {
    p.unget(rCurly);
    p.reportMissing(p.after(lCurly), rCurly, 'MissingEndCurlyBrace');
  } else last = rCurly;
  const extent = p.between(attributes[0] ?? keyword, last);
  const types = attributes.filter((a): a is TypeConstraintAst => a.kind === 'TypeConstraintAst');
  const definition: TypeDefinitionAst = {
    kind: 'TypeDefinitionAst',
    extent,
    name: name.text,
    attributes: attributes.filter((a): a is AttributeAst => a.kind === 'AttributeAst'),
    baseTypes,
    members,
    isEnum: false,
    isClass: true,
  };
  if (types.length > 0) nested.push(...types, definition);
  return nested.length > 0 ? errorStatement(extent, nested) : definition;
}

/** `: base, interface`. */
function baseTypesRule(p: Parser): TypeConstraintAst[] {
  const baseTypes: TypeConstraintAst[] = [];
  const colon = p.peek();
  if (colon.kind !== kinds.Colon) return baseTypes;
  p.skip();
  p.skipNewlines();
  let comma: Token | undefined;
  for (;;) {
    const named = typeNameRule(p, false);
    if (!named) {
      p.reportIncomplete(p.after(comma ?? colon), 'TypeNameExpected');
      return baseTypes;
    }
    baseTypes.push({ kind: 'TypeConstraintAst', extent: named.typeName.extent, typeName: named.typeName });
    p.skipNewlines();
    comma = p.peek();
    if (comma.kind !== kinds.Comma) return baseTypes;
    p.skip();
    p.skipNewlines();
  }
}

/** What was read of a member; `broken` holds the parts of one that is not whole. Neither: no member follows. */
interface MemberResult {
  readonly member: MemberAst | null;
  readonly broken: readonly Ast[] | undefined;
}
const noMember: MemberResult = { member: null, broken: undefined };

interface MemberHead {
  readonly start: Placed;
  readonly attributes: AttributeAst[];
  readonly type: TypeConstraintAst | null;
  readonly isStatic: boolean;
  readonly isHidden: boolean;
  readonly last: Placed | undefined;
  readonly token: Token;
}

function headRule(p: Parser): MemberHead {
  const attributes: AttributeAst[] = [];
  let type: TypeConstraintAst | null = null;
  let isStatic = false;
  let isHidden = false;
  let start: Placed | undefined;
  let last: Placed | undefined;
  for (;;) {
    p.skipNewlines();
    const attribute = attributeRule(p);
    if (attribute) {
      last = attribute;
      start ??= attribute;
      if (attribute.kind === 'AttributeAst') attributes.push(attribute);
      else if (!type) type = attribute;
      else p.report(attribute, 'TooManyTypes');
      continue;
    }
    const token = p.peek();
    start ??= token;
    if (token.kind === kinds.Hidden) {
      if (isHidden) p.report(token, 'DuplicateQualifier', token.text);
      isHidden = true;
    } else if (token.kind === kinds.Static) {
      if (isStatic) p.report(token, 'DuplicateQualifier', token.text);
      isStatic = true;
    } else return { start, attributes, type, isStatic, isHidden, last, token };
    last = token;
    p.skip();
  }
}

function memberRule(p: Parser, className: string): MemberResult {
  const head = headRule(p);
  const { token } = head;
  if (token.kind === kinds.Variable) return propertyRule(p, head);
  const parts: Ast[] = [...head.attributes, ...(head.type ? [head.type] : [])];
  if (
    token.kind === kinds.Identifier ||
    token.kind === kinds.DynamicKeyword ||
    (token.flags & keywordFlag) !== 0
  ) {
    token.flags = 0;
    p.skip();
    const definition = methodRule(p, token, className, head.isStatic);
    if (definition.kind !== 'FunctionDefinitionAst') {
      p.syncOnError(false, kinds.RCurly);
      return { member: null, broken: parts.length > 0 ? parts : undefined };
    }
    return {
      member: {
        kind: 'FunctionMemberAst',
        extent: p.extent(startOf(head.start), definition.extent.endOffset),
        name: definition.name,
        attributes: head.attributes,
        returnType: head.type,
        isStatic: head.isStatic,
        isHidden: head.isHidden,
        isConstructor: definition.name.toLowerCase() === className.toLowerCase(),
        definition,
        parameters: definition.parameters ?? [],
        body: definition.body,
      },
      broken: undefined,
    };
  }
  if (!head.last) return noMember;
  p.reportIncomplete(p.after(head.last), 'IncompleteMemberDefinition');
  return { member: null, broken: parts.length > 0 ? parts : undefined };
}

function propertyRule(p: Parser, head: MemberHead): MemberResult {
  const { token } = head;
  p.skip();
  let initialValue: ExpressionAst | null = null;
  if (p.peek().kind === kinds.Equals) {
    p.skip();
    p.skipNewlines();
    initialValue = expressionRule(p);
  }
  let end = endOf(initialValue ?? token);
  const terminator = p.peek();
  if (terminator.kind !== kinds.NewLine && terminator.kind !== kinds.Semi && terminator.kind !== kinds.RCurly)
    p.reportIncomplete(p.extent(end, end), 'MissingPropertyTerminator');
  p.skipNewlinesAndSemicolons();
  if (terminator.kind === kinds.Semi) ({ end } = terminator);
  const name = token.path?.unqualified ?? '';
  if (name === '')
    return {
      member: null,
      broken: [
        ...head.attributes,
        ...(head.type ? [head.type] : []),
        ...(initialValue ? [initialValue] : []),
      ],
    };
  return {
    member: {
      kind: 'PropertyMemberAst',
      extent: p.extent(startOf(head.start), end),
      name: token.path?.userPath ?? name,
      propertyType: head.type,
      attributes: head.attributes,
      isStatic: head.isStatic,
      isHidden: head.isHidden,
      initialValue,
    },
    broken: undefined,
  };
}
