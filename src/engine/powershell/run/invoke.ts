import { attemptStatement, rest, suspended } from '../compile/attempt.ts';
import type { CodeUnit, Stmt } from '../compile/code.ts';
import { boolean } from './boolean.ts';
import type { hashtable } from '../types/collections.ts';
import { EnumeratorValue, enumeratorType } from '../types/enumerator.ts';
import { ScriptError } from '../types/error-record.ts';
import { elementsOf } from '../types/enumerate.ts';
import { PSArray } from '../types/objects.ts';
import { convertTo } from '../types/convert.ts';
import type { ScriptBlockValue } from '../types/script-block.ts';
import { enumValue } from '../types/enum-text.ts';
import { defineType, resolveType } from '../types/registry.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull, withoutText } from '../types/value.ts';
import type { Argument } from './binder.ts';
import {
  Bound,
  bindArguments,
  convertArgument,
  missingMandatory,
  missingMandatoryError,
  PipelineBinder,
} from './binder.ts';
import type { CommandInfo } from './command-info.ts';
import { breaking, continuing, LoopFlow } from './flow.ts';
import type { Signal } from './flow.ts';
import type { ExtentLike, Streams } from './frame.ts';
import { Frame } from './frame.ts';
import type { CommandMetadata } from './parameters.ts';
import { callDepthError } from './report.ts';
import { Scope, Variable } from './scope.ts';
import type { Session } from './session.ts';
import type { Sink } from './sink.ts';
import { flush, ListSink, nullSink } from './sink.ts';
import type { Step, Steps } from './steps.ts';
import { codeOf } from '../compile/unit.ts';
import { defaultOf } from '../types/member.ts';
import type { Invocation } from '../types/error-record.ts';
import type { Delayed } from './delayed.ts';
import { withoutDelayed } from './delayed.ts';
import { makeInvocation } from './invocation.ts';
import { psCmdletFor } from './ps-cmdlet.ts';

/** One command of a pipeline at work. */
export interface Processor {
  begin(): Step;
  process(item: Value): Step;
  end(): Step;
  dispose(): void;
}

/** `$input`: goes through the objects once. */
const inputEnumerator = (items: readonly Value[]): Value => new EnumeratorValue(inputType, items);
const inputType = defineType('System.Collections.ArrayList+ArrayListEnumeratorSimple', {
  baseType: enumeratorType,
});

/** A break or continue that leaves its code becomes an exception for the loop around the call. */
function leave(signal: Signal, frame: Frame): void {
  if (signal === breaking || signal === continuing) throw new LoopFlow(signal, frame.label);
}

/** `$?` of the caller is not that of the last statement of a body. */
function restoreSuccess(frame: Frame, before: boolean): void {
  if (!frame.keepsSuccess) frame.session.success = before && !frame.wroteError;
}

/** Runs a body with output to the frame's sink. */
export function runBody(body: Stmt, frame: Frame): Step {
  if (!body.sync) return frame.out.sync ? attemptBody(body, frame) : runSteps(body.run(frame), frame);
  const { session, out } = frame;
  const saved = session.frame;
  const { success } = session;
  session.frame = frame;
  if (out.sync) {
    try {
      leave(body.run(frame), frame);
    } finally {
      session.frame = saved;
    }
    restoreSuccess(frame, success);
    return undefined;
  }
  const list = new ListSink();
  frame.out = list;
  let failure: unknown;
  let failed = false;
  try {
    leave(body.run(frame), frame);
  } catch (error) {
    failed = true;
    failure = error;
  } finally {
    frame.out = out;
    session.frame = saved;
  }
  if (failed) {
    if (list.items.length === 0) throw failure;
    return flushThenThrow(list.items, out, failure);
  }
  restoreSuccess(frame, success);
  return list.items.length === 0 ? undefined : flush(list.items, out);
}
function* flushThenThrow(items: readonly Value[], out: Sink, failure: unknown): Steps<void> {
  yield* flush(items, out);
  throw failure;
}
/** Most bodies have nothing to wait for. */
function attemptBody(body: Stmt, frame: Frame): Step {
  const { session } = frame;
  const saved = session.frame;
  const { success } = session;
  session.frame = frame;
  try {
    const signal = attemptStatement(body, frame);
    if (signal === suspended) return runSteps(rest(frame), frame, success);
    leave(signal, frame);
  } finally {
    session.frame = saved;
  }
  restoreSuccess(frame, success);
  return undefined;
}
function* runSteps(steps: Steps<Signal>, frame: Frame, success = frame.session.success): Steps<void> {
  const { session } = frame;
  const saved = session.frame;
  session.frame = frame;
  try {
    leave(yield* steps, frame);
  } finally {
    session.frame = saved;
  }
  restoreSuccess(frame, success);
}

