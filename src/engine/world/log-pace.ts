import type { Duration } from '../../base/time.ts';
import { microseconds } from '../../base/time.ts';

/**
 * Device time that writing one log record takes. Records of one burst stand some tens to hundreds of microseconds apart
 * in real logs, now and then milliseconds; how far is chosen, and the same for the same record of the same seed. `number`
 * counts the events of the device that `start` is of.
 */
export function logPace(start: number, number: number): Duration {
  const draw = finish(mix(start, String(number)));
  return microseconds(draw % 11 === 0 ? 900 + ((draw >>> 8) % 5200) : 18 + ((draw >>> 8) % 360));
}

/** What the paces of one device begin with. */
export const paceStart = (seed: string, device: string): number => mix(0x811c9dc5, `${seed}|${device}:`);

function mix(hash: number, text: string): number {
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

function finish(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
