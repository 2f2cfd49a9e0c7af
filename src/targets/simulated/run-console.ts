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

export interface SettleOptions {
  readonly device: DeviceId;
  readonly console: ConsoleId;
  /** How much time of the device the command may take; default 24 hours. */
  readonly limit?: Duration;
  /** Called between slices, so that whoever drives stays answerable. */
  readonly pause?: () => Promise<void>;
}

const slice = 100;
/** A script that does more steps between two waits is taken for one that never ends. */
const stepLimit = 3_000_000;

/**
 * Runs until a console waits for its next command. Where the command waits for an instant, the clock is moved there:
 * everything else on the device happens meanwhile, as it would. Throws where it never ends, or asks a question.
 */
export async function settleConsole(simulation: Simulation, options: SettleOptions): Promise<void> {
  const began = simulation.now;
  const limit = options.limit ?? hours(24);
  for (;;) {
    for (let steps = 0; simulation.run(slice) === 'more'; steps += slice) {
      if (steps > stepLimit || between(began, simulation.now) > limit)
        throw new SidecarError('console-endless', 'The script does not come to an end');
      await options.pause?.();
    }
    const state = simulation.console(options.device, options.console);
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
}

/** Opens a console of its own, gives it the inputs one after the other and collects what it shows. */
export async function runInConsole(
  simulation: Simulation,
  inputs: readonly Input[],
  options: SettleOptions & { readonly as: Account; readonly shell: Shell; readonly width: number },
): Promise<ConsoleRun> {
  const { device, console, as, shell, width } = options;
  simulation.input({ kind: 'console.open', device, console, as, width, height: 50, shell });
  await settleConsole(simulation, options);
  // What a shell says when it opens is not the command's.
  const first = simulation.events.length;
  for (const input of inputs) {
    simulation.input(input);
    await settleConsole(simulation, options);
  }
  const run = { stdout: '', stderr: '' };
  for (const { data } of simulation.events.since(first)) {
    if (data.kind !== 'console' || data.console !== console) continue;
    if (data.stream === 'out') run.stdout += data.text;
    if (data.stream === 'error') run.stderr += data.text;
  }
  return run;
}
