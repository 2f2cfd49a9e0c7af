import { describe, expect, it } from 'vitest';
import { MemoryHost } from '../../support/memory-host.ts';
import { errorsOf, runOn } from './device-run.ts';

const host = (): MemoryHost => {
  const device = new MemoryHost();
  device.addService({
    name: 'IntuneManagementExtension',
    displayName: 'Microsoft Intune Management Extension',
    startMode: 'AutomaticDelayed',
  });
  device.addService({ name: 'RpcSs', displayName: 'Remote Procedure Call (RPC)', dependents: ['wuauserv'] });
  device.addService({
    name: 'wuauserv',
    displayName: 'Windows Update',
    status: 'Stopped',
    startMode: 'Manual',
    dependsOn: ['RpcSs'],
  });
  return device;
};

describe('service cmdlets', () => {
  it('lists services as Windows PowerShell does', () => {
    expect(runOn(host(), 'Get-Service')).toBe(
      [
        '',
        'Status   Name               DisplayName',
        '------   ----               -----------',
        'Running  IntuneManagemen... Microsoft Intune Management Extension',
        'Running  RpcSs              Remote Procedure Call (RPC)',
        'Stopped  wuauserv           Windows Update',
        '',
        '',
        '',
      ].join('\n'),
    );
  });
  it('gives objects with status, start type and relations', () => {
    expect(
      runOn(
        host(),
        "$s = Get-Service Intune*; $s.Status -eq 'Running'; $s.StartType; \"$($s.Name)\"; (Get-Service wuauserv).ServicesDependedOn.Name; Get-Service -DisplayName 'Windows*' | ForEach-Object Name",
      ),
    ).toBe('True\nAutomatic\nIntuneManagementExtension\nRpcSs\nwuauserv\n');
  });
  it('starts, stops and sets', () => {
    expect(
      runOn(
        host(),
        `Start-Service wuauserv; (Get-Service wuauserv).Status
Stop-Service -Name RpcSs -Force; (Get-Service RpcSs, wuauserv).Status -join ','
Get-Service IntuneManagementExtension | Restart-Service -PassThru | ForEach-Object Status
Set-Service wuauserv -StartupType Disabled; (Get-Service wuauserv).StartType
Stop-Service IntuneManagementExtension -WhatIf`,
      ),
    ).toBe(
      'Running\nStopped,Stopped\nRunning\nDisabled\nWhat if: Performing the operation "Stop-Service" on target "Microsoft Intune Management Extension (IntuneManagementExtension)".\n',
    );
  });
  it('waits for a status', () => {
    expect(
      runOn(
        host(),
        "$s = Get-Service wuauserv; $s.Start(); $s.WaitForStatus('Running', '00:00:30'); $s.Status",
      ),
    ).toBe('Running\n');
  });
  it('says what it cannot find or stop', () => {
    const device = host();
    device.addService({ name: 'wuauserv', dependsOn: ['RpcSs'], status: 'Running' });
    expect(errorsOf(device, 'Get-Service nope; Stop-Service RpcSs')).toEqual([
      "NoServiceFoundForGivenName,Microsoft.PowerShell.Commands.GetServiceCommand | ObjectNotFound | Cannot find any service with service name 'nope'.",
      "ServiceHasDependentServices,Microsoft.PowerShell.Commands.StopServiceCommand | InvalidOperation | Cannot stop service 'Remote Procedure Call (RPC) (RpcSs)' because it has dependent services. It can only be stopped if the Force flag is set.",
    ]);
  });
});

describe('process cmdlets', () => {
  it('starts a program, waits and reads its exit code', () => {
    const device = new MemoryHost();
    device.addProgram('setup', (args) => ({ exitCode: args === '/quiet' ? 1603 : 0, stdout: 'log\n' }));
    expect(
      runOn(
        device,
        `(Start-Process setup.exe -ArgumentList '/quiet' -Wait -PassThru).ExitCode
$p = Start-Process -FilePath setup.exe -PassThru; $p.WaitForExit(); $p.ExitCode; $p.HasExited
Start-Process setup.exe -Wait -NoNewWindow -RedirectStandardOutput C:\\ProgramData\\out.txt; Get-Content C:\\ProgramData\\out.txt`,
      ),
    ).toBe('1603\n0\nTrue\nlog\n');
    expect(errorsOf(device, 'Start-Process nope.exe; Get-Process nope; Get-Process -Id 99')).toEqual([
      'InvalidOperationException,Microsoft.PowerShell.Commands.StartProcessCommand | InvalidOperation | This command cannot be run due to the error: The system cannot find the file specified.',
      'NoProcessFoundForGivenName,Microsoft.PowerShell.Commands.GetProcessCommand | ObjectNotFound | Cannot find a process with the name "nope". Verify the process name and call the cmdlet again.',
      'NoProcessFoundForGivenId,Microsoft.PowerShell.Commands.GetProcessCommand | ObjectNotFound | Cannot find a process with the process identifier 99.',
    ]);
  });
});
