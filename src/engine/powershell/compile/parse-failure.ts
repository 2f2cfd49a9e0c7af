import { positionMessage } from '../format/error-text.ts';
import type { ParseError } from '../parse/index.ts';
import { positionOf } from '../run/frame.ts';
import { isDesktop } from '../types/ambient.ts';
import { ErrorRecord, ScriptError } from '../types/error-record.ts';
import type { ExceptionValue } from '../types/error-record.ts';
import { exception } from '../types/errors.ts';

/** Messages shown of one text; more are summed up. */
const mostShown = 10;

/** An error with its place, as the console and `ToString()` show it. */
export const parseErrorText = ({ extent, message }: ParseError): string =>
  `${positionMessage(positionOf(extent, extent.lineText), isDesktop())}\n${message}`;

/** `ParseException` for what the parser found: each error with its place. */
export function parseException(errors: readonly [ParseError, ...ParseError[]]): ExceptionValue {
  const shown = errors.slice(0, mostShown).map(parseErrorText);
  let text = shown.join('\n\n');
  if (errors.length > mostShown)
    text += '\nNot all parse errors were reported.  Correct the reported errors and try again.';
  return exception('System.Management.Automation.ParseException', text);
}

/** The same as an error on its way: its id is that of the first. */
export function parseFailure(errors: readonly [ParseError, ...ParseError[]]): ScriptError {
  const value = parseException(errors);
  const record = new ErrorRecord(value, errors[0].errorId, 'ParserError', null);
  value.errorRecord = record;
  return new ScriptError(record, true);
}
