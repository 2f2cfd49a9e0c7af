import { differences } from '../../dialects/index.ts';
import { PipelineStopFlow } from '../../run/flow.ts';
import type { Steps } from '../../run/steps.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { equals } from '../../types/compare.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { PSArray, PSCustomObject } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import { typeNamesOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { automationNull, isNull, PSReference } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import { matchingNames, propertyNames, readProperty, realName } from '../../format/properties.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import type { PropertyArgument } from './property-argument.ts';
import { propertyArguments, resultsOf } from './property-argument.ts';

const listSets = ['DefaultParameter', 'SkipLastParameter'];
const keys = ['name', 'label', 'expression'];

interface Selection {
  readonly properties: readonly PropertyArgument[];
  readonly exclude: readonly ((name: string) => boolean)[];
  readonly expand: string;
}

const badName = (context: CmdletContext, id: string, name: string, target: Value): void =>
  context.error({
    id,
    category: 'InvalidOperation',
    message: `The property cannot be processed because the property "${name}" already exists.`,
    exception: 'System.Management.Automation.PSArgumentException',
    target,
  });

/** What -ExcludeProperty looks at: the property that is read, never the label of a calculated one. */
function excludedBy({ expression }: PropertyArgument, name: string): string {
  if (typeof expression !== 'string') return toText(expression);
  return /[*?[]/.test(expression) ? name : expression;
}

/** The chosen properties of an object as a new one. */
function selected(context: CmdletContext, selection: Selection, item: Value): PSCustomObject {
  const result = new PSCustomObject();
  const first = typeNamesOf(item)[0];
  result.typeNames = [
    `Selected.${first ?? 'System.Management.Automation.PSCustomObject'}`,
    'System.Management.Automation.PSCustomObject',
    'System.Object',
  ];
  for (const argument of selection.properties) {
    for (const { name, value } of resultsOf(context, argument, item)) {
      if (selection.exclude.some((test) => test(excludedBy(argument, name)))) continue;
      if (result.members.get(name)) {
        const isPattern = typeof argument.expression === 'string' && /[*?[]/.test(argument.expression);
        if (!isPattern) badName(context, 'AlreadyExistingUserSpecifiedPropertyNoExpand', name, item);
        continue;
      }
      result.members.set({ kind: 'NoteProperty', name, value });
    }
  }
  return result;
}

/** What one input object becomes; none where it could not be made. */
function outputs(context: CmdletContext, selection: Selection, item: Value): readonly Value[] {
  const chosen = selection.properties.length > 0 ? selected(context, selection, item) : undefined;
  if (selection.expand === '') return [chosen ?? item];
  const names =
    item instanceof DictionaryValue && item.has(selection.expand)
      ? [selection.expand]
      : matchingNames(item, selection.expand);
  if (names.length > 1) {
    context.error({
      id: 'MutlipleExpandProperties',
      category: 'InvalidArgument',
      message: `Multiple properties cannot be expanded.`,
      exception: 'System.Management.Automation.PSArgumentException',
      target: item,
    });
    return [];
  }
  const [name] = names;
  const value = name === undefined || isNull(item) ? undefined : context.property(item, name);
  if (value === undefined) {
    context.error({
      id: 'ExpandPropertyNotFound',
      category: 'InvalidArgument',
      message: `Property "${selection.expand}" cannot be found.`,
      exception: 'System.Management.Automation.PSArgumentException',
      target: item,
    });
    return [];
  }
  const elements = elementsOf(value) ?? [value];
  if (!chosen) return elements;
  for (const element of elements) {
    if (!(element instanceof PSReference)) continue;
    for (const member of chosen.members) {
      if (
        element.members?.get(member.name) ||
        propertyNames(element).some((n) => n.toLowerCase() === member.name.toLowerCase())
      ) {
        badName(context, 'AlreadyExistingUserSpecifiedPropertyExpand', member.name, item);
        continue;
      }
      addMember(element, member.name, member.kind === 'NoteProperty' ? member.value : null);
    }
  }
  return elements;
}
function addMember(target: PSReference, name: string, value: Value): void {
  target.members ??= new (new PSCustomObject().members.constructor as new () => PSCustomObject['members'])();
  target.members.set({ kind: 'NoteProperty', name, value });
}

/** -Unique: objects with the same properties, else the same value. */
function sameObject(a: Value, b: Value, ignoreCase: boolean): boolean {
  if (a instanceof PSCustomObject && b instanceof PSCustomObject) {
    const names = propertyNames(a);
    if (names.length !== propertyNames(b).length) return false;
    return names.every((name) => {
      const left = readProperty(a, name);
      const right = readProperty(b, realName(b, name));
      if (left instanceof PSArray || right instanceof PSArray) return toText(left) === toText(right);
      return equals(left, right, ignoreCase);
    });
  }
  return equals(a, b, ignoreCase);
}

export const selectObject: Cmdlet = {
  name: 'Select-Object',
  aliases: ['select'],
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.SelectObjectCommand',
  defaultSet: 'DefaultParameter',
  parameters: [
    { name: 'InputObject', type: 'psobject', pipeline: true },
    { name: 'Property', type: 'object[]', sets: listSets.map((set) => ({ set, position: 0 })) },
    { name: 'ExcludeProperty', type: 'string[]', sets: listSets },
    { name: 'ExpandProperty', type: 'string', sets: listSets },
    { name: 'Unique', type: 'switch' },
    { name: 'CaseInsensitive', type: 'switch', dialect: 'core' },
    {
      name: 'Last',
      type: 'int',
      sets: ['DefaultParameter'],
      validate: [{ kind: 'range', min: 0, max: 2147483647 }],
    },
    {
      name: 'First',
      type: 'int',
      sets: ['DefaultParameter'],
      validate: [{ kind: 'range', min: 0, max: 2147483647 }],
    },
    {
      name: 'Skip',
      type: 'int',
      sets: ['DefaultParameter', 'SkipLastParameter'],
      validate: [{ kind: 'range', min: 0, max: 2147483647 }],
    },
    {
      name: 'SkipLast',
      type: 'int',
      sets: ['SkipLastParameter'],
      validate: [{ kind: 'range', min: 0, max: 2147483647 }],
    },
    { name: 'Wait', type: 'switch', sets: ['DefaultParameter', 'IndexParameter'] },
    { name: 'Index', type: 'int[]', sets: [{ set: 'IndexParameter' }] },
    { name: 'SkipIndex', type: 'int[]', dialect: 'core', sets: [{ set: 'SkipIndexParameter' }] },
  ],
  start(context) {
    let properties = propertyArguments(context, context.list('Property'), keys);
    const exclude = context.strings('ExcludeProperty').map((pattern) => wildcard(pattern));
    if (
      exclude.length > 0 &&
      properties.length === 0 &&
      !differences.commands.excludeAlone.desktopIn(context.dialect)
    )
      properties = [{ expression: '*', entries: new Map() }];
    const selection: Selection = { properties, exclude, expand: context.string('ExpandProperty') };
    const unique = context.switch('Unique');
    const ignoreCase = context.switch('CaseInsensitive');
    const first = context.has('First') ? context.number('First', 0) : undefined;
    const last = context.has('Last') ? context.number('Last', 0) : undefined;
    const skipLast = context.number('SkipLast', 0);
    let skip = context.number('Skip', 0);
    const index = context.has('Index') ? new Set(context.list('Index').map(Number)) : undefined;
    const skipIndex = context.has('SkipIndex') ? new Set(context.list('SkipIndex').map(Number)) : undefined;
    const highest = index ? Math.max(...index) : 0;
    const wait = context.switch('Wait');
    const queue: Value[] = [];
    const seen: Value[] = [];
    const seenText = new Set<string>();
    let position = 0;
    let taken = 0;

    const results = (item: Value): Value[] => {
      const list: Value[] = [];
      for (const output of outputs(context, selection, item)) {
        if (unique) {
          if (typeof output === 'string' && !ignoreCase) {
            if (seenText.has(output)) continue;
            seenText.add(output);
          } else {
            if (seen.some((known) => sameObject(known, output, ignoreCase))) continue;
            seen.push(output);
          }
        }
        list.push(output);
      }
      return list;
    };
    const write = (item: Value): void => {
      for (const output of results(item)) context.write(output);
    };
    const stop = (): never => {
      throw new PipelineStopFlow(context);
    };
    /** The last object wanted: what follows must have it before the pipeline ends. */
    const writeAndStop = function* (item: Value | undefined): Steps<void> {
      for (const output of item === undefined ? [] : results(item)) {
        const step = context.emit(output);
        if (step) yield* step;
      }
      stop();
    };

    return {
      process() {
        const item = context.has('InputObject') ? context.get('InputObject') : context.input;
        if (item === automationNull || item === null) return undefined;
        if (first === 0 && last === undefined && !wait && !unique && context.expectingInput) stop();
        const at = position++;
        if (index) {
          if (at >= highest && !wait) return writeAndStop(index.has(at) ? item : undefined);
          if (index.has(at)) write(item);
          return undefined;
        }
        if (skipIndex) {
          if (!skipIndex.has(at)) write(item);
          return undefined;
        }
        if (last !== undefined && first === undefined) {
          queue.push(item);
          return undefined;
        }
        if (skip > 0) {
          skip--;
          return undefined;
        }
        if (skipLast > 0) {
          queue.push(item);
          if (queue.length > skipLast) write(queue.shift() as Value);
          return undefined;
        }
        if (first === undefined) {
          write(item);
          return undefined;
        }
        if (taken < first) {
          taken++;
          if (taken === first && last === undefined && !wait && context.expectingInput)
            return writeAndStop(item);
          write(item);
        } else if (last !== undefined) queue.push(item);
        return undefined;
      },
      end() {
        if (last === undefined) return undefined;
        // With -Last alone, -Skip leaves out from the end.
        const items =
          first === undefined && skip > 0 ? queue.slice(0, Math.max(0, queue.length - skip)) : queue;
        for (const item of last === 0 ? [] : items.slice(-last)) write(item);
        return undefined;
      },
    };
  },
};
