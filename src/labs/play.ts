import { SidecarError } from '../base/error.ts';
import { consoleId, deviceId } from '../base/ids.ts';
import type { ConsoleId, DeviceId } from '../base/ids.ts';
import { hours, instant, plus } from '../base/time.ts';
import type { Account, Input } from '../engine/world/input.ts';
import type { Simulation } from '../engine/world/simulation.ts';
import { settleConsole } from '../targets/simulated/run-console.ts';
import { SimulatedTarget } from '../targets/simulated/simulated-target.ts';
import { applyRecord, emptyAttempt } from './attempt.ts';
import type { Attempt } from './attempt.ts';
import { predictionOptions, runCheck, scriptText } from './check.ts';
import { durationOf } from './duration.ts';
import type { Lab } from './lab.ts';
import type { Act } from './schema.ts';
import { touched } from './touched.ts';

/** A learner without a window: does acts on a simulated device and is checked after each, as in the window. */
export class Player {
  readonly simulation: Simulation;
  readonly device: DeviceId;
  readonly #lab: Lab;
  readonly #target: SimulatedTarget;
  #attempt: Attempt = emptyAttempt;
  #seq = 0;
  /** What each check read when it ran last, and how many events there were. */
  readonly #ran = new Map<string, { readonly reads: readonly string[] | null; readonly events: number }>();

  constructor(lab: Lab, simulation: Simulation) {
    this.#lab = lab;
    this.simulation = simulation;
    this.device = deviceId(lab.device);
    this.#target = new SimulatedTarget(this.device, {
      simulation: () => simulation,
      take: (input) => this.#take(input),
    });
  }

  get attempt(): Attempt {
    return this.#attempt;
  }

  /** Runs each check (or those named) whose reads were touched since it ran last and that still counts. */
  async check(only?: ReadonlySet<string>): Promise<void> {
    for (const step of this.#lab.steps) {
      for (const check of step.checks) {
        if (only && !only.has(check.id)) continue;
        if (check.mode === 'latch' && this.#attempt.checks.get(check.id)?.best === 1) continue;
        const last = this.#ran.get(check.id);
        const { events } = this.simulation;
        if (last && !touched(last.reads, events.since(last.events), this.device)) continue;
        const { verdicts, reads } = await runCheck(this.#lab, check, this.#target);
        this.#ran.set(check.id, { reads, events: events.length });
        this.#attempt = applyRecord(this.#attempt, {
          kind: 'check',
          check: check.id,
          seq: this.#seq,
          verdicts,
        });
      }
    }
  }

  /** Does acts and is checked after each; or, with `checked` false, not before somebody asks. */
  async do(acts: readonly Act[], checked = true): Promise<void> {
    for (const act of acts) {
      await this.#do(act);
      if (checked) await this.check();
    }
  }

  /** Locks an answer; one that is no option is wrong, as it would be for a learner who could give it. */
  async predict(id: string, answer: string): Promise<void> {
    const prediction = this.#lab.steps.flatMap((step) => step.predictions).find((one) => one.id === id);
    if (!prediction) throw new SidecarError('prediction-unknown', `The lab has no prediction ${id}`, { id });
    const options = await predictionOptions(this.#lab, prediction, this.#target);
    const correct = options.some((option) => option.correct && option.id === answer);
    this.#attempt = applyRecord(this.#attempt, {
      kind: 'prediction',
      prediction: id,
      answer,
      correct,
      seq: this.#seq,
      options,
    });
  }

  async #do(act: Act): Promise<void> {
    if ('type' in act) return this.#type(act.as, act.type);
    if ('save' in act) {
      const text = this.#lab.files.get(act.save.from);
      if (text === undefined)
        throw new SidecarError('lab-file-missing', `Expected ${act.save.from} in the lab folder`, {
          file: act.save.from,
        });
      return this.#take({ kind: 'file.save', device: this.device, path: act.save.path, text });
    }
    if ('advance' in act)
      return this.#take({ kind: 'advance', to: plus(this.simulation.now, durationOf(act.advance)) });
    if ('predict' in act)
      return this.predict(
        act.predict.prediction,
        await scriptText(this.#lab, act.predict.script, this.#target),
      );
    return this.#take(act.input as unknown as Input);
  }

  async #type(as: Account, text: string): Promise<void> {
    const console: ConsoleId = consoleId(as);
    const at = { device: this.device, console };
    if (!this.simulation.console(this.device, console))
      await this.#take({ kind: 'console.open', ...at, as, width: 120, height: 30, shell: 'powershell' });
    await this.#take({ kind: 'console.line', ...at, text });
    await settleConsole(this.simulation, { ...at, limit: hours(24) });
  }

  #take(input: Input): void {
    this.simulation.input(input);
    this.simulation.settle();
    this.#seq++;
  }

  /** Text files that are in a folder of the device. */
  filesIn(folder: string): ReadonlyMap<string, string> {
    const read = this.simulation.read(this.device);
    const files = new Map<string, string>();
    for (const file of read.children(folder)) {
      const content = file.kind === 'file' ? read.content(file.path) : undefined;
      if (content !== undefined) files.set(file.path, content);
    }
    return files;
  }

  /** Saves a file as the editor does. */
  save(path: string, text: string): void {
    this.#take({ kind: 'file.save', device: this.device, path, text });
  }

  advanceTo(at: number): void {
    this.#take({ kind: 'advance', to: instant(at) });
  }
}
