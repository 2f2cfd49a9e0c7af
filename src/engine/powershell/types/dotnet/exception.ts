import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { hashtable } from '../collections.ts';
import type { DotNetMember, DotNetType, MethodOverload } from '../dotnet-type.ts';
import { ErrorRecord, errorRecordType, exceptionType, ExceptionValue } from '../error-record.ts';
import type { ErrorCategory, Invocation } from '../error-record.ts';
import { enumValue } from '../enum-text.ts';
import type { EnumValue } from '../objects.ts';
import { DotNetObject, PSArray } from '../objects.ts';
import { getProperty } from '../member.ts';
import { defineEnum, defineType, resolveType } from '../registry.ts';
import { objectText, toText } from '../text.ts';
import { typeOf } from '../type-of.ts';
import type { Value } from '../value.ts';
import { isNull } from '../value.ts';
import { int, state, str } from './arguments.ts';
import { constructors, method, property } from './define.ts';
import { exceptionTypes } from './exceptions.ts';
import { typeConverters } from '../type-converters.ts';

const e = (v: Value | undefined): ExceptionValue => v as ExceptionValue;
const newline = (): string => (isDesktop(differences.errors.newline) ? '\r\n' : '\n');

/** What .NET says where a constructor is given no message. */
const defaultMessages: Readonly<Record<string, string>> = {
  'System.ArgumentException': 'Value does not fall within the expected range.',
  'System.ArgumentNullException': 'Value cannot be null.',
  'System.ArgumentOutOfRangeException': 'Specified argument was out of the range of valid values.',
  'System.ArithmeticException': 'Overflow or underflow in the arithmetic operation.',
  'System.DivideByZeroException': 'Attempted to divide by zero.',
  'System.FormatException': 'One of the identified items was in an invalid format.',
  'System.IndexOutOfRangeException': 'Index was outside the bounds of the array.',
  'System.InvalidCastException': 'Specified cast is not valid.',
  'System.InvalidOperationException': 'Operation is not valid due to the current state of the object.',
  'System.NotImplementedException': 'The method or operation is not implemented.',
  'System.NotSupportedException': 'Specified method is not supported.',
  'System.NullReferenceException': 'Object reference not set to an instance of an object.',
  'System.OperationCanceledException': 'The operation was canceled.',
  'System.OutOfMemoryException': 'Insufficient memory to continue the execution of the program.',
  'System.OverflowException': 'Arithmetic operation resulted in an overflow.',
  'System.TimeoutException': 'The operation has timed out.',
  'System.UnauthorizedAccessException': 'Attempted to perform an unauthorized operation.',
  'System.ApplicationException': 'Error in the application.',
  'System.SystemException': 'System error.',
  'System.IO.IOException': 'I/O error occurred.',
  'System.IO.FileNotFoundException': 'Unable to find the specified file.',
  'System.IO.DirectoryNotFoundException': 'Attempted to access a path that is not on the disk.',
  'System.IO.EndOfStreamException': 'Attempted to read past the end of the stream.',
  'System.IO.InvalidDataException': 'Found invalid data while decoding.',
  'System.Security.SecurityException': 'Security error.',
  'System.AggregateException': 'One or more errors occurred.',
  'System.Collections.Generic.KeyNotFoundException': 'The given key was not present in the dictionary.',
  'System.PlatformNotSupportedException': 'Operation is not supported on this platform.',
};
const hResults: Readonly<Record<string, number>> = {
  'System.ArgumentException': -2147024809,
  'System.ArgumentNullException': -2147467261,
  'System.ArgumentOutOfRangeException': -2146233086,
  'System.DivideByZeroException': -2147352558,
  'System.FormatException': -2146233033,
  'System.IndexOutOfRangeException': -2146233080,
  'System.InvalidCastException': -2147467262,
  'System.InvalidOperationException': -2146233079,
  'System.NotImplementedException': -2147467263,
  'System.NotSupportedException': -2146233067,
  'System.NullReferenceException': -2147467261,
  'System.OverflowException': -2146233066,
  'System.TimeoutException': -2146233083,
  'System.UnauthorizedAccessException': -2147024891,
  'System.IO.IOException': -2146232800,
  'System.IO.FileNotFoundException': -2147024894,
  'System.IO.DirectoryNotFoundException': -2147024893,
  'System.ApplicationException': -2146232832,
  'System.SystemException': -2146233087,
};
const defaultMessage = (type: DotNetType): string =>
  defaultMessages[type.fullName] ?? `Exception of type '${type.fullName}' was thrown.`;
