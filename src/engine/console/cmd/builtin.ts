import type { CmdShell, ShellSteps, Signal } from './shell.ts';
import type { Streams } from './streams.ts';

/** A command that cmd.exe does itself. */
export interface Builtin {
  readonly name: string;
  readonly aliases?: readonly string[];
  /**
   * What its result does to ERRORLEVEL: `always` sets it, `cmd` clears it on success in .cmd files only, `failure`
   * sets it on failure and leaves it otherwise, `never` leaves it alone.
   */
  readonly errorLevel: 'always' | 'cmd' | 'failure' | 'never';
  /** `rest` is the text after the name. A number is the result, undefined leaves even that as it was. */
  run(
    shell: CmdShell,
    rest: string,
    streams: Streams,
  ): Generator<Yielded, number | Signal | undefined, Resumed>;
}
type Yielded = ShellSteps extends Generator<infer Y, unknown, unknown> ? Y : never;
type Resumed = ShellSteps extends Generator<unknown, unknown, infer N> ? N : never;

/** A builtin that never waits. */
export const plain = (
  name: string,
  errorLevel: Builtin['errorLevel'],
  run: (shell: CmdShell, rest: string, streams: Streams) => number | Signal | undefined,
  aliases: readonly string[] = [],
): Builtin => ({
  name,
  aliases,
  errorLevel,
  // eslint-disable-next-line require-yield
  *run(shell, rest, streams) {
    return run(shell, rest, streams);
  },
});

/** Words of an argument text and its switches: `/s` and `/Q` come in lower case without the slash. */
export function readWords(text: string): { readonly words: string[]; readonly switches: Set<string> } {
  const words: string[] = [];
  const switches = new Set<string>();
  for (const part of text.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? []) {
    if (!part.startsWith('/')) {
      words.push(part.replace(/"/g, ''));
      continue;
    }
    for (const one of part.split('/')) if (one !== '') switches.add(one.toLowerCase());
  }
  return { words, switches };
}
