import { SidecarError } from '../../base/error.ts';
import type { ConsoleId, DeviceId, EventId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { programs } from '../console/programs/index.ts';
import { controlCExit } from '../console/program.ts';
import type { OutputPort, Resume, Suspend } from '../powershell/host.ts';
import type { EventStore } from './event-store.ts';
import { identityOf } from './identity.ts';
import type { Account, Input, Shell } from './input.ts';
import { finishRun, launch } from './processes.ts';
import type { ProgramRun } from './program-runs.ts';
import type { OpenConsole, Running } from './running.ts';
import { consoleKey } from './running.ts';

/** What somebody at a console sees of it. */
export interface ConsoleState {
  /** A program runs; a shell waits for a command; a program waits for an answer. */
  readonly state: 'running' | 'prompt' | 'question';
  readonly prompt: string;
  /** What is typed must not be shown. */
  readonly secret: boolean;
  /** When the foreground goes on by itself; null where it waits for nothing or for somebody. */
  readonly waitsUntil: Instant | null;
  readonly as: Account;
  readonly shell: Shell;
}

const images: Readonly<Record<Shell, { readonly file: string; readonly name: string }>> = {
  powershell: {
    name: 'powershell.exe',
    file: 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
  },
  pwsh: { name: 'pwsh.exe', file: 'C:\\Program Files\\PowerShell\\7\\pwsh.exe' },
  cmd: { name: 'cmd.exe', file: 'C:\\Windows\\System32\\cmd.exe' },
};

/** Where a console starts: the learner's folder where there is one, else where Windows starts it. */
function startFolder(running: Running, device: DeviceId, profile: string): string {
  const reader = running.world.device(device);
  if (reader.file('C:\\Labs')) return 'C:\\Labs';
  return reader.file(profile) ? profile : 'C:\\Windows\\System32';
}

/** Far more characters than a terminal keeps lines of. */
const keptText = 16 * 1024 * 1024;

/** What a console wrote, as far as its text is kept. */
class KeptText {
  readonly #events: EventStore;
  readonly #sizes: { readonly index: number; readonly length: number }[] = [];
  #oldest = 0;
  #length = 0;

  constructor(events: EventStore) {
    this.#events = events;
  }

  /** The newest event holds `length` characters. */
  add(length: number): void {
    if (!this.#events.keeps) return;
    this.#sizes.push({ index: this.#events.length - 1, length });
    this.#length += length;
    while (this.#length > keptText && this.#oldest < this.#sizes.length - 1) {
      const oldest = this.#sizes[this.#oldest++];
      if (!oldest) return;
      this.#events.forgetText(oldest.index);
      this.#length -= oldest.length;
    }
    if (this.#oldest < 4096) return;
    this.#sizes.splice(0, this.#oldest);
    this.#oldest = 0;
  }
}

export function openConsole(
  running: Running,
  input: Extract<Input, { kind: 'console.open' }>,
  by: EventId,
): void {
  const { device, console: id, shell } = input;
  const image = images[shell];
  const program = programs.get(image.name);
  if (!program) throw new SidecarError('program-missing', `There is no program ${image.name}`, { shell });
  const reader = running.world.device(device);
  const pid = reader.newProcessId();
  const identity = identityOf(reader, input.as, 64, pid);
  const workingDirectory = startFolder(running, device, identity.profile);
  const key = consoleKey(device, id);
  const written = new KeptText(running.world.events);
  const write: OutputPort['write'] = (stream, text) => {
    const open = running.consoles.get(key);
    const { happens } = running.world.emit(
      device,
      { kind: 'console', console: id, stream, text },
      { cause: open?.by ?? by, rule: null },
    );
    if (happens) written.add(text.length);
  };
  const started =
    running.world.write(
      device,
      {
        kind: 'process.start',
        id: pid,
        file: image.file,
        arguments: '',
        workingDirectory,
        account: input.as === 'system' ? 'system' : 'user',
        sessionId: identity.sessionId,
        bitness: 64,
        then: '',
        thenData: null,
      },
      { cause: by, rule: null },
    ) ?? by;
  const size = { width: input.width, height: input.height };
  const process = launch(running, {
    device,
    id: pid,
    image: { program, file: image.file, before: shell === 'cmd' ? '' : '-NoLogo' },
    arguments: '',
    workingDirectory,
    identity,
    output: {
      console: id,
      get width() {
        return running.consoles.get(key)?.width ?? size.width;
      },
      colour: input.colour ?? false,
      write,
    },
    capture: { stdout: false, stderr: false },
    parent: undefined,
    console: id,
    by: started,
    whenEnded: undefined,
    stdin: undefined,
  });
  running.consoles.set(key, {
    device,
    id,
    as: input.as,
    shell,
    process,
    ...size,
    colour: input.colour ?? false,
    by: started,
  });
}

export function closeConsole(running: Running, console: OpenConsole): void {
  for (const run of [...running.runs.inConsole(console.device, console.id)].reverse()) {
    run.kill();
    finishRun(running, run, controlCExit);
  }
  running.consoles.delete(consoleKey(console.device, console.id));
}

/** The program of a console that was started last and still runs: what keys go to. */
export function foreground(running: Running, device: DeviceId, console: ConsoleId): ProgramRun | undefined {
  return running.runs.inConsole(device, console).at(-1);
}

export function consoleState(running: Running, console: OpenConsole): ConsoleState {
  const front = foreground(running, console.device, console.id);
  const common = { as: console.as, shell: console.shell };
  if (front?.state.kind === 'waiting' && front.state.wanted.kind === 'line') {
    const { wanted } = front.state;
    return {
      ...common,
      state: wanted.purpose === 'command' ? 'prompt' : 'question',
      prompt: wanted.prompt,
      secret: wanted.secret,
      waitsUntil: null,
    };
  }
  return {
    ...common,
    state: 'running',
    prompt: '',
    secret: false,
    waitsUntil: front?.state.kind === 'waiting' ? front.state.until : null,
  };
}

/** A line for the program that waits for one. */
export function typeLine(running: Running, console: OpenConsole, text: string, by: EventId): void {
  const front = foreground(running, console.device, console.id);
  if (front?.state.kind !== 'waiting' || front.state.wanted.kind !== 'line') return;
  console.by = by;
  running.runs.resume(front, { kind: 'line', text });
}

/** Ctrl+C: every program of the console is told; those that do not handle it end. */
export function interrupt(running: Running, console: OpenConsole): void {
  for (const run of [...running.runs.inConsole(console.device, console.id)].reverse()) {
    if (run.atPrompt) continue;
    if (!run.interrupt()) {
      run.kill();
      finishRun(running, run, controlCExit);
    } else if (run.state.kind === 'waiting') running.runs.resume(run, interrupted(run.state.wanted));
  }
}

function interrupted(wanted: Suspend): Resume {
  switch (wanted.kind) {
    case 'safepoint':
      return { kind: 'safepoint' };
    case 'until':
      return { kind: 'until' };
    case 'process':
      return { kind: 'process', exit: undefined };
    case 'service':
      return { kind: 'service', reached: false };
    case 'line':
      return { kind: 'line', text: undefined };
    case 'http':
      return {
        kind: 'http',
        response: {
          ok: false,
          error: { code: 'timeout', message: 'The operation was canceled.', path: wanted.request.url },
        },
      };
  }
}
