import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deviceId } from '../../../src/base/ids.ts';
import { duration, hours, plus } from '../../../src/base/time.ts';
import type { AppAssign, AppCreate } from '../../../src/engine/cloud/admin-actions.ts';
import { forecast, toldBy } from '../../../src/engine/world/forecast.ts';
import type { Input } from '../../../src/engine/world/input.ts';
import type { Moment } from '../../../src/engine/world/moment.ts';
import { Simulation } from '../../../src/engine/world/simulation.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';
import { admin, testDevice, testWorldStart } from '../../support/test-world.ts';

const told = (story: AgentStory, name: string, span = hours(30)): readonly string[] =>
  forecast(story.simulation, span)
    ?.tracks.find((one) => one.name === name)
    ?.happenings.map(
      ({ local, what, count }) => `${AgentStory.since(local)} ${what}${count > 1 ? ` ×${count}` : ''}`,
    ) ?? [];

describe('the forecast', () => {
  it('says each try, what they end with, and when the next may come', () => {
    const story = AgentStory.begin().advance({ minutes: 20 }).create(testApp('Busy', 1618)).assign('Busy');
    expect(told(story, 'Busy').filter((line) => /try|exit|noted|in GRS|begins/.test(line)))
      .toMatchInlineSnapshot(`
      [
        "0 00:23:13 download begins",
        "0 00:23:27 install begins",
        "0 00:23:28 exit code 1618 (another installation is already in progress), which the app lists as Retry",
        "0 00:23:28 state ErrorWithImmediateRetry (failed, tried again at once): Another installation is already in progress: 1618 (0x80070652)",
        "0 00:28:28 try 2",
        "0 00:28:28 exit code 1618 (another installation is already in progress), which the app lists as Retry",
        "0 00:28:28 state ErrorWithImmediateRetry (failed, tried again at once): Another installation is already in progress: 1618 (0x80070652)",
        "0 00:33:28 try 3",
        "0 00:33:28 exit code 1618 (another installation is already in progress), which the app lists as Retry",
        "0 00:33:28 state ErrorWithImmediateRetry (failed, tried again at once): Another installation is already in progress: 1618 (0x80070652)",
        "0 00:38:28 try 4",
        "0 00:38:28 exit code 1618 (another installation is already in progress), which the app lists as Retry",
        "0 00:38:28 attempt noted as GRS value 05/05/2026 06:23:28 UTC: the next one not before 05/06/2026 06:23:28 UTC",
        "0 08:23:13 missing and wanted, but in GRS: not installed now",
        "0 16:23:13 missing and wanted, but in GRS: not installed now",
        "1 00:23:13 missing and wanted, but in GRS: not installed now",
      ]
    `);
  });

  it('is not made while a script runs, for a copy of the world cannot take it along', () => {
    const story = AgentStory.begin().open('c').type('c', 'Start-Sleep 60');
    expect(forecast(story.simulation, hours(1))).toBe(null);
    expect(forecast(story.advance({ minutes: 2 }).simulation, hours(1))).not.toBe(null);
  });

  it('equals what then happens, in 1,000 small worlds', () => {
    const starts = [
      startOf('W. Europe Standard Time', {}),
      startOf('Pacific Standard Time', { 'failed-code': 'retry' }),
    ];
    let happenings = 0;
    fc.assert(
      fc.property(smallWorld, ({ start, inputs, waits, steps }) => {
        const moment = starts[start % starts.length];
        if (!moment) throw new Error('There is no start');
        const simulation = Simulation.from(moment);
        inputs.forEach((input, n) => {
          take(simulation, input);
          move(simulation, waits[n] ?? 0);
        });
        // A program in flight ends first: then the forecast can be made.
        for (let n = 0; simulation.inFlight && n < 200; n++) move(simulation, 60);
        const before = simulation.events.length;
        const span = steps.reduce((sum, one) => sum + one, 0);
        const expected = forecast(simulation, duration(span * 1_000_000));
        expect(simulation.events.length).toBe(before);
        for (const step of steps) move(simulation, step);
        expect(expected?.tracks).toEqual(toldBy(simulation, simulation.events.since(before)));
        happenings += expected?.tracks.reduce((sum, one) => sum + one.happenings.length, 0) ?? 0;
      }),
      { numRuns: 1000, seed: 20260504 },
    );
    // The worlds are not empty.
    expect(happenings).toBeGreaterThan(10_000);
  }, 240_000);
});

