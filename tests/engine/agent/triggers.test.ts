import { expect, test } from 'vitest';
import type { WorldEvent } from '../../../src/engine/world/event.ts';
import { TestWorld, testApp, testDevice, testWorldStart } from '../../support/test-world.ts';

/** A device whose agent runs since some hours: one app is installed; the next scheduled MDM session is hours away. */
const world = (): TestWorld => TestWorld.withApps([testApp('Notes')]).advance({ hours: 4, minutes: 10 });

/** Events since a point of the history. */
const since = (of: TestWorld, length: number): readonly WorldEvent[] =>
  of.simulation.events.all().slice(length);
const mark = (of: TestWorld): number => of.simulation.events.length;

/** Messages by id, in their order, without those that every call to the service writes. */
const logged = (events: readonly WorldEvent[]): readonly string[] =>
  events.flatMap(({ data }) => (data.kind === 'log' ? [data.message] : []));

/** What began: app check-ins with their reason, script fetches, MDM sessions. */
function begun(events: readonly WorldEvent[]): readonly string[] {
  return events.flatMap(({ data }) => {
    if (data.kind === 'scheduled' && data.entry === 'win32.head')
      return [`apps: ${(data.data as { reason: string }).reason}`];
    if (data.kind === 'scheduled' && data.entry === 'scripts.fetch') return ['scripts'];
    if (
      data.kind === 'network' &&
      data.direction === 'request' &&
      data.url.includes('//r.manage.microsoft.com/')
    )
      return ['mdm'];
    return [];
  });
}

const act = (of: TestWorld, action: string, data: Readonly<Record<string, string>> = {}): TestWorld =>
  of.input({ kind: 'device.action', device: of.device, action, data });

/** What an act brings about within some minutes. */
function brings(of: TestWorld, act_: (of: TestWorld) => unknown, minutes = 3): readonly string[] {
  const from = mark(of);
  act_(of);
  of.advance({ minutes });
  return begun(since(of, from));
}

test('the timer: apps every hour, and nothing else in between', () => {
  const device = world();
  const from = mark(device);
  device.advance({ hours: 3 });
  expect(begun(since(device, from)).filter((what) => what !== 'mdm')).toEqual([
    'apps: MaintenanceTimer',
    'apps: MaintenanceTimer',
    'apps: MaintenanceTimer',
  ]);
});

test.each([
  ['Start or Run', (of: TestWorld) => act(of, 'open-uri', { uri: 'intunemanagementextension://syncapp' })],
  [
    'Start-Process',
    (of: TestWorld) => of.powershell('Start-Process intunemanagementextension://syncapp', 'user'),
  ],
  [
    'Shell.Application',
    (of: TestWorld) =>
      of.powershell(
        "(New-Object -ComObject Shell.Application).Open('intunemanagementextension://syncapp')",
        'user',
      ),
  ],
  [
    'cmd /c start',
    (of: TestWorld) => of.powershell('cmd /c start intunemanagementextension://syncapp', 'user'),
  ],
  ['explorer', (of: TestWorld) => of.powershell('explorer.exe intunemanagementextension://syncapp', 'user')],
  [
    'the agent’s own program',
    (of: TestWorld) =>
      of.powershell(
        "& 'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Microsoft.Management.Services.IntuneWindowsAgent.exe' intunemanagementextension://syncapp",
        'user',
      ),
  ],
])('syncapp by %s: an app check-in at once, no scripts and no MDM session', (_way, open) => {
  expect(brings(world(), open)).toEqual(['apps: SyncApp']);
});

test('syncapp with nobody signed in fails for want of a token', () => {
  const device = world();
  act(device, 'sign-out');
  const from = mark(device);
  act(device, 'open-uri', { uri: 'intunemanagementextension://syncapp' }).advance({ minutes: 3 });
  const events = since(device, from);
  expect([begun(events), logged(events)]).toEqual([[], ['session.no-user-token']]);
});

test('syncapp while the service is stopped does nothing', () => {
  const device = world();
  device.powershell('Stop-Service IntuneManagementExtension');
  device.advance({ seconds: 5 });
  expect(brings(device, (of) => act(of, 'open-uri', { uri: 'intunemanagementextension://syncapp' }))).toEqual(
    [],
  );
});

test('synccompliance leaves apps and scripts alone', () => {
  expect(
    brings(world(), (of) =>
      of.powershell('Start-Process intunemanagementextension://synccompliance', 'user'),
    ),
  ).toEqual([]);
});

