import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeviceId } from '../../../src/base/ids.ts';
import { consoleId } from '../../../src/base/ids.ts';
import { hours, minutes, plus, seconds } from '../../../src/base/time.ts';
import type { WorldEvent } from '../../../src/engine/world/event.ts';
import type { Input } from '../../../src/engine/world/input.ts';
import { Simulation } from '../../../src/engine/world/simulation.ts';
import { substance, testApp, testDevice, testWorldStart, TestWorld } from '../../support/test-world.ts';

const apps = [testApp('Alpha'), testApp('Beta', 1603), testApp('Gamma', 1618)];
const start = testWorldStart('determinism', [testDevice('BW-W11-5')], apps);

const json = (events: readonly WorldEvent[]): string =>
  JSON.stringify(events, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));

/** What a learner might do, as moves that are turned into inputs at the time they are made. */
const move = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 1500 }) }),
  fc.record({
    kind: fc.constant('type' as const),
    text: fc.constantFrom(
      "Set-ItemProperty 'HKLM:\\SOFTWARE\\Contoso' -Name Site -Value (Get-Date).Minute -ErrorAction SilentlyContinue",
      "New-Item 'HKLM:\\SOFTWARE\\Contoso' -Force | Out-Null",
      '1..50 | ForEach-Object { $_ * 2 } | Out-File C:\\Labs\\n.txt',
      "Get-ChildItem 'HKLM:\\SOFTWARE\\Microsoft' | Measure-Object",
      'Remove-Item C:\\Labs\\n.txt -ErrorAction SilentlyContinue',
      "schtasks /create /f /tn T /ru SYSTEM /sc minute /mo 40 /tr 'cmd.exe /c echo x>>C:\\Labs\\t.txt'",
    ),
  }),
  fc.record({
    kind: fc.constant('do' as const),
    action: fc.constantFrom(
      'restart',
      'settings.sync',
      'network.disconnect',
      'network.connect',
      'power.sleep',
      'power.shutdown',
      'power.on',
      'lock',
      'sign-out',
      'sign-in',
    ),
  }),
  fc.record({ kind: fc.constant('snapshot' as const), restore: fc.boolean() }),
);
type Move = typeof move extends fc.Arbitrary<infer T> ? T : never;

/** Does a move where it can be done; what a device refuses (a console that a restart closed) is left out. */
function play(world: TestWorld, moves: readonly Move[]): void {
  for (const one of moves) {
    for (const input of inputsOf(world, one)) {
      try {
        world.input(input);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'input-refused')) throw error;
        world.journal.pop();
      }
    }
  }
}

function inputsOf(world: TestWorld, one: Move): readonly Input[] {
  const { device } = world;
  const console = consoleId('c');
  switch (one.kind) {
    case 'wait':
      return [{ kind: 'advance', to: plus(world.simulation.now, minutes(one.minutes)) }];
    case 'type':
      return [
        ...(world.simulation.console(device, console)
          ? []
          : [
              {
                kind: 'console.open',
                device,
                console,
                as: 'admin',
                width: 120,
                height: 30,
                shell: 'powershell',
              } as const,
            ]),
        { kind: 'console.line', device, console, text: one.text },
      ];
    case 'do':
      return [{ kind: 'device.action', device, action: one.action, data: null }];
    case 'snapshot':
      return [{ kind: one.restore ? 'snapshot.restore' : 'snapshot.take', device, name: 's' }];
  }
}

describe('the same journal gives the same world', () => {
  it('byte for byte, events and state, whatever was done', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 8 }), (moves) => {
        const first = new TestWorld(start);
        play(first, moves);
        const again = Simulation.start(start);
        for (const input of first.journal) {
          again.input(input);
          again.settle();
        }
        expect(json(again.events.all())).toBe(json(first.simulation.events.all()));
        expect(again.hash()).toBe(first.simulation.hash());
      }),
      { numRuns: 12, seed: 7 },
    );
  });

  it('however the work is sliced', () => {
    const whole = new TestWorld(start).open('c').type('c', '$n = 0; while ($n -lt 30000) { $n++ }; $n');
    const sliced = Simulation.start(start);
    for (const input of whole.journal) {
      sliced.input(input);
      while (sliced.run(1) === 'more');
    }
    expect(sliced.hash()).toBe(whole.simulation.hash());
    expect(whole.shown('c')).toBe('30000\r\n');
  });

  it('and another seed another one', () => {
    const one = Simulation.start(testWorldStart('one', [testDevice('BW-W11-5')], apps));
    const two = Simulation.start(testWorldStart('two', [testDevice('BW-W11-5')], apps));
    expect(one.hash()).not.toBe(two.hash());
  });
});

