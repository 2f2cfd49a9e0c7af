import type { ParseError } from '../parse/index.ts';
import { parseErrorArray, parseErrorText } from '../run/language/parse-errors.ts';
import { ErrorRecord, ScriptError } from '../types/error-record.ts';
import type { ExceptionValue } from '../types/error-record.ts';
import { exception } from '../types/errors.ts';

/** Messages shown of one text; more are summed up. */
const mostShown = 10;

/** `ParseException` for what the parser found: each error with its place. */
export function parseException(errors: readonly [ParseError, ...ParseError[]]): ExceptionValue {
  const shown = errors.slice(0, mostShown).map(parseErrorText);
  let text = shown.join('\n\n');
  if (errors.length > mostShown)
    text += '\nNot all parse errors were reported.  Correct the reported errors and try again.';
  return exception('System.Management.Automation.ParseException', text, null, {
    Errors: parseErrorArray(errors),
  });
}

/** The same as an error on its way: its id is that of the first. */
export function parseFailure(errors: readonly [ParseError, ...ParseError[]]): ScriptError {
  const value = parseException(errors);
  const record = new ErrorRecord(value, errors[0].errorId, 'ParserError', null);
  value.errorRecord = record;
  return new ScriptError(record, true);
}

/** What `$Error` holds of a text typed at the prompt: the same, but for the exception's type. */
export function asTopLevel(failure: ScriptError): ScriptError {
  const { record } = failure;
  const value = exception(
    'System.Management.Automation.ParentContainsErrorRecordException',
    record.exception.message,
  );
  const shown = new ErrorRecord(value, record.errorId, 'ParserError', null);
  value.errorRecord = shown;
  return new ScriptError(shown, true);
}
