import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenOf, parseText, tokenLines, treeLines } from '../../../src/engine/powershell/parse/index.ts';
import type { Ast } from '../../../src/engine/powershell/parse/tree.ts';

const pieces = [
  ...'{}()[]<>|&;,.:?!@#$%*/+-=^~`\'"\\_ \t\n',
  ...[
    '\r\n',
    '$a',
    '$env:x',
    '${b c}',
    '@a',
    '$(',
    '@(',
    '@{',
    '${',
    '"$(',
    "@'\n",
    "\n'@",
    '@"\n',
    '\n"@',
    '<#',
    '#>',
    '--%',
    '::',
  ],
  ...[
    'if',
    'else',
    'elseif',
    'while',
    'do',
    'until',
    'for',
    'foreach',
    'in',
    'switch',
    'default',
    'function',
    'filter',
    'param',
  ],
  ...[
    'begin',
    'process',
    'end',
    'clean',
    'dynamicparam',
    'try',
    'catch',
    'finally',
    'trap',
    'throw',
    'return',
    'break',
    'continue',
  ],
  ...[
    'class',
    'enum',
    'using',
    'namespace',
    'module',
    'data',
    'exit',
    'static',
    'hidden',
    'base',
    'parallel',
    'workflow',
  ],
  ...[
    '-eq',
    '-f',
    '-not',
    '-is',
    '-path',
    '-a:',
    '&&',
    '||',
    '??',
    '??=',
    '?.',
    '?[',
    '++',
    '--',
    '..',
    '+=',
    '2>&1',
    '*>',
    '>>',
  ],
  ...[
    '1',
    '0x1g',
    '1.5e',
    '1kb',
    '1..2',
    '[int]',
    '[a[b]]',
    '[Parameter(',
    'x',
    'a-b',
    '“',
    '”',
    '‘',
    '’',
    '–',
    '\u0000',
    '\ud800',
    '#requires',
  ],
];
const script = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((p) => p.join('')),
  fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((p) => p.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

function checkPlaces(node: Ast, length: number): void {
  expect(node.extent.startOffset).toBeGreaterThanOrEqual(0);
  expect(node.extent.endOffset).toBeGreaterThanOrEqual(node.extent.startOffset);
  expect(node.extent.endOffset).toBeLessThanOrEqual(length);
  for (const child of childrenOf(node)) checkPlaces(child, length);
}

describe('the parser', () => {
  it('gives a tree, tokens and errors for any text', () => {
    fc.assert(
      fc.property(script, (text) => {
        const { ast, tokens, errors } = parseText(text);
        checkPlaces(ast, text.length);
        treeLines(ast);
        tokenLines(tokens);
        for (const error of errors) {
          expect(error.message).not.toBe('');
          // The end of input lies one past the text, as PowerShell has it.
          expect(error.extent.endOffset).toBeLessThanOrEqual(text.length + 1);
        }
        let at = 0;
        for (const token of tokens) {
          expect(token.start).toBeGreaterThanOrEqual(at);
          at = token.end;
        }
      }),
      { numRuns: 3000 },
    );
  });

  const nestings = [
    ['(', '1', ')'],
    ['{', '', '}'],
    ['$(', '1', ')'],
    ['@{a=', '1', '}'],
    ['"$(', '1', ')"'],
    ['if (1) {', '', '}'],
    ['if (', '1', ') {}'],
    ['function f {', '', '}'],
    ['1 + ', '1', ''],
    ['-not ', '1', ''],
    ['[int]', '1', ''],
    ['$a = ', '1', ''],
    ['a | ', 'b', ''],
    ['a && ', 'b', ''],
    ['[a[', 'b', ']]'],
  ] as const;
  it.each(nestings)('reports what nests too deeply: %s', (open, middle, close) => {
    const nested = (n: number): string => open.repeat(n) + middle + close.repeat(n);
    expect(parseText(nested(60)).errors.filter((e) => e.errorId === 'ScriptTooComplicated')).toEqual([]);
    // Pipelines are flat; all else ends with an error, not with a stack that is too small.
    expect(parseText(nested(20_000)).errors.map((e) => e.errorId)).toEqual(
      open === 'a | ' ? [] : ['ScriptTooComplicated'],
    );
  });

  it('keeps going after an error', () => {
    const { ast, errors } = parseText('if (1 { }\nfunction Good { 1 }\n$x = \n');
    expect(errors.length).toBeGreaterThan(0);
    expect(treeLines(ast).some((line) => line.includes('FunctionDefinitionAst'))).toBe(true);
  });

  it('reads a script as the tree that PowerShell makes of it', () => {
    const text =
      '[CmdletBinding()] param([int] $Count = 2)\n1..$Count | ForEach-Object { "n$_" } | Out-File -FilePath x.txt';
    expect(treeLines(parseText(text).ast)).toEqual([
      'ScriptBlockAst 0 105',
      'AttributeAst 0 17',
      'NamedBlockAst 18 105',
      'ParamBlockAst 18 41',
      'ParameterAst 24 40',
      'TypeConstraintAst 24 29',
      'VariableExpressionAst 30 36',
      'ConstantExpressionAst 39 40',
      'PipelineAst 42 105',
      'CommandExpressionAst 42 51',
      'BinaryExpressionAst 42 51',
      'ConstantExpressionAst 42 43',
      'VariableExpressionAst 45 51',
      'CommandAst 54 78',
      'StringConstantExpressionAst 54 68',
      'ScriptBlockExpressionAst 69 78',
      'ScriptBlockAst 69 78',
      'NamedBlockAst 71 76',
      'PipelineAst 71 76',
      'CommandExpressionAst 71 76',
      'ExpandableStringExpressionAst 71 76',
      'VariableExpressionAst 73 75',
      'CommandAst 81 105',
      'StringConstantExpressionAst 81 89',
      'CommandParameterAst 90 99',
      'StringConstantExpressionAst 100 105',
    ]);
  });
});