describe('moments', () => {
  it('going to one equals replaying to it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 2, maxLength: 6 }), (waits) => {
        const world = new TestWorld(start);
        const moments = waits.map((wait) => {
          world.advance({ minutes: wait });
          return { moment: world.simulation.moment(), inputs: world.journal.length };
        });
        const { moment, inputs } = moments[Math.floor(moments.length / 2)] ?? { moment: null, inputs: 0 };
        if (!moment) throw new Error('A device at rest has a moment');
        const gone = Simulation.from(moment);
        const replayed = Simulation.start(start);
        for (const input of world.journal.slice(0, inputs)) {
          replayed.input(input);
          replayed.settle();
        }
        expect(gone.hash()).toBe(replayed.hash());
        // And both go on alike.
        for (const one of [gone, replayed]) {
          one.input({ kind: 'advance', to: plus(one.now, hours(30)) });
          one.settle();
        }
        expect(gone.hash()).toBe(replayed.hash());
        expect(json(gone.events.since(moment.length))).toBe(json(replayed.events.since(moment.length)));
      }),
      { numRuns: 6, seed: 11 },
    );
  });

  it('there is none while a script is in flight', () => {
    const world = new TestWorld(start).open('c').type('c', 'Start-Sleep -Seconds 90');
    expect(world.simulation.moment()).toBeNull();
    world.advance({ seconds: 100 });
    expect(world.simulation.moment()).not.toBeNull();
  });
});

describe('forks', () => {
  it('never change what they came from', () => {
    const world = new TestWorld(start).advance({ hours: 3 });
    const before = world.simulation.world;
    const hash = world.simulation.hash();
    const fork = world.simulation.fork();
    fork.input({ kind: 'advance', to: plus(fork.now, hours(200)) });
    fork.settle();
    fork.runScript({
      device: world.device,
      as: 'admin',
      shell: 'powershell',
      arguments: '-Command Remove-Item HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension -Recurse -Force',
    });
    expect(fork.hash()).not.toBe(hash);
    expect(world.simulation.hash()).toBe(hash);
    expect(world.simulation.world).toBe(before);
  });
});

describe('two devices in one world', () => {
  it('behave as each alone', () => {
    const one = testDevice('ALPHA-1', 1);
    const two = testDevice('BRAVO-2', 2);
    const together = Simulation.start(testWorldStart('pair', [one, two], apps));
    const alone = [one, two].map((device) => Simulation.start(testWorldStart('pair', [device], apps)));
    for (const simulation of [together, ...alone]) {
      simulation.input({ kind: 'advance', to: plus(start.start, hours(60)) });
      simulation.settle();
    }
    // The journal counts the inputs of all devices; nothing else may differ.
    const own = (simulation: Simulation, device: DeviceId) =>
      simulation.events
        .of(device)
        .filter(({ data }) => data.kind !== 'input')
        .map(substance);
    for (const [index, { id }] of [one, two].entries())
      expect(own(together, id)).toEqual(own(alone[index] as Simulation, id));
  });
});

describe('causes', () => {
  it('are true: without its cause an event vanishes or changes', () => {
    const simulation = Simulation.start(start);
    const moments = [simulation.moment()];
    for (let hour = 6; hour <= 24 * 7; hour += 6) {
      simulation.input({ kind: 'advance', to: plus(start.start, hours(hour)) });
      simulation.settle();
      moments.push(simulation.moment());
    }
    const events = simulation.events.all();
    const order = new Map(events.map((event, index) => [event.id, index]));
    const caused = events.filter((event) => event.cause !== null);
    expect(caused.length).toBeGreaterThan(500);
    const count = (list: readonly WorldEvent[], what: string) =>
      list.filter((event) => substance(event) === what).length;

    const survives = (event: WorldEvent): boolean => {
      const at = event.cause === null ? -1 : (order.get(event.cause) ?? -1);
      // From the last moment before the cause to just after the event: the rest of the week is the same as it was.
      const before = moments.filter((moment) => moment !== null && moment.length <= at).at(-1);
      const suppress = new Set(event.cause === null ? [] : [event.cause]);
      const without = before ? Simulation.from(before, { suppress }) : Simulation.start(start, { suppress });
      if (event.at >= without.now) {
        without.input({ kind: 'advance', to: plus(event.at, seconds(1)) });
        without.settle();
      }
      const what = substance(event);
      return count(without.events.all(), what) >= count(events, what);
    };
    const picked = fc.sample(fc.constantFrom(...caused), { numRuns: 200, seed: 3 });
    expect(picked.filter(survives).map(({ id, cause, data }) => ({ id, cause, data }))).toEqual([]);
  }, 300_000);
});
