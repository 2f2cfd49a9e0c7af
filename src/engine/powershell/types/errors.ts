import { differences } from '../dialects/index.ts';
import { isDesktop } from './ambient.ts';
import { exceptionTypeNamed } from './dotnet/exceptions.ts';
import type { ErrorCategory } from './error-record.ts';
import { ErrorRecord, ExceptionValue, ScriptError } from './error-record.ts';
import type { Value } from './value.ts';

export const runtimeExceptionName = 'System.Management.Automation.RuntimeException';

export function exception(
  typeName: string,
  message: string,
  inner: ExceptionValue | null = null,
  facts: Readonly<Record<string, Value>> = {},
): ExceptionValue {
  return new ExceptionValue(exceptionTypeNamed(typeName), message, inner, facts);
}

/** An error of the language itself: a RuntimeException with an id of PowerShell's own. */
export function runtimeError(
  errorId: string,
  message: string,
  category: ErrorCategory = 'InvalidOperation',
  target: Value = null,
  typeName: string = runtimeExceptionName,
  inner: ExceptionValue | null = null,
): ScriptError {
  const value = exception(typeName, message, inner);
  const record = new ErrorRecord(value, errorId, category, target);
  value.errorRecord = record;
  return new ScriptError(record);
}

/** An exception a .NET member throws; who calls the member wraps it in a MethodInvocationException. */
export class DotNetError extends Error {
  readonly exception: ExceptionValue;
  constructor(value: ExceptionValue) {
    super(value.message);
    this.name = 'DotNetError';
    this.exception = value;
  }
}
export const dotNetError = (
  typeName: string,
  message: string,
  facts: Readonly<Record<string, Value>> = {},
): DotNetError => new DotNetError(exception(typeName, ownWords(message), null, facts));
/** The .NET Framework names the parameter on a line of its own. */
const ownWords = (message: string): string =>
  isDesktop(differences.errors.parameterName)
    ? message.replace(/ \(Parameter '([^']+)'\)(?=$|\n)/, '\r\nParameter name: $1')
    : message;

/** A conversion that failed; operators, casts and binders turn it into their own error. */
export class ConversionError extends Error {
  readonly errorId: string;
  readonly inner: ExceptionValue | null;
  constructor(errorId: string, message: string, inner: ExceptionValue | null = null) {
    super(message);
    this.name = 'ConversionError';
    this.errorId = errorId;
    this.inner = inner;
  }
}
