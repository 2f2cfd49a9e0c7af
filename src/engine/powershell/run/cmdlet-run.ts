import type { BlockRunner, Cmdlet, CmdletContext, CmdletRun, ErrorSpec } from '../cmdlets/cmdlet.ts';
import type { Host } from '../host.ts';
import type { DictionaryValue } from '../types/collections.ts';
import { hashtable } from '../types/collections.ts';
import { convertTo } from '../types/convert.ts';
import { DotNetType, objectType } from '../types/dotnet-type.ts';
import { elementsOf } from '../types/enumerate.ts';
import { ErrorRecord, ScriptError } from '../types/error-record.ts';
import type { Invocation } from '../types/error-record.ts';
import { ConversionError, DotNetError, exception, runtimeError } from '../types/errors.ts';
import { getProperty } from '../types/member.ts';
import { toDouble, isNumeric } from '../types/numeric.ts';
import { DotNetObject } from '../types/objects.ts';
import { resolveType } from '../types/registry.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull, unwrap } from '../types/value.ts';
import type { Argument } from './binder.ts';
import {
  bindArguments,
  convertArgument,
  missingMandatory,
  missingMandatoryError,
  PipelineBinder,
} from './binder.ts';
import type { Bound } from './binder.ts';
import type { CommandInfo } from './command-info.ts';
import type { Delayed } from './delayed.ts';
import { withoutDelayed } from './delayed.ts';
import { PipelineStopFlow } from './flow.ts';
import type { Frame } from './frame.ts';
import type { CallOptions, Processor } from './invoke.ts';
import { BlockLoop, callBlock } from './invoke.ts';
import { reasonOf } from './reason.ts';
import { makeInvocation } from './invocation.ts';
import { cmdletMetadata } from './parameters.ts';
import type { CommandMetadata } from './parameters.ts';
import type { ActionPreference } from './report.ts';
import { preference, stackTrace } from './report.ts';
import type { Session } from './session.ts';
import type { Written } from './hosting/isolated.ts';
import type { Sink } from './sink.ts';
import type { Step, Steps } from './steps.ts';

export function makeRecord(spec: ErrorSpec): ErrorRecord {
  const record = new ErrorRecord(
    exception(spec.exception ?? 'System.Exception', spec.message),
    spec.id,
    spec.category,
    spec.target ?? null,
  );
  record.activity = spec.activity;
  record.reason = spec.reason;
  record.targetName = spec.targetName;
  record.targetTypeName = spec.targetType;
  return record;
}

/** A cmdlet in a pipeline: its binder, its context and its run in one. */
export class CmdletProcessor implements Processor, CmdletContext {
  readonly session: Session;
  readonly cmdlet: Cmdlet;
  readonly frame: Frame;
  private readonly out: Sink;
  private readonly boundArguments: Bound;
  private binder: PipelineBinder | undefined;
  private run: CmdletRun | undefined;
  private readonly options: CallOptions;
  private readonly info: CommandInfo;
  private currentInput: Value = automationNull;
  /** Writes that had to wait, as work in order. */
  private waiting: (Step | { readonly late: Value })[] = [];
  private madeInvocation: Invocation | undefined;
  private processed = false;
  private complete = false;
  private readonly slots: Bound['values'];
  /** Script blocks given to parameters that take pipeline input: run for each object, their output is bound. */
  private readonly delayed: Delayed[] = [];

  constructor(session: Session, info: CommandInfo, args: readonly Argument[], options: CallOptions) {
    this.session = session;
    this.info = info;
    this.cmdlet = info.cmdlet as Cmdlet;
    this.frame = options.caller;
    this.out = options.out;
    this.options = options;
    let meta =
      (info.metadata as CommandMetadata | undefined) ??
      ((info.metadata = cmdletMetadata(this.cmdlet, session.dialect)) as CommandMetadata);
    try {
      if (this.cmdlet.dynamicParameters) {
        const extra = this.cmdlet.dynamicParameters(this.peek(args));
        if (extra.length > 0) meta = cmdletMetadata(this.cmdlet, session.dialect, extra);
      }
      this.boundArguments = bindArguments(
        meta,
        options.expectingInput ? withoutDelayed(meta, args, this.delayed) : args,
      );
    } catch (error) {
      throw this.decorate(error);
    }
    this.slots = this.boundArguments.values;
  }

