import type { Value } from '../types/value.ts';
import { automationNull, isNull, PSWrapped, unwrap, withoutText } from '../types/value.ts';
import { booleanType, DotNetObject, PSArray, stringType } from '../types/objects.ts';
import { ListValue } from '../types/collections.ts';
import { objectType } from '../types/dotnet-type.ts';
import { convertTo } from '../types/convert.ts';
import { elementsOf, isEnumerable } from '../types/enumerate.ts';
import { ConversionError, exception, runtimeError } from '../types/errors.ts';
import type { ErrorCategory } from '../types/error-record.ts';
import { ErrorRecord, ScriptError } from '../types/error-record.ts';
import { getProperty } from '../types/member.ts';
import { isNumeric } from '../types/numeric.ts';
import { toText } from '../types/text.ts';
import { typeOf } from '../types/type-of.ts';
import type { CommandMetadata, ParameterInfo, ParameterInSetInfo } from './parameters.ts';
import { validationErrorId, validationFailure } from './validate.ts';

/** One argument of a call, evaluated. `-Name` without colon has no `value`. */
export type Argument =
  | { readonly kind: 'value'; readonly value: Value }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly value: Value | undefined;
      readonly text: string;
    };

const exceptionName = 'System.Management.Automation.ParameterBindingException';

/** Most calls are of functions without sets, outside a pipeline. */
const noNames: ReadonlySet<string> = new Set();