const withParameter = (message: string, name: string): string =>
  name === ''
    ? message
    : isDesktop(differences.errors.parameterName)
      ? `${message}${newline()}Parameter name: ${name}`
      : `${message} (Parameter '${name}')`;

function make(
  type: DotNetType,
  message: Value | undefined,
  inner: Value | undefined = null,
  facts: Readonly<Record<string, Value>> = {},
): ExceptionValue {
  const value = new ExceptionValue(
    type,
    message === undefined || message === null ? defaultMessage(type) : str(message),
    inner instanceof ExceptionValue ? inner : null,
    facts,
  );
  const code = hResults[type.fullName];
  if (code !== undefined) value.hResult = code;
  return value;
}
const isArgument = (name: string): boolean =>
  /^System\.(Argument|Duplicate|ComponentModel\.InvalidEnum)/.test(name);

function constructorsOf(type: DotNetType): MethodOverload[] {
  const name = type.fullName;
  if (name === 'System.ArgumentNullException' || name === 'System.ArgumentOutOfRangeException')
    return constructors(
      [`${name} new()`, () => make(type, undefined)],
      [
        `${name} new(string paramName)`,
        (_v, a) =>
          make(type, withParameter(defaultMessage(type), str(a[0])), null, { ParamName: a[0] ?? null }),
      ],
      [
        `${name} new(string paramName, string message)`,
        (_v, a) => make(type, withParameter(str(a[1]), str(a[0])), null, { ParamName: a[0] ?? null }),
      ],
      [`${name} new(string message, System.Exception innerException)`, (_v, a) => make(type, a[0], a[1])],
      [
        `${name} new(string paramName, System.Object actualValue, string message)`,
        (_v, a) =>
          make(
            type,
            `${withParameter(str(a[2]), str(a[0]))}${newline()}Actual value was ${toText(a[1] ?? null)}.`,
            null,
            { ParamName: a[0] ?? null, ActualValue: a[1] ?? null },
          ),
      ],
    );
  const list = constructors(
    [`${name} new()`, () => make(type, undefined)],
    [`${name} new(string message)`, (_v, a) => make(type, a[0])],
    [`${name} new(string message, System.Exception innerException)`, (_v, a) => make(type, a[0], a[1])],
  );
  if (isArgument(name))
    list.push(
      ...constructors(
        [
          `${name} new(string message, string paramName)`,
          (_v, a) => make(type, withParameter(str(a[0]), str(a[1])), null, { ParamName: a[1] ?? null }),
        ],
        [
          `${name} new(string message, string paramName, System.Exception innerException)`,
          (_v, a) => make(type, withParameter(str(a[0]), str(a[1])), a[2], { ParamName: a[1] ?? null }),
        ],
      ),
    );
  if (name === 'System.IO.FileNotFoundException')
    list.push(
      ...constructors([
        `${name} new(string message, string fileName)`,
        (_v, a) => make(type, a[0], null, { FileName: a[1] ?? null }),
      ]),
    );
  if (name === 'System.ComponentModel.Win32Exception')
    list.push(
      ...constructors(
        [
          `${name} new(int error)`,
          (_v, a) => make(type, win32Message(int(a[0])), null, { NativeErrorCode: a[0] ?? null }),
        ],
        [
          `${name} new(int error, string message)`,
          (_v, a) => make(type, a[1], null, { NativeErrorCode: a[0] ?? null }),
        ],
      ),
    );
  if (name === 'System.Runtime.InteropServices.COMException')
    list.push(
      ...constructors([
        `${name} new(string message, int errorCode)`,
        (_v, a) => {
          const value = make(type, a[0]);
          value.hResult = int(a[1]);
          return value;
        },
      ]),
    );
  if (name === 'System.AggregateException')
    list.push(
      ...constructors([
        `${name} new(string message, Params System.Exception[] innerExceptions)`,
        (_v, a) => {
          const inner = (a[1] as PSArray).items;
          return make(
            type,
            `${str(a[0])}${inner.map((x) => ` (${e(x).message})`).join('')}`,
            inner[0] ?? null,
            { InnerExceptions: a[1] ?? null },
          );
        },
      ]),
    );
  return list;
}

