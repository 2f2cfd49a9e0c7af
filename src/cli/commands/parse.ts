import { Command } from 'commander';
import { parseText } from '../../engine/powershell/parse/index.ts';
import { tokenLines, treeLines } from '../../engine/powershell/parse/lines.ts';
import { readScript } from './run.ts';

export function parseCommand(): Command {
  return new Command('parse')
    .description('Parse a script: its errors, and its tree or tokens, one a line as `Name start end`')
    .argument('<file>', 'a .ps1 file')
    .option('--ast', 'the syntax tree')
    .option('--tokens', 'the tokens')
    .action((file: string, options: { readonly ast?: true; readonly tokens?: true }) => {
      const result = parseText(readScript(file), file);
      if (options.ast) print(treeLines(result.ast));
      if (options.tokens) print(tokenLines(result.tokens));
      for (const { errorId, message, extent } of result.errors)
        process.stderr.write(
          `${file}:${extent.startLineNumber}:${extent.startColumnNumber}: ${errorId}: ${message}\n`,
        );
      if (result.errors.length > 0) process.exitCode = 1;
    });
}

function print(lines: readonly string[]): void {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
}
