import { differences } from '../dialects/index.ts';
import { DictionaryValue } from '../types/collections.ts';
import { elementsOf } from '../types/enumerate.ts';
import { runtimeError } from '../types/errors.ts';
import { PSArray } from '../types/objects.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull, PSWrapped, unwrap } from '../types/value.ts';
import type { Argument } from '../run/binder.ts';
import { CommandInfo } from '../run/command-info.ts';
import { normal } from '../run/flow.ts';
import type { Signal } from '../run/flow.ts';
import type { ExtentLike, Frame } from '../run/frame.ts';
import { FunctionRun, runAlone } from '../run/invoke.ts';
import { ModuleValue } from '../run/module.ts';
import { hooks } from '../types/hooks.ts';
import { commandNotFound } from '../run/command-not-found.ts';
import { hasDefaultParameters } from '../run/default-parameters.ts';
import { statementInvocation } from '../run/report.ts';
import { makeProcessor, runPipeline } from '../run/pipeline.ts';
import type { PreparedCommand } from '../run/pipeline.ts';
import type { Sink } from '../run/sink.ts';
import type { Session } from '../run/session.ts';
import type { Step, Steps, Work } from '../run/steps.ts';
import { attemptedStmt, suspend } from './attempt.ts';
import type { Expr, Stmt } from './code.ts';
import { collected } from './collected.ts';
import type { CompileContext } from './context.ts';
import { compileExpression, evaluate } from './expression.ts';
import { compileRedirections } from './redirection.ts';
import type { CommandAst, CommandElementAst, ExpressionAst, PipelineAst } from '../parse/tree.ts';
import { jobFor } from '../run/background.ts';

type Element =
  | { readonly kind: 'value'; readonly code: Expr }
  | { readonly kind: 'splat'; readonly code: Expr }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly text: string;
      readonly code: Expr | undefined;
    };

interface CommandCode {
  /** Name as written, where it is fixed. */
  readonly name: string | undefined;
  readonly nameCode: Expr | undefined;
  readonly dotted: boolean;
  readonly ampersand: boolean;
  readonly elements: readonly Element[];
  /** With the first `--`, which programs get and PowerShell's own commands do not. */
  readonly allElements: readonly Element[];
  /** `f(1, 2)`: called as if it were a method. */
  readonly methodLike: boolean;
  readonly extent: ExtentLike;
  readonly nameExtent: ExtentLike;
  readonly redirect: ReturnType<typeof compileRedirections>;
  /** Nothing in the arguments may suspend. */
  readonly sync: boolean;
  cache: { version: number; info: CommandInfo; scope: unknown } | undefined;
}

const plain = (value: Value): Value => (value === automationNull ? null : value);

function compileElement(node: CommandElementAst, context: CompileContext): Element {
  if (node.kind === 'CommandParameterAst') {
    const colon = node.extent.text.endsWith(':') || node.argument ? ':' : '';
    return {
      kind: 'parameter',
      name: node.parameterName,
      text: node.argument ? `-${node.parameterName}:` : node.extent.text,
      code: node.argument ? argumentCode(node.argument, context) : undefined,
      ...(colon === '' ? {} : {}),
    };
  }
  if (node.kind === 'VariableExpressionAst' && node.splatted)
    return { kind: 'splat', code: compileExpression(node, context) };
  return { kind: 'value', code: argumentCode(node, context) };
}

/** A number keeps the text it is written as: `[string]` parameters and programs get `0x10`, not `16`. */
function argumentCode(node: ExpressionAst, context: CompileContext): Expr {
  if (node.kind !== 'ConstantExpressionAst' || node.value === null || typeof node.value === 'boolean')
    return compileExpression(node, context);
  const { text } = node.extent;
  if (toText(node.value) === text) return compileExpression(node, context);
  const value = new PSWrapped(node.value, text);
  return { sync: true, run: () => value };
}

