/* Kinds of tokens by PowerShell's own names and numbers, with what the parser asks of them. */

const names =
  `Unknown Variable SplattedVariable Parameter Number Label Identifier Generic NewLine LineContinuation Comment EndOfInput
StringLiteral StringExpandable HereStringLiteral HereStringExpandable LParen RParen LCurly RCurly LBracket RBracket AtParen AtCurly DollarParen Semi
AndAnd OrOr Ampersand Pipe Comma MinusMinus PlusPlus DotDot ColonColon Dot Exclaim Multiply Divide Rem Plus Minus
Equals PlusEquals MinusEquals MultiplyEquals DivideEquals RemainderEquals Redirection RedirectInStd Format Not Bnot And Or Xor Band Bor Bxor Join
Ieq Ine Ige Igt Ilt Ile Ilike Inotlike Imatch Inotmatch Ireplace Icontains Inotcontains Iin Inotin Isplit
Ceq Cne Cge Cgt Clt Cle Clike Cnotlike Cmatch Cnotmatch Creplace Ccontains Cnotcontains Cin Cnotin Csplit Is IsNot As
PostfixPlusPlus PostfixMinusMinus Shl Shr Colon QuestionMark QuestionQuestionEquals QuestionQuestion QuestionDot QuestionLBracket`.split(
    /\s/,
  );
const firstKeyword = 119;
const keywordNames =
  `Begin Break Catch Class Continue Data Define Do Dynamicparam Else ElseIf End Exit Filter Finally For Foreach From Function If In
Param Process Return Switch Throw Trap Try Until Using Var While Workflow Parallel Sequence InlineScript Configuration DynamicKeyword Public Private
Static Interface Enum Namespace Module Type Assembly Command Hidden Base Default Clean`.split(/\s/);

/** Name of a kind, as `TokenKind` prints it. */
export const kindNames: readonly string[] = [
  ...names,
  ...Array.from({ length: firstKeyword - names.length }, () => ''),
  ...keywordNames,
];

export type TokenKind = number;
export const kinds = Object.freeze(
  Object.fromEntries(kindNames.map((name, i) => [name, i]).filter(([name]) => name !== '')),
) as Readonly<Record<KindName, number>>;
type Words<Text extends string> = Text extends `${infer First} ${infer Rest}` ? First | Words<Rest> : Text;
export type KindName =
  | Words<'Unknown Variable SplattedVariable Parameter Number Label Identifier Generic NewLine LineContinuation Comment EndOfInput'>
  | Words<'StringLiteral StringExpandable HereStringLiteral HereStringExpandable LParen RParen LCurly RCurly LBracket RBracket AtParen AtCurly DollarParen Semi'>
  | Words<'AndAnd OrOr Ampersand Pipe Comma MinusMinus PlusPlus DotDot ColonColon Dot Exclaim Multiply Divide Rem Plus Minus'>
  | Words<'Equals PlusEquals MinusEquals MultiplyEquals DivideEquals RemainderEquals Redirection RedirectInStd Format Not Bnot And Or Xor Band Bor Bxor Join'>
  | Words<'Ieq Ine Ige Igt Ilt Ile Ilike Inotlike Imatch Inotmatch Ireplace Icontains Inotcontains Iin Inotin Isplit'>
  | Words<'Ceq Cne Cge Cgt Clt Cle Clike Cnotlike Cmatch Cnotmatch Creplace Ccontains Cnotcontains Cin Cnotin Csplit Is IsNot As'>
  | Words<'PostfixPlusPlus PostfixMinusMinus Shl Shr Colon QuestionMark QuestionQuestionEquals QuestionQuestion QuestionDot QuestionLBracket'>
  | Words<'Begin Break Catch Class Continue Data Define Do Dynamicparam Else ElseIf End Exit Filter Finally For Foreach From Function If In'>
  | Words<'Param Process Return Switch Throw Trap Try Until Using Var While Workflow Parallel Sequence InlineScript Configuration DynamicKeyword Public Private'>
  | Words<'Static Interface Enum Namespace Module Type Assembly Command Hidden Base Default Clean'>;

/* Bits as in PowerShell's TokenFlags. */
export const precedenceMask = 0xf;
export const keywordFlag = 0x10;
export const scriptBlockBlockName = 0x20;
export const binaryOperator = 0x100;
export const unaryOperator = 0x200;
export const caseSensitiveOperator = 0x400;
export const ternaryOperator = 0x800;
export const specialOperator = 0x1000;
export const assignmentOperator = 0x2000;
export const parseModeInvariant = 0x8000;
export const tokenInError = 0x10000;
export const disallowedInRestrictedMode = 0x20000;
export const prefixOrPostfixOperator = 0x40000;
export const commandName = 0x80000;
export const memberName = 0x100000;
export const typeNameFlag = 0x200000;
export const attributeNameFlag = 0x400000;
export const canConstantFold = 0x800000;
export const statementDoesntSupportAttributes = 0x1000000;

