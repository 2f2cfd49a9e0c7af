import type { DeviceId, EventId } from '../../base/ids.ts';
import { milliseconds } from '../../base/time.ts';
import { readFailureActions } from '../console/failure-actions.ts';
import { restartEntry, startServiceEntry } from './restart-entry.ts';
import { serviceRecovery } from './rules.ts';
import type { Running } from './running.ts';
import { written } from './written.ts';

/**
 * The process of a service has ended without the service being stopped. The service control manager writes it down and
 * takes the action that the service's settings name for so many failures; the last one counts for all that follow.
 */
export function serviceFailed(running: Running, device: DeviceId, name: string, by: EventId): void {
  const { world } = running;
  const read = world.device(device);
  const service = read.serviceRecord(name);
  if (!service) return;
  const key = `SYSTEM\\CurrentControlSet\\Services\\${service.definition.name}`;
  const stored = read.value('HKLM', key, 'FailureActions');
  const settings =
    stored?.value.kind === 'Binary' ? readFailureActions(stored.value.data as string) : undefined;
  const before = service.failures;
  const reset = settings?.reset ?? null;
  const counts = before !== null && (reset === null || read.now - before.last <= reset * 1_000_000);
  const count = counts ? before.count + 1 : 1;
  const why = { cause: by, rule: serviceRecovery.id };
  world.write(device, { kind: 'service.failed', name: service.definition.name, count }, why);
  const action = settings?.actions[Math.min(count, settings.actions.length) - 1];
  const acts = action !== undefined && action.kind !== 'none';
  const text = `The ${service.definition.displayName} service terminated unexpectedly.  It has done this ${count} time(s).`;
  const change = {
    kind: 'event-log',
    log: 'System',
    provider: 'Service Control Manager',
    id: acts ? 7031 : 7034,
    level: 2,
    message: acts
      ? `${text}  The following corrective action will be taken in ${action.delay} milliseconds: ${actionText[action.kind]}.`
      : text,
  } as const;
  const record = world.write(device, change, why);
  if (record !== null && world.happened(record)) written(running, device, change, record);
  if (!acts) return;
  const because = { cause: stored?.writer ?? by, rule: serviceRecovery.id };
  const after = milliseconds(action.delay);
  if (action.kind === 'restart')
    world.enqueue(device, after, startServiceEntry, { service: service.definition.name }, because);
  if (action.kind === 'reboot') world.enqueue(device, after, restartEntry, null, because);
}

const actionText = {
  restart: 'Restart the service',
  reboot: 'Reboot the machine',
  run: 'Run the configured recovery program',
} as const;
