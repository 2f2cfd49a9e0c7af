import { Command } from 'commander';
import { SidecarError } from '../base/error.ts';
import { benchCommand } from './commands/bench.ts';
import { corpusCommand } from './commands/corpus.ts';
import { labsCommand } from './commands/labs.ts';
import { parseCommand } from './commands/parse.ts';
import { proveCommand } from './commands/prove.ts';
import { runCommand } from './commands/run.ts';
import { shellCommand } from './commands/shell.ts';
import { simulateCommand } from './commands/simulate.ts';

const program = new Command('sidecar')
  .description('Sidecar Lab: labs, simulated devices and scripts, without the window')
  .showHelpAfterError('(sidecar --help lists the commands)');
for (const command of [
  labsCommand,
  proveCommand,
  runCommand,
  corpusCommand,
  simulateCommand,
  shellCommand,
  parseCommand,
  benchCommand,
])
  program.addCommand(command());

program.parseAsync().catch((error: unknown) => {
  // What the product knows about is a sentence; anything else is a fault of ours and shows where it happened.
  const text = error instanceof SidecarError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`${String(text)}\n`);
  process.exitCode = 1;
});
