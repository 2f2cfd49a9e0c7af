import { Command } from 'commander';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { SidecarError } from '../../base/error.ts';
import { explanationOf, LogExplainer } from '../../engine/agent/explain/index.ts';
import type { UnknownLine } from '../../engine/agent/explain/index.ts';
import { explanationText, offsetOf } from '../explain/explanation-text.ts';
import { logFilesOf, mergedEntries } from '../explain/log-files.ts';

interface Options {
  readonly json?: true;
  readonly unknown?: string;
  readonly offset?: string;
}

export function explainCommand(): Command {
  return new Command('explain')
    .description('Say what agent logs tell, simulated or real: what happened, why, what comes next')
    .argument('<logs...>', 'log files, or folders with them; rolled-over copies belong to their log')
    .option('--json', 'one JSON object instead of text; times in microseconds')
    .option('--unknown <file>', 'write every line that nothing recognised to a file')
    .option('--offset <+hh:mm>', "what the log's clock is ahead of UTC, where no line tells")
    .action((paths: readonly string[], options: Options) => {
      const files = logFilesOf(paths);
      const unknownFile = options.unknown === undefined ? undefined : openSync(options.unknown, 'w');
      const onUnknown =
        unknownFile === undefined
          ? undefined
          : ({ file, line, text }: UnknownLine) => {
              writeSync(unknownFile, `${file}:${line}: ${text}\n`);
            };
      const explainer = new LogExplainer(onUnknown);
      if (options.offset !== undefined) {
        const offset = offsetOf(options.offset);
        if (offset === undefined)
          throw new SidecarError(
            'offset-malformed',
            `Expected an offset such as +02:00, found ${options.offset}`,
            {
              offset: options.offset,
            },
          );
        explainer.story.offset = offset;
      }
      const begun = performance.now();
      for (const { file, entry } of mergedEntries(files)) explainer.take(file, entry);
      const seconds = (performance.now() - begun) / 1000;
      if (unknownFile !== undefined) closeSync(unknownFile);
      const found = explanationOf(explainer);
      if (options.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
      else process.stdout.write(explanationText(found));
      const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
      process.stderr.write(
        `${files.length} files, ${megabytes.toFixed(1)} MB in ${seconds.toFixed(2)} s (${(megabytes / seconds).toFixed(0)} MB/s)\n`,
      );
    });
}