export interface CallOptions {
  readonly caller: Frame;
  readonly out: Sink;
  readonly streams: Streams;
  readonly expectingInput: boolean;
  /** `.`: runs in the caller's scope. */
  readonly dotted?: boolean;
  readonly invocationName?: string;
  readonly extent?: ExtentLike;
  readonly self?: Value;
  /** Position in the pipeline, from 1. */
  readonly pipelinePosition?: number;
  readonly pipelineLength?: number;
}

/** A function, filter, script or script block called in a pipeline. */
export class FunctionRun implements Processor {
  readonly frame: Frame;
  readonly unit: CodeUnit;
  readonly meta: CommandMetadata;
  private readonly session: Session;
  private bound: Bound;
  private binder: PipelineBinder | undefined;
  private readonly inputs: Value[] = [];
  private readonly expectingInput: boolean;
  private readonly options: CallOptions;
  private sawInput = false;
  private entered = false;
  /** One of the other blocks has run: only then the clean block does. */
  private ran = false;
  private underscore: Variable | undefined;
  private inputVariable: Variable | undefined;
  private readonly info: CommandInfo | undefined;
  /** Script blocks given to parameters that take pipeline input. */
  private readonly delayed: Delayed[] = [];

  constructor(
    session: Session,
    block: ScriptBlockValue,
    info: CommandInfo | undefined,
    args: readonly Argument[],
    options: CallOptions,
  ) {
    this.session = session;
    this.options = options;
    this.info = info;
    const unit = codeOf(block);
    this.unit = unit;
    const { caller } = options;
    const module = info?.module;
    const parent = (block.scope as Scope | undefined) ?? module?.scope ?? caller.scope;
    let scope: Scope;
    if (options.dotted) scope = caller.scope;
    else scope = new Scope(parent);
    const frame = new Frame(session, scope, options.out, options.streams, unit.slots, caller);
    this.frame = frame;
    frame.command = info;
    frame.file = unit.file;
    frame.call = this;
    frame.advanced = unit.advanced;
    if (info?.kind === 'ExternalScript' && !options.dotted) scope.isScript = true;
    if (options.self !== undefined) {
      frame.self = options.self;
      scope.variables.set('this', new Variable('this', options.self));
    }
    this.expectingInput = options.expectingInput;
    const meta = unit.parameters(session.dialect);
    this.meta = meta;
    frame.commandId =
      info && (info.kind === 'Function' || info.kind === 'Filter')
        ? info.name
        : unit.file !== undefined && info
          ? info.name
          : '';
    if (session.depth >= session.depthLimit) throw callDepthError();
    try {
      this.bound =
        meta.simple && plainArguments(args)
          ? this.bindQuick(meta, args)
          : bindArguments(meta, options.expectingInput ? withoutDelayed(meta, args, this.delayed) : args);
    } catch (error) {
      throw this.decorate(error);
    }
    frame.bound = this.bound;
  }

  /** Errors of binding name the function. */
  private decorate(error: unknown): unknown {
    if (error instanceof ScriptError && error.record.invocation === null) {
      const { record } = error;
      record.commandId = this.frame.commandId || (this.info?.name ?? '');
      record.invocation = makeInvocation(this.frame.caller as Frame, this.info, this.options, this.bound);
    }
    return error;
  }

