import { ruleId } from '../../../base/ids.ts';
import type { RuleId } from '../../../base/ids.ts';

/** How sure we are: written in public documentation; seen on devices or in several tools; concluded; sources disagree. */
export type Confidence = 'documented' | 'observed' | 'inferred' | 'disputed';

/** One statement about what real Windows, Intune or the agent does. The learner reads it; code refers to it. */
export interface Rule {
  readonly id: RuleId;
  readonly says: string;
  readonly confidence: Confidence;
  /** Public sources, by name. */
  readonly sources: readonly string[];
  /** Where sources disagree: what the other side says. */
  readonly otherwise?: string;
  /** Numbers the rule compares with; durations in microseconds. */
  readonly parameters?: Readonly<Record<string, number | string>>;
  /** Statements of the workshop that this rule serves, e.g. `W35`. */
  readonly workshop?: readonly string[];
}

export function rule(id: string, facts: Omit<Rule, 'id'>): Rule {
  return Object.freeze({ id: ruleId(id), ...facts });
}
