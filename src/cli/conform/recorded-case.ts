import { createSession } from '../../engine/powershell/run/session.ts';
import type { Session } from '../../engine/powershell/run/session.ts';
import { cmdlets } from '../../engine/powershell/cmdlets/index.ts';
import type { ErrorRecord } from '../../engine/powershell/types/error-record.ts';
import type { Resume } from '../../engine/powershell/host.ts';
import { createFormatter } from '../../engine/powershell/format/index.ts';
import { providers } from '../../engine/powershell/providers/index.ts';
import { MemoryHost } from './memory-host.ts';

/** One recorded case: a script and what real PowerShell printed. */
export interface Case {
  readonly id: string;
  readonly title: string;
  readonly core: boolean;
  readonly script: string;
  readonly output: string;
  readonly errors: readonly { readonly id: string; readonly category: string; readonly message: string }[];
  readonly exit: number | undefined;
  /** In a file of the other dialect: entries of the catalogue by which it differs. */
  readonly differs?: readonly string[];
}

export function parseCases(text: string): Case[] {
  const cases: Case[] = [];
  for (const chunk of text.split(/^### /m).slice(1)) {
    const lineEnd = chunk.indexOf('\n');
    const head = chunk.slice(0, lineEnd);
    const match = /^(\S+): (.*?)(\s+# ps7)?$/.exec(head);
    if (!match) continue;
    const body = chunk.slice(lineEnd + 1);
    const mark = /^=== (output without newline at the end|output|no output)\n/m.exec(body);
    if (!mark) continue;
    const script = body.slice(0, mark.index).replace(/\n$/, '');
    let rest = body.slice(mark.index + mark[0].length);
    const errors: { id: string; category: string; message: string }[] = [];
    let exit: number | undefined;
    let differs: readonly string[] | undefined;
    const next = /^=== (error|exit|differs) /m.exec(rest);
    let output = next ? rest.slice(0, next.index) : rest;
    rest = next ? rest.slice(next.index) : '';
    for (const line of rest.split('\n')) {
      if (line.startsWith('=== error '))
        errors.push(JSON.parse(line.slice(10)) as { id: string; category: string; message: string });
      if (line.startsWith('=== exit ')) exit = Number(line.slice(9));
      if (line.startsWith('=== differs ')) differs = line.slice(12).split(', ');
    }
    if (mark[1] === 'no output') output = '';
    if (mark[1]?.startsWith('output without')) output = output.replace(/\n$/, '');
    cases.push({
      id: match[1] as string,
      title: match[2] as string,
      core: match[3] !== undefined,
      script,
      output,
      errors,
      exit,
      ...(differs ? { differs } : {}),
    });
  }
  return cases;
}

/** Where the cases of a file that Windows PowerShell answers in another way stand. */
export const desktopFile = (path: string): string => path.replace(/\.txt$/, '.desktop.txt');

/** The cases as a dialect is expected to answer them; those only for 7 left out of `desktop`. */
export function expectedIn(
  cases: readonly Case[],
  dialect: 'core' | 'desktop',
  desktop: readonly Case[],
): readonly Case[] {
  if (dialect === 'core') return cases;
  const own = new Map(desktop.map((one) => [one.id, one]));
  return cases.filter((one) => !one.core).map((one) => own.get(one.id) ?? one);
}

export interface CaseResult {
  readonly passed: boolean;
  readonly output: string;
  readonly errors: readonly { readonly id: string; readonly category: string; readonly message: string }[];
  /** A JavaScript error, which must never happen. */
  readonly crash: string | undefined;
}

const drive = 'C:\\TD';

export function newSession(
  dialect: 'desktop' | 'core',
  write: (text: string) => void,
  host = new MemoryHost({ newline: '\n' }),
): Session {
  host.files.createDirectory(drive);
  const session = createSession({
    host,
    output: { console: undefined, width: 120, colour: false, write: (_stream, text) => write(text) },
    dialect,
    formatter: createFormatter,
    cmdlets,
    providers,
    location: drive,
  });
  session.setGlobal('TestDrive', drive);
  // As the recording had it; PowerShell 7 by itself starts with ConciseView.
  session.setGlobal('ErrorView', 'NormalView');
  return session;
}

/** Runs a script to its end, answering whatever it waits for. */
export function run(
  session: Session,
  script: string,
  fileName?: string,
): ReturnType<Session['execute']> extends Generator<unknown, infer R> ? R : never {
  const host = session.host as MemoryHost;
  const work = session.execute(script, fileName === undefined ? {} : { fileName, asScript: true });
  let step = work.next();
  while (!step.done) step = work.next(host.answer(step.value) as Resume);
  return step.value;
}

export function runCase(one: Case, dialect: 'core' | 'desktop' = 'core'): CaseResult {
  let raw = '';
  let crash: string | undefined;
  const session = newSession(dialect, (text) => (raw += text));
  try {
    run(session, one.script);
  } catch (error) {
    crash = (error as Error).stack ?? String(error);
  }
  const output = raw
    .replace(/\r\n/g, '\n')
    .split(drive)
    .join('TD')
    .replace(/(?<![\w])TD[^\s]*/g, (word) => word.replace(/\\/g, '/'));
  const errors = session.errors.items
    .map((value) => {
      const record = value as ErrorRecord;
      return {
        id: record.fullyQualifiedErrorId,
        category: record.category,
        message: record.exception.message,
      };
    })
    .reverse();
  const passed =
    crash === undefined &&
    output === one.output &&
    errors.length === one.errors.length &&
    errors.every((e, i) => e.id === one.errors[i]?.id && e.category === one.errors[i]?.category);
  return { passed, output, errors, crash };
}
