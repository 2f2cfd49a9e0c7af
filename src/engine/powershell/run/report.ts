import { ConversionError, DotNetError, runtimeError } from '../types/errors.ts';
import { outOfMemory } from '../types/memory.ts';
import type { Invocation } from '../types/error-record.ts';
import { ErrorRecord, ScriptError } from '../types/error-record.ts';
import { toText } from '../types/text.ts';
import { EnumValue } from '../types/objects.ts';
import { unwrap } from '../types/value.ts';
import type { ExtentLike, Frame } from './frame.ts';
import { positionOf } from './frame.ts';
import { normal } from './flow.ts';
import type { Signal } from './flow.ts';
import { RegexSyntaxError } from '../regex/regex-error.ts';
import { regexError } from '../types/regex-port.ts';

/** Whatever was thrown as a script error; what no script may see is thrown on. */
export function asScriptError(error: unknown): ScriptError {
  if (error instanceof ScriptError) return error;
  if (error instanceof DotNetError)
    return new ScriptError(
      new ErrorRecord(error.exception, error.exception.type.fullName, 'OperationStopped', null),
    );
  if (error instanceof ConversionError)
    return runtimeError(error.errorId, error.message, 'InvalidArgument', null, undefined, error.inner);
  if (error instanceof RegexSyntaxError) return asScriptError(regexError(error));
  // The regular expressions of the host say it in another way.
  if (
    (error instanceof RangeError && /call stack/i.test(error.message)) ||
    (error instanceof SyntaxError && /stack overflow/i.test(error.message))
  )
    return callDepthError();
  if (
    error instanceof RangeError &&
    /^(Invalid (string|array) length|Array buffer allocation)/i.test(error.message)
  )
    return asScriptError(outOfMemory());
  throw error;
}

export const callDepthError = (): ScriptError =>
  runtimeError(
    'CallDepthOverflow',
    'The script failed due to call depth overflow.',
    'InvalidOperation',
    null,
    'System.Management.Automation.ScriptCallDepthException',
  );

/** The lines of the code a frame runs, for error positions. */
export function lineTextOf(frame: Frame, extent: ExtentLike): string {
  return frame.session.lineText(extent);
}

export function statementInvocation(frame: Frame, extent: ExtentLike): Invocation {
  return {
    myCommand: null,
    invocationName: '',
    position: positionOf(extent, lineTextOf(frame, extent)),
    boundParameters: null,
    unboundArguments: null,
    scriptRoot: '',
    commandPath: '',
    pipelineLength: 0,
    pipelinePosition: 0,
    expectingInput: false,
    historyId: frame.session.historyId,
  };
}

export type ActionPreference =
  'SilentlyContinue' | 'Stop' | 'Continue' | 'Inquire' | 'Ignore' | 'Suspend' | 'Break';

export function preference(frame: Frame, lower: string): ActionPreference {
  const value = unwrap(frame.scope.find(lower)?.read() ?? null);
  if (value === null) return 'Continue';
  const text = value instanceof EnumValue ? toText(value) : toText(value);
  switch (text.toLowerCase()) {
    case 'silentlycontinue':
    case '0':
      return 'SilentlyContinue';
    case 'stop':
    case '1':
      return 'Stop';
    case 'inquire':
    case '3':
      return 'Inquire';
    case 'ignore':
    case '4':
      return 'Ignore';
    default:
      return 'Continue';
  }
}

/** Gives an error the position of the statement it happened in, where it has none. */
export function locate(error: ScriptError, frame: Frame, extent: ExtentLike): void {
  const { record } = error;
  if (record.invocation === null) record.invocation = statementInvocation(frame, extent);
  record.scriptStackTrace ??= stackTrace(frame, extent);
}

export function stackTrace(frame: Frame, extent: ExtentLike): string {
  const lines: string[] = [];
  let at: ExtentLike | undefined = extent;
  for (let f: Frame | undefined = frame; f; f = f.caller) {
    const name =
      f.command?.kind === 'Function' || f.command?.kind === 'Filter' ? f.command.name : '<ScriptBlock>';
    const file = f.file ?? '<No file>';
    lines.push(`at ${name}, ${file}: line ${at?.startLineNumber ?? 1}`);
    at = f.caller?.position;
  }
  return lines.join(f_newline(frame));
}
const f_newline = (frame: Frame): string => frame.session.host.newline;

/** Whether code of a frame runs in, or for, the call that an error ends. */
function isWithin(frame: Frame, ended: unknown): boolean {
  if (ended === undefined) return false;
  for (let at: Frame | undefined = frame; at; at = at.caller) if (at === ended) return true;
  return false;
}

/**
 * A statement threw. Inside try (anywhere up the calls), after `throw`, or under Stop it goes on up; else it is
 * reported and the next statement runs.
 */
export function statementFailed(error: unknown, frame: Frame, extent: ExtentLike): Signal {
  const failure = asScriptError(error);
  const { session } = frame;
  locate(failure, frame, extent);
  session.success = false;
  if (session.tryDepth > 0 || failure.fromPreference || isWithin(frame, failure.endsFrame)) throw failure;
  const wanted = preference(frame, 'erroractionpreference');
  if (wanted === 'SilentlyContinue' || wanted === 'Ignore') {
    if (wanted === 'SilentlyContinue') session.recordError(failure.record);
    return normal;
  }
  if (failure.fromThrow || wanted === 'Stop') throw failure;
  session.recordError(failure.record);
  frame.streams.error.write(failure.record);
  return normal;
}
