import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { instant } from '../../../src/base/time.ts';
import { ProgramLab } from './run-program.ts';

const log = 'C:\\ProgramData\\a.log';
const lab = (): ProgramLab => {
  const device = new ProgramLab();
  device.memory.writeText(log, 'Info start\r\nError 1603 in app\r\nerror again\r\n');
  return device;
};
const out = (device: ProgramLab, image: string, args: string, stdin?: string): string =>
  device.run(image, args, stdin === undefined ? {} : { stdin }).out.replace(/\r\n/g, '\n');

describe('text tools', () => {
  it('finds text with findstr', () => {
    const device = lab();
    expect(out(device, 'findstr.exe', `/i error ${log}`)).toBe('Error 1603 in app\nerror again\n');
    expect(out(device, 'findstr.exe', `/n /c:"1603 in" ${log}`)).toBe('2:Error 1603 in app\n');
    expect(out(device, 'findstr.exe', '/r "^E.*[0-9][0-9]" C:\\ProgramData\\*.log')).toBe(
      'C:\\ProgramData\\a.log:Error 1603 in app\n',
    );
    expect(device.run('findstr.exe', `nothing ${log}`).code).toBe(1);
    expect(out(device, 'cmd.exe', `/c type ${log} | findstr /v error`)).toBe(
      'Info start\nError 1603 in app\n',
    );
  });
  it('finds text with find, and counts', () => {
    expect(out(lab(), 'find.exe', `/i "error" ${log}`)).toBe(
      '\n---------- C:\\PROGRAMDATA\\A.LOG\nError 1603 in app\nerror again\n',
    );
    expect(out(lab(), 'find.exe', '/c "a"', 'a\r\nb\r\nba\r\n')).toBe('2\n');
  });
  it('shows printable text of binary files', () => {
    const device = lab();
    device.memory.writeText(
      'C:\\ProgramData\\x.bin',
      '\x00\x01MZ header\x00\x02ok\x01\x01s\x00e\x00c\x00r\x00e\x00t\x00',
    );
    expect(out(device, 'strings.exe', '-nobanner -n 5 C:\\ProgramData\\x.bin')).toBe('MZ header\nsecret\n');
  });
  it('waits with timeout', () => {
    const device = lab();
    const before = device.memory.clock.now();
    expect(out(device, 'timeout.exe', '/t 5 /nobreak')).toBe(
      '\nWaiting for 5 seconds, press CTRL+C to quit ...\n',
    );
    expect(device.memory.clock.now() - before).toBe(5_000_000);
    expect(device.run('timeout.exe', '5', { stdin: '' }).error).toBe(
      'ERROR: Input redirection is not supported, exiting the process immediately.\r\n',
    );
  });
  it('copies trees with xcopy', () => {
    const device = lab();
    expect(device.run('xcopy.exe', 'C:\\ProgramData C:\\Copy /e /i /y').out).toBe(
      'C:\\ProgramData\\a.log\r\n1 File(s) copied\r\n',
    );
    expect(device.text('C:\\Copy\\a.log')).toMatch(/^Info start/);
  });
});

describe('device tools', () => {
  it('shows and runs scheduled tasks', () => {
    const device = lab();
    const started: string[] = [];
    Object.assign(device.memory, {
      tasks: {
        list: () => [
          {
            name: 'PushLaunch',
            path: '\\Microsoft\\Windows\\EnterpriseMgmt\\',
            state: 'Ready',
            execute: 'deviceenroller.exe',
            arguments: '/o',
            principal: 'SYSTEM',
            lastRun: undefined,
            nextRun: instant(1_767_225_600_000_000),
            lastResult: 0,
          },
        ],
        start: (path: string, name: string) => {
          started.push(path + name);
          return ok(undefined);
        },
      },
    });
    expect(out(device, 'schtasks.exe', '/query').replace(/ +$/gm, '')).toBe(
      [
        '',
        'Folder: \\Microsoft\\Windows\\EnterpriseMgmt',
        'TaskName                                 Next Run Time          Status',
        '======================================== ====================== ===============',
        'PushLaunch                               1/1/2026 12:00:00 AM   Ready',
        '',
      ].join('\n'),
    );
    expect(out(device, 'schtasks.exe', '/run /tn "\\Microsoft\\Windows\\EnterpriseMgmt\\PushLaunch"')).toBe(
      'SUCCESS: Attempted to run the scheduled task "\\Microsoft\\Windows\\EnterpriseMgmt\\PushLaunch".\n',
    );
    expect(started).toEqual(['\\Microsoft\\Windows\\EnterpriseMgmt\\PushLaunch']);
    expect(device.run('schtasks.exe', '/run /tn nope')).toEqual({
      code: 1,
      out: '',
      error: 'ERROR: The system cannot find the file specified.\r\n',
    });
  });
  it('tells the join state', () => {
    const device = lab();
    const state = (): string => out(device, 'dsregcmd.exe', '/status');
    expect(state()).toContain('             AzureAdJoined : NO\n          EnterpriseJoined : NO\n');
    expect(state()).not.toContain('Tenant Details');
    const base = 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin';
    const info = { hive: 'HKLM', path: `${base}\\JoinInfo\\ABCDEF` } as const;
    device.memory.registry.createKey(info);
    device.memory.registry.setValue(info, 'TenantId', { kind: 'String', data: '0f0f0f0f-1111' });
    expect(state()).toContain('             AzureAdJoined : YES\n');
    expect(state()).toContain('                  TenantId : 0f0f0f0f-1111\n');
  });
  it('says what taskkill and ping cannot reach', () => {
    const device = lab();
    expect(device.run('taskkill.exe', '/im nope.exe /f')).toEqual({
      code: 128,
      out: '',
      error: 'ERROR: The process "nope.exe" not found.\r\n',
    });
    expect(device.run('ping.exe', 'nope.example')).toEqual({
      code: 1,
      out: 'Ping request could not find host nope.example. Please check the name and try again.\r\n',
      error: '',
    });
  });
});