  private bindQuick(meta: CommandMetadata, args: readonly Argument[]): Bound {
    const bound = new Bound(meta);
    const parameters = meta.simple as readonly (typeof meta.parameters)[number][];
    const n = Math.min(args.length, parameters.length);
    for (let i = 0; i < n; i++) {
      const parameter = parameters[i] as (typeof parameters)[number];
      const value = (args[i] as { value: Value }).value;
      bound.values.set(parameter.lower, {
        parameter,
        value:
          parameter.typed || parameter.validations.length > 0
            ? convertArgument(parameter, value)
            : value === automationNull
              ? null
              : withoutText(value),
      });
    }
    for (let i = n; i < args.length; i++) bound.rest.push((args[i] as { value: Value }).value);
    return bound;
  }

  begin(): Step {
    const { frame, unit, bound, meta, session } = this;
    const variables = frame.scope.variables;
    if (meta.advanced || meta.parameters.length > 0) {
      try {
        const missing = missingMandatory(bound, this.expectingInput);
        if (missing.length > 0) throw missingMandatoryError(missing);
        if (this.expectingInput && (meta.takesPipeline || meta.advanced))
          this.binder = new PipelineBinder(bound);
      } catch (error) {
        throw this.decorate(error);
      }
    }
    if (meta.advanced) this.applyCommon();
    if (unit.usesArgs) variables.set('args', new Variable('args', new PSArray(bound.rest.slice())));
    frame.args = bound.rest;
    if (unit.usesInvocation || meta.advanced) this.defineAutomatic();
    for (const parameter of meta.parameters) {
      if (parameter.isCommon) continue;
      const given = bound.values.get(parameter.lower);
      if (given) this.define(parameter.name, parameter.lower, given.value, parameter);
    }
    session.depth++;
    this.entered = true;
    const pending = this.defaults();
    if (pending) return this.beginSteps(pending);
    return this.beginBody();
  }
  private *beginSteps(pending: Steps<void>): Steps<void> {
    yield* pending;
    const step = this.beginBody();
    if (step) yield* step;
  }

  private beginBody(): Step {
    const { unit, frame } = this;
    if (unit.process || unit.begin) {
      const own = frame.scope.variables.get('_');
      this.underscore = own ?? new Variable('_', null);
      if (!own && !this.options.dotted) frame.scope.variables.set('_', this.underscore);
      if (unit.usesInput) this.defineInput();
    }
    if (!unit.begin) return undefined;
    this.ran = true;
    return runBody(unit.begin, frame);
  }

  private defineInput(): void {
    this.inputVariable = new Variable('input', inputEnumerator(this.inputs));
    this.frame.scope.variables.set('input', this.inputVariable);
  }

  private define(
    name: string,
    lower: string,
    value: Value,
    parameter: CommandMetadata['parameters'][number],
  ): void {
    const { variables } = this.frame.scope;
    const known = this.options.dotted ? variables.get(lower) : undefined;
    if (known) {
      known.value = value;
      return;
    }
    const variable = new Variable(name, parameter.isSwitch ? boolean.switch(value) : value);
    if (parameter.typed && !parameter.isSwitch) variable.type = parameter.type;
    if (parameter.validations.length > 0) variable.validations = parameter.validations;
    variables.set(lower, variable);
  }

