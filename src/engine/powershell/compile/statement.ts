import { equalText } from '../types/compare.ts';
import { EnumeratorValue, enumeratorType } from '../types/enumerator.ts';
import { ListValue } from '../types/collections.ts';
import { elementsOf } from '../types/enumerate.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { ErrorRecord, ExceptionValue, ScriptError } from '../types/error-record.ts';
import { exception, runtimeError } from '../types/errors.ts';
import { exceptionType } from '../types/error-record.ts';
import { convertTo } from '../types/convert.ts';
import { matchesTable } from '../types/text-operators.ts';
import { regexIgnoreCase, regexOf } from '../types/regex-port.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import { isTrue } from '../types/truth.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull, unwrap } from '../types/value.ts';
import { wildcard } from '../types/wildcard.ts';
import {
  breaking,
  continuing,
  ExitFlow,
  LoopFlow,
  normal,
  PipelineStopFlow,
  returning,
  StopFlow,
} from '../run/flow.ts';
import type { Signal } from '../run/flow.ts';
import type { ExtentLike, Frame } from '../run/frame.ts';
import { asScriptError, locate, statementFailed } from '../run/report.ts';
import { Variable } from '../run/scope.ts';
import { flush, ListSink, writeUnrolled } from '../run/sink.ts';
import type { Steps } from '../run/steps.ts';
import { assignVariable } from '../run/variables.ts';
import { assignExpression } from './assignment.ts';
import { exceptionTypeNamed } from '../types/dotnet/exceptions.ts';
import { defineTypes } from './class.ts';
import {
  attempt,
  attemptedExpr,
  attemptedStmt,
  attemptStatement,
  rest,
  suspend,
  suspended,
} from './attempt.ts';
import type { Suspended } from './attempt.ts';
import type { Expr, Stmt } from './code.ts';
import { collected } from './collected.ts';
import { compilePipeline, pipelineValue } from './command.ts';
import type { CompileContext } from './context.ts';
import { compileExpression, evaluate } from './expression.ts';
import type { ExpressionAst, StatementAst, TrapStatementAst, TypeDefinitionAst } from '../parse/tree.ts';
import { isPureExpressionPipeline } from '../parse/tree.ts';
import { typeFromName } from './type-name.ts';
import { ScriptBlockValue as BlockClass } from '../types/script-block.ts';
import { unitFor } from './unit.ts';
import { resolveType } from '../types/registry.ts';
import { loadUsing } from '../run/using.ts';

const passesThrough = (error: unknown): boolean =>
  error instanceof LoopFlow ||
  error instanceof ExitFlow ||
  error instanceof StopFlow ||
  error instanceof PipelineStopFlow;

/** The value of a statement in an expression's place: right side of `=`, hashtable entries, parentheses. */
export function compilePipelineValue(
  node: StatementAst,
  context: CompileContext,
  _inHashtable = false,
): Expr {
  if (node.kind === 'PipelineAst') {
    if (isPureExpressionPipeline(node))
      return compileExpression(node.pipelineElements[0].expression, context);
    return pipelineValue(node, context);
  }
  if (node.kind === 'CommandExpressionAst') return compileExpression(node.expression, context);
  if (node.kind === 'AssignmentStatementAst') return assignExpression(node, context);
  return collected(compileStatement(node, context), (signal, frame) => {
    if (signal === breaking || signal === continuing) throw new LoopFlow(signal, frame.label);
    if (signal === returning) throw new ReturnFlow();
  });
}
class ReturnFlow extends Error {}

/** Compiled statements with their places, run in order; errors are handled statement by statement. */
export function compileBlock(
  block: {
    readonly statements: readonly StatementAst[];
    readonly traps?: readonly TrapStatementAst[] | undefined;
  },
  context: CompileContext,
): Stmt {
  // Functions of a block exist before its first statement runs only where PowerShell says so: it does not.
  const traps = (block.traps ?? []).map((t) => compileTrap(t, context));
  const statements = block.statements.filter((s) => s.kind !== 'TrapStatementAst');
  const codes = withTypesFirst(statements, context);
  if (traps.length > 0) return withTraps(codes, traps);
  if (codes.length === 1) {
    const { code, extent } = codes[0] as (typeof codes)[number];
    return guarded(code, extent);
  }
  if (codes.every((c) => c.code.sync)) {
    const runs = codes.map((c) => c.code.run as (frame: Frame) => Signal);
    const extents = codes.map((c) => c.extent);
    const count = runs.length;
    return {
      sync: true,
      run: (frame) => {
        for (let i = 0; i < count; i++) {
          let signal: Signal;
          try {
            signal = (runs[i] as (frame: Frame) => Signal)(frame);
          } catch (error) {
            if (passesThrough(error)) throw error;
            signal = statementFailed(error, frame, extents[i] as ExtentLike);
          }
          if (signal !== normal) return signal;
        }
        return normal;
      },
    };
  }
  const from = (frame: Frame, first: number): Signal | Suspended => {
    for (let i = first; i < codes.length; i++) {
      const { code, extent } = codes[i] as (typeof codes)[number];
      let signal: Signal | Suspended;
      try {
        signal = attemptStatement(code, frame);
      } catch (error) {
        if (passesThrough(error)) throw error;
        signal = statementFailed(error, frame, extent);
      }
      if (signal === suspended) return suspend(frame, goOn(rest(frame), frame, i));
      if (signal !== normal) return signal;
    }
    return normal;
  };
  function* goOn(steps: Steps<Signal>, frame: Frame, at: number): Steps<Signal> {
    let signal: Signal | Suspended;
    try {
      signal = yield* steps;
    } catch (error) {
      if (passesThrough(error)) throw error;
      signal = statementFailed(error, frame, (codes[at] as (typeof codes)[number]).extent);
    }
    if (signal !== normal) return signal;
    signal = from(frame, at + 1);
    return signal === suspended ? yield* rest<Signal>(frame) : signal;
  }
  return attemptedStmt((frame) => from(frame, 0));
}

