import type { NetworkPort } from '../../powershell/host.ts';
import { networkAdapters } from '../../device/network/adapters.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

export function networkPort(options: HostOptions): NetworkPort {
  const draft = options.draft;
  return {
    reach(host, port) {
      if (draft().networkUp && options.reach !== undefined) return options.reach(host, port);
      return refused('unreachable', 'No such host is known', host);
    },
    adapters: () => networkAdapters(draft()),
  };
}
