import { Command, Option } from 'commander';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SidecarError } from '../../base/error.ts';
import { desktopFile, expectedIn, parseCases, runCase } from '../conform/recorded-case.ts';

interface Options {
  readonly dialect: 'core' | 'desktop';
  readonly only?: string;
  readonly json?: true;
}

interface Row {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly expected: string;
  readonly output: string;
  readonly crash?: string;
}

export function conformCommand(): Command {
  return new Command('conform')
    .description('Run recorded cases and compare with what real PowerShell printed')
    .argument('<dir>', 'folder with case files, or one file')
    .addOption(
      new Option('--dialect <name>', 'which engine: cases marked ps7 run in core only')
        .choices(['core', 'desktop'])
        .default('core'),
    )
    .option('--only <text>', 'cases whose file, id or title has this text')
    .option('--json', 'one JSON array instead of lines')
    .action((dir: string, options: Options) => {
      const rows = filesOf(dir).flatMap((path) => rowsOf(path, relative(dir, path) || path, options));
      if (rows.length === 0)
        throw new SidecarError(
          'no-cases',
          `Expected recorded cases (### 01-001: title) in ${dir}, found none`,
          {
            dir,
          },
        );
      const passed = rows.filter((row) => row.passed).length;
      if (options.json) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
      else {
        for (const row of rows)
          if (!row.passed)
            process.stdout.write(
              `FAILED ${row.file} ${row.id}: ${row.title}${row.crash ? ' (crash)' : ''}\n`,
            );
        process.stdout.write(`${passed} passed, ${rows.length - passed} failed\n`);
      }
      if (passed < rows.length) process.exitCode = 1;
    });
}

function filesOf(dir: string): readonly string[] {
  if (statSync(dir).isFile()) return [dir];
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.txt') && !name.endsWith('.desktop.txt'))
    .sort()
    .map((name) => join(dir, name));
}

function rowsOf(path: string, file: string, { dialect, only }: Options): readonly Row[] {
  const other = desktopFile(path);
  const desktop = dialect === 'desktop' && existsSync(other) ? parseCases(readFileSync(other, 'utf8')) : [];
  return expectedIn(parseCases(readFileSync(path, 'utf8')), dialect, desktop)
    .filter((one) => only === undefined || `${file} ${one.id} ${one.title}`.includes(only))
    .map((one) => {
      const { passed, output, crash } = runCase(one, dialect);
      return {
        file,
        id: one.id,
        title: one.title,
        passed,
        expected: one.output,
        output,
        ...(crash === undefined ? {} : { crash }),
      };
    });
}
