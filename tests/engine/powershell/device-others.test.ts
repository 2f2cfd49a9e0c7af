import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src/base/result.ts';
import { duration, instant } from '../../../src/base/time.ts';
import type { EventRecord, TaskInfo } from '../../../src/engine/powershell/host.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { errorsOf, runOn } from './device-run.ts';

const event = (recordId: number, id: number, level: number, message: string): EventRecord => ({
  logName: 'Application',
  provider: 'MsiInstaller',
  id,
  level,
  levelName: level === 2 ? 'Error' : 'Information',
  at: instant(1_767_225_600_000_000 + recordId * 60_000_000),
  message,
  recordId,
});

function eventHost(): MemoryHost {
  const device = new MemoryHost();
  const events = [
    event(1, 11707, 4, 'Product: A -- Installation completed successfully.'),
    event(2, 11708, 2, 'Product: B -- Installation failed.'),
    event(3, 1033, 4, 'Windows Installer installed the product.\r\nMore.'),
  ];
  Object.assign(device, {
    eventLog: {
      logs: () => ['Application', 'System'],
      read: (name: string) =>
        /^application$/i.test(name)
          ? ok(events)
          : /^system$/i.test(name)
            ? ok([])
            : fail({ code: 'not-found', message: '' }),
      write: (record: Omit<EventRecord, 'recordId' | 'at'>) => {
        events.push({ ...record, recordId: 4, at: instant(1_767_225_900_000_000) });
        return ok(undefined);
      },
    },
  });
  return device;
}

describe('event log cmdlets', () => {
  it('filters by hash table and XPath, newest first', () => {
    expect(
      runOn(
        eventHost(),
        `Get-WinEvent -FilterHashtable @{ LogName = 'Application'; Id = 11707, 11708 } | ForEach-Object { "$($_.Id) $($_.LevelDisplayName)" }
(Get-WinEvent -LogName Application -MaxEvents 1).Id
(Get-WinEvent -LogName Application -FilterXPath "*[System[(EventID=11708)]]").Message
(Get-EventLog -LogName Application -EntryType Error).EventID`,
      ),
    ).toBe('11708 Error\n11707 Information\n1033\nProduct: B -- Installation failed.\n11708\n');
  });
  it('shows events in a table by provider', () => {
    expect(runOn(eventHost(), 'Get-WinEvent Application -MaxEvents 1')).toBe(
      `

   ProviderName: MsiInstaller

TimeCreated                      Id LevelDisplayName Message
-----------                      -- ---------------- -------
1/1/2026 12:03:00 AM           1033 Information      Windows Installer installed the product.


`,
    );
  });
  it('writes for a registered source only', () => {
    expect(
      runOn(
        eventHost(),
        `New-EventLog -LogName Application -Source Contoso
Write-EventLog -LogName Application -Source Contoso -EventId 7 -EntryType Warning -Message 'low disk'
(Get-EventLog Application -Newest 1 | ForEach-Object { "$($_.Source) $($_.EntryType) $($_.Message)" })`,
      ),
    ).toBe('Contoso Warning low disk\n');
    expect(
      errorsOf(
        eventHost(),
        `Write-EventLog -LogName Application -Source Nobody -EventId 1 -Message x; Get-WinEvent -LogName Nope; Get-WinEvent System`,
      ).map((text) => text.split(' | ')[0]),
    ).toEqual([
      'SourceDoesNotExist,Microsoft.PowerShell.Commands.WriteEventLogCommand',
      'NoMatchingLogsFound,Microsoft.PowerShell.Commands.GetWinEventCommand',
      'NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand',
      'NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand',
    ]);
  });
});

