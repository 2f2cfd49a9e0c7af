import { utf8Decode } from '../../../base/bytes.ts';
import type { FileInfo, HostError, HostResult } from '../../powershell/host.ts';
import { fileName, matchesPattern, parentPath } from '../device-path.ts';
import { localTime, shortDate, shortTime } from '../local-time.ts';
import { plain, readWords } from './builtin.ts';
import type { Builtin } from './builtin.ts';
import type { CmdShell } from './shell.ts';
import type { Streams } from './streams.ts';

/** A refusal in the words of cmd.exe. */
export function refusalText(error: HostError): string {
  switch (error.code) {
    case 'not-found':
      return 'The system cannot find the file specified.';
    case 'parent-not-found':
      return 'The system cannot find the path specified.';
    case 'in-use':
      return 'The process cannot access the file because it is being used by another process.';
    case 'not-empty':
      return 'The directory is not empty.';
    case 'already-exists':
      return 'A duplicate file name exists, or the file cannot be found.';
    case 'invalid-name':
      return 'The filename, directory name, or volume label syntax is incorrect.';
    case 'disk-full':
      return 'There is not enough space on the disk.';
    case 'not-a-directory':
      return 'The directory name is invalid.';
    default:
      return 'Access is denied.';
  }
}

const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',');

export function dateAndClock(shell: CmdShell): { readonly clock: string; readonly volume: string } {
  const t = localTime(shell.host.clock.now(), shell.host);
  const drive = shell.variables.directory.slice(0, 1).toUpperCase();
  const label = shell.host.files.drives().find((d) => d.name.toUpperCase() === drive)?.label ?? '';
  const first =
    label === '' ? ` Volume in drive ${drive} has no label.` : ` Volume in drive ${drive} is ${label}`;
  return {
    clock: shortTime(t),
    volume: `${first}${shell.newline} Volume Serial Number is ${serialNumber(drive)}${shell.newline}`,
  };
}

/** A serial number that is the volume's own: made from its letter. */
const serialNumber = (drive: string): string => {
  const high = (drive.charCodeAt(0) * 40503) & 0xffff;
  const low = (drive.charCodeAt(0) * 30011) & 0xffff;
  const hex = (n: number): string => n.toString(16).toUpperCase().padStart(4, '0');
  return `${hex(high)}-${hex(low)}`;
};

/** Files (and folders) a path with wildcards means; a folder alone means all in it. */
function matching(
  shell: CmdShell,
  given: string,
  folders: 'inside' | 'itself',
): HostResult<readonly FileInfo[]> {
  const path = shell.path(given);
  if (!/[*?]/.test(fileName(path))) {
    const info = shell.host.files.info(path);
    if (!info.ok) return info;
    if (info.value.kind === 'directory' && folders === 'inside') return shell.host.files.list(path);
    return { ok: true, value: [info.value] };
  }
  const children = shell.host.files.list(parentPath(path));
  if (!children.ok) return children;
  return { ok: true, value: children.value.filter((child) => matchesPattern(child.name, fileName(path))) };
}

const type = plain('type', 'always', (shell, rest, streams) => {
  const { words } = readWords(rest);
  if (words.length === 0) {
    streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
    return 1;
  }
  let code = 0;
  for (const word of words) {
    const found = matching(shell, word, 'itself');
    const files = found.ok ? found.value.filter((f) => f.kind === 'file') : [];
    if (!found.ok || files.length === 0) {
      const isFolder = found.ok && found.value.length > 0;
      streams.error.write(
        (found.ok
          ? isFolder
            ? 'Access is denied.'
            : 'The system cannot find the file specified.'
          : refusalText(found.error)) + shell.newline,
      );
      if (words.length > 1) streams.error.write(`Error occurred while processing: ${word}.${shell.newline}`);
      code = 1;
      continue;
    }
    for (const file of files) {
      if (words.length > 1 || files.length > 1)
        streams.error.write(`${shell.newline}${word}${shell.newline}${shell.newline}${shell.newline}`);
      const content = shell.host.files.read(file.path);
      if (content.ok) streams.out.write(readText(content.value));
      else {
        streams.error.write(refusalText(content.error) + shell.newline);
        code = 1;
      }
    }
  }
  return code;
});

