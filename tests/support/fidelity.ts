import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { messages } from '../../src/engine/agent/index.ts';
import { ruleCatalogues } from './grand-tour.ts';
import type { AnyRule } from './grand-tour.ts';

const tests = join(import.meta.dirname, '..');

/** Tests that name each rule, by the rule's id: files under `tests/` whose text has it in quotes. */
function testsByRule(): ReadonlyMap<string, readonly string[]> {
  const byRule = new Map<string, string[]>();
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .sort();
  for (const file of files) {
    const text = readFileSync(join(tests, file), 'utf8');
    for (const id of new Set(
      [...text.matchAll(/['"[]((?:[a-z][a-z0-9-]*\.)+[a-z0-9-]+)['"\]]/g)].map(([, one = '']) => one),
    ))
      byRule.set(id, [...(byRule.get(id) ?? []), relative(tests, join(tests, file)).split(sep).join('/')]);
  }
  return byRule;
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function ruleRow(rule: AnyRule, named: readonly string[], toured: boolean): string {
  const shown = [...named.slice(0, 3).map((file) => `\`${file}\``), ...(toured ? ['grand tour'] : [])];
  const says = rule.otherwise === undefined ? rule.says : `${rule.says} Otherwise: ${rule.otherwise}`;
  return `| \`${rule.id}\` | ${cell(says)} | ${rule.confidence} | ${cell(rule.sources.join('; '))} | ${shown.join(', ')} |`;
}

/**
 * `docs/fidelity.md`: what the product says about real Windows, Intune and the agent, how sure it is, and what shows it.
 * Made from the catalogues, the tests that name a rule, and the rules that the grand tour causes.
 */
export function fidelityText(toured: ReadonlySet<string>): string {
  const byRule = testsByRule();
  const out = [
    '# Fidelity',
    '',
    'What the simulated devices and their service do, each behaviour with how sure we are and where it is known from. Made',
    'from the catalogues by `node tests/support/write-docs.ts`; a test fails where it is stale. Tests are files under',
    '`tests/` that name the rule; the grand tour is `tests/worlds/grand-tour.yaml`, a week that causes every rule.',
    '',
    'Confidence: documented (written in public documentation), observed (seen on devices or in several tools), inferred',
    '(concluded by us), disputed (sources disagree; both sides are named).',
  ];
  for (const { part, rules } of ruleCatalogues) {
    out.push(
      '',
      `## ${part}`,
      '',
      '| Rule | Behaviour | Confidence | Sources | Tests |',
      '| --- | --- | --- | --- | --- |',
    );
    for (const rule of [...rules].sort((a, b) => (a.id < b.id ? -1 : 1)))
      out.push(ruleRow(rule, byRule.get(rule.id) ?? [], toured.has(rule.id)));
  }
  out.push(
    '',
    '## Log messages',
    '',
    '| Log | Messages | Observed | Public texts | Inferred |',
    '| --- | ---: | ---: | ---: | ---: |',
  );
  const all = [...messages.values()];
  for (const log of [...new Set(all.map((message) => message.log))].sort()) {
    const of = all.filter((message) => message.log === log);
    const count = (origin: string): number => of.filter((message) => message.origin === origin).length;
    out.push(
      `| ${log}.log | ${of.length} | ${count('observed')} | ${count('public')} | ${count('inferred')} |`,
    );
  }
  const inferred = all.filter(({ origin }) => origin === 'inferred').sort((a, b) => (a.id < b.id ? -1 : 1));
  out.push('', 'No source has these words; they are marked in the window:', '');
  for (const { id, template } of inferred) out.push(`- \`${id}\`: \`${template.replaceAll('\r\n', ' ⏎ ')}\``);
  return `${out.join('\n')}\n`;
}

/** Rules that neither a test names nor the tour causes. */
export function unshownRules(toured: ReadonlySet<string>): readonly string[] {
  const byRule = testsByRule();
  return ruleCatalogues.flatMap(({ rules }) =>
    rules.filter(({ id }) => !toured.has(id) && !byRule.has(id)).map(({ id }) => id),
  );
}
