import { emptyBytes, utf8Decode } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { duration } from '../../../base/time.ts';
import type { Host, OutputPort, Resume, Suspend } from '../../powershell/host.ts';
import { absolutePath } from '../device-path.ts';
import { builtins } from './builtins.ts';
import type { Builtin } from './builtin.ts';
import { holds } from './condition.ts';
import { expandDelayed, expandLoop, expandPercent } from './expand.ts';
import type { ExpandContext } from './expand.ts';
import { runLoop } from './loop.ts';
import { CmdParser } from './parse.ts';
import { consoleTarget, fileTarget, Input, nullTarget, TextTarget } from './streams.ts';
import type { Streams, Target } from './streams.ts';
import { CmdSyntaxError } from './tree.ts';
import type { Node, Redirection } from './tree.ts';
import { Variables } from './variables.ts';
import { batchArguments, splitCommand } from './words.ts';

/** Why a command did not simply go on to the next. */
export type Signal =
  | undefined
  | { readonly kind: 'goto'; readonly label: string }
  /** The batch file is done. */
  | { readonly kind: 'end' }
  | { readonly kind: 'exit'; readonly code: number };

export type ShellSteps<T = Signal> = Generator<Suspend, T, Resume>;

/** A batch file that runs, or one of its labels that was called. */
export interface Batch {
  readonly path: string;
  readonly lines: readonly string[];
  at: number;
  args: string[];
  /** What SETLOCAL saved. */
  readonly saved: (() => void)[];
}

/** Commands take time: device microseconds for one that cmd.exe does itself. */
const commandCost = duration(200);

/** The interpreter of cmd.exe: variables, directory, error level and the batch files in progress. */
export class CmdShell {
  readonly host: Host;
  readonly output: OutputPort;
  readonly variables: Variables;
  /** Handles of the batch file that runs, or of the process. */
  streams: Streams;
  batch: Batch | undefined;
  loops: Map<string, string> = new Map();
  echo = true;
  delayed = false;
  readonly directories: string[] = [];
  /** Whether the last command succeeded: what `&&` and `||` ask. */
  code = 0;
  /** Set by Ctrl+C. */
  stopped = false;
  private depth = 0;

  constructor(host: Host, output: OutputPort, directory: string, stdin: Bytes | undefined) {
    this.host = host;
    this.output = output;
    this.variables = new Variables(host, directory);
    this.streams = {
      input: stdin === undefined ? undefined : new Input(utf8Decode(stdin)),
      out: consoleTarget(output, 'out'),
      error: consoleTarget(output, 'error'),
    };
  }

  get newline(): string {
    return this.host.newline;
  }
  expandContext(): ExpandContext {
    return {
      variables: this.variables,
      host: this.host,
      args: this.batch?.args,
      batchPath: this.batch?.path,
    };
  }
  path(given: string): string {
    return absolutePath(given, this.variables.directory);
  }

  /** Runs a command line as typed, or as /c gives it. */
  *line(text: string): ShellSteps {
    const parser = new CmdParser(expandPercent(text, this.expandContext()), () => undefined);
    return yield* this.parsed(parser, text);
  }

  private *parsed(parser: CmdParser, text: string): ShellSteps {
    let statement: ReturnType<CmdParser['statement']>;
    try {
      statement = parser.statement();
    } catch (error) {
      if (!(error instanceof CmdSyntaxError)) throw error;
      this.streams.error.write(error.message + this.newline);
      this.variables.errorLevel = this.code = 255;
      // A batch file that cannot be read any further ends.
      return this.batch ? { kind: 'exit', code: 255 } : undefined;
    }
    const { node, quiet } = statement;
    if (!node) return undefined;
    if (this.batch && this.echo && !quiet)
      this.streams.out.write(`${this.newline}${this.prompt()}${text.trim()}${this.newline}`);
    return yield* this.exec(node, this.streams);
  }

  /** `$P$G` of the prompt variable spelled out. */
  prompt(): string {
    return (this.variables.get('PROMPT') ?? '$P$G').replace(/\$(.)/g, (_, code: string) => {
      switch (code.toUpperCase()) {
        case 'P':
          return this.variables.directory;
        case 'G':
          return '>';
        case 'L':
          return '<';
        case 'N':
          return this.variables.directory.slice(0, 1);
        case 'D':
          return this.variables.get('DATE') ?? '';
        case 'T':
          return this.variables.get('TIME') ?? '';
        case 'S':
          return ' ';
        case 'B':
          return '|';
        case '_':
          return this.newline;
        case '$':
          return '$';
        default:
          return '';
      }
    });
  }

