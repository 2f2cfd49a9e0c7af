import type { DotNetType } from '../types/dotnet-type.ts';
import type { ExceptionValue, ScriptError } from '../types/error-record.ts';
import { exception, runtimeExceptionName } from '../types/errors.ts';
import { resolveType } from '../types/registry.ts';

/** The exception that stands for what ended a command: errors of commands come in one of the engine's own. */
export function reasonOf(failure: ScriptError): ExceptionValue {
  const { record } = failure;
  const { message } = record.exception;
  let made: ExceptionValue;
  if (failure.fromPreference)
    made = exception(
      'System.Management.Automation.ActionPreferenceStopException',
      `The running command stopped because the preference variable "ErrorActionPreference" or common parameter is set to Stop: ${message}`,
    );
  else if (record.exception.type.isAssignableTo(resolveType(runtimeExceptionName) as DotNetType))
    return record.exception;
  else made = exception('System.Management.Automation.CmdletInvocationException', message, record.exception);
  made.errorRecord = record;
  return made;
}
