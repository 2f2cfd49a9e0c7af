import { allocate } from './memory.ts';
import { context } from './ambient.ts';
import { DictionaryValue, SequenceValue } from './collections.ts';
import { convertTo } from './convert.ts';
import type { DotNetMember, MethodOverload } from './dotnet-type.ts';
import type { DotNetType } from './dotnet-type.ts';
import { elementsOf } from './enumerate.ts';
import { ScriptError } from './error-record.ts';
import type { ExceptionValue } from './error-record.ts';
import { ConversionError, DotNetError, runtimeError, dotNetError } from './errors.ts';
import { extendedMember } from './extended-members.ts';
import { hooks } from './hooks.ts';
import { PSArray, PSCustomObject } from './objects.ts';
import { collectionMethod } from './collection-methods.ts';
import { bindOverload } from './signature.ts';
import type { BoundCall } from './signature.ts';
import { objectText, toText } from './text.ts';
import { nullableType, propertyType, resolveType } from './registry.ts';
import { typeNameOf, typeOf } from './type-of.ts';
import type { PSMember, Value, PSReference } from './value.ts';
import { automationNull, isNull, PSWrapped } from './value.ts';
import { isNumeric } from './numeric.ts';

const base = (value: Value): Value => (value instanceof PSWrapped ? value.base : value);

/** Value of an extended member; undefined where it is no property. */
function memberValue(member: PSMember, self: Value): Value | undefined {
  switch (member.kind) {
    case 'NoteProperty':
      return member.value;
    case 'AliasProperty': {
      const value = getProperty(self, member.target);
      if (value === undefined || member.castTo === undefined) return value;
      return convertTo(value, resolveType(member.castTo) as DotNetType);
    }
    case 'ScriptProperty':
      if (member.getter === null) return null;
      try {
        return hooks.invokeBlock(member.getter, [], self);
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        throw runtimeError(
          'ScriptGetValueRuntimeException',
          `Exception getting "${member.name}": "${error.record.exception.message}"`,
          'NotSpecified',
          null,
          'System.Management.Automation.GetValueInvocationException',
          error.record.exception,
        );
      }
    case 'CodeProperty':
      return member.get(self);
    case 'PropertySet':
    case 'MemberSet':
    case 'ScriptMethod':
    case 'CodeMethod':
      return undefined;
  }
}

export function ownMember(value: Value, lowerName: string): PSMember | undefined {
  if (typeof value !== 'object' || value === null) return extendedMember(value, lowerName);
  return value.members?.getLower(lowerName) ?? extendedMember(value, lowerName);
}

/** Property of one object, without member enumeration; undefined where there is none. `name` in any case. */
export function getProperty(value: Value, name: string): Value | undefined {
  return getPropertyLower(value, name.toLowerCase(), name);
}

export function getPropertyLower(value: Value, lower: string, name: string): Value | undefined {
  if (value instanceof PSCustomObject) {
    const member = value.members.getLower(lower);
    if (member) return member.kind === 'NoteProperty' ? member.value : memberValue(member, value);
  }
  if (value === null || value === automationNull) return undefined;
  if (value instanceof DictionaryValue) {
    const found = value.get(name);
    if (found !== undefined) return found;
  }
  const extended = ownMember(value, lower);
  if (extended) return memberValue(extended, value);
  const target = base(value);
  const type = typeOf(target) as DotNetType;
  const adapted = type.adapter?.get(target, name);
  if (adapted !== undefined) return adapted;
  const member = type.findMember(lower);
  if (member) {
    if (member.kind === 'property') {
      try {
        return member.get(target, context());
      } catch (error) {
        if (!(error instanceof DotNetError)) throw error;
        throw runtimeError(
          'ExceptionWhenGetting',
          `Exception getting "${member.name}": "${error.message}"`,
          'NotSpecified',
          null,
          'System.Management.Automation.GetValueInvocationException',
          error.exception,
        );
      }
    }
    return methodInfo(value, member.name);
  }
  if (lower === 'gettype' || lower === 'gethashcode' || lower === 'equals')
    return methodInfo(value, methodNames[lower]);
  if (lower === 'psobject') return hooks.psObject(value);
  if (lower === 'pstypenames') return getProperty(hooks.psObject(value), 'TypeNames');
  if (lower === 'psbase' || lower === 'psadapted' || lower === 'psextended') return value;
  return undefined;
}

