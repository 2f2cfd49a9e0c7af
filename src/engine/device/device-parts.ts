import type { DeviceId, EventId, ProcessId } from '../../base/ids.ts';
import { processId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type {
  Device,
  EventLogRecord,
  KeptCertificate,
  MachineRecord,
  MemoryRecord,
  ProcessRecord,
  ServiceRecord,
  SessionRecord,
  TaskRecord,
  ToastRecord,
} from './device.ts';
import type { DeviceStart } from './device-start.ts';
import { Draws } from './draws.ts';
import { FileEditor } from './filesystem/file-editor.ts';
import type { LogText } from './filesystem/log-text.ts';
import type { KeyedMap, Owner } from './keyed-map.ts';
import { keyed } from './keyed-map.ts';
import { RegistryEditor } from './registry/registry-editor.ts';
import { Table } from './table.ts';

/** All that a draft changes, part by part; what applies a change to a part takes this. */
export class DeviceParts {
  readonly id: DeviceId;
  readonly start: DeviceStart;
  readonly registry: RegistryEditor;
  readonly files: FileEditor;
  readonly services: Table<ServiceRecord>;
  readonly processes: Table<ProcessRecord>;
  readonly tasks: Table<TaskRecord>;
  readonly eventLogs: Table<EventLogRecord>;
  readonly certificates: Table<KeptCertificate>;
  sessions: readonly SessionRecord[];
  toasts: readonly ToastRecord[];
  memory: KeyedMap<MemoryRecord>;
  machine: MachineRecord;
  owner: Owner = {};
  readonly #draws: Draws;

  constructor(device: Device, seed: string, logText: LogText) {
    this.id = device.id;
    this.start = device.start;
    this.registry = new RegistryEditor(device.hklm, device.hku);
    this.files = new FileEditor(device.volume, device.diskUsed, logText);
    this.services = new Table(device.services);
    this.processes = new Table(device.processes);
    this.tasks = new Table(device.tasks);
    this.eventLogs = new Table(device.eventLogs);
    this.certificates = new Table(device.certificates);
    this.sessions = device.sessions;
    this.toasts = device.toasts;
    this.memory = device.memory;
    this.machine = device.machine;
    this.#draws = new Draws(device.draws, seed, device.id);
  }

  /** The parts as a device, which later edits leave as it is. */
  freeze(): Device {
    const device: Device = {
      id: this.id,
      start: this.start,
      hklm: this.registry.root('HKLM'),
      hku: this.registry.root('HKU'),
      volume: this.files.root,
      diskUsed: this.files.used,
      services: this.services.map,
      processes: this.processes.map,
      tasks: this.tasks.map,
      eventLogs: this.eventLogs.map,
      certificates: this.certificates.map,
      sessions: this.sessions,
      toasts: this.toasts,
      memory: this.memory,
      draws: this.#draws.release(),
      machine: this.machine,
    };
    this.owner = {};
    for (const part of [
      this.registry,
      this.files,
      this.services,
      this.processes,
      this.tasks,
      this.eventLogs,
      this.certificates,
    ])
      part.release();
    return device;
  }

  random(purpose: string): number {
    return this.#draws.next(purpose);
  }

  newProcessId(): ProcessId {
    const id = this.machine.nextProcessId;
    // Windows gives multiples of four, with gaps left by what came and went in between.
    const nextProcessId = id + 4 * (1 + (this.random('process-id') % 23));
    this.machine = { ...this.machine, nextProcessId };
    return processId(id);
  }

  nextOrder(): number {
    const order = this.machine.nextOrder;
    this.machine = { ...this.machine, nextOrder: order + 1 };
    return order;
  }

  /** `AzureAD\name` of who has the session, else the user of the first start. */
  userOf(sessionId: number): string {
    const sid = this.sessions.find((session) => session.sessionId === sessionId)?.sid;
    const user = this.start.users.find((one) => one.sid === sid);
    return user ? `AzureAD\\${user.name}` : `${this.id}\\defaultuser0`;
  }

  addProcess(
    process: Pick<ProcessRecord, 'file' | 'user' | 'sessionId' | 'started'> & Partial<ProcessRecord>,
    writer: EventId | null,
  ): void {
    const id = process.id ?? this.newProcessId();
    this.processes.put({
      ...keyed(String(id)),
      id,
      arguments: '',
      parentId: null,
      bitness: 64,
      service: null,
      workingSet: process.workingSet ?? 6_291_456 + (this.random('working-set') % 33_554_432),
      handles: process.handles ?? 90 + (this.random('handles') % 500),
      writer,
      ...process,
    });
  }

  /** False where there is no such process. */
  endProcess(id: ProcessId): boolean {
    return this.processes.delete(keyed(String(id)));
  }
}

/** When and by which event something is written. */
export interface Stamp {
  readonly at: Instant;
  readonly writer: EventId | null;
}