const device = deviceId('BW-W11-5');

/** An enrolled device past its first check-in, nothing assigned. */
function startOf(zone: string, disputes: Readonly<Record<string, string>>): Moment {
  const start = testWorldStart(
    'forecast',
    [{ ...testDevice('BW-W11-5'), zone, disputes }],
    [testApp('First')],
  );
  const simulation = Simulation.start(start);
  move(simulation, 900);
  const moment = simulation.moment();
  if (!moment) throw new Error('A program still runs at the start');
  return moment;
}

function take(simulation: Simulation, input: Input): void {
  try {
    simulation.input(input);
  } catch {
    // Signed in already, no network already: a random world asks for what cannot be.
    return;
  }
  simulation.settle();
}

function move(simulation: Simulation, seconds: number): void {
  simulation.input({ kind: 'advance', to: plus(simulation.now, duration(seconds * 1_000_000)) });
  simulation.settle();
}

const clock = (afterHours: number): string =>
  new Date(Date.UTC(2026, 4, 5, 6 + afterHours)).toISOString().slice(0, 19);

/** An app with some outcome, assigned in some way. */
const assigned = fc
  .record({
    name: fc.constantFrom('Alpha', 'Beta'),
    exit: fc.constantFrom(0, 0, 1, 1603, 1618, 3010, 1641),
    detection: fc.constantFrom('right', 'wrong', 'script'),
    intent: fc.constantFrom('required', 'required', 'available', 'uninstall'),
    scheduled: fc.option(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 12 })), {
      nil: undefined,
    }),
    requirement: fc.boolean(),
  })
  .map(({ name, exit, detection, intent, scheduled, requirement }): readonly Input[] => {
    const more: Partial<AppCreate> = {
      ...(detection === 'wrong'
        ? { detection: [{ kind: 'file', path: 'C:\\Nowhere', name: 'x', test: 'exists' }] }
        : {}),
      ...(detection === 'script'
        ? { detection: [{ kind: 'script', script: `if (Test-Path 'C:\\Program Files\\${name}') { 1 }` }] }
        : {}),
      ...(requirement ? { requirements: { freeDiskMb: 10_000_000 } } : {}),
    };
    const when: Partial<AppAssign> =
      scheduled && intent === 'required'
        ? { start: clock(scheduled[0]), deadline: clock(scheduled[0] + scheduled[1]) }
        : {};
    return [
      admin({ action: 'app.create', data: testApp(name, exit, more) }),
      admin({
        action: 'app.assign',
        data: {
          app: name,
          intent: intent as AppAssign['intent'],
          target: intent === 'available' ? 'all-users' : 'all-devices',
          ...when,
        },
      }),
    ];
  });

const gesture = fc
  .constantFrom(
    ['sign-out', {}],
    ['sign-in', {}],
    ['network.disconnect', {}],
    ['network.connect', {}],
    ['restart', {}],
    ['company-portal.sync', {}],
    ['company-portal.install', { app: 'Alpha' }],
    ['service.restart', { service: 'IntuneManagementExtension' }],
    ['power.sleep', {}],
    ['power.on', {}],
  )
  .map(([action, data]): readonly Input[] => [
    { kind: 'device.action', device, action: action as string, data: data as Record<string, string> },
  ]);

const smallWorld = fc.record({
  start: fc.nat(),
  inputs: fc
    .tuple(assigned, fc.array(fc.oneof(assigned, gesture, gesture), { maxLength: 3 }))
    .map(([first, more]) => [first, ...more].flat()),
  waits: fc.array(fc.integer({ min: 0, max: 2 * 3600 }), { minLength: 8, maxLength: 8 }),
  steps: fc.array(fc.integer({ min: 1, max: 5 * 3600 }), { minLength: 1, maxLength: 4 }),
});