const methodNames = { gettype: 'GetType', gethashcode: 'GetHashCode', equals: 'Equals' } as const;
const methodInfo = (value: Value, name: string): Value => hooks.methodInfo(value, name);

/** `$x.Name` as an expression: enumerates members of collections; null where nothing is found and not strict. */
export function readMember(value: Value, lower: string, name: string, strict: number): Value {
  const found = getPropertyLower(value, lower, name);
  if (found !== undefined) return found;
  if (isNull(value)) {
    if (strict >= 1) throw propertyNotFoundStrict(name);
    return lower === 'count' || lower === 'length' ? 0 : null;
  }
  const elements = elementsOf(value);
  if (elements) {
    const results: Value[] = [];
    let any = false;
    for (const element of elements) {
      const one = enumerated(element, lower, name);
      if (one === undefined) continue;
      any = true;
      const inner = elementsOf(one);
      if (inner) results.push(...inner);
      else results.push(one);
    }
    // An enumerator has no count of its own: each element says 1.
    if (!any && lower === 'count' && value instanceof SequenceValue) results.push(...elements.map(() => 1));
    if (results.length === 1) return results[0] as Value;
    if (results.length > 0) return new PSArray(results);
    if (strict >= 2 && !any && !(lower === 'count' || lower === 'length')) throw propertyNotFoundStrict(name);
    if (!any && (lower === 'count' || lower === 'length')) return elements.length;
    return any ? automationNull : null;
  }
  if (lower === 'count' || lower === 'length') {
    if (strict < 2) return 1;
    throw propertyNotFoundStrict(name);
  }
  if (strict >= 2) throw propertyNotFoundStrict(name);
  return null;
}
function enumerated(element: Value, lower: string, name: string): Value | undefined {
  if (isNull(element)) return undefined;
  const found = getPropertyLower(element, lower, name);
  if (found !== undefined) return found;
  const elements = elementsOf(element);
  if (!elements) return undefined;
  const results: Value[] = [];
  for (const inner of elements) {
    const one = enumerated(inner, lower, name);
    if (one !== undefined) results.push(one);
  }
  return results.length === 0 ? undefined : new PSArray(results);
}

export const propertyNotFoundStrict = (name: string): ScriptError =>
  runtimeError(
    'PropertyNotFoundStrict',
    `The property '${name}' cannot be found on this object. Verify that the property exists.`,
    'NotSpecified',
    null,
    'System.Management.Automation.PropertyNotFoundException',
  );

/** `$x.Name = v`. */
export function setProperty(value: Value, name: string, to: Value): void {
  const lower = name.toLowerCase();
  if (to === automationNull) to = null;
  if (isNull(value))
    throw runtimeError(
      'PropertyNotFound',
      `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
    );
  const bag =
    (value as PSReference).members?.getLower(lower) ??
    (value instanceof DictionaryValue ? undefined : extendedMember(value, lower));
  if (bag) {
    switch (bag.kind) {
      case 'NoteProperty':
        bag.value = to;
        return;
      case 'AliasProperty':
        setProperty(value, bag.target, to);
        return;
      case 'ScriptProperty':
        if (bag.setter) {
          hooks.invokeBlock(bag.setter, [to], value);
          return;
        }
        throw readOnly(bag.name);
      case 'CodeProperty':
        if (bag.set) {
          bag.set(value, to);
          return;
        }
        throw readOnly(bag.name);
      default:
        throw readOnly(bag.name);
    }
  }
  if (value instanceof DictionaryValue) {
    value.set(name, to);
    return;
  }
  const target = base(value);
  const type = typeOf(target) as DotNetType;
  if (type.adapter?.set(target, name, to)) return;
  const member = type.findMember(lower);
  if (member?.kind === 'property') {
    if (!member.set) throw readOnly(member.name);
    const memberType = propertyType(member);
    let converted = to;
    try {
      if (memberType) converted = convertTo(to, memberType);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      throw runtimeError(
        'ExceptionWhenSetting',
        `Exception setting "${member.name}": "${error.message}"`,
        'NotSpecified',
        null,
        'System.Management.Automation.SetValueInvocationException',
      );
    }
    try {
      member.set(target, converted, context());
    } catch (error) {
      if (!(error instanceof DotNetError)) throw error;
      throw runtimeError(
        'ExceptionWhenSetting',
        `Exception setting "${member.name}": "${error.message}"`,
        'NotSpecified',
        null,
        'System.Management.Automation.SetValueInvocationException',
        error.exception,
      );
    }
    return;
  }
  const elements = elementsOf(value);
  if (
    elements &&
    elements.length > 0 &&
    elements.every((e) => !isNull(e) && getProperty(e, name) !== undefined)
  ) {
    for (const element of elements) setProperty(element, name, to);
    return;
  }
  throw value instanceof PSCustomObject
    ? runtimeError(
        'ExceptionWhenSetting',
        `Exception setting "${name}": "The property '${name}' cannot be found on this object. Verify that the property exists and can be set."`,
        'NotSpecified',
        null,
        'System.Management.Automation.SetValueInvocationException',
      )
    : runtimeError(
        isNumeric(base(value)) || /^(boolean|string)$/.test(typeof base(value))
          ? 'PropertyAssignmentException'
          : 'PropertyNotFound',
        `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
      );
}
const readOnly = (name: string): ScriptError =>
  runtimeError('PropertyAssignmentException', `'${name}' is a ReadOnly property.`);

