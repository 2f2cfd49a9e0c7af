import type { Token } from '../tokenize/token.ts';
import { commandRule } from './commands.ts';
import { isConstant } from './checks/constant.ts';
import { Parser } from './parser.ts';
import type { CommandElementAst, CommandParameterAst, ExpressionAst, ScriptRequirements } from './tree.ts';
import { constantValue } from './constant-value.ts';
import type { Value } from '../types/value.ts';
import { toText } from '../types/text.ts';
import { PSArray } from '../types/objects.ts';

/** What the `#requires` lines of a script ask for; null where there is none. */
export function scriptRequirements(p: Parser): ScriptRequirements | null {
  const { requires } = p.tokenizer;
  if (requires.length === 0) return null;
  const found: Mutable = {
    applicationId: undefined,
    version: undefined,
    editions: [],
    modules: [],
    assemblies: [],
    elevation: false,
  };
  for (const token of requires) readLine(p, token, found);
  return found;
}
type Mutable = {
  -readonly [K in keyof ScriptRequirements]: ScriptRequirements[K] extends readonly (infer T)[]
    ? T[]
    : ScriptRequirements[K];
};

/** The line after `#` is a command: `requires -Version 5.1`. */
function readLine(p: Parser, token: Token, found: Mutable): void {
  const line = new Parser(token.text.slice(1), undefined, false);
  const offset = token.start + 1;
  const command = commandRule(line);
  const bad = (
    node: { readonly extent: { readonly startOffset: number; readonly endOffset: number } },
    id: string,
    ...args: string[]
  ): void => p.error(node.extent.startOffset + offset, node.extent.endOffset + offset, id, ...args);
  if (!command) return;
  const [name, ...rest] = command.commandElements;
  if (name?.kind !== 'StringConstantExpressionAst' || name.value.toLowerCase() !== 'requires')
    bad(command, 'ScriptRequiresInvalidFormat');
  for (let i = 0; i < rest.length; i++) {
    const element = rest[i] as CommandElementAst;
    if (element.kind !== 'CommandParameterAst') {
      bad(element, 'ScriptRequiresInvalidFormat');
      continue;
    }
    const next = rest[i + 1];
    let argument = element.argument;
    if (!argument && next && next.kind !== 'CommandParameterAst') {
      argument = next;
      i++;
    }
    readParameter(element, argument, found, bad);
  }
}

type Report = (
  node: { readonly extent: { readonly startOffset: number; readonly endOffset: number } },
  id: string,
  ...args: string[]
) => void;

function readParameter(
  parameter: CommandParameterAst,
  argument: ExpressionAst | null,
  found: Mutable,
  bad: Report,
): void {
  const given = parameter.parameterName.toLowerCase();
  const is = (name: string): boolean => name.startsWith(given);
  if (is('runasadministrator')) {
    found.elevation = true;
    if (argument) bad(parameter, 'ParameterCannotHaveArgument', parameter.parameterName);
    return;
  }
  if (!argument) {
    bad(parameter, 'ParameterRequiresArgument', parameter.parameterName);
    return;
  }
  if (!isConstant(argument, 'requires')) {
    bad(argument, 'RequiresArgumentMustBeConstant');
    return;
  }
  const value = constantValue(argument);
  const items: readonly Value[] = value instanceof PSArray ? value.items : [value];
  const texts = (name: string): string[] => {
    if (!items.every((item) => typeof item === 'string'))
      bad(argument, 'RequiresInvalidStringArgument', name);
    return items.map((item) => toText(item));
  };
  const twice = (name: string): void => bad(parameter, 'ParameterAlreadyBound', '', name);
  if (is('shellid')) {
    if (found.applicationId !== undefined) twice('shellid');
    else if (typeof value !== 'string') bad(argument, 'RequiresInvalidStringArgument', 'shellid');
    else found.applicationId = value;
  } else if (is('psedition')) {
    for (const edition of texts('psedition')) {
      if (!/^(core|desktop)$/i.test(edition)) bad(argument, 'RequiresPSEditionInvalid', 'psedition');
      if (found.editions.some((e) => e.toLowerCase() === edition.toLowerCase()))
        bad(argument, 'RequiresPSEditionValueIsAlreadySpecified', 'psedition');
      found.editions.push(edition);
    }
  } else if (is('version')) {
    const text = typeof value === 'string' ? value : argument.extent.text;
    if (!/^\d+(\.\d+){0,3}$/.test(text)) bad(argument, 'RequiresVersionInvalid');
    else if (found.version !== undefined && found.version !== text) twice('version');
    else found.version = text;
  } else if (is('assembly')) found.assemblies.push(...texts('assembly'));
  else if (is('modules')) found.modules.push(...items);
  else if (!is('pssnapin')) bad(parameter, 'ScriptRequiresInvalidFormat');
}
