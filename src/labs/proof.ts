import { SidecarError } from '../base/error.ts';
import { Simulation } from '../engine/world/simulation.ts';
import type { Moment } from '../engine/world/moment.ts';
import { utf8Decode } from '../base/bytes.ts';
import type { Bytes } from '../base/bytes.ts';
import { grade } from './grading.ts';
import type { Lab } from './lab.ts';
import { Player } from './play.ts';
import { problemText } from './problem.ts';
import { expandWorld } from './world-file.ts';

/** One thing proven of a lab, or not. */
export interface Proof {
  readonly lab: string;
  readonly seed: string;
  /** `start`, `solution`, `mistake NAME`, `answers of seed X`. */
  readonly what: string;
  readonly passed: boolean;
  /** Why it did not pass; one line a reason. */
  readonly reasons: readonly string[];
}

/** What the solution of one seed leaves behind: files it wrote and predictions it locked. */
export interface AnswerKey {
  readonly seed: string;
  readonly files: ReadonlyMap<string, string>;
  readonly predictions: ReadonlyMap<string, string>;
}

/** A lab at its start, for one seed. Simulated once; each play goes on from the same moment. */
export class LabStart {
  readonly lab: Lab;
  readonly seed: string;
  readonly #moment: Moment;

  constructor(lab: Lab, seed: string) {
    this.lab = lab;
    this.seed = seed;
    const start = expandWorld({ file: 'world.yaml', text: lab.world, files: lab.files }, seed);
    if (!start.ok) throw new SidecarError('world-malformed', start.error.map(problemText).join('\n'));
    const moment = Simulation.start(start.value).moment();
    if (!moment)
      throw new SidecarError('world-unsettled', `${lab.id}: a script still runs when the lab begins`);
    this.#moment = moment;
  }

  player(): Player {
    return new Player(this.lab, Simulation.from(this.#moment));
  }
}

/**
 * The three-way proof of one seed: the start fails each check, the solution passes all, each mistake fails for its stated
 * reason.
 */
export async function prove(start: LabStart): Promise<readonly Proof[]> {
  const { lab, seed } = start;
  const proofs: Proof[] = [];
  const attempt = async (what: string, find: () => Promise<readonly string[]>) => {
    let reasons: readonly string[];
    try {
      reasons = await find();
    } catch (error) {
      if (!(error instanceof SidecarError)) throw error;
      reasons = [error.message];
    }
    proofs.push({ lab: lab.id, seed, what, passed: reasons.length === 0, reasons });
  };
  await attempt('start', () => startFails(start));
  await attempt('solution', () => solutionPasses(start));
  if (lab.mistakes.length === 0)
    proofs.push({ lab: lab.id, seed, what: 'mistakes', passed: false, reasons: ['the lab has no mistakes'] });
  for (const mistake of lab.mistakes) {
    const name = mistake.file.replace(/^mistakes\/(.*)\.yaml$/, '$1');
    await attempt(`mistake ${name}`, () => mistakeFails(start, mistake));
  }
  return proofs;
}

async function startFails(start: LabStart): Promise<readonly string[]> {
  const player = start.player();
  await player.check();
  return start.lab.steps.flatMap((step) =>
    step.checks
      .filter((check) => (player.attempt.checks.get(check.id)?.share ?? 0) === 1)
      .map((check) => `check ${check.id} passes at the start, before the learner did anything`),
  );
}

async function solutionPasses(start: LabStart): Promise<readonly string[]> {
  const player = await solved(start);
  const { attempt } = player;
  const reasons: string[] = [];
  for (const step of start.lab.steps) {
    for (const check of step.checks) {
      const state = attempt.checks.get(check.id);
      const share = check.mode === 'latch' ? state?.best : state?.share;
      if (share === 1) continue;
      const failed = state?.verdicts.find((verdict) => !verdict.passed);
      reasons.push(
        `check ${check.id} does not pass with the solution` +
          (failed ? `: expected ${failed.expected}, found ${failed.found} (${failed.where})` : ''),
      );
    }
    for (const prediction of step.predictions) {
      const locked = attempt.predictions.get(prediction.id);
      if (!locked) reasons.push(`the solution does not answer prediction ${prediction.id}`);
      else if (!locked.correct) {
        const right = locked.options.find((option) => option.correct);
        reasons.push(
          `the solution answers prediction ${prediction.id} with ${locked.answer}; right is ${right?.id ?? 'none'}`,
        );
      }
    }
  }
  return reasons;
}

async function mistakeFails(start: LabStart, mistake: Lab['mistakes'][number]): Promise<readonly string[]> {
  const player = start.player();
  await player.do(mistake.acts, false);
  await player.check(new Set(mistake.fails.map(({ check }) => check)));
  return mistake.fails.flatMap(({ check, because }) => {
    const state = player.attempt.checks.get(check);
    if (!state) return [`check ${check} did not run`];
    const failed = state.verdicts.filter((verdict) => !verdict.passed);
    if (failed.length === 0) return [`check ${check} passes although the mistake was made`];
    const expression = new RegExp(because);
    if (failed.some((verdict) => expression.test(verdict.found))) return [];
    return [
      `check ${check} fails for another reason: found ${failed.map((verdict) => verdict.found).join(' | ')}, expected a match of ${because}`,
    ];
  });
}

async function solved(start: LabStart): Promise<Player> {
  const player = start.player();
  await player.check();
  await player.do(start.lab.solution.acts);
  return player;
}

/** The answers of a seed: what its solution wrote that was not there at the start, and what it predicted. */
export async function answerKey(start: LabStart): Promise<AnswerKey> {
  const folder = 'C:\\Labs';
  const before = start.player().filesIn(folder);
  const player = await solved(start);
  const files = [...player.filesIn(folder)].filter(([path, content]) => before.get(path) !== content);
  return {
    seed: start.seed,
    files: new Map(files.map(([path, content]) => [path, utf8Decode(content as Bytes)])),
    predictions: new Map([...player.attempt.predictions].map(([id, { answer }]) => [id, answer])),
  };
}

/** The answers of another seed, handed in on this one, must score under half. */
export async function proveForeign(start: LabStart, key: AnswerKey): Promise<Proof> {
  const { lab, seed } = start;
  const player = start.player();
  for (const [id, answer] of key.predictions) await player.predict(id, answer);
  for (const [path, text] of key.files) player.save(path, text);
  await player.check();
  const { percent } = grade(lab, player.attempt);
  return {
    lab: lab.id,
    seed,
    what: `answers of seed ${key.seed}`,
    passed: percent < 50,
    reasons: percent < 50 ? [] : [`answers of seed ${key.seed} score ${percent} % on seed ${seed}`],
  };
}
