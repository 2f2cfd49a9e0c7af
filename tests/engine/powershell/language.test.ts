import { describe, expect, it } from 'vitest';
import { newSession, run } from '../../support/powershell-cases.ts';

/** What a script prints, and the ids of the errors it left in `$Error`, oldest first. */
function outcome(script: string): { readonly output: string; readonly errors: readonly string[] } {
  let output = '';
  const session = newSession('core', (text) => (output += text));
  run(session, script);
  const errors = session.errors.items
    .map((e) => (e as { readonly fullyQualifiedErrorId?: string } | null)?.fullyQualifiedErrorId ?? '')
    .reverse();
  return { output, errors };
}

/** Scripts and what PowerShell 7.6 prints for them. */
const scripts: readonly (readonly [script: string, output: string, ...errors: string[]])[] = [
  ['$a = 1; $a += 2; $a * 2', '6\n'],
  ['"$(1..3)"; $OFS = "-"; "$(1..3)"', '1 2 3\n1-2-3\n'],
  ['switch -Wildcard ("abc") { "a*" { 1 } "*c" { 2; break } default { 3 } }', '1\n2\n'],
  [
    ':out foreach ($i in 1..3) { foreach ($j in 1..3) { if ($j -eq 2) { continue out }; "$i$j" } }',
    '11\n21\n31\n',
  ],
  ['function f { param($a, $b = 2) "$a $b $args" }; f 1; f -b 3 x y', '1 2 \nx 3 y\n'],
  ['function f { begin { $n = 0 } process { $n += $_ } end { $n } }; 1..4 | f', '10\n'],
  [
    'try { 1 / 0 } catch [DivideByZeroException] { "caught" } finally { "done" }',
    'caught\ndone\n',
    'RuntimeException',
  ],
  [
    'class A { [int] $x = 1; [int] Twice() { return $this.x * 2 } }; class B : A { B() { $this.x = 4 } }; [B]::new().Twice()',
    '8\n',
  ],
  ['[Flags()] enum E { A = 1; B = 2 }; [E]3; [E]::B.value__; [E]::A.ToString("X")', 'A, B\n2\n00000001\n'],
  ['$h = @{ a = 1; b = 2 }; $o = [ordered]@{ z = 1; y = 2 }; $h.Count; $o.Keys', '2\nz\ny\n'],
  ['$p = @{ Object = "x"; NoNewline = $true }; Write-Host @p', 'x'],
  ['$null ?? "n"; $x ??= 5; $x; ($null)?.Length; $true ? "y" : "n"', 'n\n5\ny\n'],
  ['function show { $args }; show -- -a b', '-a\nb\n'],
  ['function s([string] $x) { $x }; s 010; s 0x10', '010\n0x10\n'],
  ['Set-StrictMode -Version 2; try { $none } catch { "undefined" }', 'undefined\n', 'VariableIsUndefined'],
  [
    '$e = $null; $null = [System.Management.Automation.Language.Parser]::ParseInput("if (", [ref]$null, [ref]$e); $e.ErrorId',
    'IfStatementMissingCondition\n',
  ],
  [
    'try { [scriptblock]::Create("1 +") } catch { $_.Exception.InnerException.GetType().Name }',
    'ParseException\n',
    'ParseException',
  ],
  ['& { trap { "trapped"; continue } throw "x"; "after" }', 'trapped\nafter\n', 'x'],
  ['$add = 5; $sb = { param($n) $n + $add }.GetNewClosure(); $add = 1; & $sb 1', '6\n'],
  [
    'function g { begin { "b" } process { } end { 1..9 } }; g | Select-Object -First 2; (g | Measure-Object).Count',
    'b\n1\n10\n',
  ],
  ['function f { $a = @($input); $b = @($input); "$($a.Count) $($b.Count)" }; 1, 2 | f', '2 0\n'],
  [
    '$h = @{ a = 1 }; try { foreach ($k in $h.Keys) { $h.b = 1 } } catch { $_.Exception.Message }',
    'Collection was modified; enumeration operation may not execute.\n',
    'System.InvalidOperationException',
  ],
  ['(Write-Error "x") 2>$null; "next"', 'next\n', 'Microsoft.PowerShell.Commands.WriteErrorException'],
  [
    'function f { [CmdletBinding()] param($a) process { "p" } }; try { 1 | f -ErrorAction Stop } catch { "refused" }',
    'refused\n',
    'InputObjectNotBound,f',
  ],
  [
    'function f { param([Parameter(ValueFromPipeline)][int] $n, [Parameter(ValueFromPipelineByPropertyName)][int] $length) process { "$n $length" } }; "12" | f',
    '12 2\n',
  ],
  [
    'class M { [int] $v; M([int] $v) { $this.v = $v } static [M] op_Addition([M] $a, [M] $b) { return [M]::new($a.v + $b.v) } }; ([M]1 + [M]2).v',
    '3\n',
  ],
  [
    'class L : System.Collections.IEnumerable { [System.Collections.IEnumerator] GetEnumerator() { return @(1, 2).GetEnumerator() } }; foreach ($x in [L]::new()) { "<$x>" }',
    '<1>\n<2>\n',
  ],
  ['class H { [int] $a = 1; hidden [int] $b = 2 }; [H]::new() | Format-List; [H]::new().b', '\na : 1\n\n2\n'],
  ['filter double { $_ * 2 }; 1, 2 | double; 1 && 2; $false || "or"', '2\n4\n1\n2\nFalse\n'],
];

describe('the language', () => {
  it.each(scripts)('%s', (script, output, ...errors) => {
    expect(outcome(script)).toEqual({ output, errors });
  });

  const endless = [
    'while ($true) { }',
    'for (;;) { }',
    'do { } until ($false)',
    'while (1) { try { throw 1 } catch { } }',
    'while (1) { & { 1 } | Out-Null }',
    '1..1000000 | ForEach-Object { while (1) { $_ } }',
    'function f { while (1) { $null = 1 } }; f',
  ];
  it.each(endless)('stops at Ctrl+C: %s', (script) => {
    const session = newSession('core', () => undefined);
    const work = session.execute(script);
    const first = work.next();
    expect(first.done).toBe(false);
    session.stop();
    const last = work.next({ kind: 'safepoint' });
    expect(last).toMatchObject({ done: true, value: { kind: 'stopped' } });
  });
});