  /** Evaluates defaults of parameters without argument, in order; returns work where one may suspend. */
  private defaults(): Steps<void> | undefined {
    const { meta, unit, bound, frame } = this;
    let needsSteps = false;
    for (const parameter of meta.parameters) {
      if (parameter.isCommon || bound.values.has(parameter.lower)) continue;
      const code = unit.defaults.get(parameter.lower);
      if (code && !code.sync) needsSteps = true;
    }
    if (needsSteps) return this.defaultSteps();
    const saved = this.session.frame;
    this.session.frame = frame;
    try {
      for (const parameter of meta.parameters) {
        if (parameter.isCommon || bound.values.has(parameter.lower)) continue;
        const code = unit.defaults.get(parameter.lower);
        this.defineDefault(parameter, code?.sync ? code.run(frame) : undefined);
      }
    } finally {
      this.session.frame = saved;
    }
    return undefined;
  }
  private *defaultSteps(): Steps<void> {
    const { meta, unit, bound, frame } = this;
    for (const parameter of meta.parameters) {
      if (parameter.isCommon || bound.values.has(parameter.lower)) continue;
      const code = unit.defaults.get(parameter.lower);
      this.defineDefault(
        parameter,
        code ? (code.sync ? code.run(frame) : yield* code.run(frame)) : undefined,
      );
    }
  }
  private defineDefault(parameter: CommandMetadata['parameters'][number], value: Value | undefined): void {
    if (value === undefined) {
      this.define(
        parameter.name,
        parameter.lower,
        parameter.isSwitch ? false : startValue(parameter.type, parameter.typed),
        { ...parameter, validations: [] },
      );
      const variable = this.frame.scope.variables.get(parameter.lower);
      if (variable && parameter.typed && !parameter.isSwitch && variable.type === undefined)
        variable.type = parameter.type;
      return;
    }
    try {
      const converted = value === automationNull ? null : value;
      this.define(
        parameter.name,
        parameter.lower,
        parameter.typed && !parameter.isSwitch
          ? convertArgument({ ...parameter, validations: [], sets: noSets }, converted)
          : parameter.isSwitch
            ? convertArgument(parameter, converted)
            : converted,
        parameter,
      );
    } catch (error) {
      throw this.decorate(error);
    }
  }

  private applyCommon(): void {
    const { bound, frame } = this;
    const put = (name: string, value: Value): void => {
      frame.scope.variables.set(name.toLowerCase(), new Variable(name, value));
    };
    const actionType = resolveType('System.Management.Automation.ActionPreference') as DotNetType;
    const on = (v: Value): Value => enumValue(actionType, v === true ? 'Continue' : 'SilentlyContinue');
    const common = (lower: string, variable: string, map: (v: Value) => Value): void => {
      const given = bound.values.get(lower);
      if (given?.parameter.isCommon) put(variable, map(given.value));
    };
    common('verbose', 'VerbosePreference', on);
    common('debug', 'DebugPreference', on);
    common('erroraction', 'ErrorActionPreference', (v) => v);
    common('warningaction', 'WarningPreference', (v) => v);
    common('informationaction', 'InformationPreference', (v) => v);
    common('progressaction', 'ProgressPreference', (v) => v);
    common('whatif', 'WhatIfPreference', (v) => v);
    common('confirm', 'ConfirmPreference', (v) => (v === true ? 'Low' : 'None'));
  }

  private defineAutomatic(): void {
    const { frame, options, info } = this;
    const { variables } = frame.scope;
    const caller = frame.caller as Frame;
    const invocation = makeInvocation(caller, info, options, this.bound);
    frame.invocation = invocation;
    variables.set('myinvocation', new Variable('MyInvocation', this.session.invocationInfo(invocation)));
    const parameters = new Variable('PSBoundParameters', null);
    const table = this.session.boundParameters();
    for (const { parameter, value } of this.bound.values.values())
      table.set(parameter.name, parameter.isSwitch ? boolean.switch(value) : value);
    parameters.value = table;
    variables.set('psboundparameters', parameters);
    if (this.meta.advanced)
      variables.set('pscmdlet', new Variable('PSCmdlet', psCmdletFor(this, invocation)));
  }

  /** What the code knows of its call. */
  get invocation(): Invocation {
    return (this.frame.invocation ??= makeInvocation(
      this.frame.caller as Frame,
      this.info,
      this.options,
      this.bound,
    ));
  }

