import type { Bytes } from '../../base/bytes.ts';
import type { DeviceId, EventId, MessageId, ProcessId } from '../../base/ids.ts';
import { ok } from '../../base/result.ts';
import type { Duration, Instant } from '../../base/time.ts';
import { plus } from '../../base/time.ts';
import type { Zone } from '../clock/zone.ts';
import { zoneOrUtc } from '../clock/zone.ts';
import { applyChange } from './apply-change.ts';
import type { DeviceChange, LogParameter, QueueData } from './change.ts';
import { textBefore } from './change-text.ts';
import type {
  Device,
  EventLogRecord,
  KeptCertificate,
  MachineRecord,
  PowerState,
  ProcessRecord,
  ServiceRecord,
  SessionRecord,
  TaskRecord,
  ToastRecord,
} from './device.ts';
import { DeviceParts } from './device-parts.ts';
import type { DeviceReader, FileRead, KeyRead, ServiceRead, UserRead, Written } from './device-reader.ts';
import type { DeviceStart, OsName } from './device-start.ts';
import type { VolumeNode } from './filesystem/file-node.ts';
import { parentPath } from './filesystem/file-path.ts';
import { childrenOf, lengthOf } from './filesystem/file-node.ts';
import { writerOf } from './filesystem/log-chunk.ts';
import type { Writer } from './filesystem/log-chunk.ts';
import { lastMessageAt } from './filesystem/log-content.ts';
import type { LogLimits } from './filesystem/log-roll-over.ts';
import { logLimits, rollOver } from './filesystem/log-roll-over.ts';
import type { LogText, WrittenAs } from './filesystem/log-text.ts';
import { keyedExactly, mapDelete, mapGet, mapList, mapPut } from './keyed-map.ts';
import { processor } from './processors.ts';
import type { DeviceResult } from './refusal.ts';
import { subKeysOf, valuesOf } from './registry/key-node.ts';
import type { RegistryEditor } from './registry/registry-editor.ts';
import type { RegistryHiveName, StoredRegistryValue } from './registry/registry-value.ts';
import type { Win32Program } from './wmi/installed-programs.ts';
import { installedWin32Programs } from './wmi/installed-programs.ts';

export interface DraftOptions {
  /** True time; what is written is stamped by the device's own clock. */
  readonly now: () => Instant;
  readonly seed: string;
  readonly logText: LogText;
}

/** Where the agent's program stands; its file version is the version of the installed agent. */
export const agentProgram =
  'C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Microsoft.Management.Services.IntuneWindowsAgent.exe';

