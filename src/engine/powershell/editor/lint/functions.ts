import { approvedVerbs } from '../../cmdlets/help/get-verb.ts';
import type { AttributeAst, FunctionDefinitionAst, ParameterAst } from '../../parse/tree.ts';
import type { EditedScript } from '../script.ts';
import { rangeOf } from '../script.ts';
import { variableGroups } from '../variables.ts';
import type { LintRule } from './finding.ts';

function* functionsOf(script: EditedScript): Generator<FunctionDefinitionAst, void> {
  for (const node of script.nodes())
    if (node.kind === 'FunctionDefinitionAst' && script.parent(node)?.kind !== 'FunctionMemberAst')
      yield node;
}
const parametersOf = (node: FunctionDefinitionAst): readonly ParameterAst[] =>
  node.parameters ?? node.body.paramBlock?.parameters ?? [];
const nameRange = (node: FunctionDefinitionAst) => rangeOf({ extent: node.nameExtent });
const isAttribute = (one: { readonly kind: string }): one is AttributeAst => one.kind === 'AttributeAst';

export const unapprovedVerb: LintRule = function* ({ script }) {
  for (const node of functionsOf(script)) {
    const verb = /^([a-z]+)-/i.exec(node.name.replace(/^\w+:/, ''))?.[1];
    if (verb === undefined || approvedVerbs.has(verb.toLowerCase())) continue;
    yield {
      id: 'PSUseApprovedVerbs',
      severity: 'warning',
      message: `The cmdlet '${node.name}' uses an unapproved verb.`,
      range: nameRange(node),
    };
  }
};

const changesState = /^(new|set|remove|start|stop|restart|reset|update)-/i;

export const missingShouldProcess: LintRule = function* ({ script }) {
  for (const node of functionsOf(script)) {
    if (!changesState.test(node.name.replace(/^\w+:/, ''))) continue;
    const supports = node.body.paramBlock?.attributes.some(
      (attribute) =>
        /^CmdletBinding$/i.test(attribute.typeName.fullName) &&
        attribute.namedArguments.some((one) => /^SupportsShouldProcess$/i.test(one.argumentName)),
    );
    if (supports === true) continue;
    yield {
      id: 'PSUseShouldProcessForStateChangingFunctions',
      severity: 'warning',
      message: `Function '${node.name}' has verb that could change system state. Therefore, the function has to support 'ShouldProcess'.`,
      range: nameRange(node),
    };
  }
};

export const plainTextPassword: LintRule = function* ({ script }) {
  for (const node of script.nodes()) {
    if (
      node.kind !== 'ParameterAst' ||
      !/pass(word|phrase)|cred(ential)?s?$/i.test(node.name.variablePath.unqualified)
    )
      continue;
    const type = node.attributes.find((one) => one.kind === 'TypeConstraintAst');
    if (type && !/^(system\.)?string(\[\])?$/i.test(type.typeName.fullName)) continue;
    if (!type && !/pass/i.test(node.name.variablePath.unqualified)) continue;
    yield {
      id: 'PSAvoidUsingPlainTextForPassword',
      severity: 'warning',
      message: `Parameter '$${node.name.variablePath.unqualified}' should not use String type but either SecureString or PSCredential, otherwise it increases the chance to to expose this sensitive information.`,
      range: rangeOf(node),
    };
  }
};

export const switchDefaultsTrue: LintRule = function* ({ script }) {
  for (const node of script.nodes()) {
    if (node.kind !== 'ParameterAst') continue;
    const isSwitch = node.attributes.some(
      (one) =>
        one.kind === 'TypeConstraintAst' &&
        /^(system\.management\.automation\.)?switch(parameter)?$/i.test(one.typeName.fullName),
    );
    const value = node.defaultValue;
    if (!isSwitch || value?.kind !== 'VariableExpressionAst' || !/^true$/i.test(value.variablePath.userPath))
      continue;
    yield {
      id: 'PSAvoidDefaultValueSwitchParameter',
      severity: 'warning',
      message: `Switch parameter '$${node.name.variablePath.unqualified}' defaults to true.`,
      range: rangeOf(node),
    };
  }
};

export const unusedParameter: LintRule = function* ({ script }) {
  const groups = variableGroups(script);
  for (const node of functionsOf(script)) {
    const text = script.text.slice(node.extent.startOffset, node.extent.endOffset);
    // Handed on as a whole.
    if (/\$(psboundparameters|args|myinvocation)\b/i.test(text)) continue;
    for (const parameter of parametersOf(node)) {
      const name = parameter.name.variablePath.unqualified;
      const group = groups.find((one) => one.owner === node && one.name.toLowerCase() === name.toLowerCase());
      if (group && group.occurrences.some((one) => one.node !== parameter.name)) continue;
      // By pipeline it may be asked for as $_.
      const fromPipeline = parameter.attributes
        .filter(isAttribute)
        .some((one) =>
          one.namedArguments.some((argument) => /^ValueFromPipeline$/i.test(argument.argumentName)),
        );
      if (fromPipeline && /\$(_|psitem|input)\b/i.test(text)) continue;
      yield {
        id: 'PSReviewUnusedParameter',
        severity: 'warning',
        message: `The parameter '${name}' has been declared but not used. `,
        range: rangeOf(parameter.name),
      };
    }
  }
};