  get parameterSet(): string {
    return this.bound.setName;
  }
  get expectsInput(): boolean {
    return this.expectingInput;
  }

  process(item: Value): Step {
    this.sawInput = true;
    return this.delayed.length > 0 ? this.processDelayed(item) : this.processItem(item);
  }
  private *processDelayed(item: Value): Steps<void> {
    const { bound, frame, session } = this;
    for (const { parameter, block } of this.delayed) {
      const value = yield* new BlockLoop(session, block, frame.caller as Frame).valueSteps(item);
      const converted = convertArgument(parameter, value === automationNull ? null : value);
      bound.values.set(parameter.lower, { parameter, value: converted });
      const known = frame.scope.variables.get(parameter.lower);
      if (known) known.value = converted;
      else this.define(parameter.name, parameter.lower, converted, parameter);
    }
    const step = this.processItem(item);
    if (step) yield* step;
  }
  private processItem(item: Value): Step {
    const { unit, frame } = this;
    if (!unit.process) {
      if (this.binder) this.rebind(item);
      this.inputs.push(item);
      return undefined;
    }
    if (this.underscore) this.underscore.value = item;
    if (unit.usesInput && this.inputVariable) this.inputVariable.value = inputEnumerator([item]);
    if ((this.binder?.takesInput || (this.binder && this.meta.advanced)) && !this.rebind(item))
      return undefined;
    this.ran = true;
    return runBody(unit.process, frame);
  }

  /** Binds the parameters that take pipeline input; false where the object was refused (and reported). */
  private rebind(item: Value): boolean {
    const { binder, bound, frame } = this;
    if (!binder) return true;
    try {
      binder.bind(item);
      const missing = missingMandatory(bound, false);
      if (missing.length > 0) throw missingMandatoryError(missing);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      this.decorate(error);
      if (!this.meta.advanced && /^InputObjectNotBound/.test(error.record.errorId)) return true;
      this.session.writeError(error.record, frame);
      return false;
    }
    const table = frame.scope.variables.get('psboundparameters')?.value;
    for (const name of bound.fromPipeline.size > 0 ? bound.fromPipeline : bound.values.keys()) {
      const entry = bound.values.get(name);
      if (!entry || entry.parameter.isCommon) continue;
      const variable = frame.scope.variables.get(name);
      if (variable) variable.value = entry.parameter.isSwitch ? boolean.switch(entry.value) : entry.value;
      else this.define(entry.parameter.name, name, entry.value, entry.parameter);
      if (table && typeof table === 'object' && 'set' in table)
        (table as ReturnType<typeof hashtable>).set(entry.parameter.name, entry.value);
    }
    return true;
  }

  end(): Step {
    const { unit, frame } = this;
    if (unit.end || (unit.process && !this.sawInput && !this.expectingInput)) this.ran = true;
    if (unit.process) {
      if (!this.sawInput && !this.expectingInput) return this.endWithProcess();
      if (this.underscore) this.underscore.value = null;
      return unit.end ? runBody(unit.end, frame) : undefined;
    }
    if (unit.usesInput) this.defineInput();
    if (
      this.sawInput &&
      this.expectingInput &&
      this.inputs.length > 0 &&
      unit.end &&
      unit.hasParameters &&
      this.meta.takesPipeline &&
      this.underscore
    )
      this.underscore.value = this.inputs.at(-1) as Value;
    return unit.end ? runBody(unit.end, frame) : undefined;
  }
  private *endWithProcess(): Steps<void> {
    const { unit, frame } = this;
    const step = runBody(unit.process as Stmt, frame);
    if (step) yield* step;
    const last = unit.end ? runBody(unit.end, frame) : undefined;
    if (last) yield* last;
  }

