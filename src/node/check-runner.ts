import { SidecarError } from '../base/error.ts';
import type { DeviceId } from '../base/ids.ts';
import type { PredictionOption, Verdict } from '../labs/attempt.ts';
import { passedShare } from '../labs/attempt.ts';
import { predictionOptions, runCheck } from '../labs/check.ts';
import type { Lab, Step } from '../labs/lab.ts';
import type { CheckInfo, PredictionInfo } from '../labs/schema.ts';
import { touched } from '../labs/touched.ts';
import { SimulatedTarget } from '../targets/simulated/simulated-target.ts';
import { checkPassed } from '../views/guide.ts';
import type { Timeline } from './timeline.ts';

interface Ran {
  readonly reads: readonly string[] | null;
  /** The world's events then, and how many. */
  readonly events: object;
  readonly count: number;
}

const minute = 60_000_000;

/** Runs the checks of an attempt, on forks: when an input touched what they read, or when the learner asks. */
export class CheckRunner {
  readonly #lab: Lab;
  readonly #device: DeviceId;
  readonly #timeline: Timeline;
  readonly #target: SimulatedTarget;
  readonly #ran = new Map<string, Ran>();
  /** When the options of a prediction were made, and in which history. */
  readonly #made = new Map<string, { readonly events: object; readonly now: number }>();
  #options: ReadonlyMap<string, readonly PredictionOption[]> = new Map();
  /** One check at a time; the next waits for the one before. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(lab: Lab, device: DeviceId, timeline: Timeline, pause: () => Promise<void>) {
    this.#lab = lab;
    this.#device = device;
    this.#timeline = timeline;
    this.#target = new SimulatedTarget(device, {
      simulation: () => timeline.simulation,
      take: (input) => void timeline.take(input),
      pause,
    });
  }

  /** Options of predictions that are not locked, as they were when last computed. */
  get options(): ReadonlyMap<string, readonly PredictionOption[]> {
    return this.#options;
  }

  /** The learner asks: every check of the step runs and its verdicts are kept. */
  runStep(step: Step): Promise<void> {
    return this.#queue(async () => {
      for (const check of step.checks) this.#keep(check, await this.#run(check));
    });
  }

  runAll(): Promise<void> {
    return this.#queue(async () => {
      for (const step of this.#lab.steps)
        for (const check of step.checks) this.#keep(check, await this.#run(check));
    });
  }

  /**
   * Runs the checks that matter now and whose reads were touched. A result is kept where it is better than before, or
   * where the learner has seen one: nobody is shown failures they did not ask for.
   */
  runTouched(current: Step | undefined): Promise<void> {
    return this.#queue(async () => {
      for (const check of this.#relevant(current)) {
        const { events } = this.#timeline.simulation;
        const ran = this.#ran.get(check.id);
        if (ran?.events === events && !touched(ran.reads, events.since(ran.count), this.#device)) continue;
        const verdicts = await this.#run(check);
        const before = this.#timeline.attempt.checks.get(check.id);
        if (before || passedShare(verdicts) > 0) this.#keep(check, verdicts);
      }
      for (const prediction of current?.predictions ?? [])
        if (!this.#timeline.attempt.predictions.has(prediction.id) && this.#isStale(prediction))
          await this.#refresh(prediction);
    });
  }

  /** Options speak of the device and of the clock: they are made anew when another minute has come. */
  #isStale({ id }: PredictionInfo): boolean {
    const made = this.#made.get(id);
    const { events, now } = this.#timeline.simulation;
    return made?.events !== events || Math.floor(made.now / minute) !== Math.floor(now / minute);
  }

  /** Options for a lock: made anew, so that what counts is the device as it is. */
  freshOptions(prediction: PredictionInfo): Promise<readonly PredictionOption[]> {
    return this.#queue(() => this.#refresh(prediction));
  }

  #relevant(current: Step | undefined): readonly CheckInfo[] {
    const { attempt } = this.#timeline;
    const reveals = new Set(
      this.#lab.steps.flatMap((step) =>
        step.predictions.filter(({ id }) => attempt.predictions.has(id)).map(({ reveal }) => reveal),
      ),
    );
    return this.#lab.steps.flatMap((step) =>
      step.checks.filter(
        (check) =>
          (step === current ||
            reveals.has(check.id) ||
            (check.mode === 'hold' && attempt.checks.has(check.id))) &&
          !(check.mode === 'latch' && checkPassed(attempt, check)),
      ),
    );
  }

  async #run(check: CheckInfo): Promise<readonly Verdict[]> {
    const { events } = this.#timeline.simulation;
    const count = events.length;
    try {
      const { verdicts, reads } = await runCheck(this.#lab, check, this.#target);
      this.#ran.set(check.id, { reads, events, count });
      return verdicts;
    } catch (error) {
      if (!(error instanceof SidecarError)) throw error;
      this.#ran.set(check.id, { reads: null, events, count });
      return [refusedVerdict(error)];
    }
  }

  #keep(check: CheckInfo, verdicts: readonly Verdict[]): void {
    const { attempt } = this.#timeline;
    const before = attempt.checks.get(check.id);
    if (before && JSON.stringify(before.verdicts) === JSON.stringify(verdicts)) return;
    this.#timeline.record({ kind: 'check', check: check.id, seq: attempt.current, verdicts });
  }

  async #refresh(prediction: PredictionInfo): Promise<readonly PredictionOption[]> {
    const { events, now } = this.#timeline.simulation;
    this.#made.set(prediction.id, { events, now });
    const options = await predictionOptions(this.#lab, prediction, this.#target);
    if (JSON.stringify(options) !== JSON.stringify(this.#options.get(prediction.id)))
      this.#options = new Map(this.#options).set(prediction.id, options);
    return options;
  }

  #queue<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(work);
    this.#work = result.catch(() => undefined);
    return result;
  }
}

/** A check that could not be made, in the learner's terms: mostly it is a script of theirs that the check runs. */
function refusedVerdict(error: SidecarError): Verdict {
  const wrote = error.facts['wrote'];
  if (error.code === 'check-wrote' && Array.isArray(wrote))
    return {
      passed: false,
      expected: 'a script that reads and prints, and changes nothing',
      found: `it writes ${wrote.slice(0, 3).join(', ')}`,
      where: 'the script that this check runs',
      hint: 'Keep what writes in another script: a check must not change the device it checks.',
    };
  if (error.code.startsWith('console-'))
    return {
      passed: false,
      expected: 'a script that comes to an end by itself',
      found: error.message,
      where: 'the script that this check runs',
      hint: null,
    };
  return {
    passed: false,
    expected: 'a check that can run',
    found: error.message,
    where: 'the check',
    hint: null,
  };
}
