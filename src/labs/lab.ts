import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { parseYaml } from './problem.ts';
import type { LabProblem } from './problem.ts';
import { labSchema, mistakeSchema, solutionSchema, stepSchema } from './schema.ts';
import type { Act, LabInfo, Mistake, Solution, StepInfo } from './schema.ts';

/** Text files of a lab folder by path with `/`, e.g. `steps/01-look.md`. */
export type LabFiles = ReadonlyMap<string, string>;

export interface Step extends StepInfo {
  /** File name without number and ending: `steps/01-look.md` is `look`. */
  readonly id: string;
  /** Markdown with action blocks. */
  readonly text: string;
}

export interface Lab extends LabInfo {
  readonly steps: readonly Step[];
  /** Text of `world.yaml`; expanded for a seed by `expandWorld`. */
  readonly world: string;
  readonly solution: Solution;
  readonly mistakes: readonly (Mistake & { readonly file: string })[];
  readonly files: LabFiles;
}

/** Reads a lab from its files. Every problem is reported, not only the first. */
export function readLab(folder: string, files: LabFiles): Result<Lab, readonly LabProblem[]> {
  const problems: LabProblem[] = [];
  const named = (name: string) => `${folder}/${name}`;
  const need = (name: string): string => {
    const text = files.get(name);
    if (text === undefined)
      problems.push({ file: named(name), line: 1, message: 'expected this file, it is missing' });
    return text ?? '';
  };
  const keep = <T>(result: Result<T, readonly LabProblem[]>): T | undefined => {
    if (result.ok) return result.value;
    problems.push(...result.error);
    return undefined;
  };

  const labText = need('lab.yaml');
  const info = labText === '' ? undefined : keep(parseYaml(named('lab.yaml'), labText, labSchema));
  const world = need('world.yaml');
  const solutionText = need('solution/solution.yaml');
  const solution =
    solutionText === ''
      ? undefined
      : keep(parseYaml(named('solution/solution.yaml'), solutionText, solutionSchema));

  const names = [...files.keys()].sort();
  const steps = names
    .filter((name) => /^steps\/[^/]+\.md$/.test(name))
    .flatMap((name) => keep(readStep(named(name), name, files.get(name) ?? '')) ?? []);
  if (steps.length === 0)
    problems.push({
      file: named('steps'),
      line: 1,
      message: 'expected at least one step, e.g. steps/01-look.md',
    });
  const mistakes = names
    .filter((name) => /^mistakes\/[^/]+\.yaml$/.test(name))
    .flatMap((name) => {
      const mistake = keep(parseYaml(named(name), files.get(name) ?? '', mistakeSchema));
      return mistake ? [{ ...mistake, file: name }] : [];
    });

  checkReferences();
  if (problems.length > 0 || !info || !solution) return fail(problems);
  return ok({ ...info, steps, world, solution, mistakes, files });

  function checkReferences(): void {
    const seen = new Set<string>();
    const unique = (file: string, what: string, id: string) => {
      if (seen.has(`${what} ${id}`))
        problems.push({
          file,
          line: 1,
          message: `${what} ${id}: expected an id that no other ${what} of the lab has`,
        });
      seen.add(`${what} ${id}`);
    };
    const file = (from: string, name: string) => {
      if (!files.has(name))
        problems.push({ file: from, line: 1, message: `expected ${name} in the lab folder, it is missing` });
    };
    const checks = new Set(steps.flatMap((step) => step.checks.map((check) => check.id)));
    for (const step of steps) {
      const at = named(names.find((name) => stepId(name) === step.id) ?? 'steps');
      for (const check of step.checks) {
        unique(at, 'check', check.id);
        if ((check.script === undefined) === (check.rule === undefined)) {
          problems.push({
            file: at,
            line: 1,
            message: `check ${check.id}: expected either a script or a rule`,
          });
        }
        if (check.script !== undefined) file(at, check.script);
      }
      for (const prediction of step.predictions) {
        unique(at, 'prediction', prediction.id);
        file(at, prediction.script);
        if (!checks.has(prediction.reveal)) {
          problems.push({
            file: at,
            line: 1,
            message: `prediction ${prediction.id}: expected reveal to name a check of the lab, found ${prediction.reveal}`,
          });
        }
      }
      for (const hint of step.hints) unique(at, `hint of ${step.id}`, hint.id);
    }
    for (const draft of info?.drafts ?? []) file(named('lab.yaml'), draft.from);
    const acts: readonly (readonly [string, readonly Act[]])[] = [
      [named('solution/solution.yaml'), solution?.acts ?? []],
      ...mistakes.map((mistake) => [named(mistake.file), mistake.acts] as const),
    ];
    for (const [from, list] of acts) {
      for (const act of list) {
        if ('save' in act) file(from, act.save.from);
        if ('predict' in act) file(from, act.predict.script);
      }
    }
    for (const mistake of mistakes) {
      for (const { check } of mistake.fails) {
        if (!checks.has(check))
          problems.push({
            file: named(mistake.file),
            line: 1,
            message: `fails: expected a check of the lab, found ${check}`,
          });
      }
    }
  }
}

function stepId(name: string): string {
  return name.replace(/^steps\/(\d+-)?/, '').replace(/\.md$/, '');
}

/** Front matter between two lines of `---`, then markdown. */
function readStep(file: string, name: string, text: string): Result<Step, readonly LabProblem[]> {
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(text);
  if (!match)
    return fail([{ file, line: 1, message: 'expected front matter: a line of ---, YAML, a line of ---' }]);
  const front = parseYaml(file, match[1] ?? '', stepSchema, 2);
  return front.ok ? ok({ ...front.value, id: stepId(name), text: match[2] ?? '' }) : front;
}
