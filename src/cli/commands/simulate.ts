import { Command } from 'commander';
import { writeDeviceFolder, writeWorldFiles } from '../device-folder.ts';
import { plus } from '../../base/time.ts';
import { Simulation } from '../../engine/world/simulation.ts';
import { spanOf } from '../span.ts';
import { worldOf } from '../world-source.ts';
import { join } from 'node:path';

interface Options {
  readonly world?: string;
  readonly seed: string;
  readonly for: string;
  readonly out: string;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Let time pass in a world and write what its devices and its tenant then hold')
    .option('--world <file|lab>', 'a world file or lab; without it one enrolled device')
    .option('--seed <text>', 'what the world is made from', '1')
    .requiredOption('--for <span>', 'time that passes: 72h, 7d, 90m, or PT72H')
    .requiredOption('--out <dir>', 'folder for Logs, registry.reg, events.jsonl and reports')
    .action((options: Options) => {
      const { start } = worldOf(options.world, options.seed);
      const simulation = Simulation.start(start);
      simulation.input({ kind: 'advance', to: plus(simulation.now, spanOf(options.for)) });
      simulation.settle();
      writeWorldFiles(simulation, options.out);
      // One device stands in the folder itself, several in folders of their own.
      for (const device of simulation.devices)
        writeDeviceFolder(
          simulation.read(device),
          simulation.devices.length === 1 ? options.out : join(options.out, device),
        );
      process.stdout.write(
        `${options.out}: ${simulation.events.length} events, state ${simulation.hash()}\n`,
      );
    });
}
