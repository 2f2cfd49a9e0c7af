import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EngineHost } from '../../src/node/engine-host.ts';
import { parseHostMessage } from '../../src/node/host-messages.ts';
import type { FromHost } from './messages.ts';

const parent = process.parentPort;
const answer = (message: FromHost) => parent.postMessage(message);
let host: EngineHost | undefined;

parent.on('message', ({ data, ports }) => {
  const message = parseHostMessage(data);
  switch (message.kind) {
    case 'open': {
      const { labFolder, attemptFolder, dropInFlight } = message;
      try {
        host = new EngineHost({ labFolder, attemptFolder, dropInFlight, engine: engineId() });
        answer({ kind: 'ready' });
      } catch (error) {
        answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
      }
      return;
    }
    case 'client': {
      const port = ports[0];
      if (!port || !host) return;
      const client = host.connect((frame) => port.postMessage(frame));
      port.on('message', ({ data: frame }) => client.receive(frame));
      port.on('close', () => client.close());
      port.start();
      return;
    }
    case 'interrupt':
      host?.interrupt(message.console);
      answer({ kind: 'interrupted' });
      return;
  }
});

/** Hash of the engine's own bundle, which stands beside this one. */
function engineId(): string {
  const file = join(__dirname, '..', 'engine', 'engine.id');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'source';
}
