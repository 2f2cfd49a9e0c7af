import type { Session } from '../../run/session.ts';
import { enterContext, leaveContext } from '../../types/ambient.ts';
import { EditedScript } from '../script.ts';
import type { Range } from '../script.ts';
import * as commands from './commands.ts';
import * as expressions from './expressions.ts';
import type { Finding, LintRule } from './finding.ts';
import * as functions from './functions.ts';
import * as text from './text.ts';
import * as variables from './variables.ts';

export type { Finding, Fix, TextEdit } from './finding.ts';

/** The rules of PSScriptAnalyzer that matter to scripts of administrators. */
const rules: readonly LintRule[] = [
  ...Object.values(commands),
  ...Object.values(expressions),
  ...Object.values(functions),
  ...Object.values(variables),
  ...Object.values(text),
];

/** Syntax errors with PowerShell's own ids and texts; without any, what the linter's rules find. In the text's order. */
export function diagnose(source: string, session: Session | undefined): readonly Finding[] {
  const script = new EditedScript(source);
  const { errors } = script.parsed;
  if (errors.length > 0)
    return errors.map(({ errorId, message, extent }) => ({
      id: errorId,
      message,
      severity: 'error',
      range: { start: extent.startOffset, end: extent.endOffset },
    }));
  const previous = session && enterContext(session);
  try {
    return rules
      .flatMap((rule) => [...rule({ script, session })])
      .sort((a, b) => a.range.start - b.range.start || a.range.end - b.range.end);
  } finally {
    if (session) leaveContext(previous);
  }
}

/** Fixes that reach into a part of the text. */
export const fixesIn = (findings: readonly Finding[], { start, end }: Range): readonly Finding[] =>
  findings.filter((one) => one.fix && one.range.start <= end && start <= one.range.end);
