import type { Resume, Suspend } from '../../powershell/host.ts';
import { ScriptError } from '../../powershell/types/error-record.ts';
import { enterContext, leaveContext } from '../../powershell/types/ambient.ts';
import { toText } from '../../powershell/types/text.ts';
import { callBlock } from '../../powershell/run/invoke.ts';
import type { Session } from '../../powershell/run/session.ts';

/** What a console shows before it reads a command: a `prompt` function of the user, else `PS C:\> `. */
export function* promptText(session: Session): Generator<Suspend, string, Resume> {
  const own = session.command('prompt', session.rootFrame);
  const standard = `PS ${session.location.path}> `;
  if (!own?.block) return standard;
  const work = callBlock(session, own.block, [], session.rootFrame);
  let answer: Resume | undefined;
  for (;;) {
    const previous = enterContext(session);
    let result: IteratorResult<Suspend, unknown>;
    try {
      result = answer === undefined ? work.next() : work.next(answer);
      if (result.done) return toText(result.value as Parameters<typeof toText>[0]) || 'PS>';
    } catch (error) {
      // A prompt that fails must not take the console with it.
      if (error instanceof ScriptError) return 'PS>';
      throw error;
    } finally {
      leaveContext(previous);
    }
    answer = yield result.value;
  }
}
