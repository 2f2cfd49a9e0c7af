import { z } from 'zod';
import { SidecarError } from '../base/error.ts';
import type { Target, TargetEvent } from '../targets/target.ts';
import type { PredictionOption, Verdict } from './attempt.ts';
import type { Lab } from './lab.ts';
import type { CheckInfo, PredictionInfo } from './schema.ts';

/**
 * A check's script returns objects with Passed, Expected, Found, Where and, if it helps, Hint. The text around it
 * turns them into one line of JSON behind a mark, the same on the simulated device and in a VM, so that nothing the
 * script prints by the way can be taken for a verdict.
 */
const mark = '#verdicts#';

/** The text of a script of the lab; a line `# include FILE` stands for that file's text. */
function scriptOf(lab: Lab, file: string): string {
  const text = lab.files.get(file);
  if (text === undefined)
    throw new SidecarError('lab-file-missing', `Expected ${file} in the lab folder, it is missing`, { file });
  return text.replace(/^# include (\S+)\r?$/gm, (_, included: string) => scriptOf(lab, included));
}

function wrapped(script: string): string {
  return `$ErrorActionPreference = 'Stop'\n$check = {\n${script}\n}\n$results = @(& $check)\n'${mark}' + (ConvertTo-Json -InputObject $results -Compress -Depth 4)\n`;
}

const verdictJson = z.array(
  z.object({
    Passed: z.boolean(),
    Expected: z.coerce.string(),
    Found: z.coerce.string(),
    Where: z.coerce.string(),
    Hint: z.string().nullish(),
  }),
);

const optionJson = z
  .array(z.object({ Id: z.string(), Text: z.string(), Correct: z.boolean(), Explanation: z.string() }))
  .min(2)
  .refine(
    (options) => options.filter((option) => option.Correct).length === 1,
    'expected exactly one option with Correct = $true',
  );

export interface CheckOutcome {
  readonly verdicts: readonly Verdict[];
  /** What the check read, as prefixes; null where the target cannot tell, so that every input makes it run again. */
  readonly reads: readonly string[] | null;
}

/** Runs a check. Throws SidecarError where the check itself is broken: that is the author's, never the learner's. */
export async function runCheck(lab: Lab, check: CheckInfo, target: Target): Promise<CheckOutcome> {
  if (check.rule) return { verdicts: [await runRule(check, target)], reads: null };
  const { values, reads } = await runScript(lab, check.id, check.script ?? '', target, verdictJson);
  if (values.length === 0) {
    throw new SidecarError('check-without-verdict', `Check ${check.id} returned no verdict`, {
      check: check.id,
    });
  }
  return {
    verdicts: values.map((value) => ({
      passed: value.Passed,
      expected: value.Expected,
      found: value.Found,
      where: value.Where,
      hint: value.Hint ?? null,
    })),
    reads,
  };
}

/** The options of a prediction as they are on this device now. */
export async function predictionOptions(
  lab: Lab,
  prediction: PredictionInfo,
  target: Target,
): Promise<readonly PredictionOption[]> {
  const { values } = await runScript(lab, prediction.id, prediction.script, target, optionJson);
  return values.map((value) => ({
    id: value.Id,
    text: value.Text,
    correct: value.Correct,
    explanation: value.Explanation,
  }));
}

/** The trimmed output of a script of the lab, e.g. the id a solution chooses. */
export async function scriptText(lab: Lab, file: string, target: Target): Promise<string> {
  const outcome = await target.runCheck(scriptOf(lab, file), {});
  if (outcome.exitCode !== 0 || outcome.stderr !== '') {
    throw new SidecarError(
      'lab-script-failed',
      `${file} failed: ${outcome.stderr.trim() || `exit code ${outcome.exitCode}`}`,
      { file },
    );
  }
  return outcome.stdout.trim();
}

async function runScript<S extends z.ZodType>(
  lab: Lab,
  id: string,
  file: string,
  target: Target,
  schema: S,
): Promise<{ values: z.infer<S>; reads: readonly string[] | null }> {
  const outcome = await target.runCheck(wrapped(scriptOf(lab, file)), {});
  if (outcome.wrote.length > 0) {
    throw new SidecarError(
      'check-wrote',
      `${file} writes to the device it checks: ${outcome.wrote.join(', ')}`,
      { id, file, wrote: outcome.wrote },
    );
  }
  const line = outcome.stdout.split(/\r?\n/).find((text) => text.startsWith(mark));
  if (line === undefined) {
    throw new SidecarError('check-failed', `${file} failed: ${(outcome.stderr || outcome.stdout).trim()}`, {
      id,
      file,
    });
  }
  const parsed = schema.safeParse(JSON.parse(line.slice(mark.length)));
  if (!parsed.success) {
    throw new SidecarError(
      'check-malformed',
      `${file} returned something that is no verdict: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
      { id, file },
    );
  }
  return { values: parsed.data, reads: outcome.reads };
}

type EventPattern = { readonly kind: string; readonly path?: string | undefined };

async function runRule(check: CheckInfo, target: Target): Promise<Verdict> {
  if (!target.flags.history)
    throw new SidecarError(
      'check-needs-history',
      `Check ${check.id} needs the history of the device, which this target has not`,
      { check: check.id },
    );
  const events = await target.events();
  const first = (pattern: EventPattern) => events.findIndex((event) => matches(event, pattern));
  const describe = (pattern: EventPattern) =>
    pattern.path === undefined ? pattern.kind : `${pattern.kind} ${pattern.path}`;
  if (check.rule?.never) {
    const found = first(check.rule.never);
    return {
      passed: found < 0,
      expected: `no ${describe(check.rule.never)}`,
      found: found < 0 ? 'none' : `event ${events[found]?.id ?? ''}`,
      where: 'history of the device',
      hint: null,
    };
  }
  const before = check.rule?.before;
  if (!before)
    throw new SidecarError('check-malformed', `Check ${check.id} has a rule without a condition`, {
      check: check.id,
    });
  const one = first(before.first);
  const two = first(before.then);
  return {
    passed: one >= 0 && two > one,
    expected: `${describe(before.first)} before ${describe(before.then)}`,
    found:
      one < 0
        ? `no ${describe(before.first)}`
        : two < 0
          ? `no ${describe(before.then)}`
          : two > one
            ? 'in that order'
            : 'in the other order',
    where: 'history of the device',
    hint: null,
  };
}

function matches(event: TargetEvent, pattern: EventPattern): boolean {
  if (event.kind !== pattern.kind) return false;
  if (pattern.path === undefined) return true;
  const path =
    typeof event.data === 'object' && event.data !== null && 'path' in event.data
      ? String(event.data.path)
      : '';
  const expression = pattern.path
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${expression}$`, 'i').test(path);
}
