import { consoleId, deviceId } from '../../src/base/ids.ts';
import { hours, plus } from '../../src/base/time.ts';
import type { Input } from '../../src/engine/world/input.ts';
import type { EngineHost } from '../../src/node/engine-host.ts';

/** An input of a learner's way, made when its turn comes: an advance depends on the clock. */
export type Act = (host: EngineHost) => Input;

const admin = consoleId('admin');

export const openAdmin: Act = (host) => ({
  kind: 'console.open',
  device: host.device,
  console: admin,
  as: 'admin',
  width: 120,
  height: 30,
  shell: 'powershell',
});

export const typed =
  (text: string): Act =>
  (host) => ({ kind: 'console.line', device: deviceId(host.device), console: admin, text });

export const saved =
  (path: string, text: string): Act =>
  (host) => ({ kind: 'file.save', device: deviceId(host.device), path, text });

export const advanced =
  (count: number): Act =>
  (host) => ({ kind: 'advance', to: plus(host.timeline.simulation.now, hours(count)) });

/** Does what is left of a way: as many of its acts as the attempt has inputs are done. Returns the final state's hash. */
export async function goOn(host: EngineHost, acts: readonly Act[]): Promise<string> {
  await host.atRest();
  for (const act of acts.slice(host.timeline.attempt.entries.size)) {
    host.take(act(host));
    await host.atRest();
  }
  return host.timeline.simulation.hash();
}
