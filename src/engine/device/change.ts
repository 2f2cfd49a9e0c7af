import type { Bytes } from '../../base/bytes.ts';
import type { MessageId, ProcessId } from '../../base/ids.ts';
import type { Duration, Instant } from '../../base/time.ts';
import type { PowerState } from './device.ts';
import type { TaskSettings, TaskTrigger } from './tasks/task-trigger.ts';
import type { RegistryHiveName, StoredRegistryValue } from './registry/registry-value.ts';

/** A change that anything may write; records of agent logs have a way of their own. */
export type DeviceWrite = Exclude<DeviceChange, { readonly kind: 'log' }>;

/**
 * Everything that can be written to a device, as data. Agent stages, MDM, native programs and scripts all end here;
 * the world applies a change to its draft and derives the event from it, so nothing is written without an event.
 */
export type DeviceChange =
  | { readonly kind: 'registry.create-key'; readonly hive: RegistryHiveName; readonly path: string }
  | { readonly kind: 'registry.delete-key'; readonly hive: RegistryHiveName; readonly path: string }
  | {
      readonly kind: 'registry.set';
      readonly hive: RegistryHiveName;
      readonly path: string;
      readonly name: string;
      readonly value: StoredRegistryValue;
    }
  | {
      readonly kind: 'registry.delete-value';
      readonly hive: RegistryHiveName;
      readonly path: string;
      readonly name: string;
    }
  | {
      readonly kind: 'registry.rename-key';
      readonly hive: RegistryHiveName;
      readonly path: string;
      readonly to: string;
    }
  | { readonly kind: 'file.write'; readonly path: string; readonly content: Bytes }
  /** A program or library: a file of which only size and version matter, its bytes are made up on reading. */
  | {
      readonly kind: 'file.image';
      readonly path: string;
      readonly length: number;
      readonly version: FileVersion | null;
      readonly texts?: ImageTexts;
    }
  | { readonly kind: 'file.append'; readonly path: string; readonly content: Bytes }
  | { readonly kind: 'file.create-directory'; readonly path: string }
  | { readonly kind: 'file.remove'; readonly path: string }
  | { readonly kind: 'file.move'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'file.times';
      readonly path: string;
      readonly created?: Instant;
      readonly modified?: Instant;
      readonly accessed?: Instant;
    }
  | {
      readonly kind: 'file.attributes';
      readonly path: string;
      readonly readOnly?: boolean;
      readonly hidden?: boolean;
      readonly system?: boolean;
    }
  /** One record of an agent log: kept as id and parameters, made into text on reading. */
  | {
      readonly kind: 'log';
      readonly message: MessageId;
      readonly parameters: readonly LogParameter[];
      /** Small integer of the writing thread; all records of one poller carry the same. */
      readonly thread: number;
    }
  | { readonly kind: 'service.state'; readonly name: string; readonly status: string }
  /** Registers a service, stopped; one of the same name is replaced. */
  | { readonly kind: 'service.create'; readonly service: ServiceDefinition }
  | { readonly kind: 'service.delete'; readonly name: string }
  /** Its process has ended by itself, for so many times now. */
  | { readonly kind: 'service.failed'; readonly name: string; readonly count: number }
  | {
      readonly kind: 'service.config';
      readonly name: string;
      readonly startMode?: ServiceStartMode;
      readonly displayName?: string;
      readonly description?: string;
    }
  /** Registers a scheduled task; one of the same path and name is replaced. */
  | { readonly kind: 'task.register'; readonly task: TaskDefinition }
  | { readonly kind: 'task.unregister'; readonly path: string; readonly name: string }
  | { readonly kind: 'task.enable'; readonly path: string; readonly name: string; readonly enabled: boolean }
  /** A task was started now. `result` is its last result (267009: still running). */
  | { readonly kind: 'task.run'; readonly path: string; readonly name: string; readonly result: number }
  /** What it ran has ended with this result. */
  | { readonly kind: 'task.end'; readonly path: string; readonly name: string; readonly result: number }
  /** Adds a certificate to a store or replaces the one with its thumbprint there. */
  | { readonly kind: 'certificate.add'; readonly certificate: CertificateRecord }
  | {
      readonly kind: 'certificate.remove';
      readonly store: CertificateRecord['store'];
      /** Whose store; '' for LocalMachine. */
      readonly sid: string;
      readonly container: string;
      readonly thumbprint: string;
    }
  | {
      readonly kind: 'process.start';
      readonly id: ProcessId;
      readonly file: string;
      readonly arguments: string;
      readonly workingDirectory: string;
      readonly account: 'system' | 'user';
      readonly sessionId: number;
      readonly bitness: 32 | 64;
      /** Who started it, where that is a process of the device. */
      readonly parent?: ProcessId;
      /** Queue entry kind that wakes the starter with the exit code, stdout and stderr. */
      readonly then: string;
      readonly thenData: QueueData;
    }
  | { readonly kind: 'process.end'; readonly id: ProcessId; readonly exitCode: number }
  /** A user signs in to a desktop session, or out of it. */
  | { readonly kind: 'session.sign-in'; readonly sid: string; readonly sessionId: number }
  | { readonly kind: 'session.sign-out'; readonly sid: string }
  | { readonly kind: 'session.lock'; readonly sid: string; readonly locked: boolean }
  | { readonly kind: 'network.state'; readonly up: boolean }
  | { readonly kind: 'power.state'; readonly state: PowerState }
  /** The device's clock is set: how far it is then ahead of the true time. */
  | { readonly kind: 'clock.set'; readonly ahead: Duration }
  /** Windows has started: every process is gone, services are stopped until they are started. */
  | { readonly kind: 'device.boot' }
  /** A notification in a user's session; one of the same name and subject is replaced. */
  | {
      readonly kind: 'toast';
      readonly sid: string;
      /** What the agent calls it, e.g. `ToastFailureMessage`. */
      readonly name: string;
      /** What it is about: an app's id, or ''. */
      readonly subject: string;
      readonly title: string;
      readonly text: string;
    }
  /** The user has put one away, or it has come to its end. */
  | {
      readonly kind: 'toast.dismiss';
      readonly sid: string;
      readonly name: string;
      readonly subject: string;
    }
  | {
      readonly kind: 'event-log';
      readonly log: string;
      readonly provider: string;
      readonly id: number;
      readonly level: number;
      readonly message: string;
    };

