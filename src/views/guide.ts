import type { Attempt } from '../labs/attempt.ts';
import { checkPoints, grade, gradeStep } from '../labs/grading.ts';
import type { Step } from '../labs/lab.ts';
import type { CheckInfo, PredictionInfo } from '../labs/schema.ts';
import type { ViewData } from '../protocol/views.ts';
import type { View, ViewSource } from './view.ts';

type GuideStep = ViewData<'guide'>['steps'][number];

export const guide: View<'guide'> = {
  reads: (source) => [source.attempt, source.options, source.lab],
  show(source) {
    const { lab, attempt } = source;
    const { earned, possible } = grade(lab, attempt);
    const current = attempt.step ?? lab.steps[0]?.id ?? '';
    return {
      lab: lab.id,
      title: lab.title,
      objectives: lab.objectives,
      minutes: lab.minutes,
      device: lab.device,
      current,
      earned,
      possible,
      passMark: lab.passMark,
      finished: attempt.finished !== null,
      steps: lab.steps.map((step) => stepOf(source, step, current)),
    };
  },
};

function stepOf(source: ViewSource, step: Step, current: string): GuideStep {
  const { attempt } = source;
  const { possible, earned } = gradeStep(attempt, step);
  return {
    id: step.id,
    title: step.title,
    state: step.id === current ? 'current' : stepDone(attempt, step) ? 'done' : 'next',
    text: step.text,
    points: possible,
    earned,
    checks: step.checks.map((check) => ({
      id: check.id,
      title: check.title,
      mode: check.mode,
      points: check.points,
      earned: checkPoints(attempt, check),
      state: checkPassed(attempt, check) ? 'passed' : attempt.checks.has(check.id) ? 'failed' : 'open',
      verdicts: [...(attempt.checks.get(check.id)?.verdicts ?? [])],
    })),
    hints: step.hints.map((hint) => ({
      id: hint.id,
      cost: hint.cost,
      text: attempt.hints.has(`${step.id}/${hint.id}`) ? hint.text : null,
    })),
    predictions: step.predictions.map((prediction) => predictionOf(source, prediction)),
  };
}

export function checkPassed(attempt: Attempt, check: CheckInfo): boolean {
  const state = attempt.checks.get(check.id);
  return (check.mode === 'latch' ? state?.best : state?.share) === 1;
}

/** A step without checks and predictions has nothing that could be done. */
function stepDone(attempt: Attempt, step: Step): boolean {
  return (
    step.checks.length + step.predictions.length > 0 &&
    step.checks.every((check) => checkPassed(attempt, check)) &&
    step.predictions.every((prediction) => attempt.predictions.has(prediction.id))
  );
}

function predictionOf(source: ViewSource, prediction: PredictionInfo): GuideStep['predictions'][number] {
  const { attempt, lab, options } = source;
  const locked = attempt.predictions.get(prediction.id);
  const reveal = lab.steps.flatMap((step) => step.checks).find((check) => check.id === prediction.reveal);
  const seen = locked !== undefined && reveal !== undefined && checkPassed(attempt, reveal);
  const shown = locked?.options ?? options.get(prediction.id) ?? [];
  const right = shown.find((option) => option.correct);
  const given = shown.find((option) => option.id === locked?.answer);
  return {
    id: prediction.id,
    question: prediction.question,
    options: shown.map(({ id, text }) => ({ id, text })),
    points: prediction.points,
    answer: locked?.answer ?? null,
    correct: seen ? locked.correct : null,
    explanation: !seen
      ? null
      : locked.correct || !right
        ? (given?.explanation ?? null)
        : `${given?.explanation ?? ''} ${right.text}. ${right.explanation}`.trim(),
  };
}
