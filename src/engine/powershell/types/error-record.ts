import { DotNetType, objectType } from './dotnet-type.ts';
import type { Value } from './value.ts';
import { PSReference } from './value.ts';

/** Where a statement or command stands. `line` and `column` count from 1. */
export interface ScriptPosition {
  readonly file: string | undefined;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The text of the extent. */
  readonly text: string;
  /** The whole first line. */
  readonly lineText: string;
}

/** `$MyInvocation` and what an error record knows of the command that failed. */
export interface Invocation {
  /** CommandInfo of the command, null for a bare statement. */
  readonly myCommand: Value;
  readonly invocationName: string;
  readonly position: ScriptPosition | undefined;
  readonly boundParameters: Value;
  readonly unboundArguments: Value;
  readonly scriptRoot: string;
  readonly commandPath: string;
  readonly pipelineLength: number;
  readonly pipelinePosition: number;
  readonly expectingInput: boolean;
  /** The line of the session it belongs to, from 1. */
  readonly historyId?: number;
}

export const exceptionType = new DotNetType({ fullName: 'System.Exception', baseType: objectType });

export class ExceptionValue extends PSReference {
  type: DotNetType;
  message: string;
  inner: ExceptionValue | null;
  /** The error record that travels with a RuntimeException, if it has one. */
  errorRecord: ErrorRecord | null = null;
  stackTrace: string | null = null;
  /** A `throw` statement threw it. */
  thrown = false;
  hResult: number = -2146233088;
  data: Value = null;
  source: string | null = null;
  /** Further properties of the particular exception type: ParamName, FileName, ActualValue ... */
  readonly facts: Readonly<Record<string, Value>>;
  constructor(
    type: DotNetType,
    message: string,
    inner: ExceptionValue | null = null,
    facts: Readonly<Record<string, Value>> = {},
  ) {
    super();
    this.type = type;
    this.message = message;
    this.inner = inner;
    this.facts = facts;
  }
  get dotNetType(): DotNetType {
    return this.type;
  }
}

export type ErrorCategory =
  | 'NotSpecified'
  | 'OpenError'
  | 'CloseError'
  | 'DeviceError'
  | 'DeadlockDetected'
  | 'InvalidArgument'
  | 'InvalidData'
  | 'InvalidOperation'
  | 'InvalidResult'
  | 'InvalidType'
  | 'MetadataError'
  | 'NotImplemented'
  | 'NotInstalled'
  | 'ObjectNotFound'
  | 'OperationStopped'
  | 'OperationTimeout'
  | 'SyntaxError'
  | 'ParserError'
  | 'PermissionDenied'
  | 'ResourceBusy'
  | 'ResourceExists'
  | 'ResourceUnavailable'
  | 'ReadError'
  | 'WriteError'
  | 'FromStdErr'
  | 'SecurityError'
  | 'ProtocolError'
  | 'ConnectionError'
  | 'AuthenticationError'
  | 'LimitsExceeded'
  | 'QuotaExceeded'
  | 'NotEnabled';

export const errorRecordType = new DotNetType({
  fullName: 'System.Management.Automation.ErrorRecord',
  baseType: objectType,
  assembly: 'System.Management.Automation',
});

export class ErrorRecord extends PSReference {
  exception: ExceptionValue;
  /** As given by who made it; `fullyQualifiedErrorId` appends the command's type or name. */
  errorId: string;
  category: ErrorCategory;
  target: Value;
  /** Overrides of the category parts; '' is a value, undefined means computed. */
  activity: string | undefined = undefined;
  reason: string | undefined = undefined;
  targetName: string | undefined = undefined;
  targetTypeName: string | undefined = undefined;
  /** `ErrorDetails`: replaces the exception's message on the console. */
  details: { message: string; recommendedAction: string } | null = null;
  invocation: Invocation | null = null;
  scriptStackTrace: string | null = null;
  /** Appended to the id after a comma: the cmdlet's type name or the function's name. */
  commandId = '';
  /** Guards against adding the same record to $Error twice. */
  recorded = false;

  constructor(exception: ExceptionValue, errorId: string, category: ErrorCategory, target: Value) {
    super();
    this.exception = exception;
    this.errorId = errorId;
    this.category = category;
    this.target = target;
  }
  get fullyQualifiedErrorId(): string {
    return this.commandId === '' ? this.errorId : `${this.errorId},${this.commandId}`;
  }
  get dotNetType(): DotNetType {
    return errorRecordType;
  }
}

/** A PowerShell exception on its way up the JS stack. The only JS exception a script can catch. */
export class ScriptError extends Error {
  readonly record: ErrorRecord;
  /** From a `throw` statement: reported whatever the preference says. */
  readonly fromThrow: boolean;
  /** The call that ThrowTerminatingError ends: to its caller it is a statement that failed. */
  endsFrame: unknown = undefined;
  /** An error that would have been reported, had the preference not been Stop: an ActionPreferenceStopException. */
  readonly fromPreference: boolean;
  constructor(record: ErrorRecord, fromThrow = false, fromPreference = false) {
    super(record.exception.message);
    this.fromPreference = fromPreference;
    this.name = 'ScriptError';
    this.record = record;
    this.fromThrow = fromThrow;
  }
}