/** Wraps what a .NET member threw as PowerShell shows it. */
export function invocationError(name: string, count: number, inner: ExceptionValue): ScriptError {
  const error = runtimeError(
    inner.type.name,
    `Exception calling "${name}" with "${count}" argument(s): "${inner.message}"`,
    'NotSpecified',
    null,
    'System.Management.Automation.MethodInvocationException',
    inner,
  );
  return error;
}

export function invokeOverloads(
  self: Value,
  name: string,
  owner: DotNetType,
  overloads: readonly MethodOverload[],
  args: readonly Value[],
): Value {
  const bound = bindOverload(name, owner, overloads, args);
  try {
    const result = bound.overload.call(self, bound.args, context());
    return result === undefined ? automationNull : result;
  } catch (error) {
    const thrown = nullGiven(error, bound);
    if (thrown instanceof DotNetError) throw invocationError(name, args.length, thrown.exception);
    throw thrown;
  }
}

/** A member that does not look for null fails at it: .NET says then which argument must not be. */
function nullGiven(error: unknown, { overload, args }: BoundCall): unknown {
  if (!(error instanceof TypeError)) return error;
  const at = args.findIndex((one) => isNull(one));
  if (at < 0) return error;
  const list = overload.signature.replace(/^.*?\(|\)$/g, '').split(',');
  const name = /\w+$/.exec((list[at] ?? '').trim())?.[0] ?? 'value';
  return dotNetError('System.ArgumentNullException', `Value cannot be null. (Parameter '${name}')`, {
    ParamName: name,
  });
}

const methodNotFound = (value: Value, name: string): ScriptError =>
  runtimeError(
    'MethodNotFound',
    `Method invocation failed because [${typeNameOf(value)}] does not contain a method named '${name}'.`,
  );

/** Result, or undefined where the object has no such method. */
export function tryMethod(value: Value, name: string, args: Value[]): Value | undefined {
  const lower = name.toLowerCase();
  const extended = ownMember(value, lower);
  if (extended) {
    if (extended.kind === 'ScriptMethod') {
      try {
        return hooks.invokeBlock(extended.script, args, value);
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        throw runtimeError(
          'ScriptMethodRuntimeException',
          `Exception calling "${name}" with "${args.length}" argument(s): "${error.record.exception.message}"`,
          'NotSpecified',
          null,
          'System.Management.Automation.MethodInvocationException',
          error.record.exception,
        );
      }
    }
    if (extended.kind === 'CodeMethod') return extended.call(value, args);
  }
  const target = base(value);
  const type = typeOf(target) as DotNetType;
  const member: DotNetMember | undefined = type.findMember(lower);
  if (member?.kind === 'method') return invokeOverloads(target, member.name, type, member.overloads, args);
  const property = member
    ? member.kind === 'property'
      ? member.get(target, context())
      : undefined
    : extended
      ? memberValue(extended, value)
      : value instanceof DictionaryValue
        ? value.get(name)
        : undefined;
  if (property !== undefined && property !== null) {
    const invoked = hooks.invokeValue(property, args);
    if (invoked !== undefined) return invoked;
  }
  switch (lower) {
    case 'gettype':
      if (args.length === 0) return type;
      break;
    case 'tostring':
      if (args.length === 0)
        return value instanceof PSCustomObject ? (value.deserializedText ?? '') : objectText(value);
      break;
    case 'equals':
      if (args.length === 1) return hooks.equals(target, args[0] as Value);
      break;
    case 'gethashcode':
      if (args.length === 0) return hooks.hashCode(target);
      break;
    case 'compareto':
      if (args.length === 1 && type.interfaces.includes('System.IComparable'))
        return hooks.compareValues(target, args[0] as Value);
      break;
  }
  return collectionMethod(value, lower, args);
}

