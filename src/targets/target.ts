/**
 * What a lab runs against: the simulated device or a Hyper-V VM. Guide, panes and checks use only this. Every call is
 * asynchronous, since a VM is; what a target cannot do it says in its flags, and asking for it anyway is refused.
 */
export interface TargetFlags {
  /** Checks run on a copy that is thrown away. Without it they run in place and must only read. */
  readonly fork: boolean;
  /** Events of the past can be read. */
  readonly history: boolean;
  /** Events name their cause and rule. */
  readonly causes: boolean;
  /** The clock can be moved. */
  readonly clock: boolean;
  /** Snapshots (checkpoints) can be taken and restored. */
  readonly snapshot: boolean;
}

export interface ScriptOutcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** What the script read, as prefixes (`registry:HKLM\...`, `file:C:\...`), where the target can tell; else null. */
  readonly reads: readonly string[] | null;
  /** True where the script wrote to the copy it ran on: refused for a check. */
  readonly wrote: readonly string[];
}

export interface TargetEvent {
  readonly id: string;
  readonly at: number;
  readonly kind: string;
  readonly rule: string | null;
  readonly cause: string | null;
  readonly data: unknown;
}

export interface RegistryKeyContent {
  readonly subKeys: readonly string[];
  readonly values: readonly { readonly name: string; readonly type: string; readonly text: string }[];
}

export interface Target {
  readonly flags: TargetFlags;
  readonly device: string;
  /** Microseconds since 1970 UTC on the device. */
  now(): Promise<number>;
  /** Runs a script as a check does: elevated, PowerShell 5.1, on a fork where the target can. */
  runCheck(script: string, args: Readonly<Record<string, string>>): Promise<ScriptOutcome>;
  readRegistry(path: string): Promise<RegistryKeyContent | null>;
  readFile(path: string): Promise<string | null>;
  /** Events since the start, oldest first; refused where `history` is false. */
  events(): Promise<readonly TargetEvent[]>;
  advanceTo(at: number): Promise<void>;
  takeSnapshot(name: string): Promise<void>;
  restoreSnapshot(name: string): Promise<void>;
}