function compileCommand(node: CommandAst, context: CompileContext): CommandCode {
  const [first, ...rest] = node.commandElements as readonly [CommandElementAst, ...CommandElementAst[]];
  const allElements = rest.map((e) => compileElement(e, context));
  const [only] = rest;
  const methodLike =
    rest.length === 1 &&
    only?.kind === 'ParenExpressionAst' &&
    only.extent.startOffset === first.extent.endOffset &&
    only.pipeline.kind === 'PipelineAst' &&
    only.pipeline.pipelineElements.length === 1 &&
    only.pipeline.pipelineElements[0]?.kind === 'CommandExpressionAst' &&
    only.pipeline.pipelineElements[0].expression.kind === 'ArrayLiteralAst';
  const dashes = rest.findIndex((e) => e.kind === 'CommandParameterAst' && e.parameterName === '-');
  const elements = dashes < 0 ? allElements : allElements.filter((_, i) => i !== dashes);
  const fixed = first.kind === 'StringConstantExpressionAst' ? first.value : undefined;
  const nameCode =
    fixed === undefined && first.kind !== 'CommandParameterAst'
      ? compileExpression(first, context)
      : undefined;
  const operator = node.invocationOperator.toLowerCase();
  return {
    name: fixed,
    nameCode,
    dotted: operator === 'dot',
    ampersand: operator === 'ampersand',
    elements,
    allElements,
    methodLike,
    extent: node.extent,
    nameExtent: first.extent,
    redirect: compileRedirections(node.redirections ?? [], context),
    sync:
      elements.every((e) => e.code === undefined || e.code.sync) && (nameCode === undefined || nameCode.sync),
    cache: undefined,
  };
}

function splatted(value: Value, into: Argument[]): void {
  const bare = unwrap(value);
  if (bare instanceof DictionaryValue) {
    for (const entry of bare.entries.values()) {
      const name = toText(entry.key);
      into.push({ kind: 'parameter', name, value: plain(entry.value), text: `-${name}:` });
    }
    return;
  }
  const elements = elementsOf(bare);
  if (elements) for (const element of elements) into.push({ kind: 'value', value: element });
  else into.push({ kind: 'value', value: bare });
}

function* argumentsOf(elements: readonly Element[], frame: Frame): Steps<Argument[]> {
  const args: Argument[] = [];
  for (const element of elements) {
    switch (element.kind) {
      case 'value':
        args.push({ kind: 'value', value: plain(yield* evaluate(element.code, frame)) });
        break;
      case 'splat':
        splatted(yield* evaluate(element.code, frame), args);
        break;
      case 'parameter':
        args.push({
          kind: 'parameter',
          name: element.name,
          text: element.text,
          value: element.code ? plain(yield* evaluate(element.code, frame)) : undefined,
        });
        break;
    }
  }
  return args;
}
function argumentsNow(elements: readonly Element[], frame: Frame): Argument[] {
  const args: Argument[] = [];
  for (let i = 0; i < elements.length; i++) {
    const element = elements[i] as Element;
    const value =
      element.code === undefined ? undefined : (element.code.run as (frame: Frame) => Value)(frame);
    if (element.kind === 'value') args.push({ kind: 'value', value: plain(value as Value) });
    else if (element.kind === 'splat') splatted(value as Value, args);
    else
      args.push({
        kind: 'parameter',
        name: element.name,
        text: element.text,
        value: value === undefined ? undefined : plain(value),
      });
  }
  return args;
}

interface Target {
  readonly info: CommandInfo | undefined;
  readonly block: ScriptBlockValue | undefined;
  readonly name: string;
  /** `& $module { ... }`: the first argument is what runs, inside the module. */
  readonly module?: ModuleValue;
}

