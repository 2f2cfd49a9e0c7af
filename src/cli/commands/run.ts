import { Command, Option } from 'commander';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Account } from '../../engine/world/input.ts';
import { Simulation } from '../../engine/world/simulation.ts';
import { worldOf } from '../world-source.ts';

interface Options {
  readonly world?: string;
  readonly seed: string;
  readonly as: Account;
  readonly dialect: 'desktop' | 'core';
  readonly width: string;
}

const pwsh = 'C:\\Program Files\\PowerShell\\7\\pwsh.exe';

export function runCommand(): Command {
  return new Command('run')
    .description('Run a script on a simulated device; prints what its console would print')
    .argument('<script>', 'a .ps1 file')
    .argument('[args...]', 'arguments of the script, after --')
    .option('--world <file|lab>', 'a world file or lab; without it one enrolled device')
    .option('--seed <text>', 'what the world is made from', '1')
    .addOption(new Option('--as <who>', 'who runs it').choices(['system', 'user', 'admin']).default('admin'))
    .addOption(
      new Option('--dialect <name>', 'Windows PowerShell 5.1 or PowerShell 7')
        .choices(['desktop', 'core'])
        .default('desktop'),
    )
    .option('--width <columns>', 'columns of the console', '120')
    .action((script: string, args: string[], options: Options) => {
      const { start, device } = worldOf(options.world, options.seed);
      const simulation = Simulation.start(start, { keepEvents: false });
      const path = `C:\\Labs\\${basename(script)}`;
      simulation.input({ kind: 'file.save', device, path, text: readScript(script) });
      // PowerShell 7 does not come with Windows: who asks for its dialect means a device where it was installed.
      if (options.dialect === 'core') simulation.input({ kind: 'file.save', device, path: pwsh, text: 'MZ' });
      simulation.settle();
      const result = simulation.runScript({
        device,
        as: options.as,
        shell: options.dialect === 'core' ? 'pwsh' : 'powershell',
        arguments: [
          '-NoProfile',
          '-ExecutionPolicy',
          'Bypass',
          '-File',
          quoted(path),
          ...args.map(quoted),
        ].join(' '),
        workingDirectory: 'C:\\Labs',
        width: Number(options.width),
        write: (stream, text) => (stream === 'out' ? process.stdout : process.stderr).write(text),
      });
      if (result.givenUp) process.stderr.write('The script waits for something that cannot come.\n');
      process.exitCode = result.exitCode;
    });
}

/** A byte order mark is not part of the text. */
export function readScript(file: string): string {
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}

/** As Windows programs split their command line: backslashes double before a quote. */
function quoted(text: string): string {
  if (text !== '' && !/[\s"]/.test(text)) return text;
  return `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}
