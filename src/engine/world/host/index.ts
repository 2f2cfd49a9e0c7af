import type { Host } from '../../powershell/host.ts';
import { windowsVersions } from '../../device/image/windows-version.ts';
import { certificatePort } from './certificate-port.ts';
import { cimPort } from './cim-port.ts';
import { clockPort } from './clock-port.ts';
import { eventLogPort } from './event-log-port.ts';
import { filePort } from './file-port.ts';
import type { HostOptions } from './host-options.ts';
import { networkPort } from './network-port.ts';
import { processPort } from './process-port.ts';
import { registryPort } from './registry-port.ts';
import { servicePort } from './service-port.ts';
import { taskPort } from './task-port.ts';

export type { HostOptions } from './host-options.ts';

/**
 * The port of one process to its device. It reads the draft of the world's current step and writes only through
 * `emit`; what Windows would refuse to this identity is refused before.
 */
export function createHost(options: HostOptions): Host {
  const { identity, environment } = options;
  const draft = options.draft;
  const registry = registryPort(options);
  const services = servicePort(options);
  const processes = processPort(options);
  return {
    newline: '\r\n',
    identity,
    environment,
    random: (purpose) => draft().random(purpose),
    clock: clockPort(options),
    computer: {
      get name() {
        return draft().computerName;
      },
      domain: 'WORKGROUP',
      get osVersion() {
        return draft().osVersion;
      },
      get osCaption() {
        return windowsVersions[draft().os].caption;
      },
      is64Bit: true,
      processorCount: 4,
      get bootTime() {
        return draft().bootedAt;
      },
      culture: 'en-US',
    },
    registry,
    files: filePort(options),
    services,
    processes,
    cim: cimPort(options, { registry, services, processes }),
    eventLog: eventLogPort(options),
    tasks: taskPort(options),
    certificates: certificatePort(options),
    network: networkPort(options),
  };
}
