import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { fidelityText } from './fidelity.ts';
import { grandTour, ruleCatalogues, servedBy } from './grand-tour.ts';

/**
 * Writes what is made from the catalogues: `docs/fidelity.md`, and the rules of each statement in `docs/workshop.md`.
 * `node tests/support/write-docs.ts`
 */
const docs = join(import.meta.dirname, '..', '..', 'docs');
writeFileSync(join(docs, 'fidelity.md'), fidelityText(new Set<string>(servedBy(grandTour()).keys())));

const workshop = join(docs, 'workshop.md');
const rows = readFileSync(workshop, 'utf8')
  .split('\n')
  .map((line) => {
    const statement = /^\| (W\d\d) /.exec(line)?.[1];
    if (statement === undefined) return line;
    const cells = line.split('|');
    const ids = ruleCatalogues.flatMap(({ rules }) =>
      rules.flatMap((rule) => (rule.workshop?.includes(statement) === true ? [rule.id] : [])),
    );
    cells[3] = ids
      .sort()
      .map((id) => ` \`${id}\``)
      .join(',');
    return cells.join('|');
  });
writeFileSync(workshop, await format(rows.join('\n'), { parser: 'markdown', printWidth: 110 }));
