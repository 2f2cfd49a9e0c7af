import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cmdlet, CmdletParameter } from '../../src/engine/powershell/cmdlets/cmdlet.ts';
import { cmdlets } from '../../src/engine/powershell/cmdlets/index.ts';
import { differences } from '../../src/engine/powershell/dialects/index.ts';
import type { Difference } from '../../src/engine/powershell/dialects/index.ts';
import { knownTypes } from '../../src/engine/powershell/types/registry.ts';
import { runCase } from './powershell-cases.ts';
import { caseFiles, caseKey, notCovered } from './recorded-cases.ts';

const root = join(import.meta.dirname, '..', '..');
export const docsPath = join(root, 'docs', 'powershell.md');

/** Names with marks that Markdown would take for its own. */
const escaped = (text: string): string => text.replace(/[*_[\]<>`%]/g, '\\$&');
const cell = (text: string): string =>
  text.replace(/\|/g, '\\|').replace(/\r?\n/g, '⏎').replace(/</g, '&lt;');
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), `| ${head.map(() => '---').join(' | ')} |`, ...rows.map((one) => row(...one))].join('\n');
const byName = <T extends { readonly name: string }>(list: readonly T[]): T[] =>
  [...list].sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));

const engineName = { desktop: '5.1', core: '7.6' } as const;
const parameterText = ({ name, type, dialect }: CmdletParameter): string =>
  `-${name}${type === 'switch' ? '' : ` ${type.replace(/(?:\w+\.)+(\w+)/g, '$1')}`}${dialect ? ` (${engineName[dialect]})` : ''}`;

function catalogue(): string {
  const areas = Object.entries(differences) as [string, Readonly<Record<string, Difference>>][];
  return areas
    .map(
      ([name, entries]) =>
        `### ${name[0]?.toUpperCase()}${name.slice(1)}\n\n${table(
          ['entry', 'what', 'Windows PowerShell 5.1', 'PowerShell 7.6', 'source'],
          Object.values(entries).map(({ id, what, desktop, core, source }) => [
            `\`${id}\``,
            what,
            desktop,
            core,
            source,
          ]),
        )}`,
    )
    .join('\n\n');
}

function onlyIn(dialect: 'desktop' | 'core'): string {
  const own = byName(cmdlets.filter((one) => one.dialect === dialect));
  const parts = byName(cmdlets.filter((one) => one.dialect === undefined)).flatMap((one) => {
    const given = one.parameters
      .filter((parameter) => parameter.dialect === dialect)
      .map((parameter) => parameter.name);
    return given.length > 0 ? [`${one.name}: ${[...new Set(given)].join(', ')}`] : [];
  });
  return `Commands: ${own.map((one) => one.name).join(', ') || 'none'}.\n\nParameters: ${parts.join('; ')}.`;
}

function commands(): string {
  const modules = new Map<string, Cmdlet[]>();
  for (const one of cmdlets)
    modules.set(one.module || 'the session itself', [
      ...(modules.get(one.module || 'the session itself') ?? []),
      one,
    ]);
  return [...modules]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, list]) =>
        `### ${name}\n\n${byName(list)
          .map((one) => {
            const marks = [
              ...(one.dialect ? [`only ${engineName[one.dialect]}`] : []),
              ...(one.aliases ?? []),
            ];
            return `- **${one.name}**${marks.length > 0 ? ` (${escaped(marks.join(', '))})` : ''}: ${escaped(one.parameters.map(parameterText).join(', ')) || 'no parameters'}`;
          })
          .join('\n')}`,
    )
    .join('\n\n');
}

function types(): string {
  const rows = [...knownTypes()]
    .filter((type) => !type.scriptClass)
    .sort((a, b) => (a.fullName < b.fullName ? -1 : 1))
    .flatMap((type) => {
      const statics = [...type.staticMembers.values()]
        .filter((one) => one.hidden !== true)
        .map((one) => `::${one.name}`);
      const members = [...type.instanceMembers.values()]
        .filter((one) => one.hidden !== true)
        .map((one) => one.name);
      const values = type.enumValues ? [...type.enumValues.keys()] : [];
      const all = [...statics, ...members, ...values];
      const made = type.constructors.length > 0 ? ['new'] : [];
      return all.length + made.length > 0
        ? [`- \`${type.fullName}\`: ${escaped([...made, ...all].join(', '))}`]
        : [];
    });
  return `${rows.length} types.\n\n${rows.join('\n')}`;
}

/** The first line that is not as recorded. */
function firstDifference(expected: string, got: string): string {
  const wanted = expected.split('\n');
  const have = got.split('\n');
  const at = wanted.findIndex((line, i) => line !== have[i]);
  return at < 0
    ? `more output: ${have[wanted.length] ?? ''}`
    : `expected \`${(wanted[at] ?? '').slice(0, 90)}\`, got \`${(have[at] ?? 'nothing').slice(0, 90)}\``;
}

function missing(): string {
  const listed = notCovered();
  const rows: string[][] = [];
  let total = 0;
  for (const file of caseFiles()) {
    total += file.cases.length;
    for (const one of file.cases) {
      const key = caseKey(file, one);
      if (!listed.has(key)) continue;
      const { output, errors } = runCase(one);
      const ids = (list: readonly { readonly id: string }[]): string =>
        list.map((error) => error.id).join(', ') || 'no error';
      const why =
        output === one.output
          ? `errors: expected ${ids(one.errors)}, got ${ids(errors)}`
          : firstDifference(one.output, output);
      rows.push([`\`${key}\``, one.title, why]);
    }
  }
  const percent = (((total - rows.length) / total) * 100).toFixed(1);
  return `${total - rows.length} of ${total} recorded cases give exactly what PowerShell 7.6.5 printed (${percent} %). These do not:\n\n${table(['case', 'what it is about', 'first difference'], rows)}`;
}

/** What does not pass of the PowerShell team's own tests, by cause, where it was counted. */
function teamTests(): string {
  const path = join(root, 'tests', 'powershell', 'team-tests.tsv');
  if (!existsSync(path)) return 'Not counted yet.';
  const [head = '', ...lines] = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  return table(
    head.split('\t'),
    lines.map((line) => line.split('\t')),
  );
}

/** The whole page. Everything in it comes from the code and the tests' lists. */
export const powershellDocs = (): string => `# PowerShell in Sidecar Lab

Written by \`node tests/support/write-powershell-docs.ts\` from the code; a test fails where it is out of date.

One engine in two dialects: \`desktop\` is Windows PowerShell 5.1 (\`powershell.exe\`), \`core\` is PowerShell 7.6
(\`pwsh.exe\`). It reaches a device only through \`src/engine/powershell/host.ts\`.

## What the dialects do differently

Code asks an entry of this catalogue (\`src/engine/powershell/dialects/\`), never the dialect itself; lint sees to it.

${catalogue()}

### Only in Windows PowerShell 5.1

${onlyIn('desktop')}

### Only in PowerShell 7.6

${onlyIn('core')}

## What is not covered

### Recorded cases

${missing()}

### The PowerShell team's own tests

${teamTests()}

### C# in \`Add-Type\`

There is no compiler. Classes of \`[DllImport]\` declarations are understood where the function is one of
\`cmdlets/session/native-functions.ts\`, enums always, a few classes that everybody copies by
\`cmdlets/session/native-classes.ts\`. Anything else is refused, and the error says what stood in the way.

## Commands

${cmdlets.length} commands.

${commands()}

## Types

${types()}
`;