test('Sync in Settings is an MDM session only; Sync in Company Portal an MDM session and an app check-in', () => {
  expect(brings(world(), (of) => act(of, 'settings.sync'))).toEqual(['mdm']);
  expect(brings(world(), (of) => act(of, 'company-portal.sync'))).toEqual(['mdm', 'apps: Sync']);
});

test('Sync in the admin centre comes as a push; without a network it is lost', () => {
  const sync = (of: TestWorld) =>
    of.input({ kind: 'admin', action: 'device.sync', data: { device: of.device } });
  expect(brings(world(), sync)).toEqual(['mdm', 'apps: Notification']);
  const offline = act(world(), 'network.disconnect');
  expect(brings(offline, sync)).toEqual([]);
  act(offline, 'network.connect');
  expect(brings(offline, () => undefined, 10)).toEqual([]);
});

test('a push starts PushLaunch; with the task disabled the device hears nothing', () => {
  const sync = (of: TestWorld) =>
    of.input({ kind: 'admin', action: 'device.sync', data: { device: of.device } });
  const device = world();
  const last = () =>
    device.powershell(
      "(Get-ScheduledTaskInfo -InputObject (Get-ScheduledTask PushLaunch)).LastRunTime.ToString('s')",
    );
  const before = last();
  expect(brings(device, sync)).toEqual(['mdm', 'apps: Notification']);
  expect([before === last(), last()]).toEqual([false, '2026-05-05T12:10:12\r\n']);
  device.powershell('$null = Get-ScheduledTask PushLaunch | Disable-ScheduledTask');
  expect(brings(device, sync)).toEqual([]);
});

test('a sign-in asks for scripts and checks apps, marked in the main log; a sign-out only ends', () => {
  const device = world();
  const out = mark(device);
  act(device, 'sign-out').advance({ minutes: 1 });
  expect([begun(since(device, out)), logged(since(device, out))]).toEqual([
    [],
    ['service.session-change', 'service.logoff'],
  ]);
  const from = mark(device);
  act(device, 'sign-in').advance({ minutes: 3 });
  const events = since(device, from);
  expect([...begun(events)].sort()).toEqual(['apps: SessionChange', 'mdm', 'scripts']);
  const ids = logged(events);
  expect(ids.slice(0, 3)).toEqual(['service.session-change', 'service.logon', 'scripts.logon-request']);
  expect([ids.includes('session.check-in-starts'), ids.includes('session.check-in-ends')]).toEqual([
    true,
    true,
  ]);
  expect(ids.includes('service.check-in-starts')).toBe(false);
});

test('lock and unlock are written down, and that is all', () => {
  const device = world();
  const from = mark(device);
  act(device, 'lock').advance({ minutes: 2 });
  act(device, 'unlock').advance({ minutes: 2 });
  const events = since(device, from);
  expect([begun(events), logged(events)]).toEqual([
    [],
    ['service.session-change', 'session.locked', 'service.session-change', 'session.unlocked'],
  ]);
});

test('service restart: two start delays, then scripts and apps; what was stored stays', () => {
  const device = world();
  const from = mark(device);
  const start = device.simulation.now;
  device.powershell('Restart-Service IntuneManagementExtension');
  device.advance({ seconds: 100 });
  expect(begun(since(device, from))).toEqual([]);
  device.advance({ minutes: 5 });
  const events = since(device, from);
  expect(begun(events)).toEqual(['scripts', 'apps: AgentRestart']);
  const at = (id: string): number =>
    ((events.find(({ data }) => data.kind === 'log' && data.message === id)?.at ?? 0) - start) / 1_000_000;
  // 36 and 147 seconds were seen on a device: 30 to 60, then 120 to 180.
  expect(at('service.delay-apps') - at('service.delay-all')).toBeGreaterThanOrEqual(30);
  expect(at('service.delay-apps') - at('service.delay-all')).toBeLessThanOrEqual(60.1);
  expect(at('service.required-timer-starts') - at('service.delay-apps')).toBeGreaterThanOrEqual(120);
  expect(at('service.required-timer-starts') - at('service.delay-apps')).toBeLessThanOrEqual(180.1);
  // The re-evaluation time is stored, so the app is not looked at again.
  expect(logged(events).filter((id) => id.startsWith('detection.'))).toEqual([]);
});

