import { describe, expect, test } from 'vitest';
import { foldsOf } from '../../../../src/engine/powershell/editor/folding.ts';
import { formatScript } from '../../../../src/engine/powershell/editor/format-script.ts';
import { hoverAt } from '../../../../src/engine/powershell/editor/hover.ts';
import { EditedScript } from '../../../../src/engine/powershell/editor/script.ts';
import { signatureAt } from '../../../../src/engine/powershell/editor/signature.ts';
import { definitionAt, symbolsOf } from '../../../../src/engine/powershell/editor/symbols.ts';
import { renameAt } from '../../../../src/engine/powershell/editor/variables.ts';
import { editorSession } from './editor-session.ts';

/** The text without its mark `|`, and where the mark stood. */
function marked(text: string): { readonly script: EditedScript; readonly offset: number } {
  const offset = text.indexOf('|');
  return { script: new EditedScript(text.slice(0, offset) + text.slice(offset + 1)), offset };
}

const cut = (script: EditedScript, range: { start: number; end: number } | undefined): string =>
  range ? script.text.slice(range.start, range.end) : '';

describe('folding', () => {
  test('blocks, parameter lists, here-strings, comments and regions, the last line of a block in sight', () => {
    const text = [
      '#region setup', // 0
      'function Get-It {', // 1
      '    param(', // 2
      '        $Name', // 3
      '    )', // 4
      '    # one', // 5
      '    # two', // 6
      '    @"', // 7
      'text {', // 8
      '"@', // 9
      '}', // 10
      '#endregion', // 11
      '<#', // 12
      ' help', // 13
      '#>', // 14
    ].join('\n');
    expect(foldsOf(new EditedScript(text))).toEqual([
      { start: 0, end: 11, kind: 'region' },
      { start: 1, end: 9, kind: 'block' },
      { start: 2, end: 3, kind: 'block' },
      { start: 5, end: 6, kind: 'comment' },
      { start: 7, end: 9, kind: 'block' },
      { start: 12, end: 14, kind: 'comment' },
    ]);
  });
});

describe('go to definition', () => {
  test.each([
    ['a function, from its call', 'function Get-It { 1 }\nGet-|It', 'Get-It'],
    ['the last definition before the call', 'function f { 1 }\nfunction F { 2 }\n|f', 'F'],
    ['a class, from a type name', 'class Dog { [int] $Age }\n[Do|g]::new()', 'Dog'],
    [
      'a member of a class',
      'class Dog { [string] Bark() { return "w" } }\n$d = [Dog]::new()\n$d.Ba|rk()',
      'Bark',
    ],
    ['where a variable is first set', '$age = 1\n"is $ag|e"', 'age'],
    ['a parameter, within its function', '$n = 1\nfunction f($n) { $|n }', 'n'],
    ['nothing for what the text does not define', 'Get-|Item', ''],
  ])('%s', (_name, text, expected) => {
    const { script, offset } = marked(text);
    expect(cut(script, definitionAt(script, offset))).toBe(expected);
  });

  test('the parameter is that of the function, not the variable of the script', () => {
    const { script, offset } = marked('$n = 1\nfunction f($n) { $|n }');
    expect(definitionAt(script, offset)?.start).toBe(script.text.indexOf('$n)') + 1);
  });
});

test('an outline has functions and classes with their members', () => {
  const script = new EditedScript('function A { }\nclass B { [int] $C; [void] D() { } }\nenum E { F }');
  expect(
    symbolsOf(script).map((one) => [one.kind, one.name, one.children.map((child) => child.name)]),
  ).toEqual([
    ['function', 'A', []],
    ['class', 'B', ['C', 'D']],
    ['enum', 'E', ['F']],
  ]);
});

describe('rename of a variable', () => {
  function renamed(text: string): string {
    const { script, offset } = marked(text);
    const rename = renameAt(script, offset);
    if (!rename) return 'refused';
    return [...rename.edits]
      .sort((a, b) => b.start - a.start)
      .reduce((all, edit) => all.slice(0, edit.start) + 'NEW' + all.slice(edit.end), script.text);
  }

  test.each([
    ['everywhere in the script', '$x = 1\n$|X + $x', '$NEW = 1\n$NEW + $NEW'],
    [
      'in strings and here-strings',
      '$x = 1\n"a $|x ${x} $($x)"\n@"\n$x\n"@',
      '$NEW = 1\n"a $NEW ${NEW} $($NEW)"\n@"\n$NEW\n"@',
    ],
    ['splatted', '$p = @{}\nGet-Item @|p', '$NEW = @{}\nGet-Item @NEW'],
    [
      'by -OutVariable and -ErrorVariable',
      'Get-Item . -OutVariable x -ErrorVariable +y\n$|x; $y',
      'Get-Item . -OutVariable NEW -ErrorVariable +y\n$NEW; $y',
    ],
    [
      'a function has its own',
      '$x = 1\nfunction f { $x = 2; $|x }\n$x',
      '$x = 1\nfunction f { $NEW = 2; $NEW }\n$x',
    ],
    [
      "a function that only reads it has the script's",
      '$|x = 1\nfunction f { $x }',
      '$NEW = 1\nfunction f { $NEW }',
    ],
    [
      "script: means the script's",
      '$x = 1\nfunction f { $script:|x = 2; $x = 3 }',
      '$NEW = 1\nfunction f { $script:NEW = 2; $x = 3 }',
    ],
    [
      'a parameter and its uses in script blocks',
      'function f($|x) { 1..3 | % { $x + $_ } }',
      'function f($NEW) { 1..3 | % { $NEW + $_ } }',
    ],
    ['using:', '$x = 1\nInvoke-Command { $using:|x }', '$NEW = 1\nInvoke-Command { $using:NEW }'],
    ["not PowerShell's own", '1..3 | % { $|_ }', 'refused'],
    ['not where there is none', 'Get-|Item', 'refused'],
  ])('%s', (_name, text, expected) => {
    expect(renamed(text)).toBe(expected);
  });
});