/** Texts of the Win32 error codes a device administrator meets. */
const win32Messages: Readonly<Record<number, string>> = {
  0: 'The operation completed successfully.',
  1: 'Incorrect function.',
  2: 'The system cannot find the file specified.',
  3: 'The system cannot find the path specified.',
  5: 'Access is denied.',
  6: 'The handle is invalid.',
  13: 'The data is invalid.',
  32: 'The process cannot access the file because it is being used by another process.',
  50: 'The request is not supported.',
  53: 'The network path was not found.',
  80: 'The file exists.',
  87: 'The parameter is incorrect.',
  112: 'There is not enough space on the disk.',
  122: 'The data area passed to a system call is too small.',
  123: 'The filename, directory name, or volume label syntax is incorrect.',
  126: 'The specified module could not be found.',
  183: 'Cannot create a file when that file already exists.',
  193: '%1 is not a valid Win32 application.',
  740: 'The requested operation requires elevation.',
  1053: 'The service did not respond to the start or control request in a timely fashion.',
  1056: 'An instance of the service is already running.',
  1058: 'The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
  1060: 'The specified service does not exist as an installed service.',
  1062: 'The service has not been started.',
  1223: 'The operation was canceled by the user.',
  1460: 'This operation returned because the timeout period expired.',
  1602: 'User cancelled installation.',
  1603: 'Fatal error during installation.',
  1605: 'This action is only valid for products that are currently installed.',
  1612: 'The installation source for this product is not available. Verify that the source exists and that you can access it.',
  1618: 'Another installation is already in progress. Complete that installation before proceeding with this install.',
  1619: 'This installation package could not be opened. Verify that the package exists and that you can access it, or contact the application vendor to verify that this is a valid Windows Installer package.',
  1638: 'Another version of this product is already installed. Installation of this version cannot continue. To configure or remove the existing version of this product, use Add/Remove Programs on the Control Panel.',
  1641: 'The requested operation completed successfully. The system will be restarted so the changes can take effect.',
  1707: 'The network address is invalid.',
  3010: 'The requested operation is successful. Changes will not be effective until the system is rebooted.',
};
export const win32Message = (code: number): string =>
  win32Messages[code] ?? `Unknown error (0x${(code >>> 0).toString(16)})`;

/** A property that only some exceptions have, from the facts of the one thrown. */
const fact = (name: string, typeName: string): DotNetMember =>
  property(name, typeName, (v) => e(v).facts[name] ?? null);
const baseException = (v: ExceptionValue): ExceptionValue => {
  let at = v;
  while (at.inner) at = at.inner;
  return at;
};
defineType(exceptionType.fullName, {
  members: [
    property('TargetSite', 'System.Reflection.MethodBase', () => null),
    property('Message', 'string', (v) => e(v).message),
    property('Data', 'System.Collections.IDictionary', (v) => (e(v).data ??= hashtable())),
    property('InnerException', 'System.Exception', (v) => e(v).inner),
    property('HelpLink', 'string', () => null),
    property(
      'Source',
      'string',
      (v) => e(v).source,
      (v, value) => {
        e(v).source = value === null ? null : toText(value);
      },
    ),
    property('HResult', 'int', (v) => e(v).hResult),
    property('StackTrace', 'string', (v) => e(v).stackTrace),
    method(['System.Exception GetBaseException()', (v) => baseException(e(v))]),
    method(['string ToString()', (v) => objectText(v)]),
  ],
});
for (const type of exceptionTypes.values()) type.constructors = constructorsOf(type);
const extra: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  'System.ArgumentException': [['ParamName', 'string']],
  'System.ArgumentOutOfRangeException': [['ActualValue', 'System.Object']],
  'System.IO.FileNotFoundException': [['FileName', 'string']],
  'System.ObjectDisposedException': [['ObjectName', 'string']],
  'System.ComponentModel.Win32Exception': [['NativeErrorCode', 'int']],
  'System.Text.RegularExpressions.RegexParseException': [['Offset', 'int']],
  'System.AggregateException': [['InnerExceptions', 'System.Object']],
  'System.Xml.XmlException': [
    ['LineNumber', 'int'],
    ['LinePosition', 'int'],
  ],
  'System.Net.WebException': [
    ['Response', 'System.Object'],
    ['Status', 'System.Object'],
  ],
  'Microsoft.PowerShell.Commands.HttpResponseException': [['Response', 'System.Object']],
  'System.Management.Automation.CommandNotFoundException': [['CommandName', 'string']],
  'System.Management.Automation.ParameterBindingException': [
    ['ParameterName', 'string'],
    ['ErrorId', 'string'],
  ],
  'System.Management.Automation.ParseException': [['Errors', 'System.Object']],
  'System.Management.Automation.SessionStateException': [['ItemName', 'string']],
};
for (const [name, properties] of Object.entries(extra))
  for (const [own, typeName] of properties)
    if (exceptionTypes.has(name)) defineType(name, { members: [fact(own, typeName)] });
