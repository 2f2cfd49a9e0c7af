import type { Invocation, ScriptPosition } from '../types/error-record.ts';
import type { Value } from '../types/value.ts';
import type { Bound } from './binder.ts';
import type { CommandInfo } from './command-info.ts';
import type { Scope, Variable } from './scope.ts';
import { Variable as VariableClass } from './scope.ts';
import type { Session } from './session.ts';
import type { Sink } from './sink.ts';

/** Where the streams beside output go. Output is the frame's `out`. */
export interface Streams {
  readonly error: Sink;
  readonly warning: Sink;
  readonly verbose: Sink;
  readonly debug: Sink;
  readonly information: Sink;
  /** Only where somebody collects it. */
  readonly progress?: Sink;
}

/** Where a statement stands; made from the tree only when somebody asks. */
export type PositionSource = { readonly extent: ExtentLike };
export interface ExtentLike {
  readonly text: string;
  readonly startLineNumber: number;
  readonly startColumnNumber: number;
  readonly endLineNumber: number;
  readonly endColumnNumber: number;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly file: string | null | undefined;
}

/** What a running piece of code knows: one per call of a function, script or block. Mutable. */
export class Frame {
  readonly session: Session;
  scope: Scope;
  out: Sink;
  streams: Streams;
  /** Variables of the scope that this code has found, by slot of its code unit. */
  locals: (Variable | undefined)[];
  /** The caller; errors and `Get-PSCallStack` walk it. */
  readonly caller: Frame | undefined;
  /** Label of a break or continue on its way. */
  label: string | undefined = undefined;
  /** Value of a `return` on its way has been written already. */
  command: CommandInfo | undefined = undefined;
  invocation: Invocation | undefined = undefined;
  /** The call this is the frame of: makes the invocation where none was needed so far. */
  call: { readonly invocation: Invocation } | undefined = undefined;
  /** Statement being run, for positions. */
  position: ExtentLike | undefined = undefined;
  /** File the code came from. */
  file: string | undefined = undefined;
  args: Value[] | undefined = undefined;
  bound: Bound | undefined = undefined;
  /** `$PSCmdlet.WriteError` was called: the call has failed, where errors of commands inside do not count. */
  wroteError = false;
  /** What is typed at the prompt: `$?` of its last statement is there for the next line. */
  keepsSuccess = false;
  /** Object of a class method or script property. */
  self: Value | undefined = undefined;
  /** `$PSCmdlet`-like facts of an advanced function. */
  advanced = false;
  /** Id that errors of this function carry. */
  commandId = '';
  /** In a class method, whose statements write nothing: where `return` puts its value. */
  returnSink: Sink | undefined = undefined;
  constructor(
    session: Session,
    scope: Scope,
    out: Sink,
    streams: Streams,
    slots: number,
    caller: Frame | undefined,
  ) {
    this.session = session;
    this.scope = scope;
    this.out = out;
    this.streams = streams;
    this.locals = slots === 0 ? noLocals : new Array<Variable | undefined>(slots);
    this.caller = caller;
  }

  /** `$Matches` belongs to the scope that matched. */
  setMatches(value: Value): void {
    const known = this.scope.variables.get('matches');
    if (known) known.value = value;
    else this.scope.variables.set('matches', new VariableClass('Matches', value));
  }
}
const noLocals: (Variable | undefined)[] = [];

export function positionOf(extent: ExtentLike, lineText: string): ScriptPosition {
  return {
    file: extent.file ?? undefined,
    line: extent.startLineNumber,
    column: extent.startColumnNumber,
    endLine: extent.endLineNumber,
    endColumn: extent.endColumnNumber,
    text: extent.text,
    lineText,
  };
}