test('a killed service writes nothing and stays away; the next start of Windows brings it back', () => {
  const device = world();
  const from = mark(device);
  device.powershell('taskkill /f /im Microsoft.Management.Services.IntuneWindowsAgent.exe');
  device.advance({ hours: 3 });
  const events = since(device, from);
  expect([
    // The daily tasks beside the service go on.
    logged(events).filter((id) => !/^(cert-check|health)\./.test(id)),
    begun(events).filter((what) => what !== 'mdm'),
    device.simulation.read(device.device).service('IntuneManagementExtension')?.value.status,
  ]).toEqual([[], [], 'Stopped']);
  expect(
    device.powershell(
      '(Get-WinEvent -LogName System | Where-Object Id -eq 7034 | Select-Object -First 1).Message',
    ),
  ).toBe(
    'The Microsoft Intune Management Extension service terminated unexpectedly.  It has done this 1 time(s).\r\n',
  );
  act(device, 'restart').advance({ minutes: 6 });
  expect(device.simulation.read(device.device).service('IntuneManagementExtension')?.value.status).toBe(
    'Running',
  );
});

test('a recovery action has Windows start the service again after its delay', () => {
  const device = world();
  device.powershell(
    'sc.exe failure IntuneManagementExtension reset= 86400 actions= restart/60000/restart/60000//',
  );
  device.powershell('Stop-Process -Name Microsoft.Management.Services.IntuneWindowsAgent -Force');
  const status = () =>
    device.simulation.read(device.device).service('IntuneManagementExtension')?.value.status;
  device.advance({ seconds: 58 });
  const before = status();
  device.advance({ seconds: 5 });
  const after = status();
  expect([before, after]).toEqual(['Stopped', 'Running']);
  const message = () =>
    device.powershell(
      '(Get-WinEvent -LogName System | Where-Object Id -eq 7031 | Select-Object -First 1).Message',
    );
  expect(message()).toBe(
    'The Microsoft Intune Management Extension service terminated unexpectedly.  It has done this 1 time(s).  The following corrective action will be taken in 60000 milliseconds: Restart the service.\r\n',
  );
  // The third failure has no action left.
  for (let i = 0; i < 2; i++) {
    device.powershell('Stop-Process -Name Microsoft.Management.Services.IntuneWindowsAgent -Force');
    device.advance({ minutes: 2 });
  }
  expect(status()).toBe('Stopped');
});

test('a stopped service is no failure: nothing starts it again', () => {
  const device = world();
  device.powershell('sc.exe failure IntuneManagementExtension reset= 0 actions= restart/1000');
  device.powershell('Stop-Service IntuneManagementExtension');
  device.advance({ hours: 2 });
  expect(device.simulation.read(device.device).service('IntuneManagementExtension')?.value.status).toBe(
    'Stopped',
  );
});

test('a device that restarts has its agent start as ever; one that is off has nothing happen', () => {
  const device = world();
  expect([...brings(device, (of) => act(of, 'restart'), 6)].sort()).toEqual([
    'apps: AgentRestart',
    'scripts',
  ]);
  const from = mark(device);
  act(device, 'power.shutdown').advance({ hours: 12 });
  expect(begun(since(device, from))).toEqual([]);
  expect(() => act(device, 'lock')).toThrow('BW-W11-5 is off');
  expect(() => device.open('one')).toThrow('BW-W11-5 is off');
  // The 8-hour MDM sync was missed meanwhile: it is made up for.
  expect([...brings(device, (of) => act(of, 'power.on'), 15)].sort()).toEqual([
    'apps: AgentRestart',
    'mdm',
    'scripts',
  ]);
});

test('a device that sleeps does nothing; what ran out meanwhile is done when it wakes', () => {
  const device = world();
  const from = mark(device);
  act(device, 'power.sleep').advance({ hours: 5, minutes: 30 });
  expect(begun(since(device, from))).toEqual([]);
  expect(brings(device, (of) => act(of, 'power.on'), 3).filter((what) => what !== 'mdm')).toEqual([
    'apps: MaintenanceTimer',
  ]);
  // The agent's process is the same one: no start, no start delay.
  expect(logged(since(device, from)).includes('service.started')).toBe(false);
  device.advance({ minutes: 56 });
  expect(begun(since(device, from)).filter((what) => what !== 'mdm')).toEqual(['apps: MaintenanceTimer']);
  device.advance({ minutes: 3 });
  expect(begun(since(device, from)).filter((what) => what !== 'mdm')).toEqual([
    'apps: MaintenanceTimer',
    'apps: MaintenanceTimer',
  ]);
});