/** `$x.Name(args)`. */
export function callMethod(value: Value, name: string, args: Value[]): Value {
  // Nothing has nothing to go through: ForEach and Where of it are empty.
  if (isNull(value) && /^(ps)?(foreach|where)$/i.test(name))
    return collectionMethod(new PSArray([]), name.toLowerCase(), args) ?? null;
  if (isNull(value))
    throw runtimeError('InvokeMethodOnNull', 'You cannot call a method on a null-valued expression.');
  const direct = tryMethod(value, name, args);
  if (direct !== undefined) return direct;
  const elements = elementsOf(value);
  if (elements && elements.length > 0) {
    const results: Value[] = [];
    for (const element of elements) {
      const one = isNull(element) ? undefined : tryMethod(element, name, args);
      if (one === undefined) throw methodNotFound(element, name);
      if (one !== automationNull) results.push(one);
    }
    return results.length === 0
      ? automationNull
      : results.length === 1
        ? (results[0] as Value)
        : new PSArray(results);
  }
  throw methodNotFound(value, name);
}

/** `[type]::Name(args)`; `new` is the constructor. */
export function callStatic(type: DotNetType, name: string, args: Value[]): Value {
  const lower = name.toLowerCase();
  if (lower === 'new') return construct(type, args, 'new');
  const member = type.findMember(lower, true);
  if (member?.kind === 'method') return invokeOverloads(type, member.name, type, member.overloads, args);
  const own = tryMethod(type, name, args);
  if (own !== undefined && type.findMember(lower, true) === undefined && typeMethods.has(lower)) return own;
  throw methodNotFoundStatic(type, name);
}
const typeMethods = new Set(['gettype', 'tostring', 'equals', 'gethashcode']);
const methodNotFoundStatic = (type: DotNetType, name: string): ScriptError =>
  runtimeError(
    'MethodNotFound',
    `Method invocation failed because [${type.displayName}] does not contain a method named '${name}'.`,
  );

export function construct(type: DotNetType, args: Value[], _how: 'new' | 'New-Object'): Value {
  if (type.elementType && args.length > 0) {
    const lengths = args.map((a) => Number(convertTo(a, resolveType('int') as DotNetType)));
    const total = lengths.reduce((a, b) => a * b, 1);
    const zero = defaultOf(type.elementType);
    allocate(16 * total);
    return new PSArray(
      new Array<Value>(total).fill(zero),
      type.elementType,
      lengths.length > 1 ? lengths : undefined,
    );
  }
  if (type.constructors.length === 0) {
    if (type.isValueType && args.length === 0) return defaultOf(type);
    throw runtimeError(
      'MethodNotFound',
      `Method invocation failed because [${type.displayName}] does not contain a method named 'new'.`,
    );
  }
  const bound = bindOverload(_how === 'new' ? 'new' : type.name, type, type.constructors, args);
  try {
    return bound.overload.call(type, bound.args, context());
  } catch (error) {
    const thrown = nullGiven(error, bound);
    if (thrown instanceof DotNetError) throw invocationError('.ctor', args.length, thrown.exception);
    throw thrown;
  }
}

/** What a variable or array element of the type starts with. */
export function defaultOf(type: DotNetType): Value {
  if (!type.isValueType || type.fullName === nullableType.fullName) return null;
  if (type.kind === 'enum') return hooks.zeroEnum(type);
  try {
    if (type.fullName === 'System.Boolean') return false;
    return convertTo(0, type);
  } catch {
    if (type.constructors.length === 0) return null;
    const constructor = type.constructors.find((c) => c.signature.endsWith('()'));
    return constructor ? constructor.call(type, [], context()) : null;
  }
}

/** `[type]::Name` without call; undefined where there is none. */
export function getStatic(type: DotNetType, name: string): Value | undefined {
  const lower = name.toLowerCase();
  const enumerator = type.enumValues;
  if (enumerator) {
    for (const key of enumerator.keys()) if (key.toLowerCase() === lower) return convertTo(key, type);
  }
  const member = type.findMember(lower, true);
  if (member?.kind === 'property') return member.get(type, context());
  if (member) return methodInfo(type, member.name);
  if (lower === 'new') return methodInfo(type, 'new');
  return undefined;
}

export { toText };
