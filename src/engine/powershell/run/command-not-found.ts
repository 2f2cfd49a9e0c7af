import type { ScriptError } from '../types/error-record.ts';
import { runtimeError } from '../types/errors.ts';
import type { Value } from '../types/value.ts';

/** PowerShell's words for a name that is no command. */
export const commandNotFoundText = (name: string, desktop: boolean): string =>
  desktop
    ? `The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`
    : `The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program.\nCheck the spelling of the name, or if a path was included, verify that the path is correct and try again.`;

export function commandNotFound(name: string, desktop: boolean): ScriptError {
  const error = runtimeError(
    'CommandNotFoundException',
    commandNotFoundText(name, desktop),
    'ObjectNotFound',
    name,
    'System.Management.Automation.CommandNotFoundException',
  );
  (error.record.exception.facts as Record<string, Value>)['CommandName'] = name;
  return error;
}