  // --- batch files -------------------------------------------------------------------------------------------------

  /** Runs a batch file to its end. `args[0]` is the name as it was typed. */
  *batchFile(path: string, args: string[]): ShellSteps {
    const content = this.host.files.read(path);
    if (!content.ok) {
      this.streams.error.write(`The system cannot find the file specified.${this.newline}`);
      this.variables.errorLevel = this.code = 1;
      return undefined;
    }
    // cmd.exe knows no byte order mark: it takes it for part of the first command.
    const text = utf8Decode(content.value).replace(/^\uFEFF/, '∩╗┐');
    return yield* this.runBatch({ path, lines: text.split(/\r?\n/), at: 0, args, saved: [] });
  }

  *callLabel(label: string, args: string[]): ShellSteps {
    const { batch } = this;
    if (!batch) return undefined;
    const at = labelLine(batch.lines, label);
    if (at === undefined) {
      this.streams.error.write(`The system cannot find the batch label specified - ${label}${this.newline}`);
      this.variables.errorLevel = this.code = 1;
      return undefined;
    }
    return yield* this.runBatch({ ...batch, at, args, saved: [] });
  }

  private *runBatch(batch: Batch): ShellSteps {
    const outer = this.batch;
    const loops = this.loops;
    if (++this.depth > 400) {
      this.streams.error.write(
        `******  B A T C H   R E C U R S I O N  exceeds STACK limits ******${this.newline}`,
      );
      this.depth--;
      return { kind: 'exit', code: -1073741571 };
    }
    this.batch = batch;
    this.loops = new Map();
    try {
      while (batch.at < batch.lines.length) {
        if (this.stopped) return { kind: 'exit', code: -1073741510 };
        const next = (): string | undefined => {
          const line = batch.lines[batch.at++];
          return line === undefined ? undefined : expandPercent(line, this.expandContext());
        };
        const first = next() as string;
        if (/^\s*:/.test(first)) continue;
        const signal = yield* this.parsed(new CmdParser(first, next), first);
        if (!signal) continue;
        if (signal.kind === 'goto') {
          // Lets others run, so that an endless loop can be stopped.
          yield { kind: 'safepoint' };
          if (signal.label.toLowerCase() === ':eof') return undefined;
          const at = labelLine(batch.lines, signal.label.replace(/^:/, ''));
          if (at === undefined) {
            this.streams.error.write(
              `The system cannot find the batch label specified - ${signal.label.replace(/^:/, '')}${this.newline}`,
            );
            this.variables.errorLevel = this.code = 1;
            return { kind: 'end' };
          }
          batch.at = at;
          continue;
        }
        if (signal.kind === 'end') return undefined;
        return signal;
      }
      return undefined;
    } finally {
      for (let restore = batch.saved.pop(); restore; restore = batch.saved.pop()) restore();
      this.batch = outer;
      this.loops = loops;
      this.depth--;
    }
  }

  // --- statements --------------------------------------------------------------------------------------------------

  *exec(node: Node, streams: Streams): ShellSteps {
    switch (node.kind) {
      case 'command':
        return yield* this.redirected(node.redirections, streams, (inner) => this.command(node.text, inner));
      case 'block':
        return yield* this.redirected(node.redirections, streams, (inner) => this.body(node.body, inner));
      case 'chain':
        return yield* this.chain(node, streams);
      case 'if': {
        const expand = (text: string): string => this.late(text);
        const yes = holds(node.condition, node.ignoreCase, this, expand) !== node.not;
        const branch = yes ? node.then : node.otherwise;
        return branch ? yield* this.exec(branch, streams) : undefined;
      }
      case 'for':
        return yield* runLoop(node, this, streams);
    }
  }

  private *body(nodes: readonly Node[], streams: Streams): ShellSteps {
    for (const node of nodes) {
      const signal = yield* this.exec(node, streams);
      if (signal) return signal;
    }
    return undefined;
  }

