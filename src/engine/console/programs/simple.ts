import type { Host, Resume, Suspend } from '../../powershell/host.ts';
import { splitArguments } from '../command-line.ts';
import type { Program, ProgramContext } from '../program.ts';

/** One run of a program: its arguments split, and lines to write. */
export interface Call {
  readonly context: ProgramContext;
  readonly host: Host;
  readonly args: readonly string[];
  /** Lines to standard output; no arguments write an empty line. */
  line(...lines: string[]): void;
  fail(...lines: string[]): void;
  /** Text without line end. */
  text(text: string): void;
}

export type ProgramSteps = Generator<Suspend, number, Resume>;

function makeCall(context: ProgramContext): Call {
  const { newline } = context.host;
  const lines = (stream: 'out' | 'error', given: readonly string[]): void =>
    context.output.write(stream, (given.length === 0 ? [''] : given).map((line) => line + newline).join(''));
  return {
    context,
    host: context.host,
    args: splitArguments(context.arguments),
    line: (...given) => lines('out', given),
    fail: (...given) => lines('error', given),
    text: (text) => context.output.write('out', text),
  };
}

/** A program that does its work at once and returns its exit code. */
export const program = (name: string, run: (call: Call) => number): Program => ({
  name,
  // eslint-disable-next-line require-yield
  *run(context) {
    return run(makeCall(context));
  },
});

/** A program that may wait. */
export const waitingProgram = (name: string, run: (call: Call) => ProgramSteps): Program => ({
  name,
  run: (context) => run(makeCall(context)),
});

/** Asks on the console; with redirected input the next line of it answers. undefined: nobody answers. */
export function* ask(prompt: string): Generator<Suspend, string | undefined, Resume> {
  const answer = yield { kind: 'line', prompt, secret: false };
  return answer.kind === 'line' ? answer.text : undefined;
}

/** `/name` or `-name` without its mark, in lower case; undefined where it is no option. */
export const optionName = (arg: string): string | undefined =>
  /^[/-]./.test(arg) ? arg.slice(1).toLowerCase() : undefined;
