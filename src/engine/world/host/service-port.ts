import { ok } from '../../../base/result.ts';
import type { ServiceRecord } from '../../device/device.ts';
import type { ServiceInfo, ServicePort, ServiceStatus } from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** The service control manager: anybody may look, only administrators start, stop and change. */
export function servicePort(options: HostOptions): ServicePort {
  const { identity, onRead, onWrite } = options;
  const draft = options.draft;
  const missing = (name: string) =>
    refused('not-found', `Service ${name} was not found on computer '.'.`, name);
  const denied = (name: string) =>
    refused('access-denied', `Cannot open ${name} service on computer '.'.`, name);

  const ask = (name: string, wanted: 'start' | 'stop') => {
    onWrite?.(`service:${name}`);
    const service = draft().serviceRecord(name);
    if (service === undefined) return missing(name);
    if (!identity.elevated) return denied(service.definition.name);
    if (wanted === 'stop' && service.status === 'Running' && !service.definition.canStop)
      return refused('cannot-stop', 'The requested control is not valid for this service.', name);
    return options.askService(service.definition.name, wanted);
  };
  return {
    list() {
      onRead?.('service:*');
      const all = draft().services;
      const dependents = dependentsOf(all);
      return all.map((service) => serviceInfo(service, dependents.get(service.folded) ?? []));
    },
    get(name) {
      onRead?.(`service:${name}`);
      const service = draft().serviceRecord(name);
      if (service === undefined) return missing(name);
      return ok(serviceInfo(service, dependentsOf(draft().services).get(service.folded) ?? []));
    },
    create(service) {
      onWrite?.(`service:${service.name}`);
      if (!identity.elevated) return denied(service.name);
      if (draft().serviceRecord(service.name) !== undefined)
        return refused('already-exists', 'The specified service already exists.', service.name);
      return options.emit({ kind: 'service.create', service: { ...service, canStop: true } });
    },
    remove(name) {
      onWrite?.(`service:${name}`);
      const service = draft().serviceRecord(name);
      if (service === undefined) return missing(name);
      if (!identity.elevated) return denied(service.definition.name);
      // One that runs goes when it stops; here it has to be stopped first.
      if (service.status !== 'Stopped')
        return refused('in-use', 'The specified service has been marked for deletion.', name);
      return options.emit({ kind: 'service.delete', name: service.definition.name });
    },
    start: (name) => ask(name, 'start'),
    stop: (name) => ask(name, 'stop'),
    configure(name, change) {
      onWrite?.(`service:${name}`);
      const service = draft().serviceRecord(name);
      if (service === undefined) return missing(name);
      if (!identity.elevated) return denied(service.definition.name);
      return options.emit({ kind: 'service.config', name: service.definition.name, ...change });
    },
  };
}

function dependentsOf(services: readonly ServiceRecord[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { definition } of services) {
    for (const name of definition.dependsOn) {
      const key = name.toUpperCase();
      const list = found.get(key);
      if (list === undefined) found.set(key, [definition.name]);
      else list.push(definition.name);
    }
  }
  return found;
}

function serviceInfo(service: ServiceRecord, dependents: readonly string[]): ServiceInfo {
  const { definition, status, processId } = service;
  return {
    name: definition.name,
    displayName: definition.displayName,
    description: definition.description,
    status: status as ServiceStatus,
    startMode: definition.startMode,
    account: definition.account,
    binaryPath: definition.binaryPath,
    processId: processId ?? undefined,
    dependsOn: definition.dependsOn,
    dependents,
    canStop: definition.canStop && status === 'Running',
  };
}
