import { Frame } from '../run/frame.ts';
import type { ExpressionAst } from '../parse/tree.ts';
import type { Value } from '../types/value.ts';
import type { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';

/** Arguments of attributes are constants; anything else reads the globals. */
export function constantOf(node: ExpressionAst, context: CompileContext): Value {
  const code = compileExpression(node, context);
  const { session } = context;
  const frame = new Frame(
    session,
    session.frame.scope,
    session.consoleSink,
    session.consoleStreams,
    1000,
    undefined,
  );
  return code.sync ? code.run(frame) : session.drain(code.run(frame));
}
