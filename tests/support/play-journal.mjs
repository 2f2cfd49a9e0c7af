// Plays a world and a journal on the built engine and prints a hash of everything that came of it. Runs on any runtime
// that has Node's modules: node play-journal.mjs ENGINE JSON
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { Simulation } = createRequire(import.meta.url)(process.argv[2]);
const { start, journal } = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const simulation = Simulation.start(start);
for (const input of journal) {
  simulation.input(input);
  simulation.settle();
}
const events = JSON.stringify(simulation.events.all(), (_key, value) =>
  typeof value === 'bigint' ? `${value}n` : value,
);
const hash = createHash('sha256').update(events).digest('hex');
process.stdout.write(`${simulation.events.length} events ${hash} state ${simulation.hash()}\n`);
