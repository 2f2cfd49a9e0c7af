import type { DeviceId, EventId } from '../../base/ids.ts';
import { duration } from '../../base/time.ts';
import { fail, ok } from '../../base/result.ts';
import type { HostResult } from '../powershell/host.ts';
import { occurred } from './effects.ts';
import { parameter, serviceStart, serviceStop } from './rules.ts';
import type { Running } from './running.ts';
import { serviceFailed } from './service-failure.ts';
import type { WorldEntry } from './world.ts';

export const serviceSettles = 'windows.service.settles';

/** The service whose end takes the agent's memory with it. */
const agentService = 'intunemanagementextension';

/**
 * Asks the service control manager. The state then passes through its pending stage by itself; `killed`: the process
 * was ended from outside, which leaves no pending stage.
 */
export function askService(
  running: Running,
  device: DeviceId,
  name: string,
  wanted: 'start' | 'stop' | 'killed',
  by: EventId,
): HostResult<void> {
  const { world } = running;
  const service = world.device(device).service(name)?.value;
  if (!service)
    return fail({
      code: 'not-found',
      message: 'The specified service does not exist as an installed service.',
      path: name,
    });
  if (wanted === 'killed') {
    const id = world.write(
      device,
      { kind: 'service.state', name: service.name, status: 'Stopped' },
      { cause: by, rule: serviceStop.id },
    );
    if (id !== null && world.happened(id)) {
      serviceEnded(running, device, service.name, true, id);
      serviceFailed(running, device, service.name, id);
    }
    return ok(undefined);
  }
  const rule = wanted === 'start' ? serviceStart : serviceStop;
  if (wanted === 'start') {
    if (service.startMode === 'Disabled')
      return fail({
        code: 'disabled',
        message:
          'The service cannot be started, either because it is disabled or because it has no enabled devices associated with it.',
        path: name,
      });
    if (service.status !== 'Stopped')
      return fail({
        code: 'already-running',
        message: 'An instance of the service is already running.',
        path: name,
      });
  } else if (service.status !== 'Running')
    return fail({ code: 'not-running', message: 'The service has not been started.', path: name });
  const id = world.write(
    device,
    {
      kind: 'service.state',
      name: service.name,
      status: wanted === 'start' ? 'StartPending' : 'StopPending',
    },
    { cause: by, rule: rule.id },
  );
  world.enqueue(
    device,
    duration(parameter(rule, 'pending')),
    serviceSettles,
    { service: service.name, status: wanted === 'start' ? 'Running' : 'Stopped' },
    { cause: id, rule: rule.id },
  );
  return ok(undefined);
}

/** The pending stage of a service is over. */
export function serviceIsSettled(running: Running, device: DeviceId, entry: WorldEntry): void {
  const { service, status } = entry.data as { readonly service: string; readonly status: string };
  const present = running.world.device(device).service(service)?.value;
  // Removed or killed in the meantime.
  if (!present || !present.status.endsWith('Pending')) return;
  const rule = status === 'Running' ? serviceStart : serviceStop;
  const id = running.world.write(
    device,
    { kind: 'service.state', name: service, status },
    { cause: entry.id, rule: rule.id },
  );
  if (id !== null && running.world.happened(id)) serviceStateChanged(running, device, service, status, id);
}

/** What a new state of a service brings about, whoever wrote it. */
export function serviceStateChanged(
  running: Running,
  device: DeviceId,
  service: string,
  status: string,
  by: EventId,
): void {
  if (status === 'Running') {
    wakeWaiting(running, device, service, status);
    occurred(running, device, { kind: 'service.started', service }, by);
  } else if (status === 'Stopped') serviceEnded(running, device, service, false, by);
}

function serviceEnded(
  running: Running,
  device: DeviceId,
  service: string,
  crashed: boolean,
  by: EventId,
): void {
  if (service.toLowerCase() === agentService) {
    const { happens } = running.world.emit(
      device,
      { kind: 'memory', key: '*', value: null },
      { cause: by, rule: serviceStop.id },
    );
    if (happens) running.world.device(device).clearMemory();
  }
  wakeWaiting(running, device, service, 'Stopped');
  occurred(running, device, { kind: 'service.stopped', service, crashed }, by);
}

/** Scripts that wait for a service to reach a state. */
function wakeWaiting(running: Running, device: DeviceId, service: string, status: string): void {
  for (const run of running.runs.of(device)) {
    if (run.state.kind !== 'waiting' || run.state.wanted.kind !== 'service') continue;
    const { wanted } = run.state;
    if (wanted.name.toLowerCase() === service.toLowerCase() && wanted.status === status)
      running.runs.resume(run, { kind: 'service', reached: true });
  }
}
