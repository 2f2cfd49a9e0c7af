import type { Cmdlet } from '../cmdlets/cmdlet.ts';
import type { CodeUnit } from '../compile/code.ts';
import type { Host, OutputPort, Resume, Suspend } from '../host.ts';
import { duration } from '../../../base/time.ts';
import { enterContext, leaveContext } from '../types/ambient.ts';
import { arrayList } from '../types/collections.ts';
import type { DictionaryValue, ListValue } from '../types/collections.ts';
import '../types/dotnet/index.ts';
import type { TypeContext } from '../types/dotnet-type.ts';
import type { Invocation } from '../types/error-record.ts';
import { ErrorRecord, ScriptError } from '../types/error-record.ts';
import { exception, runtimeError } from '../types/errors.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { matchTimeout } from '../types/regex-port.ts';
import { toText } from '../types/text.ts';
import type { MemberBag, Value } from '../types/value.ts';
import { stepInterval } from '../regex/matcher.ts';
import { asTopLevel } from '../compile/parse-failure.ts';
import { unitFor, codeOf, parseScript } from '../compile/unit.ts';
import type { Argument } from './binder.ts';
import { automaticVariable, initialVariables } from './automatic.ts';
import { CommandInfo } from './command-info.ts';
import { lookUp } from './command-lookup.ts';
import type { ConsoleFormatter, FormatterFactory } from './formatter.ts';
import { ExitFlow, LoopFlow, StopFlow, PipelineStopFlow } from './flow.ts';
import type { ExtentLike, Streams } from './frame.ts';
import { Frame } from './frame.ts';
import { FunctionRun } from './invoke.ts';
import { Location } from './location.ts';
import type { Drives } from './location.ts';
import type { ModuleValue } from './module.ts';
import type { CommandMetadata } from './parameters.ts';
import { cmdletMetadata } from './parameters.ts';
import { hostColours, painted, streamColours } from './colours.ts';
import type { Provider } from './provider.ts';
import type { ActionPreference } from './report.ts';
import { asScriptError, locate, preference } from './report.ts';
import { reasonOf } from './reason.ts';
import * as records from './records.ts';
import { ScriptTypes } from './script-types.ts';
import { Scope, Variable } from './scope.ts';
import type { Sink } from './sink.ts';
import type { Step, Steps } from './steps.ts';
import { sessionObjects } from './session-objects.ts';
import { Background } from './hosting/background.ts';
import './type-hooks.ts';
import './language/index.ts';
import './hosting/power-shell.ts';
import { heldBytes } from './held-memory.ts';
import { newMemory } from '../types/memory.ts';
import type { Memory } from '../types/memory.ts';

export interface SessionOptions {
  readonly host: Host;
  readonly output: OutputPort;
  readonly dialect: 'desktop' | 'core';
  readonly formatter: FormatterFactory;
  readonly cmdlets: readonly Cmdlet[];
  readonly providers?: readonly Provider[];
  /** Where the session starts. */
  readonly location: string;
  /** Engine steps between two safepoints; 2,000 where not given. */
  readonly safepointEvery?: number;
  /** Calls within calls before `CallDepthOverflow`. */
  readonly depthLimit?: number;
  /** The session of the process this one is a further runspace of. */
  readonly root?: Session;
}

export interface ExecuteOptions {
  /** Makes it a script file: `$PSScriptRoot`, positions, `exit` code. */
  readonly fileName?: string;
  readonly args?: readonly Value[];
  /** Named arguments of a script file. */
  readonly parameters?: ReadonlyMap<string, Value>;
  /** Arguments as a command line has them, after the others: a bare `-Name` takes the value that follows it. */
  readonly commandLine?: readonly Argument[];
  /** Runs in a scope of its own, as `-File` and `&` do; else in the global scope, as typed at the prompt. */
  readonly asScript?: boolean;
}

export interface ExecutionResult {
  readonly kind: 'completed' | 'failed' | 'exited' | 'stopped';
  /** Of `exit`; 1 where it failed; else 0. */
  readonly exitCode: number;
  /** `$?` after the last statement. */
  readonly success: boolean;
  /** The error that ended it. */
  readonly error?: ErrorRecord;
}

