import { automatic, preferences, variableGroups } from '../variables.ts';
import type { LintRule } from './finding.ts';

const readOnly =
  /^(\?|true|false|null|error|executioncontext|home|host|pid|psculture|psedition|pshome|psuiculture|psversiontable|shellid|iscoreclr|islinux|ismacos|iswindows)$/i;

export const assignedNeverUsed: LintRule = function* ({ script }) {
  const text = script.text;
  for (const group of variableGroups(script)) {
    const lower = group.name.toLowerCase();
    if (automatic.has(lower) || preferences.has(lower)) continue;
    const [first] = group.occurrences;
    if (!first || !group.occurrences.every((one) => one.writes)) continue;
    // Parameters and loop variables are another matter; so is what others may read.
    const up = script.parent(first.node);
    if (up?.kind === 'ParameterAst' || up?.kind === 'ForEachStatementAst') continue;
    if (/[$@]\{?(script|global|using|env):$/i.test(text.slice(0, first.range.start))) continue;
    if (new RegExp(`\\bGet-Variable\\b[^\\n]*\\b${group.name.replace(/\W/g, '')}\\b`, 'i').test(text))
      continue;
    yield {
      id: 'PSUseDeclaredVarsMoreThanAssignments',
      severity: 'warning',
      message: `The variable '${group.name}' is assigned but never used.`,
      range: first.range,
    };
  }
};

export const globalVariable: LintRule = function* ({ script }) {
  for (const node of script.nodes())
    if (node.kind === 'VariableExpressionAst' && /^global$/i.test(node.variablePath.scope ?? ''))
      if (
        !automatic.has(node.variablePath.unqualified.toLowerCase()) &&
        !preferences.has(node.variablePath.unqualified.toLowerCase())
      )
        yield {
          id: 'PSAvoidGlobalVars',
          severity: 'warning',
          message: `Found global variable '${node.variablePath.userPath}'.`,
          range: { start: node.extent.startOffset, end: node.extent.endOffset },
        };
};

export const assignsAutomatic: LintRule = function* ({ script }) {
  for (const group of variableGroups(script)) {
    if (!readOnly.test(group.name)) continue;
    for (const one of group.occurrences)
      if (one.writes && one.node.kind === 'VariableExpressionAst')
        yield {
          id: 'PSAvoidAssignmentToAutomaticVariable',
          severity: 'error',
          message: `The Variable '${group.name}' cannot be assigned since it is a readonly automatic variable that is built into PowerShell, please use a different name.`,
          range: one.range,
        };
  }
};