/** A file's text as TYPE prints it: UTF-16 with a byte order mark is understood. */
export function readText(content: Parameters<typeof utf8Decode>[0]): string {
  if (!content.startsWith('\xff\xfe')) return utf8Decode(content).replace(/^\uFEFF/, '');
  let text = '';
  for (let i = 2; i + 1 < content.length; i += 2)
    text += String.fromCharCode(content.charCodeAt(i) | (content.charCodeAt(i + 1) << 8));
  return text;
}

const del = plain(
  'del',
  'always',
  (shell, rest, streams) => {
    const { words, switches } = readWords(rest);
    if (words.length === 0) {
      streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
      return 1;
    }
    let code = 0;
    const force = switches.has('f');
    const remove = (file: FileInfo): void => {
      if (file.readOnly && force) shell.host.files.setAttributes(file.path, { readOnly: false });
      const done =
        file.readOnly && !force
          ? { ok: false as const, error: { code: 'access-denied' as const, message: '' } }
          : shell.host.files.remove(file.path, false);
      if (!done.ok) {
        streams.error.write(`${file.path}${shell.newline}${refusalText(done.error)}${shell.newline}`);
        // DEL reports a refusal without changing its result.
      } else if (switches.has('s')) streams.out.write(`Deleted file - ${file.path}${shell.newline}`);
    };
    const walk = (folder: string, pattern: string): number => {
      const children = shell.host.files.list(folder);
      let count = 0;
      for (const child of children.ok ? children.value : []) {
        if (child.kind === 'file' && matchesPattern(child.name, pattern)) {
          remove(child);
          count++;
        } else if (child.kind === 'directory') count += walk(child.path, pattern);
      }
      return count;
    };
    for (const word of words) {
      const path = shell.path(word);
      if (switches.has('s')) {
        const info = shell.host.files.info(path);
        const isFolder = info.ok && info.value.kind === 'directory';
        if (walk(isFolder ? path : parentPath(path), isFolder ? '*' : fileName(path)) === 0)
          streams.error.write(`Could Not Find ${path}${shell.newline}`);
        continue;
      }
      const found = matching(shell, word, 'inside');
      const files = found.ok ? found.value.filter((f) => f.kind === 'file') : [];
      if (!found.ok && found.error.code === 'parent-not-found') {
        streams.error.write(`The system cannot find the path specified.${shell.newline}`);
        code = 1;
      } else if (files.length === 0) streams.error.write(`Could Not Find ${path}${shell.newline}`);
      for (const file of files) remove(file);
    }
    return code;
  },
  ['erase'],
);

const md = plain(
  'md',
  'always',
  (shell, rest, streams) => {
    const { words } = readWords(rest);
    if (words.length === 0) {
      streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
      return 1;
    }
    let code = 0;
    for (const word of words) {
      const path = shell.path(word);
      if (shell.host.files.info(path).ok) {
        streams.error.write(`A subdirectory or file ${word} already exists.${shell.newline}`);
        code = 1;
        continue;
      }
      const made = shell.host.files.createDirectory(path);
      if (!made.ok) {
        streams.error.write(refusalText(made.error) + shell.newline);
        code = 1;
      }
    }
    return code;
  },
  ['mkdir'],
);