  private *chain(node: Extract<Node, { kind: 'chain' }>, streams: Streams): ShellSteps {
    if (node.operator === '|') {
      const piped = new TextTarget();
      const signal = yield* this.exec(node.left, { ...streams, out: piped });
      if (signal?.kind === 'exit') return signal;
      return yield* this.exec(node.right, { ...streams, input: new Input(piped.text) });
    }
    const signal = yield* this.exec(node.left, streams);
    if (signal) return signal;
    if (node.operator === '&&' && this.code !== 0) return undefined;
    if (node.operator === '||') {
      if (this.code === 0) return undefined;
      // What `||` catches is also what errorlevel tells.
      this.variables.errorLevel = this.code;
    }
    return yield* this.exec(node.right, streams);
  }

  /** Loop variables and delayed expansion, which happen as a command runs. */
  late(text: string): string {
    const looped = expandLoop(text, this.loops, this.expandContext());
    return this.delayed ? expandDelayed(looped, this.variables) : looped;
  }

  private *redirected(
    redirections: readonly Redirection[],
    streams: Streams,
    run: (inner: Streams) => ShellSteps,
  ): ShellSteps {
    let { input, out, error } = streams;
    for (const { handle, target } of redirections) {
      if (target.kind === 'handle') {
        const from: Target = target.handle === 2 ? error : out;
        if (handle === 2) error = from;
        else if (handle === 1) out = from;
        continue;
      }
      const given = this.late(target.path).replace(/"/g, '');
      if (handle === 0) {
        const content = /^nul$/i.test(given)
          ? { ok: true as const, value: emptyBytes }
          : this.host.files.read(this.path(given));
        if (!content.ok) {
          streams.error.write(`The system cannot find the file specified.${this.newline}`);
          this.variables.errorLevel = this.code = 1;
          return undefined;
        }
        input = new Input(utf8Decode(content.value));
        continue;
      }
      const opened = /^nul:?$/i.test(given)
        ? nullTarget
        : /^con:?$/i.test(given)
          ? consoleTarget(this.output, 'out')
          : fileTarget(this.host.files, this.path(given), target.append);
      if (typeof opened === 'string') {
        streams.error.write(opened + this.newline);
        this.variables.errorLevel = this.code = 1;
        return undefined;
      }
      if (handle === 2) error = opened;
      else out = opened;
    }
    return yield* run({ input, out, error });
  }

  // --- commands ----------------------------------------------------------------------------------------------------

  *command(raw: string, streams: Streams): ShellSteps {
    if (this.stopped) return { kind: 'exit', code: -1073741510 };
    const text = this.late(raw).replace(/^[\s,;=]+/, '');
    if (text === '') return undefined;
    const drive = /^([a-z]):\s*$/i.exec(text);
    if (drive) return this.changeDrive(drive[1] as string, streams);
    const found = builtinOf(text);
    if (found) {
      this.host.clock.spend(commandCost);
      const { builtin, rest } = found;
      const result = yield* builtin.run(this, rest, streams);
      if (typeof result === 'object') return result;
      if (result === undefined) return undefined;
      this.code = result;
      const isCmd = this.batch ? /\.cmd$/i.test(this.batch.path) : true;
      if (builtin.errorLevel !== 'never') {
        if (result !== 0) this.variables.errorLevel = result;
        else if (builtin.errorLevel === 'always' || (builtin.errorLevel === 'cmd' && isCmd))
          this.variables.errorLevel = 0;
      }
      return undefined;
    }
    const { name, args } = splitCommand(text);
    return yield* this.start(name, args, streams, false);
  }

  private changeDrive(letter: string, streams: Streams): Signal {
    const wanted = `${letter.toUpperCase()}:`;
    if (!this.host.files.drives().some((d) => d.name.toUpperCase() === letter.toUpperCase())) {
      streams.error.write(`The system cannot find the drive specified.${this.newline}`);
      this.code = 1;
      return undefined;
    }
    if (this.variables.directory.slice(0, 2).toUpperCase() !== wanted)
      this.variables.directory = `${wanted}\\`;
    this.code = 0;
    return undefined;
  }

  /** Full path of a program or batch file, as cmd.exe looks for it: current folder first, then PATH. */
  find(name: string): string | undefined {
    const bare = name.replace(/"/g, '');
    const extensions = (this.variables.get('PATHEXT') ?? '.COM;.EXE;.BAT;.CMD').split(';');
    const hasExtension = /\.[^.\\]+$/.test(bare);
    const tries = (base: string): string | undefined => {
      for (const extension of hasExtension ? ['', ...extensions] : extensions) {
        const info = this.host.files.info(base + extension);
        if (info.ok && info.value.kind === 'file') return info.value.path;
      }
      return undefined;
    };
    if (/[\\/:]/.test(bare)) return tries(this.path(bare)) ?? this.host.processes.which(this.path(bare));
    const own = tries(this.path(bare));
    if (own) return own;
    for (const folder of (this.variables.get('PATH') ?? '').split(';')) {
      if (folder === '') continue;
      const found = tries(absolutePath(bare, folder.replace(/"/g, '').replace(/\\$/, '')));
      if (found) return found;
    }
    return this.host.processes.which(bare);
  }

  /** Starts a program or runs a batch file; `called` where CALL asks, which comes back after a batch file. */
  *start(name: string, args: string, streams: Streams, called: boolean): ShellSteps {
    const path = this.find(name);
    if (path === undefined) {
      streams.error.write(
        `'${name.replace(/^"(.*)"$/, '$1')}' is not recognized as an internal or external command,${this.newline}operable program or batch file.${this.newline}`,
      );
      this.code = 9009;
      this.variables.errorLevel = 9009;
      return undefined;
    }
    if (/\.(cmd|bat)$/i.test(path)) {
      const inside = this.batch !== undefined;
      const outer = this.streams;
      this.streams = streams;
      let signal: Signal;
      try {
        signal = yield* this.batchFile(path, [name, ...batchArguments(args)]);
      } finally {
        this.streams = outer;
        if (!inside) this.echo = true;
      }
      if (signal?.kind === 'exit') return signal;
      this.code = this.variables.errorLevel;
      // Without CALL the caller's file is left for good.
      return inside && !called ? { kind: 'end' } : undefined;
    }
    const code = yield* this.program(path, args, streams);
    this.code = code;
    this.variables.errorLevel = code;
    return undefined;
  }

  /** Runs a program to its exit code; what it prints goes where the handles lead. */
  *program(path: string, args: string, streams: Streams): ShellSteps<number> {
    const started = this.host.processes.start({
      file: path,
      arguments: args.trim(),
      workingDirectory: this.variables.directory,
      environment: this.variables.environment(),
      capture: { stdout: streams.out.inherited !== 'out', stderr: streams.error.inherited !== 'error' },
      ...(streams.input ? { stdin: streams.input.bytes() } : {}),
    });
    if (!started.ok) {
      const text =
        started.error.code === 'access-denied'
          ? 'Access is denied.'
          : started.error.code === 'not-found'
            ? 'The system cannot find the file specified.'
            : started.error.message;
      streams.error.write(text + this.newline);
      return started.error.code === 'access-denied' ? 5 : 1;
    }
    const answer = yield { kind: 'process', id: started.value.id };
    const exit = answer.kind === 'process' ? answer.exit : undefined;
    if (exit && exit.stdout !== '') streams.out.write(utf8Decode(exit.stdout));
    if (exit && exit.stderr !== '') streams.error.write(utf8Decode(exit.stderr));
    return exit?.exitCode ?? 1;
  }
}

/** Line after a label. */
function labelLine(lines: readonly string[], label: string): number | undefined {
  const wanted = label
    .trim()
    .toLowerCase()
    .split(/[\s:+&|<>]/)[0];
  for (let i = 0; i < lines.length; i++) {
    const found = /^\s*:\s*([^\s:+&|<>,;=]*)/.exec(lines[i] as string);
    if (found && (found[1] as string).toLowerCase() === wanted) return i + 1;
  }
  return undefined;
}

function builtinOf(text: string): { readonly builtin: Builtin; readonly rest: string } | undefined {
  const name = /^[a-z]+/i.exec(text)?.[0].toLowerCase();
  if (name === undefined) return undefined;
  const builtin = builtins.get(name);
  const rest = text.slice(name.length);
  if (!builtin) return undefined;
  if (rest === '' || /^[\s,;=/"]/.test(rest)) return { builtin, rest };
  if (name === 'echo' && /^[.:([+\\\]]/.test(rest))
    return { builtin, rest: ` ${rest.slice(1)}`.replace(/^ $/, '.') };
  if (
    ['cd', 'chdir', 'md', 'mkdir', 'rd', 'rmdir', 'dir', 'type', 'del'].includes(name) &&
    /^[.\\]/.test(rest)
  )
    return { builtin, rest };
  if ((name === 'goto' || name === 'call') && rest.startsWith(':')) return { builtin, rest };
  return undefined;
}