defineType('System.Runtime.InteropServices.ExternalException', {
  members: [property('ErrorCode', 'int', (v) => e(v).hResult)],
});
const recordProperty = property('ErrorRecord', 'System.Management.Automation.ErrorRecord', (v) => {
  const own = e(v);
  return (own.errorRecord ??= new ErrorRecord(own, own.type.name, 'NotSpecified', null));
});
defineType('System.Management.Automation.RuntimeException', {
  members: [recordProperty, property('WasThrownFromThrowStatement', 'bool', () => false)],
});
for (const name of [
  'PSArgumentException',
  'PSInvalidOperationException',
  'PSNotSupportedException',
  'ParentContainsErrorRecordException',
])
  defineType(`System.Management.Automation.${name}`, { members: [recordProperty] });

const categoryType = defineEnum(
  'System.Management.Automation.ErrorCategory',
  'NotSpecified,OpenError,CloseError,DeviceError,DeadlockDetected,InvalidArgument,InvalidData,InvalidOperation,InvalidResult,InvalidType,MetadataError,NotImplemented,NotInstalled,ObjectNotFound,OperationStopped,OperationTimeout,SyntaxError,ParserError,PermissionDenied,ResourceBusy,ResourceExists,ResourceUnavailable,ReadError,WriteError,FromStdErr,SecurityError,ProtocolError,ConnectionError,AuthenticationError,LimitsExceeded,QuotaExceeded,NotEnabled',
);
const r = (v: Value | undefined): ErrorRecord => v as ErrorRecord;
const commandName = (record: ErrorRecord): string => {
  const command = record.invocation?.myCommand ?? null;
  return isNull(command) ? '' : toText(getProperty(command, 'Name') ?? null);
};
const parts = {
  activity: (record: ErrorRecord): string => record.activity ?? commandName(record),
  reason: (record: ErrorRecord): string => record.reason ?? record.exception.type.name,
  targetName: (record: ErrorRecord): string =>
    record.targetName ?? (isNull(record.target) ? '' : toText(record.target)),
  targetType: (record: ErrorRecord): string =>
    record.targetTypeName ?? (isNull(record.target) ? '' : (typeOf(record.target)?.name ?? '')),
};
const shorten = (text: string): string => {
  if (text.length <= 40) return text;
  return isDesktop(differences.errors.ellipsis)
    ? `${text.slice(0, 15)}...${text.slice(-15)}`
    : `${text.slice(0, 19)}…${text.slice(-19)}`;
};
const categoryText = (record: ErrorRecord): string => {
  const oneLine = (text: string): string => shorten(text.replace(/\r?\n/g, ' '));
  return `${record.category}: (${oneLine(parts.targetName(record))}:${oneLine(parts.targetType(record))}) [${shorten(parts.activity(record))}], ${shorten(parts.reason(record))}`;
};
const recordOf = (v: Value): ErrorRecord => state<ErrorRecord>(v);
const text = (set: (record: ErrorRecord, to: string) => void) => (v: Value, value: Value) =>
  set(recordOf(v), toText(value));