const nothingBefore: readonly DeviceChange[] = [];
const done: DeviceResult<void> = ok(undefined);
const noDisputes: Readonly<Record<string, string>> = {};
const gibibyte = 1024 ** 3;
const nameKey = 'SYSTEM\\CurrentControlSet\\Control\\ComputerName\\ActiveComputerName';
const zoneKey = 'SYSTEM\\CurrentControlSet\\Control\\TimeZoneInformation';
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
  readonly #parts: DeviceParts;
  #device: Device;
  #dirty = false;
  #agent: { readonly read: number; readonly version: string } | undefined;
  #logging: { readonly read: number; readonly limits: LogLimits } | undefined;
  #zone: { readonly read: number; readonly name: string; readonly zone: Zone } | undefined;

  constructor(device: Device, options: DraftOptions) {
    this.id = device.id;
    this.start = device.start;
    this.#options = options;
    this.#device = device;
    this.#parts = new DeviceParts(device, options.seed, options.logText);
  }

  /** True where `freeze` would give a new device. */
  get dirty(): boolean {
    return this.#dirty;
  }

  freeze(): Device {
    if (this.#dirty) {
      this.#device = this.#parts.freeze();
      this.#dirty = false;
    }
    return this.#device;
  }

  // --- reading -----------------------------------------------------------------------------------------------------

  /** By the device's own clock. */
  get now(): Instant {
    return plus(this.#options.now(), this.#parts.machine.clockAhead);
  }
  get machine(): MachineRecord {
    return this.#parts.machine;
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
    return this.#text('HKLM', nameKey, 'ComputerName') ?? this.id.toUpperCase();
  }
  get disputes(): Readonly<Record<string, string>> {
    return this.start.disputes ?? noDisputes;
  }
  get entraDeviceId(): string {
    return this.start.entraDeviceId;
  }
  get intuneDeviceId(): string {
    return this.start.intuneDeviceId;
  }
  get agentVersion(): string {
    const { files } = this.#parts;
    if (this.#agent?.read !== files.version) {
      const node = files.find(agentProgram);
      const image = node?.kind === 'file' && node.content.kind === 'image' ? node.content : undefined;
      this.#agent = { read: files.version, version: image?.version?.fileVersion ?? '' };
    }
    return this.#agent.version;
  }
  get bootedAt(): Instant {
    return this.#parts.machine.bootedAt;
  }
  get power(): PowerState {
    return this.#parts.machine.power;
  }
  get networkUp(): boolean {
    return this.#parts.machine.networkUp;
  }
  get disk(): { readonly size: number; readonly free: number } {
    const { size, free } = this.start.disk;
    return { size: size * gibibyte, free: Math.max(0, free * gibibyte - this.#parts.files.used) };
  }
  get memorySize(): number {
    return this.start.memory;
  }
  get processors(): number {
    return processor.logical;
  }
  get processorSpeed(): number {
    return processor.speed;
  }
  /** The zone that the registry names. */
  get zone(): Zone {
    const { version } = this.#parts.registry;
    if (this.#zone?.read !== version) {
      const name = this.#text('HKLM', zoneKey, 'TimeZoneKeyName')?.replace(/\0.*$/, '') ?? 'UTC';
      const zone = this.#zone?.name === name ? this.#zone.zone : zoneOrUtc(name);
      this.#zone = { read: version, name, zone };
    }
    return this.#zone.zone;
  }
  offsetAt(at: Instant): Duration {
    return this.zone.offsetAt(at);
  }
  get users(): readonly UserRead[] {
    return this.start.users.map((user) => ({
      ...user,
      sessionId: this.#parts.sessions.find((session) => session.sid === user.sid)?.sessionId ?? null,
    }));
  }
  get toasts(): readonly ToastRecord[] {
    return this.#parts.toasts;
  }
  /** Open sessions in the order of signing in. */
  get sessions(): readonly SessionRecord[] {
    return this.#parts.sessions;
  }

  key(hive: RegistryHiveName, path: string): Written<KeyRead> | undefined {
    const key = this.#parts.registry.find(hive, path);
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
    return this.#parts.registry.value(hive, path, name);
  }
  /** The stored trees, for who reads many keys at once. */
  get registry(): Pick<RegistryEditor, 'find' | 'value' | 'root'> {
    return this.#parts.registry;
  }

  file(path: string): Written<FileRead> | undefined {
    const node = this.#parts.files.find(path);
    if (node === undefined) return undefined;
    const stored = this.storedPath(path) ?? path;
    return { value: fileRead(node, stored), writer: node.writer };
  }
  content(path: string): Bytes | undefined {
    return this.#parts.files.content(path);
  }
  children(path: string): readonly FileRead[] {
    const node = this.#parts.files.find(path);
    if (node?.kind !== 'directory') return [];
    const stored = this.storedPath(path) ?? path;
    return childrenOf(node).map((child) => fileRead(child, `${stored}\\${child.name}`));
  }
  /** File or folder as it is stored. */
  node(path: string): VolumeNode | undefined {
    return this.#parts.files.find(path);
  }
  /** The path with names as they are stored; undefined where there is nothing. */
  storedPath(path: string): string | undefined {
    return this.#parts.files.storedPath(path);
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
    return this.#parts.services.get(name);
  }
  /** By name. */
  get services(): readonly ServiceRecord[] {
    return this.#parts.services.list();
  }
  process(id: ProcessId): ProcessRecord | undefined {
    return this.#parts.processes.get(String(id));
  }
  processCount(image: string): number {
    const end = `\\${image.toLowerCase()}`;
    return this.#parts.processes.list().filter(({ file }) => file.toLowerCase().endsWith(end)).length;
  }
  /** By process id. */
  get processes(): readonly ProcessRecord[] {
    return this.#parts.processes.list().sort((a, b) => a.id - b.id);
  }
  task(path: string, name: string): TaskRecord | undefined {
    return this.#parts.tasks.get(path + name);
  }
  /** By path and name. */
  get tasks(): readonly TaskRecord[] {
    return this.#parts.tasks.list();
  }
  installedPrograms(): readonly Win32Program[] {
    return installedWin32Programs(this);
  }
  eventLog(name: string): EventLogRecord | undefined {
    return this.#parts.eventLogs.get(name);
  }
  get eventLogs(): readonly EventLogRecord[] {
    return this.#parts.eventLogs.list();
  }
  get certificates(): readonly KeptCertificate[] {
    return this.#parts.certificates.list();
  }
  memory(key: string): Written<QueueData> | undefined {
    const { folded, code } = keyedExactly(key);
    return mapGet(this.#parts.memory, folded, code);
  }
  memoryKeys(prefix: string): readonly string[] {
    return mapList(this.#parts.memory)
      .filter(({ key }) => key.startsWith(prefix))
      .sort((a, b) => a.order - b.order)
      .map(({ key }) => key);
  }

  random(purpose: string): number {
    this.#dirty = true;
    return this.#parts.random(purpose);
  }
  newProcessId(): ProcessId {
    this.#dirty = true;
    return this.#parts.newProcessId();
  }

  // --- writing -----------------------------------------------------------------------------------------------------

  /** What a change will replace, as text: a value's old data, a service's old state; null where there was nothing. */
  textBefore(change: DeviceChange): string | null {
    return textBefore(this, change);
  }

  /** How the agent of this device, in its version, writes a message; null where it has no such line. */
  logWritten(message: MessageId): WrittenAs | null {
    return this.#options.logText.written(message, this.agentVersion);
  }

  /**
   * What must be written before a record of the log at `path`: nothing, or the renaming of a file that has grown over
   * its limit and the removal of copies too many.
   */
  beforeLog(path: string): readonly DeviceChange[] {
    const { files, registry } = this.#parts;
    if (this.#logging?.read !== registry.version)
      this.#logging = {
        read: registry.version,
        limits: logLimits(
          this.#text('HKLM', loggingKey, 'LogMaxSize'),
          this.#text('HKLM', loggingKey, 'LogMaxHistory'),
          this.disputes['log-size'] === '2-mb',
        ),
      };
    const { limits } = this.#logging;
    if (files.logLength(path) <= limits.size) return nothingBefore;
    const file = files.find(path);
    if (file?.kind !== 'file' || file.content.kind !== 'log') return nothingBefore;
    const last = lastMessageAt(file.content) ?? {
      at: file.modified,
      offset: this.offsetAt(file.modified),
    };
    return rollOver(path, last, this.children(parentPath(path)), limits.history);
  }

  /** Writes; a refusal leaves the device as it was. `writer` is the event of the change. */
  apply(change: DeviceChange, writer: EventId | null): DeviceResult<void> {
    this.#dirty = true;
    const at = this.now;
    if (change.kind !== 'log') return applyChange(this.#parts, change, { at, writer });
    const written = this.logWritten(change.message);
    if (written === null) return done;
    return this.log(written, change.parameters, change.thread, writer === null ? null : writerOf(writer));
  }

  /** Appends a record to a log of the agent. */
  log(
    written: WrittenAs,
    parameters: readonly LogParameter[],
    thread: number,
    writer: Writer | null,
  ): DeviceResult<void> {
    this.#dirty = true;
    const at = this.now;
    return this.#parts.files.log(written, parameters, thread, at, this.offsetAt(at), writer);
  }

  /** Memory of the agent's process; undefined forgets the key. */
  setMemory(key: string, value: QueueData | undefined, writer: EventId | null): void {
    this.#dirty = true;
    const { folded, code } = keyedExactly(key);
    if (value === undefined) {
      this.#parts.memory = mapDelete(this.#parts.memory, folded, code, this.#parts.owner);
      return;
    }
    const order = mapGet(this.#parts.memory, folded, code)?.order ?? this.#parts.nextOrder();
    this.#parts.memory = mapPut(
      this.#parts.memory,
      { folded, code, key, value, order, writer },
      this.#parts.owner,
    );
  }

  /** The agent's process has ended. */
  clearMemory(): void {
    if (this.#parts.memory === null) return;
    this.#dirty = true;
    this.#parts.memory = null;
  }

  #text(hive: RegistryHiveName, path: string, name: string): string | undefined {
    const value = this.#parts.registry.value(hive, path, name)?.value;
    return value?.kind === 'String' ? value.data : undefined;
  }
}

function fileRead(node: VolumeNode, path: string): FileRead {
  return {
    kind: node.kind,
    name: node.name,
    path,
    length: lengthOf(node),
    created: node.created,
    modified: node.modified,
    version: node.kind === 'file' && node.content.kind === 'image' ? node.content.version : null,
  };
}
