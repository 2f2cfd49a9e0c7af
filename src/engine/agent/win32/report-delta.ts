import type { EnforcementState } from '../state-names.ts';
import { enforcementStates } from '../state-names.ts';

interface State {
  readonly EnforcementState: number;
  readonly ErrorCode: number | null;
}

/** The delta that the agent logs when an app's enforcement state changes. */
export function enforcementDelta(before: State | undefined, now: State): string {
  return JSON.stringify({
    EnforcementState: { OldValue: nameOf(before?.EnforcementState), NewValue: nameOf(now.EnforcementState) },
    EnforcementErrorCode: { OldValue: before?.ErrorCode ?? null, NewValue: now.ErrorCode },
  });
}

const nameOf = (state: number | undefined): string | null =>
  state === undefined ? null : (enforcementStates[state as EnforcementState] ?? String(state));