/** Cost of one step and of one cmdlet call, in microseconds of device time. */
const stepCost = 2;
const cmdletCost = 150;
/** Steps of a regular expression that cost a microsecond of device time. */
const matchStepsPerMicrosecond = 100;
/**
 * Steps after which one match is given up with .NET's RegexMatchTimeoutException. Real PowerShell has no such limit: a
 * pattern that goes back without end hangs it. The limit is the product's own, so that no script can hang a proof or
 * a simulation for ever; it counts steps and not time, so that a journal gives the same bytes on every machine (some seconds of work on one).
 */
export const matchStepLimit = 100_000_000;

/** A PowerShell runspace: scopes, commands, preferences and streams. One call of `execute` at a time. */
export class Session implements TypeContext {
  readonly options: SessionOptions;
  /** The first runspace of the process, which tasks in the background take turns with. */
  readonly root: Session;
  readonly background: Background;
  readonly host: Host;
  readonly output: OutputPort;
  readonly dialect: 'desktop' | 'core';
  readonly formatterFactory: FormatterFactory;
  readonly globalScope: Scope = new Scope(undefined);
  readonly allScopeVariables: Map<string, Variable> = new Map();
  readonly cmdletTable: ReadonlyMap<string, CommandInfo>;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly drives: Drives = new Map();
  readonly location: Location;
  readonly modules: Map<string, ModuleValue> = new Map();
  readonly scriptTypes: ScriptTypes = new ScriptTypes(() => this.frame.scope);
  readonly typeData: Map<string, MemberBag> = new Map();
  /** `$Error`, newest first. */
  readonly errors: ListValue = arrayList();
  /** `$?`. */
  success = true;
  nativeFailed = false;
  /** The code that runs now. */
  frame: Frame;
  readonly rootFrame: Frame;
  /** What an attempt that had to wait left to do; its caller takes it at once. */
  rest: Steps<unknown> | undefined;
  depth = 0;
  readonly depthLimit: number;
  readonly memory: Memory = newMemory((limit) => heldBytes(this, limit));
  /** How many try blocks enclose what runs. */
  tryDepth = 0;
  /** Safepoints passed: the same on every machine for the same script and device. */
  steps = 0;
  ticks = 0;
  /** How many of the ticks since the last safepoint the clock has been charged for. */
  private charging = 0;
  tickLimit: number;
  private charged = 0;
  /** Steps of regular expressions the clock has not been charged for. */
  private matchSteps = 0;
  private stopping = false;
  /** Bumped when a function, alias or module changes: command caches look again. */
  commandVersion = 0;
  private formatter: ConsoleFormatter | undefined;
  readonly consoleSink: Sink;
  readonly consoleStreams: Streams;
  readonly compiled: WeakMap<object, CodeUnit> = new WeakMap();
  /** Lines typed so far, for Get-History. */
  readonly history: string[] = [];
  /** Names of methods of script classes: calls of these may run script. */
  readonly scriptMethodNames: Set<string> = new Set();
  /** State of cmdlets that must outlive a pipeline (jobs, transcripts, random generators), by a name of their own. */
  readonly state: Map<string, unknown> = new Map();
  transcript: ((text: string) => void) | undefined;
  /** Values of the `$using:` variables of the job this session runs. */
  usingValues: ReadonlyMap<string, Value> | undefined;
  /** Why a script file may not run, in PowerShell's words: the execution policy. Without it every script may. */
  scriptGate: ((path: string, text: string) => string | undefined) | undefined;
  readonly sources: Map<string, readonly string[]> = new Map();

  get session(): Session {
    return this;
  }
  /** Number of the line that runs; 1 where none was typed. */
  get historyId(): number {
    return Math.max(1, this.history.length);
  }

