import { ok } from '../../../base/result.ts';
import type { DeviceChange, ServiceDefinition } from '../change.ts';
import type { DeviceParts, Stamp } from '../device-parts.ts';
import { serviceValues } from '../image/services.ts';
import { keyed } from '../keyed-map.ts';
import { servicePrograms } from '../processes/boot-processes.ts';
import type { DeviceResult } from '../refusal.ts';
import { missing } from '../refusal.ts';
import { valuesEqual } from '../registry/value-text.ts';

export type ServiceChange = Extract<DeviceChange, { kind: `service.${string}` }>;

const servicesKey = 'SYSTEM\\CurrentControlSet\\Services';

/** What the service control manager does: the table, the registry's copy of it, and the process of each service. */
export function applyServiceChange(
  parts: DeviceParts,
  change: ServiceChange,
  stamp: Stamp,
): DeviceResult<void> {
  const { writer } = stamp;
  if (change.kind === 'service.create') {
    const { service: definition } = change;
    parts.services.put({
      ...keyed(definition.name),
      definition,
      status: 'Stopped',
      processId: null,
      failures: null,
      writer,
    });
    register(parts, definition, stamp);
    return ok(undefined);
  }
  const service = parts.services.get(change.name);
  if (service === undefined) return missing(change.name);
  switch (change.kind) {
    case 'service.delete':
      if (service.processId !== null) parts.endProcess(service.processId);
      parts.services.delete(service);
      parts.registry.deleteKey('HKLM', `${servicesKey}\\${change.name}`, stamp.at, writer);
      return ok(undefined);
    case 'service.failed':
      parts.services.put({ ...service, failures: { count: change.count, last: stamp.at }, writer });
      return ok(undefined);
    case 'service.config': {
      const { kind: _kind, name: _name, ...config } = change;
      const definition = { ...service.definition, ...config };
      parts.services.put({ ...service, definition, writer });
      register(parts, definition, stamp);
      return ok(undefined);
    }
    case 'service.state': {
      const { status } = change;
      let { processId } = service;
      if (status === 'Stopped') {
        if (processId !== null) parts.endProcess(processId);
        processId = null;
      } else if (processId === null) {
        // A service has a process from its start pending until it is stopped.
        processId = parts.newProcessId();
        parts.addProcess(
          { id: processId, started: stamp.at, ...servicePrograms(service.definition) },
          writer,
        );
      }
      parts.services.put({ ...service, status, processId, writer });
      return ok(undefined);
    }
  }
}

function register(parts: DeviceParts, service: ServiceDefinition, { at, writer }: Stamp): void {
  for (const { path, name, value } of serviceValues(service)) {
    const before = parts.registry.value('HKLM', path, name)?.value;
    if (before === undefined || !valuesEqual(before, value))
      parts.registry.set('HKLM', path, name, value, at, writer);
  }
}
