import type { Bytes } from '../../../base/bytes.ts';
import { utf8Decode } from '../../../base/bytes.ts';
import { readText } from '../cmd/file-commands.ts';
import { absolutePath, fileName, matchesPattern, parentPath } from '../device-path.ts';
import { program, waitingProgram } from './simple.ts';
import type { Call } from './simple.ts';

const linesOf = (text: string): string[] => {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

interface Source {
  readonly name: string;
  readonly content: Bytes;
}

/** Files that arguments with wildcards name, with folders below where asked. */
function files(
  call: Call,
  patterns: readonly string[],
  recurse: boolean,
): { found: Source[]; missing: string[] } {
  const found: Source[] = [];
  const missing: string[] = [];
  const { host, context } = call;
  for (const pattern of patterns) {
    const path = absolutePath(pattern, context.workingDirectory);
    const prefix = pattern.slice(0, pattern.length - fileName(pattern.replace(/\//g, '\\')).length);
    const before = found.length;
    const walk = (folder: string, shown: string): void => {
      const list = host.files.list(folder);
      for (const child of list.ok ? list.value : []) {
        if (child.kind === 'file' && matchesPattern(child.name, fileName(path))) {
          const content = host.files.read(child.path);
          if (content.ok) found.push({ name: shown + child.name, content: content.value });
        } else if (child.kind === 'directory' && recurse) walk(child.path, `${shown}${child.name}\\`);
      }
    };
    walk(parentPath(path), prefix);
    if (found.length === before) missing.push(pattern);
  }
  return { found, missing };
}

/** A regular expression of findstr: `.` `*` `^` `$` `[class]` `\<` `\>` `\x`. */
function findstrPattern(text: string, ignoreCase: boolean): RegExp {
  let source = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    if (char === '\\' && i + 1 < text.length) {
      const next = text[++i] as string;
      source += next === '<' || next === '>' ? '\\b' : next.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    } else if (char === '[') {
      const end = text.indexOf(']', i + 1);
      if (end < 0) source += '\\[';
      else {
        source += `[${text.slice(i + 1, end).replace(/\\/g, '\\\\')}]`;
        i = end;
      }
    } else source += '+?{}()|'.includes(char) ? `\\${char}` : char;
  }
  return new RegExp(source, ignoreCase ? 'i' : '');
}

/** findstr.exe. Exit code 1 where nothing matches, 2 on wrong use. */
export const findstr = program('findstr.exe', (call) => {
  const flags = new Set<string>();
  const searches: string[] = [];
  const rest: string[] = [];
  for (const arg of call.args) {
    const option = /^\/([a-z]+)(?::(.*))?$/is.exec(arg);
    if (!option || rest.length > 0) {
      rest.push(arg);
      continue;
    }
    const name = (option[1] as string).toLowerCase();
    if (name === 'c' && option[2] !== undefined) searches.push(option[2].replace(/^"|"$/g, ''));
    else if (name === 'g' && option[2] !== undefined) {
      const file = call.host.files.read(absolutePath(option[2], call.context.workingDirectory));
      if (!file.ok) {
        call.fail(`FINDSTR: Cannot read strings from ${option[2]}`);
        return 2;
      }
      searches.push(...linesOf(utf8Decode(file.value)));
    } else if (/^[berlsixvnmop]+$/.test(name)) for (const letter of name) flags.add(letter);
    else if (!['a', 'd', 'f', 'offline'].includes(name)) {
      call.fail(`FINDSTR: /${name} ignored`);
    }
  }
  const isLiteral = flags.has('l') || (searches.length > 0 && !flags.has('r'));
  if (searches.length === 0) {
    const given = rest.shift();
    if (given === undefined) {
      call.fail('FINDSTR: Bad command line');
      return 2;
    }
    searches.push(...given.split(' ').filter((word) => word !== ''));
  }
  const ignoreCase = flags.has('i');
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const patterns = isLiteral ? [] : searches.map((text) => findstrPattern(text, ignoreCase));
  const matches = (line: string): boolean => {
    if (!isLiteral)
      return patterns.some((pattern) => {
        const found = pattern.exec(line);
        if (!found) return false;
        if (flags.has('x')) return found[0] === line;
        if (flags.has('b')) return found.index === 0;
        return flags.has('e') ? found.index + found[0].length === line.length : true;
      });
    return searches.some((text) => {
      const [a, b] = [fold(line), fold(text)];
      if (flags.has('x')) return a === b;
      if (flags.has('b')) return a.startsWith(b);
      return flags.has('e') ? a.endsWith(b) : a.includes(b);
    });
  };
  const fromFiles = rest.length > 0;
  const { found, missing } = fromFiles
    ? files(call, rest, flags.has('s'))
    : { found: [{ name: '', content: call.context.stdin ?? ('' as Bytes) }], missing: [] };
  for (const name of missing) call.fail(`FINDSTR: Cannot open ${name}`);
  const showsName = fromFiles && (found.length > 1 || rest.some((one) => /[*?]/.test(one)) || flags.has('s'));
  let any = false;
  for (const source of found) {
    let offset = 0;
    const text = utf8Decode(source.content);
    const all = linesOf(text);
    for (let i = 0; i < all.length; i++) {
      const line = all[i] as string;
      if (matches(line) !== flags.has('v')) {
        any = true;
        if (flags.has('m')) {
          call.line(source.name);
          break;
        }
        call.line(
          `${showsName ? `${source.name}:` : ''}${flags.has('n') ? `${i + 1}:` : ''}${flags.has('o') ? `${offset}:` : ''}${line}`,
        );
      }
      offset += line.length + 2;
    }
  }
  return any ? 0 : 1;
});

/** find.exe: lines that hold a quoted text. */
export const find = program('find.exe', (call) => {
  const raw = call.context.arguments;
  const text = /"((?:[^"]|"")*)"/.exec(raw);
  if (!text) {
    call.fail('FIND: Parameter format not correct');
    return 2;
  }
  const outside = raw.replace(text[0], ' ');
  const flags = new Set(
    [...outside.matchAll(/\/([a-z]+)/gi)].map((match) => (match[1] as string).toLowerCase()),
  );
  const names = outside
    .replace(/\/[a-z]+/gi, ' ')
    .split(/\s+/)
    .filter((name) => name !== '');
  const fold = (line: string): string => (flags.has('i') ? line.toLowerCase() : line);
  const wanted = fold((text[1] as string).replace(/""/g, '"'));
  let any = false;
  const search = (content: string): void => {
    const all = linesOf(content);
    let count = 0;
    all.forEach((line, i) => {
      if (fold(line).includes(wanted) === flags.has('v')) return;
      count++;
      if (!flags.has('c')) call.line(`${flags.has('n') ? `[${i + 1}]` : ''}${line}`);
    });
    if (count > 0) any = true;
    if (flags.has('c')) call.line(names.length === 0 ? String(count) : `${count}`);
  };
  if (names.length === 0) search(readText(call.context.stdin ?? ('' as Bytes)));
  for (const name of names) {
    const { found } = files(call, [name], false);
    if (found.length === 0) {
      call.fail(`File not found - ${name.toUpperCase()}`);
      continue;
    }
    for (const source of found) {
      call.line();
      if (flags.has('c')) call.text(`---------- ${source.name.toUpperCase()}: `);
      else call.line(`---------- ${source.name.toUpperCase()}`);
      search(readText(source.content));
    }
  }
  return any ? 0 : 1;
});