/** `return` of a method: the value as it is, where no command stands in between. */
function methodResult(value: Expr): Stmt {
  const give = (frame: Frame, result: Value): void => {
    if (result !== automationNull) frame.returnSink?.write(result);
  };
  return value.sync
    ? {
        sync: true,
        run: (frame) => {
          give(frame, value.run(frame));
          return returning;
        },
      }
    : {
        sync: false,
        *run(frame) {
          give(frame, yield* value.run(frame));
          return returning;
        },
      };
}

const definition = (nodes: readonly TypeDefinitionAst[], context: CompileContext): Stmt => ({
  sync: true,
  run: (frame) => {
    defineTypes(nodes, context, frame);
    return normal;
  },
});
/** The classes and enums of a block exist before its first statement runs; `using` comes before them. */
function withTypesFirst(
  statements: readonly StatementAst[],
  context: CompileContext,
): { readonly code: Stmt; readonly extent: ExtentLike }[] {
  const types = statements.filter((s) => s.kind === 'TypeDefinitionAst');
  const codes = statements
    .filter((s) => s.kind !== 'TypeDefinitionAst')
    .map((s) => ({ code: compileStatement(s, context), extent: s.extent }));
  const [first] = types;
  if (!first) return codes;
  const using = statements.filter((s) => s.kind === 'UsingStatementAst').length;
  return codes.toSpliced(using, 0, { code: definition(types, context), extent: first.extent });
}

function guarded(code: Stmt, extent: ExtentLike): Stmt {
  if (code.sync) {
    const { run } = code;
    return {
      sync: true,
      run: (frame) => {
        try {
          return run(frame);
        } catch (error) {
          if (passesThrough(error)) throw error;
          return statementFailed(error, frame, extent);
        }
      },
    };
  }
  const fix = (error: unknown, frame: Frame): Signal => {
    if (passesThrough(error)) throw error;
    return statementFailed(error, frame, extent);
  };
  function* goOn(steps: Steps<Signal>, frame: Frame): Steps<Signal> {
    try {
      return yield* steps;
    } catch (error) {
      return fix(error, frame);
    }
  }
  return attemptedStmt((frame) => {
    let signal: Signal | Suspended;
    try {
      signal = attemptStatement(code, frame);
    } catch (error) {
      return fix(error, frame);
    }
    return signal === suspended ? suspend(frame, goOn(rest(frame), frame)) : signal;
  });
}

/** The other form of a statement, for parts that are mixed. */
function* runStatement(code: Stmt, frame: Frame): Steps<Signal> {
  const signal = attemptStatement(code, frame);
  return signal === suspended ? yield* rest<Signal>(frame) : signal;
}

interface Trap {
  readonly type: () => DotNetType | undefined;
  readonly body: Stmt;
}
function compileTrap(node: TrapStatementAst, context: CompileContext): Trap {
  const body = compileBlock(node.body, context);
  const name = node.trapType?.typeName;
  return { type: () => (name ? (typeFromName(name, context.using) ?? exceptionType) : undefined), body };
}
function withTraps(
  codes: readonly { readonly code: Stmt; readonly extent: ExtentLike }[],
  traps: readonly Trap[],
): Stmt {
  return {
    sync: false,
    *run(frame) {
      const { session } = frame;
      for (const { code, extent } of codes) {
        let signal: Signal;
        session.tryDepth++;
        let entered = true;
        try {
          signal = yield* runStatement(code, frame);
        } catch (error) {
          session.tryDepth--;
          entered = false;
          if (passesThrough(error)) throw error;
          const failure = asScriptError(error);
          locate(failure, frame, extent);
          const match = traps
            .map((t) => ({ trap: t, hit: matchHandler(failure, t.type()) }))
            .find((m) => m.hit);
          if (!match?.hit) {
            signal = statementFailed(failure, frame, extent);
          } else {
            session.recordError(failure.record);
            setError(frame, match.hit);
            const inside = yield* runStatement(match.trap.body, frame);
            if (inside === continuing) signal = normal;
            else if (inside === breaking) throw failure;
            else if (inside === returning) return returning;
            else {
              frame.streams.error.write(failure.record);
              signal = normal;
            }
          }
        }
        if (entered) session.tryDepth--;
        if (signal !== normal) return signal;
      }
      return normal;
    },
  };
}

