import { runtimeError } from '../types/errors.ts';
import { ConversionError } from '../types/errors.ts';
import { convertTo } from '../types/convert.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import type { Frame } from './frame.ts';
import type { Scope } from './scope.ts';
import { Variable } from './scope.ts';
import { validationFailure } from './validate.ts';

const unauthorized = 'System.Management.Automation.SessionStateUnauthorizedAccessException';

const isDriveName = (qualifier: string): boolean =>
  !['global', 'script', 'local', 'private', 'variable', 'using'].includes(qualifier);

/** The scope a qualifier names; undefined: it is a drive. */
export function scopeNamed(frame: Frame, qualifier: string): Scope | undefined {
  switch (qualifier) {
    case 'global':
      return frame.session.globalScope;
    case 'script':
      return frame.scope.script;
    case 'local':
    case 'private':
      return frame.scope;
    default:
      return undefined;
  }
}

export function undefinedVariable(name: string): Error {
  return runtimeError(
    'VariableIsUndefined',
    `The variable '$${name}' cannot be retrieved because it has not been set.`,
  );
}

/** `$name` where the quick way did not find it. Remembers a variable of the code's own scope in `slot`. */
/** `strictFrom`: the strict mode from which a missing variable is an error (1; 2 within text). */
export function readVariable(frame: Frame, lower: string, name: string, slot: number, strictFrom = 1): Value {
  const own = frame.scope.variables.get(lower);
  if (own !== undefined) {
    if (own.getter) return own.getter();
    frame.locals[slot] = own;
    return own.value;
  }
  const found = frame.scope.find(lower);
  if (found !== undefined) return found.getter ? found.getter() : found.value;
  const automatic = frame.session.automatic(lower, frame);
  if (automatic !== undefined) return automatic;
  if (frame.scope.strict >= strictFrom) throw undefinedVariable(name);
  return null;
}

/** `$scope:name`, `$drive:name`. */
export function readQualified(frame: Frame, qualifier: string, lower: string, name: string): Value {
  if (isDriveName(qualifier)) {
    const value = frame.session.driveVariable(qualifier, name, frame);
    return value ?? null;
  }
  if (qualifier === 'variable') {
    const found = frame.scope.find(lower);
    return found ? found.read() : null;
  }
  const scope = scopeNamed(frame, qualifier) as Scope;
  // A name that the exact scope lacks is looked up from there, but for local, which is exact.
  const found = scope.variables.get(lower);
  if (found) return found.read();
  const automatic =
    qualifier === 'global' || qualifier === 'script' ? frame.session.automatic(lower, frame) : undefined;
  if (automatic !== undefined) return automatic;
  if (frame.scope.strict >= 1) throw undefinedVariable(`${qualifier}:${name}`);
  return null;
}

/** Stores through everything a variable may demand: read-only, type, validation. */
export function storeVariable(variable: Variable, value: Value): void {
  if (!variable.special) {
    variable.value = value;
    return;
  }
  if (variable.readOnly || variable.constant)
    throw runtimeError(
      'VariableNotWritable',
      `Cannot overwrite variable ${variable.name} because it is read-only or constant.`,
      'WriteError',
      variable.name,
      unauthorized,
    );
  if (variable.setter) {
    variable.setter(value);
    return;
  }
  let stored = value;
  if (variable.type) {
    try {
      stored = convertTo(value, variable.type);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      throw runtimeError(
        'RuntimeException',
        error.message,
        'MetadataError',
        null,
        'System.Management.Automation.ArgumentTransformationMetadataException',
      );
    }
  }
  for (const rule of variable.validations ?? []) {
    const failure = validationFailure(rule, stored);
    if (failure !== undefined)
      throw runtimeError(
        'ValidateSetFailure',
        `The variable cannot be validated because the value ${toText(stored)} is not a valid value for the ${variable.name} variable.`,
        'MetadataError',
        null,
        'System.Management.Automation.ValidationMetadataException',
      );
  }
  variable.value = stored;
}

/** `$name = value` without qualifier: the local scope, but for variables of all scopes. */
export function assignVariable(frame: Frame, lower: string, name: string, value: Value, slot: number): void {
  const own = frame.scope.variables.get(lower);
  if (own !== undefined) {
    storeVariable(own, value);
    if (!own.special) frame.locals[slot] = own;
    return;
  }
  const outer = frame.session.allScopeVariables.get(lower);
  if (outer !== undefined) {
    storeVariable(outer, value);
    return;
  }
  const variable = new Variable(name, value);
  frame.scope.variables.set(lower, variable);
  frame.locals[slot] = variable;
}

export function assignQualified(
  frame: Frame,
  qualifier: string,
  lower: string,
  name: string,
  value: Value,
): void {
  if (isDriveName(qualifier)) {
    frame.session.setDriveVariable(qualifier, name, value === automationNull ? null : value, frame);
    return;
  }
  const scope = qualifier === 'variable' ? frame.scope : (scopeNamed(frame, qualifier) as Scope);
  const known =
    scope.variables.get(lower) ??
    (scope === frame.session.globalScope ? frame.session.allScopeVariables.get(lower) : undefined);
  if (known) {
    storeVariable(known, value);
    return;
  }
  const variable = new Variable(name, value);
  if (qualifier === 'private') variable.isPrivate = true;
  scope.variables.set(lower, variable);
}