  /** Enough of a context to decide on dynamic parameters: arguments by their full name, and the first by position. */
  private peek(args: readonly Argument[]): CmdletContext {
    const values = new Map<string, Value>();
    let position = 0;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] as Argument;
      if (arg.kind === 'value') {
        const at = this.cmdlet.parameters.find((p) => p.position === position);
        if (at) values.set(at.name.toLowerCase(), arg.value);
        position++;
        continue;
      }
      const lower = arg.name.toLowerCase();
      const parameter =
        this.cmdlet.parameters.find(
          (p) => p.name.toLowerCase() === lower || p.aliases?.some((a) => a.toLowerCase() === lower),
        ) ?? this.cmdlet.parameters.find((p) => p.name.toLowerCase().startsWith(lower));
      if (arg.value !== undefined) values.set((parameter?.name ?? arg.name).toLowerCase(), arg.value);
      else if (parameter && parameter.type !== 'switch') {
        const next = args[i + 1];
        if (next?.kind === 'value') {
          values.set(parameter.name.toLowerCase(), next.value);
          i++;
        }
      } else values.set((parameter?.name ?? arg.name).toLowerCase(), true);
    }
    return Object.create(this, {
      has: { value: (name: string) => values.has(name.toLowerCase()) },
      get: { value: (name: string) => values.get(name.toLowerCase()) ?? null },
      string: { value: (name: string) => toText(values.get(name.toLowerCase()) ?? null) },
      strings: {
        value: (name: string) => {
          const v = values.get(name.toLowerCase());
          return v === undefined ? [] : (elementsOf(v) ?? [v]).map((x) => toText(x));
        },
      },
    }) as CmdletContext;
  }

  private *bindDelayed(item: Value): Steps<void> {
    for (const { parameter, block } of this.delayed) {
      const value = yield* this.runner(block).valueSteps(item);
      this.slots.set(parameter.lower, {
        parameter,
        value: convertArgument(parameter, isNull(value) ? null : value),
      });
    }
  }

  private decorate(error: unknown): unknown {
    let failure = error;
    if (failure instanceof DotNetError) {
      const type = failure.exception.type;
      failure = new ScriptError(new ErrorRecord(failure.exception, type.fullName, 'NotSpecified', null));
    } else if (failure instanceof ConversionError) {
      failure = runtimeError(
        failure.errorId,
        failure.message,
        'InvalidArgument',
        null,
        undefined,
        failure.inner,
      );
    }
    if (failure instanceof ScriptError && failure.record.invocation === null) {
      const { record } = failure;
      if (record.commandId === '') record.commandId = this.cmdlet.typeName;
      record.invocation = this.invocation;
      record.scriptStackTrace ??= this.frame.position
        ? stackTrace(this.frame, this.options.extent ?? this.frame.position)
        : null;
    }
    return failure;
  }

  begin(): Step {
    const bound = this.boundArguments;
    try {
      const missing = missingMandatory(bound, this.options.expectingInput);
      if (missing.length > 0) throw missingMandatoryError(missing);
      if (this.options.expectingInput) this.binder = new PipelineBinder(bound);
      this.session.charge(this.cmdlet.name);
      this.run = this.cmdlet.start(this);
      return this.guarded(this.run.begin ? this.run.begin() : undefined);
    } catch (error) {
      throw this.decorate(error);
    }
  }

  /** Wraps the work of the cmdlet so that its errors are decorated and late writes are made. */
  private guarded(step: Step): Step {
    if (step === undefined && this.waiting.length === 0) return undefined;
    return this.guardedSteps(step);
  }
  private *guardedSteps(step: Step): Steps<void> {
    try {
      if (step) yield* step;
    } catch (error) {
      throw this.decorate(error);
    }
    yield* this.flushWaiting();
  }
  private *flushWaiting(): Steps<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      for (const item of batch) {
        if (item === undefined) continue;
        if ('late' in item) {
          const step = this.out.write(item.late);
          if (step) yield* step;
        } else yield* item;
      }
    }
  }

  process(item: Value): Step {
    this.processed = true;
    this.currentInput = item;
    if (this.delayed.length > 0) return this.processDelayed(item);
    return this.bindItem(item) ? this.processBound() : undefined;
  }
  private *processDelayed(item: Value): Steps<void> {
    try {
      yield* this.bindDelayed(item);
    } catch (error) {
      const failure = this.decorate(error);
      if (!(failure instanceof ScriptError)) throw failure;
      this.session.writeError(failure.record, this.frame, this.errorAction());
      return;
    }
    const step = this.bindItem(item) ? this.processBound() : undefined;
    if (step) yield* step;
  }
  /** False where the object could not be bound, which the error stream then tells. */
  private bindItem(item: Value): boolean {
    const { binder } = this;
    if (!binder) return true;
    try {
      if (!binder.takesInput) return this.ignoresInput(item);
      binder.bind(item);
      const { fromPipeline, meta } = this.boundArguments;
      if (fromPipeline.size > 0 || (meta.setNames.length > 0 && !this.complete)) {
        const missing = missingMandatory(this.boundArguments, false);
        if (missing.length > 0) throw missingMandatoryError(missing);
        // Each object is bound to the same parameter, so what is complete stays so.
        this.complete = fromPipeline.size === 0;
      }
      return true;
    } catch (error) {
      const failure = this.decorate(error);
      if (!(failure instanceof ScriptError)) throw failure;
      this.session.writeError(failure.record, this.frame, this.errorAction());
      return false;
    }
  }
  private processBound(): Step {
    const { run } = this;
    if (!run?.process) return undefined;
    let step: Step;
    try {
      step = run.process();
    } catch (error) {
      throw this.decorate(error);
    }
    return step === undefined && this.waiting.length === 0 ? undefined : this.guardedSteps(step);
  }
  private ignoresInput(item: Value): boolean {
    const error = runtimeError(
      'InputObjectNotBound',
      'The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.',
      'InvalidArgument',
      item,
      'System.Management.Automation.ParameterBindingException',
    );
    this.decorate(error);
    this.session.writeError(error.record, this.frame, this.errorAction());
    return false;
  }

  end(): Step {
    const { run } = this;
    if (!this.processed && !this.options.expectingInput && run?.process) {
      this.currentInput = automationNull;
      let step: Step;
      try {
        step = run.process();
      } catch (error) {
        throw this.decorate(error);
      }
      if (step !== undefined || this.waiting.length > 0) return this.processThenEnd(step);
    }
    return this.finishRun();
  }
  private *processThenEnd(step: Step): Steps<void> {
    yield* this.guardedSteps(step);
    const last = this.finishRun();
    if (last) yield* last;
  }
  private finishRun(): Step {
    this.currentInput = automationNull;
    if (!this.run?.end) return undefined;
    try {
      return this.guarded(this.run.end());
    } catch (error) {
      throw this.decorate(error);
    }
  }

  dispose(): void {
    this.run?.dispose?.();
  }

  // --- CmdletContext -------------------------------------------------------------------------------------------

  get host(): Host {
    return this.session.host;
  }
  get dialect(): 'desktop' | 'core' {
    return this.session.dialect;
  }
  get invocation(): Invocation {
    return (this.madeInvocation ??= makeInvocation(this.frame, this.info, this.options, this.boundArguments));
  }
  get parameterSet(): string {
    return this.boundArguments.setName;
  }
  get input(): Value {
    return this.currentInput;
  }
  get expectingInput(): boolean {
    return this.options.expectingInput;
  }
  get bound(): DictionaryValue {
    const table = hashtable();
    for (const { parameter, value } of this.slots.values()) table.set(parameter.name, value);
    return table;
  }

  has(name: string): boolean {
    return this.slots.has(name.toLowerCase());
  }
  get(name: string): Value {
    const value = this.slots.get(name.toLowerCase())?.value;
    return value === undefined || value === automationNull ? null : value;
  }
  string(name: string): string {
    const value = this.get(name);
    return value === null ? '' : toText(value);
  }
  strings(name: string): string[] {
    return this.list(name).map((v) => toText(v));
  }
  switch(name: string): boolean {
    const value = this.slots.get(name.toLowerCase())?.value;
    if (value === undefined || value === null) return false;
    if (value instanceof DotNetObject) return value.state === true;
    return value === true;
  }
  number(name: string, fallback: number): number {
    const value = unwrap(this.get(name));
    return isNumeric(value) ? toDouble(value) : fallback;
  }
  list(name: string): Value[] {
    const value = this.slots.get(name.toLowerCase())?.value;
    if (value === undefined || isNull(value))
      return value === undefined ? [] : this.slots.get(name.toLowerCase())?.parameter.allowNull ? [null] : [];
    return [...(elementsOf(value) ?? [value])];
  }
  block(name: string): ScriptBlockValue | null {
    const value = this.get(name);
    return value instanceof ScriptBlockValue ? value : null;
  }

  write(value: Value): void {
    if (value === automationNull) return;
    if (this.waiting.length > 0) {
      this.waiting.push({ late: value });
      return;
    }
    const step = this.out.write(value);
    if (step) this.waiting.push(step);
  }
  emit(value: Value): Step {
    if (this.waiting.length > 0) {
      this.waiting.push({ late: value });
      return undefined;
    }
    return value === automationNull ? undefined : this.out.write(value);
  }
  writeEnumerated(value: Value): void {
    const elements = elementsOf(value);
    if (elements) for (const element of elements) this.write(element);
    else this.write(value);
  }

  record(spec: ErrorSpec): ErrorRecord {
    return makeRecord(spec);
  }
  error(spec: ErrorSpec | ErrorRecord): void {
    const record = spec instanceof ErrorRecord ? spec : makeRecord(spec);
    if (record.commandId === '') record.commandId = this.cmdlet.typeName;
    record.invocation ??= this.invocation;
    this.session.writeError(record, this.frame, this.errorAction());
  }
  fail(spec: ErrorSpec | ErrorRecord): never {
    const record = spec instanceof ErrorRecord ? spec : makeRecord(spec);
    if (record.commandId === '') record.commandId = this.cmdlet.typeName;
    record.invocation ??= this.invocation;
    const failure = new ScriptError(record, this.errorAction() === 'Stop');
    // -ErrorVariable keeps what ends the cmdlet too, as the exception it ends with.
    this.frame.streams.error.note?.(reasonOf(failure));
    throw failure;
  }

  errorAction(): ActionPreference {
    return this.common('erroraction') ?? preference(this.frame, 'erroractionpreference');
  }
  private common(lower: string): ActionPreference | undefined {
    const slot = this.slots.get(lower);
    return slot?.parameter.isCommon ? (toText(slot.value) as ActionPreference) : undefined;
  }
  private flagged(lower: string, variable: string): ActionPreference {
    const slot = this.slots.get(lower);
    if (slot?.parameter.isCommon) return slot.value === true ? 'Continue' : 'SilentlyContinue';
    return preference(this.frame, variable);
  }
  warning(message: string): void {
    this.session.writeWarning(
      message,
      this.frame,
      this.common('warningaction') ?? preference(this.frame, 'warningpreference'),
      this,
    );
  }
  verbose(message: string): void {
    this.session.writeVerbose(message, this.frame, this.flagged('verbose', 'verbosepreference'));
  }
  debug(message: string): void {
    this.session.writeDebug(message, this.frame, this.flagged('debug', 'debugpreference'));
  }
  information(data: Value, tags: readonly string[]): void {
    this.session.writeInformation(
      data,
      tags,
      this.frame,
      this.common('informationaction') ?? preference(this.frame, 'informationpreference'),
    );
  }
  hostText(
    text: string,
    options: { noNewline?: boolean; foreground?: string; background?: string } = {},
  ): void {
    this.session.writeHost(text, options, this.frame, this.common('informationaction'));
  }
  progress(record: Value): void {
    this.session.writeProgress(record, this.frame);
  }

  forward({ stream, value }: Written): void {
    const { streams } = this.frame;
    switch (stream) {
      case 'Output':
        return this.write(value);
      case 'Error':
        if (value instanceof ErrorRecord) {
          value.recorded = false;
          this.session.writeError(value, this.frame, this.errorAction());
        }
        return;
      case 'Warning':
        return this.session.passOn(streams.warning, value);
      case 'Verbose':
        return this.session.passOn(streams.verbose, value);
      case 'Debug':
        return this.session.passOn(streams.debug, value);
      case 'Information':
        return this.session.passOn(streams.information, value);
      case 'Progress':
        return this.progress(value);
    }
  }

  shouldProcess(target: string, action?: string): boolean {
    const slot = this.slots.get('whatif');
    const whatIf = slot?.parameter.isCommon
      ? slot.value === true
      : isOn(this.frame.scope.find('whatifpreference')?.read() ?? false);
    const what = action ?? this.cmdlet.name;
    if (whatIf) {
      this.session.console(`What if: Performing the operation "${what}" on target "${target}".`);
      return false;
    }
    this.verbose(`Performing the operation "${what}" on target "${target}".`);
    return true;
  }

  runner(block: ScriptBlockValue): BlockRunner {
    const loop = new BlockLoop(this.session, block, this.frame);
    const { out } = this;
    return {
      sync: loop.sync,
      value: (item, args) => loop.value(item, args),
      valueSteps: (item, args) => loop.valueSteps(item, args),
      write: (item, args) => loop.write(item, out, args),
    };
  }
  call(block: ScriptBlockValue, args: readonly Value[], input?: readonly Value[]): Steps<Value> {
    return callBlock(this.session, block, args, this.frame, input === undefined ? {} : { input });
  }
  convert(value: Value, type: string | DotNetType): Value {
    const target = type instanceof DotNetType ? type : (resolveType(type) ?? objectType);
    return convertTo(value, target);
  }
  text(value: Value): string {
    return toText(value);
  }
  property(value: Value, name: string): Value | undefined {
    return getProperty(value, name);
  }

  /** Ends the pipeline from here on: no more input is wanted. */
  stopPipeline(): never {
    throw new PipelineStopFlow(this);
  }
}

const isOn = (value: Value): boolean =>
  value === true || (value instanceof DotNetObject && value.state === true);
