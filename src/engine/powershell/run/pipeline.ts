import { arrayList, ListValue } from '../types/collections.ts';
import { elementsOf } from '../types/enumerate.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull } from '../types/value.ts';
import type { Argument } from './binder.ts';
import { findParameter } from './binder.ts';
import { CmdletProcessor } from './cmdlet-run.ts';
import type { CommandInfo } from './command-info.ts';
import { PipelineStopFlow } from './flow.ts';
import type { ExtentLike, Frame, Streams } from './frame.ts';
import type { Processor } from './invoke.ts';
import { FunctionRun } from './invoke.ts';
import { NativeRun } from './native.ts';
import { ScriptRun } from './script-run.ts';
import type { Session } from './session.ts';
import type { Sink } from './sink.ts';
import type { Step, Steps } from './steps.ts';
import type { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import { commonNames } from './common-names.ts';
import { withDefaultParameters } from './default-parameters.ts';
import { Variable } from './scope.ts';
import { runtimeError } from '../types/errors.ts';

/** What a command of a pipeline turned out to be, with its arguments evaluated. */
export interface PreparedCommand {
  readonly info: CommandInfo | undefined;
  /** Where a script block is called directly. */
  readonly block: ScriptBlockValue | undefined;
  readonly args: readonly Argument[];
  readonly dotted: boolean;
  readonly invocationName: string;
  readonly extent: ExtentLike;
  /** Streams after this command's own redirections. */
  readonly redirect:
    ((streams: Streams, out: Sink) => { streams: Streams; out: Sink; close?: () => void }) | undefined;
}

/** Passes objects to the next command. */
export class Pipe implements Sink {
  readonly sync = false;
  begun = false;
  private readonly next: Processor;
  private readonly session: Session;
  constructor(session: Session, next: Processor) {
    this.session = session;
    this.next = next;
  }
  begin(): Step {
    if (this.begun) return undefined;
    this.begun = true;
    return this.next.begin();
  }
  write(value: Value): Step {
    this.session.steps++;
    return this.begun ? this.next.process(value) : this.writeFirst(value);
  }
  /** What a command writes in its begin block reaches the next one before its turn to begin. */
  private *writeFirst(value: Value): Steps<void> {
    const begun = this.begin();
    if (begun) yield* begun;
    const step = this.next.process(value);
    if (step) yield* step;
  }
}

/** Copies what passes into a list (-OutVariable). */
class Tee implements Sink {
  readonly sync: boolean;
  private readonly inner: Sink;
  private readonly list: ListValue;
  constructor(inner: Sink, list: ListValue) {
    this.inner = inner;
    this.list = list;
    this.sync = inner.sync;
  }
  write(value: Value): Step {
    this.list.items.push(value);
    return this.inner.write(value);
  }
  note(value: Value): void {
    this.list.items.push(value);
    this.inner.note?.(value);
  }
}

function listVariable(frame: Frame, name: string): ListValue {
  const append = name.startsWith('+');
  const [, where, bare] = /^(?:(global|script|local):)?(.*)$/is.exec(
    append ? name.slice(1) : name,
  ) as unknown as [string, string | undefined, string];
  const lower = bare.toLowerCase();
  const scope =
    where === undefined || /local/i.test(where)
      ? frame.scope
      : /global/i.test(where)
        ? frame.session.globalScope
        : frame.scope.script;
  const known = scope.variables.get(lower);
  const list = arrayList();
  if (append && known && !isNull(known.value)) list.items.push(...(elementsOf(known.value) ?? [known.value]));
  if (known) known.value = list;
  else scope.variables.set(lower, new Variable(bare, list));
  return list;
}

/** The values of the stream variables among the arguments: they are the pipeline's business, not the command's. */
function commonVariables(
  args: readonly Argument[],
  info: CommandInfo | undefined,
  block: ScriptBlockValue | undefined,
  session: Session,
): Map<string, string> {
  const found = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Argument;
    if (arg.kind !== 'parameter') continue;
    const canonical = commonNames(arg.name.toLowerCase());
    if (canonical === undefined) continue;
    const meta = session.metadataOf(info, block);
    if (!meta?.advanced) continue;
    const parameter = findParameter(meta, arg.name);
    if (!parameter?.isCommon) continue;
    const next = args[i + 1];
    const value = arg.value ?? (next?.kind === 'value' ? next.value : undefined);
    if (value !== undefined) found.set(parameter.lower, toText(value));
  }
  return found;
}