function setError(frame: Frame, record: ErrorRecord): void {
  const known = frame.scope.variables.get('_');
  if (known) known.value = record;
  else frame.scope.variables.set('_', new Variable('_', record));
}

/** The record a handler of the type sees, or undefined where it does not match. */
function matchHandler(error: ScriptError, type: DotNetType | undefined): ErrorRecord | undefined {
  const { record } = error;
  if (type === undefined) return record;
  const { exception: outer } = record;
  const { inner } = outer;
  if (inner && isWrapper(outer) && inner.type.isAssignableTo(type)) return replaced(record, inner);
  if (outer.type.isAssignableTo(type)) return record;
  if (inner?.type.isAssignableTo(type)) return replaced(record, inner);
  return undefined;
}
const isWrapper = (e: ExceptionValue): boolean => e.type.fullName.startsWith('System.Management.Automation.');
function replaced(record: ErrorRecord, inner: ExceptionValue): ErrorRecord {
  const copy = new ErrorRecord(inner, record.errorId, record.category, record.target);
  copy.commandId = record.commandId;
  copy.invocation = record.invocation;
  copy.scriptStackTrace = record.scriptStackTrace;
  copy.activity = record.activity;
  copy.reason = record.reason;
  copy.details = record.details;
  copy.recorded = true;
  return copy;
}

/** An expression that stands as a statement inside another: its error is reported, and it writes nothing. */
export function asStatement(code: Expr, extent: ExtentLike): Expr {
  if (code.sync) {
    const { run } = code;
    return {
      sync: true,
      run(frame) {
        try {
          return run(frame);
        } catch (error) {
          if (passesThrough(error)) throw error;
          statementFailed(error, frame, extent);
          return automationNull;
        }
      },
    };
  }
  const { run } = code;
  return {
    sync: false,
    *run(frame) {
      try {
        return yield* run(frame);
      } catch (error) {
        if (passesThrough(error)) throw error;
        statementFailed(error, frame, extent);
        return automationNull;
      }
    },
  };
}

/** Writes the value of an expression statement. */
function expressionStatement(code: Expr): Stmt {
  if (code.sync) {
    const { run } = code;
    return {
      sync: true,
      run: (frame) => {
        const value = run(frame);
        frame.session.success = true;
        if (value !== automationNull) writeUnrolled(value, frame.out);
        return normal;
      },
    };
  }
  function* write(value: Value, frame: Frame): Steps<Signal> {
    frame.session.success = true;
    if (value === automationNull) return normal;
    const elements = elementsOf(value);
    if (elements) yield* flush(elements, frame.out);
    else {
      const step = frame.out.write(value);
      if (step) yield* step;
    }
    return normal;
  }
  function* goOn(steps: Steps<Value>, frame: Frame): Steps<Signal> {
    return yield* write(yield* steps, frame);
  }
  return attemptedStmt((frame) => {
    const value = attempt(code, frame);
    if (value === suspended) return suspend(frame, goOn(rest(frame), frame));
    if (!frame.out.sync) return suspend(frame, write(value, frame));
    frame.session.success = true;
    if (value !== automationNull) writeUnrolled(value, frame.out);
    return normal;
  });
}
function silentStatement(code: Expr): Stmt {
  if (code.sync) {
    const { run } = code;
    return {
      sync: true,
      run: (frame) => {
        run(frame);
        frame.session.success = true;
        return normal;
      },
    };
  }
  function* goOn(steps: Steps<Value>): Steps<Signal> {
    yield* steps;
    return normal;
  }
  return attemptedStmt((frame) =>
    attempt(code, frame) === suspended ? suspend(frame, goOn(rest(frame))) : normal,
  );
}

const isStep = (node: ExpressionAst): boolean =>
  node.kind === 'UnaryExpressionAst' && /plusplus|minusminus/i.test(node.tokenKind);

