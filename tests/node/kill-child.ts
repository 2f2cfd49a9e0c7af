// node kill-child.ts FOLDER: opens the attempt, says so, does what is left and prints the final hash.
import { join } from 'node:path';
import { EngineHost } from '../../src/node/engine-host.ts';
import { goOn } from './journal-driver.ts';
import { childActs } from './kill-child-acts.ts';

const host = new EngineHost({
  labFolder: join(import.meta.dirname, 'small-lab'),
  attemptFolder: process.argv[2] ?? '',
  engine: 'test',
  seed: '1',
});
process.stdout.write('open\n');
process.stdout.write(`hash ${await goOn(host, childActs)}\n`);
host.close();
