import { utf8Decode, utf8Encode } from '../../../src/base/bytes.ts';
import type { Bytes } from '../../../src/base/bytes.ts';
import { processId } from '../../../src/base/ids.ts';
import { fail, ok } from '../../../src/base/result.ts';
import { programs } from '../../../src/engine/console/programs/index.ts';
import type {
  Host,
  OutputPort,
  ProcessExit,
  ProcessStart,
  Resume,
  Suspend,
} from '../../../src/engine/powershell/host.ts';
import { MemoryHost } from '../../support/memory-host.ts';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the product's programs over a device in memory, children at once and inside one another. */
export class ProgramLab {
  readonly memory: MemoryHost;
  /** Lines that are typed when a program asks. */
  lines: string[] = [];
  readonly prompts: string[] = [];
  /** Whether the console shows colours. */
  colour = false;
  private readonly exits = new Map<number, ProcessExit>();
  private next = 9000;

  constructor(memory = new MemoryHost()) {
    this.memory = memory;
  }

  host(output: OutputPort, environment: ReadonlyMap<string, string>): Host {
    const { memory } = this;
    const which = (name: string): string | undefined => {
      const bare = name.toLowerCase().replace(/^.*\\/, '');
      const image = /\.\w+$/.test(bare) ? bare : `${bare}.exe`;
      if (programs.has(image)) return `C:\\Windows\\System32\\${image}`;
      return memory.processes.which(name);
    };
    const start: Host['processes']['start'] = (request: ProcessStart) => {
      const path = which(request.file);
      const program = programs.get(path?.toLowerCase().replace(/^.*\\/, '') ?? '');
      if (!program) return memory.processes.start(request);
      const id = processId(this.next);
      this.next += 4;
      const caught = { out: '', error: '' };
      const port: OutputPort = {
        ...output,
        write: (stream, text) => {
          const isCaught = stream === 'out' ? request.capture.stdout : request.capture.stderr;
          if (isCaught) caught[stream] += text;
          else output.write(stream, text);
        },
      };
      const exitCode = this.drive(
        program.run({
          host: this.host(port, request.environment ?? environment),
          file: path as string,
          arguments: request.arguments,
          workingDirectory: request.workingDirectory,
          stdin: request.stdin,
          output: port,
        }),
      );
      this.exits.set(id, { exitCode, stdout: utf8Encode(caught.out), stderr: utf8Encode(caught.error) });
      return ok({ id });
    };
    return Object.create(memory, {
      environment: { value: environment },
      processes: { value: { ...memory.processes, which, start } },
    }) as Host;
  }

  drive<T>(work: Generator<Suspend, T, Resume>): T {
    let step = work.next();
    let count = 0;
    while (!step.done) {
      if (++count > 100_000) throw new Error('The program does not end');
      const wanted = step.value;
      if (wanted.kind === 'line') this.prompts.push(wanted.prompt);
      const answer: Resume =
        wanted.kind === 'process' && this.exits.has(wanted.id)
          ? { kind: 'process', exit: this.exits.get(wanted.id) }
          : this.memory.answer(wanted, this.lines);
      step = work.next(answer);
    }
    return step.value;
  }

  /** Runs a program by image name. */
  run(image: string, args = '', options: { directory?: string; stdin?: string } = {}): Ran {
    const program = programs.get(image);
    if (!program) return fail(image) as never;
    const text = { out: '', error: '' };
    const output: OutputPort = {
      console: undefined,
      width: 120,
      colour: this.colour,
      write: (stream, chunk) => {
        text[stream] += chunk;
      },
    };
    const code = this.drive(
      program.run({
        host: this.host(output, this.memory.environment),
        file: `C:\\Windows\\System32\\${image}`,
        arguments: args,
        workingDirectory: options.directory ?? 'C:\\Users\\AdeleVance',
        stdin: options.stdin === undefined ? undefined : utf8Encode(options.stdin),
        output,
      }),
    );
    return { code, ...text };
  }

  /** Runs a batch file of these lines with arguments. */
  batch(lines: readonly string[], args = ''): Ran {
    this.memory.writeText('C:\\Users\\AdeleVance\\t.cmd', lines.join('\r\n'));
    return this.run('cmd.exe', `/c t.cmd ${args}`);
  }

  text(path: string): string | undefined {
    const content = this.memory.files.read(path);
    return content.ok ? utf8Decode(content.value as Bytes) : undefined;
  }
}
