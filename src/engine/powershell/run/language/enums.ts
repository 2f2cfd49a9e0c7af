import { kindNames } from '../../tokenize/token-kind.ts';
import { enumValue } from '../../types/enum-text.ts';
import { EnumValue } from '../../types/objects.ts';
import { defineEnum } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';

const space = 'System.Management.Automation.Language';
const tokenKinds = defineEnum(
  `${space}.TokenKind`,
  kindNames
    .map((name, i) => (name === '' ? '' : `${name}=${i}`))
    .filter((text) => text !== '')
    .join(','),
);
const tokenFlags = defineEnum(
  `${space}.TokenFlags`,
  'None=0,BinaryPrecedenceLogical=1,BinaryPrecedenceBitwise=2,BinaryPrecedenceComparison=5,BinaryPrecedenceCoalesce=7,BinaryPrecedenceAdd=9,BinaryPrecedenceMultiply=10,BinaryPrecedenceFormat=12,BinaryPrecedenceRange=13,BinaryPrecedenceMask=15,Keyword=16,ScriptBlockBlockName=32,BinaryOperator=256,UnaryOperator=512,CaseSensitiveOperator=1024,TernaryOperator=2048,SpecialOperator=4096,AssignmentOperator=8192,ParseModeInvariant=32768,TokenInError=65536,DisallowedInRestrictedMode=131072,PrefixOrPostfixOperator=262144,CommandName=524288,MemberName=1048576,TypeName=2097152,AttributeName=4194304,CanConstantFold=8388608,StatementDoesntSupportAttributes=16777216',
  true,
);
const named = {
  stream: defineEnum(`${space}.RedirectionStream`, 'All,Output,Error,Warning,Verbose,Debug,Information'),
  stringType: defineEnum(
    `${space}.StringConstantType`,
    'SingleQuoted,SingleQuotedHereString,DoubleQuoted,DoubleQuotedHereString,BareWord',
  ),
  using: defineEnum(`${space}.UsingStatementKind`, 'Assembly,Command,Module,Namespace,Type'),
  switchFlags: defineEnum(
    `${space}.SwitchFlags`,
    'None=0,File=1,Regex=2,Wildcard=4,Exact=8,CaseSensitive=16,Parallel=32',
    true,
  ),
  forEachFlags: defineEnum(`${space}.ForEachFlags`, 'None=0,Parallel=1', true),
};
export type NamedEnum = keyof typeof named;

export const tokenKindValue = (kind: number): Value => new EnumValue(tokenKinds, kind);
export const tokenKindNamed = (name: string): Value => enumValue(tokenKinds, name);
export const tokenFlagsValue = (flags: number): Value => new EnumValue(tokenFlags, flags);
/** A value of one of the enumerations above by its name, or by names joined by `, `. */
export function namedValue(which: NamedEnum, text: string): Value {
  const type = named[which];
  let bits = 0;
  for (const name of text.split(', ')) bits |= Number(type.enumValues?.get(name) ?? 0);
  return new EnumValue(type, bits);
}
