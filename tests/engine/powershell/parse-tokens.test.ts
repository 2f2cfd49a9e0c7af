import { describe, expect, it } from 'vitest';
import { parseText, tokenLines } from '../../../src/engine/powershell/parse/index.ts';

const scripts = [
  '',
  '# only a comment',
  'Get-ChildItem -Path C:\\Temp -Recurse:$true | Where-Object { $_.Length -gt 1kb } # big ones',
  '$a = 1, 0x1F, 1.5e3, 2mb, 10l, 3d; $b = "text $a $($a[0] + 1) `n ${env:PATH}"',
  '@\'\nhere $no `string\n\'@\n@"\nhere $yes\n"@',
  '<#\n.SYNOPSIS\n  Help.\n#>\nfunction Get-Thing { [CmdletBinding()] param([Parameter(Mandatory)] [string[]] $Name = @()) process { $Name } }',
  "if ($a -eq 1) { 1 } elseif ($b) { 2 } else { 3 }\r\nswitch -Regex -CaseSensitive ($x) { '^a' { break } default { continue } }",
  ':outer foreach ($i in 1..3) { while ($true) { break outer } }',
  'class A : B { [int] $x = 1; static [string] F([int] $y) { return "$y" } hidden A() : base(1) { } }',
  '[Flags()] enum E { A = 1; B = 2 }',
  'using namespace System.Text\nusing module M\n[StringBuilder]::new().Append(1)',
  'try { throw "x" } catch [System.IO.IOException], [Exception] { } finally { }',
  'cmd 2>&1 >> out.txt *> $null; a && b || c; sleep 1 &',
  '$x ? 1 : 2; $a ?? 3; $a ??= 4; ${a}?.b?[0]; $h = @{ a = 1; "b c" = 2 }; f @h @args',
  'program --% raw %PATH% "text\nnext',
  'a `\n  -b `\r\n  c',
  '& { begin { } process { } end { } clean { } }; trap [Exception] { continue }',
  '“curly $quotes” – 1 — 2; ‘single’',
  'data -SupportedCommand ConvertTo-Json { "x" }; #requires -Version 5.1',
  'show 007 -- -a; & "a b" -c:d ,e; .\\x.ps1; %{ $_ }; ? b; [int]$a++; -not !$a; 1 -bnot 2',
];

describe('tokens', () => {
  it.each(scripts)('and the space between them are the script: %j', (script) => {
    const { tokens } = parseText(script);
    let at = 0;
    let text = '';
    for (const token of tokens) {
      const between = script.slice(at, token.start);
      expect(between).toMatch(/^(?:[ \t\f\v\u00a0\u0085]|`\r?\n)*$/);
      text += between + token.text;
      at = token.end;
    }
    expect(text + script.slice(at)).toBe(script);
    expect(tokens.at(-1)?.kindName).toBe('EndOfInput');
  });

  it('are read from the script only when asked for', () => {
    const parsed = parseText('1 + 1');
    expect(parsed.tokens).toBe(parsed.tokens);
    expect(parsed.tokens.map((t) => t.kindName)).toEqual(['Number', 'Plus', 'Number', 'EndOfInput']);
  });

  it('name keywords only where they are such', () => {
    expect(tokenLines(parseText('foreach ($x in 1) { foreach in }').tokens)).toEqual([
      'Foreach 0 7',
      'LParen 8 9',
      'Variable 9 11',
      'In 12 14',
      'Number 15 16',
      'RParen 16 17',
      'LCurly 18 19',
      'Foreach 20 27',
      'In 28 30',
      'RCurly 31 32',
      'EndOfInput 33 33',
    ]);
  });
});