  constructor(options: SessionOptions) {
    this.options = options;
    this.root = options.root ?? this;
    this.background = options.root?.background ?? new Background(options.host.clock);
    this.host = options.host;
    this.output = options.output;
    this.dialect = options.dialect;
    this.formatterFactory = options.formatter;
    this.tickLimit = options.safepointEvery ?? 2000;
    this.depthLimit = options.depthLimit ?? 1000;
    this.location = new Location(options.location);
    this.globalScope.isScript = true;
    const table = new Map<string, CommandInfo>();
    for (const cmdlet of options.cmdlets) {
      if (cmdlet.dialect !== undefined && cmdlet.dialect !== options.dialect) continue;
      table.set(cmdlet.name.toLowerCase(), new CommandInfo('Cmdlet', cmdlet.name, { cmdlet }));
    }
    this.cmdletTable = table;
    this.providers = new Map((options.providers ?? []).map((p) => [p.name.toLowerCase(), p]));
    this.consoleSink = {
      sync: true,
      write: (value) => {
        this.show(value);
        return undefined;
      },
    };
    const toConsole = (show: (value: Value) => void): Sink => ({
      sync: true,
      write: (value) => {
        show(value);
        return undefined;
      },
    });
    this.consoleStreams = {
      error: toConsole((v) => this.showError(v)),
      warning: toConsole((v) => this.line(`WARNING: ${records.messageOf(v)}`, this.colours.warning)),
      verbose: toConsole((v) => this.line(`VERBOSE: ${records.messageOf(v)}`, this.colours.verbose)),
      debug: toConsole((v) => this.line(`DEBUG: ${records.messageOf(v)}`, this.colours.debug)),
      information: toConsole((v) =>
        this.print(records.informationText(v, this.host.newline), 'out', hostColours(v)),
      ),
    };
    this.frame = new Frame(this, this.globalScope, this.consoleSink, this.consoleStreams, 0, undefined);
    this.rootFrame = this.frame;
    const previous = enterContext(this);
    try {
      initialVariables(this, options.cmdlets);
    } finally {
      leaveContext(previous);
    }
  }

  /** A further runspace of this process: same device and identity, own scopes, variables and commands. */
  further(output: OutputPort): Session {
    const child = new Session({
      ...this.options,
      output,
      location: this.location.fileSystemPath(),
      root: this.root,
    });
    child.scriptGate = this.scriptGate;
    return child;
  }

  // --- running ---------------------------------------------------------------------------------------------------

  /** Runs a text. Yields what it waits for and safepoints; output goes through the output port as it is made. */
  *execute(text: string, options: ExecuteOptions = {}): Generator<Suspend, ExecutionResult, Resume> {
    this.stopping = false;
    return yield* this.within(this.executeSteps(text, options), this.root === this);
  }

  /**
   * Runs work as this session's own: whatever it asks of the running session it asks of this one. What runs in the
   * foreground gives the tasks in the background their turns.
   */
  *within<T>(inner: Steps<T>, foreground = false): Steps<T> {
    let answer: Resume | undefined;
    let ended = false;
    try {
      for (;;) {
        const previous = enterContext(this);
        let result: IteratorResult<Suspend, T>;
        try {
          result = answer === undefined ? inner.next() : inner.next(answer);
        } catch (error) {
          ended = true;
          throw error;
        } finally {
          leaveContext(previous);
        }
        if (result.done) {
          ended = true;
          return result.value;
        }
        answer = foreground ? yield* this.background.during(result.value) : yield result.value;
      }
    } finally {
      if (!ended) {
        const previous = enterContext(this);
        try {
          inner.return(undefined as T);
        } finally {
          leaveContext(previous);
        }
      }
    }
  }

  private *executeSteps(text: string, options: ExecuteOptions): Steps<ExecutionResult> {
    this.formatter = undefined;
    this.tryDepth = 0;
    this.depth = 0;
    this.frame = this.rootFrame;
    let result: ExecutionResult;
    try {
      const block = this.topLevelBlock(text, options.fileName);
      const args: Argument[] = (options.args ?? []).map((value) => ({ kind: 'value', value }));
      for (const [name, value] of options.parameters ?? [])
        args.push({ kind: 'parameter', name, value, text: `-${name}:` });
      args.push(...(options.commandLine ?? []));
      const info =
        options.fileName === undefined
          ? undefined
          : new CommandInfo('ExternalScript', options.fileName.replace(/^.*[\\/]/, ''), {
              block,
              definition: options.fileName,
            });
      const run = new FunctionRun(this, block, info, args, {
        caller: this.rootFrame,
        out: this.consoleSink,
        streams: this.consoleStreams,
        expectingInput: false,
        ...(options.asScript ? {} : { dotted: true }),
      });
      run.frame.keepsSuccess = true;
      try {
        const begun = run.begin();
        if (begun) yield* begun;
        const step = run.end();
        if (step) yield* step;
      } finally {
        run.dispose();
      }
      result = { kind: 'completed', exitCode: 0, success: this.success };
    } catch (error) {
      result = this.ended(error);
    }
    this.endFormatter();
    this.flushCost();
    return result;
  }

