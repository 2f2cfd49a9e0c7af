import type { Value } from '../types/value.ts';
import type { CommandInfo } from './command-info.ts';
import { ExitFlow } from './flow.ts';
import type { Processor } from './invoke.ts';
import { unmetRequirement } from './script-requirements.ts';
import type { Session } from './session.ts';
import type { Step, Steps } from './steps.ts';

/** A script file called by another: its `exit` ends it alone and sets `$LASTEXITCODE`. */
export class ScriptRun implements Processor {
  readonly inner: Processor;
  private readonly session: Session;
  private readonly info: CommandInfo;
  private exited = false;
  constructor(inner: Processor, info: CommandInfo, session: Session) {
    this.info = info;
    this.inner = inner;
    this.session = session;
  }
  begin(): Step {
    const unmet = unmetRequirement(this.session, this.info);
    if (unmet) throw unmet;
    return this.guarded(() => this.inner.begin());
  }
  process(item: Value): Step {
    return this.guarded(() => this.inner.process(item));
  }
  end(): Step {
    return this.guarded(() => this.inner.end());
  }
  dispose(): void {
    this.inner.dispose();
  }

  private guarded(act: () => Step): Step {
    if (this.exited) return undefined;
    try {
      const step = act();
      return step && this.steps(step);
    } catch (error) {
      this.ended(error);
      return undefined;
    }
  }
  private *steps(step: Steps<void>): Steps<void> {
    try {
      yield* step;
    } catch (error) {
      this.ended(error);
    }
  }
  private ended(error: unknown): void {
    if (!(error instanceof ExitFlow)) throw error;
    this.exited = true;
    this.session.setGlobal('LASTEXITCODE', typeof error.code === 'number' ? error.code | 0 : 0);
    this.session.success = error.code === 0;
  }
}
