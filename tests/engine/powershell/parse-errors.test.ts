import { describe, expect, it } from 'vitest';
import { parseText } from '../../../src/engine/powershell/parse/index.ts';

/** Scripts and what PowerShell 7.6 reports for them: error id, offsets, and whether more text could make it right. */
const scripts: readonly (readonly [script: string, ...errors: string[]])[] = [
  ['if ($x { 1 }', 'UnexpectedToken 7-8', 'MissingEndParenthesisAfterStatement 7-8'],
  ['if { 1 }', 'MissingOpenParenthesisInIfStatement 2-2'],
  ['else { 1 }'],
  ['function f { 1', 'MissingEndCurlyBrace 11-12 incomplete'],
  ['1 }', 'UnexpectedToken 2-3'],
  ['1 )', 'UnexpectedToken 2-3'],
  ['$a[1', 'MissingEndSquareBracket 4-4 incomplete'],
  ['$(1 + 2', 'MissingEndParenthesisInSubexpression 8-8 incomplete'],
  ['@(1, 2', 'MissingEndParenthesisInSubexpression 7-7 incomplete'],
  ['@{ a = 1', 'MissingEndCurlyBrace 2-2 incomplete'],
  ['@{ a = 1; A = 2 }', 'DuplicateKeyInHashLiteral 10-11'],
  ["'abc", 'TerminatorExpectedAtEndOfString 0-4 incomplete'],
  ['"abc $x', 'TerminatorExpectedAtEndOfString 0-7 incomplete'],
  ['@"\nabc', 'TerminatorExpectedAtEndOfString 0-6 incomplete'],
  ['1 + * 2', 'ExpectedValueExpression 3-3'],
  ['$a = 1,,2'],
  ['$a =', 'ExpectedValueExpression 4-4 incomplete'],
  ['5 = 3', 'InvalidLeftHandSide 0-1'],
  ["'a' = 1", 'InvalidLeftHandSide 0-3'],
  ['$a + 1 = 2', 'InvalidLeftHandSide 0-6'],
  ['5++', 'OperatorRequiresVariableOrProperty 0-1'],
  ['($a + 1)++', 'OperatorRequiresVariableOrProperty 1-7'],
  ['dir | | sort', 'EmptyPipeElement 5-5'],
  ['1 | $x', 'ExpressionsMustBeFirstInPipeline 4-6'],
  ['while $x { }', 'MissingOpenParenthesisAfterKeyword 5-5', 'UnexpectedToken 9-10'],
  ['do { 1 }', 'MissingWhileOrUntilInDoWhile 8-8 incomplete'],
  ['do { } while', 'MissingOpenParenthesisAfterKeyword 12-12 incomplete'],
  ['for $i = 0 { }', 'MissingOpenParenthesisAfterKeyword 3-3', 'UnexpectedToken 11-12'],
  ['foreach ($x $y) { }', 'MissingInInForeach 11-11', 'UnexpectedToken 14-15'],
  ['foreach (x in 1) { }', 'MissingVariableNameAfterForeach 9-9', 'UnexpectedToken 15-16'],
  ['foreach ($x in 1)', 'MissingForeachStatement 17-17 incomplete'],
  ['switch (1) { default { } default { } }', 'MultipleSwitchDefaultClauses 25-32'],
  ['try { 1 }', 'MissingCatchOrFinally 9-9 incomplete'],
  ['catch { 1 }'],
  ['try { } catch { } catch [Exception] { }', 'EmptyCatchNotLast 17-17'],
  ['try { } catch [Exception] { } catch [Exception] { }', 'ExceptionTypeAlreadyCaught 36-47'],
  ['function { 1 }', 'MissingNameAfterKeyword 8-8'],
  ['function foo', 'MissingFunctionBody 12-12 incomplete'],
  ['function f(a) { }', 'MissingEndParenthesisInFunctionParameterList 11-11', 'UnexpectedToken 12-13'],
  ['param($a $b)', 'MissingEndParenthesisInFunctionParameterList 8-8', 'UnexpectedToken 11-12'],
  ['param($a = )', 'MissingExpressionAfterToken 10-10'],
  ['$x = 1; param($y)'],
  [
    '[CmdletBinding( param()',
    'MissingEndParenthesisInExpression 15-15',
    'ExpectedExpression 22-22',
    'UnexpectedAttribute 0-15',
  ],
  ['param($a, $a)', 'DuplicateFormalParameter 10-12'],
  ['"$foo: bar"', 'InvalidVariableReferenceWithDrive 1-6'],
  ['${abc', 'IncompleteDollarVariableReference 1-5 incomplete'],
  ['${}', 'EmptyVariableReference 2-3'],
  ['&', 'MissingExpression 0-1'],
  ['. ', 'MissingExpression 0-1'],
  ['[int', 'EndSquareBracketExpectedAtEndOfAttribute 4-4'],
  ['[]', 'MissingTypename 1-1'],
  ['[int]::', 'MissingPropertyName 7-7 incomplete'],
  ['$a.', 'MissingPropertyName 3-3 incomplete'],
  ['$a.Foo(1', 'MissingEndParenthesisInMethodCall 8-8 incomplete'],
  ['$a.Foo(1,)', 'MissingExpressionAfterToken 9-9'],
  ['function f { begin { } 1 }', 'MissingNamedBlocks 23-24', 'UnexpectedToken 25-26'],
  ['function f { begin { } begin { } }', 'DuplicateScriptCommandClause 23-32'],
  ['$x = if', 'MissingOpenParenthesisInIfStatement 7-7 incomplete'],
  ['break 5 6'],
  ["$a 'b'", 'UnexpectedToken 3-6'],
  ['class Foo', 'MissingTypeBody 9-9 incomplete'],
  ['class Foo { 5 }', 'MissingEndCurlyBrace 11-11', 'UnexpectedToken 14-15'],
  ['class Foo { $a; $a }'],
  ['class Foo : { }', 'TypeNameExpected 11-11'],
  ['class Foo { [int] a }', 'MissingMethodParameterList 19-19', 'MissingFunctionBody 19-19'],
  ['class Foo { [int] M() { } }', 'MethodHasCodePathNotReturn 18-19'],
  ['enum E { 1 }', 'MissingEndCurlyBrace 8-8', 'UnexpectedToken 11-12'],
  ['enum E { A = }', 'ExpectedValueExpression 12-12'],
  ['enum E { A; a }'],
  ['$x = 1\nusing namespace System', 'UsingMustBeAtStartOfScript 7-29'],
  [
    'data { foreach ($x in 1) { } }',
    'ForeachStatementNotSupportedInDataSection 7-28',
    'VariableReferenceNotSupportedInDataSection 16-18',
  ],
  ['$x = @foo', 'SplattingNotPermitted 5-9'],
  ['@foo + 1', 'SplattingNotPermitted 0-4'],
  ['$x = 12abc'],
  ['$x = 0xZZ'],
  [
    '$a = 1\n$b = 2\n$c = (3 +',
    'ExpectedValueExpression 23-23 incomplete',
    'MissingEndParenthesisInExpression 23-23 incomplete',
  ],
  [
    "function f {\n  if ($a {\n    'x'\n  }\n}",
    'UnexpectedToken 22-23',
    'MissingEndParenthesisAfterStatement 22-23',
  ],
  ['from x', 'ReservedKeywordNotAllowed 0-4'],
  ['echo --% a "b'],
  ['1 & | 2', 'EmptyPipeElement 4-5'],
  ['$a ? 1', 'MissingColonInTernaryExpression 7-7 incomplete'],
  ['return 1 2', 'UnexpectedToken 9-10'],
  ['$x = throw'],
  ['[ordered]$x', 'OrderedAttributeOnlyOnHashLiteralNode 0-11'],
  [':foo'],
  ['dynamicparam { } 5', 'MissingNamedBlocks 17-18'],
];

describe('parse errors', () => {
  it.each(scripts)('%j', (script, ...errors) => {
    const found = parseText(script).errors.map(
      (e) =>
        `${e.errorId} ${String(e.extent.startOffset)}-${String(e.extent.endOffset)}${e.incompleteInput ? ' incomplete' : ''}`,
    );
    expect(found).toEqual(errors);
  });

  it('say what is wrong and where', () => {
    const [error] = parseText('if ($true) { 1\n', 'a.ps1').errors;
    expect(error).toMatchObject({
      errorId: 'MissingEndCurlyBrace',
      message: "Missing closing '}' in statement block or type definition.",
      incompleteInput: true,
    });
    expect(error?.extent.text).toBe('{');
    expect(error?.extent.startLineNumber).toBe(1);
    expect(error?.extent.startColumnNumber).toBe(12);
    expect(error?.extent.file).toBe('a.ps1');
  });
});
