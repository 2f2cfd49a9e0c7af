import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fidelityText } from './fidelity.ts';
import { grandTour, servedBy } from './grand-tour.ts';

/** Writes `docs/fidelity.md` anew: `node tests/support/write-fidelity.ts`. */
writeFileSync(
  join(import.meta.dirname, '..', '..', 'docs', 'fidelity.md'),
  fidelityText(new Set<string>(servedBy(grandTour()).keys())),
);
