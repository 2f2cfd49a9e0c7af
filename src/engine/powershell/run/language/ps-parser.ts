import { parseText } from '../../parse/index.ts';
import {
  attributeNameFlag,
  commandName,
  keywordFlag,
  kinds,
  kindNames,
  memberName,
  typeNameFlag,
} from '../../tokenize/token-kind.ts';
import type { Token } from '../../tokenize/token.ts';
import { traitsOf } from '../../tokenize/token-kind.ts';
import { ListValue } from '../../types/collections.ts';
import { property, staticMethod } from '../../types/dotnet/define.ts';
import { assign } from '../../types/dotnet/arguments.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { enumValue } from '../../types/enum-text.ts';
import { DotNetObject } from '../../types/objects.ts';
import { closeGeneric, defineEnum, defineType, listType, resolveType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { customObject } from '../../types/objects.ts';

const space = 'System.Management.Automation';
const tokenTypes = defineEnum(
  `${space}.PSTokenType`,
  'Unknown,Command,CommandParameter,CommandArgument,Number,String,Variable,Member,LoopLabel,Attribute,Type,Operator,GroupStart,GroupEnd,Keyword,Comment,StatementSeparator,NewLine,LineContinuation,Position',
);
const byKind: Readonly<Record<string, string>> = {
  Variable: 'Variable',
  SplattedVariable: 'Variable',
  Parameter: 'CommandParameter',
  Number: 'Number',
  Label: 'LoopLabel',
  Identifier: 'CommandArgument',
  Generic: 'CommandArgument',
  NewLine: 'NewLine',
  LineContinuation: 'LineContinuation',
  Comment: 'Comment',
  StringLiteral: 'String',
  StringExpandable: 'String',
  HereStringLiteral: 'String',
  HereStringExpandable: 'String',
  LParen: 'GroupStart',
  RParen: 'GroupEnd',
  LCurly: 'GroupStart',
  RCurly: 'GroupEnd',
  AtParen: 'GroupStart',
  AtCurly: 'GroupStart',
  DollarParen: 'GroupStart',
  Semi: 'StatementSeparator',
};

function typeOf(token: Token): string {
  if ((token.flags & commandName) !== 0) return 'Command';
  if ((token.flags & memberName) !== 0) return 'Member';
  if ((token.flags & attributeNameFlag) !== 0) return 'Attribute';
  if ((token.flags & typeNameFlag) !== 0) return 'Type';
  const known = byKind[kindNames[token.kind] as string];
  if (known) return known;
  if ((traitsOf(token.kind) & keywordFlag) !== 0) return 'Keyword';
  return token.kind === kinds.Unknown || token.kind === kinds.EndOfInput || token.kind > kinds.Shr
    ? 'Unknown'
    : 'Operator';
}
function contentOf(token: Token): string {
  switch (token.kind) {
    case kinds.StringLiteral:
    case kinds.StringExpandable:
    case kinds.HereStringLiteral:
    case kinds.HereStringExpandable:
    case kinds.Generic:
      return token.stringValue;
    case kinds.Variable:
    case kinds.SplattedVariable:
      return token.path?.userPath ?? '';
    default:
      return token.text;
  }
}

/** Type literals were one token in the first API: `[int]` with its brackets. */
interface OldToken {
  readonly type: string;
  readonly content: string;
  readonly token: Token;
  readonly end: Token;
}
function oldTokens(tokens: readonly Token[]): OldToken[] {
  const out: OldToken[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind === kinds.EndOfInput) continue;
    const [name, end] = [tokens[i + 1], tokens[i + 2]];
    if (
      token.kind === kinds.LBracket &&
      name &&
      end &&
      (name.flags & (typeNameFlag | attributeNameFlag)) === typeNameFlag &&
      end.kind === kinds.RBracket
    ) {
      out.push({ type: 'Type', content: token.source.text.slice(token.start, end.end), token, end });
      i += 2;
    } else out.push({ type: typeOf(token), content: contentOf(token), token, end: token });
  }
  return out;
}

const o = (self: Value): OldToken => (self as DotNetObject<OldToken>).state;
const oldTokenType = defineType(`${space}.PSToken`, {
  assembly: 'System.Management.Automation',
  members: [
    property('Content', 'string', (s) => o(s).content),
    property('Type', `${space}.PSTokenType`, (s) => enumValue(tokenTypes, o(s).type)),
    property('Start', 'int', (s) => o(s).token.start),
    property('Length', 'int', (s) => o(s).end.end - o(s).token.start),
    property('StartLine', 'int', (s) => o(s).token.extent.startLineNumber),
    property('StartColumn', 'int', (s) => o(s).token.extent.startColumnNumber),
    property('EndLine', 'int', (s) => o(s).end.extent.endLineNumber),
    property('EndColumn', 'int', (s) => o(s).end.extent.endColumnNumber),
  ],
});

defineType(`${space}.PSParser`, {
  assembly: 'System.Management.Automation',
  members: [
    staticMethod([
      'System.Object Tokenize(System.Object script, ref System.Object errors)',
      (_s, a) => {
        const lines = elementsOf(a[0] ?? null);
        const text = lines ? lines.map((line) => toText(line)).join('\n') : toText(a[0] ?? null);
        const { tokens, errors } = parseText(text);
        const collection = closeGeneric(
          resolveType('System.Collections.ObjectModel.Collection`1') ?? listType,
          [oldTokenType],
        );
        assign(
          a[1],
          new ListValue(
            collection,
            errors.map((error) =>
              customObject(
                [
                  ['Token', null],
                  ['Message', error.message],
                ],
                `${space}.PSParseError`,
              ),
            ),
          ),
        );
        return new ListValue(
          collection,
          oldTokens(tokens).map((token) => new DotNetObject(oldTokenType, token)),
        );
      },
    ]),
  ],
});
