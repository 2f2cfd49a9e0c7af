import type { Instant } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import * as msg from '../messages/health-script-messages.ts';
import { deviceScope } from '../paths.ts';
import * as rules from '../rules/health-script-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import { fromEnglishText, localText } from '../utc-text.ts';
import { textValue } from '../win32/stored.ts';
import type { HealthPolicy } from './health-policy.ts';
import { complianceType } from './health-policy.ts';
import { executionKey, executionsKey } from './health-paths.ts';
import { dateText, nextRun, timeText } from './schedule.ts';

/** A script with the time it is due next; null: never again. */
export interface Planned {
  readonly policy: HealthPolicy;
  readonly next: Instant | null;
}

/** Leaves out what cannot run without a user. */
export function resolvePolicies(
  to: StepBuilder,
  read: DeviceReader,
  user: string,
  policies: readonly HealthPolicy[],
): readonly HealthPolicy[] {
  const nobody = user === deviceScope;
  const stored = read.key('HKLM', executionsKey(user))?.value.subKeys.length ?? 0;
  to.log(rules.resolved, msg.loadExecution, [stored]).log(rules.resolved, msg.startResolved);
  const kept = policies.filter((policy) => {
    to.log(rules.resolved, msg.noUserLogOn, [nobody]);
    return !nobody || policy.runAs === 'system' || policy.type === complianceType;
  });
  to.log(rules.resolved, msg.finishResolved, [kept.length]);
  return kept;
}

/** Says when each script is due; what is past is due at once. */
export function inspect(
  to: StepBuilder,
  read: DeviceReader,
  user: string,
  policies: readonly HealthPolicy[],
): readonly Planned[] {
  return policies.map((policy) => {
    const stored = read.value('HKLM', executionKey(user, policy.id, policy.version), 'LastExecution');
    const last = fromEnglishText(textValue(stored) ?? '');
    const next = nextRun(read, policy.schedule, last);
    const because = {
      cause: stored?.writer ?? null,
      compared: { lastExecution: last ?? null, next, now: read.now },
    };
    const { schedule, id } = policy;
    const rule = last === undefined && schedule.kind === 'daily' ? rules.firstDaily : rules.schedules;
    if (schedule.kind === 'hourly') to.log(rule, msg.hourly, [id, false, schedule.interval], because);
    else if (schedule.kind === 'daily') {
      if (last !== undefined) to.log(rule, msg.dailyLast, [id, localText(last, 0)], because);
      to.log(rule, msg.daily, [id, schedule.utc, schedule.interval, timeText(schedule.time)], because);
    } else
      to.log(
        rule,
        msg.once,
        [id, schedule.utc, timeText(schedule.time).slice(0, -3), dateText(schedule.date)],
        because,
      );
    if (next !== null && next < read.now) to.log(rule, msg.past, [localText(next, 0)], because);
    return { policy, next };
  });
}

/** The earliest next run of all; null where none is due ever again. */
export function earliestOf(planned: readonly Planned[]): Instant | null {
  let earliest: Instant | null = null;
  for (const { next } of planned)
    if (next !== null && (earliest === null || next < earliest)) earliest = next;
  return earliest;
}