  private endFormatter(): void {
    this.formatter?.end();
    this.formatter = undefined;
  }

  private ended(error: unknown): ExecutionResult {
    if (error instanceof ExitFlow) {
      const code = error.code;
      return { kind: 'exited', exitCode: typeof code === 'number' ? code | 0 : 0, success: code === 0 };
    }
    if (error instanceof StopFlow) return { kind: 'stopped', exitCode: 1, success: false };
    if (error instanceof LoopFlow || error instanceof PipelineStopFlow)
      return { kind: 'completed', exitCode: 0, success: true };
    const failure = asScriptError(error);
    if (this.frame.position && failure.record.invocation === null)
      locate(failure, this.frame, this.frame.position);
    this.recordError(failure.record);
    this.success = false;
    // The pipeline to the console broke off: a layout that was open is not ended.
    this.formatter = undefined;
    this.showError(failure.record);
    return { kind: 'failed', exitCode: 1, success: false, error: failure.record };
  }

  /** Asks the running script to stop at its next safepoint, as Ctrl+C does. */
  stop(): void {
    this.stopping = true;
    this.charging += this.tickLimit - this.ticks;
    this.ticks = this.tickLimit;
  }

  /** Every so many steps: lets the scheduler run, charges the device's clock. */
  *safepoint(): Steps<void> {
    this.flushCost();
    this.ticks = 0;
    this.charging = 0;
    if (this.stopping) throw new StopFlow();
    yield { kind: 'safepoint' };
    if (this.stopping) throw new StopFlow();
  }

  private flushCost(): void {
    const fresh = this.ticks - this.charging;
    this.charging = this.ticks;
    this.steps += fresh;
    const cost = fresh * stepCost + this.charged;
    this.charged = 0;
    if (cost > 0) this.host.clock.spend(duration(cost));
  }

  /** A regular expression is at work, or has ended: `fresh` steps since the last call, `inMatch` in this match. */
  chargeMatch(fresh: number, inMatch: number): void {
    this.matchSteps += fresh;
    if (this.matchSteps >= matchStepsPerMicrosecond) {
      const rest = this.matchSteps % matchStepsPerMicrosecond;
      this.charged += (this.matchSteps - rest) / matchStepsPerMicrosecond;
      this.matchSteps = rest;
    }
    if (inMatch < stepInterval) return;
    this.flushCost();
    if (this.stopping) throw new StopFlow();
    if (inMatch >= matchStepLimit) throw matchTimeout();
  }

  /** A cmdlet starts: costs time, and the clock is brought up to now so that it sees its own past. */
  charge(_name: string): void {
    this.charged += cmdletCost;
    this.ticks++;
    this.flushCost();
  }

  /** Runs work where nothing may suspend (a method, a property getter). Waiting becomes spending time. */
  drain<T>(work: Steps<T>): T {
    let result = work.next();
    while (!result.done) {
      const wanted = result.value;
      switch (wanted.kind) {
        case 'safepoint':
          if (this.stopping) throw new StopFlow();
          this.drainTasks();
          result = work.next({ kind: 'safepoint' });
          break;
        case 'until': {
          const left = wanted.at - this.host.clock.now();
          if (left > 0) this.host.clock.spend(duration(left));
          this.drainTasks();
          result = work.next({ kind: 'until' });
          break;
        }
        default:
          throw runtimeError(
            'RuntimeException',
            `Cannot wait for a ${wanted.kind} here.`,
            'InvalidOperation',
          );
      }
    }
    return result.value;
  }

  private drainTasks(): void {
    const turn = this.background.turn();
    const wanted = turn.next();
    if (!wanted.done)
      throw runtimeError(
        'RuntimeException',
        `Cannot wait for a ${wanted.value.kind} here.`,
        'InvalidOperation',
      );
  }

  // --- code ------------------------------------------------------------------------------------------------------

  /** Parses and wraps a text; a parse error is thrown as PowerShell's own. */
  scriptBlock(text: string, file?: string): ScriptBlockValue {
    this.scriptTypes.declare(text);
    const ast = parseScript(text, file);
    this.sources.set(file ?? '', text.split(/\r\n|\n|\r/));
    const block = new ScriptBlockValue(ast, undefined, file);
    block.code = unitFor(ast, file, this);
    return block;
  }

