import { kinds } from '../../tokenize/token-kind.ts';
import { commandName, tokenInError } from '../../tokenize/token-kind.ts';
import { keywords } from '../../tokenize/keywords.ts';
import type { Token } from '../../tokenize/token.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { DotNetObject, PSArray } from '../../types/objects.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { defineType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';
import { namedValue, tokenFlagsValue, tokenKindValue } from './enums.ts';
import { extentValue } from './extent.ts';
import { variablePathValue } from './variable-path.ts';

const space = 'System.Management.Automation.Language';
const t = (self: Value): Token => (self as DotNetObject<Token>).state;
const define = (
  name: string,
  baseType: DotNetType | undefined,
  members: Parameters<typeof defineType>[1],
): DotNetType =>
  defineType(`${space}.${name}`, {
    assembly: 'System.Management.Automation',
    ...(baseType ? { baseType } : {}),
    ...members,
  });
const streams = ['All', 'Output', 'Error', 'Warning', 'Verbose', 'Debug', 'Information'];

export const tokenType = define('Token', undefined, {
  members: [
    property('Text', 'string', (s) => textOf(t(s))),
    property('TokenFlags', `${space}.TokenFlags`, (s) => tokenFlagsValue(t(s).flags)),
    property('Kind', `${space}.TokenKind`, (s) => tokenKindValue(t(s).kind)),
    property('HasError', 'bool', (s) => (t(s).flags & tokenInError) !== 0),
    property('Extent', 'object', (s) => extentValue(t(s).extent)),
    method(['string ToString()', (s) => (t(s).kind === kinds.EndOfInput ? '<eof>' : textOf(t(s)))]),
  ],
});
const textOf = (token: Token): string => token.text;
const numberType = define('NumberToken', tokenType, {
  members: [property('Value', 'object', (s) => t(s).number ?? null)],
});
const parameterType = define('ParameterToken', tokenType, {
  members: [
    property('ParameterName', 'string', (s) => t(s).parameterName),
    property('UsedColon', 'bool', (s) => t(s).usedColon),
  ],
});
const variableType = define('VariableToken', tokenType, {
  members: [
    property('Name', 'string', (s) => t(s).path?.unqualified ?? ''),
    property('VariablePath', 'object', (s) => {
      const { path } = t(s);
      return path ? variablePathValue(path) : null;
    }),
  ],
});
const stringType = define('StringToken', tokenType, {
  members: [property('Value', 'string', (s) => t(s).stringValue)],
});
const literalType = define('StringLiteralToken', stringType, {});
const expandableType = define('StringExpandableToken', stringType, {
  members: [
    property('NestedTokens', 'object', (s) => {
      const { parts } = t(s);
      return parts ? tokenArray(parts) : null;
    }),
  ],
});
const labelType = define('LabelToken', tokenType, {
  members: [property('LabelText', 'string', (s) => t(s).value ?? '')],
});
const redirectionType = define('RedirectionToken', tokenType, {});
const fileRedirectionType = define('FileRedirectionToken', redirectionType, {
  members: [
    property('FromStream', 'object', (s) => namedValue('stream', streams[t(s).fromStream] as string)),
    property('Append', 'bool', (s) => t(s).append),
  ],
});
const mergingRedirectionType = define('MergingRedirectionToken', redirectionType, {
  members: [
    property('FromStream', 'object', (s) => namedValue('stream', streams[t(s).fromStream] as string)),
    property('ToStream', 'object', (s) => namedValue('stream', streams[t(s).toStream] as string)),
  ],
});
const inputRedirectionType = define('InputRedirectionToken', redirectionType, {});

function typeOfToken(token: Token): DotNetType {
  switch (token.kind) {
    case kinds.Number:
      return numberType;
    case kinds.Parameter:
      return parameterType;
    case kinds.Variable:
    case kinds.SplattedVariable:
      return variableType;
    case kinds.StringLiteral:
    case kinds.HereStringLiteral:
      return literalType;
    case kinds.StringExpandable:
    case kinds.HereStringExpandable:
      return expandableType;
    case kinds.Generic:
      // A keyword or operator that turned out to be an argument keeps the class it was read with.
      if (
        (token.flags & ~(commandName | tokenInError)) !== 0 ||
        keywords.find(token.source.text, token.start, token.end) !== 0
      )
        return tokenType;
      return token.parts ? expandableType : literalType;
    case kinds.Label:
      return labelType;
    case kinds.Redirection:
      return token.toStream > 0 ? mergingRedirectionType : fileRedirectionType;
    case kinds.RedirectInStd:
      return inputRedirectionType;
    default:
      return tokenType;
  }
}

const known = new WeakMap<Token, Value>();
export function tokenValue(token: Token): Value {
  let value = known.get(token);
  if (!value) known.set(token, (value = new DotNetObject(typeOfToken(token), token)));
  return value;
}
/** Token[]. */
export const tokenArray = (tokens: readonly (string | Token)[]): PSArray =>
  new PSArray(tokens.filter((token) => typeof token !== 'string').map(tokenValue), tokenType);
