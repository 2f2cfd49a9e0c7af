import type { Bytes } from '../base/bytes.ts';
import { utf8Decode } from '../base/bytes.ts';
import type { DeviceId } from '../base/ids.ts';
import type { Instant } from '../base/time.ts';
import { mdmHost } from '../engine/cloud/hosts.ts';
import type { EventStore } from '../engine/world/event-store.ts';

/** A message of an OMA-DM session as it went over the network. */
export interface SyncMlMessage {
  readonly at: Instant;
  readonly from: 'device' | 'server';
  /** `SessionID` and `MsgID` of its header. */
  readonly session: string;
  readonly message: string;
  /** The message, byte for byte. */
  readonly text: string;
}

/** The SyncML messages that each device exchanged with its management server, in their order. */
export function syncMlMessages(events: EventStore): ReadonlyMap<DeviceId, readonly SyncMlMessage[]> {
  const found = new Map<DeviceId, SyncMlMessage[]>();
  const add = (device: DeviceId, at: Instant, from: SyncMlMessage['from'], body: string) => {
    const text = utf8Decode(body as Bytes);
    if (text === '') return;
    const field = (name: string): string => new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1] ?? '';
    const list = found.get(device) ?? [];
    list.push({ at, from, session: field('SessionID'), message: field('MsgID'), text });
    found.set(device, list);
  };
  // What was sent and what came back are in the entries that carry it; the events before them say to which host.
  for (const { data, device, cause, at } of events.all()) {
    if (data.kind !== 'scheduled' || data.data === null || typeof data.data !== 'object') continue;
    const carried = data.data as {
      readonly body?: unknown;
      readonly url?: unknown;
      readonly device?: DeviceId;
    };
    if (typeof carried.body !== 'string') continue;
    const by = cause === null ? undefined : events.get(cause);
    if (by?.data.kind !== 'network' || !by.data.url.startsWith(`https://${mdmHost}/`)) continue;
    if (by.data.direction === 'request' && carried.device !== undefined)
      add(carried.device, at, 'device', carried.body);
    if (by.data.direction === 'response' && device !== '*') add(device, at, 'server', carried.body);
  }
  return found;
}
