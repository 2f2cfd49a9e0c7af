import { describe, expect, test } from 'vitest';
import { diagnose } from '../../../../src/engine/powershell/editor/lint/index.ts';
import { editorSession } from './editor-session.ts';

const found = (text: string) => diagnose(text, editorSession());
const ids = (text: string): readonly string[] =>
  found(text).map((one) => `${one.id}: ${text.slice(one.range.start, one.range.end)}`);

/** The text after every fix. */
function fixed(text: string): string {
  return found(text)
    .flatMap((one) => one.fix?.edits ?? [])
    .sort((a, b) => b.range.start - a.range.start)
    .reduce((all, edit) => all.slice(0, edit.range.start) + edit.text + all.slice(edit.range.end), text);
}

describe('the linter has the rules of PSScriptAnalyzer that matter', () => {
  test.each([
    ['Get-ChildItem', []],
    ['gci C:\\', ['PSAvoidUsingCmdletAliases: gci']],
    ['$a = 1', ['PSUseDeclaredVarsMoreThanAssignments: a']],
    ['$a = 1; $a', []],
    ['function Get-It { $b = 1; $script:c = 2 }', ['PSUseDeclaredVarsMoreThanAssignments: b']],
    ["$ErrorActionPreference = 'Stop'", []],
    ['try { 1 } catch { }', ['PSAvoidUsingEmptyCatchBlock: catch { }']],
    ["Write-Host 'x'", ['PSAvoidUsingWriteHost: Write-Host']],
    ["function Show-It { Write-Host 'x' }", []],
    ['if ($env:x -eq $null) { 1 }', ['PSPossibleIncorrectComparisonWithNull: $env:x -eq $null']],
    ['if ($null -eq $env:x) { 1 }', []],
    ["Invoke-Expression 'x'", ['PSAvoidUsingInvokeExpression: Invoke-Expression']],
    ['function Do-It { 1 }', ['PSUseApprovedVerbs: Do-It']],
    ['function Remove-It { 1 }', ['PSUseShouldProcessForStateChangingFunctions: Remove-It']],
    ['function Remove-It { [CmdletBinding(SupportsShouldProcess)] param() 1 }', []],
    [
      'function Get-It { param([string] $Password) $Password }',
      ['PSAvoidUsingPlainTextForPassword: [string] $Password'],
    ],
    ['function Get-It { param([securestring] $Password) $Password }', []],
    ['function Get-It { param($A, $B) $A }', ['PSReviewUnusedParameter: $B']],
    ['function Get-It { param($A) $PSBoundParameters }', []],
    [
      'function Get-It { param([switch] $A = $true) $A }',
      ['PSAvoidDefaultValueSwitchParameter: [switch] $A = $true'],
    ],
    [
      "ConvertTo-SecureString 'x' -AsPlainText -Force",
      ['PSAvoidUsingConvertToSecureStringWithPlainText: ConvertTo-SecureString'],
    ],
    ['Get-WmiObject -Class Win32_Bios', ['PSAvoidUsingWMICmdlet: Get-WmiObject']],
    ['$global:x', ['PSAvoidGlobalVars: $global:x']],
    ['$pid = 1', ['PSAvoidAssignmentToAutomaticVariable: pid']],
    ["if ($env:x = 'a') { 1 }", ["PSPossibleIncorrectUsageOfAssignmentOperator: $env:x = 'a'"]],
    ['if ($env:x > 3) { 1 }', ['PSPossibleIncorrectUsageOfRedirectionOperator: > 3']],
    ["Get-Service -ComputerName 'PC7'", ['PSAvoidUsingComputerNameHardcoded: Get-Service']],
    ['Get-Item x  \nGet-Item y', ['PSAvoidTrailingWhitespace:   ']],
    ['Get-Item ` \n x', ['PSMisleadingBacktick: ` ']],
  ])('%s', (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  test("a text with syntax errors has those alone, with PowerShell's ids and words", () => {
    expect(found('gci; if (')).toMatchObject([{ severity: 'error' }]);
    expect(found('gci; if (')[0]?.id).toMatch(/^[A-Z]\w+$/);
  });

  test('safe fixes mend what they are for', () => {
    expect(fixed('gci C:\\ | ? Name -eq $null  \n$a = if ($x -eq $null) { 1 }; $a')).toBe(
      'Get-ChildItem C:\\ | Where-Object Name -eq $null\n$a = if ($null -eq $x) { 1 }; $a',
    );
  });
});
