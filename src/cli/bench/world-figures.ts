import { deviceId } from '../../base/ids.ts';
import { days, instant, plus } from '../../base/time.ts';
import type { AppCreate } from '../../engine/cloud/admin-actions.ts';
import type { QueueData } from '../../engine/device/change.ts';
import type { DeviceStart } from '../../engine/device/device-start.ts';
import { diffDevices } from '../../engine/device/diff.ts';
import type { Input } from '../../engine/world/input.ts';
import { Simulation } from '../../engine/world/simulation.ts';
import type { WorldStart } from '../../engine/world/world-start.ts';
import { entraSid } from '../../labs/entra-sid.ts';
import { worldOf } from '../world-source.ts';
import type { Figure } from './figure.ts';
import { timed } from './figure.ts';

const start = instant(1_777_960_800_000_000);
const user = '5f0c3b1e-7a52-4a8e-9a3c-0d4b2f8c1e01';

function device(number: number): DeviceStart {
  const tail = String(number).padStart(12, '0');
  return {
    id: deviceId(`FLEET-${String(number).padStart(4, '0')}`),
    os: 'windows-11-24h2',
    zone: 'W. Europe Standard Time',
    entraDeviceId: `a1b2c3d4-0000-4000-8000-${tail}`,
    intuneDeviceId: `b1b2c3d4-0000-4000-8000-${tail}`,
    users: [
      {
        name: 'AdeleVance',
        displayName: 'Adele Vance',
        upn: 'adele.vance@contoso.com',
        entraId: user,
        sid: entraSid(user),
        administrator: true,
      },
    ],
    agentVersion: '1.101.109.0',
    files: [],
    disk: { size: 128, free: 70 },
    memory: 8192,
    manufacturer: 'Microsoft Corporation',
    model: 'Virtual Machine',
  };
}

function app(number: number, exit: number): AppCreate {
  const folder = `C:\\Program Files\\App ${number}`;
  const make = exit === 0 ? `mkdir "${folder}"\r\necho done> "${folder}\\about.txt"\r\n` : '';
  return {
    name: `App ${number}`,
    publisher: 'Contoso',
    content: {
      setupFile: 'install.cmd',
      files: [{ name: 'install.cmd', text: `@echo off\r\n${make}exit /b ${exit}\r\n` }],
    },
    installCommand: 'install.cmd',
    uninstallCommand: 'cmd /c exit 0',
    detection: [{ kind: 'file', path: folder, name: 'about.txt', test: 'exists' }],
  };
}

const admin = (action: string, data: unknown): Input => ({
  kind: 'admin',
  action,
  data: data as QueueData,
});

function fleet(devices: number, apps: number, failing: number): WorldStart {
  const list = Array.from({ length: devices }, (_, n) => device(n + 1));
  const inputs: Input[] = [
    admin('tenant.create', { name: 'Contoso', seed: 'bench' }),
    admin('user.create', { id: user, upn: 'adele.vance@contoso.com', displayName: 'Adele Vance' }),
  ];
  for (let n = 1; n <= apps; n++) {
    inputs.push(admin('app.create', app(n, n <= failing ? 1603 : 0)));
    inputs.push(admin('app.assign', { app: `App ${n}`, intent: 'required', target: 'all-devices' }));
  }
  for (const { id, entraDeviceId, intuneDeviceId } of list) {
    inputs.push(
      admin('device.enrol', {
        device: id,
        entraDeviceId,
        intuneDeviceId,
        primaryUser: 'adele.vance@contoso.com',
      }),
    );
    inputs.push({ kind: 'device.action', device: id, action: 'sign-in', data: null });
  }
  return { seed: 'bench', start, devices: list, inputs };
}

function run(world: WorldStart, span: number, keepEvents: boolean): Simulation {
  const simulation = Simulation.start(world, { keepEvents });
  simulation.input({ kind: 'advance', to: plus(world.start, days(span)) });
  simulation.settle();
  return simulation;
}

/** A device with 100,000 values under one key tree, at rest. */
function large(): Simulation {
  const { start: world, device: id } = worldOf(undefined, 'bench');
  const simulation = Simulation.start(world, { keepEvents: false });
  simulation.runScript({
    device: id,
    as: 'system',
    shell: 'powershell',
    arguments:
      "-NoProfile -Command foreach($k in 1..1000) { $key = [Microsoft.Win32.Registry]::LocalMachine.CreateSubKey('SOFTWARE\\Large\\k' + $k); foreach($v in 1..100) { $key.SetValue('v' + $v, $v) } }",
  });
  return simulation;
}

export const worldFigures: readonly Figure[] = [
  {
    name: 'one device, 20 apps (5 fail), 30 days, events kept',
    goal: 1,
    unit: 's',
    times: 2,
    prepare: () => {
      const world = fleet(1, 20, 5);
      return () => timed(() => void run(world, 30, true)) / 1000;
    },
  },
  {
    name: '1,000 devices, 5 apps (1 fails), 7 days',
    goal: 60,
    unit: 's',
    times: 1,
    prepare: () => {
      const world = fleet(1000, 5, 1);
      return () => timed(() => void run(world, 7, false)) / 1000;
    },
  },
  {
    name: 'moment saved, 100,000 values',
    goal: 1,
    unit: 'ms',
    times: 5,
    prepare: () => {
      const simulation = large();
      return () => timed(() => void simulation.moment());
    },
  },
  {
    name: 'moment gone to, 100,000 values',
    goal: 5,
    unit: 'ms',
    times: 5,
    prepare: () => {
      const moment = large().moment();
      return () =>
        timed(() => {
          if (moment) Simulation.from(moment);
        });
    },
  },
  {
    name: 'diff of two moments, 1,000 of 100,000 values differ',
    goal: 20,
    unit: 'ms',
    times: 5,
    prepare: () => {
      const simulation = large();
      const id = simulation.devices[0] ?? deviceId('none');
      const before = simulation.world.devices.get(id);
      simulation.runScript({
        device: id,
        as: 'system',
        shell: 'powershell',
        arguments:
          "-NoProfile -Command foreach($k in 1..1000) { $key = [Microsoft.Win32.Registry]::LocalMachine.CreateSubKey('SOFTWARE\\Large\\k' + $k); $key.SetValue('v1', 'changed') }",
      });
      const after = simulation.world.devices.get(id);
      return () =>
        timed(() => {
          if (before && after) diffDevices(before, after);
        });
    },
  },
];