const rd: Builtin = {
  name: 'rd',
  aliases: ['rmdir'],
  errorLevel: 'never',
  *run(shell, rest, streams) {
    const { words, switches } = readWords(rest);
    if (words.length === 0) {
      streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
      return 1;
    }
    let code = 0;
    for (const word of words) {
      const path = shell.path(word);
      const info = shell.host.files.info(path);
      if (!info.ok) {
        streams.error.write(`The system cannot find the file specified.${shell.newline}`);
        code = 2;
        continue;
      }
      if (info.value.kind === 'file') {
        streams.error.write(`The directory name is invalid.${shell.newline}`);
        code = 267;
        continue;
      }
      if (switches.has('s') && !switches.has('q')) {
        const answer = yield { kind: 'line', prompt: `${word}, Are you sure (Y/N)? `, secret: false };
        if (answer.kind !== 'line' || !/^y/i.test(answer.text ?? '')) continue;
      }
      const done = shell.host.files.remove(path, switches.has('s'));
      if (!done.ok) {
        streams.error.write(refusalText(done.error) + shell.newline);
        code = done.error.code === 'not-empty' ? 145 : 5;
      }
    }
    return code;
  },
};

/** Where a source goes: into the target folder, or onto the target's name with its wildcards filled in. */
function destination(shell: CmdShell, source: FileInfo, target: string): string {
  const path = shell.path(target);
  const info = shell.host.files.info(path);
  if (info.ok && info.value.kind === 'directory') return `${path.replace(/\\$/, '')}\\${source.name}`;
  if (/[\\/]$/.test(target)) return `${path}\\${source.name}`;
  const name = fileName(path);
  return /[*?]/.test(name)
    ? `${parentPath(path).replace(/\\$/, '')}\\${filledName(source.name, name)}`
    : path;
}

/** `*.bak` for `a.txt` is `a.bak`. */
function filledName(name: string, pattern: string): string {
  const dot = name.lastIndexOf('.');
  const [base, extension] = dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
  const at = pattern.lastIndexOf('.');
  const [left, right] = at < 0 ? [pattern, undefined] : [pattern.slice(0, at), pattern.slice(at + 1)];
  const fill = (part: string, from: string): string =>
    part.includes('*')
      ? part.replace(/\*.*/, from.slice(part.indexOf('*')))
      : part.replace(/\?/g, (_, i: number) => from[i] ?? '');
  const stem = fill(left, base);
  return right === undefined ? stem : `${stem}.${fill(right, extension)}`;
}

const copy = plain('copy', 'always', (shell, rest, streams) => {
  const { words } = readWords(rest.replace(/\s\+\s|\+/g, ' + '));
  const groups: string[][] = [[]];
  for (let i = 0; i < words.length; i++) {
    if (words[i] === '+') continue;
    if (i > 0 && words[i - 1] !== '+') groups.push([]);
    groups.at(-1)?.push(words[i] as string);
  }
  const [sources = [], [target = '.'] = ['.']] = groups;
  if (sources.length === 0) {
    streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
    return 1;
  }
  let count = 0;
  const fail = (error: HostError): number => {
    streams.error.write(refusalText(error) + shell.newline);
    streams.out.write(`        ${count} file(s) copied.${shell.newline}`);
    return 1;
  };
  const joined = sources.length > 1;
  let content = '';
  for (const source of sources) {
    const found = matching(shell, source, 'inside');
    if (!found.ok) return fail(found.error);
    const files = found.value.filter((f) => f.kind === 'file');
    if (files.length === 0) return fail({ code: 'not-found', message: '' });
    for (const file of files) {
      if (files.length > 1 || /[*?]/.test(source))
        streams.out.write(sourceLabel(source, file) + shell.newline);
      const read = shell.host.files.read(file.path);
      if (!read.ok) return fail(read.error);
      if (joined) {
        content += read.value;
        continue;
      }
      const to = destination(shell, file, target);
      if (to.toLowerCase() === file.path.toLowerCase()) {
        streams.error.write(`The file cannot be copied onto itself.${shell.newline}`);
        streams.out.write(`        0 file(s) copied.${shell.newline}`);
        return 1;
      }
      const written = shell.host.files.write(to, read.value);
      if (!written.ok) return fail(written.error);
      shell.host.files.setTimes(to, { modified: file.modified });
      count++;
    }
  }
  if (joined) {
    const written = shell.host.files.write(
      shell.path(target),
      content as Parameters<typeof shell.host.files.write>[1],
    );
    if (!written.ok) return fail(written.error);
    count = 1;
  }
  streams.out.write(`        ${count} file(s) copied.${shell.newline}`);
  return 0;
});