export function compileStatement(node: StatementAst, context: CompileContext): Stmt {
  switch (node.kind) {
    case 'PipelineAst':
      if (isPureExpressionPipeline(node)) {
        const { expression } = node.pipelineElements[0];
        const code = compileExpression(expression, context);
        return isStep(expression) ? silentStatement(code) : expressionStatement(code);
      }
      return compilePipeline(node, context);
    case 'CommandExpressionAst':
      return expressionStatement(compileExpression(node.expression, context));
    case 'CommandAst':
      return compilePipeline(
        { kind: 'PipelineAst', extent: node.extent, pipelineElements: [node] } as never,
        context,
      );
    case 'PipelineChainAst':
      return compileChain(node, context);
    case 'AssignmentStatementAst':
      return silentStatement(assignExpression(node, context));
    case 'IfStatementAst':
      return compileIf(node, context);
    case 'WhileStatementAst':
      return loop(
        context,
        node.label,
        undefined,
        compilePipelineValue(node.condition, context),
        undefined,
        compileBlock(node.body, context),
        false,
      );
    case 'DoWhileStatementAst':
      return loop(
        context,
        node.label,
        undefined,
        compilePipelineValue(node.condition, context),
        undefined,
        compileBlock(node.body, context),
        true,
      );
    case 'DoUntilStatementAst': {
      const condition = compilePipelineValue(node.condition, context);
      const negated: Expr = condition.sync
        ? { sync: true, run: (frame) => !isTrue(condition.run(frame)) }
        : {
            sync: false,
            *run(frame) {
              return !isTrue(yield* condition.run(frame));
            },
          };
      return loop(context, node.label, undefined, negated, undefined, compileBlock(node.body, context), true);
    }
    case 'ForStatementAst':
      return loop(
        context,
        node.label,
        node.initializer ? compileStatement(silent(node.initializer), context) : undefined,
        node.condition ? compilePipelineValue(node.condition, context) : undefined,
        node.iterator ? compileStatement(silent(node.iterator), context) : undefined,
        compileBlock(node.body, context),
        false,
      );
    case 'ForEachStatementAst':
      return compileForEach(node, context);
    case 'SwitchStatementAst':
      return compileSwitch(node, context);
    case 'BreakStatementAst':
      return jump(breaking, node.label, context);
    case 'ContinueStatementAst':
      return jump(continuing, node.label, context);
    case 'ReturnStatementAst': {
      if (!node.pipeline) return { sync: true, run: () => returning };
      if (context.inMethod && isStepPipeline(node.pipeline)) return returnStep(node.pipeline, context);
      if (context.inMethod && isPureExpressionPipeline(node.pipeline))
        return methodResult(compileExpression(node.pipeline.pipelineElements[0].expression, context));
      const inner = compileStatement(node.pipeline, context);
      if (inner.sync) {
        const { run } = inner;
        return {
          sync: true,
          run: (frame) => {
            const { out } = frame;
            if (frame.returnSink) frame.out = frame.returnSink;
            run(frame);
            frame.out = out;
            return returning;
          },
        };
      }
      function* goOn(steps: Steps<Signal>, frame: Frame, out: Frame['out']): Steps<Signal> {
        yield* steps;
        frame.out = out;
        return returning;
      }
      return attemptedStmt((frame) => {
        const { out } = frame;
        if (frame.returnSink) frame.out = frame.returnSink;
        if (attemptStatement(inner, frame) === suspended)
          return suspend(frame, goOn(rest(frame), frame, out));
        frame.out = out;
        return returning;
      });
    }
    case 'ExitStatementAst': {
      const value = node.pipeline ? compilePipelineValue(node.pipeline, context) : undefined;
      return {
        sync: false,
        *run(frame) {
          const code = value ? yield* evaluate(value, frame) : 0;
          const bare = unwrap(code);
          throw new ExitFlow(typeof bare === 'number' ? bare : exitCode(bare));
        },
      };
    }
    case 'ThrowStatementAst':
      return compileThrow(node, context);
    case 'TryStatementAst':
      return compileTry(node, context);
    case 'TrapStatementAst':
      return { sync: true, run: () => normal };
    case 'FunctionDefinitionAst': {
      const { body, name, isFilter } = node;
      const colon = name.indexOf(':');
      const scopeName = colon > 0 ? name.slice(0, colon).toLowerCase() : '';
      const bare = colon > 0 ? name.slice(colon + 1) : name;
      const parameters = node.parameters ?? undefined;
      const head =
        parameters && parameters.length > 0
          ? `param(${parameters.map((p) => p.extent.text).join(', ')})\n`
          : '';
      let unit: ReturnType<typeof unitFor> | undefined;
      return {
        sync: true,
        run: (frame) => {
          unit ??= unitFor(body, context.file, context.session, context.using, parameters);
          const block = new BlockClass(body, unit, context.file);
          block.head = head;
          block.definition = node;
          const scope =
            scopeName === 'global'
              ? frame.session.globalScope
              : scopeName === 'script'
                ? frame.scope.script
                : frame.scope;
          frame.session.defineFunction(bare, block, scope, isFilter);
          return normal;
        },
      };
    }
    case 'TypeDefinitionAst':
      return definition([node], context);
    case 'UsingStatementAst':
      return {
        sync: false,
        *run(frame) {
          yield* loadUsing(node, frame);
          return normal;
        },
      };
    case 'DataStatementAst': {
      const body = compileBlock(node.body, context);
      const { variable } = node;
      if (!variable) return body;
      const slot = context.slot(variable.toLowerCase());
      return {
        sync: false,
        *run(frame) {
          const list = new ListSink();
          const { out } = frame;
          frame.out = list;
          try {
            yield* runStatement(body, frame);
          } finally {
            frame.out = out;
          }
          assignVariable(frame, variable.toLowerCase(), variable, list.value(), slot);
          return normal;
        },
      };
    }
    case 'BlockStatementAst':
      return compileBlock(node.body, context);
    default:
      return {
        sync: true,
        run: () => {
          throw runtimeError('NotSupported', `${node.kind} is not supported.`, 'NotImplemented');
        },
      };
  }
}

