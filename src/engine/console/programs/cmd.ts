import { CmdShell } from '../cmd/shell.ts';
import type { Program } from '../program.ts';

interface CmdOptions {
  readonly command: string | undefined;
  readonly stay: boolean;
  readonly quiet: boolean;
  readonly delayed: boolean;
}

/** Switches of cmd.exe, then the command with the quotes that cmd.exe takes off. */
function parseOptions(line: string, isProgram: (name: string) => boolean): CmdOptions {
  let rest = line.trimStart();
  let command: string | undefined;
  let stay = true;
  let quiet = false;
  let delayed = false;
  let strip = false;
  for (;;) {
    const option = /^\/([a-z?])(:[^\s/]*)?\s*/i.exec(rest);
    if (!option) break;
    const letter = (option[1] as string).toLowerCase();
    rest = rest.slice(option[0].length);
    if (letter === 'q') quiet = true;
    else if (letter === 's') strip = true;
    else if (letter === 'v') delayed = !/off/i.test(option[2] ?? '');
    else if (letter === 'c' || letter === 'r' || letter === 'k') {
      stay = letter === 'k';
      command = rest;
      break;
    }
  }
  return {
    command: command === undefined ? undefined : unquoted(command, strip, isProgram),
    stay,
    quiet,
    delayed,
  };
}

/**
 * "cmd /?" in words: quotes stay only where there are exactly two, with nothing special and a blank between them, and
 * what they hold is a program.
 */
function unquoted(text: string, strip: boolean, isProgram: (name: string) => boolean): string {
  if (!text.startsWith('"')) return text;
  const quotes = text.split('"').length - 1;
  const inside = /^"([^"]*)"/.exec(text)?.[1] ?? '';
  if (!strip && quotes === 2 && !/[&<>()@^|]/.test(inside) && /\s/.test(inside) && isProgram(inside))
    return text;
  const last = text.lastIndexOf('"');
  return last === 0 ? text.slice(1) : text.slice(1, last) + text.slice(last + 1);
}

export const cmd: Program = {
  name: 'cmd.exe',
  *run(context) {
    const shell = new CmdShell(context.host, context.output, context.workingDirectory, context.stdin);
    const options = parseOptions(context.arguments, (name) => shell.find(name) !== undefined);
    shell.variables.commandLine = `${context.file} ${context.arguments}`.trim();
    shell.delayed = options.delayed;
    shell.echo = !options.quiet;
    context.onInterrupt?.(() => {
      shell.stopped = true;
    });
    const { newline } = context.host;
    if (options.command === undefined)
      context.output.write(
        'out',
        `Microsoft Windows [Version ${context.host.computer.osVersion}]${newline}(c) Microsoft Corporation. All rights reserved.${newline}`,
      );
    else {
      const signal = yield* shell.line(options.command);
      if (signal?.kind === 'exit') return signal.code;
      if (!options.stay) return shell.code;
    }
    for (;;) {
      let text: string | undefined;
      if (shell.streams.input) {
        text = shell.streams.input.line();
        if (text !== undefined) context.output.write('out', `${newline}${shell.prompt()}${text}${newline}`);
      } else {
        const answer = yield {
          kind: 'line',
          prompt: `${newline}${shell.prompt()}`,
          secret: false,
          purpose: 'command',
        };
        text = answer.kind === 'line' ? answer.text : undefined;
      }
      if (text === undefined) return shell.variables.errorLevel;
      shell.stopped = false;
      const signal = yield* shell.line(text);
      if (signal?.kind === 'exit') return signal.code;
    }
  },
};