const sourceLabel = (given: string, file: FileInfo): string => {
  const slash = Math.max(given.lastIndexOf('\\'), given.lastIndexOf('/'));
  return given.slice(0, slash + 1) + file.name;
};

const move = plain('move', 'always', (shell, rest, streams) => {
  const { words } = readWords(rest);
  if (words.length === 0) {
    streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
    return 1;
  }
  const [source = '', target = '.'] = words;
  const found = matching(shell, source, 'itself');
  if (!found.ok || found.value.length === 0) {
    streams.error.write(
      (found.ok || found.error.code === 'not-found'
        ? 'The system cannot find the file specified.'
        : refusalText(found.error)) + shell.newline,
    );
    return 1;
  }
  let count = 0;
  let folders = 0;
  for (const one of found.value) {
    const to = destination(shell, one, target);
    const there = shell.host.files.info(to);
    if (there.ok && there.value.kind === 'file' && one.kind === 'file') shell.host.files.remove(to, false);
    const done = shell.host.files.move(one.path, to);
    if (!done.ok) {
      streams.error.write(refusalText(done.error) + shell.newline);
      streams.out.write(`        ${count} file(s) moved.${shell.newline}`);
      return 1;
    }
    if (one.kind === 'directory') folders++;
    else count++;
  }
  streams.out.write(
    `        ${folders > 0 ? `${folders} dir(s)` : `${count} file(s)`} moved.${shell.newline}`,
  );
  return 0;
});

const ren = plain(
  'ren',
  'always',
  (shell, rest, streams) => {
    const [source, name] = readWords(rest).words;
    if (source === undefined || name === undefined || /[\\/]/.test(name)) {
      streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
      return 1;
    }
    const found = matching(shell, source, 'itself');
    if (!found.ok || found.value.length === 0) {
      streams.error.write(`The system cannot find the file specified.${shell.newline}`);
      return 1;
    }
    for (const one of found.value) {
      const done = shell.host.files.move(
        one.path,
        `${parentPath(one.path).replace(/\\$/, '')}\\${filledName(one.name, name)}`,
      );
      if (!done.ok) {
        streams.error.write(refusalText(done.error) + shell.newline);
        return 1;
      }
    }
    return 0;
  },
  ['rename'],
);

