import { describe, expect, it } from 'vitest';
import { consoleId } from '../../../src/base/ids.ts';
import { testDevice, testWorldStart, TestWorld } from '../../support/test-world.ts';

const start = testWorldStart('programs', [testDevice('BW-W11-5')], []);
const world = (): TestWorld => new TestWorld(start).open('c', 'admin');
const shown = (text: string): string =>
  world().type('c', text).advance({ minutes: 1 }).shown('c').replace(/\r\n/g, '\n');

describe('programs on a simulated device', () => {
  it('hand their pipes on to what they start', () => {
    expect(shown('$x = cmd /c "hostname & hostname"; "[$($x -join \',\')]"')).toBe('[BW-W11-5,BW-W11-5]\n');
  });
  it('inherit the environment', () => {
    expect(
      shown('$env:FOO = \'bar\'; cmd /c "set FOO2=%FOO%2&& powershell -NoProfile -Command `$env:FOO2"'),
    ).toBe('bar2\n');
  });
  it('run batch files with their exit codes', () => {
    expect(
      shown(
        'Set-Content C:\\Labs\\i.cmd "@echo off`r`nreg add HKLM\\SOFTWARE\\Contoso /v V /d 1 /f >nul`r`nexit /b 1603"; C:\\Labs\\i.cmd; $LASTEXITCODE; (Get-ItemProperty HKLM:\\SOFTWARE\\Contoso).V',
      ),
    ).toBe('1603\n1\n');
  });
  it('stop and start a service, through its pending states', () => {
    expect(
      shown(
        'net stop Spooler; (Get-Service Spooler).Status; Start-Service Spooler; (Get-Service Spooler).Status',
      ),
    ).toBe(
      'The Print Spooler service is stopping.\nThe Print Spooler service was stopped successfully.\n\nStopped\nRunning\n',
    );
  });
  it('restart the device', () => {
    const device = world();
    device.type('c', 'shutdown /r /t 5');
    device.advance({ seconds: 10 });
    expect(device.simulation.console(device.device, consoleId('c'))).toBeUndefined();
  });
});
