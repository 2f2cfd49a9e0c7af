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

/** YAML that was read, with what it takes to name lines. */
export interface YamlFile {
  readonly file: string;
  readonly value: unknown;
  /** Line in the file of the deepest part of a path that is there: a missing key is reported on its parent. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** `firstLine` is the line in `file` on which `text` starts (front matter does not start on the first). */
export function readYaml(file: string, text: string, firstLine = 1): Result<YamlFile, readonly LabProblem[]> {
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
  const lineOf = (path: readonly PropertyKey[]) => {
    for (let depth = path.length; depth >= 0; depth--) {
      const node = depth === 0 ? document.contents : document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lineAt(node.range[0]);
    }
    return firstLine;
  };
  return ok({ file, value: document.toJS() as unknown, lineOf });
}

/** Checks what was read (or what was made of it) against a schema. Problems name the line of the value that is wrong. */
export function checkYaml<S extends z.ZodType>(
  yaml: YamlFile,
  value: unknown,
  schema: S,
): Result<z.infer<S>, readonly LabProblem[]> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  return fail(
    parsed.error.issues.map((issue) => ({
      file: yaml.file,
      line: yaml.lineOf(issue.path),
      message: `${issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : ''}${issue.message}`,
    })),
  );
}

export function parseYaml<S extends z.ZodType>(
  file: string,
  text: string,
  schema: S,
  firstLine = 1,
): Result<z.infer<S>, readonly LabProblem[]> {
  const yaml = readYaml(file, text, firstLine);
  return yaml.ok ? checkYaml(yaml.value, yaml.value.value, schema) : yaml;
}
