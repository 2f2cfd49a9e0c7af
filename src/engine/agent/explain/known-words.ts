import { versionedMessages } from '../messages/index.ts';
import { appMeanings } from './app-meanings.ts';
import { checkInMeanings } from './check-in-meanings.ts';
import { MessageMatcher } from './message-matcher.ts';
import type { Template } from './message-matcher.ts';
import type { Meaning } from './reading.ts';
import { wordsOf } from './reading.ts';

/** A message that is known by its words. */
export interface Known {
  readonly words: string;
  /** What it means for the story; most lines are steps on the way and mean nothing of their own. */
  readonly tell?: Meaning['tell'];
}

/** Words without the names of their values: what makes two templates the same. */
export const shapeOf = (words: string): string =>
  words
    .replace(/\r\n/g, '\n')
    .replace(/\{[a-z][A-Za-z0-9]*\}/g, '{}')
    .trimEnd();

function* templates(): Generator<Template<Known>> {
  const told = new Set<string>();
  for (const known of meanings) {
    told.add(shapeOf(known.words));
    yield { words: known.words, value: known };
  }
  for (const message of versionedMessages.values()) {
    const words = wordsOf(message);
    // A message that is nothing but a value would fit any line.
    if (!told.has(shapeOf(words)) && /[^\s]/.test(words.replace(/\{\w+\}/g, '')))
      yield { words, value: { words } };
  }
}

const meanings: readonly Meaning[] = [...checkInMeanings, ...appMeanings];

let made: MessageMatcher<Known> | undefined;

/** Every message that a reader knows. Made when it is first asked for. */
export const knownWords = (): MessageMatcher<Known> => (made ??= new MessageMatcher(templates()));
