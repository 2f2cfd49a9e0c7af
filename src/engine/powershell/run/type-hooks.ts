import { context, contextIfAny } from '../types/ambient.ts';
import { compare, compareText, equals } from '../types/compare.ts';
import { EnumeratorValue } from '../types/enumerator.ts';
import { enumText } from '../types/enum-text.ts';
import { exception } from '../types/errors.ts';
import { hooks } from '../types/hooks.ts';
import { callMethod, callStatic, getProperty, setProperty, tryMethod } from '../types/member.ts';
import { Boxed, CharValue, DotNetObject, EnumValue } from '../types/objects.ts';
import { invokeMember, isMethodInfo, methodInfo, psObject } from '../types/ps-object.ts';
import type { ScriptBlockValue } from '../types/script-block.ts';
import { objectText, toText } from '../types/text.ts';
import { setStepHook } from '../types/regex-port.ts';
import { isNumeric } from '../types/numeric.ts';
import { typeOf } from '../types/type-of.ts';
import { keyOf } from '../types/collections.ts';
import type { Value } from '../types/value.ts';
import { isNull, PSWrapped, unwrap } from '../types/value.ts';
import { BlockLoop, callBlock } from './invoke.ts';
import type { Session } from './session.ts';

const session = (): Session => context().session as Session;

setStepHook((fresh, inMatch) => {
  (contextIfAny()?.session as Session | undefined)?.chargeMatch(fresh, inMatch);
});

/** FNV-1a over UTF-16 units: stable on every machine, as .NET's own is not. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
/** Numbers given to objects whose identity is all they have, in the order a session asks: the same on a replay. */
class Identities {
  private readonly known = new WeakMap<object, number>();
  private last = 0;
  of(value: object): number {
    let own = this.known.get(value);
    if (own === undefined) this.known.set(value, (own = ++this.last));
    return own;
  }
}
function identities(): Identities {
  const { state } = session();
  let own = state.get('identities') as Identities | undefined;
  if (!own) state.set('identities', (own = new Identities()));
  return own;
}
function hashCode(value: Value): number {
  const bare = unwrap(value);
  if (typeof bare === 'number') return (bare | 0) === bare ? bare : textHash(String(bare));
  if (typeof bare === 'boolean') return bare ? 1 : 0;
  if (typeof bare === 'bigint') return Number(BigInt.asIntN(32, bare ^ (bare >> 32n)));
  if (typeof bare === 'string') return textHash(bare);
  if (bare === null) return 0;
  const key = keyOf(bare, false);
  if (typeof key === 'string') return textHash(key);
  return identities().of(bare);
}

/** .NET's Equals: the same type and value; strings with case. */
function sameValue(a: Value, b: Value): boolean {
  const x = unwrap(a);
  const y = unwrap(b);
  if (x === y) return true;
  if (x === null || y === null) return false;
  if (typeof x === 'string' || typeof y === 'string') return false;
  if (typeOf(x) !== typeOf(y)) return false;
  if (isNumeric(x) || x instanceof Boxed || x instanceof CharValue || x instanceof EnumValue)
    return equals(x, y, false);
  return typeOf(x)?.isValueType === true && equals(x, y, false);
}

const ignoresCase = (comparer: Value): boolean => {
  if (comparer instanceof EnumValue) return enumText(comparer).endsWith('IgnoreCase');
  if (!(comparer instanceof DotNetObject)) return false;
  return (comparer.state as { readonly ignoreCase?: boolean } | null)?.ignoreCase === true;
};

Object.assign(hooks, {
  getProperty,
  setProperty,
  objectText(value) {
    const own =
      value instanceof PSWrapped || typeof value === 'object' ? value?.members?.get('ToString') : undefined;
    if (own?.kind === 'ScriptMethod') return toText(hooks.invokeBlock(own.script, [], value));
    if (own?.kind === 'CodeMethod') return toText(own.call(value, []));
    return objectText(unwrap(value));
  },
  invokeMethod: callMethod,
  invokeBlock(block, args, self) {
    const owner = session();
    return owner.drain(
      callBlock(owner, block as ScriptBlockValue, args, owner.frame, self === undefined ? {} : { self }),
    );
  },
  invokeWithItem(block, item, args) {
    const owner = session();
    return new BlockLoop(owner, block as ScriptBlockValue, owner.frame).value(item, args);
  },
  isMethodInfo,
  invokeStatic: callStatic,
  makeException: exception,
  psObject,
  methodInfo,
  invokeValue: (value, args) => (isMethodInfo(value) ? invokeMember(value, args) : undefined),
  equals: sameValue,
  compareValues: (a, b) => compare(a, b, false),
  hashCode,
  zeroEnum: (type) => new EnumValue(type, 0),
  invokeDelegate(callable, args) {
    if (isMethodInfo(callable)) return invokeMember(callable, args);
    const owner = session();
    const item = args.length > 1 ? args[1] : args[0];
    return new BlockLoop(owner, callable as ScriptBlockValue, owner.frame).value(item ?? null, args);
  },
  compareWith(comparer, a, b) {
    if (typeof a === 'string' && typeof b === 'string' && ignoresCase(comparer))
      return compareText(a, b, true);
    return Number(tryMethod(comparer, 'Compare', [a, b]) ?? compare(a, b, false));
  },
  ignoresCase,
  separator() {
    const value = session().frame.scope.find('ofs')?.value ?? null;
    return isNull(value) ? ' ' : toText(value);
  },
  enumerator: (elements, type, owner) => new EnumeratorValue(type, elements, owner),
  recordError: (record) => session().recordError(record),
} satisfies Partial<typeof hooks>);