/** Takes the block or command name that follows a module from the arguments. */
function inModule(target: Target, args: Argument[], frame: Frame, extent: ExtentLike): Target {
  const { module } = target;
  const at = module ? args.findIndex((a) => a.kind === 'value') : -1;
  if (!module || at < 0) return target;
  const value = unwrap((args[at] as { readonly value: Value }).value);
  args.splice(at, 1);
  if (value instanceof ScriptBlockValue)
    return {
      info: undefined,
      block: new ScriptBlockValue(value.ast, value.code, value.file, module.scope),
      name: target.name,
    };
  const name = toText(value);
  const own = module.scope.findFunction(name.toLowerCase());
  return own ? { info: own, block: undefined, name } : byName(name, frame, extent);
}

const badExpression = (code: CommandCode, target: Value): Error =>
  runtimeError(
    'BadExpression',
    `The expression after '${code.dotted ? '.' : '&'}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.`,
    'InvalidOperation',
    target,
  );

/** Finds what the command is: by name, or what the expression after `&` or `.` gave. */
function resolve(code: CommandCode, frame: Frame, given: Value | undefined): Target {
  const { session } = frame;
  if (given !== undefined) {
    const bare = unwrap(given);
    if (bare instanceof ScriptBlockValue)
      return { info: undefined, block: bare, name: code.dotted ? '.' : '&' };
    if (bare instanceof CommandInfo) {
      if (bare.kind === 'Alias') return byName(bare.definition, frame, code.nameExtent);
      return { info: bare, block: undefined, name: bare.name };
    }
    if (bare instanceof ModuleValue)
      return { info: undefined, block: undefined, name: code.dotted ? '.' : '&', module: bare };
    if (bare === null || typeof bare !== 'string' || bare === '') {
      if (
        typeof bare === 'object' &&
        bare !== null &&
        !(bare instanceof PSArray) &&
        toText(bare) !== '' &&
        session.command(toText(bare), frame)
      )
        return byName(toText(bare), frame, code.nameExtent);
      throw badExpression(code, bare);
    }
    return byName(bare, frame, code.nameExtent);
  }
  const name = code.name as string;
  if (name === '') throw badExpression(code, name);
  if (code.methodLike && frame.scope.strict >= 2)
    throw runtimeError(
      'StrictModeFunctionCallWithParens',
      'The function or command was called as if it were a method. Parameters should be separated by spaces. For information about parameters, see the about_Parameters Help topic.',
    );
  const { cache } = code;
  if (cache && cache.version === session.commandVersion && cache.scope === frame.scope)
    return { info: cache.info, block: undefined, name };
  const found = byName(name, frame, code.nameExtent);
  if (
    found.info &&
    (found.info.kind === 'Function' || found.info.kind === 'Cmdlet' || found.info.kind === 'Filter')
  )
    code.cache = { version: session.commandVersion, info: found.info, scope: frame.scope };
  return found;
}
/** What a chain of aliases ends with. */
function aliasEnd(scope: Frame['scope'], name: string): string {
  let end = name;
  for (let i = 0; i < 10; i++) {
    const alias = scope.findAlias(end.toLowerCase());
    if (!alias) break;
    end = alias.definition;
  }
  return end;
}
function byName(
  name: string,
  frame: Frame,
  extent: ExtentLike,
): { info: CommandInfo; block: undefined; name: string } {
  let info = frame.session.command(name, frame);
  if (!info && hooks.autoImport(frame.session, name)) info = frame.session.command(name, frame);
  if (!info) {
    const missing = commandNotFound(
      aliasEnd(frame.scope, name),
      differences.errors.commandNotFound.desktopIn(frame.session.dialect),
    );
    // The error names the command and points at its name alone, not at its arguments.
    missing.record.invocation = { ...statementInvocation(frame, extent), invocationName: name };
    throw missing;
  }
  return { info, block: undefined, name };
}

function* prepare(code: CommandCode, frame: Frame): Steps<PreparedCommand> {
  const given = code.nameCode ? yield* evaluate(code.nameCode, frame) : undefined;
  // The name is looked up after the arguments are known, as PowerShell reports a missing command first.
  const found = resolve(code, frame, given);
  const elements = elementsFor(code, found);
  const args = code.sync ? argumentsNow(elements, frame) : yield* argumentsOf(elements, frame);
  const target = inModule(found, args, frame, code.nameExtent);
  const redirect = code.redirect ? yield* code.redirect(frame) : undefined;
  return preparedOf(code, target, args, redirect);
}

