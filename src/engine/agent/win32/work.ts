import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import type { Subgraph } from '../policy/subgraph.ts';

/** A signed-in user's session, or session 0 for the device alone. */
export type Session = {
  readonly session: number;
  /** Entra object id; all zeros without a user. */
  readonly user: string;
  readonly sid: string;
  readonly name: string;
};

/** One check-in: goes along in the data of its stages. */
export type CheckIn = {
  /** Counts check-ins of the process; a stage of an ended one is dropped. */
  readonly run: number;
  readonly thread: number;
  readonly reason: string;
  /** App that the user asked for in Company Portal; it is installed whatever its GRS value. */
  readonly requested: string | null;
  readonly session: Session;
  /** Sessions still to come. */
  readonly later: readonly Session[];
};

export type Detection = 'Detected' | 'NotDetected' | 'Failed';

/** Where a check-in stands in its subgraphs. */
export type Work = CheckIn & {
  readonly graph: Subgraph;
  /** Its number among the session's subgraphs, from 0. */
  readonly position: number;
  /** Detection so far, by app. */
  readonly found: { readonly [app: string]: Detection };
  /** Applicability so far, by app. */
  readonly applicable: { readonly [app: string]: number };
  /** Apps to install or remove, in order; the first is the current one. */
  readonly plan: readonly string[];
  /** Those of them that are removed. */
  readonly removes: readonly string[];
  /** App that the current stage works on. */
  readonly app: string;
  /** GRS values to store at the end of the subgraph: app and time of its attempt. */
  readonly grs: readonly (readonly [string, number])[];
  /** What a detection is for. */
  readonly phase: 'first' | 'before-install' | 'after-install';
  /** Detection or requirement rule that is next. */
  readonly rule: number;
  /** Number of this try, from 0. */
  readonly attempt: number;
  /** When the first try began. */
  readonly began: number;
  readonly exitCode: number | null;
  /** What the exit code means: key of the table of return code types, or null where it is not listed. */
  readonly exitType: number | null;
  /** Newest versions that the Microsoft Store offers, by app. */
  readonly latest?: { readonly [app: string]: string };
  readonly downloadUrl: string;
  readonly decryptInfo: string;
};

export const workOf = (entry: QueueEntry): Work => entry.data as unknown as Work;
export const checkInOf = (entry: QueueEntry): CheckIn => entry.data as unknown as CheckIn;

/** Memory that says which check-in runs. */
export const checkInMemory = 'check-in';

/** False for a stage whose check-in is over or whose process was ended: the stage is then dropped. */
export function runs(read: DeviceReader, checkIn: CheckIn): boolean {
  return runNumber(read) === checkIn.run;
}

/** Number of the check-in that runs; null where none does. */
export function runNumber(read: DeviceReader): number | null {
  const kept = read.memory(checkInMemory)?.value;
  return typeof kept === 'number' ? kept : null;
}
