import { Command } from 'commander';
import { benchCommand } from './commands/bench.ts';
import { conformCommand } from './commands/conform.ts';
import { corpusCommand } from './commands/corpus.ts';
import { explainCommand } from './commands/explain.ts';
import { labsCommand } from './commands/labs.ts';
import { parseCommand } from './commands/parse.ts';
import { proveCommand } from './commands/prove.ts';
import { runCommand } from './commands/run.ts';
import { shellCommand } from './commands/shell.ts';
import { simulateCommand } from './commands/simulate.ts';

/** The `sidecar` command with all its sub-commands. */
export function sidecarProgram(): Command {
  const program = new Command('sidecar')
    .description('Sidecar Lab: labs, simulated devices and scripts, without the window')
    .showHelpAfterError('(sidecar --help lists the commands)');
  for (const command of [
    labsCommand,
    proveCommand,
    runCommand,
    corpusCommand,
    simulateCommand,
    explainCommand,
    shellCommand,
    parseCommand,
    conformCommand,
    benchCommand,
  ])
    program.addCommand(command());
  return program;
}