const preparedOf = (
  code: CommandCode,
  target: Target,
  args: Argument[],
  redirect: PreparedCommand['redirect'],
): PreparedCommand => ({
  info: target.info,
  block: target.block,
  args,
  dotted: code.dotted,
  invocationName: target.name,
  extent: code.extent,
  redirect,
});

function* writeAll(value: Value, out: Sink, frame: Frame): Steps<void> {
  frame.session.success = true;
  for (const item of value === automationNull ? [] : (elementsOf(value) ?? [value])) {
    const step = out.write(item);
    if (step) yield* step;
  }
}

/** A pipeline as a statement. */
export function compilePipeline(node: PipelineAst, context: CompileContext): Stmt {
  const [first] = node.pipelineElements;
  const commands: CommandCode[] = [];
  let source: Expr | undefined;
  let sourceRedirect: ReturnType<typeof compileRedirections>;
  for (const element of node.pipelineElements) {
    if (element.kind === 'CommandExpressionAst') {
      if (element === first) {
        source = compileExpression(element.expression, context);
        sourceRedirect = compileRedirections(element.redirections ?? [], context);
      }
      continue;
    }
    commands.push(compileCommand(element, context));
  }
  const background = node.background ?? false;
  if (background) return jobFor(node);
  const { extent } = node;
  if (!source && commands.length === 1) return single(commands[0] as CommandCode);
  if (commands.length === 0 && source) {
    const code = source;
    return {
      sync: false,
      *run(frame) {
        const prepared = sourceRedirect ? yield* sourceRedirect(frame) : undefined;
        if (!prepared) {
          yield* writeAll(yield* evaluate(code, frame), frame.out, frame);
          return normal;
        }
        const { streams, out } = frame;
        const target = prepared(streams, out);
        try {
          frame.streams = target.streams;
          const value = yield* evaluate(code, frame);
          frame.streams = streams;
          yield* writeAll(value, target.out, frame);
        } finally {
          frame.streams = streams;
          target.close?.();
        }
        return normal;
      },
    };
  }
  return {
    sync: false,
    *run(frame) {
      const { session } = frame;
      const value = source ? yield* evaluate(source, frame) : undefined;
      const prepared: PreparedCommand[] = [];
      const position = frame.position;
      frame.position = extent;
      for (const command of commands) prepared.push(yield* prepare(command, frame));
      session.success = true;
      session.nativeFailed = false;
      yield* runPipeline(frame, prepared, value);
      frame.position = position;
      if (session.nativeFailed) session.success = false;
      return normal;
    },
  };
}

/** One command alone. */
function single(code: CommandCode): Stmt {
  const { nameCode } = code;
  return attemptedStmt((frame) => {
    const { session } = frame;
    if (++session.ticks >= session.tickLimit) return suspend(frame, afterSafepoint(code, frame));
    if (!code.sync || code.redirect) return suspend(frame, withWaitingParts(code, frame));
    const outer = frame.position;
    frame.position = code.extent;
    let step: Step;
    let asFunction: boolean;
    try {
      const given = nameCode ? (nameCode.run as (frame: Frame) => Value)(frame) : undefined;
      const found = resolve(code, frame, given);
      const args = argumentsNow(elementsFor(code, found), frame);
      const target = found.module ? inModule(found, args, frame, code.nameExtent) : found;
      begins(code, frame);
      asFunction = runsAsFunction(target, args, frame);
      step = asFunction
        ? startFunction(code, target, args, frame)
        : startProcessor(code, target, args, undefined, frame);
    } catch (error) {
      frame.position = outer;
      throw error;
    }
    if (step) return suspend(frame, ending(step, asFunction, frame, outer));
    if (!asFunction) ended(session);
    frame.position = outer;
    return normal;
  });
}