describe('format', () => {
  const format = (text: string): string => formatScript(text, { tabSize: 4, insertSpaces: true });

  test.each([
    ['indents blocks', 'if($a){\nGet-Item\n}\nelse{\n1\n}', 'if ($a) {\n    Get-Item\n}\nelse {\n    1\n}'],
    ['one blank around operators and after commas', '$a=1+2\n$b = $a-eq 3,4', '$a = 1+2\n$b = $a -eq 3, 4'],
    ['takes blanks from line ends', 'Get-Item   \n\n\n  1', 'Get-Item\n\n\n1'],
    [
      'brackets that open in one line indent once',
      'foo @{\na = 1\nb = @(\n1\n)\n}',
      'foo @{\n    a = 1\n    b = @(\n        1\n    )\n}',
    ],
    [
      'a pipe goes on one level deeper',
      'Get-Item |\nSelect-Object Name',
      'Get-Item |\n    Select-Object Name',
    ],
    ['strings and comments stay', '$a = @"\n  x  \n"@\n<#\n   y  \n#>', '$a = @"\n  x  \n"@\n<#\n   y  \n#>'],
    ['arguments stay', 'reg add HKLM\\X /v a=b -x:1', 'reg add HKLM\\X /v a=b -x:1'],
    ['columns of a hashtable stay', '@{\na   = 1\nlong= 2\n}', '@{\n    a   = 1\n    long = 2\n}'],
    ['a text with errors stays', 'if ($a {', 'if ($a {'],
  ])('%s', (_name, text, expected) => {
    expect(format(text)).toBe(expected);
  });

  test('a formatted text is not changed again', () => {
    const text = 'function f{\nparam($a,$b)\n  if($a -eq 1){ "x" }\n try { 1 }catch{ 2 }\n}';
    expect(format(format(text))).toBe(format(text));
  });
});

describe('hover', () => {
  const hover = (text: string) => {
    const { script, offset } = marked(text);
    const found = hoverAt(editorSession(), script, offset);
    return found && { word: cut(script, found.range), code: found.code, text: found.text };
  };

  test('a cmdlet by its alias: its syntax', () => {
    expect(hover('sl|eep 1')).toEqual({
      word: 'sleep',
      code: 'Start-Sleep [-Seconds] <int> [<CommonParameters>]\nStart-Sleep -Milliseconds <int> [<CommonParameters>]',
      text: 'Alias of Start-Sleep. Cmdlet of Microsoft.PowerShell.Utility.',
    });
  });
  test('a function of the text: synopsis and parameters', () => {
    const text =
      '<#\n.SYNOPSIS\nCounts apps.\n#>\nfunction Get-Count([int] $From) { <#\n.SYNOPSIS\nCounts apps.\n#> $From }\nGet-C|ount';
    expect(hover(text)).toEqual({
      word: 'Get-Count',
      code: 'Get-Count [[-From] <int>]',
      text: 'Counts apps.',
    });
  });
  test('a parameter: its type and what it takes', () => {
    expect(hover('Get-Service -Na|me x')).toEqual({
      word: '-Name',
      code: '-Name',
      text: '[string[]], takes pipeline input, aliases: ServiceName',
    });
  });
  test('a variable: where it is set, its declared type', () => {
    expect(hover('[int] $age = 1\n$a|ge')).toEqual({
      word: 'age',
      code: '[int]$age',
      text: 'Set in line 1.',
    });
  });
  test('a type: what it has', () => {
    expect(hover('[DayOf|Week]::Monday')).toMatchObject({
      code: '[System.DayOfWeek]',
      text: expect.stringContaining('Values: Sunday, Monday, Tuesday'),
    });
  });
});

describe('signature help', () => {
  const signature = (text: string) => {
    const { script, offset } = marked(text);
    const help = signatureAt(editorSession(), script, offset);
    const active = help?.signatures[help.active];
    return active && { label: active.label, parameter: active.parameters[help.activeParameter]?.label };
  };
  test('the set that what is named allows, and the parameter that comes next', () => {
    expect(signature('Start-Sleep |')).toEqual({
      label: 'Start-Sleep [-Seconds] <int> [<CommonParameters>]',
      parameter: '[-Seconds] <int>',
    });
    expect(signature('Start-Sleep -Milliseconds |')).toEqual({
      label: 'Start-Sleep -Milliseconds <int> [<CommonParameters>]',
      parameter: '-Milliseconds <int>',
    });
  });
  test('a function that is only in the text', () => {
    expect(signature('function Add-It([string] $A, [int] $B) { }\nAdd-It x |')).toEqual({
      label: 'Add-It [[-A] <string>] [[-B] <int>]',
      parameter: '[[-B] <int>]',
    });
  });
  test('none where no command is', () => {
    expect(signature('$a = |')).toBeUndefined();
  });
});