/** more.com without a screen to fill: the text, tabs kept. */
export const more = program('more.com', (call) => {
  const names = call.args.filter((arg) => !/^[/+]/.test(arg));
  if (names.length === 0) {
    call.text(readText(call.context.stdin ?? ('' as Bytes)));
    return 0;
  }
  for (const name of names) {
    const content = call.host.files.read(absolutePath(name, call.context.workingDirectory));
    if (!content.ok) {
      call.fail(`Cannot access file ${absolutePath(name, call.context.workingDirectory)}`);
      return 1;
    }
    call.text(readText(content.value));
  }
  return 0;
});

/** sort.exe: lines in order without case; /R turns it. */
export const sort = program('sort.exe', (call) => {
  const reverse = call.args.some((arg) => /^\/r/i.test(arg));
  const from = call.args.find((arg) => !arg.startsWith('/'));
  let content = call.context.stdin ?? ('' as Bytes);
  if (from !== undefined) {
    const read = call.host.files.read(absolutePath(from, call.context.workingDirectory));
    if (!read.ok) {
      call.fail(`${from}The system cannot find the file specified.`);
      return 1;
    }
    content = read.value;
  }
  const lines = linesOf(readText(content)).sort((a, b) => {
    const [x, y] = [a.toLowerCase(), b.toLowerCase()];
    return x < y ? -1 : x > y ? 1 : 0;
  });
  if (reverse) lines.reverse();
  if (lines.length > 0) call.line(...lines);
  return 0;
});

/** Runs of printable characters in bytes, one byte each, and of UTF-16 text. */
function* printableRuns(
  content: Bytes,
  least: number,
  unicode: boolean,
): Generator<{ at: number; text: string }> {
  const step = unicode ? 2 : 1;
  for (let offset = 0; offset < step; offset++) {
    let start = -1;
    let text = '';
    for (let i = offset; i <= content.length; i += step) {
      const code = i < content.length ? content.charCodeAt(i) : -1;
      const high = unicode && i + 1 < content.length ? content.charCodeAt(i + 1) : 0;
      if (code >= 32 && code < 127 && high === 0) {
        if (start < 0) start = i;
        text += String.fromCharCode(code);
        continue;
      }
      if (text.length >= least) yield { at: start, text };
      start = -1;
      text = '';
    }
  }
}