/** Start and step of `for` write nothing. */
const silent = (node: StatementAst): StatementAst => node;

function exitCode(value: Value): number {
  try {
    return Number(convertTo(value, resolveType('int') as DotNetType));
  } catch {
    return value === null ? 0 : 1;
  }
}

function compileChain(
  node: Extract<StatementAst, { kind: 'PipelineChainAst' }>,
  context: CompileContext,
): Stmt {
  const left = compileStatement(node.lhsPipelineChain, context);
  const right = compileStatement(node.rhsPipeline, context);
  const wantSuccess = /and/i.test(node.operator);
  return {
    sync: false,
    *run(frame) {
      let signal: Signal;
      try {
        signal = yield* runStatement(left, frame);
      } catch (error) {
        if (passesThrough(error)) throw error;
        signal = statementFailed(error, frame, node.lhsPipelineChain.extent);
      }
      if (signal !== normal) return signal;
      return frame.session.success === wantSuccess ? yield* runStatement(right, frame) : normal;
    },
  };
}

function compileIf(node: Extract<StatementAst, { kind: 'IfStatementAst' }>, context: CompileContext): Stmt {
  const clauses = node.clauses.map(([condition, body]) => ({
    condition: located(compilePipelineValue(condition, context), condition.extent),
    body: compileBlock(body, context),
  }));
  const otherwise = node.elseClause ? compileBlock(node.elseClause, context) : undefined;
  if (clauses.every((c) => c.condition.sync && c.body.sync) && (!otherwise || otherwise.sync)) {
    const tests = clauses.map((c) => c.condition.run as (frame: Frame) => Value);
    const bodies = clauses.map((c) => c.body.run as (frame: Frame) => Signal);
    const last = otherwise?.run as ((frame: Frame) => Signal) | undefined;
    if (tests.length === 1) {
      const test = tests[0] as (frame: Frame) => Value;
      const body = bodies[0] as (frame: Frame) => Signal;
      return {
        sync: true,
        run: (frame) => (isTrue(test(frame)) ? body(frame) : last ? last(frame) : normal),
      };
    }
    return {
      sync: true,
      run: (frame) => {
        for (let i = 0; i < tests.length; i++)
          if (isTrue((tests[i] as (frame: Frame) => Value)(frame)))
            return (bodies[i] as (frame: Frame) => Signal)(frame);
        return last ? last(frame) : normal;
      },
    };
  }
  const from = (frame: Frame, first: number): Signal | Suspended => {
    for (let i = first; i < clauses.length; i++) {
      const { condition, body } = clauses[i] as (typeof clauses)[number];
      const value = attempt(condition, frame);
      if (value === suspended) return suspend(frame, goOn(rest(frame), frame, i));
      if (isTrue(value)) return attemptStatement(body, frame);
    }
    return otherwise ? attemptStatement(otherwise, frame) : normal;
  };
  function* goOn(steps: Steps<Value>, frame: Frame, at: number): Steps<Signal> {
    const signal = isTrue(yield* steps)
      ? attemptStatement((clauses[at] as (typeof clauses)[number]).body, frame)
      : from(frame, at + 1);
    return signal === suspended ? yield* rest<Signal>(frame) : signal;
  }
  return attemptedStmt((frame) => from(frame, 0));
}

/** An error in a condition points at the condition. */
function located(code: Expr, extent: ExtentLike): Expr {
  const fix = (error: unknown, frame: Frame): never => {
    if (passesThrough(error)) throw error;
    const failure = asScriptError(error);
    locate(failure, frame, extent);
    throw failure;
  };
  if (code.sync) {
    const { run } = code;
    return {
      sync: true,
      run: (frame) => {
        try {
          return run(frame);
        } catch (error) {
          return fix(error, frame);
        }
      },
    };
  }
  function* goOn(steps: Steps<Value>, frame: Frame): Steps<Value> {
    try {
      return yield* steps;
    } catch (error) {
      return fix(error, frame);
    }
  }
  return attemptedExpr((frame) => {
    let value: Value | Suspended;
    try {
      value = attempt(code, frame);
    } catch (error) {
      return fix(error, frame);
    }
    return value === suspended ? suspend(frame, goOn(rest(frame), frame)) : value;
  });
}

