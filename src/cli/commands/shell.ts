import { Command, Option } from 'commander';
import { consoleId } from '../../base/ids.ts';
import { instant } from '../../base/time.ts';
import type { Input } from '../../engine/world/input.ts';
import { Simulation } from '../../engine/world/simulation.ts';
import { HostConsole } from '../../node/host-console.ts';
import { worldOf } from '../world-source.ts';

interface Options {
  readonly world?: string;
  readonly seed: string;
  readonly as: 'system' | 'user' | 'admin';
  readonly shell: 'powershell' | 'pwsh' | 'cmd';
}

const id = consoleId('shell');

export function shellCommand(): Command {
  return new Command('shell')
    .description('A console on a simulated device in this terminal; exit ends it')
    .option('--world <file|lab>', 'a world file or lab; without it one enrolled device')
    .option('--seed <text>', 'what the world is made from', '1')
    .addOption(
      new Option('--as <who>', 'who sits there').choices(['system', 'user', 'admin']).default('admin'),
    )
    .addOption(
      new Option('--shell <name>', 'what runs in it')
        .choices(['powershell', 'pwsh', 'cmd'])
        .default('powershell'),
    )
    .action((options: Options) => openShell(options));
}

/** Runs until the shell of the device ends, or the input does. */
async function openShell(options: Options): Promise<void> {
  const { start, device } = worldOf(options.world, options.seed);
  const simulation = Simulation.start(start);
  const { stdin, stdout } = process;
  const columns = () => (stdout.isTTY ? stdout.columns : 120);
  let drawn = simulation.events.length;
  let wake: (() => void) | undefined;
  const take = (input: Input) => {
    simulation.input(input);
    wake?.();
  };
  const console = new HostConsole({
    device,
    id,
    columns: columns(),
    simulation: () => simulation,
    write: (text) => stdout.write(text),
    submit: (text) => take({ kind: 'console.line', device, console: id, text }),
    interrupt: () => {
      if (simulation.console(device, id)?.state === 'running')
        take({ kind: 'console.stop', device, console: id });
    },
  });
  simulation.input({
    kind: 'console.open',
    device,
    console: id,
    as: options.as,
    width: columns(),
    height: stdout.isTTY ? stdout.rows : 30,
    shell: options.shell,
    colour: stdout.isTTY,
  });

  let ended = false;
  const keys = (data: Buffer) =>
    console.feed(stdin.isTTY ? data.toString() : data.toString().replaceAll('\n', '\r'));
  const resized = () => {
    take({ kind: 'console.resize', device, console: id, width: columns(), height: stdout.rows });
    console.resize(columns());
  };
  const closed = () => {
    ended = true;
    wake?.();
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', keys).on('end', closed);
  stdout.on('resize', resized);
  try {
    for (;;) {
      let more = true;
      for (let slices = 0; more && slices < 20; slices++) more = simulation.run(500) === 'more';
      console.draw(simulation.events.since(drawn));
      drawn = simulation.events.length;
      const state = simulation.console(device, id);
      if (!state) return;
      if (more) await new Promise((resolve) => setImmediate(resolve));
      // A line typed ahead may have been sent while the prompt was drawn.
      else if (state.state === 'running' && simulation.run(1) === 'more') continue;
      else if (state.state === 'running') {
        // What the command waits for comes at once: nobody watches a clock here.
        const next = state.waitsUntil ?? simulation.next()?.at;
        if (next === undefined) return;
        await new Promise((resolve) => setImmediate(resolve));
        const to = Math.min(next, simulation.next()?.at ?? next);
        simulation.input({ kind: 'advance', to: instant(Math.max(to, simulation.now)) });
      } else if (ended) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.off('data', keys).off('end', closed).pause();
    stdout.off('resize', resized);
    stdout.write('\n');
  }
}
