import { Command } from 'commander';
import { readdirSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { hours, plus } from '../../base/time.ts';
import { Simulation } from '../../engine/world/simulation.ts';
import { parseText } from '../../engine/powershell/parse/index.ts';
import type { Moment } from '../../engine/world/moment.ts';
import type { DeviceId } from '../../base/ids.ts';
import { SidecarError } from '../../base/error.ts';
import { writtenBy } from '../../labs/touched.ts';
import { worldOf } from '../world-source.ts';
import { readScript } from './run.ts';

interface Row {
  readonly script: string;
  readonly parsed: boolean;
  readonly notFound: readonly string[];
  readonly exitCode: number | null;
  readonly errors: readonly string[];
  /** What it wrote: `registry:…`, `file:…`, `service:…`. */
  readonly changed: readonly string[];
}

interface Options {
  readonly world?: string;
  readonly seed: string;
  readonly json?: true;
}

export function corpusCommand(): Command {
  return new Command('corpus')
    .description('Run each script of a folder in a world of its own and say how it went')
    .argument('<dir>', 'folder with .ps1 files')
    .option('--world <file|lab>', 'a world file or lab; without it one enrolled device')
    .option('--seed <text>', 'what the world is made from', '1')
    .option('--json', 'one JSON array instead of lines')
    .action((dir: string, options: Options) => {
      const { start, device } = worldOf(options.world, options.seed);
      const moment = Simulation.start(start).moment();
      if (!moment)
        throw new SidecarError('world-unsettled', 'A script still runs at the start of this world');
      const rows: Row[] = [];
      for (const path of scriptsIn(dir)) {
        const row = runOne(path, relative(dir, path), moment, device);
        rows.push(row);
        if (!options.json) process.stdout.write(lineOf(row));
      }
      if (options.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      else {
        const clean = rows.filter((row) => row.parsed && row.notFound.length === 0).length;
        process.stdout.write(`${rows.length} scripts, ${clean} parsed with every command known\n`);
      }
    });
}

function scriptsIn(dir: string): readonly string[] {
  return readdirSync(dir, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.ps1$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function runOne(file: string, script: string, moment: Moment, device: DeviceId): Row {
  const simulation = Simulation.from(moment);
  const path = `C:\\Labs\\${basename(file)}`;
  const text = readScript(file);
  simulation.input({ kind: 'file.save', device, path, text });
  simulation.settle();
  const before = simulation.events.length;
  const parsed = parseText(text).errors.length === 0;
  try {
    const result = simulation.runScript({
      device,
      as: 'admin',
      shell: 'powershell',
      arguments: `-NoProfile -ExecutionPolicy Bypass -File "${path}"`,
      workingDirectory: 'C:\\Labs',
      limit: plus(simulation.now, hours(24)),
    });
    const changed = new Set(
      simulation.events
        .since(before)
        .flatMap((event) => (event.device === device ? (writtenBy(event) ?? []) : [])),
    );
    const { stderr } = result;
    return {
      script,
      parsed,
      notFound: [
        ...new Set(
          [...stderr.matchAll(/The term '([^']+)' is not recognized/g)].map((match) => match[1] ?? ''),
        ),
      ].sort(),
      exitCode: result.givenUp ? null : result.exitCode,
      errors: messagesOf(stderr),
      changed: [...changed].sort(),
    };
  } catch (error) {
    // A fault of the engine must not hide the other scripts.
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { script, parsed, notFound: [], exitCode: null, errors: [`engine: ${message}`], changed: [] };
  }
}

/** The first line of each error, as the console shows them. */
function messagesOf(stderr: string): readonly string[] {
  const lines = stderr.split(/\r?\n/);
  return lines.filter((line, n) => /^At .*:\d+ char:\d+$/.test(lines[n + 1] ?? '') && line !== '');
}

function lineOf(row: Row): string {
  const parts = [
    row.parsed ? 'parsed' : 'NOT PARSED',
    row.exitCode === null ? 'did not end' : `exit ${row.exitCode}`,
    `${row.errors.length} errors`,
    `${row.changed.length} changes`,
    ...(row.notFound.length > 0 ? [`not found: ${row.notFound.join(', ')}`] : []),
  ];
  return `${row.script}: ${parts.join(', ')}\n`;
}
