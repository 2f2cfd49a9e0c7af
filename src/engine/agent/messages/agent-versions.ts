import type { MessageId } from '../../../base/ids.ts';
import { messageId } from '../../../base/ids.ts';
import type { AgentLog, Message } from './message.ts';

/**
 * First agent version with a log file of its own; before it the lines stood in IntuneManagementExtension.log. App work
 * and inventory were split off with service release 2408 (1.83), when ClientCertCheck.log came too; health scripts have
 * had their file since about 2022 (inferred: 1.60).
 */
const ownFileSince: Partial<Readonly<Record<AgentLog, string>>> = {
  AppWorkload: '1.83',
  AppActionProcessor: '1.83',
  Win32AppInventory: '1.83',
  HealthScripts: '1.60',
};

/** From here on agents write the words seen in 2026 where those of 2025 differ (inferred: the first build of 2026). */
export const words2026 = '1.98';

/** Compares version texts part by part as numbers; missing parts count as 0. Negative: `a` is older. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.');
  const right = b.split('.');
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = Number(left[i] ?? 0) - Number(right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The entry that an agent of this version writes: its words, its file. Undefined where that version has no such line.
 * '' (no agent any more) counts as the newest.
 */
export function writtenAs(message: Message, agentVersion: string): Message | undefined {
  const before = (bound: string): boolean => agentVersion !== '' && compareVersions(agentVersion, bound) < 0;
  if (message.since !== undefined && before(message.since)) return undefined;
  if (message.until !== undefined && !before(message.until)) return undefined;
  const words = message.earlier.find(({ until }) => until !== undefined && before(until)) ?? message;
  const since = ownFileSince[words.log];
  return since !== undefined && before(since) ? inMainLog(words) : words;
}

/** Every entry that some version writes for this one: other words, and the main log of before a file was split off. */
export function allVersionsOf(message: Message): readonly Message[] {
  return [message, ...message.earlier].flatMap((one) =>
    ownFileSince[one.log] === undefined ? [one] : [one, inMainLog(one)],
  );
}

const mainLog = 'IntuneManagementExtension';
const moved = new Map<MessageId, Message>();

function inMainLog(message: Message): Message {
  let made = moved.get(message.id);
  if (made === undefined) {
    made = Object.freeze({
      ...message,
      id: messageId(`${message.id}@main`),
      log: mainLog,
      component: mainLog,
      until: message.until ?? ownFileSince[message.log],
      earlier: [],
    });
    moved.set(message.id, made);
  }
  return made;
}
