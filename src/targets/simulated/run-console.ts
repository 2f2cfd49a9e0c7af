import { SidecarError } from '../../base/error.ts';
import type { ConsoleId, DeviceId } from '../../base/ids.ts';
import { between, hours, instant } from '../../base/time.ts';
import type { Duration } from '../../base/time.ts';
import type { Account, Input, Shell } from '../../engine/world/input.ts';
import type { Simulation } from '../../engine/world/simulation.ts';

export interface ConsoleRun {
  readonly stdout: string;
  readonly stderr: string;
}

export interface ConsoleRunOptions {
  readonly device: DeviceId;
  readonly console: ConsoleId;
  readonly as: Account;
  readonly shell: Shell;
  readonly width: number;
  /** How much time of the device the command may take. */
  readonly limit?: Duration;
  /** Called between slices, so that whoever drives stays answerable. */
  readonly pause?: () => Promise<void>;
  /** What the console shows, as it is shown. */
  readonly show?: (stream: 'out' | 'error', text: string) => void;
}

const slice = 2_000;
/** A script that does more steps between two waits is taken for one that never ends. */
const stepLimit = 3_000_000;

/**
 * Opens a console, gives it the inputs one after the other and collects what it shows. Where the command waits, the clock
 * is moved to what it waits for: everything else on the device happens meanwhile, as it would.
 */
export async function runInConsole(
  simulation: Simulation,
  inputs: readonly Input[],
  options: ConsoleRunOptions,
): Promise<ConsoleRun> {
  const { device, console, as, shell, width } = options;
  const began = simulation.now;
  const limit = options.limit ?? hours(24);
  let seen = simulation.events.length;
  const run = { stdout: '', stderr: '' };
  const collect = () => {
    for (const { data } of simulation.events.since(seen)) {
      if (data.kind !== 'console' || data.console !== console) continue;
      if (data.stream !== 'out' && data.stream !== 'error') continue;
      run[data.stream === 'out' ? 'stdout' : 'stderr'] += data.text;
      options.show?.(data.stream, data.text);
    }
    seen = simulation.events.length;
  };
  const settle = async () => {
    for (;;) {
      for (let steps = 0; simulation.run(slice) === 'more'; steps += slice) {
        collect();
        if (steps > stepLimit || between(began, simulation.now) > limit)
          throw new SidecarError('console-endless', 'The script does not come to an end');
        await options.pause?.();
      }
      collect();
      const state = simulation.console(device, console);
      if (!state || state.state === 'prompt') return;
      if (state.state === 'question')
        throw new SidecarError(
          'console-asks',
          `The script asks a question (${state.prompt.trim()}); nobody is there to answer`,
          { prompt: state.prompt },
        );
      const until = state.waitsUntil ?? simulation.next()?.at;
      if (until === undefined || between(began, until) > limit)
        throw new SidecarError(
          'console-waits',
          until === undefined
            ? 'The script waits for something that never comes'
            : `The script waits for more than ${limit / 3_600_000_000} hours of the device's time`,
        );
      simulation.input({ kind: 'advance', to: instant(Math.max(until, simulation.now)) });
    }
  };
  simulation.input({ kind: 'console.open', device, console, as, width, height: 50, shell });
  await settle();
  // What a shell says when it opens is not the command's.
  run.stdout = '';
  run.stderr = '';
  for (const input of inputs) {
    simulation.input(input);
    await settle();
  }
  return run;
}