  private topLevelBlock(text: string, file: string | undefined): ScriptBlockValue {
    try {
      return this.scriptBlock(text, file);
    } catch (error) {
      throw error instanceof ScriptError ? asTopLevel(error) : error;
    }
  }

  lineText(extent: ExtentLike): string {
    const own = (extent as { readonly lineText?: string }).lineText;
    if (own !== undefined) return own;
    const lines = this.sources.get(extent.file ?? '');
    return lines?.[extent.startLineNumber - 1] ?? extent.text.split(/\r?\n/)[0] ?? '';
  }

  metadataOf(
    info: CommandInfo | undefined,
    block: ScriptBlockValue | undefined,
  ): CommandMetadata | undefined {
    const code = block ?? info?.block;
    if (code) {
      const unit = codeOf(code);
      const { module } = info ?? {};
      return module
        ? this.scriptTypes.within(module.scope, () => unit.parameters(this.dialect))
        : unit.parameters(this.dialect);
    }
    if (info?.cmdlet) return (info.metadata ??= cmdletMetadata(info.cmdlet, this.dialect)) as CommandMetadata;
    return undefined;
  }

  /** The command a name means here; undefined where there is none. */
  command(name: string, frame: Frame = this.frame): CommandInfo | undefined {
    return lookUp(this, name, frame);
  }

  /** A frame like another whose streams differ. */
  withStreams(frame: Frame, streams: Streams): Frame {
    const copy = Object.create(Frame.prototype) as Frame;
    Object.assign(copy, frame, { streams });
    return copy;
  }

  defineFunction(name: string, block: ScriptBlockValue, scope: Scope, isFilter: boolean): CommandInfo {
    const info = new CommandInfo(isFilter ? 'Filter' : 'Function', name, { block, module: scope.module });
    (scope.functions ??= new Map()).set(name.toLowerCase(), info);
    this.commandVersion++;
    return info;
  }

  // --- variables -------------------------------------------------------------------------------------------------

  automatic(lower: string, frame: Frame): Value | undefined {
    return automaticVariable(this, lower, frame);
  }
  setGlobal(name: string, value: Value): void {
    const lower = name.toLowerCase();
    const known = this.globalScope.variables.get(lower);
    if (known) known.value = value;
    else this.globalScope.variables.set(lower, new Variable(name, value));
  }
  driveVariable(drive: string, name: string, frame: Frame): Value | undefined {
    return sessionObjects.driveVariable(this, drive, name, frame);
  }
  setDriveVariable(drive: string, name: string, value: Value, frame: Frame): void {
    sessionObjects.setDriveVariable(this, drive, name, value, frame);
  }
  boundParameters(): DictionaryValue {
    return sessionObjects.boundParameters();
  }
  invocationInfo(invocation: Invocation): Value {
    return sessionObjects.invocationInfo(invocation);
  }
  sessionStateObject(frame: Frame): Value {
    return sessionObjects.sessionState(this, frame);
  }
  invokeCommandObject(frame: Frame): Value {
    return sessionObjects.invokeCommand(this, frame);
  }

  // --- streams ---------------------------------------------------------------------------------------------------

  recordError(record: ErrorRecord): void {
    if (record.recorded) return;
    record.recorded = true;
    this.errors.items.unshift(record);
    this.errors.version++;
    if (this.errors.items.length > 256) this.errors.items.length = 256;
  }