const categoryInfoType = defineType('System.Management.Automation.ErrorCategoryInfo', {
  members: [
    property('Category', 'System.Management.Automation.ErrorCategory', (v) =>
      enumValue(categoryType, recordOf(v).category),
    ),
    property(
      'Activity',
      'string',
      (v) => parts.activity(recordOf(v)),
      text((x, to) => (x.activity = to)),
    ),
    property(
      'Reason',
      'string',
      (v) => parts.reason(recordOf(v)),
      text((x, to) => (x.reason = to)),
    ),
    property(
      'TargetName',
      'string',
      (v) => parts.targetName(recordOf(v)),
      text((x, to) => (x.targetName = to)),
    ),
    property(
      'TargetType',
      'string',
      (v) => parts.targetType(recordOf(v)),
      text((x, to) => (x.targetTypeName = to)),
    ),
    method(['string GetMessage()', (v) => categoryText(recordOf(v))]),
    method(['string ToString()', (v) => categoryText(recordOf(v))]),
  ],
});
interface Details {
  message: string;
  recommendedAction: string;
}
const detailsType = defineType('System.Management.Automation.ErrorDetails', {
  constructors: constructors([
    'System.Management.Automation.ErrorDetails new(string message)',
    (v, a) => new DotNetObject<Details>(v as DotNetType, { message: str(a[0]), recommendedAction: '' }),
  ]),
  members: [
    property('Message', 'string', (v) => state<Details>(v).message),
    property(
      'RecommendedAction',
      'string',
      (v) => state<Details>(v).recommendedAction,
      (v, value) => {
        state<Details>(v).recommendedAction = toText(value);
      },
    ),
    method(['string ToString()', (v) => state<Details>(v).message]),
  ],
});
const invocationInfo = (invocation: Invocation | null): Value => {
  const type = resolveType('System.Management.Automation.InvocationInfo');
  return invocation && type ? new DotNetObject(type, invocation) : null;
};
defineType(errorRecordType.fullName, {
  constructors: constructors(
    [
      'System.Management.Automation.ErrorRecord new(System.Exception exception, string errorId, System.Management.Automation.ErrorCategory errorCategory, System.Object targetObject)',
      (_v, a) =>
        new ErrorRecord(
          e(a[0]),
          str(a[1]),
          [...(categoryType.enumValues?.keys() ?? [])][Number((a[2] as EnumValue).value)] as ErrorCategory,
          a[3] ?? null,
        ),
    ],
    [
      'System.Management.Automation.ErrorRecord new(System.Management.Automation.ErrorRecord errorRecord, System.Exception replaceParentContainsErrorRecordException)',
      (_v, a) => {
        const from = r(a[0]);
        const copy = new ErrorRecord(
          a[1] instanceof ExceptionValue ? a[1] : from.exception,
          from.errorId,
          from.category,
          from.target,
        );
        copy.invocation = from.invocation;
        copy.details = from.details;
        copy.commandId = from.commandId;
        return copy;
      },
    ],
  ),
  members: [
    property('Exception', 'System.Exception', (v) => r(v).exception),
    property('TargetObject', 'System.Object', (v) => r(v).target),
    property(
      'CategoryInfo',
      'System.Management.Automation.ErrorCategoryInfo',
      (v) => new DotNetObject(categoryInfoType, r(v)),
    ),
    property('FullyQualifiedErrorId', 'string', (v) => r(v).fullyQualifiedErrorId),
    property(
      'ErrorDetails',
      'System.Management.Automation.ErrorDetails',
      (v) => {
        const { details } = r(v);
        return details && new DotNetObject<Details>(detailsType, details);
      },
      (v, value) => {
        r(v).details = value === null ? null : state<Details>(value);
      },
    ),
    property('InvocationInfo', 'System.Management.Automation.InvocationInfo', (v) =>
      invocationInfo(r(v).invocation),
    ),
    property('ScriptStackTrace', 'string', (v) => r(v).scriptStackTrace),
    property(
      'PipelineIterationInfo',
      'System.Collections.ObjectModel.ReadOnlyCollection[int]',
      () => new PSArray([]),
    ),
    method(['string ToString()', (v) => objectText(v)]),
  ],
});
typeConverters.set(detailsType.fullName, (value) =>
  typeof value === 'string'
    ? new DotNetObject<Details>(detailsType, { message: value, recommendedAction: '' })
    : undefined,
);
typeConverters.set(exceptionType.fullName, (value) => {
  if (value instanceof ErrorRecord) return value.exception;
  return typeof value === 'string' ? make(exceptionType, value) : undefined;
});
