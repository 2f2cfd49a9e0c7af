import { assertNever } from '../../base/assert-never.ts';
import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import type { Occurrence } from '../agent/agent.ts';
import { agent } from './device-agents.ts';
import type { Effect, Step } from '../agent/step.ts';
import { sendRequest } from './network.ts';
import { finishRun, startForAgent } from './processes.ts';
import type { Running } from './running.ts';
import { written } from './written.ts';
import { restartEntry } from './restart-entry.ts';
import { serviceStateChanged } from './services.ts';
import type { Why } from './world-draft.ts';

/** Applies what a stage decided, in its order. `woke` is the event that woke the stage: the cause where none is named. */
export function applyStep(running: Running, device: DeviceId, step: Step, woke: EventId): void {
  for (const effect of step.effects) applyEffect(running, device, effect, whyOf(effect, woke));
}

/** Tells the agent of something that happened on its device. */
export function occurred(running: Running, device: DeviceId, what: Occurrence, by: EventId): void {
  applyStep(running, device, agent.occurred(running.world.device(device), what, by), by);
}

function whyOf(effect: Effect, woke: EventId): Why {
  const compared = effect.kind === 'change' ? effect.compared : undefined;
  const cause = effect.cause ?? woke;
  const rule = effect.rule.id;
  return compared ? { cause, rule, compared } : { cause, rule };
}

function applyEffect(running: Running, device: DeviceId, effect: Effect, why: Why): void {
  const { world } = running;
  switch (effect.kind) {
    case 'change': {
      const { change } = effect;
      if (change.kind === 'log') {
        world.log(device, change, why);
        return;
      }
      if (change.kind === 'process.end') {
        const run = running.runs.get(device, change.id);
        if (run) finishRun(running, run, change.exitCode);
        return;
      }
      const by = world.write(device, change, why);
      if (by === null || !world.happened(by)) return;
      if (change.kind === 'process.start') startForAgent(running, device, change, by);
      written(running, device, change, by);
      if (change.kind === 'service.state')
        serviceStateChanged(running, device, change.name, change.status, by);
      return;
    }
    case 'enqueue':
      world.enqueue(device, effect.after, effect.entry, effect.data, why, effect.group ?? null);
      return;
    case 'cancel':
      world.cancel(device, effect.group, why);
      return;
    case 'request':
      sendRequest(
        running,
        device,
        effect,
        { kind: 'entry', entry: effect.then, data: effect.data, group: effect.group ?? null },
        why,
      );
      return;
    case 'restart':
      world.enqueue(device, duration(0), restartEntry, null, why);
      return;
    case 'memory': {
      const { id, happens } = world.emit(
        device,
        { kind: 'memory', key: effect.key, value: effect.value ?? null },
        why,
      );
      if (happens) world.device(device).setMemory(effect.key, effect.value, id);
      return;
    }
    default:
      assertNever(effect);
  }
}
