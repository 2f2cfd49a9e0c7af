import { versionedMessages } from '../messages/index.ts';
import { appMeanings } from './app-meanings.ts';
import { checkInMeanings } from './check-in-meanings.ts';
import { deviceMeanings } from './device-meanings.ts';
import { MessageMatcher } from './message-matcher.ts';
import type { Match, Template } from './message-matcher.ts';
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

/** Messages that mean nothing of their own: the catalogue's, then those that only real logs hold; each shape once. */
function* stepTemplates(): Generator<Template<Known>> {
  const had = new Set(meanings.map(({ words }) => shapeOf(words)));
  for (const words of [...[...versionedMessages.values()].map(wordsOf), ...otherWords]) {
    const shape = shapeOf(words);
    // A message that is nothing but a value would fit any line.
    if (had.has(shape) || shape.replaceAll('{}', '').trim() === '') continue;
    had.add(shape);
    yield { words, value: { words } };
  }
}

const meanings: readonly Meaning[] = [
  ...checkInMeanings,
  ...appMeanings,
  ...scriptMeanings,
  ...deviceMeanings,
  ...olderMeanings,
];

let told: MessageMatcher<Known> | undefined;
let all: MessageMatcher<Known> | undefined;

/** The message that a text was made from, if it means something for the story. */
export function meaningfulMessage(text: string): Match<Known> | undefined {
  told ??= new MessageMatcher(meanings.map((known) => ({ words: known.words, value: known })));
  return withBlank(told, text);
}

/** The message that a text was made from; one that means something is taken before a more exact one that does not. */
export function knownMessage(text: string): Match<Known> | undefined {
  all ??= new MessageMatcher(allTemplates());
  return withBlank(all, text);
}

/** The blank before a value at the end is lost where the value is empty. */
const withBlank = (matcher: MessageMatcher<Known>, text: string): Match<Known> | undefined =>
  matcher.match(text) ?? matcher.match(`${text} `);

function* allTemplates(): Generator<Template<Known>> {
  for (const known of meanings) yield { words: known.words, value: known };
  for (const template of stepTemplates()) {
    const sample = shapeOf(template.words).replaceAll('{}', 'x');
    if (!meaningfulMessage(sample)) yield template;
  }
}
