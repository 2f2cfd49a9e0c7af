import { differences } from '../dialects/index.ts';
import { utf8Decode, utf8Encode } from '../../../base/bytes.ts';
import { elementsOf } from '../types/enumerate.ts';
import { runtimeError } from '../types/errors.ts';
import { ErrorRecord } from '../types/error-record.ts';
import { exception } from '../types/errors.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import type { Argument } from './binder.ts';
import type { CommandInfo } from './command-info.ts';
import type { CallOptions, Processor } from './invoke.ts';
import type { Session } from './session.ts';
import { environment } from './session-objects.ts';
import type { Step, Steps } from './steps.ts';

/** Arguments as one command line, quoted as the dialect does. */
export function nativeArguments(args: readonly Argument[], desktop: boolean): string {
  const parts: string[] = [];
  const push = (value: Value): void => {
    const text = toText(value);
    if (text === '') {
      if (!desktop) parts.push('""');
      return;
    }
    if (/[\s]/.test(text) && !(text.startsWith('"') && text.endsWith('"') && text.length > 1))
      parts.push(`"${desktop ? text : text.replace(/(\\*)"/g, '$1$1\\"')}"`);
    else parts.push(desktop ? text : text.replace(/(\\*)"/g, '$1$1\\"'));
  };
  for (const arg of args) {
    if (arg.kind === 'parameter') {
      if (arg.value === undefined) parts.push(arg.text);
      else parts.push(`${arg.text}${toText(arg.value)}`);
    } else {
      const elements = elementsOf(arg.value);
      if (elements) for (const element of elements) push(element);
      else push(arg.value);
    }
  }
  return parts.join(' ');
}

/** A program of the device: starts when its input is complete, ends when the program does. */
export class NativeRun implements Processor {
  private readonly session: Session;
  private readonly info: CommandInfo;
  private readonly args: readonly Argument[];
  private readonly options: CallOptions;
  private readonly lines: string[] = [];
  constructor(session: Session, info: CommandInfo, args: readonly Argument[], options: CallOptions) {
    this.session = session;
    this.info = info;
    this.args = args;
    this.options = options;
  }
  begin(): Step {
    return undefined;
  }
  process(item: Value): Step {
    this.lines.push(toText(item));
    return undefined;
  }
  end(): Step {
    return this.run();
  }
  dispose(): void {
    // Nothing is held.
  }

  private *run(): Steps<void> {
    const { session, options } = this;
    const { host } = session;
    // A program whose output nobody wants writes to the console itself, as it goes; a transcript wants all.
    const toConsole = options.out === session.consoleSink && !session.transcript;
    const errorToConsole = options.streams.error === session.consoleStreams.error;
    const started = host.processes.start({
      file: this.info.definition,
      arguments: nativeArguments(this.args, differences.programs.nativeArguments.desktopIn(session.dialect)),
      workingDirectory: session.location.fileSystemPath(),
      capture: { stdout: !toConsole, stderr: !errorToConsole },
      environment: new Map([...environment(session).values()].map(({ name, value }) => [name, value])),
      ...(this.lines.length > 0
        ? { stdin: utf8Encode(this.lines.map((l) => l + host.newline).join('')) }
        : {}),
    });
    if (!started.ok) {
      throw runtimeError(
        'NativeCommandFailed',
        `Program '${this.info.name}' failed to run: ${started.error.message}`,
        'ResourceUnavailable',
        null,
        'System.Management.Automation.ApplicationFailedException',
      );
    }
    const answer = yield { kind: 'process', id: started.value.id };
    const exit = answer.kind === 'process' ? answer.exit : undefined;
    const code = exit?.exitCode ?? 0;
    session.setGlobal('LASTEXITCODE', code | 0);
    const split = (text: string): string[] => {
      const lines = text.split(/\r?\n/);
      if (lines.at(-1) === '') lines.pop();
      return lines;
    };
    for (const line of split(utf8Decode(exit?.stdout ?? ('' as never)))) {
      const step = options.out.write(line);
      if (step) yield* step;
    }
    if (exit && exit.stderr.length > 0) {
      if (errorToConsole) session.output.write('error', utf8Decode(exit.stderr));
      else {
        let first = true;
        for (const line of split(utf8Decode(exit.stderr))) {
          const record = new ErrorRecord(
            exception('System.Management.Automation.RemoteException', line),
            first ? 'NativeCommandError' : 'NativeCommandErrorMessage',
            'NotSpecified',
            line,
          );
          first = false;
          session.recordError(record);
          const step = options.streams.error.write(record);
          if (step) yield* step;
        }
      }
    }
    session.nativeFailed = code !== 0;
  }
}
