import type { Stmt } from '../compile/code.ts';
import type { CompileContext } from '../compile/context.ts';
import type { PipelineAst } from '../parse/tree.ts';
import { runtimeError } from '../types/errors.ts';

/** `command &`: background jobs are not part of the simulation. */
export function jobFor(_node: PipelineAst, _context: CompileContext): Stmt {
  return {
    sync: true,
    run: () => {
      throw runtimeError(
        'NotSupported',
        'Background jobs are not available on this device.',
        'NotImplemented',
      );
    },
  };
}
