import type { Attempt } from './attempt.ts';
import type { Lab, Step } from './lab.ts';

export interface StepGrade {
  readonly step: string;
  readonly possible: number;
  readonly earned: number;
  readonly hintCost: number;
}

export interface Grade {
  readonly possible: number;
  readonly earned: number;
  readonly percent: number;
  readonly passed: boolean;
  readonly steps: readonly StepGrade[];
}

/** Points of one check: a latch counts the best it ever was, a hold what it is now; parts of a check count in part. */
export function checkPoints(
  attempt: Attempt,
  check: { readonly id: string; readonly points: number; readonly mode: 'latch' | 'hold' },
): number {
  const state = attempt.checks.get(check.id);
  if (!state) return 0;
  return Math.floor(check.points * (check.mode === 'latch' ? state.best : state.share));
}

export function hintCost(attempt: Attempt, step: Step): number {
  return step.hints.reduce((sum, hint) => sum + (attempt.hints.get(`${step.id}/${hint.id}`) ?? 0), 0);
}

export function gradeStep(attempt: Attempt, step: Step): StepGrade {
  const possible =
    step.checks.reduce((sum, check) => sum + check.points, 0) +
    step.predictions.reduce((sum, prediction) => sum + prediction.points, 0);
  const points =
    step.checks.reduce((sum, check) => sum + checkPoints(attempt, check), 0) +
    step.predictions.reduce(
      (sum, prediction) => sum + (attempt.predictions.get(prediction.id)?.correct ? prediction.points : 0),
      0,
    );
  const cost = hintCost(attempt, step);
  // A hint can cost what its step earned, never what another step earned.
  return { step: step.id, possible, earned: Math.max(0, points - cost), hintCost: cost };
}

export function grade(lab: Lab, attempt: Attempt): Grade {
  const steps = lab.steps.map((step) => gradeStep(attempt, step));
  const possible = steps.reduce((sum, step) => sum + step.possible, 0);
  const earned = steps.reduce((sum, step) => sum + step.earned, 0);
  const percent = possible === 0 ? 0 : Math.floor((earned * 100) / possible);
  return { possible, earned, percent, passed: percent >= lab.passMark, steps };
}