function* afterSafepoint(code: CommandCode, frame: Frame): Steps<Signal> {
  yield* frame.session.safepoint();
  return yield* withWaitingParts(code, frame);
}

/** The same where the name, an argument or a redirection may wait. */
function* withWaitingParts(code: CommandCode, frame: Frame): Steps<Signal> {
  const outer = frame.position;
  frame.position = code.extent;
  try {
    const given = code.nameCode ? yield* evaluate(code.nameCode, frame) : undefined;
    const found = resolve(code, frame, given);
    const elements = elementsFor(code, found);
    const args = code.sync ? argumentsNow(elements, frame) : yield* argumentsOf(elements, frame);
    const target = found.module ? inModule(found, args, frame, code.nameExtent) : found;
    begins(code, frame);
    if (!code.redirect && runsAsFunction(target, args, frame)) {
      const step = startFunction(code, target, args, frame);
      if (step) yield* step;
      return normal;
    }
    const redirect = code.redirect ? yield* code.redirect(frame) : undefined;
    const step = startProcessor(code, target, args, redirect, frame);
    if (step) yield* step;
    ended(frame.session);
    return normal;
  } finally {
    frame.position = outer;
  }
}

function* ending(
  step: Work,
  asFunction: boolean,
  frame: Frame,
  outer: ExtentLike | undefined,
): Steps<Signal> {
  try {
    yield* step;
    if (!asFunction) ended(frame.session);
    return normal;
  } finally {
    frame.position = outer;
  }
}

const elementsFor = (code: CommandCode, found: Target): readonly Element[] =>
  found.info?.kind === 'Application' ? code.allElements : code.elements;

function begins(code: CommandCode, frame: Frame): void {
  const { session } = frame;
  frame.position = code.extent;
  session.success = true;
  session.nativeFailed = false;
}

function ended(session: Session): void {
  if (session.nativeFailed) session.success = false;
}

/** A function without common parameters or redirections needs no pipeline around it. */
const runsAsFunction = (target: Target, args: readonly Argument[], frame: Frame): boolean =>
  (target.info?.kind === 'Function' || target.block !== undefined) &&
  !args.some(isNamed) &&
  !hasDefaultParameters(frame, target.info);

function startFunction(code: CommandCode, target: Target, args: readonly Argument[], frame: Frame): Step {
  const { info } = target;
  const block = target.block ?? (info?.block as ScriptBlockValue);
  return runAlone(
    new FunctionRun(frame.session, block, info, args, {
      caller: frame,
      out: frame.out,
      streams: frame.streams,
      expectingInput: false,
      invocationName: target.name,
      extent: code.extent,
      ...(code.dotted ? { dotted: true } : {}),
    }),
  );
}

function startProcessor(
  code: CommandCode,
  target: Target,
  args: Argument[],
  redirect: PreparedCommand['redirect'],
  frame: Frame,
): Step {
  const processor = makeProcessor(
    frame,
    preparedOf(code, target, args, redirect),
    frame.out,
    frame.streams,
    false,
    1,
    1,
  );
  return runAlone(processor);
}
const isNamed = (arg: Argument): boolean => arg.kind === 'parameter';

/** A pipeline with commands as an expression: its output as one value. */
export const pipelineValue = (node: PipelineAst, context: CompileContext): Expr =>
  collected(compilePipeline(node, context), () => undefined);

/** The commands of a pipeline with their arguments evaluated, not run: what a steppable pipeline starts from. */
export function preparedPipeline(
  node: PipelineAst,
  context: CompileContext,
): (frame: Frame) => Steps<PreparedCommand[]> {
  const codes = node.pipelineElements.map((element) =>
    element.kind === 'CommandAst' ? compileCommand(element, context) : undefined,
  );
  return function* (frame) {
    const commands: PreparedCommand[] = [];
    for (const code of codes) if (code) commands.push(yield* prepare(code, frame));
    return commands;
  };
}