/** Texts that stand in a program's bytes. */
export interface ImageTexts {
  readonly ascii: readonly string[];
  readonly unicode: readonly string[];
}

/** What the version resource of a program says. */
export interface FileVersion {
  readonly fileVersion: string;
  readonly productVersion: string;
  readonly productName: string;
  readonly companyName: string;
  readonly fileDescription: string;
}

export type ServiceStartMode = 'Automatic' | 'AutomaticDelayed' | 'Manual' | 'Disabled';

export interface ServiceDefinition {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly startMode: ServiceStartMode;
  /** `LocalSystem`, `NT AUTHORITY\LocalService` … */
  readonly account: string;
  readonly binaryPath: string;
  readonly dependsOn: readonly string[];
  readonly canStop: boolean;
}

export interface TaskDefinition {
  /** Folder with both backslashes: `\Microsoft\Windows\EnterpriseMgmt\`. */
  readonly path: string;
  readonly name: string;
  readonly execute: string;
  readonly arguments: string;
  readonly principal: string;
  readonly enabled: boolean;
  /** Runs with the user's elevated token. */
  readonly highest?: boolean;
  readonly description?: string;
  readonly triggers?: readonly TaskTrigger[];
  /** Left out: as Task Scheduler has them where nothing is said. */
  readonly settings?: TaskSettings;
}

export interface CertificateRecord {
  readonly store: 'LocalMachine' | 'CurrentUser';
  /** Whose store; '' for LocalMachine. */
  readonly sid: string;
  /** `My`, `Root`, `CA`, `TrustedPublisher`. */
  readonly container: string;
  readonly thumbprint: string;
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly serialNumber: string;
  readonly hasPrivateKey: boolean;
  readonly friendlyName?: string;
  /** The certificate itself (DER). Those that only a name stands for have none, and nothing is verified with them. */
  readonly encoded?: Bytes;
  /** Its private key: modulus and exponent in hex. */
  readonly privateKey?: string;
}

export type LogParameter = string | number | boolean | null;

/** Plain data only (no functions, no class instances): it is saved, forked and hashed. */
export type QueueData =
  string | number | boolean | null | readonly QueueData[] | { readonly [key: string]: QueueData };
