import { expect, test } from 'vitest';
import { TestWorld, testApp, testDevice, testWorldStart } from '../../support/test-world.ts';

const device = { ...testDevice('BW-W11-5'), tools: ['sysinternals'] as const };
const world = (): TestWorld =>
  new TestWorld(testWorldStart('strings', [device], [testApp('Notes')])).advance({ minutes: 10 });
const program =
  '"C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Microsoft.Management.Services.IntuneWindowsAgent.exe"';

test('strings over the agent’s program, filtered for sync, shows the verbs of its protocol', () => {
  const found = world().runCommand(`C:\\Tools\\strings.exe -nobanner ${program} | findstr sync`);
  expect(found.split('\r\n').filter((line) => line.startsWith('intunemanagementextension:'))).toEqual([
    'intunemanagementextension://syncapp',
    'intunemanagementextension://synccompliance',
  ]);
});

test('they are literals of a .NET program: UTF-16 and not ASCII; the program has its size all the same', () => {
  const of = world();
  expect(of.runCommand(`C:\\Tools\\strings.exe -nobanner -a ${program} | findstr sync`)).toBe('');
  expect(
    of.powershell(
      `(Get-Item 'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Microsoft.Management.Services.IntuneWindowsAgent.exe').Length`,
    ),
  ).toBe('312320\r\n');
});

test('the program is a service: run by hand it says so and starts nothing', () => {
  const of = world().advance({ hours: 4 });
  const before = of.simulation.events.length;
  expect(of.runCommand(program)).toContain('Cannot start service from the command line');
  of.advance({ minutes: 5 });
  expect(
    of.simulation.events
      .all()
      .slice(before)
      .filter(({ data }) => data.kind === 'log'),
  ).toEqual([]);
});
