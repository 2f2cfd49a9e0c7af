import type { Host } from '../host.ts';
import type { Written } from '../run/hosting/isolated.ts';
import type { Session } from '../run/session.ts';
import type { Step, Steps } from '../run/steps.ts';
import type { ErrorCategory, ErrorRecord, Invocation } from '../types/error-record.ts';
import type { DictionaryValue } from '../types/collections.ts';
import type { Value } from '../types/value.ts';
import type { ScriptBlockValue } from '../types/script-block.ts';
import type { DotNetType } from '../types/dotnet-type.ts';

/**
 * A cmdlet. One file per cmdlet: `export const getItem: Cmdlet = { name: 'Get-Item', ... }`, listed in `index.ts`.
 *
 * The binder has converted every argument to the declared type before `start`; see `CmdletContext` for how to read
 * them. `process` runs once per pipeline object (once in all when there is no pipeline input), after the parameters
 * bound from the pipeline have their value for that object.
 */
export interface Cmdlet {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly module: string;
  /** .NET class, ends up in FullyQualifiedErrorId: `Microsoft.PowerShell.Commands.GetItemCommand`. */
  readonly typeName: string;
  readonly parameters: readonly CmdletParameter[];
  readonly defaultSet?: string;
  /** Adds -WhatIf and -Confirm. */
  readonly shouldProcess?: 'Low' | 'Medium' | 'High';
  readonly supportsPaging?: boolean;
  readonly outputTypes?: readonly string[];
  /** Where the cmdlet exists; absent means in both. */
  readonly dialect?: 'desktop' | 'core';
  /** 5.1 implements some of these as functions; only Get-Command shows it. */
  readonly commandType?: 'Cmdlet' | 'Function';
  /** Parameters that depend on what is bound already (provider parameters such as -File, -Encoding). */
  dynamicParameters?(context: CmdletContext): readonly CmdletParameter[];
  start(context: CmdletContext): CmdletRun;
}

/** One use of a cmdlet in a pipeline. A part that may suspend returns a generator; one that is done returns nothing. */
export interface CmdletRun {
  begin?(): Step;
  process?(): Step;
  end?(): Step;
  /** Runs however the pipeline ended; must not write. */
  dispose?(): void;
}

export interface CmdletParameter {
  readonly name: string;
  /**
   * PowerShell type literal without brackets: `string`, `string[]`, `int`, `switch`, `object`, `psobject`,
   * `scriptblock`, `hashtable`, `datetime`, `ErrorCategory` ... `object` and `psobject` take a value as it is.
   */
  readonly type: string;
  /** What Get-Command calls its type, where the cmdlet itself turns names into it. */
  readonly shownType?: string;
  /** Same for every set in `sets`, unless `sets` says otherwise. Positions count from 0. */
  readonly position?: number;
  readonly mandatory?: boolean;
  readonly pipeline?: boolean;
  readonly pipelineByName?: boolean;
  readonly remaining?: boolean;
  readonly aliases?: readonly string[];
  /** Parameter sets it belongs to; absent means all. An object overrides position and so on for that set. */
  readonly sets?: readonly (string | ParameterInSet)[];
  readonly allowNull?: boolean;
  readonly allowEmptyString?: boolean;
  readonly allowEmptyCollection?: boolean;
  readonly validate?: readonly Validation[];
  readonly dialect?: 'desktop' | 'core';
  /** A whole number is a version too: 2 means 2.0. */
  readonly wholeVersion?: boolean;
  /** Belongs to the provider rather than the cmdlet: a beginning of a name means the cmdlet's own parameters first. */
  readonly dynamic?: boolean;
}

export interface ParameterInSet {
  readonly set: string;
  readonly position?: number;
  readonly mandatory?: boolean;
  readonly pipeline?: boolean;
  readonly pipelineByName?: boolean;
  readonly remaining?: boolean;
}

export type Validation =
  | {
      readonly kind: 'set';
      readonly values: readonly string[];
      readonly caseSensitive?: boolean;
      readonly errorMessage?: string;
    }
  | { readonly kind: 'range'; readonly min: Value; readonly max: Value }
  | {
      readonly kind: 'rangeKind';
      readonly rangeKind: 'Positive' | 'NonNegative' | 'Negative' | 'NonPositive';
    }
  | { readonly kind: 'count'; readonly min: number; readonly max: number }
  | { readonly kind: 'length'; readonly min: number; readonly max: number }
  | {
      readonly kind: 'pattern';
      readonly pattern: string;
      readonly options?: string;
      readonly errorMessage?: string;
    }
  | { readonly kind: 'script'; readonly script: ScriptBlockValue; readonly errorMessage?: string }
  /** A class of the script checks: the text it refuses with. */
  | { readonly kind: 'custom'; readonly check: (value: Value) => string | undefined }
  | { readonly kind: 'notNull' }
  | { readonly kind: 'notNullOrEmpty' }
  | { readonly kind: 'notNullOrWhiteSpace' };

