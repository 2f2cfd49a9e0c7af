import { utf8Encode } from '../../base/bytes.ts';
import type { CloudState } from './cloud-state.ts';
import type { CloudOutcome, CloudRequest, CloudResponse } from './cloud.ts';
import { contentHost, gatewayHost } from './hosts.ts';

/**
 * `GET …/Certificate/ServiceAddresses`: where an enrolled device finds the services of its account. Names are those of
 * agent logs; only the gateway and the content host exist on the simulated network.
 */
export function serveLocation(
  state: CloudState,
  request: CloudRequest,
): CloudOutcome<CloudState> & { readonly response: CloudResponse } {
  const known = state.devices.has(request.device);
  const found = known && request.method === 'GET' && request.url.endsWith('/Certificate/ServiceAddresses');
  return {
    state,
    events: [],
    later: [],
    push: [],
    response: {
      status: found ? 200 : known ? 404 : 401,
      headers: [['Content-Type', 'application/json']],
      body: found ? addresses : '',
    },
  };
}

const addresses = utf8Encode(
  JSON.stringify([
    { ServiceName: 'AriaService', Url: 'https://mobile.events.data.microsoft.com/OneCollector/1.0/' },
    {
      ServiceName: 'CollectorService',
      Url: `https://${gatewayHost}/TrafficGateway/TrafficRoutingService/Collector/`,
    },
    {
      ServiceName: 'SideCarGatewayService',
      Url: `https://${gatewayHost}/TrafficGateway/TrafficRoutingService/SideCar/StatelessSideCarGatewayService/`,
    },
    { ServiceName: 'DownloadService', Url: `https://${contentHost}/` },
  ]),
);
