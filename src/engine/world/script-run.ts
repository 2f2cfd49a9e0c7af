import { utf8Decode } from '../../base/bytes.ts';
import { SidecarError } from '../../base/error.ts';
import type { DeviceId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import type { Input, Account } from './input.ts';
import { programs } from '../console/programs/index.ts';
import type { ProcessExit } from '../powershell/host.ts';
import { identityOf } from './identity.ts';
import { launch } from './processes.ts';
import type { Running } from './running.ts';

export interface ScriptRequest {
  readonly device: DeviceId;
  readonly as: Account;
  readonly shell: 'powershell' | 'pwsh';
  readonly bits?: 32 | 64;
  /** Command line of the shell: `-File C:\x.ps1`, `-Command …`. */
  readonly arguments: string;
  readonly workingDirectory?: string;
  /** Gets output as it comes; otherwise it is in the result. */
  readonly write?: (stream: 'out' | 'error', text: string) => void;
  /** Columns, where `write` stands for a screen; absent: redirected. */
  readonly width?: number;
  /** Device time after which the script is given up; absent: none. */
  readonly limit?: Instant;
}

export interface ScriptResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** It did not end within the limit, or waits for something that cannot come. */
  readonly givenUp: boolean;
}

/** What `runScript` needs of a simulation: to run, and to move the clock. */
interface Driver {
  readonly now: Instant;
  run(limit?: number): 'idle' | 'more';
  input(input: Input): void;
  next(): { readonly at: Instant } | null;
}

export function runScript(driver: Driver, running: Running, request: ScriptRequest): ScriptResult {
  const { world, runs } = running;
  const { device } = request;
  const name = request.shell === 'pwsh' ? 'pwsh.exe' : 'powershell.exe';
  const program = programs.get(name);
  if (!program) throw new SidecarError('program-missing', `There is no program ${name}`);
  const reader = world.device(device);
  const id = reader.newProcessId();
  const bits = request.bits ?? 64;
  const identity = identityOf(reader, request.as, bits, id);
  const file = `C:\\Windows\\${bits === 64 ? 'System32' : 'SysWOW64'}\\WindowsPowerShell\\v1.0\\powershell.exe`;
  const workingDirectory = request.workingDirectory ?? 'C:\\Windows\\System32';
  const asked = world.emit(
    device,
    { kind: 'input', seq: 0, input: 'script.run' },
    { cause: null, rule: null },
  ).id;
  const by = world.write(
    device,
    {
      kind: 'process.start',
      id,
      file,
      arguments: request.arguments,
      workingDirectory,
      account: identity.isSystem ? 'system' : 'user',
      sessionId: identity.sessionId,
      bitness: bits,
      then: '',
      thenData: null,
    },
    { cause: asked, rule: null },
  );
  const capture = request.write === undefined;
  const run = launch(running, {
    device,
    id,
    image: { program, file, before: '' },
    arguments: request.arguments,
    workingDirectory,
    identity,
    output: {
      console: undefined,
      width: request.width ?? 0,
      colour: false,
      write: request.write ?? (() => undefined),
    },
    capture: { stdout: capture, stderr: capture },
    parent: undefined,
    console: undefined,
    by: by ?? asked,
    whenEnded: undefined,
    stdin: undefined,
  });
  let exit: ProcessExit | undefined;
  run.onExit = (ended) => (exit = ended);
  for (;;) {
    while (driver.run(1_000) === 'more') if (exit) break;
    if (exit) break;
    const next = driver.next();
    if (!next || (request.limit !== undefined && next.at > request.limit)) {
      run.kill();
      exit = runs.ended(run, 1);
      return { ...textOf(exit), givenUp: true };
    }
    driver.input({ kind: 'advance', to: next.at > driver.now ? next.at : driver.now });
  }
  return { ...textOf(exit), givenUp: false };
}

const textOf = (exit: ProcessExit) => ({
  exitCode: exit.exitCode,
  stdout: utf8Decode(exit.stdout),
  stderr: utf8Decode(exit.stderr),
});