export class Bound {
  readonly meta: CommandMetadata;
  /** In the order of binding; keyed by lower-case parameter name. */
  readonly values: Map<string, { readonly parameter: ParameterInfo; value: Value }> = new Map();
  /** What no parameter took: `$args` of a simple function. */
  readonly rest: Value[] = [];
  /** Lower-case names of the sets still possible; empty means the set of all only. */
  validSets: ReadonlySet<string>;
  /** Names bound from the current pipeline object. */
  get fromPipeline(): ReadonlySet<string> {
    return this.#fromPipeline ?? noNames;
  }
  #fromPipeline: Set<string> | undefined = undefined;
  constructor(meta: CommandMetadata) {
    this.meta = meta;
    this.validSets =
      meta.setNames.length === 0 ? noNames : new Set(meta.setNames.map((n) => n.toLowerCase()));
  }
  addFromPipeline(lower: string): void {
    (this.#fromPipeline ??= new Set()).add(lower);
  }
  /** The next pipeline object is bound afresh. */
  forgetPipeline(): void {
    for (const name of this.fromPipeline) this.values.delete(name);
    this.#fromPipeline?.clear();
  }
  get(lower: string): Value | undefined {
    return this.values.get(lower)?.value;
  }

  /** The chosen set's name as written, `__AllParameterSets` where there are none. */
  get setName(): string {
    if (this.meta.setNames.length === 0) return '__AllParameterSets';
    const names = this.meta.setNames.filter((n) => this.validSets.has(n.toLowerCase()));
    if (names.length === 1) return names[0] as string;
    const fallback = names.find((n) => n.toLowerCase() === this.meta.defaultSet.toLowerCase());
    return fallback ?? names[0] ?? '__AllParameterSets';
  }

  inSet(parameter: ParameterInfo): ParameterInSetInfo | undefined {
    const all = parameter.sets.get('*');
    if (all) return all;
    const chosen = this.meta.setNames.length > 0 ? parameter.sets.get(this.setName.toLowerCase()) : undefined;
    if (chosen) return chosen;
    for (const [name, info] of parameter.sets) if (this.validSets.has(name)) return info;
    return undefined;
  }
}

const bindingError = (
  id: string,
  message: string,
  category: ErrorCategory = 'InvalidArgument',
  type = exceptionName,
  target: Value = null,
): ScriptError => runtimeError(id, message, category, target, type);

/** Finds a parameter by name, alias or unambiguous beginning. */
export function findParameter(meta: CommandMetadata, name: string): ParameterInfo | undefined {
  const lower = name.toLowerCase();
  const exact = meta.byName.get(lower);
  if (exact) return exact;
  const matches = new Set<ParameterInfo>();
  for (const [key, parameter] of meta.byName) if (key.startsWith(lower)) matches.add(parameter);
  if (matches.size > 1) {
    const own = [...matches].filter((p) => !p.isCommon);
    if (own.length === 1) return own[0];
    const fixed = own.filter((p) => !p.isDynamic);
    if (fixed.length === 1) return fixed[0];
    const named = meta.parameters.filter((p) => matches.has(p));
    throw bindingError(
      'AmbiguousParameter',
      `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include: ${named.map((p) => `-${p.name}`).join(' ')}.`,
    );
  }
  return [...matches][0];
}

const isSwitchType = (p: ParameterInfo): boolean => p.isSwitch;

/** Converts and validates one argument for a parameter; throws the binder's errors. */
export function convertArgument(parameter: ParameterInfo, value: Value): Value {
  let result: Value = parameter.type === stringType ? value : withoutText(value);
  // 2.0 is a version as it was written, though as a number it is 2.
  if (
    value instanceof PSWrapped &&
    value.written !== undefined &&
    parameter.type.fullName === 'System.Version'
  )
    result = value.written;
  if (result === automationNull) result = null;
  if (parameter.transform) result = transformed(parameter, result);
  if (parameter.isSwitch) result = switchValue(parameter, result);
  else if (parameter.type === booleanType) result = booleanValue(parameter, result);
  else if (parameter.typed) {
    if (isNull(result) && !parameter.isScript && !parameter.type.isValueType) result = null;
    else {
      try {
        result = convertParameter(result, parameter);
      } catch (error) {
        if (!(error instanceof ConversionError)) throw error;
        throw transformationError(parameter, error);
      }
    }
  }
  checkEmpty(parameter, result, value);
  for (const rule of parameter.validations) {
    const failure = validationFailure(rule, result);
    if (failure !== undefined) {
      const refused = bindingError(
        'ParameterArgumentValidationError',
        `Cannot validate argument on parameter '${parameter.name}'. ${failure}`,
        'InvalidData',
        'System.Management.Automation.ParameterBindingValidationException',
      );
      const inner = exception('System.Management.Automation.ValidationMetadataException', failure);
      inner.errorRecord = new ErrorRecord(inner, validationErrorId(rule, result), 'MetadataError', null);
      refused.record.exception.inner = inner;
      throw refused;
    }
  }
  return result;
}

function convertParameter(value: Value, parameter: ParameterInfo): Value {
  const { type } = parameter;
  if (parameter.wholeVersion && /^\d+$/.test(toText(value))) return convertTo(`${toText(value)}.0`, type);
  if (type.fullName === 'System.String' && !parameter.isScript && isEnumerable(value) && !isNull(value))
    throw new ConversionError('x', `Cannot convert value to type System.String.`);
  if (
    type.fullName === 'System.String' &&
    parameter.isScript &&
    parameter.joinsArrays !== true &&
    isEnumerable(value)
  )
    throw new ConversionError('x', 'Cannot convert value to type System.String.');
  return convertTo(value, type);
}

function transformed(parameter: ParameterInfo, value: Value): Value {
  try {
    return (parameter.transform as (value: Value) => Value)(value);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    const { exception: thrown } = error.record;
    throw transformationError(parameter, { message: thrown.inner?.message ?? thrown.message });
  }
}

function transformationError(parameter: ParameterInfo, error: { message: string }): ScriptError {
  return parameter.isScript
    ? bindingError(
        'ParameterArgumentTransformationError',
        `Cannot process argument transformation on parameter '${parameter.name}'. ${error.message}`,
        'InvalidData',
        'System.Management.Automation.ParameterBindingArgumentTransformationException',
      )
    : bindingError(
        'CannotConvertArgumentNoMessage',
        `Cannot bind parameter '${parameter.name}'. ${error.message}`,
      );
}

function switchValue(parameter: ParameterInfo, value: Value): Value {
  const bare = unwrap(value);
  if (typeof bare === 'boolean') return bare;
  if (bare instanceof DotNetObject && bare.type === parameter.type) return bare.state === true;
  if (isNull(bare)) {
    return false;
  }
  if (isNumeric(bare)) return convertTo(bare, booleanType);
  throw transformationError(parameter, {
    message: `Cannot convert value "${toText(bare)}" to type "System.Management.Automation.SwitchParameter". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
  });
}
function booleanValue(parameter: ParameterInfo, value: Value): Value {
  const bare = unwrap(value);
  if (typeof bare === 'boolean') return bare;
  if (isNumeric(bare)) return convertTo(bare, booleanType);
  if (bare instanceof DotNetObject && bare.type.fullName === 'System.Management.Automation.SwitchParameter')
    return bare.state === true;
  throw transformationError(parameter, {
    message: `Cannot convert value "${isNull(bare) ? '' : (typeOf(bare)?.displayName ?? '')}" to type "System.Boolean". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0.`,
  });
}

function checkEmpty(parameter: ParameterInfo, value: Value, given: Value): void {
  const mandatory = [...parameter.sets.values()].some((s) => s.mandatory);
  const strictNull = parameter.isScript
    ? mandatory
    : mandatory || parameter.type.fullName === 'System.String' || parameter.type.elementType !== undefined;
  if (!mandatory && parameter.isScript) return;
  const fail = (id: string, text: string): never => {
    throw bindingError(
      id,
      `Cannot bind argument to parameter '${parameter.name}' because it is ${text}.`,
      'InvalidData',
      'System.Management.Automation.ParameterBindingValidationException',
    );
  };
  if (!mandatory) return;
  if (
    isNull(value) ||
    (isNull(given) &&
      !parameter.type.isValueType &&
      parameter.type !== objectType &&
      parameter.type.elementType === undefined &&
      value === '')
  ) {
    if (parameter.allowNull) return;
    if (
      isNull(given) &&
      parameter.type.fullName === 'System.String' &&
      parameter.isScript &&
      parameter.allowEmptyString
    )
      return;
    if (isNull(given) && parameter.type.fullName === 'System.String' && parameter.isScript)
      return fail('ParameterArgumentValidationErrorEmptyStringNotAllowed', 'an empty string');
    if (strictNull) fail('ParameterArgumentValidationErrorNullNotAllowed', 'null');
    return;
  }
  if (value === '' && !parameter.allowEmptyString) {
    if (parameter.type.fullName === 'System.String')
      fail('ParameterArgumentValidationErrorEmptyStringNotAllowed', 'an empty string');
    return;
  }
  const elements = value instanceof PSArray || value instanceof ListValue ? value.items : undefined;
  // IList itself is no collection to the binder: it looks for interfaces of the type, not at the type.
  const scalar = ['System.Collections.IList', 'System.Management.Automation.PSObject'];
  if (elements && parameter.type !== objectType && !scalar.includes(parameter.type.fullName)) {
    if (elements.length === 0 && !parameter.allowEmptyCollection) {
      fail(
        'ParameterArgumentValidationErrorEmptyArrayNotAllowed',
        parameter.type.elementType ? 'an empty array' : 'an empty collection',
      );
    }
    if (!parameter.allowNull && elements.some(isNull) && !parameter.type.elementType?.isValueType)
      fail('ParameterArgumentValidationErrorNullNotAllowed', 'null');
    if (
      !parameter.allowEmptyString &&
      parameter.type.elementType?.fullName === 'System.String' &&
      elements.some((e) => e === '')
    )
      fail('ParameterArgumentValidationErrorEmptyStringNotAllowed', 'an empty string');
  }
}

function narrow(bound: Bound, parameter: ParameterInfo): void {
  if (parameter.sets.has('*') || bound.meta.setNames.length === 0) return;
  const left = new Set<string>();
  for (const name of bound.validSets) if (parameter.sets.has(name)) left.add(name);
  if (left.size === 0)
    throw bindingError(
      'AmbiguousParameterSet',
      'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.',
    );
  bound.validSets = left;
}

function bindOne(bound: Bound, parameter: ParameterInfo, value: Value): void {
  const existing = bound.values.get(parameter.lower);
  if (existing)
    throw bindingError(
      'ParameterAlreadyBound',
      `Cannot bind parameter because parameter '${parameter.name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
    );
  narrow(bound, parameter);
  bound.values.set(parameter.lower, { parameter, value: convertArgument(parameter, value) });
}

/** Named, positional and remaining arguments. Pipeline input comes later. */
export function bindArguments(meta: CommandMetadata, args: readonly Argument[]): Bound {
  const bound = new Bound(meta);
  const positional: Value[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Argument;
    if (arg.kind === 'value') {
      positional.push(arg.value);
      continue;
    }
    const parameter = findParameter(meta, arg.name);
    if (!parameter) {
      if (!meta.advanced || meta.parameters.some((p) => [...p.sets.values()].some((s) => s.remaining))) {
        positional.push(new ParameterText(arg.text) as unknown as Value);
        if (arg.value !== undefined) positional.push(arg.value);
        continue;
      }
      throw bindingError(
        'NamedParameterNotFound',
        `A parameter cannot be found that matches parameter name '${arg.name}'.`,
      );
    }
    if (arg.value !== undefined) {
      bindOne(bound, parameter, arg.value);
      continue;
    }
    if (isSwitchType(parameter)) {
      bindOne(bound, parameter, true);
      continue;
    }
    const next = args[i + 1];
    if (next?.kind === 'value') {
      i++;
      bindOne(bound, parameter, next.value);
      continue;
    }
    // What looks like a parameter but is none of the command's is the argument.
    if (next?.kind === 'parameter' && next.value === undefined && !findParameter(meta, next.name)) {
      i++;
      bindOne(bound, parameter, next.text);
      continue;
    }
    throw bindingError(
      'MissingArgument',
      `Missing an argument for parameter '${parameter.name}'. Specify a parameter of type '${parameter.type.displayName}' and try again.`,
    );
  }
  bindPositional(bound, positional);
  return bound;
}

/** Whether a value fits a parameter's type without conversion; one element counts as its array. */
function takesAsIs(p: ParameterInfo, value: Value): boolean {
  const type = typeOf(value);
  if (!type) return false;
  return (
    type.isAssignableTo(p.type) ||
    (p.type.elementType !== undefined && type.isAssignableTo(p.type.elementType))
  );
}

/** `-x` that no parameter of a simple function took: text in `$args`. */
class ParameterText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
const plainValue = (value: Value): Value =>
  value instanceof ParameterText ? (value as ParameterText).text : value;

function bindPositional(bound: Bound, given: readonly Value[]): void {
  if (given.length === 0) return;
  const { meta } = bound;
  let index = 0;
  /** Names that no parameter has, met on the way: they stay among the arguments. */
  const passed: Value[] = [];
  for (
    let position = nextPosition(bound, -1);
    index < given.length && position !== undefined;
    position = nextPosition(bound, position)
  ) {
    while (given[index] instanceof ParameterText) passed.push(given[index++] as Value);
    if (index >= given.length) break;
    const candidates: ParameterInfo[] = [];
    for (const p of meta.parameters) {
      if (bound.values.has(p.lower) || p.isSwitch) continue;
      for (const [name, info] of p.sets) {
        if (info.position !== position || info.remaining || (name !== '*' && !bound.validSets.has(name)))
          continue;
        candidates.push(p);
        break;
      }
    }
    if (candidates.length === 0) continue;
    const value = plainValue(given[index] as Value);
    const preferred = meta.defaultSet.toLowerCase();
    candidates.sort(
      (a, b) =>
        Number(b.sets.has(preferred) && bound.validSets.has(preferred)) -
        Number(a.sets.has(preferred) && bound.validSets.has(preferred)),
    );
    let done = false;
    // A candidate that takes the value as it is goes before one that must convert it.
    for (const exact of candidates.length > 1 ? [true, false] : [false]) {
      for (const p of candidates) {
        if (exact && p.typed && !isNull(value) && !takesAsIs(p, value)) continue;
        const { validSets } = bound;
        try {
          bindOne(bound, p, value);
          done = true;
          break;
        } catch (error) {
          bound.validSets = validSets;
          if (
            candidates.length === 1 ||
            !(error instanceof ScriptError) ||
            (p === candidates.at(-1) && !exact)
          )
            throw error;
        }
      }
      if (done) break;
    }
    index++;
  }
  if (index >= given.length && passed.length === 0) return;
  const remaining = meta.parameters.find((p) => {
    if (bound.values.has(p.lower)) return false;
    for (const [name, info] of p.sets)
      if (info.remaining && (name === '*' || bound.validSets.has(name))) return true;
    return false;
  });
  const keepsText = !remaining || remaining.type.elementType === stringType;
  const rest = [...passed, ...given.slice(index)].map((v) =>
    keepsText ? plainValue(v) : withoutText(plainValue(v)),
  );
  if (remaining) {
    narrow(bound, remaining);
    const single =
      rest.length === 1 && isEnumerable(rest[0] as Value)
        ? [...(elementsOf(rest[0] as Value) as readonly Value[])]
        : rest;
    bound.values.set(remaining.lower, {
      parameter: remaining,
      value: convertArgument(
        remaining,
        remaining.type.elementType || remaining.type === objectType || rest.length > 1
          ? remaining.type === objectType || remaining.type.fullName === 'System.Collections.Generic.List`1'
            ? new ListValueOrArray(single).value
            : new PSArray(single)
          : (rest[0] as Value),
      ),
    });
    return;
  }
  if (!meta.advanced) {
    bound.rest.push(...rest);
    return;
  }
  const text = given[index];
  throw bindingError(
    'PositionalParameterNotFound',
    `A positional parameter cannot be found that accepts argument '${isNull(rest[0] as Value) ? '$null' : toText(text instanceof ParameterText ? (text as ParameterText).text : (rest[0] as Value))}'.`,
  );
}
class ListValueOrArray {
  readonly value: Value;
  constructor(items: Value[]) {
    this.value = new PSArray(items);
  }
}

function nextPosition(bound: Bound, after: number): number | undefined {
  let best: number | undefined;
  for (const p of bound.meta.parameters) {
    if (bound.values.has(p.lower)) continue;
    for (const [name, info] of p.sets) {
      if (
        info.position === undefined ||
        info.position <= after ||
        info.remaining ||
        (name !== '*' && !bound.validSets.has(name))
      )
        continue;
      if (best === undefined || info.position < best) best = info.position;
    }
  }
  return best;
}

/** Mandatory parameters without a value, for the sets still possible. `deferPipeline`: input may still bring them. */
export function missingMandatory(bound: Bound, deferPipeline: boolean): ParameterInfo[] {
  const { meta } = bound;
  const missingIn = (set: string): ParameterInfo[] =>
    meta.parameters.filter((p) => {
      if (bound.values.has(p.lower)) return false;
      const info = p.sets.get('*') ?? p.sets.get(set);
      if (!info?.mandatory) return false;
      return !(deferPipeline && (info.pipeline || info.pipelineByName));
    });
  if (meta.setNames.length === 0) return missingIn('*');
  const sets = [...bound.validSets];
  const preferred = meta.defaultSet.toLowerCase();
  const complete = sets.filter((s) => missingIn(s).length === 0);
  if (complete.length > 0) {
    if (complete.length < sets.length) bound.validSets = new Set(complete);
    if (complete.length > 1 && complete.includes(preferred) && !deferPipeline)
      bound.validSets = new Set([preferred]);
    if (complete.length > 1 && !complete.includes(preferred) && !deferPipeline) {
      // Several sets fit: the one whose own mandatory parameters were given wins.
      const distinguished = complete.filter((s) =>
        meta.parameters.some(
          (p) => p.sets.get(s)?.mandatory && !p.sets.has('*') && bound.values.has(p.lower),
        ),
      );
      if (distinguished.length === 1) bound.validSets = new Set(distinguished);
      else if (meta.defaultSet === '' || !sets.includes(preferred))
        throw bindingError(
          'AmbiguousParameterSet',
          'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.',
        );
    }
    return [];
  }
  if (sets.includes(preferred)) {
    bound.validSets = new Set([preferred]);
    return missingIn(preferred);
  }
  if (sets.length === 1) return missingIn(sets[0] as string);
  throw bindingError(
    'AmbiguousParameterSet',
    'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.',
  );
}

export const missingMandatoryError = (missing: readonly ParameterInfo[]): ScriptError =>
  bindingError(
    'MissingMandatoryParameter',
    `Cannot process command because of one or more missing mandatory parameters: ${missing.map((p) => p.name).join(' ')}.`,
  );

/** A pipeline binder remembers which parameters take input, for one call. */
export class PipelineBinder {
  private readonly bound: Bound;
  private readonly candidates: readonly ParameterInfo[];
  /** One untyped by-value parameter and nothing else: the quick path. */
  private readonly quick: ParameterInfo | undefined;
  private readonly initialSets: ReadonlySet<string>;
  constructor(bound: Bound) {
    this.bound = bound;
    this.initialSets = bound.validSets;
    this.candidates = bound.meta.parameters.filter(
      (p) =>
        !bound.values.has(p.lower) &&
        [...p.sets].some(
          ([n, s]) => (s.pipeline || s.pipelineByName) && (n === '*' || bound.validSets.has(n)),
        ),
    );
    const only = this.candidates.length === 1 ? this.candidates[0] : undefined;
    this.quick =
      only &&
      !only.typed &&
      only.validations.length === 0 &&
      [...only.sets.values()].every((s) => s.pipeline && !s.pipelineByName && !s.mandatory)
        ? only
        : undefined;
  }

  get takesInput(): boolean {
    return this.candidates.length > 0;
  }

  /** Binds one object; throws InputObjectNotBound where nothing takes it. */
  bind(item: Value): void {
    const { bound } = this;
    const { quick } = this;
    if (quick) {
      const slot = bound.values.get(quick.lower);
      if (slot) slot.value = item;
      else bound.values.set(quick.lower, { parameter: quick, value: item });
      return;
    }
    bound.forgetPipeline();
    bound.validSets = this.initialSets;
    let any = false;
    let failure: unknown;
    const fits = (p: ParameterInfo, byName: boolean): boolean =>
      [...p.sets].some(
        ([n, s]) => (byName ? s.pipelineByName : s.pipeline) && (n === '*' || bound.validSets.has(n)),
      );
    const put = (p: ParameterInfo, value: Value): void => {
      narrow(bound, p);
      bound.values.set(p.lower, { parameter: p, value });
      bound.addFromPipeline(p.lower);
      any = true;
    };
    const attempt = (p: ParameterInfo, value: Value, coerce: boolean): void => {
      if (bound.fromPipeline.has(p.lower)) return;
      if (!coerce && p.typed && !takesAsIs(p, unwrap(value))) return;
      try {
        put(p, convertArgument(p, value));
      } catch (error) {
        if (!(error instanceof ScriptError)) throw error;
        failure ??= error;
      }
    };
    const propertyOf = (p: ParameterInfo): Value | undefined => {
      for (const name of [p.name, ...p.aliases]) {
        const value = isNull(item) ? undefined : getProperty(item, name);
        if (value !== undefined) return value;
      }
      return undefined;
    };
    const order = [...this.candidates];
    const preferred = bound.meta.defaultSet.toLowerCase();
    order.sort(
      (a, b) =>
        Number(b.sets.has(preferred) || b.sets.has('*')) - Number(a.sets.has(preferred) || a.sets.has('*')),
    );
    for (const p of order) if (fits(p, false)) attempt(p, item, false);
    for (const p of this.candidates) {
      if (!fits(p, true) || bound.fromPipeline.has(p.lower)) continue;
      const value = propertyOf(p);
      if (value !== undefined) attempt(p, value, false);
    }
    if (!any || order.some((p) => !bound.fromPipeline.has(p.lower))) {
      for (const p of order) if (fits(p, false)) attempt(p, item, true);
      for (const p of this.candidates) {
        if (!fits(p, true) || bound.fromPipeline.has(p.lower)) continue;
        const value = propertyOf(p);
        if (value !== undefined) attempt(p, value, true);
      }
    }
    if (!any) {
      // A value that breaks a rule is refused for that; one that cannot be converted was not for this command.
      if (failure instanceof ScriptError && /^ParameterArgumentValidation/.test(failure.record.errorId)) {
        failure.record.target ??= item;
        throw failure;
      }
      throw bindingError(
        'InputObjectNotBound',
        'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.',
        'InvalidArgument',
        exceptionName,
        item,
      );
    }
  }
}
