import { versionedMessages } from '../messages/index.ts';
import { appMeanings } from './app-meanings.ts';
import { checkInMeanings } from './check-in-meanings.ts';
import { deviceMeanings } from './device-meanings.ts';
import { MessageMatcher } from './message-matcher.ts';
import type { Template } from './message-matcher.ts';
import type { Meaning } from './reading.ts';
import { olderMeanings } from './older-meanings.ts';
import { otherWords } from './other-words/index.ts';
import { wordsOf } from './reading.ts';
import { scriptMeanings } from './script-meanings.ts';

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

function* ownTemplates(): Generator<Template<Known>> {
  for (const known of meanings) yield { words: known.words, value: known };
  for (const message of versionedMessages.values()) {
    const words = wordsOf(message);
    // A message that is nothing but a value would fit any line.
    if (/\S/.test(words.replace(/\{\w+\}/g, ''))) yield { words, value: { words } };
  }
}

/** Shapes of everything that the catalogue and the meanings know. */
export const ownShapes = (): readonly string[] => [...ownTemplates()].map(({ words }) => shapeOf(words));

/** Each shape once: what has a meaning comes first. */
function* templates(): Generator<Template<Known>> {
  const had = new Set<string>();
  const others = otherWords.map((words) => ({ words, value: { words } }));
  for (const template of [...ownTemplates(), ...others]) {
    const shape = shapeOf(template.words);
    if (had.has(shape)) continue;
    had.add(shape);
    yield template;
  }
}

const meanings: readonly Meaning[] = [
  ...checkInMeanings,
  ...appMeanings,
  ...scriptMeanings,
  ...deviceMeanings,
  ...olderMeanings,
];

let made: MessageMatcher<Known> | undefined;

/** Every message that a reader knows. Made when it is first asked for. */
export const knownWords = (): MessageMatcher<Known> => (made ??= new MessageMatcher(templates()));
