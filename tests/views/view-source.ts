import { expandWorld } from '../../src/labs/world-file.ts';
import { problemText } from '../../src/labs/problem.ts';
import { emptyAttempt } from '../../src/labs/attempt.ts';
import type { Lab } from '../../src/labs/lab.ts';
import { deviceId } from '../../src/base/ids.ts';
import { Simulation } from '../../src/engine/world/simulation.ts';
import type { Input } from '../../src/engine/world/input.ts';
import { changesOf, noChanges } from '../../src/views/latest-changes.ts';
import type { ViewSource } from '../../src/views/view.ts';

const world = `
start: '2026-05-12T06:00:00Z'
tenant: { name: Contoso }
users:
  - { name: AdeleVance, displayName: Adele Vance, upn: adele.vance@contoso.com }
devices:
  - id: PC-1
    os: windows-11-24h2
    zone: W. Europe Standard Time
    users: [AdeleVance]
    primaryUser: AdeleVance
    agentVersion: 1.101.109.0
    disk: { size: 128, free: 71 }
    memory: 8192
    manufacturer: Microsoft Corporation
    model: Virtual Machine
    files:
      - { path: 'C:\\Labs\\notes.txt', text: "one\\r\\ntwo\\r\\n" }
apps:
  - name: Contoso VPN
    publisher: Contoso
    content: { folder: files/fails, setupFile: install.cmd }
    installCommand: install.cmd
    uninstallCommand: install.cmd
    detection: [{ kind: file, path: 'C:\\Program Files\\Contoso VPN', name: vpn.exe, test: exists }]
timeline:
  - enrol: PC-1
  - device: sign-in
    on: PC-1
    data: { user: AdeleVance }
  - assign: { app: Contoso VPN, intent: required, target: all-devices }
  - advance: PT3H
`;

export const device = deviceId('PC-1');

/** A device that tried an app three hours ago and failed. */
export function failedDevice(): Simulation {
  const start = expandWorld(
    { file: 'world.yaml', text: world, files: new Map([['files/fails/install.cmd', '@exit /b 1603']]) },
    '1',
  );
  if (!start.ok) throw new Error(start.error.map(problemText).join('\n'));
  return Simulation.start(start.value);
}

/** What views read; `latest` is the number of events before the latest input. */
export function sourceOf(simulation: Simulation, latest?: number): ViewSource {
  return {
    simulation,
    world: simulation.world,
    device,
    lab: { id: 'x', drafts: [], files: new Map(), steps: [] } as unknown as Lab,
    attempt: emptyAttempt,
    clock: { playing: false, speed: 60, busy: false, passed: [] },
    changes: latest === undefined ? noChanges : changesOf(simulation.events.since(latest), device),
    options: new Map(),
    times: new Map([[0, simulation.now]]),
  };
}

export function take(simulation: Simulation, input: Input): number {
  const before = simulation.events.length;
  simulation.input(input);
  simulation.settle();
  return before;
}