export function makeProcessor(
  frame: Frame,
  command: PreparedCommand,
  out: Sink,
  streams: Streams,
  expectingInput: boolean,
  position: number,
  length: number,
): Processor {
  const { session } = frame;
  let target = out;
  let own = streams;
  let close: (() => void) | undefined;
  if (command.redirect) {
    const redirected = command.redirect(own, target);
    target = redirected.out;
    own = redirected.streams;
    close = redirected.close;
  }
  const args = withDefaultParameters(frame, command.info, command.args);
  const hasNamed = args.some((a) => a.kind === 'parameter');
  if (hasNamed) {
    const common = commonVariables(args, command.info, command.block, session);
    const outVariable = common.get('outvariable');
    if (outVariable !== undefined) target = new Tee(target, listVariable(frame, outVariable));
    const errorVariable = common.get('errorvariable');
    if (errorVariable !== undefined)
      own = { ...own, error: new Tee(own.error, listVariable(frame, errorVariable)) };
    const warningVariable = common.get('warningvariable');
    if (warningVariable !== undefined)
      own = { ...own, warning: new Tee(own.warning, listVariable(frame, warningVariable)) };
    const informationVariable = common.get('informationvariable');
    if (informationVariable !== undefined)
      own = { ...own, information: new Tee(own.information, listVariable(frame, informationVariable)) };
    const pipelineVariable = common.get('pipelinevariable');
    if (pipelineVariable !== undefined) target = new Watch(target, frame, pipelineVariable);
  }
  const options = {
    caller: own === frame.streams ? frame : session.withStreams(frame, own),
    out: target,
    streams: own,
    expectingInput,
    invocationName: command.invocationName,
    extent: command.extent,
    pipelinePosition: position,
    pipelineLength: length,
    ...(command.dotted ? { dotted: true } : {}),
  };
  const { info } = command;
  let processor: Processor;
  if (command.block) processor = new FunctionRun(session, command.block, info, command.args, options);
  else if (info === undefined) throw new Error('A command without info');
  else
    switch (info.kind) {
      case 'Cmdlet':
        processor = new CmdletProcessor(session, info, args, options);
        break;
      case 'Function':
      case 'Filter':
      case 'Script':
        processor = new FunctionRun(session, info.block as ScriptBlockValue, info, args, options);
        break;
      case 'ExternalScript':
        processor = new ScriptRun(
          new FunctionRun(session, info.block as ScriptBlockValue, info, args, options),
          info,
          session,
        );
        break;
      case 'Application':
        processor = new NativeRun(session, info, command.args, options);
        break;
      case 'Alias':
        throw runtimeError('CommandNotFoundException', `The alias ${info.name} was not resolved.`);
    }
  return close ? new Closing(processor, close) : processor;
}

class Watch implements Sink {
  readonly sync: boolean;
  private readonly variable: Variable;
  private readonly inner: Sink;
  constructor(inner: Sink, frame: Frame, name: string) {
    this.inner = inner;
    this.sync = inner.sync;
    this.variable = new Variable(name, null);
    frame.scope.variables.set(name.toLowerCase(), this.variable);
  }
  write(value: Value): Step {
    this.variable.value = value;
    return this.inner.write(value);
  }
}

class Closing implements Processor {
  readonly inner: Processor;
  private readonly close: () => void;
  constructor(inner: Processor, close: () => void) {
    this.inner = inner;
    this.close = close;
  }
  begin(): Step {
    return this.inner.begin();
  }
  process(item: Value): Step {
    return this.inner.process(item);
  }
  end(): Step {
    return this.inner.end();
  }
  dispose(): void {
    this.inner.dispose();
    this.close();
  }
}

/** Runs commands joined by `|`. `first` is the value of a leading expression, if there is one. */
export function* runPipeline(
  frame: Frame,
  commands: readonly PreparedCommand[],
  first: Value | undefined,
): Steps<void> {
  const { session } = frame;
  const processors: Processor[] = new Array<Processor>(commands.length);
  /** Before each command but the first. */
  const pipes: Pipe[] = new Array<Pipe>(commands.length);
  try {
    let out: Sink = frame.out;
    for (let i = commands.length - 1; i >= 0; i--) {
      const hasInput = i > 0 || first !== undefined;
      processors[i] = makeProcessor(
        frame,
        commands[i] as PreparedCommand,
        out,
        frame.streams,
        hasInput,
        i + 1,
        commands.length,
      );
      if (i > 0) out = pipes[i] = new Pipe(session, processors[i] as Processor);
    }
    try {
      for (let i = 0; i < processors.length; i++) {
        const step = i === 0 ? (processors[i] as Processor).begin() : (pipes[i] as Pipe).begin();
        if (step) yield* step;
      }
      const head = processors[0] as Processor;
      if (first !== undefined && first !== automationNull) {
        const elements = elementsOf(first);
        if (elements) {
          const watched = first instanceof ListValue ? (first.owner ?? first) : undefined;
          const version = watched?.version;
          for (let i = 0; i < elements.length; i++) {
            if (++session.ticks >= session.tickLimit) yield* session.safepoint();
            const step = head.process(elements[i] as Value);
            if (step) yield* step;
            if (watched && watched.version !== version) throw modified();
          }
        } else {
          const step = head.process(first);
          if (step) yield* step;
        }
      }
      for (let i = 0; i < processors.length; i++) {
        const step = (processors[i] as Processor).end();
        if (step) yield* step;
      }
    } catch (error) {
      // Select-Object -First: what comes before it is not ended, what comes after it is.
      if (!(error instanceof PipelineStopFlow)) throw error;
      const at = processors.findIndex(
        (p) => p === error.owner || (p instanceof Closing && p.inner === error.owner),
      );
      if (at < 0) throw error;
      for (let i = at; i < processors.length; i++) {
        const begun = pipes[i]?.begin();
        if (begun) yield* begun;
        const step = (processors[i] as Processor).end();
        if (step) yield* step;
      }
    }
  } finally {
    for (const processor of processors as (Processor | undefined)[]) processor?.dispose();
  }
}
const modified = (): Error =>
  runtimeError(
    'System.InvalidOperationException',
    'Collection was modified; enumeration operation may not execute.',
    'OperationStopped',
    null,
    'System.InvalidOperationException',
  );
