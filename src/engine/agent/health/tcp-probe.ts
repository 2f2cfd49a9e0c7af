import type { DeviceReader } from '../../device/device-reader.ts';
import { compareVersions, words2026 } from '../messages/agent-versions.ts';
import * as msg from '../messages/health-messages.ts';
import * as rules from '../rules/health-rules.ts';
import type { StepBuilder } from '../step-builder.ts';

/** Blocks for documentation stand for the service's own; `own` holds its hosts on the simulated network. */
const own = '198.51.100.0/24';
const subnets = ['203.0.113.0/24', own, '192.0.2.0/24'] as const;
const others = subnets.length - 1;
const perSubnet = 3;

/** The connections that the evaluation tries after a heartbeat that arrived; agents of 2025 try none. */
export function tcpProbe(to: StepBuilder, read: DeviceReader): void {
  if (compareVersions(read.agentVersion, words2026) < 0) return;
  const ip = own.replace('0/24', '20');
  to.log(rules.tcpProbe, msg.probeStarts)
    .log(rules.tcpProbe, msg.probeSame, [ip, own])
    .log(rules.tcpProbe, msg.probeSameEnds, [ip, own])
    .log(rules.tcpProbeSubnets, msg.probePublic)
    .log(rules.tcpProbeSubnets, msg.probeReliable)
    .log(rules.tcpProbeSubnets, msg.probeSubnets, [others, own]);
  for (const subnet of subnets)
    if (subnet === own) to.log(rules.tcpProbeSubnets, msg.probeSkips, [own]);
    else
      to.log(rules.tcpProbeSubnets, msg.probeSubnet, [subnet])
        .log(rules.tcpProbeSubnets, msg.probeSelected, [perSubnet, subnet])
        .log(rules.tcpProbeSubnets, msg.probeReached, [subnet, 1]);
  to.log(rules.tcpProbe, msg.probeCompleted, [others]).log(rules.tcpProbe, msg.probeStatus, [others]);
}
