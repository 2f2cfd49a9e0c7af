import type { ConsoleId, DeviceId, EventId } from '../../base/ids.ts';
import type { AccessLog } from './access-log.ts';
import type { Account, Shell } from './input.ts';
import type { ProgramRun, ProgramRuns } from './program-runs.ts';
import type { WorldDraft } from './world-draft.ts';

/** A console of a device: the shell that was started in it, and how wide its screen is. */
export interface OpenConsole {
  readonly device: DeviceId;
  readonly id: ConsoleId;
  readonly as: Account;
  readonly shell: Shell;
  readonly process: ProgramRun;
  width: number;
  height: number;
  readonly colour: boolean;
  /** The input that the foreground does now; cause of what it writes. */
  by: EventId;
}

/** A world that runs: its draft, the programs in flight and the consoles they write to. */
export interface Running {
  readonly world: WorldDraft;
  readonly runs: ProgramRuns;
  readonly consoles: Map<string, OpenConsole>;
  /** Notes what scripts read and write, where somebody wants to know. */
  readonly access: AccessLog | undefined;
}

export const consoleKey = (device: DeviceId, console: ConsoleId): string => `${device}/${console}`;
