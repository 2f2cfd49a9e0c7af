import type { DeviceId } from '../../src/base/ids.ts';
import { consoleId, deviceId } from '../../src/base/ids.ts';
import { days, hours, instant, minutes, plus, seconds } from '../../src/base/time.ts';
import type { AdminAction, AppCreate } from '../../src/engine/cloud/admin-actions.ts';
import type { QueueData } from '../../src/engine/device/change.ts';
import type { DeviceStart } from '../../src/engine/device/device-start.ts';
import type { WorldEvent } from '../../src/engine/world/event.ts';
import type { Account, Input } from '../../src/engine/world/input.ts';
import type { SimulationOptions } from '../../src/engine/world/simulation.ts';
import { Simulation } from '../../src/engine/world/simulation.ts';
import type { WorldStart } from '../../src/engine/world/world-start.ts';
import { entraSid } from '../../src/labs/entra-sid.ts';

/** Tuesday 5 May 2026, 06:00 UTC. */
export const testStart = instant(Date.UTC(2026, 4, 5, 6) * 1000);

const adele = {
  name: 'AdeleVance',
  displayName: 'Adele Vance',
  upn: 'adele.vance@contoso.com',
  id: '5f0c3b1e-7a52-4a8e-9a3c-0d4b2f8c1e01',
};

export function testDevice(name: string, number = 1): DeviceStart {
  const tail = String(number).padStart(12, '0');
  return {
    id: deviceId(name),
    os: 'windows-11-24h2',
    zone: 'W. Europe Standard Time',
    entraDeviceId: `a1b2c3d4-0000-4000-8000-${tail}`,
    intuneDeviceId: `b1b2c3d4-0000-4000-8000-${tail}`,
    users: [
      {
        name: adele.name,
        displayName: adele.displayName,
        upn: adele.upn,
        entraId: adele.id,
        sid: entraSid(adele.id),
        administrator: true,
      },
    ],
    agentVersion: '1.101.109.0',
    files: [{ path: 'C:\\Labs\\readme.txt', text: 'Your scripts go here.\r\n' }],
    disk: { size: 128, free: 70 },
    memory: 8192,
    manufacturer: 'Microsoft Corporation',
    model: 'Virtual Machine',
  };
}

export const admin = (act: AdminAction): Input => ({
  kind: 'admin',
  action: act.action,
  data: act.data as unknown as QueueData,
});

/** An app whose installer is a batch file that ends with `exit`, and writes what detection looks for where it is 0. */
export function testApp(name: string, exit = 0, more: Partial<AppCreate> = {}): AppCreate {
  const folder = `C:\\Program Files\\${name}`;
  const lines = [
    '@echo off',
    ...(exit === 0 ? [`mkdir "${folder}"`, `echo ${name}> "${folder}\\about.txt"`] : []),
    `exit /b ${exit}`,
  ];
  return {
    name,
    publisher: 'Contoso',
    version: '1.0',
    content: { setupFile: 'install.cmd', files: [{ name: 'install.cmd', text: lines.join('\r\n') }] },
    installCommand: 'install.cmd',
    uninstallCommand: `cmd /c rmdir /s /q "${folder}"`,
    detection: [{ kind: 'file', path: folder, name: 'about.txt', test: 'exists' }],
    ...more,
  };
}

/** Tenant, user, devices enrolled and signed in to; then the apps, required for all devices. */
export function testWorldStart(
  seed: string,
  devices: readonly DeviceStart[],
  apps: readonly AppCreate[],
): WorldStart {
  const inputs: Input[] = [
    admin({ action: 'tenant.create', data: { name: 'Contoso', seed } }),
    admin({ action: 'user.create', data: { id: adele.id, upn: adele.upn, displayName: adele.displayName } }),
  ];
  for (const app of apps) {
    inputs.push(admin({ action: 'app.create', data: app }));
    inputs.push(
      admin({ action: 'app.assign', data: { app: app.name, intent: 'required', target: 'all-devices' } }),
    );
  }
  for (const { id, entraDeviceId, intuneDeviceId } of devices) {
    inputs.push(
      admin({
        action: 'device.enrol',
        data: { device: id, entraDeviceId, intuneDeviceId, primaryUser: adele.upn },
      }),
    );
    inputs.push({ kind: 'device.action', device: id, action: 'sign-in', data: { user: adele.upn } });
  }
  return { seed, start: testStart, devices, inputs };
}

interface Span {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
}

/** Drives a world like a learner: types, waits, looks. Virtual time only. */
export class TestWorld {
  readonly simulation: Simulation;
  readonly device: DeviceId;
  readonly journal: Input[] = [];

  constructor(start: WorldStart, options: SimulationOptions = {}) {
    this.simulation = Simulation.start(start, options);
    this.device = start.devices[0]?.id ?? deviceId('none');
  }

  static withApps(apps: readonly AppCreate[], seed = 'test'): TestWorld {
    return new TestWorld(testWorldStart(seed, [testDevice('BW-W11-5')], apps));
  }

  input(input: Input): this {
    this.journal.push(input);
    this.simulation.input(input);
    this.simulation.settle();
    return this;
  }

  advance(span: Span): this {
    const by =
      days(span.days ?? 0) + hours(span.hours ?? 0) + minutes(span.minutes ?? 0) + seconds(span.seconds ?? 0);
    return this.input({ kind: 'advance', to: plus(this.simulation.now, by as ReturnType<typeof days>) });
  }

  open(console: string, as: Account = 'admin'): this {
    return this.input({
      kind: 'console.open',
      device: this.device,
      console: consoleId(console),
      as,
      width: 120,
      height: 30,
      shell: 'powershell',
    });
  }

  type(console: string, text: string): this {
    return this.input({ kind: 'console.line', device: this.device, console: consoleId(console), text });
  }

  /** What a console has shown: output and errors, without prompts and echo. */
  shown(console: string): string {
    return this.simulation.events
      .of(this.device)
      .flatMap(({ data }) =>
        data.kind === 'console' &&
        data.console === console &&
        data.stream !== 'prompt' &&
        data.stream !== 'echo'
          ? [data.text]
          : [],
      )
      .join('');
  }

  /** Runs a line of cmd.exe in a process of its own and returns what it printed. */
  runCommand(command: string, as: Account = 'admin'): string {
    const path = 'C:\\Labs\\command.cmd';
    this.input({ kind: 'file.save', device: this.device, path, text: `@${command}\r\n` });
    return this.powershell(`cmd /c ${path}`, as);
  }

  /** Runs a command in a process of its own and returns what it printed. */
  powershell(command: string, as: Account = 'admin'): string {
    return this.simulation.runScript({
      device: this.device,
      as,
      shell: 'powershell',
      arguments: `-NoProfile -Command ${command}`,
    }).stdout;
  }
}

/** Everything of an event but its id and its cause's: what must differ when the cause is gone. */
export function substance(event: WorldEvent): string {
  return JSON.stringify([event.device, event.at, event.data, event.rule], (_key, value: unknown) =>
    typeof value === 'bigint' ? `${value}n` : value,
  );
}
