import { compareText, equalText } from '../compare.ts';
import { hooks } from '../hooks.ts';
import { DotNetObject } from '../objects.ts';
import { defineType } from '../registry.ts';
import { ScriptBlockValue } from '../script-block.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { compareOrdinal } from './text-order.ts';
import { method, staticMethod, staticProperty } from './define.ts';

interface Comparison {
  readonly ordinal: boolean;
  readonly ignoreCase: boolean;
}

const by = (v: Value): Comparison => (v as DotNetObject<Comparison>).state;
function compareTwo(how: Comparison, a: Value, b: Value): number {
  if (isNull(a) || isNull(b)) return isNull(a) ? (isNull(b) ? 0 : -1) : 1;
  return how.ordinal
    ? compareOrdinal(toText(a), toText(b), how.ignoreCase)
    : compareText(toText(a), toText(b), how.ignoreCase);
}

const stringComparerType = defineType('System.StringComparer', {
  isAbstract: true,
  interfaces: [
    'System.Collections.IComparer',
    'System.Collections.IEqualityComparer',
    'System.Collections.Generic.IComparer`1',
    'System.Collections.Generic.IEqualityComparer`1',
  ],
});
const comparer = (name: string, ordinal: boolean, ignoreCase: boolean): DotNetObject<Comparison> =>
  new DotNetObject(
    defineType(`System.${name}`, {
      baseType: stringComparerType,
      interfaces: stringComparerType.interfaces,
      isSealed: true,
    }),
    { ordinal, ignoreCase },
  );
const ordinal = comparer('OrdinalCaseSensitiveComparer', true, false);
const ordinalIgnoreCase = comparer('OrdinalIgnoreCaseComparer', true, true);
const culture = comparer('CultureAwareComparer', false, false);
const cultureIgnoreCase = comparer('CultureAwareComparer', false, true);
const caseInsensitiveComparer = comparer('Collections.CaseInsensitiveComparer', false, true);

defineType('System.StringComparer', {
  members: [
    staticProperty('Ordinal', 'System.StringComparer', () => ordinal),
    staticProperty('OrdinalIgnoreCase', 'System.StringComparer', () => ordinalIgnoreCase),
    staticProperty('InvariantCulture', 'System.StringComparer', () => culture),
    staticProperty('InvariantCultureIgnoreCase', 'System.StringComparer', () => cultureIgnoreCase),
    staticProperty('CurrentCulture', 'System.StringComparer', () => culture),
    staticProperty('CurrentCultureIgnoreCase', 'System.StringComparer', () => cultureIgnoreCase),
    method(['int Compare(string x, string y)', (v, a) => compareTwo(by(v), a[0] ?? null, a[1] ?? null)]),
    method([
      'bool Equals(string x, string y)',
      (v, a) => equalText(toText(a[0] ?? null), toText(a[1] ?? null), by(v).ignoreCase),
    ]),
    method([
      'int GetHashCode(string obj)',
      (v, a) => hooks.hashCode(by(v).ignoreCase ? toText(a[0] ?? null).toUpperCase() : toText(a[0] ?? null)),
    ]),
  ],
});
defineType('System.Collections.CaseInsensitiveComparer', {
  constructors: [{ signature: 'CaseInsensitiveComparer new()', call: () => caseInsensitiveComparer }],
  members: [
    staticProperty('Default', 'System.Collections.CaseInsensitiveComparer', () => caseInsensitiveComparer),
    staticMethod([
      'int Compare(System.Object a, System.Object b)',
      (_v, a) => compareTwo(by(caseInsensitiveComparer), a[0] ?? null, a[1] ?? null),
    ]),
  ],
});

/** Whether a comparer given to a dictionary or set folds the case of strings. */
export const ignoresCase = (value: Value | undefined): boolean =>
  value instanceof DotNetObject &&
  value.type.isAssignableTo(stringComparerType) &&
  (value.state as Comparison).ignoreCase;

/** Order of two values by an IComparer: one of ours, an object of a script class, or a script block. */
export function compareWith(by: Value, a: Value, b: Value): number {
  if (by instanceof DotNetObject && by.type.isAssignableTo(stringComparerType))
    return compareTwo(by.state as Comparison, a, b);
  if (by instanceof ScriptBlockValue) return Number(hooks.invokeBlock(by, [a, b]));
  return Number(hooks.invokeMethod(by, 'Compare', [a, b]));
}
