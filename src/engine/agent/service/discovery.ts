import type { Duration } from '../../../base/time.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { utf8Decode } from '../../../base/bytes.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { mdmCertificates } from '../health/agent-program.ts';
import * as service from '../messages/service-messages.ts';
import * as msg from '../messages/start-messages.ts';
import { gatewayLocation } from '../rules/service-rules.ts';
import * as rules from '../rules/start-rules.ts';
import type { Step } from '../step.ts';
import { StepBuilder } from '../step-builder.ts';
import { utcText } from '../utc-text.ts';
import { gatewayUrl, newGuid } from './gateway.ts';

/** Where the addresses of an account's services are asked for. */
const locationUrl =
  'https://manage.microsoft.com/RestUserAuthLocationService/RestUserAuthLocationService/Certificate/ServiceAddresses';

/** The start looks for its gateway: soon asked, the answer goes on with the start. */
export function discoverGateway(to: StepBuilder): void {
  to.log(gatewayLocation, service.locationExpired).enqueue(
    rules.gatewayDiscovery,
    'agent.discovery',
    rules.gatewayDiscovery.parameters?.['after'] as Duration,
    { thread: to.thread },
  );
}

/** The question to the location service. */
export function discovery(read: DeviceReader, entry: QueueEntry): Step {
  const { thread } = entry.data as { readonly thread: number };
  const to = new StepBuilder(thread);
  const account = read.key('HKLM', 'SOFTWARE\\Microsoft\\Provisioning\\OMADM\\Accounts')?.value.subKeys[0];
  if (account !== undefined)
    to.log(rules.gatewayDiscovery, msg.provisioningKey, [`OMADM\\Accounts\\${account}`]);
  return to
    .log(rules.gatewayDiscovery, msg.discovered, [locationUrl.replace(/^(https:\/\/[^/]+).*/, '$1')])
    .log(rules.gatewayDiscovery, msg.locationCalls, [locationUrl])
    .log(rules.gatewayDiscovery, msg.locationRequest, [newGuid(read, 'agent.location')])
    .request(rules.gatewayDiscovery, { method: 'GET', url: locationUrl }, 'agent.located', { thread })
    .step();
}

interface Address {
  readonly ServiceName?: unknown;
  readonly Url?: unknown;
}

/** What the location service answered; without an answer the address of before stays. */
export function logAddresses(to: StepBuilder, read: DeviceReader, entry: QueueEntry): void {
  const { status, body } = entry.data as { readonly status?: number; readonly body?: string };
  const addresses = status === 200 ? addressesOf(body ?? '') : [];
  if (addresses.length === 0) to.log(rules.gatewayCached, service.cachedGateway, [gatewayUrl]);
  else {
    to.log(rules.gatewayDiscovery, msg.locationFound, [locationUrl]);
    for (const { ServiceName, Url } of addresses) {
      if (typeof ServiceName !== 'string' || typeof Url !== 'string') continue;
      if (ServiceName === 'DownloadService') to.log(rules.gatewayDiscovery, msg.downloadUrl, [Url]);
      else to.log(rules.gatewayDiscovery, msg.locationAddress, [ServiceName, Url]);
    }
  }
  const [thumbprint] = mdmCertificates(read);
  const found = read.certificates.find(({ certificate }) => certificate.thumbprint === thumbprint);
  if (found)
    to.log(rules.startEnvironmentChecks, msg.certificateRefreshed, [
      read.intuneDeviceId,
      utcText(found.certificate.notAfter),
    ]);
}

function addressesOf(body: string): readonly Address[] {
  try {
    const list: unknown = JSON.parse(utf8Decode(body as Bytes));
    return Array.isArray(list) ? (list as Address[]) : [];
  } catch {
    return [];
  }
}
