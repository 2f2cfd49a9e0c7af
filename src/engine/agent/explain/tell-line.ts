import { knownMessage, meaningfulMessage } from './known-words.ts';
import type { Match } from './message-matcher.ts';
import type { Known } from './known-words.ts';
import type { LogRecordRead } from './record-reader.ts';
import type { Story } from './story.ts';

/** Adds what a record says to a story. False where nobody knows its words. */
export function tellLine(story: Story, file: string, record: LogRecordRead): boolean {
  // Agents write a few records without any text.
  if (record.text === '') return true;
  const match = knownMessage(record.text);
  if (!match) return isCommand(story, file, record);
  tell(story, file, record, match);
  return true;
}

/** As `tellLine`, for records that an agent of ours wrote: none is unknown, so only those with a meaning are looked for. */
export function tellOwnLine(story: Story, file: string, record: LogRecordRead): void {
  const match = meaningfulMessage(record.text);
  if (match) tell(story, file, record, match);
}

function tell(story: Story, file: string, record: LogRecordRead, match: Match<Known>): void {
  const { local, line, component, thread } = record;
  const work = story.work(component, thread);
  work.commandFollows = false;
  match.value.tell?.({
    local,
    file,
    line,
    story,
    record,
    p: match.parameters,
    work,
    say(track, what, rule = null, level = 'information') {
      track?.say({ local, file, line }, what, rule, level);
    },
  });
}

/** The install command stands in a line of its own, with no words around it. */
function isCommand(story: Story, file: string, record: LogRecordRead): boolean {
  const work = story.work(record.component, record.thread);
  if (work.commandFollows !== true) return false;
  work.commandFollows = false;
  work.app?.say({ local: record.local, file, line: record.line }, `command: ${record.text}`);
  return true;
}
