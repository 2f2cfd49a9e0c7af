import { compare, equals } from '../../types/compare.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { ScriptError } from '../../types/error-record.ts';
import { DotNetType } from '../../types/dotnet-type.ts';
import { isMatch } from '../../types/regex-port.ts';
import { resolveType } from '../../types/registry.ts';
import { ScriptBlockValue } from '../../types/script-block.ts';
import { toText } from '../../types/text.ts';
import { isTrue } from '../../types/truth.ts';
import { typeOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { wildcard } from '../../types/wildcard.ts';
import type { Steps } from '../../run/steps.ts';
import { readProperty } from '../../format/properties.ts';
import type { Cmdlet, CmdletParameter } from '../cmdlet.ts';

type Test = (left: Value, right: Value, ignoreCase: boolean) => boolean;

const contains = (list: Value, item: Value, ignoreCase: boolean): boolean =>
  (elementsOf(list) ?? [list]).some((element) => equals(element, item, ignoreCase));
const order =
  (accept: (n: number) => boolean): Test =>
  (left, right, ignoreCase) => {
    try {
      return accept(compare(left, right, ignoreCase));
    } catch (error) {
      if (error instanceof ScriptError) return false;
      throw error;
    }
  };
/** Operators on a collection keep the elements that pass: true where any does. */
const any =
  (test: Test): Test =>
  (left, right, ignoreCase) => {
    const elements = elementsOf(left);
    return elements
      ? elements.some((element) => test(element, right, ignoreCase))
      : test(left, right, ignoreCase);
  };
const isType: Test = (left, right) => {
  const type = right instanceof DotNetType ? right : resolveType(toText(right));
  const own = typeOf(left);
  return type !== undefined && own !== null && own.isAssignableTo(type);
};

const tests: Readonly<Record<string, Test>> = {
  EQ: any((a, b, i) => equals(a, b, i)),
  NE: any((a, b, i) => !equals(a, b, i)),
  GT: any(order((n) => n > 0)),
  LT: any(order((n) => n < 0)),
  GE: any(order((n) => n >= 0)),
  LE: any(order((n) => n <= 0)),
  Like: any((a, b, i) => wildcard(toText(b), i)(toText(a))),
  NotLike: any((a, b, i) => !wildcard(toText(b), i)(toText(a))),
  Match: any((a, b, i) => isMatch(toText(b), toText(a), i)),
  NotMatch: any((a, b, i) => !isMatch(toText(b), toText(a), i)),
  Contains: contains,
  NotContains: (a, b, i) => !contains(a, b, i),
  In: (a, b, i) => contains(b, a, i),
  NotIn: (a, b, i) => !contains(b, a, i),
};

/** Switch name, whether it heeds case, and its test. */
const operators: readonly {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly ignoreCase: boolean;
  readonly test: Test;
}[] = [
  ...Object.entries(tests).flatMap(([name, test]) => [
    { name, aliases: [`I${name}`], ignoreCase: true, test },
    { name: `C${name}`, ignoreCase: false, test },
  ]),
  { name: 'Is', ignoreCase: true, test: isType },
  { name: 'IsNot', ignoreCase: true, test: (a: Value, b: Value, i: boolean) => !isType(a, b, i) },
];
const setOf = (name: string): string => `${name}Set`;
const operatorSets = operators.map((o) => setOf(o.name));

const parameters: CmdletParameter[] = [
  { name: 'InputObject', type: 'psobject', pipeline: true },
  {
    name: 'FilterScript',
    type: 'scriptblock',
    sets: [{ set: 'ScriptBlockSet', position: 0, mandatory: true }],
  },
  {
    name: 'Property',
    type: 'string',
    sets: [...operatorSets, 'Not'].map((set) => ({ set, position: 0, mandatory: true })),
  },
  {
    name: 'Value',
    type: 'object',
    allowNull: true,
    allowEmptyString: true,
    allowEmptyCollection: true,
    sets: operatorSets.map((set) => ({ set, position: 1 })),
  },
  ...operators.map((o): CmdletParameter => ({
    name: o.name,
    type: 'switch',
    ...(o.aliases ? { aliases: o.aliases } : {}),
    sets: [{ set: setOf(o.name), mandatory: o.name !== 'EQ' }],
  })),
  { name: 'Not', type: 'switch', dialect: 'core', sets: [{ set: 'Not', mandatory: true }] },
];

export const whereObject: Cmdlet = {
  name: 'Where-Object',
  aliases: ['?', 'where'],
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.WhereObjectCommand',
  defaultSet: 'ScriptBlockSet',
  parameters,
  start(context) {
    const filter = context.get('FilterScript');
    if (filter instanceof ScriptBlockValue) {
      const runner = context.runner(filter);
      const steps = function* (item: Value): Steps<void> {
        if (!isTrue(yield* runner.valueSteps(item))) return;
        const step = context.emit(item);
        if (step) yield* step;
      };
      return {
        process() {
          const item = context.has('InputObject') ? context.get('InputObject') : context.input;
          if (!runner.sync) return steps(item);
          return isTrue(runner.value(item)) ? context.emit(item) : undefined;
        },
      };
    }
    const property = context.string('Property');
    const operator = operators.find((o) => context.switch(o.name));
    const right = context.get('Value');
    const negate = context.switch('Not');
    return {
      process() {
        const item = context.get('InputObject');
        const left = isNull(item) ? null : readProperty(item, property);
        const passed = operator
          ? operator.test(left, right, operator.ignoreCase)
          : negate
            ? !isTrue(left)
            : context.has('Value')
              ? equals(left, right)
              : isTrue(left);
        return passed ? context.emit(item) : undefined;
      },
    };
  },
};
