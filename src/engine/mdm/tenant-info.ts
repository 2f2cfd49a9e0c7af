import type { Bytes } from '../../base/bytes.ts';
import { utf8Decode } from '../../base/bytes.ts';
import type { QueueEntry } from '../agent/agent.ts';
import type { Step } from '../agent/step.ts';
import { nothing, StepBuilder, text } from '../agent/step-builder.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import * as rules from './rules.ts';

/** Entra's device registration service. */
const registrationHost = 'enterpriseregistration.windows.net';
/** Part of the MDM client's pending work. */
const group = 'mdm';
const tenants = 'SYSTEM\\CurrentControlSet\\Control\\CloudDomainJoin\\TenantInfo';

/** A device that joins asks the registration service whose tenant it is. */
export function askTenant(to: StepBuilder, read: DeviceReader): void {
  const domain = (read.users[0]?.upn ?? '').replace(/^.*@/, '') || 'common';
  to.request(
    rules.tenantInfo,
    { method: 'GET', url: `https://${registrationHost}/${domain}/discover?api-version=1.9` },
    'mdm.tenant-info',
    {},
    group,
  );
}

/** The tenant's name comes into the registry, from where `dsregcmd` shows it. */
export function tenantAnswered(_read: DeviceReader, entry: QueueEntry): Step {
  const { status, body } = entry.data as { readonly status: number; readonly body: string };
  if (status !== 200) return nothing;
  const { TenantInfo } = JSON.parse(utf8Decode(body as Bytes)) as {
    readonly TenantInfo?: { readonly TenantId?: string; readonly DisplayName?: string };
  };
  if (TenantInfo?.TenantId === undefined) return nothing;
  return new StepBuilder(0)
    .set(
      rules.tenantInfo,
      `${tenants}\\${TenantInfo.TenantId}`,
      'DisplayName',
      text(TenantInfo.DisplayName ?? ''),
    )
    .step();
}
