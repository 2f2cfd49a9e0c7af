import { describe, expect, it } from 'vitest';
import { complete } from '../../../src/engine/powershell/completion/index.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { deviceSession, runIn } from './device-run.ts';

const agent = 'SOFTWARE\\Microsoft\\IntuneManagementExtension';
function prepared(script = ''): ReturnType<typeof deviceSession> {
  const host = new MemoryHost();
  for (const path of [
    `${agent}\\Win32Apps`,
    `${agent}\\SideCarPolicies`,
    'SOFTWARE\\Microsoft\\Office Suite',
  ])
    host.registry.createKey({ hive: 'HKLM', path });
  host.registry.setValue({ hive: 'HKLM', path: agent }, 'MaxAttempts', { kind: 'DWord', data: 3 });
  host.registry.setValue({ hive: 'HKLM', path: agent }, 'Log Level', { kind: 'DWord', data: 1 });
  host.writeText('C:\\Users\\AdeleVance\\notes one.txt', '');
  host.addService({
    name: 'IntuneManagementExtension',
    displayName: 'Microsoft Intune Management Extension',
  });
  host.addService({ name: 'wuauserv', displayName: 'Windows Update' });
  const session = deviceSession(host);
  if (script !== '') runIn(session, script);
  return session;
}
/** Completions at `|` in a text. */
function at(text: string, script = ''): string[] {
  const offset = text.indexOf('|');
  return complete(prepared(script), text.replace('|', ''), offset).items.map((item) => item.text);
}

describe('completion', () => {
  it('completes registry paths level by level', () => {
    expect(at('Get-ItemProperty HKLM:\\SOFTWARE\\Mic|')).toEqual(['HKLM:\\SOFTWARE\\Microsoft']);
    expect(at('cd HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\|')).toEqual([
      'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps',
      'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\SideCarPolicies',
    ]);
    expect(at('Get-Item HKLM:\\SOFTWARE\\Microsoft\\Off|')).toEqual([
      "'HKLM:\\SOFTWARE\\Microsoft\\Office Suite'",
    ]);
    expect(at('gci Intune|', 'Set-Location HKLM:\\SOFTWARE\\Microsoft')).toEqual([
      '.\\IntuneManagementExtension',
    ]);
    expect(at('Get-Item HKL|')).toEqual(['HKLM:']);
  });
  it('completes names of registry values', () => {
    expect(at(`Get-ItemProperty HKLM:\\${agent} -Name |`)).toEqual(["'Log Level'", 'MaxAttempts']);
  });
  it('completes commands, parameters and their values', () => {
    expect(at('Get-CimI|')).toEqual(['Get-CimInstance']);
    expect(at('Get-Service -Dis|')).toEqual(['-DisplayName']);
    expect(at('Get-Service |')).toEqual(['IntuneManagementExtension', 'wuauserv']);
    expect(at('Restart-Service -Name wu|')).toEqual(['wuauserv']);
    expect(at('gsv -DisplayName |')).toEqual(["'Microsoft Intune Management Extension'", "'Windows Update'"]);
    expect(at('Set-Service wuauserv -StartupType D|')).toEqual(['Disabled']);
    expect(at('Start-Process x -WindowStyle M|')).toEqual(['Maximized', 'Minimized']);
  });
  it('completes members and properties of what comes down the pipeline', () => {
    expect(at('(Get-Service wuauserv).Disp|')).toEqual(['DisplayName', 'Dispose(']);
    const pipe = complete(prepared(), 'Get-Service | Sort-Object StartT', 32);
    expect(pipe.items.map((item) => item.text)).toEqual(['StartType']);
    const block = complete(prepared(), 'Get-Service | Where-Object { $_.StartT', 38);
    expect(block.items.map((item) => item.text)).toEqual(['StartType']);
    expect(at('$x.Le|', "$x = 'abc'")).toEqual(['Length']);
    expect(at('$x = Get-Date; $x.AddDa|')).toEqual(['AddDays(']);
  });
  it('completes variables, types and paths of files', () => {
    expect(at('$Zz|', '$ZzOne = 1; ${Zz two} = 2')).toEqual(['${Zz two}', '$ZzOne']);
    expect(at('[datet|')).toContain('datetime');
    expect(at('Get-Content no|')).toEqual(["'.\\notes one.txt'"]);
    expect(at('Get-Content "no|')).toEqual(['".\\notes one.txt"']);
    expect(at('"see $Zz|', '$ZzOne = 1')).toEqual(['$ZzOne']);
  });
  it('runs nothing', () => {
    const session = prepared(
      '$global:n = 0; $o = [pscustomobject]@{}; $o | Add-Member ScriptProperty P { $global:n++; "x" }',
    );
    expect(complete(session, '$o.P.Le', 7).items).toEqual([]);
    expect(complete(session, '$($global:n++).', 15).items).toEqual([]);
    expect(runIn(session, '$n')).toBe('0\n');
  });
  it('tells what an item is', () => {
    expect(complete(prepared(), 'Get-Service -Na', 15)).toEqual({
      start: 12,
      end: 15,
      items: [
        {
          text: '-Name',
          label: 'Name',
          kind: 'parameter',
          detail: '[string[]] Name',
          resultType: 'ParameterName',
        },
      ],
    });
  });
});
