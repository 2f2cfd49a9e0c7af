import type { EventId } from '../../base/ids.ts';
import type { Duration } from '../../base/time.ts';
import type { DeviceChange, LogParameter, QueueData } from '../device/change.ts';
import type { StoredRegistryValue } from '../device/registry/registry-value.ts';
import type { Message } from './messages/message.ts';
import type { Rule } from './rules/rule.ts';
import type { Effect, Step } from './step.ts';

/** Pending work of the agent's process: dropped when the service ends. */
export const agentGroup = 'agent';

/** The timer for the next start time or deadline of an app. */
export const deadlineGroup = 'agent.deadline';
/** Timers of running installers: dropped when the installer ends. */
export const timeoutGroup = 'agent.install-timeout';
/** Timer of script fetches: a shorter one takes its place. */
export const scriptTimerGroup = 'agent.script-timer';
/** The queued run of remediations. */
export const healthJobGroup = 'agent.remediations-job';
/** Timers of a restart that is due: read again from the registry at the next start. */
export const restartGroup = 'agent.restart';
/** All of them: what ends with the process. */
export const processGroups = [
  agentGroup,
  deadlineGroup,
  timeoutGroup,
  restartGroup,
  scriptTimerGroup,
  healthJobGroup,
] as const;

/** What an explanation names besides the rule. Without `cause`, the entry that woke the stage. */
export interface Because {
  readonly cause?: EventId | null;
  readonly compared?: Readonly<Record<string, string | number | boolean | null>>;
}

export const text = (data: string): StoredRegistryValue => ({ kind: 'String', data });
export const dword = (data: number): StoredRegistryValue => ({ kind: 'DWord', data: data >>> 0 });

/** Collects what one stage decides, in order. */
export class StepBuilder {
  readonly #effects: Effect[] = [];
  readonly thread: number;

  constructor(thread: number) {
    this.thread = thread;
  }

  log(rule: Rule, message: Message, parameters: readonly LogParameter[] = [], because: Because = {}): this {
    return this.change(rule, { kind: 'log', message: message.id, parameters, thread: this.thread }, because);
  }

  change(rule: Rule, change: DeviceChange, because: Because = {}): this {
    const { cause, compared } = because;
    // Written out, because most effects are log records and come by the ten thousand.
    this.#effects.push(
      cause
        ? compared
          ? { kind: 'change', change, rule, cause, compared }
          : { kind: 'change', change, rule, cause }
        : compared
          ? { kind: 'change', change, rule, compared }
          : { kind: 'change', change, rule },
    );
    return this;
  }

  set(rule: Rule, path: string, name: string, value: StoredRegistryValue, because: Because = {}): this {
    return this.change(rule, { kind: 'registry.set', hive: 'HKLM', path, name, value }, because);
  }

  enqueue(rule: Rule, entry: string, after: Duration, data: QueueData, group: string = agentGroup): this {
    this.#effects.push({ kind: 'enqueue', after, entry, data, rule, group });
    return this;
  }

  cancel(rule: Rule, group: string): this {
    this.#effects.push({ kind: 'cancel', group, rule });
    return this;
  }

  request(
    rule: Rule,
    request: {
      readonly method: string;
      readonly url: string;
      readonly headers?: readonly (readonly [string, string])[];
      readonly body?: string;
    },
    then: string,
    data: QueueData,
    group: string = agentGroup,
  ): this {
    this.#effects.push({
      kind: 'request',
      method: request.method,
      url: request.url,
      headers: request.headers ?? [],
      body: request.body ?? '',
      then,
      data,
      rule,
      group,
    });
    return this;
  }

  restart(rule: Rule): this {
    this.#effects.push({ kind: 'restart', rule });
    return this;
  }

  memory(rule: Rule, key: string, value: QueueData | undefined, because: Because = {}): this {
    this.#effects.push({
      kind: 'memory',
      key,
      value,
      rule,
      ...(because.cause ? { cause: because.cause } : {}),
    });
    return this;
  }

  step(): Step {
    return { effects: this.#effects };
  }
}

export const nothing: Step = { effects: [] };
