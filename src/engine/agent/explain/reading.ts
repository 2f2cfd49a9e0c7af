import type { Message } from '../messages/message.ts';
import type { LogRecordRead } from './record-reader.ts';
import type { Level, Place, RuleSaid, Story, Track, Work } from './story.ts';

/** A line that was recognised, and the story it belongs to. */
export interface Reading extends Place {
  readonly story: Story;
  readonly record: LogRecordRead;
  /** Values of the message by name. */
  readonly p: Readonly<Record<string, string>>;
  /** What this thread works on. */
  readonly work: Work;
  say(track: Track | undefined, what: string, rule?: RuleSaid | null, level?: Level): void;
}

/** What a message means for the story. */
export interface Meaning {
  /** Words with names, as in the message catalogue. */
  readonly words: string;
  readonly tell: (line: Reading) => void;
}

/**
 * A meaning by the message of the catalogue, or by words that no agent of ours writes: older generations, and lines that
 * only public texts know.
 */
export const meaning = (of: Message | string, tell: (line: Reading) => void): Meaning => ({
  words: typeof of === 'string' ? of : wordsOf(of),
  tell,
});

/** A catalogue entry's template with its names again. */
export function wordsOf(message: Pick<Message, 'template' | 'parameters'>): string {
  return message.template.replace(
    /\{(\d+)\}/g,
    (_, n: string) => `{${message.parameters[Number(n)] ?? 'value'}}`,
  );
}
