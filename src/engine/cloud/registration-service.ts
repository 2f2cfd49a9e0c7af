import { utf8Encode } from '../../base/bytes.ts';
import type { CloudState } from './cloud-state.ts';
import type { CloudResponse } from './cloud.ts';

/** Entra's device registration service, as far as a device asks it whose tenant a domain is. */
export function serveRegistration(state: CloudState, method: string, path: string): CloudResponse {
  const domain = /^\/([^/]+)\/discover\?api-version=/i.exec(path)?.[1];
  const headers = [['Content-Type', 'application/json']] as const;
  if (method !== 'GET' || domain === undefined) return { status: 404, headers, body: '' };
  const answer = {
    DiscoveryService: {
      DiscoveryEndpoint:
        'https://enterpriseregistration.windows.net/EnrollmentServer/DeviceEnrollmentWebService.svc',
    },
    TenantInfo: { DisplayName: state.tenant.name, TenantId: state.tenant.id, TenantName: domain },
  };
  return { status: 200, headers, body: utf8Encode(JSON.stringify(answer)) };
}
