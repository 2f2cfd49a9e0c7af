import { assertNever } from '../../base/assert-never.ts';
import type { Bytes } from '../../base/bytes.ts';
import type { DeviceId, EventId, ProcessId } from '../../base/ids.ts';
import { processId } from '../../base/ids.ts';
import { ok } from '../../base/result.ts';
import type { Duration, Instant } from '../../base/time.ts';
import type { Zone } from '../clock/zone.ts';
import { zoneOrUtc } from '../clock/zone.ts';
import { bootProcesses, desktopProcesses, servicePrograms } from './processes/boot-processes.ts';
import { profileOf } from './accounts/profile.ts';
import type { DeviceChange, QueueData, ServiceDefinition } from './change.ts';
import { textBefore } from './change-text.ts';
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
} from './device.ts';
import type { DeviceReader, FileRead, KeyRead, ServiceRead, UserRead, Written } from './device-reader.ts';
import type { DeviceStart, OsName } from './device-start.ts';
import { FileEditor, imageContent } from './filesystem/file-editor.ts';
import type { VolumeNode } from './filesystem/file-node.ts';
import { childrenOf, lengthOf } from './filesystem/file-node.ts';
import { normalPath } from './filesystem/file-path.ts';
import type { LogText } from './filesystem/log-text.ts';
import { lastMessageAt } from './filesystem/log-content.ts';
import { serviceValues } from './image/services.ts';
import { valuesEqual } from './registry/value-text.ts';
import { rollOver } from './filesystem/log-roll-over.ts';
import type { KeyedMap, Owner } from './keyed-map.ts';
import { keyed, keyedExactly, mapDelete, mapGet, mapList, mapPut } from './keyed-map.ts';
import { RandomNumbers } from './random.ts';
import type { DeviceResult } from './refusal.ts';
import { refuse } from './refusal.ts';
import { subKeysOf, valuesOf } from './registry/key-node.ts';
import { RegistryEditor } from './registry/registry-editor.ts';
import type { RegistryHiveName, StoredRegistryValue } from './registry/registry-value.ts';

export interface DraftOptions {
  /** Time of the device, which stamps what is written. */
  readonly now: () => Instant;
  readonly seed: string;
  readonly logText: LogText;
}

/** Where the agent's program stands; its file version is the version of the installed agent. */
export const agentProgram =
  'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Microsoft.Management.Services.IntuneWindowsAgent.exe';

const gibibyte = 1024 ** 3;
const zoneKey = 'SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation';
const servicesKey = 'SYSTEM\\CurrentControlSet\\Services';
const versionKey = 'SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
const loggingKey = 'SOFTWARE\\Microsoft\\IntuneWindowsAgent\\Logging';

/**
 * A device being changed. Reading sees what was written so far. `freeze` gives the device as a value, for nothing where
 * nothing was written; the draft can go on after it and never changes a device that it gave.
 */
export class DeviceDraft implements DeviceReader {
  readonly id: DeviceId;
  readonly start: DeviceStart;
  readonly #options: DraftOptions;
  readonly #random: RandomNumbers;
  readonly #registry: RegistryEditor;
  readonly #files: FileEditor;
  #device: Device;
  #owner: Owner = {};
  #dirty = false;
  #services: KeyedMap<ServiceRecord>;
  #processes: KeyedMap<ProcessRecord>;
  #tasks: KeyedMap<TaskRecord>;
  #eventLogs: KeyedMap<EventLogRecord>;
  #certificates: KeyedMap<KeptCertificate>;
  #sessions: readonly SessionRecord[];
  #memory: KeyedMap<MemoryRecord>;
  #machine: MachineRecord;
  /** Counts of this draft; those of the device where a purpose is not in it. */
  readonly #draws = new Map<string, number>();
  #zone: { readonly name: StoredRegistryValue | undefined; readonly zone: Zone } | undefined;

  constructor(device: Device, options: DraftOptions) {
    this.id = device.id;
    this.start = device.start;
    this.#options = options;
    this.#device = device;
    this.#random = new RandomNumbers(options.seed, device.id);
    this.#registry = new RegistryEditor(device.hklm, device.hku);
    this.#files = new FileEditor(device.volume, device.diskUsed, options.logText);
    this.#services = device.services;
    this.#processes = device.processes;
    this.#tasks = device.tasks;
    this.#eventLogs = device.eventLogs;
    this.#certificates = device.certificates;
    this.#sessions = device.sessions;
    this.#memory = device.memory;
    this.#machine = device.machine;
  }