const dir = plain('dir', 'always', (shell, rest, streams) => {
  const { words, switches } = readWords(rest.replace(/^[.\\]/, (c) => ` ${c}`));
  const bare = switches.has('b');
  const deep = switches.has('s');
  const flags = [...switches].find((s) => /^a/.test(s));
  const fits = (file: FileInfo): boolean => {
    if (flags === undefined) return !file.hidden && !file.system;
    const list = flags.slice(1).replace(':', '');
    for (let i = 0; i < list.length; i++) {
      const negative = list[i] === '-';
      if (negative) i++;
      const has =
        list[i] === 'd'
          ? file.kind === 'directory'
          : list[i] === 'h'
            ? file.hidden
            : list[i] === 's'
              ? file.system
              : list[i] === 'r'
                ? file.readOnly
                : file.archive;
      if (has === negative) return false;
    }
    return true;
  };
  const order = [...switches].find((s) => /^o/.test(s));
  const given = words[0] ?? '.';
  const path = shell.path(given);
  const info = shell.host.files.info(path);
  const isFolder = info.ok && info.value.kind === 'directory' && !/[*?]/.test(given);
  const root = isFolder ? path : parentPath(path);
  const pattern = isFolder ? '*' : fileName(path);
  const { newline } = shell;
  const line = (text: string): void => streams.out.write(text + newline);
  let shown = 0;
  let bytes = 0;
  let folderCount = 0;
  if (!bare) streams.out.write(dateAndClock(shell).volume);
  const list = (folder: string): void => {
    const children = shell.host.files.list(folder);
    if (!children.ok) return;
    const own = children.value.filter((child) => matchesPattern(child.name, pattern) && fits(child));
    if (order) own.sort(comparison(order));
    if (own.length > 0 || (isFolder && !deep && !bare)) {
      if (bare) for (const child of own) line(deep ? child.path : child.name);
      else {
        line(`${newline} Directory of ${folder}${newline}`);
        if (isFolder && folder.length > 3 && flags === undefined) {
          const self = shell.host.files.info(folder);
          if (self.ok) for (const name of ['.', '..']) line(entry({ ...self.value, name }, shell));
        }
        let size = 0;
        for (const child of own) {
          line(entry(child, shell));
          size += child.length;
        }
        const files = own.filter((c) => c.kind === 'file').length;
        line(`${String(files).padStart(16)} File(s) ${grouped(size).padStart(14)} bytes`);
        bytes += size;
      }
      shown += own.filter((c) => c.kind === 'file').length;
      folderCount +=
        own.filter((c) => c.kind === 'directory').length + (isFolder && folder.length > 3 ? 2 : 0);
    }
    if (deep) for (const child of children.value) if (child.kind === 'directory') list(child.path);
  };
  list(root);
  if (shown === 0 && folderCount === 0 && !(isFolder && !bare)) {
    streams.error.write(`File Not Found${newline}`);
    return 1;
  }
  if (bare) return 0;
  const free =
    shell.host.files.drives().find((d) => d.name.toUpperCase() === root.slice(0, 1).toUpperCase())?.free ?? 0;
  if (deep) {
    line(`${newline}     Total Files Listed:`);
    line(`${String(shown).padStart(16)} File(s) ${grouped(bytes).padStart(14)} bytes`);
  }
  line(`${String(folderCount).padStart(16)} Dir(s) ${grouped(free).padStart(15)} bytes free`);
  return 0;
});

function entry(file: FileInfo, shell: CmdShell): string {
  const t = localTime(file.modified, shell.host);
  const size = file.kind === 'directory' ? '   <DIR>          ' : grouped(file.length).padStart(17) + ' ';
  return `${shortDate(t)}  ${shortTime(t)} ${size}${file.name}`;
}

function comparison(order: string): (a: FileInfo, b: FileInfo) => number {
  const keys = order.slice(1).replace(':', '');
  return (a, b) => {
    for (let i = 0; i < (keys === '' ? 1 : keys.length); i++) {
      const down = keys[i] === '-' ? -1 : 1;
      if (down < 0) i++;
      const key = keys[i] ?? 'n';
      const text = (x: FileInfo): string => x.name.toLowerCase();
      let by: number;
      if (key === 'd') by = a.modified - b.modified;
      else if (key === 's') by = a.length - b.length;
      else if (key === 'g') by = Number(b.kind === 'directory') - Number(a.kind === 'directory');
      else by = text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0;
      if (by !== 0) return by * down;
    }
    return 0;
  };
}

const tell = (shell: CmdShell, streams: Streams): number => {
  streams.error.write(`The syntax of the command is incorrect.${shell.newline}`);
  return 1;
};

const mklink = plain('mklink', 'always', (shell, rest, streams) => {
  if (readWords(rest).words.length < 2) return tell(shell, streams);
  streams.error.write(`The device does not support symbolic links.${shell.newline}`);
  return 1;
});

/** Commands that work on files. */
export const fileBuiltins: readonly Builtin[] = [type, del, md, rd, copy, move, ren, dir, mklink];
