import { describe, expect, it } from 'vitest';
import { ProgramLab } from './run-program.ts';

const key = { hive: 'HKLM', path: 'SOFTWARE\\Contoso' } as const;

describe('reg.exe', () => {
  const lab = (): ProgramLab => {
    const device = new ProgramLab();
    device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /v Version /d 1.2.3');
    device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /v Count /t REG_DWORD /d 10');
    device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso\\Agent /ve /d "a b"');
    return device;
  };
  it('adds and queries', () => {
    const device = lab();
    expect(device.memory.registry.value(key, 'Count')).toEqual({
      ok: true,
      value: { kind: 'DWord', data: 10 },
    });
    expect(device.run('reg.exe', 'query HKLM\\SOFTWARE\\Contoso')).toEqual({
      code: 0,
      out: [
        '',
        'HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso',
        '    Version    REG_SZ    1.2.3',
        '    Count    REG_DWORD    0xa',
        '',
        'HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\\Agent',
        '',
      ].join('\r\n'),
      error: '',
    });
    expect(device.run('reg.exe', 'query HKLM\\SOFTWARE\\Contoso /v Count').out).toBe(
      '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\r\n    Count    REG_DWORD    0xa\r\n\r\n',
    );
    expect(device.run('reg.exe', 'query HKLM\\SOFTWARE\\Contoso /s /f b /d').out).toBe(
      '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\\Agent\r\n    (Default)    REG_SZ    a b\r\n\r\nEnd of search: 1 match(es) found.\r\n',
    );
  });
  it('refuses in its own words', () => {
    const device = lab();
    expect(device.run('reg.exe', 'query HKLM\\SOFTWARE\\Nope')).toEqual({
      code: 1,
      out: '',
      error: 'ERROR: The system was unable to find the specified registry key or value.\r\n',
    });
    expect(device.run('reg.exe', 'query NOPE\\x').error).toBe(
      'ERROR: Invalid key name.\r\nType "REG QUERY /?" for usage.\r\n',
    );
    expect(device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /nope').error).toBe(
      'ERROR: Invalid syntax.\r\nType "REG ADD /?" for usage.\r\n',
    );
  });
  it('asks before it overwrites or deletes', () => {
    const device = lab();
    device.lines = ['n', 'Yes'];
    expect(device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /v Version /d 2').code).toBe(1);
    expect(device.run('reg.exe', 'delete HKLM\\SOFTWARE\\Contoso\\Agent').code).toBe(0);
    expect(device.prompts).toEqual([
      'Value Version exists, overwrite(Yes/No)? ',
      'Permanently delete the registry key HKEY_LOCAL_MACHINE\\SOFTWARE\\Contoso\\Agent (Yes/No)? ',
    ]);
    expect(device.memory.registry.key({ ...key, path: 'SOFTWARE\\Contoso\\Agent' }).ok).toBe(false);
  });
  it('exports and imports every kind of value', () => {
    const device = lab();
    device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /v Path /t REG_EXPAND_SZ /d %windir%\\x /f');
    device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /v Many /t REG_MULTI_SZ /d a\\0b /f');
    device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /v Big /t REG_QWORD /d 4294967296 /f');
    device.run('reg.exe', 'add HKLM\\SOFTWARE\\Contoso /v Raw /t REG_BINARY /d 0102ff /f');
    const before = device.run('reg.exe', 'query HKLM\\SOFTWARE\\Contoso /s').out;
    expect(device.run('reg.exe', 'export HKLM\\SOFTWARE\\Contoso c.reg /y').code).toBe(0);
    device.run('reg.exe', 'delete HKLM\\SOFTWARE\\Contoso /f');
    expect(device.run('reg.exe', 'import c.reg')).toEqual({
      code: 0,
      out: '',
      error: 'The operation completed successfully.\r\n',
    });
    expect(device.run('reg.exe', 'query HKLM\\SOFTWARE\\Contoso /s').out).toBe(before);
  });
});

describe('services from the command line', () => {
  const lab = (): ProgramLab => {
    const device = new ProgramLab();
    device.memory.addService({ name: 'wuauserv', displayName: 'Windows Update', status: 'Stopped' });
    return device;
  };
  it('queries, configures and starts with sc', () => {
    const device = lab();
    expect(device.run('sc.exe', 'query wuauserv').out.replace(/\r\n/g, '\n')).toBe(
      `
SERVICE_NAME: wuauserv
        TYPE               : 10  WIN32_OWN_PROCESS
        STATE              : 1  STOPPED
        WIN32_EXIT_CODE    : 0  (0x0)
        SERVICE_EXIT_CODE  : 0  (0x0)
        CHECKPOINT         : 0x0
        WAIT_HINT          : 0x0
`
        .replace(/(wuauserv|STOPPED)$/gm, '$1 ')
        .replace('WIN32_OWN_PROCESS', 'WIN32_OWN_PROCESS  '),
    );
    expect(device.run('sc.exe', 'config wuauserv start= disabled').out).toBe(
      '[SC] ChangeServiceConfig SUCCESS\r\n',
    );
    expect(device.run('sc.exe', 'qc wuauserv').out).toContain('START_TYPE         : 4   DISABLED');
    expect(device.run('sc.exe', 'query nope')).toEqual({
      code: 1060,
      out: '[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\r\n\r\nThe specified service does not exist as an installed service.\r\n\r\n',
      error: '',
    });
  });
  it('starts and stops with net', () => {
    const device = lab();
    expect(device.run('net.exe', 'start "Windows Update"').out).toBe(
      'The Windows Update service is starting.\r\nThe Windows Update service was started successfully.\r\n\r\n',
    );
    expect(device.run('net.exe', 'start wuauserv')).toEqual({
      code: 2,
      out: '',
      error:
        'The requested service has already been started.\r\n\r\nMore help is available by typing NET HELPMSG 2182.\r\n\r\n',
    });
    expect(device.run('net.exe', 'stop nope').error).toMatch(/^The service name is invalid\./);
  });
});

describe('whoami.exe', () => {
  it('tells the user and the SID', () => {
    const device = new ProgramLab();
    expect(device.run('whoami.exe').out).toBe('azuread\\adelevance\r\n');
    expect(device.run('whoami.exe', '/user').out.split('\r\n')).toEqual([
      '',
      'USER INFORMATION',
      '----------------',
      '',
      'User Name          SID',
      '================== ================',
      'azuread\\adelevance S-1-12-1-1-2-3-4',
      '',
    ]);
  });
});

describe('msiexec.exe', () => {
  const code = '{11111111-2222-3333-4444-555555555555}';
  const uninstall = {
    hive: 'HKLM',
    path: `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${code}`,
  } as const;
  const pack = (more: object = {}): string =>
    JSON.stringify({
      format: 'sidecar-msi/1',
      productCode: code,
      upgradeCode: '{99999999-2222-3333-4444-555555555555}',
      productName: 'Contoso Agent',
      productVersion: '1.2.3',
      manufacturer: 'Contoso',
      files: [{ path: '%INSTALLDIR%\\agent.txt', text: 'agent %NAME%' }],
      registry: [{ key: 'HKLM\\SOFTWARE\\Contoso', name: 'Server', data: '%SERVER%' }],
      properties: { SERVER: 'default.example' },
      ...more,
    });
  const lab = (more: object = {}): ProgramLab => {
    const device = new ProgramLab();
    device.memory.writeText('C:\\ProgramData\\a.msi', pack(more));
    return device;
  };
  const install = (device: ProgramLab, rest = '/qn'): number =>
    device.run('msiexec.exe', `/i C:\\ProgramData\\a.msi ${rest}`).code;

  it('installs, registers and removes a product', () => {
    const device = lab();
    expect(install(device, '/qn /l*v C:\\ProgramData\\a.log SERVER=own.example')).toBe(0);
    expect(device.text('C:\\Program Files\\Contoso Agent\\agent.txt')).toBe('agent %NAME%');
    expect(device.memory.registry.value(key, 'Server')).toEqual({
      ok: true,
      value: { kind: 'String', data: 'own.example' },
    });
    expect(device.memory.registry.value(uninstall, 'DisplayVersion')).toEqual({
      ok: true,
      value: { kind: 'String', data: '1.2.3' },
    });
    const log = device.run('cmd.exe', '/c type C:\\ProgramData\\a.log').out;
    expect(log).toContain('Product: Contoso Agent -- Installation completed successfully.');
    expect(device.run('msiexec.exe', `/x ${code} /qn`).code).toBe(0);
    expect([
      device.text('C:\\Program Files\\Contoso Agent\\agent.txt'),
      device.memory.registry.key(uninstall).ok,
      device.memory.registry.key(key).ok,
    ]).toEqual([undefined, false, false]);
    expect(device.run('msiexec.exe', `/x${code} /qn`).code).toBe(1605);
  });
  it('leaves nothing behind when it fails', () => {
    const device = lab({ fails: { action: 'CheckLicense', message: 'License server not found.' } });
    expect(install(device)).toBe(1603);
    expect([
      device.text('C:\\Program Files\\Contoso Agent\\agent.txt'),
      device.memory.registry.key(uninstall).ok,
      device.memory.registry.value(key, 'Server').ok,
    ]).toEqual([undefined, false, false]);
  });
  it('has the exit codes of Windows Installer', () => {
    expect(install(lab({ restart: true }), '/qn /norestart')).toBe(3010);
    expect(install(lab({ conditions: [{ property: 'LICENSE', message: 'A license is needed.' }] }))).toBe(
      1603,
    );
    expect(new ProgramLab().run('msiexec.exe', '/i nope.msi /qn').code).toBe(1619);
    const bad = new ProgramLab();
    bad.memory.writeText('C:\\ProgramData\\a.msi', 'MZ');
    expect(install(bad)).toBe(1620);
    expect(bad.run('msiexec.exe', '/nonsense').code).toBe(1639);
    const busy = lab();
    busy.memory.registry.createKey({
      hive: 'HKLM',
      path: 'SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Installer\\InProgress',
    });
    expect(install(busy)).toBe(1618);
  });
  it('replaces an older version with the same upgrade code', () => {
    const device = lab();
    expect(install(device)).toBe(0);
    const next = '{22222222-2222-3333-4444-555555555555}';
    device.memory.writeText('C:\\ProgramData\\a.msi', pack({ productCode: next, productVersion: '2.0.0' }));
    expect(install(device)).toBe(0);
    expect([
      device.memory.registry.key(uninstall).ok,
      device.memory.registry.key({ ...uninstall, path: uninstall.path.replace(code, next) }).ok,
    ]).toEqual([false, true]);
    device.memory.writeText('C:\\ProgramData\\a.msi', pack());
    expect(install(device)).toBe(1603);
  });
});
