import { describe, expect, test } from 'vitest';
import { newSession, run } from '../../../src/cli/conform/recorded-case.ts';
import type { ErrorRecord } from '../../../src/engine/powershell/types/error-record.ts';

/** What a script printed, and the ids of its errors in order. */
function after(script: string): { readonly output: string; readonly errors: readonly string[] } {
  let output = '';
  const session = newSession('core', (text) => (output += text));
  session.setGlobal('ErrorActionPreference', 'SilentlyContinue');
  run(session, script);
  return {
    output,
    errors: session.errors.items.map((one) => (one as ErrorRecord).exception.message).reverse(),
  };
}
const memory = "Exception of type 'System.OutOfMemoryException' was thrown.";
const called = (name: string, count: number): string =>
  `Exception calling "${name}" with "${count}" argument(s): "${memory}"`;

describe('a script cannot take more than there is', () => {
  test.each([
    ['a text repeated', "$a = 'x' * 1GB", [memory]],
    [
      'a text that doubles',
      "$s = 'x'; for ($i = 0; $i -lt 40; $i++) { $s += $s; if (-not $?) { break } }",
      [memory],
    ],
    [
      'an array that doubles',
      '$a = @(1); for ($i = 0; $i -lt 40; $i++) { $a += $a; if (-not $?) { break } }',
      [memory],
    ],
    ['a range', '$a = 1..1e9', [memory]],
    ['an array by its length', '$a = [int[]]::new(2000000000)', [memory]],
    ['a text by its length', "$a = [string]::new('x', 2000000000)", [called('.ctor', 2)]],
    ['a text that is padded', "$a = 'a'.PadLeft(1900000000)", [called('PadLeft', 1)]],
    [
      'a list of long texts',
      "$l = [Collections.Generic.List[object]]::new(); for ($i = 0; $i -lt 10000; $i++) { $l.Add('x' * 1MB + $i); if (-not $?) { break } }",
      [memory],
    ],
  ])('%s: OutOfMemoryException, and the script goes on', (_name, script, errors) => {
    const { output, errors: got } = after(`${script}; 'still here'`);
    expect({ output, last: got.slice(0, 1) }).toEqual({ output: 'still here\n', last: errors });
  });

  test('what is let go can be had again', () => {
    expect(after("for ($i = 0; $i -lt 30; $i++) { $a = 'x' * 100MB }; $a.Length")).toEqual({
      output: '104857600\n',
      errors: [],
    });
  });

  test('calls without end: CallDepthOverflow, and the script goes on', () => {
    const { output, errors } = after("function f { f }; f; 'still here'");
    expect({ output, first: errors[0] }).toEqual({
      output: 'still here\n',
      first: 'The script failed due to call depth overflow.',
    });
  });
});

test('a script reaches nothing but its device', () => {
  const attempts = [
    '[System.Diagnostics.Process]::GetCurrentProcess().Kill()',
    "[System.IO.File]::ReadAllText('/etc/passwd')",
    "Get-Content '\\\\?\\C:\\..\\..\\etc\\passwd'",
    "[System.Reflection.Assembly]::LoadFile('/x.dll')",
    '$x = {}; $x.constructor; $x.__proto__; ($x).GetType().constructor',
    "@{}.'__proto__'; @{ __proto__ = 1; constructor = 2 }.constructor",
    "(New-Object PSObject -Property @{ '__proto__' = 1 }).__proto__",
    "Invoke-Expression 'process.exit()'; [object]::constructor",
  ];
  for (const script of attempts) expect(() => after(script)).not.toThrow();
  expect(Object.keys(Object.prototype)).toEqual([]);
});