const stringsProgram = (name: string): ReturnType<typeof program> =>
  program(name, (call) => {
    let least = 3;
    let ascii = true;
    let unicode = true;
    let offsets = false;
    const names: string[] = [];
    for (let i = 0; i < call.args.length; i++) {
      const arg = call.args[i] as string;
      const option = /^[-/](\w+)$/.exec(arg)?.[1]?.toLowerCase();
      if (option === undefined) names.push(arg);
      else if (option === 'n') least = Number(call.args[++i] ?? 3) || 3;
      else if (option === 'a') unicode = false;
      else if (option === 'u') ascii = false;
      else if (option === 'o') offsets = true;
    }
    if (!call.args.some((arg) => /^[-/]nobanner$/i.test(arg)))
      call.line(
        '',
        'Strings v2.54 - Search for ANSI and Unicode strings in binary images.',
        'Copyright (C) 1999-2021 Mark Russinovich',
        'Sysinternals - www.sysinternals.com',
        '',
      );
    if (names.length === 0) {
      call.line('usage: strings [-a] [-f offset] [-b bytes] [-n length] [-o] [-s] [-u] <file or directory>');
      return -1;
    }
    const { found, missing } = files(call, names, false);
    if (missing.length > 0) {
      call.line('No matching files were found.');
      return 1;
    }
    for (const { content } of found) {
      const runs = [
        ...(ascii ? printableRuns(content, least, false) : []),
        ...(unicode ? printableRuns(content, least, true) : []),
      ].sort((a, b) => a.at - b.at);
      for (const { at, text } of runs) call.line(offsets ? `${at}:${text}` : text);
    }
    return 0;
  });

/** Sysinternals Strings under both its names. */
export const strings = stringsProgram('strings.exe');
export const strings64 = stringsProgram('strings64.exe');

/** where.exe: files by pattern in the current folder and PATH. */
export const where = program('where.exe', (call) => {
  const quiet = call.args.some((arg) => /^\/q$/i.test(arg));
  const recurseAt = call.args.findIndex((arg) => /^\/r$/i.test(arg));
  const patterns = call.args.filter(
    (arg, i) => !arg.startsWith('/') && (recurseAt < 0 || i !== recurseAt + 1),
  );
  if (patterns.length === 0) {
    call.fail('The syntax of this command is:', '', 'WHERE [/R dir] [/Q] [/F] [/T] pattern...');
    return 2;
  }
  const { host, context } = call;
  const variable = (name: string): string => {
    for (const [own, value] of host.environment) if (own.toLowerCase() === name) return value;
    return '';
  };
  const extensions = ['', ...variable('pathext').toLowerCase().split(';')];
  const folders = [
    context.workingDirectory,
    ...variable('path')
      .split(';')
      .filter((p) => p !== ''),
  ];
  let missing = false;
  for (const pattern of patterns) {
    const found = new Set<string>();
    const look = (folder: string, recurse: boolean): void => {
      const list = host.files.list(folder.replace(/(?<=.:\\.*)\\$/, ''));
      for (const child of list.ok ? list.value : []) {
        if (child.kind === 'directory') {
          if (recurse) look(child.path, true);
        } else if (extensions.some((extension) => matchesPattern(child.name, pattern + extension)))
          found.add(child.path);
      }
    };
    if (recurseAt >= 0) look(absolutePath(call.args[recurseAt + 1] ?? '.', context.workingDirectory), true);
    else for (const folder of folders) look(folder, false);
    if (found.size === 0) {
      missing = true;
      if (!quiet) call.fail('INFO: Could not find files for the given pattern(s).');
    } else if (!quiet) call.line(...found);
  }
  return missing ? 1 : 0;
});

/** timeout.exe: waits, or until a key where somebody could press one. */
export const timeout = waitingProgram('timeout.exe', function* (call) {
  const args = call.args.filter((arg) => !/^\/t$/i.test(arg));
  const noBreak = args.some((arg) => /^\/nobreak$/i.test(arg));
  const given = args.find((arg) => !/^\/nobreak$/i.test(arg));
  if (given === undefined || !/^-?\d+$/.test(given)) {
    call.fail(
      given === undefined
        ? "ERROR: Invalid syntax. Value expected for '/T'."
        : `ERROR: Invalid value for timeout (/T) specified. Valid range is -1 to 99999.`,
      'Type "TIMEOUT /?" for usage.',
    );
    return 1;
  }
  if (call.context.stdin !== undefined) {
    call.fail('ERROR: Input redirection is not supported, exiting the process immediately.');
    return 1;
  }
  const seconds = Number(given);
  call.line();
  if (seconds < 0) {
    yield { kind: 'line', prompt: 'Press any key to continue ...', secret: false };
    return 0;
  }
  call.line(`Waiting for ${seconds} seconds, press ${noBreak ? 'CTRL+C to quit' : 'a key to continue'} ...`);
  yield {
    kind: 'until',
    at: (call.host.clock.now() + seconds * 1_000_000) as ReturnType<typeof call.host.clock.now>,
  };
  return 0;
});