  /** A non-terminating error. */
  writeError(
    record: ErrorRecord,
    frame: Frame,
    action: ActionPreference = preference(frame, 'erroractionpreference'),
  ): void {
    this.success = false;
    if (action === 'Ignore') return;
    if (action === 'Stop') {
      const failure = new ScriptError(record, true, true);
      frame.streams.error.note?.(reasonOf(failure));
      throw failure;
    }
    this.recordError(record);
    // Collected by -ErrorVariable, shown nowhere.
    if (action === 'SilentlyContinue') return frame.streams.error.note?.(record);
    this.send(frame.streams.error, record);
  }
  private send(sink: Sink, value: Value): void {
    const step: Step = sink.write(value);
    if (step) this.drain(step);
  }
  private halted(variable: string, message: string): ScriptError {
    return runtimeErrorStop(
      `The running command stopped because the preference variable "${variable}" or common parameter is set to Stop: ${message}`,
    );
  }
  writeWarning(message: string, frame: Frame, action: ActionPreference, _context?: unknown): void {
    const record = records.streamRecord('Warning', message);
    // A warning that is not shown is still kept by -WarningVariable.
    if (action === 'SilentlyContinue' || action === 'Ignore') return frame.streams.warning.note?.(record);
    this.send(frame.streams.warning, record);
    if (action === 'Stop') throw this.halted('WarningPreference', message);
  }
  writeVerbose(message: string, frame: Frame, action: ActionPreference): void {
    if (action === 'SilentlyContinue' || action === 'Ignore') return;
    this.send(frame.streams.verbose, records.streamRecord('Verbose', message));
    if (action === 'Stop') throw this.halted('VerbosePreference', message);
  }
  writeDebug(message: string, frame: Frame, action: ActionPreference): void {
    if (action === 'SilentlyContinue' || action === 'Ignore') return;
    this.send(frame.streams.debug, records.streamRecord('Debug', message));
    if (action === 'Stop') throw this.halted('DebugPreference', message);
  }
  writeInformation(data: Value, tags: readonly string[], frame: Frame, action: ActionPreference): void {
    const record = records.informationRecord(data, tags, this);
    if (action === 'Ignore') return;
    if (action === 'SilentlyContinue') {
      const { information } = frame.streams;
      const tee = information as { readonly inner?: Sink; readonly list?: ListValue };
      // -InformationVariable collects what is not shown.
      if (tee.list && tee.inner === this.consoleStreams.information) tee.list.items.push(record);
      else if (information !== this.consoleStreams.information) this.send(information, record);
      return;
    }
    this.send(frame.streams.information, record);
    if (action === 'Stop') throw this.halted('InformationPreference', toText(data));
  }
  /** A record another runspace made: whether it is wanted was decided there. */
  passOn(sink: Sink, record: Value): void {
    this.send(sink, record);
  }
  writeHost(
    text: string,
    options: { noNewline?: boolean; foreground?: string; background?: string },
    frame: Frame,
    action: ActionPreference | undefined,
  ): void {
    const record = records.hostRecord(text, options, this);
    if (action === 'Ignore' || action === 'SilentlyContinue') {
      if (frame.streams.information !== this.consoleStreams.information)
        this.send(frame.streams.information, record);
      return;
    }
    this.send(frame.streams.information, record);
  }
  writeProgress(record: Value, frame: Frame): void {
    // The bar is drawn by the console, which learns of it through the state map; nothing is printed.
    if (frame.streams.progress) this.send(frame.streams.progress, record);
  }

  /** One line to the console. */
  console(text: string): void {
    this.print(text + this.host.newline);
  }
  private line(text: string, sgr: string): void {
    this.print(text + this.host.newline, 'out', sgr);
  }
  private get colours(): (typeof streamColours)['desktop' | 'core'] {
    return streamColours[this.dialect];
  }
  /** Text to the console, and plain to a transcript. `sgr` colours it where the console shows colours. */
  print(text: string, stream: 'out' | 'error' = 'out', sgr = ''): void {
    this.transcript?.(text);
    this.output.write(stream, this.output.colour ? painted(text, sgr) : text);
  }

  /** Out-Default. */
  show(value: Value): void {
    this.formatter ??= this.formatterFactory(
      {
        width: this.output.width,
        write: (text) => this.print(text),
        colour: this.output.colour,
      },
      this,
    );
    this.formatter.object(value);
  }
  private showError(value: Value): void {
    if (this.formatter) this.formatter.aside(() => this.printError(value));
    else this.printError(value);
  }
  private printError(value: Value): void {
    const formatter = this.formatterFactory(
      {
        width: this.output.width,
        write: (text) => this.print(text, 'error', this.colours.error),
      },
      this,
    );
    formatter.object(value);
    formatter.end();
  }
}

function runtimeErrorStop(message: string): ScriptError {
  const type = 'System.Management.Automation.ActionPreferenceStopException';
  return new ScriptError(
    new ErrorRecord(exception(type, message), 'ActionPreferenceStop', 'OperationStopped', null),
    true,
  );
}

export function createSession(options: SessionOptions): Session {
  return new Session(options);
}