test('a push to a device that sleeps is lost', () => {
  const device = act(world(), 'power.hibernate');
  device
    .input({ kind: 'admin', action: 'device.sync', data: { device: device.device } })
    .advance({ minutes: 5 });
  expect(brings(device, (of) => act(of, 'power.on'), 3)).toEqual([]);
});

test('a script that sleeps stands still with its device', () => {
  const device = world().open('one');
  device.type('one', 'Start-Sleep 600; Get-Date -Format HH:mm');
  device.advance({ minutes: 2 });
  const slept = device.simulation.now;
  act(device, 'power.sleep').advance({ hours: 2 });
  expect(device.shown('one').trim()).toBe('');
  act(device, 'power.on').advance({ minutes: 1 });
  // Its ten minutes are long over.
  expect(device.shown('one').trim()).toMatch(/^\d\d:\d\d$/);
  expect(device.simulation.now).toBeGreaterThan(slept);
});

test('no network: a check-in begins, fails and ends; its return starts nothing by itself', () => {
  const device = world();
  act(device, 'network.disconnect');
  const from = mark(device);
  device.advance({ hours: 1 });
  const events = since(device, from);
  expect(begun(events)).toEqual(
    ['apps: MaintenanceTimer', 'mdm'].filter((what) => begun(events).includes(what)),
  );
  expect(logged(events).filter((id) => id === 'service.unresolved').length).toBeGreaterThan(0);
  expect(brings(device, (of) => act(of, 'network.connect'), 2)).toEqual([]);
});

test('a network that goes while an answer is on its way: the request fails, the check-in ends', () => {
  const device = world();
  const from = mark(device);
  act(device, 'open-uri', { uri: 'intunemanagementextension://syncapp' });
  const directions = () =>
    since(device, from).flatMap(({ data }) => (data.kind === 'network' ? [data.direction] : []));
  // To the moment between the service's answer and its arrival.
  while (directions().at(-1) !== 'response')
    device.input({ kind: 'advance', to: device.simulation.next()?.at ?? device.simulation.now });
  const ids = () => logged(since(device, from));
  expect(ids().includes('check-in.got-result')).toBe(false);
  act(device, 'network.disconnect').advance({ minutes: 2 });
  expect([
    ids().includes('service.unresolved'),
    ids().includes('check-in.got-result'),
    ids().includes('service.check-in-ends'),
  ]).toEqual([true, false, true]);
});

test('a proxy: requests go through it and the log names it; one that nobody reaches lets nothing through', () => {
  const current = (events: readonly WorldEvent[]) =>
    events.flatMap(({ data }) =>
      data.kind === 'log' && data.message === 'service.sending' ? [String(data.parameters[0])] : [],
    );
  const device = world();
  const direct = mark(device);
  act(device, 'open-uri', { uri: 'intunemanagementextension://syncapp' }).advance({ minutes: 3 });
  expect(current(since(device, direct))[0]).toMatch(/^https:\/\/agents\./);
  act(device, 'network.proxy', { server: 'proxy.contoso.com:8080' });
  const from = mark(device);
  act(device, 'open-uri', { uri: 'intunemanagementextension://syncapp' }).advance({ minutes: 3 });
  const events = since(device, from);
  expect([
    current(events)[0],
    logged(events).includes('service.unresolved'),
    logged(events).includes('check-in.got-result'),
  ]).toEqual(['http://proxy.contoso.com:8080/', true, false]);
  // Hosts that are left out are reached all the same.
  device.powershell(
    "Set-ItemProperty 'Registry::HKEY_USERS\\S-1-5-18\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings' ProxyOverride '*.manage.microsoft.com;<local>'",
    'system',
  );
  const after = mark(device);
  act(device, 'open-uri', { uri: 'intunemanagementextension://syncapp' }).advance({ minutes: 3 });
  expect(logged(since(device, after)).includes('check-in.got-result')).toBe(true);
});

test('the service starts: one trigger for two devices wakes only its own', () => {
  const two = new TestWorld(
    testWorldStart('two', [testDevice('PC-1', 1), testDevice('PC-2', 2)], [testApp('Notes')]),
  ).advance({ hours: 4, minutes: 10 });
  const from = mark(two);
  act(two, 'open-uri', { uri: 'intunemanagementextension://syncapp' }).advance({ minutes: 3 });
  expect(
    since(two, from).flatMap(({ data, device }) =>
      data.kind === 'scheduled' && data.entry === 'win32.head' ? [device] : [],
    ),
  ).toEqual(['PC-1']);
});
