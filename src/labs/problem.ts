import { LineCounter, isNode, parseDocument } from 'yaml';
import type { z } from 'zod';
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';

/** What is wrong with an author's file, where, and what was expected there. */
export interface LabProblem {
  readonly file: string;
  /** 1-based; 1 where the file as a whole is meant. */
  readonly line: number;
  readonly message: string;
}

export const problemText = (problem: LabProblem): string =>
  `${problem.file}:${problem.line}: ${problem.message}`;

/**
 * Parses YAML and checks it. Problems name the line of the value that is wrong. `firstLine` is the line in `file` on
 * which `text` starts (front matter does not start on the first).
 */
export function parseYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  firstLine = 1,
): Result<z.infer<S>, readonly LabProblem[]> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const lineAt = (offset: number) => counter.linePos(offset).line + firstLine - 1;
  if (document.errors.length > 0) {
    return fail(
      document.errors.map((error) => ({
        file,
        line: lineAt(error.pos[0]),
        message: `not YAML: ${error.message.split('\n')[0] ?? ''}`,
      })),
    );
  }
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return ok(parsed.data);
  return fail(
    parsed.error.issues.map((issue) => {
      // The deepest part of the path that is in the file: a missing key is reported on its parent.
      let line = firstLine;
      for (let depth = issue.path.length; depth >= 0; depth--) {
        const node = depth === 0 ? document.contents : document.getIn(issue.path.slice(0, depth), true);
        if (isNode(node) && node.range) {
          line = lineAt(node.range[0]);
          break;
        }
      }
      const where = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
      return { file, line, message: `${where}${issue.message}` };
    }),
  );
}
