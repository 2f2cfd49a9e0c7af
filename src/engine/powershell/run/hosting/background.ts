import type { Instant } from '../../../../base/time.ts';
import type { ClockPort, Resume, Suspend } from '../../host.ts';
import type { Steps } from '../steps.ts';

/** Work that goes on beside the script that started it: a job, a pipeline begun with BeginInvoke, a timer. */
export interface Task {
  readonly done: boolean;
  /** Ends it where it stands; its `finally` parts run. */
  stop(): void;
}

interface Condition {
  readonly done: () => boolean;
  readonly deadline: Instant | undefined;
}

class RunningTask implements Task {
  done = false;
  /** What it waits for; undefined before its first slice. */
  wanted: Suspend | undefined = undefined;
  /** It waits for other tasks: until this says so. */
  condition: Condition | undefined = undefined;
  readonly steps: Steps<void>;
  constructor(steps: Steps<void>) {
    this.steps = steps;
  }
  stop(): void {
    if (this.done) return;
    this.done = true;
    this.steps.return();
  }
}

/**
 * The tasks of a process. They take turns with the script in the foreground: one slice each at its safepoints, and
 * for as long as it sleeps. The order is that in which they were started, so a run is the same on every machine.
 * A task that waits for a program, a service or the network holds up the others: the device serves one wait at a time.
 */
export class Background {
  private readonly clock: ClockPort;
  private tasks: RunningTask[] = [];
  /** The task whose slice this is; undefined while the foreground runs. */
  private current: RunningTask | undefined;
  constructor(clock: ClockPort) {
    this.clock = clock;
  }

  /** `steps` must not throw: whoever starts it keeps its outcome. */
  start(steps: Steps<void>): Task {
    const task = new RunningTask(steps);
    this.tasks.push(task);
    return task;
  }

  /** When a task can go on; undefined where that depends on others. */
  private due(task: RunningTask): Instant | undefined {
    if (task.condition) return task.condition.done() ? this.clock.now() : task.condition.deadline;
    return task.wanted?.kind === 'until' ? task.wanted.at : this.clock.now();
  }
  /** Earliest moment at which a task can go on; undefined where none can. */
  private wake(): Instant | undefined {
    let first: Instant | undefined;
    for (const task of this.tasks) {
      if (task.done) continue;
      const at = this.due(task);
      if (at !== undefined && (first === undefined || at < first)) first = at;
    }
    return first;
  }

  private slice(task: RunningTask, answer: Resume | undefined): IteratorResult<Suspend, void> {
    const before = this.current;
    this.current = task;
    try {
      return answer === undefined ? task.steps.next() : task.steps.next(answer);
    } finally {
      this.current = before;
    }
  }

  /** One slice for each task that is ready. */
  *turn(): Steps<void> {
    if (this.tasks.length === 0) return;
    for (const task of [...this.tasks]) {
      if (task.done) continue;
      const due = this.due(task);
      if (due === undefined || due > this.clock.now()) continue;
      task.condition = undefined;
      let answer: Resume | undefined =
        task.wanted === undefined
          ? undefined
          : { kind: task.wanted.kind === 'until' ? 'until' : 'safepoint' };
      for (;;) {
        const result = this.slice(task, answer);
        if (result.done) {
          task.done = true;
          break;
        }
        const wanted = result.value;
        if (wanted.kind === 'safepoint' || wanted.kind === 'until') {
          task.wanted = wanted;
          break;
        }
        // Nobody sits before a task.
        answer = wanted.kind === 'line' ? { kind: 'line', text: undefined } : yield wanted;
      }
    }
    this.tasks = this.tasks.filter((task) => !task.done);
  }

  /** The foreground waits for `wanted`: passes it on, and gives the tasks the time it leaves. */
  *during(wanted: Suspend): Generator<Suspend, Resume, Resume> {
    if (this.tasks.length === 0) return yield wanted;
    if (wanted.kind === 'safepoint') {
      const answer = yield wanted;
      yield* this.turn();
      return answer;
    }
    if (wanted.kind !== 'until') return yield wanted;
    for (;;) {
      yield* this.turn();
      const now = this.clock.now();
      if (now >= wanted.at) return { kind: 'until' };
      const wake = this.wake();
      if (wake !== undefined && wake <= now) yield { kind: 'safepoint' };
      else yield { kind: 'until', at: wake !== undefined && wake < wanted.at ? wake : wanted.at };
    }
  }

  /** Waits until `done`; false where the deadline passed first or nothing is left that could bring it about. */
  *waitFor(done: () => boolean, deadline?: Instant): Steps<boolean> {
    while (!done()) {
      const now = this.clock.now();
      if (deadline !== undefined && now >= deadline) return false;
      if (this.current) {
        this.current.condition = { done, deadline };
        yield { kind: 'safepoint' };
        continue;
      }
      const wake = this.wake();
      const at = wake === undefined || (deadline !== undefined && deadline < wake) ? deadline : wake;
      if (at === undefined) return false;
      yield at <= now ? { kind: 'safepoint' } : { kind: 'until', at };
    }
    return true;
  }
}
