import type { DeviceId, EventId, ProcessId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import type { CertificateRecord, QueueData, ServiceDefinition, TaskDefinition } from './change.ts';
import type { DeviceStart } from './device-start.ts';
import type { DirectoryNode } from './filesystem/file-node.ts';
import type { Keyed, KeyedMap } from './keyed-map.ts';
import type { KeyNode } from './registry/key-node.ts';

/**
 * A device at a moment: one immutable value that shares what did not change with the device it came from. Saved by
 * keeping a reference, gone to by using it.
 */
export interface Device {
  readonly id: DeviceId;
  readonly start: DeviceStart;
  readonly hklm: KeyNode;
  readonly hku: KeyNode;
  /** Parent of the drives. */
  readonly volume: DirectoryNode;
  /** Bytes that the files take. */
  readonly diskUsed: number;
  readonly services: KeyedMap<ServiceRecord>;
  readonly processes: KeyedMap<ProcessRecord>;
  readonly tasks: KeyedMap<TaskRecord>;
  readonly eventLogs: KeyedMap<EventLogRecord>;
  readonly certificates: KeyedMap<KeptCertificate>;
  /** In the order of signing in. */
  readonly sessions: readonly SessionRecord[];
  /** Notifications that users can see, the oldest first. */
  readonly toasts: readonly ToastRecord[];
  readonly memory: KeyedMap<MemoryRecord>;
  /** How many numbers each purpose has drawn. */
  readonly draws: KeyedMap<DrawRecord>;
  readonly machine: MachineRecord;
}

/** `asleep`: memory is kept, nothing runs; `hibernated`: the same, with the memory on disk. */
export type PowerState = 'on' | 'asleep' | 'hibernated' | 'off';

export interface MachineRecord {
  readonly bootedAt: Instant;
  readonly networkUp: boolean;
  readonly power: PowerState;
  /** When it came to that, by its own clock. */
  readonly powerSince: Instant;
  /** How far its clock is ahead of the true time: 0 unless somebody set it. */
  readonly clockAhead: Duration;
  readonly nextProcessId: number;
  /** Order numbers given to what is kept in the order of its making. */
  readonly nextOrder: number;
}

export interface ServiceRecord extends Keyed {
  readonly definition: ServiceDefinition;
  readonly status: string;
  readonly processId: ProcessId | null;
  /** How often its process has ended by itself, and when last; null: never since Windows started. */
  readonly failures: { readonly count: number; readonly last: Instant } | null;
  readonly writer: EventId | null;
}

export interface ProcessRecord extends Keyed {
  readonly id: ProcessId;
  /** Full path of the image; '' for the kernel's own. */
  readonly file: string;
  readonly arguments: string;
  readonly parentId: ProcessId | null;
  /** `DOMAIN\user` form. */
  readonly user: string;
  readonly sessionId: number;
  readonly bitness: 32 | 64;
  readonly started: Instant;
  /** The service it runs; null for others. */
  readonly service: string | null;
  /** Bytes. */
  readonly workingSet: number;
  readonly handles: number;
  readonly writer: EventId | null;
}

export interface TaskRecord extends Keyed {
  readonly definition: TaskDefinition;
  readonly lastRun: Instant | null;
  readonly lastResult: number;
  readonly writer: EventId | null;
}

export interface EventRecordEntry {
  readonly provider: string;
  readonly id: number;
  readonly level: number;
  readonly message: string;
  readonly at: Instant;
  readonly recordId: number;
  readonly writer: EventId | null;
}

/** One log of the event viewer; the newest entry last. */
export interface EventLogRecord extends Keyed {
  readonly name: string;
  readonly entries: readonly EventRecordEntry[];
}

export interface KeptCertificate extends Keyed {
  readonly certificate: CertificateRecord;
  readonly writer: EventId | null;
}

export interface SessionRecord {
  readonly sid: string;
  readonly sessionId: number;
  readonly locked: boolean;
  readonly since: Instant;
  readonly writer: EventId | null;
}

export interface ToastRecord {
  readonly sid: string;
  readonly name: string;
  readonly subject: string;
  readonly title: string;
  readonly text: string;
  readonly at: Instant;
  readonly writer: EventId | null;
}

export interface MemoryRecord extends Keyed {
  readonly key: string;
  readonly value: QueueData;
  readonly order: number;
  readonly writer: EventId | null;
}

export interface DrawRecord extends Keyed {
  readonly count: number;
}
