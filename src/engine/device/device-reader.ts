import type { Bytes } from '../../base/bytes.ts';
import type { DeviceId, EventId, ProcessId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import type { CertificateRecord, FileVersion, QueueData, TaskDefinition } from './change.ts';
import type { PowerState } from './device.ts';
import type { OsName, UserStart } from './device-start.ts';
import type { Win32Program } from './wmi/installed-programs.ts';
import type { RegistryHiveName, StoredRegistryValue } from './registry/registry-value.ts';

/** A thing that was read, and the event that wrote it (null: there from the start). A rule names it as its cause. */
export interface Written<T> {
  readonly value: T;
  readonly writer: EventId | null;
}

export interface KeyRead {
  readonly name: string;
  readonly subKeys: readonly string[];
  readonly valueNames: readonly string[];
  readonly lastWrite: Instant;
}

export interface FileRead {
  readonly kind: 'file' | 'directory';
  readonly name: string;
  readonly path: string;
  readonly length: number;
  readonly created: Instant;
  readonly modified: Instant;
  /** Version resource of a program or library; null for files that have none. */
  readonly version: FileVersion | null;
}

export interface ServiceRead {
  readonly name: string;
  readonly status: string;
  readonly startMode: string;
  readonly processId: ProcessId | null;
}

export interface ToastRead {
  readonly sid: string;
  readonly name: string;
  readonly subject: string;
  readonly title: string;
  readonly text: string;
  readonly at: Instant;
}

export interface ProcessRead {
  /** Full path of the image. */
  readonly file: string;
  /** Bytes. */
  readonly workingSet: number;
}

export interface TaskRead {
  readonly definition: TaskDefinition;
}

export interface UserRead extends UserStart {
  /** Session of the desktop the user is signed in to; null where not signed in. */
  readonly sessionId: number | null;
}

/** What the agent, MDM and views may know of a device: its state at one instant. Paths and names compare without case. */
export interface DeviceReader {
  readonly id: DeviceId;
  readonly now: Instant;
  readonly os: OsName;
  /** e.g. `10.0.26100.4652` */
  readonly osVersion: string;
  /** Answers to disputed questions that differ from what is built by default, by question. */
  readonly disputes: Readonly<Record<string, string>>;
  readonly entraDeviceId: string;
  readonly intuneDeviceId: string;
  /** Version of the installed agent; '' where there is none. */
  readonly agentVersion: string;
  readonly bootedAt: Instant;
  readonly networkUp: boolean;
  readonly power: PowerState;
  /** Bytes. */
  readonly disk: { readonly size: number; readonly free: number };
  /** MiB. */
  readonly memorySize: number;
  /** Logical processors, and their speed in MHz. */
  readonly processors: number;
  readonly processorSpeed: number;
  /** Offset of local time from UTC at an instant, daylight saving included. */
  offsetAt(at: Instant): Duration;
  readonly users: readonly UserRead[];
  /** Notifications that users can see, the oldest first. */
  readonly toasts: readonly ToastRead[];
  key(hive: RegistryHiveName, path: string): Written<KeyRead> | undefined;
  value(hive: RegistryHiveName, path: string, name: string): Written<StoredRegistryValue> | undefined;
  file(path: string): Written<FileRead> | undefined;
  /** Bytes of a file; logs as text of their records. */
  content(path: string): Bytes | undefined;
  children(path: string): readonly FileRead[];
  service(name: string): Written<ServiceRead> | undefined;
  /** A process that runs. */
  process(id: ProcessId): ProcessRead | undefined;
  /** How many processes run an image; its name without folder, without case. */
  processCount(image: string): number;
  /** A scheduled task; `path` with both backslashes. */
  task(path: string, name: string): TaskRead | undefined;
  /** What Windows' inventory of installed programs finds now. */
  installedPrograms(): readonly Win32Program[];
  readonly certificates: readonly { readonly certificate: CertificateRecord }[];
  /** Memory of the agent's process; empty after it ended. */
  memory(key: string): Written<QueueData> | undefined;
  /** Keys of the agent's memory that begin with a prefix, in order of their making. */
  memoryKeys(prefix: string): readonly string[];
  /** Unsigned 32 bit; counts per purpose, so a draw shifts no other purpose. */
  random(purpose: string): number;
  /** A process id that no process of this device has had since it started. */
  newProcessId(): ProcessId;
}
