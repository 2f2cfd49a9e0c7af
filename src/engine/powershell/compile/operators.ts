import { add, bitwise, divide, multiply, range, remainder, shift, subtract } from '../types/arithmetic.ts';
import { compare, equals } from '../types/compare.ts';
import { convertTo } from '../types/convert.ts';
import { DotNetType } from '../types/dotnet-type.ts';
import { elementsOf } from '../types/enumerate.ts';
import { ConversionError, runtimeError } from '../types/errors.ts';
import { formatOperator } from '../types/format-operator.ts';
import { joinOperator, matchOperator, replaceOperator, splitOperator } from '../types/text-operators.ts';
import { PSArray } from '../types/objects.ts';
import { resolveType } from '../types/registry.ts';
import { toText } from '../types/text.ts';
import { isTrue } from '../types/truth.ts';
import { typeOf } from '../types/type-of.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull, unwrap } from '../types/value.ts';
import { wildcard } from '../types/wildcard.ts';
import type { Frame } from '../run/frame.ts';

export type BinaryOperator = (left: Value, right: Value, frame: Frame) => Value;

/** A comparison: a collection on the left is filtered. */
function filtering(test: (left: Value, right: Value) => boolean): BinaryOperator {
  return (left, right) => {
    if (typeof left !== 'object' || left === null) return test(left, right);
    if (left === automationNull) return test(null, right);
    const elements = elementsOf(left);
    if (!elements) return test(left, right);
    const found: Value[] = [];
    for (const element of elements) if (test(element, right)) found.push(element);
    return new PSArray(found);
  };
}

const eq = (ignoreCase: boolean): BinaryOperator => {
  const slow = filtering((a, b) => equals(a, b, ignoreCase));
  return (a, b, frame) => (typeof a === 'number' && typeof b === 'number' ? a === b : slow(a, b, frame));
};
const ne = (ignoreCase: boolean): BinaryOperator => {
  const slow = filtering((a, b) => !equals(a, b, ignoreCase));
  return (a, b, frame) => (typeof a === 'number' && typeof b === 'number' ? a !== b : slow(a, b, frame));
};
const lt = (ignoreCase: boolean): BinaryOperator => {
  const slow = filtering((a, b) => compare(a, b, ignoreCase) < 0);
  return (a, b, frame) => (typeof a === 'number' && typeof b === 'number' ? a < b : slow(a, b, frame));
};
const le = (ignoreCase: boolean): BinaryOperator => {
  const slow = filtering((a, b) => compare(a, b, ignoreCase) <= 0);
  return (a, b, frame) => (typeof a === 'number' && typeof b === 'number' ? a <= b : slow(a, b, frame));
};
const gt = (ignoreCase: boolean): BinaryOperator => {
  const slow = filtering((a, b) => compare(a, b, ignoreCase) > 0);
  return (a, b, frame) => (typeof a === 'number' && typeof b === 'number' ? a > b : slow(a, b, frame));
};
const ge = (ignoreCase: boolean): BinaryOperator => {
  const slow = filtering((a, b) => compare(a, b, ignoreCase) >= 0);
  return (a, b, frame) => (typeof a === 'number' && typeof b === 'number' ? a >= b : slow(a, b, frame));
};
const like = (ignoreCase: boolean, wanted: boolean): BinaryOperator =>
  filtering((a, b) => wildcard(toText(b), ignoreCase)(toText(a)) === wanted);

const contains =
  (ignoreCase: boolean, wanted: boolean, swapped: boolean): BinaryOperator =>
  (left, right) => {
    const list = swapped ? right : left;
    const item = swapped ? left : right;
    const elements = elementsOf(list) ?? [list];
    let found = false;
    for (const element of elements) {
      if (equals(element, item, ignoreCase)) {
        found = true;
        break;
      }
    }
    return found === wanted;
  };

