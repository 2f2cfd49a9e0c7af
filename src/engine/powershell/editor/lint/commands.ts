import { positionalParameter } from '../../completion/parameters.ts';
import type { CommandAst } from '../../parse/tree.ts';
import { rangeOf } from '../script.ts';
import { commandNamed, metadataFor } from '../signature.ts';
import type { Finding, LintContext, LintRule } from './finding.ts';

interface Called {
  readonly node: CommandAst;
  /** As written. */
  readonly written: string;
  /** What it means: an alias by its target. */
  readonly name: string;
}

function* calls({ script, session }: LintContext): Generator<Called, void> {
  for (const node of script.nodes()) {
    if (node.kind !== 'CommandAst') continue;
    const [name] = node.commandElements;
    if (name?.kind !== 'StringConstantExpressionAst') continue;
    const alias = session?.globalScope.findAlias(name.value.toLowerCase());
    yield { node, written: name.value, name: alias?.definition ?? name.value };
  }
}

const finding = (
  node: CommandAst,
  id: string,
  message: string,
  severity: Finding['severity'] = 'warning',
): Finding => ({ id, message, severity, range: rangeOf(node.commandElements[0] ?? node) });

export const usesAlias: LintRule = function* (context) {
  for (const { node, written, name } of calls(context)) {
    if (written.toLowerCase() === name.toLowerCase() || /^(\?|%)$/.test(name)) continue;
    const range = rangeOf(node.commandElements[0] ?? node);
    yield {
      id: 'PSAvoidUsingCmdletAliases',
      severity: 'warning',
      message: `'${written}' is an alias of '${name}'. Alias can introduce possible problems and make scripts hard to maintain. Please consider changing alias to its full content.`,
      range,
      fix: { title: `Replace ${written} with ${name}`, edits: [{ range, text: name }] },
    };
  }
};

export const usesWriteHost: LintRule = function* (context) {
  for (const { node, name } of calls(context)) {
    if (!/^write-host$/i.test(name)) continue;
    const owner = context.script.around(node, 'FunctionDefinitionAst');
    // A function that says it shows something may.
    if (owner && /^show-/i.test(owner.name)) continue;
    yield finding(
      node,
      'PSAvoidUsingWriteHost',
      'Avoid using Write-Host because it might not work in all hosts, does not work when there is no host, and (prior to PS 5.0) cannot be suppressed, captured, or redirected. Instead, use Write-Output, Write-Verbose, or Write-Information.',
      'info',
    );
  }
};

export const usesInvokeExpression: LintRule = function* (context) {
  for (const { node, name } of calls(context))
    if (/^invoke-expression$/i.test(name))
      yield finding(
        node,
        'PSAvoidUsingInvokeExpression',
        'Invoke-Expression is used. Please remove Invoke-Expression from script and find other options instead.',
      );
};

export const usesWmi: LintRule = function* (context) {
  const cim: Readonly<Record<string, string>> = { 'get-wmiobject': 'Get-CimInstance' };
  for (const { node, name } of calls(context)) {
    if (!/^(get|invoke|register|remove|set)-wmi(object|method|event|instance)$/i.test(name)) continue;
    const better = cim[name.toLowerCase()];
    const range = rangeOf(node.commandElements[0] ?? node);
    // Only the plain form means the same with both.
    const plain = node.commandElements.every(
      (one) =>
        one.kind !== 'CommandParameterAst' ||
        /^(cl(a|as|ass)?|f(i|il|ilt|ilte|ilter)?|n(a|am|ame.*)?|q(uery)?|ea|erroraction)$/i.test(
          one.parameterName,
        ),
    );
    yield {
      ...finding(
        node,
        'PSAvoidUsingWMICmdlet',
        'A WMI cmdlet is used. For PowerShell 3.0 and above, use CIM cmdlet which perform the same tasks as the WMI cmdlets.',
      ),
      ...(better !== undefined && plain
        ? { fix: { title: `Replace with ${better}`, edits: [{ range, text: better }] } }
        : {}),
    };
  }
};

export const plainTextSecureString: LintRule = function* (context) {
  for (const { node, name } of calls(context)) {
    if (!/^convertto-securestring$/i.test(name)) continue;
    if (
      node.commandElements.some(
        (one) => one.kind === 'CommandParameterAst' && /^asp/i.test(one.parameterName),
      )
    )
      yield finding(
        node,
        'PSAvoidUsingConvertToSecureStringWithPlainText',
        'ConvertTo-SecureString is used with plaintext. This will expose secure information. Encrypted standard strings should be used instead.',
        'error',
      );
  }
};

export const computerNameGiven: LintRule = function* (context) {
  for (const { node, name } of calls(context)) {
    const at = node.commandElements.findIndex(
      (one) => one.kind === 'CommandParameterAst' && /^computername$/i.test(one.parameterName),
    );
    const parameter = node.commandElements[at];
    const value =
      parameter?.kind === 'CommandParameterAst'
        ? (parameter.argument ?? node.commandElements[at + 1])
        : undefined;
    if (
      value?.kind === 'StringConstantExpressionAst' &&
      !/^(localhost|\.|::1|127\.0\.0\.1)$/i.test(value.value)
    )
      yield finding(
        node,
        'PSAvoidUsingComputerNameHardcoded',
        `The ComputerName parameter of cmdlet '${name}' is hardcoded. This will expose sensitive information about the system if the script is shared.`,
        'error',
      );
  }
};

/** Commands whose arguments everybody gives by position. */
const usual =
  /^(az|docker|git)$|\.exe$|^(where|foreach|select|sort|group|measure|compare|new|write)-object$|^(write|join|split|test|convert|set|push)-(path|host|output|location)$/i;

export const positionalArguments: LintRule = function* (context) {
  const { session, script } = context;
  if (!session) return;
  for (const { node, name } of calls(context)) {
    if (usual.test(name)) continue;
    const info = commandNamed(session, script, name);
    const metadata = info && metadataFor(session, info);
    if (!metadata || info.kind === 'ExternalScript') continue;
    let positional = 0;
    let takes = false;
    node.commandElements.slice(1).forEach((element) => {
      if (element.kind === 'CommandParameterAst') {
        const found = metadata.parameters.filter((one) =>
          one.lower.startsWith(element.parameterName.toLowerCase()),
        );
        takes = element.argument === null && found[0]?.isSwitch !== true;
      } else if (takes) takes = false;
      else if (element.kind !== 'VariableExpressionAst' || !element.splatted) positional++;
    });
    const binding = {
      named: new Set<never>(),
      awaiting: undefined,
      positional: 0,
      values: new Map<string, string>(),
    };
    if (positional < 3 || !positionalParameter(metadata, binding)) continue;
    yield finding(
      node,
      'PSAvoidUsingPositionalParameters',
      `Cmdlet '${name}' has positional parameter. Please use named parameters instead of positional parameters when calling a command.`,
      'info',
    );
  }
};