  /** True where `freeze` would give a new device. */
  get dirty(): boolean {
    return this.#dirty;
  }

  freeze(): Device {
    if (!this.#dirty) return this.#device;
    let draws = this.#device.draws;
    for (const [purpose, count] of this.#draws) {
      const entry = keyedExactly(purpose);
      draws = mapPut(draws, { folded: entry.folded, code: entry.code, count }, this.#owner);
    }
    this.#device = {
      id: this.id,
      start: this.start,
      hklm: this.#registry.root('HKLM'),
      hku: this.#registry.root('HKU'),
      volume: this.#files.root,
      diskUsed: this.#files.used,
      services: this.#services,
      processes: this.#processes,
      tasks: this.#tasks,
      eventLogs: this.#eventLogs,
      certificates: this.#certificates,
      sessions: this.#sessions,
      memory: this.#memory,
      draws,
      machine: this.#machine,
    };
    this.#draws.clear();
    this.#owner = {};
    this.#registry.release();
    this.#files.release();
    this.#dirty = false;
    return this.#device;
  }

  // --- reading -----------------------------------------------------------------------------------------------------

  get now(): Instant {
    return this.#options.now();
  }
  get os(): OsName {
    return this.start.os;
  }
  get osVersion(): string {
    const build = this.#text('HKLM', versionKey, 'CurrentBuild') ?? '0';
    const revision = this.value('HKLM', versionKey, 'UBR')?.value;
    return `10.0.${build}.${revision?.kind === 'DWord' ? revision.data : 0}`;
  }
  /** Upper case, at most 15 characters, as the registry has it. */
  get computerName(): string {
    const key = 'SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName';
    return this.#text('HKLM', key, 'ComputerName') ?? this.id.toUpperCase();
  }
  get entraDeviceId(): string {
    return this.start.entraDeviceId;
  }
  get intuneDeviceId(): string {
    return this.start.intuneDeviceId;
  }
  get agentVersion(): string {
    const node = this.#files.find(agentProgram);
    return node?.kind === 'file' && node.content.kind === 'image'
      ? (node.content.version?.fileVersion ?? '')
      : '';
  }
  get bootedAt(): Instant {
    return this.#machine.bootedAt;
  }
  get networkUp(): boolean {
    return this.#machine.networkUp;
  }
  get disk(): { readonly size: number; readonly free: number } {
    const { size, free } = this.start.disk;
    return { size: size * gibibyte, free: Math.max(0, free * gibibyte - this.#files.used) };
  }
  get memorySize(): number {
    return this.start.memory;
  }
  /** The zone that the registry names. */
  get zone(): Zone {
    const name = this.#registry.value('HKLM', zoneKey, 'TimeZoneKeyName')?.value;
    if (this.#zone === undefined || this.#zone.name !== name)
      this.#zone = {
        name,
        zone: zoneOrUtc(name?.kind === 'String' ? name.data.replace(/\0.*$/, '') : 'UTC'),
      };
    return this.#zone.zone;
  }
  offsetAt(at: Instant): Duration {
    return this.zone.offsetAt(at);
  }
  get users(): readonly UserRead[] {
    return this.start.users.map((user) => ({
      ...user,
      sessionId: this.#sessions.find((session) => session.sid === user.sid)?.sessionId ?? null,
    }));
  }
  /** Open sessions in the order of signing in. */
  get sessions(): readonly SessionRecord[] {
    return this.#sessions;
  }

  key(hive: RegistryHiveName, path: string): Written<KeyRead> | undefined {
    const key = this.#registry.find(hive, path);
    if (key === undefined) return undefined;
    return {
      value: {
        name: key.name,
        subKeys: subKeysOf(key).map((child) => child.name),
        valueNames: valuesOf(key).map((value) => value.name),
        lastWrite: key.lastWrite,
      },
      writer: key.writer,
    };
  }
  value(hive: RegistryHiveName, path: string, name: string): Written<StoredRegistryValue> | undefined {
    return this.#registry.value(hive, path, name);
  }
  /** The stored trees, for who reads many keys at once. */
  get registry(): Pick<RegistryEditor, 'find' | 'value' | 'root'> {
    return this.#registry;
  }

  file(path: string): Written<FileRead> | undefined {
    const node = this.#files.find(path);
    if (node === undefined) return undefined;
    const stored = this.storedPath(path) ?? path;
    return { value: fileRead(node, stored), writer: node.writer };
  }
  content(path: string): Bytes | undefined {
    return this.#files.content(path);
  }
  children(path: string): readonly FileRead[] {
    const node = this.#files.find(path);
    if (node?.kind !== 'directory') return [];
    const stored = this.storedPath(path) ?? path;
    return childrenOf(node).map((child) => fileRead(child, `${stored}\\${child.name}`));
  }
  /** File or folder as it is stored. */
  node(path: string): VolumeNode | undefined {
    return this.#files.find(path);
  }
  /** The path with names as they are stored; undefined where there is nothing. */
  storedPath(path: string): string | undefined {
    return this.#files.storedPath(path);
  }

  service(name: string): Written<ServiceRead> | undefined {
    const service = this.serviceRecord(name);
    if (service === undefined) return undefined;
    const { definition, status, processId: id } = service;
    return {
      value: { name: definition.name, status, startMode: definition.startMode, processId: id },
      writer: service.writer,
    };
  }
  serviceRecord(name: string): ServiceRecord | undefined {
    const { folded, code } = keyed(name);
    return mapGet(this.#services, folded, code);
  }
  /** By name. */
  get services(): readonly ServiceRecord[] {
    return byName(this.#services);
  }
  process(id: ProcessId): ProcessRecord | undefined {
    const { folded, code } = keyed(String(id));
    return mapGet(this.#processes, folded, code);
  }
  /** By process id. */
  get processes(): readonly ProcessRecord[] {
    return mapList(this.#processes).sort((a, b) => a.id - b.id);
  }
  task(path: string, name: string): TaskRecord | undefined {
    const { folded, code } = keyed(path + name);
    return mapGet(this.#tasks, folded, code);
  }
  /** By path and name. */
  get tasks(): readonly TaskRecord[] {
    return byName(this.#tasks);
  }
  eventLog(name: string): EventLogRecord | undefined {
    const { folded, code } = keyed(name);
    return mapGet(this.#eventLogs, folded, code);
  }
  get eventLogs(): readonly EventLogRecord[] {
    return byName(this.#eventLogs);
  }
  get certificates(): readonly KeptCertificate[] {
    return byName(this.#certificates);
  }
  memory(key: string): Written<QueueData> | undefined {
    const { folded, code } = keyedExactly(key);
    return mapGet(this.#memory, folded, code);
  }
  memoryKeys(prefix: string): readonly string[] {
    return mapList(this.#memory)
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => a.order - b.order)
      .map(({ key }) => key);
  }

  random(purpose: string): number {
    let count = this.#draws.get(purpose);
    if (count === undefined) {
      const { folded, code } = keyedExactly(purpose);
      count = mapGet(this.#device.draws, folded, code)?.count ?? 0;
    }
    this.#draws.set(purpose, count + 1);
    this.#dirty = true;
    return this.#random.draw(purpose, count + 1);
  }
  newProcessId(): ProcessId {
    const id = this.#machine.nextProcessId;
    // Windows gives multiples of four, with gaps left by what came and went in between.
    const nextProcessId = id + 4 * (1 + (this.random('process-id') % 23));
    this.#machine = { ...this.#machine, nextProcessId };
    this.#dirty = true;
    return processId(id);
  }

  // --- writing -----------------------------------------------------------------------------------------------------

  /** What a change will replace, as text: a value's old data, a service's old state; null where there was nothing. */
  textBefore(change: DeviceChange): string | null {
    return textBefore(this, change);
  }

  /**
   * What must be written before a record of an agent log: nothing, or the renaming of a file that has grown over its
   * limit and the removal of copies too many.
   */
  beforeLog(change: Extract<DeviceChange, { kind: 'log' }>): readonly DeviceChange[] {
    const path = this.#options.logText.path(change.message, this.agentVersion);
    const node = this.#files.find(path);
    if (node?.kind !== 'file' || node.content.kind !== 'log') return [];
    const last = lastMessageAt(node.content) ?? { at: node.modified, offset: this.offsetAt(node.modified) };
    return rollOver(path, node.content.length, last, (folder) => this.children(folder), {
      size: this.#text('HKLM', loggingKey, 'LogMaxSize'),
      history: this.#text('HKLM', loggingKey, 'LogMaxHistory'),
    });
  }

  /** Writes; a refusal leaves the device as it was. `writer` is the event of the change. */
  apply(change: DeviceChange, writer: EventId | null): DeviceResult<void> {
    const at = this.#options.now();
    this.#dirty = true;
    const registry = this.#registry;
    switch (change.kind) {
      case 'registry.set':
        registry.set(change.hive, change.path, change.name, change.value, at, writer);
        return done;
      case 'registry.create-key':
        registry.create(change.hive, change.path, at, writer);
        return done;
      case 'registry.delete-value':
        return registry.deleteValue(change.hive, change.path, change.name, at, writer)
          ? done
          : missing(change.path);
      case 'registry.delete-key':
        return registry.deleteKey(change.hive, change.path, at, writer) ? done : missing(change.path);
      case 'registry.rename-key':
        return registry.renameKey(change.hive, change.path, change.to, at, writer)
          ? done
          : missing(change.path);
      case 'file.write':
        return this.#files.write(change.path, { kind: 'bytes', data: change.content }, at, writer);
      case 'file.image':
        return this.#files.write(change.path, imageContent(change.length, change.version), at, writer);
      case 'file.append':
        return this.#files.append(change.path, change.content, at, writer);
      case 'file.create-directory':
        return this.#files.createDirectory(change.path, at, writer);
      case 'file.remove':
        return this.#files.remove(change.path, at);
      case 'file.move':
        return this.#files.move(change.from, change.to, at, writer);
      case 'file.times': {
        const { kind: _kind, path, ...times } = change;
        return this.#files.setTimes(path, times, writer);
      }
      case 'file.attributes': {
        const { kind: _kind, path, ...attributes } = change;
        return this.#files.setAttributes(path, attributes, writer);
      }
      case 'log': {
        const { message, parameters, thread } = change;
        const path = this.#options.logText.path(message, this.agentVersion);
        const offset = this.offsetAt(at);
        return this.#files.log(
          path,
          { kind: 'message', message, parameters, thread, at, offset, writer },
          at,
        );
      }
      case 'service.create':
        this.#putService({
          ...keyed(change.service.name),
          definition: change.service,
          status: 'Stopped',
          processId: null,
          writer,
        });
        this.#registerService(change.service, at, writer);
        return done;
      case 'service.delete': {
        const { folded, code } = keyed(change.name);
        if (mapGet(this.#services, folded, code) === undefined) return missing(change.name);
        this.#services = mapDelete(this.#services, folded, code, this.#owner);
        registry.deleteKey('HKLM', `${servicesKey}\\${change.name}`, at, writer);
        return done;
      }
      case 'service.state':
        return this.#serviceState(change.name, change.status, writer);
      case 'service.config': {
        const service = this.serviceRecord(change.name);
        if (service === undefined) return missing(change.name);
        const { kind: _kind, name: _name, ...config } = change;
        const definition = { ...service.definition, ...config };
        this.#putService({ ...service, definition, writer });
        this.#registerService(definition, at, writer);
        return done;
      }
      case 'process.start':
        this.#putProcess({
          ...keyed(String(change.id)),
          id: change.id,
          file: change.file,
          arguments: change.arguments,
          parentId: null,
          user: change.account === 'system' ? 'NT AUTHORITY\\SYSTEM' : this.#userOf(change.sessionId),
          sessionId: change.sessionId,
          bitness: change.bitness,
          started: at,
          service: null,
          workingSet: 8_388_608 + (this.random('working-set') % 33_554_432),
          handles: 90 + (this.random('handles') % 500),
          writer,
        });
        return done;
      case 'process.end':
        return this.#endProcess(change.id) ? done : missing(String(change.id));
      case 'session.sign-in':
        this.#signIn(change.sid, change.sessionId, at, writer);
        return done;
      case 'session.sign-out': {
        const session = this.#sessions.find(({ sid }) => sid === change.sid);
        if (session === undefined) return missing(change.sid);
        this.#sessions = this.#sessions.filter((one) => one !== session);
        for (const process of this.processes)
          if (process.sessionId === session.sessionId) this.#endProcess(process.id);
        return done;
      }
      case 'network.state':
        this.#machine = { ...this.#machine, networkUp: change.up };
        return done;
      case 'device.boot':
        this.#boot(at, writer);
        return done;
      case 'task.register':
        this.#putTask({
          ...keyed(change.task.path + change.task.name),
          definition: change.task,
          lastRun: null,
          lastResult: neverRun,
          writer,
        });
        return done;
      case 'task.unregister': {
        const task = this.task(change.path, change.name);
        if (task === undefined) return missing(change.path + change.name);
        this.#tasks = mapDelete(this.#tasks, task.folded, task.code, this.#owner);
        return done;
      }
      case 'task.enable': {
        const task = this.task(change.path, change.name);
        if (task === undefined) return missing(change.path + change.name);
        this.#putTask({ ...task, definition: { ...task.definition, enabled: change.enabled }, writer });
        return done;
      }
      case 'task.run': {
        const task = this.task(change.path, change.name);
        if (task === undefined) return missing(change.path + change.name);
        this.#putTask({ ...task, lastRun: at, lastResult: change.result, writer });
        return done;
      }
      case 'certificate.add': {
        const { certificate } = change;
        const entry: KeptCertificate = { ...certificateKey(certificate), certificate, writer };
        this.#certificates = mapPut(this.#certificates, entry, this.#owner);
        return done;
      }
      case 'certificate.remove': {
        const { store, container, thumbprint } = change;
        const kept = this.certificates.filter(
          ({ certificate: one }) =>
            one.store === store && one.container === container && one.thumbprint === thumbprint,
        );
        if (kept.length === 0) return missing(thumbprint);
        for (const { folded, code } of kept)
          this.#certificates = mapDelete(this.#certificates, folded, code, this.#owner);
        return done;
      }
      case 'event-log': {
        const { log, provider, id, level, message } = change;
        const known = this.eventLog(log) ?? { ...keyed(log), name: log, entries: [] };
        const recordId = (known.entries.at(-1)?.recordId ?? 0) + 1;
        const entry = { provider, id, level, message, at, recordId, writer };
        this.#eventLogs = mapPut(
          this.#eventLogs,
          { ...known, entries: [...known.entries, entry] },
          this.#owner,
        );
        return done;
      }
      case 'toast':
        return done;
      default:
        return assertNever(change);
    }
  }

  /** Memory of the agent's process; undefined forgets the key. */
  setMemory(key: string, value: QueueData | undefined, writer: EventId | null): void {
    this.#dirty = true;
    const { folded, code } = keyedExactly(key);
    if (value === undefined) {
      this.#memory = mapDelete(this.#memory, folded, code, this.#owner);
      return;
    }
    const order = mapGet(this.#memory, folded, code)?.order ?? this.#nextOrder();
    this.#memory = mapPut(this.#memory, { folded, code, key, value, order, writer }, this.#owner);
  }

  /** The agent's process has ended. */
  clearMemory(): void {
    if (this.#memory === null) return;
    this.#dirty = true;
    this.#memory = null;
  }

  #text(hive: RegistryHiveName, path: string, name: string): string | undefined {
    const value = this.#registry.value(hive, path, name)?.value;
    return value?.kind === 'String' ? value.data : undefined;
  }

  #nextOrder(): number {
    const order = this.#machine.nextOrder;
    this.#machine = { ...this.#machine, nextOrder: order + 1 };
    return order;
  }

  #userOf(sessionId: number): string {
    const sid = this.#sessions.find((session) => session.sessionId === sessionId)?.sid;
    const user = this.start.users.find((one) => one.sid === sid);
    return user ? `AzureAD\\${user.name}` : `${this.id}\\defaultuser0`;
  }

  #putService(service: ServiceRecord): void {
    this.#services = mapPut(this.#services, service, this.#owner);
  }
  /** The service control manager's own record of a service. */
  #registerService(service: ServiceDefinition, at: Instant, writer: EventId | null): void {
    for (const { path, name, value } of serviceValues(service)) {
      const before = this.#registry.value('HKLM', path, name)?.value;
      if (before === undefined || !valuesEqual(before, value))
        this.#registry.set('HKLM', path, name, value, at, writer);
    }
  }
  #putTask(task: TaskRecord): void {
    this.#tasks = mapPut(this.#tasks, task, this.#owner);
  }
  #putProcess(process: ProcessRecord): void {
    this.#processes = mapPut(this.#processes, process, this.#owner);
  }
  #endProcess(id: ProcessId): boolean {
    const process = this.process(id);
    if (process === undefined) return false;
    this.#processes = mapDelete(this.#processes, process.folded, process.code, this.#owner);
    return true;
  }

  /** A service has a process from its start pending until it is stopped. */
  #serviceState(name: string, status: string, writer: EventId | null): DeviceResult<void> {
    const service = this.serviceRecord(name);
    if (service === undefined) return missing(name);
    let id = service.processId;
    if (status === 'Stopped') {
      if (id !== null) this.#endProcess(id);
      id = null;
    } else if (id === null) {
      id = this.newProcessId();
      this.#putProcess({
        ...keyed(String(id)),
        id,
        parentId: null,
        started: this.#options.now(),
        workingSet: 6_291_456 + (this.random('working-set') % 25_165_824),
        handles: 110 + (this.random('handles') % 400),
        writer,
        ...servicePrograms(service.definition),
      });
    }
    this.#putService({ ...service, status, processId: id, writer });
    return done;
  }

  #signIn(sid: string, sessionId: number, at: Instant, writer: EventId | null): void {
    const user = this.start.users.find((one) => one.sid === sid);
    this.#sessions = [
      ...this.#sessions.filter((session) => session.sid !== sid),
      { sid, sessionId, since: at, writer },
    ];
    if (user !== undefined && this.#registry.find('HKU', sid) === undefined)
      for (const change of profileOf(user)) this.apply(change, writer);
    for (const program of desktopProcesses) {
      const id = this.newProcessId();
      this.#putProcess({
        ...keyed(String(id)),
        id,
        arguments: '',
        parentId: null,
        user: this.#userOf(sessionId),
        sessionId,
        bitness: 64,
        started: at,
        service: null,
        writer,
        ...program,
      });
    }
  }

  #boot(at: Instant, writer: EventId | null): void {
    for (const process of this.processes) if (process.id > 4) this.#endProcess(process.id);
    for (const service of this.services)
      if (service.status !== 'Stopped')
        this.#putService({ ...service, status: 'Stopped', processId: null, writer });
    this.#sessions = [];
    this.#memory = null;
    this.#machine = { ...this.#machine, bootedAt: at };
    for (const program of bootProcesses) {
      const id = this.newProcessId();
      this.#putProcess({
        ...keyed(String(id)),
        id,
        arguments: '',
        parentId: null,
        user: 'NT AUTHORITY\\SYSTEM',
        sessionId: 0,
        bitness: 64,
        started: at,
        service: null,
        writer,
        ...program,
      });
    }
  }
}

/** Task Scheduler's result of a task that has not run yet. */
const neverRun = 267_011;

const done: DeviceResult<void> = ok(undefined);
const missing = (path: string): DeviceResult<void> =>
  refuse('not-found', 'The system cannot find the file specified.', path);

function certificateKey(certificate: KeptCertificate['certificate']): { folded: string; code: number } {
  const { store, sid, container, thumbprint } = certificate;
  return keyed([store, sid, container, thumbprint].join('\\'));
}

function byName<T extends { readonly folded: string; readonly code: number }>(map: KeyedMap<T>): T[] {
  return mapList(map).sort((a, b) => (a.folded < b.folded ? -1 : 1));
}

function fileRead(node: VolumeNode, path: string): FileRead {
  return {
    kind: node.kind,
    name: node.name,
    path: normalPath(path),
    length: lengthOf(node),
    created: node.created,
    modified: node.modified,
  };
}