  dispose(): void {
    if (!this.entered) return;
    this.entered = false;
    this.session.depth--;
    if (this.unit.clean && this.ran) this.clean(this.unit.clean);
  }
  /** Its output goes nowhere, and what goes wrong in it stops nobody. */
  private clean(body: Stmt): void {
    const { frame, session } = this;
    const { success, tryDepth } = session;
    frame.out = nullSink;
    session.tryDepth = 0;
    try {
      const step = runBody(body, frame);
      if (step) session.drain(step);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      session.recordError(error.record);
      const step = frame.streams.error.write(error.record);
      if (step) session.drain(step);
    } finally {
      session.tryDepth = tryDepth;
      session.success = success;
    }
  }
}
const noSets: CommandMetadata['parameters'][number]['sets'] = new Map();

function startValue(type: DotNetType, typed: boolean): Value {
  if (!typed) return null;
  if (type.fullName === 'System.String') return '';
  return defaultOf(type);
}

function plainArguments(args: readonly Argument[]): boolean {
  for (let i = 0; i < args.length; i++) if ((args[i] as Argument).kind !== 'value') return false;
  return true;
}

/** Runs one processor without pipeline input. */
export function runAlone(processor: Processor): Step {
  let step: Step;
  try {
    step = processor.begin();
  } catch (error) {
    processor.dispose();
    throw error;
  }
  if (step) return aloneSteps(processor, step);
  try {
    step = processor.end();
  } catch (error) {
    processor.dispose();
    throw error;
  }
  if (step) return endSteps(processor, step);
  processor.dispose();
  return undefined;
}
function* aloneSteps(processor: Processor, begun: Steps<void>): Steps<void> {
  try {
    yield* begun;
    const step = processor.end();
    if (step) yield* step;
  } finally {
    processor.dispose();
  }
}
function* endSteps(processor: Processor, ending: Steps<void>): Steps<void> {
  try {
    yield* ending;
  } finally {
    processor.dispose();
  }
}

/** A block run over and over in its caller's scope with `$_` set: ForEach-Object, Where-Object, calculated properties. */
export class BlockLoop {
  private readonly unit: CodeUnit;
  private readonly frame: Frame;
  private readonly underscore: Variable;
  private readonly session: Session;
  constructor(session: Session, block: ScriptBlockValue, caller: Frame) {
    this.session = session;
    this.unit = codeOf(block);
    const scope = (block.scope as Scope | undefined) ?? caller.scope;
    this.frame = new Frame(session, scope, nowhere, caller.streams, this.unit.slots, caller);
    this.frame.file = this.unit.file;
    this.frame.command = caller.command;
    this.frame.commandId = caller.commandId;
    this.frame.advanced = caller.advanced;
    this.frame.bound = caller.bound;
    const known = scope.variables.get('_');
    if (known) this.underscore = known;
    else scope.variables.set('_', (this.underscore = new Variable('_', null)));
  }

  get sync(): boolean {
    return this.unit.sync && !this.unit.hasParameters;
  }

  private prepare(args: readonly Value[]): void {
    const { unit, frame } = this;
    if (unit.usesArgs) frame.scope.variables.set('args', new Variable('args', new PSArray([...args])));
    if (!unit.hasParameters) return;
    const bound = bindArguments(
      unit.parameters(this.session.dialect),
      args.map((value) => ({ kind: 'value', value })),
    );
    for (const { parameter, value } of bound.values.values())
      frame.scope.variables.set(parameter.lower, new Variable(parameter.name, value));
    for (const parameter of unit.parameters(this.session.dialect).parameters) {
      if (parameter.isCommon || bound.values.has(parameter.lower)) continue;
      const code = unit.defaults.get(parameter.lower);
      frame.scope.variables.set(
        parameter.lower,
        new Variable(
          parameter.name,
          code?.sync ? code.run(frame) : startValue(parameter.type, parameter.typed),
        ),
      );
    }
  }

