import { errorCodeMeaning, exitCodeMeaning, hex } from './error-meaning.ts';
import type { AppFacts, Track } from './story.ts';

/**
 * Where an app stands at the end of the log, and what keeps it from where its assignment wants it: the short answer to
 * "why did it not install?". Null for what is no app, and where no line tells.
 */
export function whereItStands({ kind, facts }: Pick<Track, 'kind' | 'facts'>): string | null {
  if (kind !== 'app' || facts.detected === undefined) return null;
  const restart = facts.enforcement?.includes('PendingReboot') === true ? '; waits for a restart' : '';
  if (facts.intent === 'uninstall')
    return facts.detected
      ? `still installed${restart || reason(facts)}`
      : `not installed, as wanted${restart}`;
  return facts.detected ? `installed${restart}` : `not installed${restart || reason(facts)}`;
}

function reason(facts: AppFacts): string {
  const { applicability, waits, enforcement, intent } = facts;
  if (applicability !== undefined && applicability !== 'Applicable')
    return `: not applicable (${applicability})`;
  if (waits !== undefined) return `: ${waits}`;
  if (enforcement?.startsWith('Error') === true) return `: ${failure(facts)}`;
  return intent === 'available' ? ': offered in Company Portal, not asked for' : '';
}

/** The exit code where the installer failed; else what the state says, such as that detection did not find the app. */
function failure({ exitCode, errorCode }: AppFacts): string {
  if (exitCode !== undefined && exitCode !== 0) {
    const meaning = exitCodeMeaning(exitCode);
    return `the last attempt ended with exit code ${exitCode}${meaning === null ? '' : ` (${meaning})`}`;
  }
  if (errorCode === undefined) return 'the last attempt failed';
  return `the last attempt failed: ${errorCodeMeaning(errorCode) ?? `code ${errorCode} (${hex(errorCode)})`}`;
}