/** What a loop does with how its body ended: undefined means go on. */
function afterBody(signal: Signal, frame: Frame, label: string | undefined): Signal | undefined {
  if (signal === normal) return undefined;
  if (signal === returning) return returning;
  const wanted = frame.label;
  if (wanted !== undefined && wanted !== label) return signal;
  frame.label = undefined;
  return signal === breaking ? normal : undefined;
}
/** The same for a break or continue that came as an exception out of a call. */
function fromFlow(error: unknown, frame: Frame): Signal {
  if (!(error instanceof LoopFlow)) throw error;
  frame.label = error.label;
  return error.signal;
}

function loop(
  _context: CompileContext,
  labelText: string | null | undefined,
  start: Stmt | undefined,
  condition: Expr | undefined,
  step: Stmt | undefined,
  body: Stmt,
  bodyFirst: boolean,
): Stmt {
  const label = labelText?.toLowerCase();
  return {
    sync: false,
    *run(frame) {
      const { session } = frame;
      if (start) {
        if (start.sync) start.run(frame);
        else yield* start.run(frame);
      }
      let first = bodyFirst;
      for (;;) {
        if (++session.ticks >= session.tickLimit) yield* session.safepoint();
        if (
          !first &&
          condition &&
          !isTrue(condition.sync ? condition.run(frame) : yield* condition.run(frame))
        )
          return normal;
        first = false;
        let signal: Signal;
        try {
          const done = attemptStatement(body, frame);
          signal = done === suspended ? yield* rest<Signal>(frame) : done;
        } catch (error) {
          signal = fromFlow(error, frame);
        }
        if (signal !== normal) {
          const end = afterBody(signal, frame, label);
          if (end !== undefined) return end;
        }
        if (step) {
          if (step.sync) step.run(frame);
          else yield* step.run(frame);
        }
      }
    },
  };
}

function compileForEach(
  node: Extract<StatementAst, { kind: 'ForEachStatementAst' }>,
  context: CompileContext,
): Stmt {
  const source = located(compilePipelineValue(node.condition, context), node.condition.extent);
  const body = compileBlock(node.body, context);
  const path = node.variable.variablePath.userPath.replace(/^(local|private):/i, '');
  const lower = path.toLowerCase();
  const slot = context.slot(lower);
  const label = node.label?.toLowerCase();
  return {
    sync: false,
    *run(frame) {
      const { session } = frame;
      const value = source.sync ? source.run(frame) : yield* source.run(frame);
      if (value === automationNull || value === null) return normal;
      const elements = elementsOf(value);
      const items: readonly Value[] = elements ?? [value];
      const watched = value instanceof ListValue ? (value.owner ?? value) : undefined;
      const version = watched?.version;
      const { variables } = frame.scope;
      const before = variables.get('foreach');
      // Scripts may move the loop on: `$foreach.MoveNext()`.
      const cursor = new EnumeratorValue(enumeratorType, items);
      const marker = new Variable('foreach', cursor);
      variables.set('foreach', marker);
      try {
        for (;;) {
          if (++session.ticks >= session.tickLimit) yield* session.safepoint();
          if (watched && watched.version !== version)
            throw runtimeError(
              'System.InvalidOperationException',
              'Collection was modified; enumeration operation may not execute.',
              'OperationStopped',
              null,
              'System.InvalidOperationException',
            );
          if (!cursor.moveNext()) break;
          const item = items[cursor.at] as Value;
          const known = frame.locals[slot];
          if (known !== undefined && !known.removed && !known.special) known.value = item;
          else assignVariable(frame, lower, path, item, slot);
          let signal: Signal;
          try {
            const done = attemptStatement(body, frame);
            signal = done === suspended ? yield* rest<Signal>(frame) : done;
          } catch (error) {
            signal = fromFlow(error, frame);
          }
          if (signal !== normal) {
            const end = afterBody(signal, frame, label);
            if (end !== undefined) return end;
          }
        }
      } finally {
        marker.removed = true;
        if (before) variables.set('foreach', before);
        else variables.delete('foreach');
      }
      return normal;
    },
  };
}

