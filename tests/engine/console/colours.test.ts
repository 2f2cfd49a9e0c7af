import { describe, expect, it } from 'vitest';
import { colourInput } from '../../../src/engine/console/input-colours.ts';
import { ProgramLab } from './run-program.ts';

const esc = '\x1b';
/** Colour sequences as `<93>`. */
const shown = (text: string): string => text.replace(/\x1b\[([\d;]*)m/g, '<$1>');

describe('colours of a console', () => {
  it('colours what is typed as PSReadLine does', () => {
    expect(shown(colourInput('Get-Item "a $x" -Force | % { $_.Name -eq 1 } # note'))).toBe(
      '<93>Get-Item<0> <36>"a <92>$x<36>"<0> <90>-Force<0> <90>|<0> <93>%<0> { <92>$_<0>.Name <90>-eq<0> 1 } <32># note<0>',
    );
    expect(shown(colourInput('if ($true) { [int]5 }'))).toBe('<92>if<0> (<92>$true<0>) { [int]5 }');
    expect(shown(colourInput('foreach ($i in 1..3'))).toContain('<92>foreach<0>');
  });
  it('adds nothing but colour', () => {
    for (const text of ["'open", 'a | b; c -d "x $(1 + 2) y"', '@{ a = 1 }', 'Get-Item\n-Path x', 'é → ']) {
      expect(colourInput(text).replace(new RegExp(`${esc}\\[[\\d;]*m`, 'g'), '')).toBe(text);
    }
  });
  it('colours streams where the console shows colours', () => {
    const lab = new ProgramLab();
    lab.colour = true;
    const ran = lab.run(
      'powershell.exe',
      "-Command \"Write-Warning 'w'; Write-Host 'h' -ForegroundColor Green -BackgroundColor DarkBlue; Write-Output 'o'; Write-Error 'e'\"",
    );
    expect(shown(ran.out)).toBe('<93>WARNING: w<0>\r\n<92;44>h<0>\r\no\r\n');
    expect(shown(ran.error).split('\r\n')[0]).toMatch(/^<91>.* : e<0>$/);
  });
});
