import type { EventId, ProcessId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import type { Step } from './step.ts';

/** What happens on a device that the agent or the MDM client may react to. */
export type Occurrence =
  /** The service control manager started the process of a service, or it ended (`crashed`: killed). */
  | { readonly kind: 'service.started'; readonly service: string }
  | { readonly kind: 'service.stopped'; readonly service: string; readonly crashed: boolean }
  /** A program of the agent beside the service was started (`ClientHealthEval.exe`); a stage ends its process. */
  | {
      readonly kind: 'program.started';
      /** Image name in lower case. */
      readonly program: string;
      readonly process: ProcessId;
      readonly elevated: boolean;
    }
  | { readonly kind: 'device.booted' }
  | { readonly kind: 'device.resumed' }
  | { readonly kind: 'session.sign-in'; readonly sid: string; readonly sessionId: number }
  | { readonly kind: 'session.sign-out'; readonly sid: string; readonly sessionId: number }
  | {
      readonly kind: 'session.change';
      readonly change: 'lock' | 'unlock' | 'connect' | 'disconnect';
      readonly sid: string;
      readonly sessionId: number;
    }
  | { readonly kind: 'network'; readonly up: boolean }
  /** `intunemanagementextension://syncapp` and the like, started by a user or script. */
  | { readonly kind: 'protocol'; readonly uri: string }
  /** Settings > Sync, the admin centre's sync (a push), Company Portal's sync. */
  | { readonly kind: 'mdm.sync'; readonly from: 'settings' | 'admin-centre' | 'company-portal' | 'schedule' }
  /** A push: an administrator wants a remediation to run now. */
  | { readonly kind: 'remediation.run'; readonly script: string }
  /** The user puts off the notification of a restart. */
  | { readonly kind: 'restart.snoozed' }
  | { readonly kind: 'company-portal.install'; readonly app: string; readonly sid: string };

/** An entry of the world's queue that is due. `id` names the entry's own event. */
export interface QueueEntry {
  readonly id: EventId;
  readonly kind: string;
  readonly due: Instant;
  readonly data: QueueData;
  readonly group: string | null;
}

/** What the world calls. Pure: the same reader and entry give the same step. */
export interface AgentPart {
  /** `by` is the event of the occurrence. */
  occurred(read: DeviceReader, what: Occurrence, by: EventId): Step;
  /** A due entry; entries of a kind the agent does not know are refused with an error that names it. */
  due(read: DeviceReader, entry: QueueEntry): Step;
  /** True for kinds that `due` handles. */
  handles(kind: string): boolean;
  /** What a kind of entry means to a learner, for the clock's next-event button, e.g. `app check-in`. */
  label(kind: string, data: QueueData): string;
}
