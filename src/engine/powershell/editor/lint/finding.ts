import type { Session } from '../../run/session.ts';
import type { EditedScript, Range } from '../script.ts';

export interface TextEdit {
  readonly range: Range;
  readonly text: string;
}

/** A change that mends a finding and nothing else. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface Finding {
  /** Name of the rule in PSScriptAnalyzer, whose texts these are (MIT licence). */
  readonly id: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly message: string;
  readonly range: Range;
  readonly fix?: Fix;
}

/** What a rule looks at. Without a session it knows no commands. */
export interface LintContext {
  readonly script: EditedScript;
  readonly session: Session | undefined;
}

export type LintRule = (context: LintContext) => Iterable<Finding>;
