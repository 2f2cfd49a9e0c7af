import { scriptText } from '../../run/command-lookup.ts';
import { callBlock } from '../../run/invoke.ts';
import { DictionaryValue } from '../../types/collections.ts';
import type { Steps } from '../../run/steps.ts';
import { Frame } from '../../run/frame.ts';
import { Scope } from '../../run/scope.ts';
import type { CmdletContext } from '../cmdlet.ts';

/** A `.psd1` as a hashtable; undefined where it is not one. It runs in a scope of its own. */
export function* readDataFile(context: CmdletContext, path: string): Steps<DictionaryValue | undefined> {
  const content = context.host.files.read(path);
  if (!content.ok) return undefined;
  const { session } = context;
  const block = session.scriptBlock(scriptText(content.value, context.dialect === 'desktop'), path);
  const { frame } = session;
  const own = new Frame(session, new Scope(session.globalScope), frame.out, frame.streams, 0, frame);
  const value = yield* callBlock(session, block, [], own, { dotted: true });
  return value instanceof DictionaryValue ? value : undefined;
}
