import { describe, expect, test } from 'vitest';
import type { ErrorRecord } from '../../../src/engine/powershell/types/error-record.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { newSession, run } from '../../support/powershell-cases.ts';

/** Runs a script as Windows PowerShell and gives what it printed and the ids of its errors, oldest first. */
function desktop(script: string, host = new MemoryHost()): { output: string[]; errors: string[] } {
  let text = '';
  const session = newSession('desktop', (t) => (text += t), host);
  run(session, script);
  return {
    output: text.split('\r\n').slice(0, -1),
    errors: session.errors.items.map((e) => (e as ErrorRecord).fullyQualifiedErrorId).reverse(),
  };
}

describe('registry', () => {
  const key = 'HKLM:\\Software\\Contoso\\App';
  const make = `New-Item ${key} -Force | Out-Null\n`;

  test('values of every kind come back as .NET gives them', () => {
    const { output, errors } = desktop(`${make}
      New-ItemProperty ${key} S -Value text -PropertyType String | Out-Null
      New-ItemProperty ${key} X -Value '%windir%\\x' -PropertyType ExpandString | Out-Null
      New-ItemProperty ${key} D -Value 4294967295 -PropertyType DWord | Out-Null
      New-ItemProperty ${key} Q -Value 9000000000 -PropertyType QWord | Out-Null
      New-ItemProperty ${key} M -Value a,b -PropertyType MultiString | Out-Null
      New-ItemProperty ${key} B -Value ([byte[]](1,255)) -PropertyType Binary | Out-Null
      Set-ItemProperty ${key} '(default)' 'the default'
      $p = Get-ItemProperty ${key}
      foreach ($n in 'S','X','D','Q','M','B','(default)') { "$n $($p.$n.GetType().Name) $($p.$n)" }
      (Get-Item ${key}).GetValueKind('X')`);
    expect({ output, errors }).toEqual({
      output: [
        'S String text',
        'X String C:\\Windows\\x',
        'D Int32 -1',
        'Q Int64 9000000000',
        'M String[] a b',
        'B Byte[] 1 255',
        '(default) String the default',
        'ExpandString',
      ],
      errors: [],
    });
  });

  test('a slash in the name of a key is a letter for .NET, as in the names of GRS keys', () => {
    const { output, errors } = desktop(`${make}
      $parent = [Microsoft.Win32.Registry]::LocalMachine.OpenSubKey('Software\\Contoso\\App', $true)
      $parent.CreateSubKey('a/b+c=').SetValue('id', 'time')
      $parent.GetSubKeyNames()
      $key = $parent.OpenSubKey('a/b+c=')
      $key.GetValue('id')
      $key.Handle.Close()
      $parent.DeleteSubKeyTree('a/b+c=')
      $parent.SubKeyCount`);
    expect({ output, errors }).toEqual({
      output: ['a/b+c=', 'time', '0'],
      errors: [],
    });
  });

  test('items carry their paths', () => {
    const { output } = desktop(`${make}
      $i = Get-ChildItem HKLM:\\Software\\Contoso
      $i.PSPath; $i.PSParentPath; $i.PSChildName; $i.PSDrive.Name; $i.PSProvider.Name; $i.Name`);
    expect(output).toEqual([
      'Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\Software\\Contoso\\App',
      'Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\Software\\Contoso',
      'App',
      'HKLM',
      'Registry',
      'HKEY_LOCAL_MACHINE\\Software\\Contoso\\App',
    ]);
  });

  test('refusals have the ids of Windows', () => {
    const { errors } = desktop(`${make}
      $ErrorActionPreference = 'SilentlyContinue'
      Get-Item HKLM:\\Software\\Nope
      Get-ItemProperty ${key} -Name Nope
      New-Item ${key}
      New-Item HKLM:\\Software\\No\\Such\\Parent
      Remove-ItemProperty ${key} -Name Nope
      Set-ItemProperty ${key} A 1
      New-ItemProperty ${key} A -Value 2
      Get-Item QQ:\\x`);
    expect(errors).toEqual([
      'PathNotFound,Microsoft.PowerShell.Commands.GetItemCommand',
      'System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.GetItemPropertyCommand',
      'System.IO.IOException,Microsoft.PowerShell.Commands.NewItemCommand',
      'System.ArgumentException,Microsoft.PowerShell.Commands.NewItemCommand',
      'System.Management.Automation.PSArgumentException,Microsoft.PowerShell.Commands.RemoveItemPropertyCommand',
      'System.IO.IOException,Microsoft.PowerShell.Commands.NewItemPropertyCommand',
      'DriveNotFound,Microsoft.PowerShell.Commands.GetItemCommand',
    ]);
  });

  test('-ErrorAction does not silence Get-ItemPropertyValue, as on Windows', () => {
    const { output, errors } = desktop(`${make}
      try { Get-ItemPropertyValue ${key} -Name Nope -ErrorAction SilentlyContinue; 'silent' } catch { 'caught' }`);
    expect({ output, errors: errors.length }).toEqual({ output: ['caught'], errors: 1 });
  });

  test('wildcards, relative paths and provider paths mean the same keys', () => {
    const { output } = desktop(`${make}
      New-Item HKLM:\\Software\\Contoso\\Other | Out-Null
      Set-Location HKLM:\\Software\\Contoso
      (Get-ChildItem).PSChildName -join ','
      (Get-Item .\\A*).PSChildName
      (Get-ChildItem ..\\Contoso).Count
      (Get-Item Registry::HKLM\\Software\\Contoso\\Other).Name
      "$PWD"`);
    expect(output).toEqual([
      'App,Other',
      'App',
      '2',
      'HKEY_LOCAL_MACHINE\\Software\\Contoso\\Other',
      'HKLM:\\Software\\Contoso',
    ]);
  });
});

