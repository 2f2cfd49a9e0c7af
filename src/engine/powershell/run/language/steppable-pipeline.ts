import { preparedPipeline } from '../../compile/command.ts';
import { CompileContext } from '../../compile/context.ts';
import type { Ast, PipelineAst } from '../../parse/tree.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { runtimeError } from '../../types/errors.ts';
import { method } from '../../types/dotnet/define.ts';
import { DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import { scriptBlockType } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import { Frame } from '../frame.ts';
import type { Processor } from '../invoke.ts';
import { makeProcessor, Pipe } from '../pipeline.ts';
import type { PreparedCommand } from '../pipeline.ts';
import { psCmdletRun } from '../ps-cmdlet.ts';
import type { Scope } from '../scope.ts';
import { Variable } from '../scope.ts';
import type { Session } from '../session.ts';
import { ListSink } from '../sink.ts';
import type { Sink } from '../sink.ts';
import type { Step } from '../steps.ts';

/** A pipeline that its owner feeds object by object: what a proxy function wraps a command with. */
class Steppable {
  private readonly session: Session;
  private readonly frame: Frame;
  private readonly commands: readonly PreparedCommand[];
  private processors: Processor[] = [];
  private readonly collected = new ListSink();
  private state: 'new' | 'begun' | 'ended' = 'new';
  private disposed = false;

  constructor(session: Session, frame: Frame, commands: readonly PreparedCommand[]) {
    this.session = session;
    this.frame = frame;
    this.commands = commands;
  }

  private run(step: Step): void {
    if (step) this.session.drain(step);
  }
  /** What was written since the last call. */
  private taken(): Value {
    const items = this.collected.items.splice(0);
    return items.length === 0 ? automationNull : new PSArray(items);
  }
  private need(state: 'begun'): void {
    if (this.state !== state)
      throw runtimeError(
        'InvalidOperation',
        'Cannot perform operation because the pipeline has not been started. Call the Begin method first.',
        'InvalidOperation',
        null,
        'System.Management.Automation.PSInvalidOperationException',
      );
  }

  begin(expectsInput: boolean, out: Sink | undefined): Value {
    const { session, frame, commands } = this;
    let sink: Sink = out ?? this.collected;
    const pipes: Pipe[] = [];
    for (let i = commands.length - 1; i >= 0; i--) {
      const processor = makeProcessor(
        frame,
        commands[i] as PreparedCommand,
        sink,
        frame.streams,
        i > 0 || expectsInput,
        i + 1,
        commands.length,
      );
      this.processors[i] = processor;
      if (i > 0) sink = pipes[i] = new Pipe(session, processor);
    }
    this.state = 'begun';
    this.guarded(() => {
      this.processors.forEach((processor, i) =>
        this.run(i === 0 ? processor.begin() : (pipes[i] as Pipe).begin()),
      );
    });
    return this.taken();
  }
  process(item: Value | undefined): Value {
    this.need('begun');
    const [head] = this.processors;
    if (item !== undefined) this.guarded(() => this.run((head as Processor).process(item)));
    return this.taken();
  }
  end(): Value {
    this.need('begun');
    this.state = 'ended';
    this.guarded(() => {
      for (const processor of this.processors) this.run(processor.end());
    });
    this.dispose();
    return this.taken();
  }
  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.dispose();
      throw error;
    }
  }
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    for (const processor of this.processors) processor.dispose();
  }
}

const type = defineType('System.Management.Automation.SteppablePipeline', {
  assembly: 'System.Management.Automation',
  interfaces: ['System.IDisposable'],
});
const s = (v: Value): Steppable => (v as DotNetObject<Steppable>).state;
const begin = (v: Value, a: readonly Value[]): Value => {
  const run = psCmdletRun(a[0] ?? null);
  if (run) return s(v).begin(run.expectsInput, run.frame.out);
  const context = psCmdletRun(a[1] ?? null);
  return s(v).begin(a[0] === true, context?.frame.out);
};
defineType(type.fullName, {
  members: [
    method(
      ['void Begin(bool expectInput)', begin],
      ['void Begin(System.Object command)', begin],
      ['void Begin(bool expectInput, System.Object contextToRedirectTo)', begin],
    ),
    method(
      ['array Process()', (v) => s(v).process(undefined)],
      ['array Process(System.Object input)', (v, a) => s(v).process(a[0] ?? null)],
    ),
    method(['array End()', (v) => s(v).end()]),
    method(['void Clean()', (v) => s(v).dispose()]),
    method(['void Dispose()', (v) => s(v).dispose()]),
  ],
});

/** The one pipeline a block may consist of. */
function onlyPipeline(block: ScriptBlockValue): PipelineAst {
  const { endBlock, beginBlock, processBlock } = block.ast;
  const statements = endBlock?.statements ?? [];
  const [first] = statements as readonly Ast[];
  if (beginBlock || processBlock || statements.length !== 1 || first?.kind !== 'PipelineAst')
    throw runtimeError(
      'CanConvertOneClauseOnly',
      'Only a script block that contains exactly one pipeline or command can be converted. Expressions or control structures are not permitted. Verify that the script block contains exactly one pipeline or command.',
    );
  if (first.pipelineElements.some((element) => element.kind !== 'CommandAst'))
    throw runtimeError(
      'CantConvertPipelineStartsWithExpression',
      'A pipeline that starts with an expression cannot be converted to a steppable pipeline.',
    );
  return first;
}

function steppable(block: ScriptBlockValue, args: readonly Value[], session: Session): Value {
  const context = new CompileContext(session, block.file);
  const code = preparedPipeline(onlyPipeline(block), context);
  const caller = session.frame;
  const scope = (block.scope as Scope | undefined) ?? caller.scope;
  const { out, streams } = caller;
  const frame = new Frame(session, scope, out, streams, context.slots.size, caller);
  frame.file = block.file;
  frame.position = caller.position;
  if (args.length > 0) scope.variables.set('args', new Variable('args', new PSArray([...args])));
  const commands = session.drain(code(frame));
  return new DotNetObject<Steppable>(type, new Steppable(session, frame, commands));
}
const make = (v: Value, a: readonly Value[], context: { readonly session: unknown }): Value =>
  steppable(v as ScriptBlockValue, elementsOf(a[1] ?? null) ?? [], context.session as Session);
scriptBlockType.addMember(
  method(
    ['System.Management.Automation.SteppablePipeline GetSteppablePipeline()', make],
    [
      'System.Management.Automation.SteppablePipeline GetSteppablePipeline(System.Management.Automation.CommandOrigin commandOrigin)',
      make,
    ],
    [
      'System.Management.Automation.SteppablePipeline GetSteppablePipeline(System.Management.Automation.CommandOrigin commandOrigin, System.Object[] args)',
      make,
    ],
  ),
);
