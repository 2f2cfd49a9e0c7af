import type { EventId } from '../../src/base/ids.ts';
import { eventId, processId } from '../../src/base/ids.ts';
import { ok } from '../../src/base/result.ts';
import { plus } from '../../src/base/time.ts';
import type { DeviceChange } from '../../src/engine/device/change.ts';
import type { DeviceDraft } from '../../src/engine/device/device-draft.ts';
import type { Host, Identity } from '../../src/engine/powershell/host.ts';
import { createHost } from '../../src/engine/world/host/index.ts';
import type { HostOptions } from '../../src/engine/world/host/index.ts';
import { bare, draftOf, testStart, testTime } from './bare-device.ts';

export const who = {
  admin: {},
  user: { elevated: false },
  system: {
    name: 'NT AUTHORITY\\SYSTEM',
    sid: 'S-1-5-18',
    isSystem: true,
    sessionId: 0,
    profile: 'C:\\Windows\\System32\\config\\systemprofile',
  },
} as const;

/** A device with a signed-in user, ports for several identities on it, and all that they wrote. */
export class DeviceUnderTest {
  readonly time = { now: testTime };
  readonly draft: DeviceDraft = draftOf(bare(), this.time);
  readonly written: DeviceChange[] = [];
  readonly asked: string[] = [];
  readonly touched: string[] = [];

  constructor() {
    const sid = testStart.users[0]?.sid ?? '';
    this.draft.apply({ kind: 'session.sign-in', sid, sessionId: 1 }, null);
  }

  host(identity: Partial<Identity> = {}, options: Partial<HostOptions> = {}): Host {
    return createHost({
      draft: () => this.draft,
      identity: {
        name: 'AzureAD\\AdeleVance',
        sid: testStart.users[0]?.sid ?? '',
        isSystem: false,
        elevated: true,
        process64Bit: true,
        profile: 'C:\\Users\\AdeleVance',
        sessionId: 1,
        processId: processId(5000),
        interactive: true,
        ...identity,
      },
      environment: new Map([
        ['Path', 'C:\\Windows\\system32;C:\\Windows;C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\'],
        ['PATHEXT', '.COM;.EXE;.BAT;.CMD'],
      ]),
      now: () => this.time.now,
      spend: (cost) => {
        this.time.now = plus(this.time.now, cost);
      },
      emit: (change) => {
        this.written.push(change);
        return this.draft.apply(change, this.writer());
      },
      startProcess: (request) => {
        this.asked.push(`start ${request.file}`);
        return ok({ id: processId(6000) });
      },
      killProcess: (id) => {
        this.asked.push(`kill ${id}`);
        return ok(undefined);
      },
      askService: (name, wanted) => {
        this.asked.push(`${wanted} ${name}`);
        return ok(undefined);
      },
      ...options,
    });
  }

  private writer(): EventId {
    return eventId(`BW-W11-5:${this.written.length}`);
  }
}
