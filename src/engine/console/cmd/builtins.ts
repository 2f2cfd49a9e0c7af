import { plain, readWords } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import { dateAndClock, fileBuiltins } from './file-commands.ts';
import { set } from './set.ts';
import { batchArguments, splitCommand } from './words.ts';
import type { CmdShell } from './shell.ts';
import { start } from './start.ts';

const echo = plain('echo', 'never', (shell, rest, streams) => {
  const text = rest.replace(/^[\s,;=]/, '');
  const word = text.trim().toLowerCase();
  if (rest === '.') streams.out.write(shell.newline);
  else if (word === '' && rest.trim() === '' && rest.length <= 1)
    streams.out.write(`ECHO is ${shell.echo ? 'on' : 'off'}.${shell.newline}`);
  else if (word === 'on' || word === 'off') shell.echo = word === 'on';
  else streams.out.write(text + shell.newline);
  return 0;
});

const cd = plain(
  'cd',
  'always',
  (shell, rest, streams) => {
    let target = rest.trim().replace(/^\/d\s+/i, '');
    const changesDrive = /^\s*\/d\s/i.test(rest);
    if (target === '') {
      streams.out.write(shell.variables.directory + shell.newline);
      return 0;
    }
    target = target.replace(/"/g, '');
    if (/^[a-z]:$/i.test(target)) {
      const here = shell.variables.directory;
      streams.out.write(
        (here.slice(0, 2).toLowerCase() === target.toLowerCase() ? here : `${target.toUpperCase()}\\`) +
          shell.newline,
      );
      return 0;
    }
    const path = shell.path(target);
    const info = shell.host.files.info(path);
    if (!info.ok) {
      streams.error.write(`The system cannot find the path specified.${shell.newline}`);
      return 1;
    }
    if (info.value.kind === 'file') {
      streams.error.write(`The directory name is invalid.${shell.newline}`);
      return 1;
    }
    if (
      changesDrive ||
      path.slice(0, 2).toLowerCase() === shell.variables.directory.slice(0, 2).toLowerCase()
    )
      shell.variables.directory = info.value.path;
    return 0;
  },
  ['chdir'],
);

const pushd = plain('pushd', 'always', (shell, rest, streams) => {
  const target = rest.trim().replace(/"/g, '');
  if (target === '') {
    for (const one of [...shell.directories].reverse()) streams.out.write(one + shell.newline);
    return 0;
  }
  const info = shell.host.files.info(shell.path(target));
  if (!info.ok || info.value.kind === 'file') {
    streams.error.write(`The system cannot find the path specified.${shell.newline}`);
    return 1;
  }
  shell.directories.push(shell.variables.directory);
  shell.variables.directory = info.value.path;
  return 0;
});

const popd = plain('popd', 'never', (shell) => {
  const back = shell.directories.pop();
  if (back === undefined) return 1;
  shell.variables.directory = back;
  return 0;
});

const setlocal = plain('setlocal', 'cmd', (shell, rest) => {
  const { batch } = shell;
  if (!batch) return 0;
  const saved = shell.variables.save();
  const { directory } = shell.variables;
  const { delayed } = shell;
  batch.saved.push(() => {
    shell.variables.restore(saved);
    shell.variables.directory = directory;
    shell.delayed = delayed;
  });
  if (/enabledelayedexpansion/i.test(rest)) shell.delayed = true;
  if (/disabledelayedexpansion/i.test(rest)) shell.delayed = false;
  return 0;
});

const endlocal = plain('endlocal', 'never', (shell) => {
  shell.batch?.saved.pop()?.();
  return 0;
});

const goto_ = plain('goto', 'never', (shell, rest, streams) => {
  const label = rest.trim();
  if (!shell.batch) return undefined;
  if (label === '') {
    streams.error.write(`No batch label specified to GOTO command.${shell.newline}`);
    return 1;
  }
  return { kind: 'goto', label: /^:eof\b/i.test(label) ? ':EOF' : label.split(/[\s,;=]/)[0]! };
});

const call: Builtin = {
  name: 'call',
  errorLevel: 'failure',
  *run(shell, rest, streams) {
    // CALL expands its line once more.
    const text = expandAgain(rest.trim(), shell);
    if (text.startsWith(':')) {
      const [label = '', ...args] = batchArguments(text);
      if (/^:eof$/i.test(label)) return undefined;
      const signal = yield* shell.callLabel(label.slice(1), [label, ...args]);
      shell.code = shell.variables.errorLevel;
      return signal;
    }
    const { name, args } = splitCommand(text);
    const bare = name.toLowerCase();
    if (builtins.has(bare) || builtins.has(/^[a-z]+/.exec(bare)?.[0] ?? '')) {
      if (shell.find(name) === undefined || !/[.\\]/.test(bare)) return yield* shell.command(text, streams);
    }
    return yield* shell.start(name, args, streams, true);
  },
};

function expandAgain(text: string, shell: CmdShell): string {
  return text.includes('%')
    ? text.replace(/%([^%\s]+)%/g, (all, name: string) => shell.variables.get(name) ?? all)
    : text;
}

const exit = plain('exit', 'never', (shell, rest) => {
  const match = /^\s*(\/b)?\s*(-?\d+)?/i.exec(rest);
  const code = match?.[2] === undefined ? shell.variables.errorLevel : Number(match[2]) | 0;
  shell.variables.errorLevel = code;
  shell.code = code;
  return match?.[1] && shell.batch ? { kind: 'end' } : { kind: 'exit', code };
});

const shift = plain('shift', 'never', (shell, rest) => {
  const from = Number(/\/(\d)/.exec(rest)?.[1] ?? 0);
  shell.batch?.args.splice(from, 1);
  return 0;
});

const pause: Builtin = {
  name: 'pause',
  errorLevel: 'never',
  *run(shell, _rest, streams) {
    const prompt = 'Press any key to continue . . . ';
    if (streams.input) {
      streams.out.write(prompt + shell.newline);
      streams.input.line();
    } else if (streams.out.inherited) yield { kind: 'line', prompt, secret: false };
    else {
      streams.out.write(prompt);
      yield { kind: 'line', prompt: '', secret: false };
    }
    return 0;
  },
};

const ver = plain('ver', 'always', (shell, _rest, streams) => {
  streams.out.write(
    `${shell.newline}Microsoft Windows [Version ${shell.host.computer.osVersion}]${shell.newline}`,
  );
  return 0;
});

const path = plain('path', 'cmd', (shell, rest, streams) => {
  const value = rest.replace(/^[\s=]+/, '').trim();
  if (value === '') streams.out.write(`PATH=${shell.variables.get('PATH') ?? '(null)'}${shell.newline}`);
  else shell.variables.set('PATH', value === ';' ? '' : value);
  return 0;
});

const prompt = plain('prompt', 'cmd', (shell, rest) => {
  shell.variables.set('PROMPT', rest.trim() === '' ? '$P$G' : rest.trim());
  return 0;
});

const date = plain('date', 'always', (shell, rest, streams) => {
  if (readWords(rest).switches.has('t')) {
    streams.out.write(`${shell.variables.get('DATE') ?? ''} ${shell.newline}`);
    return 0;
  }
  streams.out.write(`The current date is: ${shell.variables.get('DATE') ?? ''} ${shell.newline}`);
  return 0;
});

const time = plain('time', 'always', (shell, rest, streams) => {
  if (readWords(rest).switches.has('t')) {
    streams.out.write(dateAndClock(shell).clock + shell.newline);
    return 0;
  }
  streams.out.write(`The current time is: ${shell.variables.get('TIME') ?? ''}${shell.newline}`);
  return 0;
});

const vol = plain('vol', 'always', (shell, _rest, streams) => {
  streams.out.write(dateAndClock(shell).volume);
  return 0;
});

const cls = plain('cls', 'never', (_shell, _rest, streams) => {
  if (streams.out.inherited) streams.out.write('\x1b[2J\x1b[H');
  return 0;
});

/** REM, TITLE, COLOR, BREAK, VERIFY: nothing a script could see. */
const silent = (name: string): Builtin => plain(name, 'never', () => undefined);

/** Commands of cmd.exe by lower-case name. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [
    echo,
    cd,
    pushd,
    popd,
    set,
    setlocal,
    endlocal,
    goto_,
    call,
    exit,
    shift,
    pause,
    ver,
    path,
    prompt,
    date,
    time,
    vol,
    cls,
    start,
    ...['rem', 'title', 'color', 'break', 'verify'].map(silent),
    ...fileBuiltins,
  ].flatMap((builtin) => [builtin.name, ...(builtin.aliases ?? [])].map((name) => [name, builtin] as const)),
);