function typeOperand(value: Value): DotNetType {
  const bare = unwrap(value);
  if (bare instanceof DotNetType) return bare;
  const name = toText(bare);
  const found = resolveType(name);
  if (found) return found;
  throw runtimeError(
    'RuntimeException',
    `Cannot convert the "${name}" value of type "System.String" to type "System.Type".`,
    'NotSpecified',
  );
}

export function isOfType(value: Value, type: DotNetType): boolean {
  const bare = unwrap(value);
  if (bare === null) return false;
  const own = typeOf(bare) as DotNetType;
  if (own === type) return true;
  const name = type.fullName;
  if (name === 'System.Management.Automation.PSObject')
    return (
      typeof value === 'object' &&
      value !== null &&
      (own.name === 'PSCustomObject' || value.members !== undefined)
    );
  if (name === 'System.Management.Automation.PSCustomObject') return own === type;
  return own.isAssignableTo(type);
}

/** `-as`: null where the conversion fails. */
export function convertAs(value: Value, type: DotNetType): Value {
  try {
    return convertTo(value, type);
  } catch (error) {
    if (error instanceof ConversionError) return null;
    throw error;
  }
}

/** Binary operators by their text without dash, lower case. `and`, `or`, `??` are not here: they may skip a side. */
export const binaryOperators: ReadonlyMap<string, BinaryOperator> = (() => {
  const table = new Map<string, BinaryOperator>([
    ['+', (a, b) => add(a, b)],
    ['-', (a, b) => subtract(a, b)],
    ['*', (a, b) => multiply(a, b)],
    ['/', (a, b) => divide(a, b)],
    ['%', (a, b) => remainder(a, b)],
    ['..', (a, b) => range(a, b)],
    ['f', (a, b) => formatOperator(a, b)],
    ['band', (a, b) => bitwise('and', a, b)],
    ['bor', (a, b) => bitwise('or', a, b)],
    ['bxor', (a, b) => bitwise('xor', a, b)],
    ['shl', (a, b) => shift('shl', a, b)],
    ['shr', (a, b) => shift('shr', a, b)],
    ['xor', (a, b) => isTrue(a) !== isTrue(b)],
    ['join', (a, b) => joinOperator(a, b)],
    ['is', (a, b) => isOfType(a, typeOperand(b))],
    ['isnot', (a, b) => !isOfType(a, typeOperand(b))],
    ['as', (a, b) => convertAs(a, typeOperand(b))],
  ]);
  for (const [prefix, ignoreCase] of [
    ['', true],
    ['i', true],
    ['c', false],
  ] as const) {
    const add2 = (name: string, op: BinaryOperator): void => void table.set(prefix + name, op);
    add2('eq', eq(ignoreCase));
    add2('ne', ne(ignoreCase));
    add2('lt', lt(ignoreCase));
    add2('le', le(ignoreCase));
    add2('gt', gt(ignoreCase));
    add2('ge', ge(ignoreCase));
    add2('like', like(ignoreCase, true));
    add2('notlike', like(ignoreCase, false));
    add2('contains', contains(ignoreCase, true, false));
    add2('notcontains', contains(ignoreCase, false, false));
    add2('in', contains(ignoreCase, true, true));
    add2('notin', contains(ignoreCase, false, true));
    add2('match', (a, b, frame) => matchOperator(a, b, ignoreCase, true, frame));
    add2('notmatch', (a, b, frame) => matchOperator(a, b, ignoreCase, false, frame));
    add2('replace', (a, b) => replaceOperator(a, b, ignoreCase));
    add2('split', (a, b) => splitOperator(a, b, ignoreCase));
  }
  return table;
})();

/** `=` of a compound assignment: `+=` and so on. */
export const compoundOperators: ReadonlyMap<string, (a: Value, b: Value) => Value> = new Map([
  ['+=', add],
  ['-=', subtract],
  ['*=', multiply],
  ['/=', divide],
  ['%=', remainder],
]);
export { isNull };
