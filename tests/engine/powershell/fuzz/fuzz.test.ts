import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldsOf } from '../../../../src/engine/powershell/editor/folding.ts';
import { formatScript } from '../../../../src/engine/powershell/editor/format-script.ts';
import { diagnose } from '../../../../src/engine/powershell/editor/lint/index.ts';
import { EditedScript } from '../../../../src/engine/powershell/editor/script.ts';
import { parseText } from '../../../../src/engine/powershell/parse/index.ts';
import { printScript } from '../../../../src/engine/powershell/parse/print.ts';
import { caseFiles } from '../../../support/recorded-cases.ts';
import { fieldScripts, textOf } from '../../../support/field-scripts.ts';
import { boundedRun } from './bounded-run.ts';
import { broken, scripts } from './generated.ts';
import { treeShape } from './tree-shape.ts';

const cases = caseFiles().flatMap((file) => file.cases.map((one) => one.script));
const someCase = fc.constantFrom(...cases);
// More where somebody asks for it: FUZZ_RUNS=20000.
const runs = Number(process.env['FUZZ_RUNS'] ?? 150);
const seed = process.env['FUZZ_RUNS'] === undefined ? { seed: 20260512 } : {};

/** Any text at all: bytes as a file may hold them, and texts that look like scripts. */
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => String.fromCharCode(...bytes)),
  fc.string({ unit: fc.constantFrom(...'{}()[]$@"\'`#<>|&;,.-=+*/%:!? \n\tabif1'), maxLength: 120 }),
  someCase.chain(broken),
);

describe('no text harms the parser or the editor', () => {
  test('there is always a tree, and tokens that follow one another', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const { ast, tokens } = parseText(text);
        expect(ast.kind).toBe('ScriptBlockAst');
        for (let i = 1; i < tokens.length; i++)
          expect((tokens[i]?.start ?? 0) >= (tokens[i - 1]?.end ?? 0)).toBe(true);
      }),
      { numRuns: runs, ...seed },
    );
  });

  test('folding, linting and formatting never fail, and formatting keeps the script', () => {
    fc.assert(
      fc.property(texts, (text) => {
        foldsOf(new EditedScript(text));
        diagnose(text, undefined);
        const formatted = formatScript(text, { tabSize: 4, insertSpaces: true });
        const before = parseText(text);
        if (before.errors.length === 0)
          expect(treeShape(parseText(formatted).ast)).toEqual(treeShape(before.ast));
      }),
      { numRuns: runs, ...seed },
    );
  });
});

describe('a tree printed and parsed again is the same tree', () => {
  const check = (text: string): void => {
    const { ast, errors } = parseText(text);
    if (errors.length > 0) return;
    const again = parseText(printScript(ast));
    expect({ errors: again.errors.length, tree: treeShape(again.ast) }).toEqual({
      errors: 0,
      tree: treeShape(ast),
    });
  };
  test('for every recorded case', () => {
    for (const text of cases) check(text);
  });
  test('for every field script that is on this machine', () => {
    for (const script of fieldScripts()) check(textOf(script) ?? '');
  });
  test('for generated scripts', () => {
    fc.assert(fc.property(scripts.block, check), { numRuns: runs, ...seed });
  });
});

describe('no script harms the engine', () => {
  const harmless = (text: string): void => {
    const globals = Object.keys(globalThis).length;
    const prototype = Object.keys(Object.prototype).length;
    expect(boundedRun(text).crash).toBeUndefined();
    expect([Object.keys(globalThis).length, Object.keys(Object.prototype).length]).toEqual([
      globals,
      prototype,
    ]);
  };
  test("scripts that the grammar allows end in PowerShell's errors, or can be stopped", () => {
    fc.assert(fc.property(scripts.block, harmless), { numRuns: runs, ...seed });
  });
  test('recorded scripts, broken', () => {
    fc.assert(fc.property(someCase.chain(broken), harmless), { numRuns: runs, ...seed });
  });
});
