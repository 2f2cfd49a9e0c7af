import { expect, test } from 'vitest';
import { hours, plus } from '../../../src/base/time.ts';
import type { Site } from '../../../src/engine/world/sites.ts';
import type { Account } from '../../../src/engine/world/input.ts';
import { TestWorld, testDevice, testWorldStart } from '../../support/test-world.ts';

/** What a script prints on an enrolled device that somebody is signed in to. */
function printed(script: string, as: Account = 'admin', sites: readonly Site[] = []): string {
  const start = { ...testWorldStart('hives', [testDevice('PC-1')], []), sites };
  const { simulation, device } = new TestWorld(start);
  simulation.input({ kind: 'file.save', device, path: 'C:\\Labs\\s.ps1', text: script });
  simulation.settle();
  const { stdout, stderr } = simulation.runScript({
    device,
    as,
    shell: 'powershell',
    arguments: '-NoProfile -ExecutionPolicy Bypass -File C:\\Labs\\s.ps1',
    limit: plus(simulation.now, hours(2)),
  });
  // Errors are broken at the width of the screen.
  return `${stdout}${stderr.replace(/\s+/g, ' ')}`.replaceAll('\r\n', '\n').trim();
}

test('a hive is loaded, changed and written back to its file', () => {
  expect(
    printed(`
      reg load HKLM\\T C:\\Users\\Default\\NTUSER.DAT | Out-Null
      reg add HKLM\\T\\Software\\Contoso /v Colour /d blue /f | Out-Null
      reg unload HKLM\\T | Out-Null
      Test-Path HKLM:\\T
      reg load HKLM\\U C:\\Users\\Default\\NTUSER.DAT | Out-Null
      (Get-ItemProperty HKLM:\\U\\Software\\Contoso).Colour`),
  ).toBe('False\nblue');
});

test('regedit /s imports a file; without one it is a window that stays until it is ended', () => {
  expect(
    printed(`
      "Windows Registry Editor Version 5.00\`r\`n\`r\`n[HKEY_CURRENT_USER\\Software\\Contoso]\`r\`n\`"A\`"=\`"1\`"" | Set-Content C:\\Labs\\a.reg
      regedit /s C:\\Labs\\a.reg
      (Get-ItemProperty HKCU:\\Software\\Contoso).A
      $window = Start-Process regedit -PassThru
      (Get-Process regedit).Count
      $window | Stop-Process
      @(Get-Process regedit -ErrorAction SilentlyContinue).Count`),
  ).toBe('1\n1\n0');
});

test('a document opens in its program; a copied program runs under its new name', () => {
  expect(
    printed(`
      '<p>report</p>' | Set-Content C:\\Labs\\report.html
      Invoke-Item C:\\Labs\\report.html
      (Get-Process msedge).Count
      Copy-Item C:\\Windows\\System32\\reg.exe C:\\Labs\\reg1.exe
      C:\\Labs\\reg1.exe add HKCU\\Software\\Copied /v A /d 1 /f
      (Get-ItemProperty HKCU:\\Software\\Copied).A`),
  ).toBe('1\nThe operation completed successfully.\n1');
});

test('a program of Windows that is not simulated says so', () => {
  expect(printed('dism.exe /online')).toContain(
    'dism.exe is a program of Windows that this simulated device does not run.',
  );
});

test('C# that opens a door to Windows is understood, any other is refused by name', () => {
  const declared = `
    Add-Type -TypeDefinition @'
    using System.Runtime.InteropServices;
    namespace Api { public class Kernel32 {
      [DllImport("kernel32.dll", SetLastError = true)]
      public static extern int OOBEComplete(ref int done);
    } }
'@
    $done = 0
    [Api.Kernel32]::OOBEComplete([ref] $done)
    $done`;
  expect(printed(declared)).toBe('1\n1');
  expect(
    printed("Add-Type -TypeDefinition 'public class X { public static int Two() { return 2; } }'"),
  ).toContain(
    'This source cannot be compiled on a simulated device: the method X.Two has a body, and there is no compiler.',
  );
  expect(
    printed(
      'Add-Type -Name N -MemberDefinition \'[DllImport("ntdll.dll")] public static extern int NtShutdownSystem(int a);\'',
    ),
  ).toContain('the function NtShutdownSystem of ntdll is not part of it');
});

test('what an author says a host answers is what scripts get, and no other host is there', () => {
  const sites = [{ url: 'https://example.com/list.json', body: '{"names":["a","b"]}' }];
  expect(
    printed(
      `(Invoke-RestMethod https://example.com/list.json?x=1).names -join ','
       try { Invoke-RestMethod https://example.com/other } catch { $_.Exception.Response.StatusCode.value__ }
       try { Invoke-RestMethod https://elsewhere.example } catch { $_.Exception.Message }`,
      'admin',
      sites,
    ),
  ).toBe("a,b\n404\nThe remote name could not be resolved: 'elsewhere.example'");
});
