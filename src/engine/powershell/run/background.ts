import type { Stmt } from '../compile/code.ts';
import { forEachChild } from '../parse/children.ts';
import type { Ast, PipelineAst, PipelineChainAst } from '../parse/tree.ts';
import { runtimeError } from '../types/errors.ts';
import type { Frame } from './frame.ts';
import { normal } from './flow.ts';
import { makeProcessor } from './pipeline.ts';

/** Variables that mean something of their own in the job's process. */
const own =
  /^(?:(?:global|local|script|private|env|function|alias|using|variable):.*|_|args|input|this|true|false|null|pid|pwd|home|host|error|executioncontext|myinvocation|matches|psitem|pscmdlet|psboundparameters|pscommandpath|psscriptroot|psversiontable|pshome|psculture|psuiculture|\?|\^|\$)$/i;

/** The text of a pipeline with `$using:` before the names of the variables it gets from here. */
function jobText(node: PipelineAst | PipelineChainAst, frame: Frame): string {
  const { text, startOffset } = node.extent;
  const places: {
    readonly at: number;
    readonly length: number;
    readonly name: string;
    readonly mark: string;
  }[] = [];
  const visit = (one: Ast): void => {
    if (one.kind === 'VariableExpressionAst') {
      const name = one.variablePath.userPath;
      if (!own.test(name) && frame.scope.find(name.toLowerCase()))
        places.push({
          at: one.extent.startOffset - startOffset,
          length: one.extent.text.length,
          name,
          mark: one.splatted ? '@' : '$',
        });
      return;
    }
    if (one.kind === 'AssignmentStatementAst') {
      visit(one.right);
      return;
    }
    forEachChild(one, visit);
  };
  forEachChild(node, visit);
  let result = text;
  for (const { at, length, name, mark } of places.sort((a, b) => b.at - a.at)) {
    const written = /^\w+$/.test(name) ? `${mark}using:${name}` : `${mark}{using:${name}}`;
    result = result.slice(0, at) + written + result.slice(at + length);
  }
  return result;
}

/** `pipeline &`: what Start-Job does with it, in the folder the session is in. */
export function jobFor(node: PipelineAst | PipelineChainAst): Stmt {
  return {
    sync: false,
    *run(frame) {
      const { session } = frame;
      const info = session.command('Start-Job', frame);
      if (!info)
        throw runtimeError(
          'CommandNotFoundException',
          "The term 'Start-Job' is not recognized.",
          'ObjectNotFound',
        );
      const processor = makeProcessor(
        frame,
        {
          info,
          block: undefined,
          args: [
            {
              kind: 'parameter',
              name: 'ScriptBlock',
              value: session.scriptBlock(jobText(node, frame)),
              text: '-ScriptBlock:',
            },
            {
              kind: 'parameter',
              name: 'WorkingDirectory',
              value: session.location.fileSystemPath(),
              text: '-WorkingDirectory:',
            },
          ],
          dotted: false,
          invocationName: 'Start-Job',
          extent: node.extent,
          redirect: undefined,
        },
        frame.out,
        frame.streams,
        false,
        1,
        1,
      );
      try {
        const begun = processor.begin();
        if (begun) yield* begun;
        const ended = processor.end();
        if (ended) yield* ended;
      } finally {
        processor.dispose();
      }
      return normal;
    },
  };
}
