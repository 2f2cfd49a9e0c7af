import type { Ast } from '../../parse/tree.ts';
import { forEachChild } from '../../parse/children.ts';
import { compileExpression, evaluate } from '../../compile/expression.ts';
import { CompileContext } from '../../compile/context.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import { automationNull } from '../../types/value.ts';
import type { Streams } from '../frame.ts';
import { Frame } from '../frame.ts';
import { callBlock } from '../invoke.ts';
import { Variable } from '../scope.ts';
import type { Session } from '../session.ts';
import type { Sink } from '../sink.ts';
import type { Steps } from '../steps.ts';

/** The streams a pipeline in another runspace writes. */
export type StreamName = 'Output' | 'Error' | 'Warning' | 'Verbose' | 'Debug' | 'Information' | 'Progress';
export interface Written {
  readonly stream: StreamName;
  readonly value: Value;
}

/** Streams that hand all they get to `write`, in order. */
export function streamsTo(write: (written: Written) => void): {
  readonly streams: Streams;
  readonly out: Sink;
} {
  const sink = (stream: StreamName): Sink => ({
    sync: true,
    write: (value) => {
      write({ stream, value });
      return undefined;
    },
  });
  return {
    out: sink('Output'),
    streams: {
      error: sink('Error'),
      warning: sink('Warning'),
      verbose: sink('Verbose'),
      debug: sink('Debug'),
      information: sink('Information'),
      progress: sink('Progress'),
    },
  };
}

/** Runs a block in a session of its own; throws what ends it. */
export function* isolated(
  session: Session,
  block: ScriptBlockValue,
  options: {
    readonly write: (written: Written) => void;
    readonly args?: readonly Value[];
    readonly input?: readonly Value[];
    readonly item?: Value;
    readonly dotted?: boolean;
  },
): Steps<void> {
  const { streams, out } = streamsTo(options.write);
  const frame = session.withStreams(session.rootFrame, streams);
  frame.out = out;
  frame.keepsSuccess = true;
  if (options.item !== undefined) session.globalScope.variables.set('_', new Variable('_', options.item));
  session.frame = frame;
  yield* callBlock(session, block, options.args ?? [], frame, {
    out,
    ...(options.input ? { input: options.input } : {}),
    ...(options.dotted ? { dotted: true } : {}),
  });
}

/** Where the value of `$using:x` is kept: by what stands after the colon. */
export const usingKey = (node: Ast): string => node.extent.text.replace(/^[$@]\{?using:/i, '').toLowerCase();

/** `ForEach-Object -Parallel { … }` inside: its own `$using:` mean variables of the code around it. */
function isParallel(node: Ast): boolean {
  if (node.kind !== 'CommandAst') return false;
  const [name, ...rest] = node.commandElements;
  return (
    /^(ForEach-Object|foreach|%)$/i.test(name?.extent.text ?? '') &&
    rest.some((e) => e.kind === 'CommandParameterAst' && /^pa/i.test(e.parameterName))
  );
}

/** Values of the `$using:` variables of a block, read where it is started. `missing` is asked for one that is not there. */
export function* usingValues(
  block: ScriptBlockValue,
  frame: Frame,
  missing: (name: string) => void,
): Steps<Map<string, Value>> {
  const found = new Map<string, Value>();
  const nodes: Extract<Ast, { kind: 'UsingExpressionAst' }>[] = [];
  const visit = (node: Ast): void => {
    if (node.kind === 'UsingExpressionAst') nodes.push(node);
    else if (!isParallel(node)) forEachChild(node, visit);
  };
  forEachChild(block.ast, visit);
  for (const node of nodes) {
    const { subExpression } = node;
    const key = usingKey(node);
    if (found.has(key)) continue;
    if (subExpression.kind === 'VariableExpressionAst') {
      const name = subExpression.variablePath.userPath.replace(/^using:/i, '');
      const simple = /^[\w?$^]+$/.test(name) ? frame.scope.find(name.toLowerCase()) : undefined;
      if (simple === undefined && /^\w+$/.test(name) && !automatic.has(name.toLowerCase())) missing(name);
    }
    const context = new CompileContext(frame.session, frame.file);
    const code = compileExpression(subExpression, context);
    const { session, scope, out, streams } = frame;
    const value = yield* evaluate(code, new Frame(session, scope, out, streams, context.slots.size, frame));
    found.set(key, value === automationNull ? null : value);
  }
  return found;
}
const automatic = new Set([
  'pwd',
  'psscriptroot',
  'pscommandpath',
  'myinvocation',
  'psboundparameters',
  'args',
  'input',
]);
