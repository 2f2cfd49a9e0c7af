import { createSession } from '../../../src/engine/powershell/run/session.ts';
import { cmdlets } from '../../../src/engine/powershell/cmdlets/index.ts';
import { createFormatter } from '../../../src/engine/powershell/format/index.ts';
import { providers } from '../../../src/engine/powershell/providers/index.ts';
import type { Session } from '../../../src/engine/powershell/run/session.ts';
import type { ErrorRecord } from '../../../src/engine/powershell/types/error-record.ts';
import type { MemoryHost } from '../../support/memory-host.ts';

const outputs = new WeakMap<Session, { text: string }>();

export function deviceSession(host: MemoryHost, dialect: 'desktop' | 'core' = 'desktop'): Session {
  const out = { text: '' };
  const made = createSession({
    host,
    output: {
      console: undefined,
      width: 120,
      colour: false,
      write: (_stream, text) => {
        out.text += text;
      },
    },
    dialect,
    formatter: createFormatter,
    cmdlets,
    providers,
    location: 'C:\\Users\\AdeleVance',
  });
  outputs.set(made, out);
  return made;
}

/** Output of a script in a session, lines joined with \n, trailing blanks cut. */
export function runIn(session: Session, script: string): string {
  const host = session.host as MemoryHost;
  const work = session.execute(script);
  let step = work.next();
  while (!step.done) step = work.next(host.answer(step.value));
  const out = outputs.get(session) as { text: string };
  const text = out.text.replace(/\r\n/g, '\n').replace(/ +$/gm, '');
  out.text = '';
  return text;
}

export const runOn = (host: MemoryHost, script: string, dialect: 'desktop' | 'core' = 'desktop'): string =>
  runIn(deviceSession(host, dialect), script);

/** `id | category | message` of the errors a script left, oldest first. */
export function errorsOf(
  host: MemoryHost,
  script: string,
  dialect: 'desktop' | 'core' = 'desktop',
): string[] {
  const session = deviceSession(host, dialect);
  runIn(session, script);
  return session.errors.items
    .map((value) => {
      const record = value as ErrorRecord;
      return `${record.fullyQualifiedErrorId} | ${record.category} | ${record.exception.message}`;
    })
    .reverse();
}
