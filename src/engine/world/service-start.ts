import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import type { ServiceStartMode } from '../device/change.ts';
import { occurred } from './effects.ts';
import { delayedStart, deviceRestart, parameter, serviceDatabase } from './rules.ts';
import type { Running } from './running.ts';

export const delayedServicesEntry = 'windows.services.delayed';

const modes: Readonly<Record<number, ServiceStartMode>> = { 2: 'Automatic', 3: 'Manual', 4: 'Disabled' };

/**
 * The service control manager reads its database anew when Windows starts: a start mode that somebody wrote straight
 * to the registry counts from then on.
 */
export function readServices(running: Running, device: DeviceId, by: EventId): void {
  const { world } = running;
  const read = world.device(device);
  for (const { definition } of read.services) {
    const key = `SYSTEM\\CurrentControlSet\\Services\\${definition.name}`;
    const start = read.value('HKLM', key, 'Start');
    if (start?.value.kind !== 'DWord') continue;
    const delayed = read.value('HKLM', key, 'DelayedAutostart')?.value;
    const mode = modes[start.value.data];
    const startMode =
      mode === 'Automatic' && delayed?.kind === 'DWord' && delayed.data === 1 ? 'AutomaticDelayed' : mode;
    if (startMode === undefined || startMode === definition.startMode) continue;
    world.write(
      device,
      { kind: 'service.config', name: definition.name, startMode },
      { cause: start.writer ?? by, rule: serviceDatabase.id },
    );
  }
}

/** Services that start with Windows; those with a delayed start wait until the others have had their time. */
export function startAutomaticServices(running: Running, device: DeviceId, by: EventId): void {
  const { world } = running;
  start(running, device, 'Automatic', by);
  if (world.device(device).services.some((one) => one.definition.startMode === 'AutomaticDelayed'))
    world.enqueue(device, duration(parameter(delayedStart, 'after')), delayedServicesEntry, null, {
      cause: by,
      rule: delayedStart.id,
    });
}

/** The time of services with a delayed start has come. */
export const startDelayedServices = (running: Running, device: DeviceId, by: EventId): void =>
  start(running, device, 'AutomaticDelayed', by);

function start(running: Running, device: DeviceId, mode: ServiceStartMode, by: EventId): void {
  const { world } = running;
  const rule = (mode === 'Automatic' ? deviceRestart : delayedStart).id;
  for (const { definition, status } of world.device(device).services) {
    if (definition.startMode !== mode || status !== 'Stopped') continue;
    const { name } = definition;
    const started = world.write(
      device,
      { kind: 'service.state', name, status: 'Running' },
      { cause: by, rule },
    );
    if (started !== null && world.happened(started))
      occurred(running, device, { kind: 'service.started', service: name }, started);
  }
}
