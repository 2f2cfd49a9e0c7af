import type { DotNetMember, DotNetType } from './dotnet-type.ts';
import { context } from './ambient.ts';
import type { CompiledRegex, RegexMatch } from './regex-port.ts';
import type { ErrorRecord, ExceptionValue } from './error-record.ts';
import type { PSReference, Value } from './value.ts';

/**
 * What conversions need of higher layers: members of objects may be scripts. run/ puts its own functions here when it
 * is loaded; before that objects have only their .NET members.
 */
export const hooks: {
  getProperty: (value: Value, name: string) => Value | undefined;
  setProperty: (value: Value, name: string, to: Value) => void;
  objectText: (value: Value) => string;
  dotNetText: (value: PSReference) => string | undefined;
  invokeMethod: (value: Value, name: string, args: Value[]) => Value;
  /** Runs a script block to its end with `$this` (and `$_`) set; output as one value. */
  invokeBlock: (block: Value, args: Value[], self?: Value) => Value;
  /** Runs a script block in the caller's scope with `$_` set. */
  invokeWithItem: (block: Value, item: Value, args: Value[]) => Value;
  isMethodInfo: (value: Value) => boolean;
  /** A Match object for script blocks of -replace. */
  matchObject: (match: RegexMatch, text: string, regex: CompiledRegex) => Value;
  invokeStatic: (type: DotNetType, name: string, args: Value[]) => Value;
  makeException: (typeName: string, message: string) => ExceptionValue;
  /** `$x.PSObject`. */
  psObject: (value: Value) => Value;
  /** Adds to `$Error`. */
  recordError: (record: ErrorRecord) => void;
  /** Imports a module that has a command by this name; false where there is none. */
  autoImport: (session: unknown, name: string) => boolean;
  /** A method without call parentheses: PSMethod. */
  methodInfo: (value: Value, name: string) => Value;
  /** `$h.key()` where the value is a script block's delegate or PSMethod; undefined: it cannot be called. */
  invokeValue: (value: Value, args: Value[]) => Value | undefined;
  equals: (a: Value, b: Value) => boolean;
  compareValues: (a: Value, b: Value) => number;
  hashCode: (value: Value) => number;
  zeroEnum: (type: DotNetType) => Value;
  /** Calls what stands for a .NET delegate: a script block or a method. */
  invokeDelegate: (callable: Value, args: Value[]) => Value;
  /** Order by a comparer object (IComparer): negative, zero, positive. */
  compareWith: (comparer: Value, a: Value, b: Value) => number;
  /** Whether a comparer object (StringComparer) ignores case. */
  ignoresCase: (comparer: Value) => boolean;
  /** `$OFS`: what stands between the elements of an array in a string. */
  separator: () => string;
  /** What GetEnumerator() returns over these elements; `owner` is watched for changes on the way. */
  enumerator: (elements: readonly Value[], type: DotNetType, owner?: { readonly version: number }) => Value;
} = {
  getProperty: () => undefined,
  setProperty: () => undefined,
  objectText: () => '',
  dotNetText(value) {
    const member: DotNetMember | undefined = value.dotNetType.findMember('tostring');
    if (member?.kind !== 'method') return undefined;
    const overload = member.overloads.find((o) => o.signature.endsWith('()'));
    return overload && (overload.call(value, [], context()) as string);
  },
  invokeMethod: () => null,
  invokeBlock: () => null,
  invokeWithItem: () => null,
  isMethodInfo: () => false,
  recordError: () => undefined,
  autoImport: () => false,
  matchObject: (match) => match.value,
  invokeStatic: () => null,
  makeException: () => {
    throw new Error('The runtime is not loaded');
  },
  psObject: () => null,
  methodInfo: () => null,
  invokeValue: () => undefined,
  equals: (a, b) => a === b,
  compareValues: () => 0,
  hashCode: () => 0,
  zeroEnum: () => null,
  invokeDelegate: () => null,
  compareWith: () => 0,
  ignoresCase: () => false,
  separator: () => ' ',
  enumerator: () => null,
};
