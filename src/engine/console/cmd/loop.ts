import { utf8Decode } from '../../../base/bytes.ts';
import { fileName, matchesPattern, parentPath } from '../device-path.ts';
import { CmdParser } from './parse.ts';
import type { CmdShell, ShellSteps } from './shell.ts';
import { TextTarget } from './streams.ts';
import type { Streams } from './streams.ts';
import type { Node } from './tree.ts';

type Loop = Extract<Node, { kind: 'for' }>;

/** FOR in its five forms. */
export function* runLoop(node: Loop, shell: CmdShell, streams: Streams): ShellSteps {
  const outer = shell.loops;
  try {
    if (node.mode === 'lines') return yield* lines(node, shell, streams);
    for (const value of values(node, shell)) {
      if (shell.stopped) return { kind: 'exit', code: -1073741510 };
      yield { kind: 'safepoint' };
      shell.loops = new Map(outer).set(node.variable, value);
      const signal = yield* shell.exec(node.body, streams);
      if (signal) return signal;
    }
    return undefined;
  } finally {
    shell.loops = outer;
  }
}

const items = (text: string): string[] => text.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? [];

function* values(node: Loop, shell: CmdShell): Generator<string> {
  const set = shell.late(node.set);
  if (node.mode === 'count') {
    const [start = 0, step = 1, end = 0] = items(set).map((n) => Number(n) | 0);
    if (step === 0) for (;;) yield String(start);
    for (let i = start; step > 0 ? i <= end : i >= end; i += step) yield String(i);
    return;
  }
  if (node.mode === 'recurse') {
    const root = shell.path(node.option === '' ? '.' : shell.late(node.option));
    for (const folder of folders(shell, root))
      for (const item of items(set)) {
        const bare = item.replace(/"/g, '');
        if (!/[*?]/.test(bare)) {
          yield `${folder.replace(/\\$/, '')}\\${bare}`;
          continue;
        }
        const children = shell.host.files.list(folder);
        for (const child of children.ok ? children.value : [])
          if (child.kind === 'file' && matchesPattern(child.name, bare)) yield child.path;
      }
    return;
  }
  const wanted = node.mode === 'folders' ? 'directory' : 'file';
  for (const item of items(set)) {
    if (!/[*?]/.test(item)) {
      yield item;
      continue;
    }
    const bare = item.replace(/"/g, '');
    const path = shell.path(bare);
    const children = shell.host.files.list(parentPath(path));
    const prefix = bare.slice(0, bare.length - fileName(bare.replace(/\//g, '\\')).length);
    for (const child of children.ok ? children.value : [])
      if (child.kind === wanted && matchesPattern(child.name, fileName(path))) yield prefix + child.name;
  }
}

function* folders(shell: CmdShell, root: string): Generator<string> {
  yield root;
  const children = shell.host.files.list(root);
  for (const child of children.ok ? children.value : [])
    if (child.kind === 'directory') yield* folders(shell, child.path);
}

interface LineOptions {
  readonly end: string;
  readonly skip: number;
  readonly delims: string;
  readonly tokens: readonly number[];
  /** `*`: the rest of the line after the tokens goes into one more variable. */
  readonly rest: boolean;
  readonly backQuotes: boolean;
}

function lineOptions(text: string): LineOptions {
  const option = text.replace(/^"|"$/g, '');
  const delims = /delims=(.*)$/i.exec(option);
  // delims must come last to hold a blank; anywhere else it ends there.
  const delimText = delims
    ? /\s(eol|skip|tokens|usebackq)/i.test(delims[1] as string)
      ? (delims[1] as string).split(/\s(?=eol|skip|tokens|usebackq)/i)[0]
      : delims[1]
    : ' \t';
  const tokens: number[] = [];
  let rest = false;
  for (const part of (/tokens=([^\s]+)/i.exec(option)?.[1] ?? '1').split(',')) {
    const range = /^(\d+)-(\d+)/.exec(part);
    if (range) for (let i = Number(range[1]); i <= Number(range[2]); i++) tokens.push(i);
    else if (/^\d/.test(part)) tokens.push(parseInt(part, 10));
    if (part.endsWith('*')) rest = true;
  }
  return {
    end: /eol=(.)/i.exec(option)?.[1] ?? ';',
    skip: Number(/skip=(\d+)/i.exec(option)?.[1] ?? 0),
    delims: delimText ?? '',
    tokens: tokens.sort((a, b) => a - b),
    rest,
    backQuotes: /usebackq/i.test(option),
  };
}

function* lines(node: Loop, shell: CmdShell, streams: Streams): ShellSteps {
  const options = lineOptions(shell.late(node.option));
  const set = shell.late(node.set).trim();
  const texts: string[] = [];
  const quote = (a: string): boolean => set.length > 1 && set.startsWith(a) && set.endsWith(a);
  if (options.backQuotes ? quote('`') : quote("'")) {
    const out = new TextTarget();
    const command = set.slice(1, -1);
    const { node: inner } = new CmdParser(command, () => undefined).statement();
    if (inner) {
      const signal = yield* shell.exec(inner, { ...streams, out });
      if (signal?.kind === 'exit') return signal;
    }
    texts.push(out.text);
  } else if (options.backQuotes ? quote("'") : quote('"')) texts.push(set.slice(1, -1));
  else
    for (const file of items(set)) {
      const content = shell.host.files.read(shell.path(file));
      if (!content.ok) {
        streams.error.write(`The system cannot find the file ${file.replace(/"/g, '')}.${shell.newline}`);
        shell.code = shell.variables.errorLevel = 1;
        return undefined;
      }
      texts.push(utf8Decode(content.value));
    }
  const outer = shell.loops;
  const all = texts.flatMap((text) => text.replace(/\r?\n$/, '').split(/\r?\n/));
  for (const line of all.slice(options.skip)) {
    if (line === '' || (options.end !== '' && line.startsWith(options.end))) continue;
    const taken = tokensOf(line, options);
    if (!taken) continue;
    yield { kind: 'safepoint' };
    const loops = new Map(outer);
    taken.forEach((token, i) => loops.set(String.fromCharCode(node.variable.charCodeAt(0) + i), token));
    shell.loops = loops;
    const signal = yield* shell.exec(node.body, streams);
    if (signal) return signal;
  }
  return undefined;
}

/** Undefined where the line has not even the first token: such lines are skipped. */
function tokensOf(line: string, options: LineOptions): string[] | undefined {
  const result: string[] = [];
  let at = 0;
  let index = 0;
  const last = options.tokens.at(-1) ?? 0;
  const skipDelims = (): void => {
    while (at < line.length && options.delims.includes(line[at] as string)) at++;
  };
  const found = new Map<number, string>();
  while (index < last) {
    skipDelims();
    if (at >= line.length) break;
    const start = at;
    while (at < line.length && !options.delims.includes(line[at] as string)) at++;
    found.set(++index, line.slice(start, at));
  }
  if (found.size === 0 && !(options.rest && options.tokens.length === 0)) return undefined;
  for (const token of options.tokens) result.push(found.get(token) ?? '');
  if (options.rest) {
    skipDelims();
    result.push(line.slice(at));
  }
  return result;
}