function jump(
  signal: typeof breaking | typeof continuing,
  labelNode: ExpressionAst | null | undefined,
  context: CompileContext,
): Stmt {
  if (!labelNode) {
    return {
      sync: true,
      run: (frame) => {
        frame.label = undefined;
        return signal;
      },
    };
  }
  const label = compileExpression(labelNode, context);
  if (label.sync) {
    const { run } = label;
    return {
      sync: true,
      run: (frame) => {
        const text = toText(run(frame)).toLowerCase();
        frame.label = text === '' ? undefined : text;
        return signal;
      },
    };
  }
  return {
    sync: false,
    *run(frame) {
      frame.label = toText(yield* evaluate(label, frame)).toLowerCase();
      return signal;
    },
  };
}

function compileSwitch(
  node: Extract<StatementAst, { kind: 'SwitchStatementAst' }>,
  context: CompileContext,
): Stmt {
  const flags = node.flags.toLowerCase();
  const caseSensitive = flags.includes('casesensitive');
  const mode = flags.includes('regex') ? 'regex' : flags.includes('wildcard') ? 'wildcard' : 'exact';
  const isFile = flags.includes('file');
  const source = located(compilePipelineValue(node.condition, context), node.condition.extent);
  const clauses = node.clauses.map(([test, body]) => ({
    test: compileExpression(test, context),
    body: compileBlock(body, context),
  }));
  const otherwise = node.default ? compileBlock(node.default, context) : undefined;
  const label = node.label?.toLowerCase();
  return {
    sync: false,
    *run(frame) {
      const { session } = frame;
      const value = yield* evaluate(source, frame);
      const items = isFile
        ? readLines(frame, toText(value))
        : value === automationNull
          ? []
          : (elementsOf(value) ?? [value]);
      const { variables } = frame.scope;
      let underscore = variables.get('_');
      const before = underscore?.value ?? null;
      if (!underscore) variables.set('_', (underscore = new Variable('_', null)));
      const outer = variables.get('switch');
      const cursor = new EnumeratorValue(enumeratorType, items);
      const marker = new Variable('switch', cursor);
      variables.set('switch', marker);
      try {
        while (cursor.moveNext()) {
          const item = cursor.current;
          if (++session.ticks >= session.tickLimit) yield* session.safepoint();
          let hit = false;
          let signal: Signal = normal;
          for (const { test, body } of clauses) {
            underscore.value = item;
            const wanted = yield* evaluate(test, frame);
            if (!(yield* switchMatches(frame, item, wanted, mode, caseSensitive))) continue;
            hit = true;
            try {
              signal = yield* runStatement(body, frame);
            } catch (error) {
              signal = fromFlow(error, frame);
            }
            if (signal !== normal) break;
          }
          if (!hit && otherwise) {
            underscore.value = item;
            try {
              signal = yield* runStatement(otherwise, frame);
            } catch (error) {
              signal = fromFlow(error, frame);
            }
          }
          if (signal !== normal) {
            const end = afterBody(signal, frame, label);
            if (end !== undefined) return end;
          }
        }
      } finally {
        underscore.value = before;
        marker.removed = true;
        if (outer) variables.set('switch', outer);
        else variables.delete('switch');
      }
      return normal;
    },
  };
}

import { callBlock } from '../run/invoke.ts';
import { fullPath, scriptText } from '../run/command-lookup.ts';