describe('scheduled task cmdlets', () => {
  const host = (): { readonly device: MemoryHost; readonly calls: string[] } => {
    const device = new MemoryHost();
    const calls: string[] = [];
    const tasks: TaskInfo[] = [
      {
        name: 'PushLaunch',
        path: '\\Microsoft\\Windows\\EnterpriseMgmt\\',
        state: 'Ready',
        execute: 'deviceenroller.exe',
        arguments: '/o',
        principal: 'NT AUTHORITY\\SYSTEM',
        lastRun: instant(1_767_225_600_000_000),
        nextRun: undefined,
        lastResult: 0,
        description: '',
        highest: true,
        hidden: false,
        triggers: [],
      },
    ];
    Object.assign(device, {
      tasks: {
        list: () => tasks,
        start: (path: string, name: string) => {
          calls.push(`start ${path}${name}`);
          return ok(undefined);
        },
        setEnabled: (_path: string, name: string, enabled: boolean) => {
          calls.push(`${enabled ? 'enable' : 'disable'} ${name}`);
          return ok(undefined);
        },
        unregister: (_path: string, name: string) => {
          calls.push(`unregister ${name}`);
          return ok(undefined);
        },
      },
    });
    return { device, calls };
  };
  it('shows, starts and switches tasks', () => {
    const { device, calls } = host();
    expect(
      runOn(
        device,
        `Get-ScheduledTask
Get-ScheduledTask | Where-Object { $_.TaskName -eq 'PushLaunch' } | Start-ScheduledTask
(Get-ScheduledTask -TaskName Push*).Actions[0].Execute
(Get-ScheduledTaskInfo -TaskName PushLaunch -TaskPath '\\Microsoft\\Windows\\EnterpriseMgmt\\').LastTaskResult
$null = Disable-ScheduledTask -TaskName PushLaunch
Unregister-ScheduledTask -TaskName PushLaunch -Confirm:$false`,
      ),
    ).toBe(
      `
TaskPath                                       TaskName                          State
--------                                       --------                          -----
\\Microsoft\\Windows\\EnterpriseMgmt\\             PushLaunch                        Ready
deviceenroller.exe
0


`,
    );
    expect(calls).toEqual([
      'start \\Microsoft\\Windows\\EnterpriseMgmt\\PushLaunch',
      'disable PushLaunch',
      'unregister PushLaunch',
    ]);
    expect(errorsOf(device, 'Get-ScheduledTask -TaskName Nope')).toEqual([
      "CmdletizationQuery_NotFound_TaskName,Get-ScheduledTask | ObjectNotFound | No MSFT_ScheduledTask objects found with property 'TaskName' equal to 'Nope'.  Verify the value of the property and retry.",
    ]);
  });
});

describe('computer, policy and network cmdlets', () => {
  it('sets and shows the execution policy by scope', () => {
    expect(
      runOn(
        new MemoryHost(),
        `Get-ExecutionPolicy
Set-ExecutionPolicy RemoteSigned -Scope CurrentUser -Force
Get-ExecutionPolicy
Set-ExecutionPolicy Bypass -Scope Process -Force
Get-ExecutionPolicy -List | ForEach-Object { "$($_.Scope) $($_.ExecutionPolicy)" }`,
      ),
    ).toBe(
      'Restricted\nRemoteSigned\nMachinePolicy Undefined\nUserPolicy Undefined\nProcess Bypass\nCurrentUser RemoteSigned\nLocalMachine Undefined\n',
    );
  });
  it('tests connections', () => {
    const device = new MemoryHost();
    Object.assign(device, {
      network: {
        reach: (name: string) =>
          name === 'ok.example'
            ? ok({ address: '10.1.2.3', latency: duration(12_000) })
            : fail({ code: 'unreachable', message: 'No such host is known.' }),
        adapters: () => [{ name: 'Ethernet', address: '10.0.0.5', mac: '00:15:5d:00:00:01', up: true }],
      },
    });
    expect(
      runOn(
        device,
        `Test-Connection ok.example -Count 1 -Quiet; Test-Connection nope.example -Count 1 -Quiet
(Test-Connection ok.example -Count 2).ResponseTime
(Test-NetConnection ok.example -Port 443).TcpTestSucceeded
(Get-NetAdapter).MacAddress; (Get-NetIPAddress -AddressFamily IPv4).IPAddress; (Resolve-DnsName ok.example).IPAddress`,
      ),
    ).toBe('True\nFalse\n12\n12\nTrue\n00-15-5D-00-00-01\n10.0.0.5\n10.1.2.3\n');
  });
  it('lists installed software', () => {
    const device = new MemoryHost();
    const key = {
      hive: 'HKLM',
      path: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Contoso',
    } as const;
    device.registry.createKey(key);
    device.registry.setValue(key, 'DisplayName', { kind: 'String', data: 'Contoso Agent' });
    device.registry.setValue(key, 'DisplayVersion', { kind: 'String', data: '1.2' });
    expect(
      runOn(device, "(Get-Package 'Contoso*').Version; (Get-ComputerInfo -Property CsName).CsName"),
    ).toBe('1.2\nBW-W11-5\n');
  });
});