const traits = new Int32Array(kindNames.length);
const give = (kindList: string, bits: number): void => {
  for (const name of kindList.split(' ')) {
    const kind = kinds[name as KindName];
    traits[kind] = (traits[kind] as number) | bits;
  }
};
give(
  'NewLine LineContinuation Comment EndOfInput StringLiteral StringExpandable HereStringLiteral HereStringExpandable LParen RParen LCurly RCurly RBracket AtParen AtCurly DollarParen Semi AndAnd OrOr Ampersand Pipe Comma RedirectInStd',
  parseModeInvariant,
);
give('Ampersand Pipe ColonColon Dot Colon QuestionDot', specialOperator);
give(
  'Comma MinusMinus PlusPlus Exclaim Plus Minus Not Bnot Join Isplit Csplit PostfixPlusPlus PostfixMinusMinus',
  unaryOperator,
);
give('MinusMinus PlusPlus PostfixPlusPlus PostfixMinusMinus', prefixOrPostfixOperator);
give(
  'Equals PlusEquals MinusEquals MultiplyEquals DivideEquals RemainderEquals QuestionQuestionEquals',
  assignmentOperator,
);
give('QuestionMark', ternaryOperator);
const comparisons =
  'Join Ieq Ine Ige Igt Ilt Ile Ilike Inotlike Imatch Inotmatch Ireplace Icontains Inotcontains Iin Inotin Isplit Is IsNot As Shl Shr';
const caseSensitive =
  'Ceq Cne Cge Cgt Clt Cle Clike Cnotlike Cmatch Cnotmatch Creplace Ccontains Cnotcontains Cin Cnotin Csplit';
give('And Or Xor', binaryOperator | 1);
give('Band Bor Bxor', binaryOperator | 2);
give(comparisons, binaryOperator | 5);
give(caseSensitive, binaryOperator | 5 | caseSensitiveOperator);
give('QuestionQuestion', binaryOperator | 7);
give('Plus Minus', binaryOperator | 9);
give('Multiply Divide Rem', binaryOperator | 0xa);
give('Format', binaryOperator | 0xc);
give('DotDot', binaryOperator | 0xd);
give('Exclaim Multiply Divide Rem Plus Minus Not Bnot And Or Xor Band Bor Bxor Shl Shr', canConstantFold);
give(
  'MinusMinus PlusPlus DotDot ColonColon Dot Redirection RedirectInStd Format Join Imatch Inotmatch Ireplace Isplit Cmatch Cnotmatch Creplace Csplit As PostfixPlusPlus PostfixMinusMinus Colon QuestionMark QuestionDot',
  disallowedInRestrictedMode,
);
give(keywordNames.join(' '), keywordFlag);
give('Begin Process End Dynamicparam Clean', scriptBlockBlockName);
give(
  'Break Continue Data Define Do Exit Filter For Foreach From Function If Return Switch Throw Trap Try Using Var While Workflow Parallel Sequence InlineScript',
  statementDoesntSupportAttributes,
);

/** Traits of a kind, as bits. */
export const traitsOf = (kind: TokenKind): number => traits[kind] as number;

const texts: Readonly<Record<string, string>> = {
  Unknown: 'unknown',
  Variable: 'var',
  SplattedVariable: '@var',
  Parameter: 'param',
  Number: 'number',
  Label: 'label',
  Identifier: 'ident',
  Generic: 'generic',
  NewLine: 'newline',
  LineContinuation: 'line continuation',
  Comment: 'comment',
  EndOfInput: 'eof',
  StringLiteral: 'sqstr',
  StringExpandable: 'dqstr',
  HereStringLiteral: 'sq here string',
  HereStringExpandable: 'dq here string',
  LParen: '(',
  RParen: ')',
  LCurly: '{',
  RCurly: '}',
  LBracket: '[',
  RBracket: ']',
  AtParen: '@(',
  AtCurly: '@{',
  DollarParen: '$(',
  Semi: ';',
  AndAnd: '&&',
  OrOr: '||',
  Ampersand: '&',
  Pipe: '|',
  Comma: ',',
  MinusMinus: '--',
  PlusPlus: '++',
  DotDot: '..',
  ColonColon: '::',
  Dot: '.',
  Exclaim: '!',
  Multiply: '*',
  Divide: '/',
  Rem: '%',
  Plus: '+',
  Minus: '-',
  Equals: '=',
  PlusEquals: '+=',
  MinusEquals: '-=',
  MultiplyEquals: '*=',
  DivideEquals: '/=',
  RemainderEquals: '%=',
  Redirection: 'redirection',
  RedirectInStd: '<',
  Format: '-f',
  PostfixPlusPlus: '++',
  PostfixMinusMinus: '--',
  Colon: ':',
  QuestionMark: '?',
  QuestionQuestionEquals: '??=',
  QuestionQuestion: '??',
  QuestionDot: '?.',
  QuestionLBracket: '?[',
  Ieq: '-eq',
  Ine: '-ne',
  Ige: '-ge',
  Igt: '-gt',
  Ilt: '-lt',
  Ile: '-le',
};
/** Text of a kind, as messages show it. */
export function kindText(kind: TokenKind): string {
  const name = kindNames[kind] as string;
  const known = texts[name];
  if (known !== undefined) return known;
  return ((traits[kind] as number) & keywordFlag) !== 0 ? name.toLowerCase() : `-${name.toLowerCase()}`;
}
