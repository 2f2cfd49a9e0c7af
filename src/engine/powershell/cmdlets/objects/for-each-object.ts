import { hooks } from '../../types/hooks.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import { typeNameOf, typeOf } from '../../types/type-of.ts';
import { extendedMembers } from '../../types/extended-members.ts';
import { ownMember } from '../../types/member.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { DictionaryValue } from '../../types/collections.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull } from '../../types/value.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { Step, Steps } from '../../run/steps.ts';
import type { BlockRunner, Cmdlet, CmdletContext } from '../cmdlet.ts';
import { forEachParallel } from './for-each-parallel.ts';
import { propertyNames } from '../../format/properties.ts';

/** Names of members that a pattern may mean: properties, then methods. */
function memberNames(item: Value): string[] {
  const names = propertyNames(item);
  for (const member of extendedMembers(item))
    if (member.kind === 'ScriptMethod' || member.kind === 'CodeMethod') names.push(member.name);
  for (let t: DotNetType | null = typeOf(item); t; t = t.baseType)
    for (const member of t.instanceMembers.values())
      if (member.kind === 'method' && !names.includes(member.name)) names.push(member.name);
  return names;
}

const isMethod = (item: Value, lower: string): boolean => {
  const own = ownMember(item, lower);
  if (own) return own.kind === 'ScriptMethod' || own.kind === 'CodeMethod';
  const member = typeOf(item)?.findMember(lower);
  return member ? member.kind === 'method' : ['tostring', 'gettype', 'equals', 'gethashcode'].includes(lower);
};

function member(context: CmdletContext, item: Value): void {
  let name = context.string('MemberName');
  if (isNull(item)) {
    context.error({
      id: 'InputObjectIsNull',
      category: 'InvalidArgument',
      message: `Input object 'null' of type 'null' has no member that can be used.`,
      exception: 'System.ArgumentNullException',
    });
    return;
  }
  if (hasWildcard(name)) {
    const found = memberNames(item).filter(wildcard(name));
    if (found.length > 1) {
      context.error({
        id: 'AmbiguousPropertyOrMethodName',
        category: 'InvalidArgument',
        message: `Input name "${name}" is ambiguous. Possible matches include:${found.map((f) => ` ${f}`).join('')}.`,
        exception: 'System.ArgumentException',
        target: item,
      });
      return;
    }
    if (found.length === 0) {
      notFound(context, item, name);
      return;
    }
    name = found[0] as string;
  }
  const lower = name.toLowerCase();
  if (context.has('ArgumentList') || isMethod(item, lower)) {
    const result = hooks.invokeMethod(item, name, context.list('ArgumentList'));
    if (result !== automationNull) context.writeEnumerated(result);
    return;
  }
  const value = context.property(item, name);
  if (value !== undefined) context.writeEnumerated(value);
  else if (item instanceof DictionaryValue || !strict(context)) context.write(null);
  else notFound(context, item, name);
}
const strict = (context: CmdletContext): boolean => {
  const session = context.session as unknown as {
    readonly frame: { readonly scope: { readonly strict: number } };
  };
  return session.frame.scope.strict >= 2;
};
const notFound = (context: CmdletContext, item: Value, name: string): void =>
  context.error({
    id: 'PropertyOrMethodNotFound',
    category: 'InvalidArgument',
    message: `No properties or methods on the input object of type "${typeNameOf(item)}" match "${name}".`,
    exception: 'System.ArgumentException',
    target: item,
  });

function* each(runners: readonly BlockRunner[], item: Value): Steps<void> {
  for (const runner of runners) {
    const step = runner.write(item);
    if (step) yield* step;
  }
}

const scriptSet = 'ScriptBlockSet';
const memberSet = 'PropertyAndMethodSet';

export const forEachObject: Cmdlet = {
  name: 'ForEach-Object',
  aliases: ['%', 'foreach'],
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.ForEachObjectCommand',
  defaultSet: scriptSet,
  shouldProcess: 'Medium',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Begin', type: 'scriptblock', sets: [scriptSet] },
    {
      name: 'Process',
      type: 'scriptblock[]',
      allowNull: true,
      allowEmptyCollection: true,
      sets: [{ set: scriptSet, position: 0, mandatory: true }],
    },
    { name: 'End', type: 'scriptblock', sets: [scriptSet] },
    {
      name: 'RemainingScripts',
      type: 'scriptblock[]',
      allowNull: true,
      allowEmptyCollection: true,
      sets: [{ set: scriptSet, remaining: true }],
    },
    { name: 'MemberName', type: 'string', sets: [{ set: memberSet, position: 0, mandatory: true }] },
    {
      name: 'ArgumentList',
      type: 'object[]',
      aliases: ['Args'],
      sets: [{ set: memberSet, remaining: true }],
    },
    {
      name: 'Parallel',
      type: 'scriptblock',
      dialect: 'core',
      sets: [{ set: 'ParallelParameterSet', mandatory: true }],
    },
    { name: 'ThrottleLimit', type: 'int', dialect: 'core', sets: ['ParallelParameterSet'] },
    { name: 'TimeoutSeconds', type: 'int', dialect: 'core', sets: ['ParallelParameterSet'] },
    { name: 'AsJob', type: 'switch', dialect: 'core', sets: ['ParallelParameterSet'] },
    { name: 'UseNewRunspace', type: 'switch', dialect: 'core', sets: ['ParallelParameterSet'] },
  ],
  start(context) {
    const input = (): Value => (context.has('InputObject') ? context.get('InputObject') : context.input);
    const item = (): Value => (input() === automationNull ? null : input());
    if (context.has('MemberName')) {
      return {
        process(): Step {
          // Called with nothing at all, there is no object to look at.
          if (!context.expectingInput && !context.has('InputObject')) return undefined;
          const one = item();
          const name = context.string('MemberName');
          if (
            context.has('WhatIf') &&
            !context.shouldProcess(`InputObject: ${toText(one)}`, `Retrieve the value for property '${name}'`)
          )
            return undefined;
          member(context, one);
          return undefined;
        },
      };
    }
    const parallel = context.block('Parallel');
    if (parallel) return forEachParallel(context, parallel);
    const blocks = [...context.list('Process'), ...context.list('RemainingScripts')].filter(
      (b): b is ScriptBlockValue => b instanceof ScriptBlockValue,
    );
    let begin = context.block('Begin');
    let end = context.block('End');
    // Several positional blocks: the first is begin; with three or more the last is end.
    if (!begin && blocks.length > 1) begin = blocks.shift() as ScriptBlockValue;
    if (!end && blocks.length > 1) end = blocks.pop() as ScriptBlockValue;
    const runners = blocks.map((block) => context.runner(block));
    const [only] = runners;
    return {
      begin: () => (begin ? context.runner(begin).write(null) : undefined),
      process() {
        if (!context.expectingInput && !context.has('InputObject'))
          return runners.length === 1 ? (only as BlockRunner).write(null) : each(runners, null);
        const one = item();
        return runners.length === 1 ? (only as BlockRunner).write(one) : each(runners, one);
      },
      end: () => (end ? context.runner(end).write(null) : undefined),
    };
  },
};