  /** Output as one value; only where `sync`, or where suspending is not to be expected. */
  value(item: Value, args: readonly Value[] = []): Value {
    const { underscore, frame, unit } = this;
    const before = underscore.value;
    underscore.value = item;
    try {
      if (args.length > 0 || unit.hasParameters) this.prepare(args);
      const { expression } = unit;
      if (expression?.sync) return expression.run(frame);
      const list = new ListSink();
      frame.out = list;
      for (const body of [unit.begin, unit.process, unit.end]) {
        if (!body) continue;
        const step = runBody(body, frame);
        if (step) this.session.drain(step);
      }
      return list.value();
    } finally {
      underscore.value = before;
    }
  }

  *valueSteps(item: Value, args: readonly Value[] = []): Steps<Value> {
    const { underscore, frame, unit } = this;
    if (unit.sync) return this.value(item, args);
    const before = underscore.value;
    underscore.value = item;
    try {
      if (args.length > 0 || unit.hasParameters) this.prepare(args);
      const list = new ListSink();
      frame.out = list;
      for (const body of [unit.begin, unit.process, unit.end]) {
        if (!body) continue;
        const step = runBody(body, frame);
        if (step) yield* step;
      }
      return list.value();
    } finally {
      underscore.value = before;
    }
  }

  /** Output goes to `out` one object at a time. */
  write(item: Value, out: Sink, args: readonly Value[] = []): Step {
    const { underscore, frame, unit } = this;
    const { expression } = unit;
    if (expression?.sync && args.length === 0) {
      const before = underscore.value;
      underscore.value = item;
      let value: Value;
      try {
        value = expression.run(frame);
      } finally {
        underscore.value = before;
      }
      if (value === automationNull) return undefined;
      if (typeof value !== 'object' || value === null) return out.write(value);
      const elements = elementsOf(value);
      if (!elements) return out.write(value);
      return flush(elements, out);
    }
    if (unit.sync && out.sync) {
      const before = underscore.value;
      underscore.value = item;
      frame.out = out;
      try {
        if (args.length > 0 || unit.hasParameters) this.prepare(args);
        for (const body of [unit.begin, unit.process, unit.end]) if (body) runBody(body, frame);
      } finally {
        underscore.value = before;
      }
      return undefined;
    }
    return this.writeSteps(item, out, args);
  }
  private *writeSteps(item: Value, out: Sink, args: readonly Value[]): Steps<void> {
    const { underscore, frame, unit } = this;
    const before = underscore.value;
    underscore.value = item;
    frame.out = out;
    try {
      if (args.length > 0 || unit.hasParameters) this.prepare(args);
      for (const body of [unit.begin, unit.process, unit.end]) {
        if (!body) continue;
        const step = runBody(body, frame);
        if (step) yield* step;
      }
    } finally {
      underscore.value = before;
    }
  }
}
const nowhere: Sink = { sync: true, write: () => undefined };

/** Calls a block as `&` does and collects its output. */
export function* callBlock(
  session: Session,
  block: ScriptBlockValue,
  args: readonly Value[],
  caller: Frame,
  options: {
    readonly input?: readonly Value[];
    readonly self?: Value;
    readonly dotted?: boolean;
    readonly out?: Sink;
  } = {},
): Steps<Value> {
  const list = new ListSink();
  const run = new FunctionRun(
    session,
    block,
    undefined,
    args.map((value) => ({ kind: 'value', value })),
    {
      caller,
      out: options.out ?? list,
      streams: caller.streams,
      expectingInput: options.input !== undefined,
      ...(options.self === undefined ? {} : { self: options.self }),
      ...(options.dotted ? { dotted: true } : {}),
    },
  );
  if (options.self !== undefined && !options.dotted) {
    const { variables } = run.frame.scope;
    if (!variables.has('_')) variables.set('_', new Variable('_', options.self));
  }
  try {
    const begun = run.begin();
    if (begun) yield* begun;
    for (const item of options.input ?? []) {
      const step = run.process(item);
      if (step) yield* step;
    }
    const step = run.end();
    if (step) yield* step;
  } finally {
    run.dispose();
  }
  return list.value();
}

export { convertTo, isNull, toText };
