import type { Bytes } from '../../base/bytes.ts';
import type { MessageId, RuleId } from '../../base/ids.ts';
import type { Host, OutputPort, Resume, Suspend } from '../powershell/host.ts';
import type { Session } from '../powershell/run/session.ts';

/** What a program of the device is started with. */
export interface ProgramContext {
  /** Port of this process: its identity, its environment, its bitness. */
  readonly host: Host;
  /** Full path of the image. */
  readonly file: string;
  /** Command line after the program, raw. */
  readonly arguments: string;
  readonly workingDirectory: string;
  readonly stdin: Bytes | undefined;
  /**
   * Console of the parent, or pipes that catch what is written. A child started without `capture` writes here too:
   * handles are inherited.
   */
  readonly output: OutputPort;
  /**
   * Takes what Ctrl+C does to this program instead of ending it at once with 0xC000013A. PowerShell and cmd.exe stop
   * what runs and clean up.
   */
  onInterrupt?(stop: () => void): void;
  /** Writes a record of the agent's catalogue to its log; for the agent's own programs. Absent where no agent's log is. */
  log?(
    rule: { readonly id: RuleId },
    message: { readonly id: MessageId },
    parameters: readonly (string | number | boolean | null)[],
  ): void;
  /** Takes the session behind a PowerShell prompt: its console completes and colours with it. */
  onSession?(session: Session): void;
}

/** Runs to its exit code; yields what it waits for, like the interpreter. Closing the generator kills the program. */
export type ProgramRun = Generator<Suspend, number, Resume>;

/** A native program. */
export interface Program {
  /** Image name in lower case: `reg.exe`. */
  readonly name: string;
  run(context: ProgramContext): ProgramRun;
}

/** Exit code of a program that Ctrl+C ended: STATUS_CONTROL_C_EXIT. */
export const controlCExit = -1073741510;