export interface ErrorSpec {
  readonly id: string;
  readonly category: ErrorCategory;
  readonly message: string;
  /** .NET type of the exception, default `System.Exception`; see `types/dotnet/exceptions.ts`. */
  readonly exception?: string;
  readonly target?: Value;
  /** Replaces the computed parts of the category line. */
  readonly activity?: string;
  readonly reason?: string;
  readonly targetName?: string;
  readonly targetType?: string;
}

/** Runs a script block as ForEach-Object and Where-Object do: in the caller's scope, with `$_` set. */
export interface BlockRunner {
  /** True when the block can never suspend: then `value` and `test` are the fast way. */
  readonly sync: boolean;
  /** Output of the block for one item as one value (AutomationNull, the value, or an array). */
  value(item: Value, args?: readonly Value[]): Value;
  /** The same where the block may suspend; works always. */
  valueSteps(item: Value, args?: readonly Value[]): Steps<Value>;
  /** Output goes straight down the pipeline of the cmdlet, one object at a time. */
  write(item: Value, args?: readonly Value[]): Step;
}

/** What a running cmdlet sees. */
export interface CmdletContext {
  readonly session: Session;
  readonly host: Host;
  readonly dialect: 'desktop' | 'core';
  readonly cmdlet: Cmdlet;
  readonly invocation: Invocation;
  readonly parameterSet: string;

  /** True when the argument was given (or bound from the pipeline for the current object). */
  has(name: string): boolean;
  /** The converted value, or null. */
  get(name: string): Value;
  /** '' where absent. */
  string(name: string): string;
  strings(name: string): string[];
  /** Value of a switch: false where absent or `-X:$false`. */
  switch(name: string): boolean;
  /** A number (int, double) as a JS number; `fallback` where absent. */
  number(name: string, fallback: number): number;
  /** Items of an array parameter; [] where absent. */
  list(name: string): Value[];
  block(name: string): ScriptBlockValue | null;
  readonly bound: DictionaryValue;

  /** The current pipeline object; AutomationNull where there is none. */
  readonly input: Value;
  /** True when the cmdlet has a command, or `|`, before it. */
  readonly expectingInput: boolean;

  /** One object down the pipeline. Delivered at once, or after the current call when what follows must suspend. */
  write(value: Value): void;
  /** The same; the caller must run the step it gets before anything else. For cmdlets whose order of effects shows. */
  emit(value: Value): Step;
  /** Each element of a collection; a scalar as itself. */
  writeEnumerated(value: Value): void;

  record(spec: ErrorSpec): ErrorRecord;
  /** Non-terminating: goes to the error stream; throws where the preference is Stop. */
  error(spec: ErrorSpec | ErrorRecord): void;
  /** Terminating: ends this command. */
  fail(spec: ErrorSpec | ErrorRecord): never;
  warning(message: string): void;
  verbose(message: string): void;
  debug(message: string): void;
  information(data: Value, tags: readonly string[]): void;
  /** Write-Host: an information record tagged PSHOST that is also shown. */
  hostText(text: string, options?: { noNewline?: boolean; foreground?: string; background?: string }): void;
  progress(record: Value): void;
  /** What another runspace wrote, as it is, to the stream it was written to. */
  forward(written: Written): void;

  /** -WhatIf prints and refuses; -Confirm asks nobody and agrees (a console question is `confirm`). */
  shouldProcess(target: string, action?: string): boolean;

  runner(block: ScriptBlockValue): BlockRunner;
  /** Calls a block as `&` does, in a new scope. */
  call(block: ScriptBlockValue, args: readonly Value[], input?: readonly Value[]): Steps<Value>;

  /** Conversions with PowerShell's rules and error texts. */
  convert(value: Value, type: string | DotNetType): Value;
  text(value: Value): string;
  /** Property of any object by name; undefined where there is none. */
  property(value: Value, name: string): Value | undefined;
}
