import { Command } from 'commander';
import { writeFileSync } from 'node:fs';
import { SidecarError } from '../../base/error.ts';
import { forecast } from '../../engine/world/forecast.ts';
import { syncMlMessages } from '../../views/syncml-messages.ts';
import { writeDeviceFolder, writeEvents, writeReports, writeSyncMl } from '../device-folder.ts';
import { plus } from '../../base/time.ts';
import { Simulation } from '../../engine/world/simulation.ts';
import { forecastText } from '../explain/explanation-text.ts';
import { spanOf } from '../span.ts';
import { worldOf } from '../world-source.ts';
import { join } from 'node:path';

interface Options {
  readonly reportsOnly?: boolean;
  readonly world?: string;
  readonly seed: string;
  readonly snapshot?: string;
  readonly for: string;
  readonly out: string;
  readonly forecast?: string;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('Let time pass in a world and write what its devices and its tenant then hold')
    .option('--world <file|lab>', 'a world file, lab or standing device; without it one enrolled device')
    .option('--seed <text>', 'what the world is made from', '1')
    .option('--snapshot <name>', 'the first device is put back to this snapshot of the world before')
    .requiredOption('--for <span>', 'time that passes: 72h, 7d, 90m, or PT72H')
    .requiredOption('--out <dir>', 'folder for Logs, registry.reg, syncml, events.jsonl and reports')
    .option('--forecast <span>', 'write forecast.txt: what comes by itself in this time after')
    .option('--reports-only', 'write reports alone and keep no events: for fleets')
    .action((options: Options) => {
      const { start, device } = worldOf(options.world, options.seed);
      const keepEvents = options.reportsOnly !== true;
      const simulation = Simulation.start(start, { keepEvents });
      if (options.snapshot !== undefined) {
        simulation.input({ kind: 'snapshot.restore', device, name: options.snapshot });
        simulation.settle();
      }
      simulation.input({ kind: 'advance', to: plus(simulation.now, spanOf(options.for)) });
      simulation.settle();
      writeReports(simulation, options.out);
      if (keepEvents) writeEvents(simulation, options.out);
      const messages = syncMlMessages(simulation.events);
      for (const device of keepEvents ? simulation.devices : []) {
        // One device stands in the folder itself, several in folders of their own.
        const folder = simulation.devices.length === 1 ? options.out : join(options.out, device);
        writeDeviceFolder(simulation.read(device), folder);
        writeSyncMl(messages.get(device) ?? [], folder);
      }
      if (options.forecast !== undefined) writeForecast(simulation, options.forecast, options.out);
      // The state of a fleet takes longer to read for its hash than a day of it takes to pass.
      process.stdout.write(
        keepEvents
          ? `${options.out}: ${simulation.events.length} events, state ${simulation.hash()}\n`
          : `${options.out}: reports of ${simulation.devices.length} devices\n`,
      );
    });
}

function writeForecast(simulation: Simulation, span: string, out: string): void {
  const found = forecast(simulation, spanOf(span));
  if (!found)
    throw new SidecarError('forecast-in-flight', 'A program still runs: nothing can be said of what comes');
  writeFileSync(join(out, 'forecast.txt'), forecastText(found));
}