function readLines(frame: Frame, path: string): Value[] {
  const { session } = frame;
  const content = session.host.files.read(fullPath(session, path));
  if (!content.ok)
    throw runtimeError(
      'FileOpenError',
      content.error.message,
      'OpenError',
      path,
      'System.IO.FileNotFoundException',
    );
  const lines = scriptText(content.value, false).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function* switchMatches(
  frame: Frame,
  item: Value,
  wanted: Value,
  mode: 'exact' | 'wildcard' | 'regex',
  caseSensitive: boolean,
): Steps<boolean> {
  const test = unwrap(wanted);
  if (test instanceof ScriptBlockValue) {
    return isTrue(yield* callBlock(frame.session, test, [], frame, { self: item }));
  }
  if (mode === 'regex') {
    const match = regexOf(toText(test), caseSensitive ? 0 : regexIgnoreCase).match(toText(item));
    if (match) frame.setMatches(matchesTable(match));
    return match !== undefined;
  }
  if (mode === 'wildcard') return wildcard(toText(test), !caseSensitive)(toText(item));
  // Values compare as text; null is only itself.
  if (isNull(test)) return isNull(item);
  return equalText(toText(item), toText(test), !caseSensitive);
}

const isStepPipeline = (node: StatementAst): boolean =>
  isPureExpressionPipeline(node) && isStep(node.pipelineElements[0].expression);

/** `return ++$x` in a method: there the step has a value, where elsewhere a step alone writes nothing. */
function returnStep(node: StatementAst, context: CompileContext): Stmt {
  const value = compilePipelineValue(node, context);
  return {
    sync: false,
    *run(frame) {
      const result = yield* evaluate(value, frame);
      const step = (frame.returnSink ?? frame.out).write(result);
      if (step) yield* step;
      return returning;
    },
  };
}

function compileThrow(
  node: Extract<StatementAst, { kind: 'ThrowStatementAst' }>,
  context: CompileContext,
): Stmt {
  const value = node.pipeline ? compilePipelineValue(node.pipeline, context) : undefined;
  const { extent } = node;
  return {
    sync: false,
    *run(frame) {
      const thrown = value ? yield* evaluate(value, frame) : undefined;
      const error = makeThrown(thrown, frame);
      error.record.invocation = null;
      error.record.scriptStackTrace = null;
      error.record.exception.thrown = true;
      locate(error, frame, extent);
      throw error;
    },
  };
}

/** The error a `throw` makes of its operand. */
function makeThrown(value: Value | undefined, frame: Frame): ScriptError {
  if (value === undefined) {
    const current = frame.scope.find('_')?.value;
    if (current instanceof ErrorRecord) return new ScriptError(current, true);
    return new ScriptError(
      recordOf(
        exception('System.Management.Automation.RuntimeException', 'ScriptHalted'),
        'ScriptHalted',
        null,
      ),
      true,
    );
  }
  const bare = unwrap(value);
  if (bare instanceof ErrorRecord) return new ScriptError(bare, true);
  if (bare instanceof ExceptionValue)
    return new ScriptError(bare.errorRecord ?? recordOf(bare, bare.message, null), true);
  const text = toText(bare);
  if (bare === null) {
    return new ScriptError(
      recordOf(
        exception('System.Management.Automation.RuntimeException', 'ScriptHalted'),
        'ScriptHalted',
        null,
      ),
      true,
    );
  }
  return new ScriptError(
    recordOf(exception('System.Management.Automation.RuntimeException', text), text, value),
    true,
  );
}
function recordOf(value: ExceptionValue, id: string, target: Value): ErrorRecord {
  const record = new ErrorRecord(value, id, 'OperationStopped', target);
  value.errorRecord = record;
  return record;
}

function compileTry(node: Extract<StatementAst, { kind: 'TryStatementAst' }>, context: CompileContext): Stmt {
  const body = compileBlock(node.body, context);
  const handlers = node.catchClauses.map((c) => ({
    types: c.catchTypes.map((t) => t.typeName),
    body: compileBlock(c.body, context),
  }));
  const last = node.finally ? compileBlock(node.finally, context) : undefined;
  return {
    sync: false,
    *run(frame) {
      const { session } = frame;
      const depth = session.tryDepth;
      const call = session.frame;
      let signal: Signal = normal;
      let stopped = false;
      try {
        if (handlers.length > 0) session.tryDepth = depth + 1;
        try {
          signal = yield* runStatement(body, frame);
        } catch (error) {
          session.tryDepth = depth;
          session.frame = call;
          if (passesThrough(error) || handlers.length === 0) throw error;
          const failure = asScriptError(error);
          locate(failure, frame, node.body.extent);
          session.recordError(failure.record);
          let handled = false;
          for (const handler of bestFirst(handlers, failure, context)) {
            const own = frame.scope.variables.get('_');
            const before = own?.value ?? null;
            setError(frame, handler.record);
            handled = true;
            try {
              signal = yield* runStatement(handler.body, frame);
            } finally {
              const now = frame.scope.variables.get('_');
              if (now) now.value = before;
            }
            break;
          }
          if (!handled) throw failure;
        }
      } catch (error) {
        stopped = error instanceof StopFlow;
        throw error;
      } finally {
        session.tryDepth = depth;
        if (last && !stopped) {
          const ended = yield* runStatement(last, frame);
          if (ended !== normal) signal = ended;
        }
      }
      return signal;
    },
  };
}

interface Handler {
  readonly types: readonly { readonly fullName: string }[];
  readonly body: Stmt;
}
/** The handler that runs: the first that names a type of the error, else the one without types. */
function bestFirst(
  handlers: readonly Handler[],
  failure: ScriptError,
  context: CompileContext,
): { readonly body: Stmt; readonly record: ErrorRecord }[] {
  for (const handler of handlers) {
    for (const name of handler.types) {
      const type = typeFromName(name, context.using);
      if (!type) {
        throw runtimeError(
          'TypeNotFound',
          `Unable to find type [${name.fullName}].`,
          'InvalidOperation',
          name.fullName,
        );
      }
      const record = matchHandler(failure, type);
      if (record) return [{ body: handler.body, record }];
    }
  }
  if (failure.fromPreference) {
    const own = exceptionTypeNamed('System.Management.Automation.ActionPreferenceStopException');
    for (const handler of handlers)
      if (
        handler.types.some((name) => own.isAssignableTo(typeFromName(name, context.using) ?? exceptionType))
      )
        return [{ body: handler.body, record: failure.record }];
  }
  const all = handlers.find((h) => h.types.length === 0);
  return all ? [{ body: all.body, record: failure.record }] : [];
}
