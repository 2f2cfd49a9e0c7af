import type { LintRule } from './finding.ts';

export const trailingBlanks: LintRule = function* ({ script }) {
  const within = script.parsed.tokens.filter(
    (token) => /String|Comment/.test(token.kindName) && token.text.includes('\n'),
  );
  for (const match of script.text.matchAll(/[ \t]+(?=\r?\n|$)/g)) {
    const start = match.index;
    if (script.text[start - 1] === '`') continue;
    if (within.some((token) => token.start < start && start < token.end)) continue;
    const range = { start, end: start + match[0].length };
    // A line that is being written ends in blanks.
    if (range.end === script.text.length) continue;
    yield {
      id: 'PSAvoidTrailingWhitespace',
      severity: 'info',
      message: 'Line has trailing whitespace.',
      range,
      fix: { title: 'Remove trailing whitespace', edits: [{ range, text: '' }] },
    };
  }
};

export const misleadingBacktick: LintRule = function* ({ script }) {
  for (const match of script.text.matchAll(/`[ \t]+(?=\r?\n)/g)) {
    const token = script.parsed.tokens.find((one) => one.start <= match.index && match.index < one.end);
    if (token && /String|Comment/.test(token.kindName)) continue;
    const range = { start: match.index + 1, end: match.index + match[0].length };
    yield {
      id: 'PSMisleadingBacktick',
      severity: 'warning',
      message:
        'This line has a backtick at the end trailed by a whitespace character. Did you mean for this to be a line continuation?',
      range: { start: match.index, end: range.end },
      fix: { title: 'Remove the whitespace', edits: [{ range, text: '' }] },
    };
  }
};
