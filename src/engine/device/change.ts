import type { Bytes } from '../../base/bytes.ts';
import type { MessageId, ProcessId } from '../../base/ids.ts';
import type { RegistryHiveName, StoredRegistryValue } from './registry/registry-value.ts';

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
  | { readonly kind: 'file.write'; readonly path: string; readonly content: Bytes }
  | { readonly kind: 'file.append'; readonly path: string; readonly content: Bytes }
  | { readonly kind: 'file.create-directory'; readonly path: string }
  | { readonly kind: 'file.remove'; readonly path: string }
  | { readonly kind: 'file.move'; readonly from: string; readonly to: string }
  /** One record of an agent log: kept as id and parameters, made into text on reading. */
  | {
      readonly kind: 'log';
      readonly message: MessageId;
      readonly parameters: readonly LogParameter[];
      /** Small integer of the writing thread; all records of one poller carry the same. */
      readonly thread: number;
    }
  | { readonly kind: 'service.state'; readonly name: string; readonly status: string }
  | {
      readonly kind: 'process.start';
      readonly id: ProcessId;
      readonly file: string;
      readonly arguments: string;
      readonly workingDirectory: string;
      readonly account: 'system' | 'user';
      readonly sessionId: number;
      readonly bitness: 32 | 64;
      /** Queue entry kind that wakes the starter with the exit code, stdout and stderr. */
      readonly then: string;
      readonly thenData: QueueData;
    }
  | { readonly kind: 'process.end'; readonly id: ProcessId; readonly exitCode: number }
  /** A user signs in to a desktop session, or out of it. */
  | { readonly kind: 'session.sign-in'; readonly sid: string; readonly sessionId: number }
  | { readonly kind: 'session.sign-out'; readonly sid: string }
  | { readonly kind: 'network.state'; readonly up: boolean }
  /** Windows has started: every process is gone, services are stopped until they are started. */
  | { readonly kind: 'device.boot' }
  | { readonly kind: 'toast'; readonly title: string; readonly text: string }
  | {
      readonly kind: 'event-log';
      readonly log: string;
      readonly provider: string;
      readonly id: number;
      readonly level: number;
      readonly message: string;
    };

export type LogParameter = string | number | boolean | null;

/** Plain data only (no functions, no class instances): it is saved, forked and hashed. */
export type QueueData =
  string | number | boolean | null | readonly QueueData[] | { readonly [key: string]: QueueData };