describe('files in Windows PowerShell', () => {
  const bytesAfter = (script: string): string => {
    const host = new MemoryHost();
    const { errors } = desktop(script, host);
    const content = host.files.read('C:\\TD\\f');
    expect(errors).toEqual([]);
    return content.ok ? Array.from(content.value, (c) => c.charCodeAt(0).toString(16)).join(' ') : 'none';
  };

  test('each cmdlet has its own encoding', () => {
    expect({
      setContent: bytesAfter("Set-Content C:\\TD\\f 'é€' -NoNewline"),
      outFile: bytesAfter("'a' | Out-File C:\\TD\\f -NoNewline"),
      utf8: bytesAfter("Set-Content C:\\TD\\f 'é' -Encoding UTF8 -NoNewline"),
      csv: bytesAfter("[pscustomobject]@{a='é'} | Export-Csv C:\\TD\\f -NoTypeInformation"),
      redirected: bytesAfter("'a' > C:\\TD\\f"),
    }).toEqual({
      setContent: 'e9 80',
      outFile: 'ff fe 61 0',
      utf8: 'ef bb bf c3 a9',
      csv: '22 61 22 d a 22 3f 22 d a',
      redirected: 'ff fe 61 0 d 0 a 0',
    });
  });

  test('a listed file shows its name, a named one its path', () => {
    const host = new MemoryHost();
    host.writeText('C:\\ProgramData\\f.txt', 'x');
    const { output } = desktop(
      '"$(Get-ChildItem C:\\ProgramData)"; "$(Get-Item C:\\ProgramData\\f.txt)"',
      host,
    );
    expect(output).toEqual(['f.txt', 'C:\\ProgramData\\f.txt']);
  });

  test('a folder that is not empty asks before it goes', () => {
    const host = new MemoryHost();
    host.writeText('C:\\ProgramData\\f.txt', 'x');
    const session = newSession('desktop', () => undefined, host);
    const asked: string[] = [];
    for (const answer of ['n', 'y']) {
      const work = session.execute('Remove-Item C:\\ProgramData');
      let step = work.next();
      while (!step.done) {
        if (step.value.kind === 'line') asked.push(step.value.prompt);
        step = work.next(host.answer(step.value, [answer]));
      }
      asked.push(String(host.files.info('C:\\ProgramData').ok));
    }
    const prompt = '[Y] Yes  [A] Yes to All  [N] No  [L] No to All  [S] Suspend  [?] Help (default is "Y"): ';
    expect(asked).toEqual([prompt, 'true', prompt, 'false']);
  });
});

test('drives a function makes go with it', () => {
  const { output } = desktop(`
    function Use-Drive { New-PSDrive T FileSystem C:\\Windows | Out-Null; (Get-Item T:\\System32).FullName }
    Use-Drive
    Test-Path T:\\`);
  expect(output).toEqual(['C:\\Windows\\System32', 'False']);
});
