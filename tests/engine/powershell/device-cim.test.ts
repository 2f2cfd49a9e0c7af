import { describe, expect, it } from 'vitest';
import { fail, ok } from '../../../src/base/result.ts';
import { instant } from '../../../src/base/time.ts';
import type { CimInstance, CimPort, CimValue } from '../../../src/engine/powershell/host.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { errorsOf, runOn } from './device-run.ts';

const service = (name: string, state: string, pid: number): CimInstance => ({
  className: 'Win32_Service',
  namespace: 'root/cimv2',
  keys: ['Name'],
  properties: [
    ['Name', name],
    ['State', state],
    ['StartMode', 'Auto'],
    ['Status', 'OK'],
    ['ExitCode', { type: 'uint32', value: 0 }],
    ['ProcessId', { type: 'uint32', value: pid }],
    ['Started', state === 'Running'],
  ],
});
const system: CimInstance = {
  className: 'Win32_OperatingSystem',
  namespace: 'root/cimv2',
  keys: ['Name'],
  properties: [
    ['Name', 'Microsoft Windows 11 Enterprise'],
    ['Caption', 'Microsoft Windows 11 Enterprise'],
    ['BuildNumber', '26100'],
    ['Version', '10.0.26100'],
    ['LastBootUpTime', { type: 'datetime', value: instant(1_767_139_200_000_000) }],
    ['FreePhysicalMemory', { type: 'uint64', value: 4000000n }],
  ],
};

function host(): { readonly device: MemoryHost; readonly calls: string[] } {
  const device = new MemoryHost();
  const calls: string[] = [];
  const all = [
    service('IntuneManagementExtension', 'Running', 3120),
    service('wuauserv', 'Stopped', 0),
    system,
  ];
  const cim: CimPort = {
    instances(namespace, className) {
      if (namespace.toLowerCase() !== 'root/cimv2')
        return fail({ code: 'not-found', message: 'Invalid namespace' });
      const found = all.filter((one) => one.className.toLowerCase() === className.toLowerCase());
      return found.length > 0 ? ok(found) : fail({ code: 'not-found', message: 'Invalid class' });
    },
    invoke(instance, method, args) {
      calls.push(`${instance.className}.${method}(${[...args].map(([k, v]) => `${k}=${String(v)}`).join()})`);
      return ok(new Map<string, CimValue>([['ReturnValue', { type: 'uint32', value: 0 }]]));
    },
  };
  Object.assign(device, { cim });
  return { device, calls };
}

describe('CIM', () => {
  it('lists instances, filtered by WQL', () => {
    expect(
      runOn(
        host().device,
        `Get-CimInstance Win32_Service
(Get-CimInstance -ClassName Win32_Service -Filter "Name LIKE 'Intune%' AND State='Running'").ProcessId
(Get-CimInstance -Query "SELECT Name FROM Win32_Service WHERE ProcessId = 0 OR Started = TRUE").Count
Get-CimInstance Win32_Service -Filter "NOT State = 'Running'" | Select-Object -ExpandProperty Name`,
      ),
    ).toBe(
      `
ProcessId Name                      StartMode State   Status ExitCode
--------- ----                      --------- -----   ------ --------
3120      IntuneManagementExtension Auto      Running OK     0
0         wuauserv                  Auto      Stopped OK     0
3120
2
wuauserv


`,
    );
  });
  it('gives typed values', () => {
    expect(
      runOn(
        host().device,
        `$os = Get-CimInstance Win32_OperatingSystem
$os.LastBootUpTime -is [datetime]; $os.LastBootUpTime.ToString('s'); $os.FreePhysicalMemory -is [uint64]
"$os"; $os.CimClass.CimClassName; $os.NoSuch`,
      ),
    ).toBe(
      'True\n2025-12-31T00:00:00\nTrue\nWin32_OperatingSystem (Name = "Microsoft Windows 11 Enterprise")\nWin32_OperatingSystem\n',
    );
  });
  it('calls methods', () => {
    const { device, calls } = host();
    expect(
      runOn(
        device,
        `(Get-CimInstance Win32_Service -Filter "Name='wuauserv'" | Invoke-CimMethod -MethodName StartService).ReturnValue
(Get-WmiObject Win32_Service -Filter "Name='wuauserv'").ChangeStartMode('Manual').ReturnValue
([wmi]"Win32_Service.Name='wuauserv'").StopService().ReturnValue
([wmiclass]'Win32_OperatingSystem').__CLASS`,
      ),
    ).toBe('0\n0\n0\nWin32_OperatingSystem\n');
    expect(calls).toEqual([
      'Win32_Service.StartService()',
      'Win32_Service.ChangeStartMode(StartMode=Manual)',
      'Win32_Service.StopService()',
    ]);
  });
  it('shows dates of WMI as text', () => {
    expect(
      runOn(
        host().device,
        `$os = gwmi Win32_OperatingSystem; $os.LastBootUpTime; $os.__CLASS
[Management.ManagementDateTimeConverter]::ToDateTime($os.LastBootUpTime).ToString('s')
$os.ConvertToDateTime($os.LastBootUpTime).ToString('s')`,
      ),
    ).toBe('20251231000000.000000+000\nWin32_OperatingSystem\n2025-12-31T00:00:00\n2025-12-31T00:00:00\n');
  });
  it('says what is wrong as CIM does', () => {
    expect(
      errorsOf(
        host().device,
        `Get-CimInstance Win32_Nope; Get-CimInstance x -Namespace root/nope; Get-CimInstance Win32_Service -Filter 'Name ='; Get-WmiObject Win32_Nope`,
      ),
    ).toEqual([
      'HRESULT 0x80041010,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand | MetadataError | Invalid class ',
      'HRESULT 0x8004100e,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand | MetadataError | Invalid namespace ',
      'HRESULT 0x80041017,Microsoft.Management.Infrastructure.CimCmdlets.GetCimInstanceCommand | InvalidArgument | Invalid query ',
      'GetWMIManagementException,Microsoft.PowerShell.Commands.GetWmiObjectCommand | InvalidType | Invalid class "Win32_Nope"',
    ]);
  });
});
