import { utf8Encode } from '../../../base/bytes.ts';
import type { ProcessId } from '../../../base/ids.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import * as msg from '../messages/health-messages.ts';
import * as rules from '../rules/health-rules.ts';
import { gatewayUrl, newGuid } from '../service/gateway.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { agentProgramEnds, healthGroup, mdmCertificates } from './agent-program.ts';
import { tcpProbe } from './tcp-probe.ts';

/** What the report says of one rule. */
export type RuleResult = {
  readonly id: string;
  readonly description: string;
  readonly result: 'Pass' | 'Fail';
  readonly details: string;
  readonly remediated: boolean;
};

type Sender = { readonly process: ProcessId; readonly thread: number };

/** Stands for the certificate that the device shows when the connection is made. */
const clientCertificate = 'X-Client-Certificate';

/** The name of the reports in the address is inferred; its form is observed. */
const heartbeatUrl = `${gatewayUrl}/ClientHealthReports(`;

/** Reports the results of an evaluation; the answer wakes `health.heartbeat`. */
export function sendHeartbeat(
  to: StepBuilder,
  read: DeviceReader,
  sender: Sender,
  results: readonly RuleResult[],
): void {
  const requestId = newGuid(read, 'agent.health.request');
  const url = `${heartbeatUrl}'${read.intuneDeviceId}')%3Fapi-version=1.5`;
  to.log(rules.heartbeat, msg.heartbeatEnabled)
    .log(rules.tcpProbe, msg.probeEnabled, [true])
    .log(rules.heartbeat, msg.gatewayUrl, [gatewayUrl])
    .log(rules.heartbeat, msg.heartbeatUrl, [heartbeatUrl])
    .log(rules.heartbeat, msg.sendingReport)
    .log(rules.heartbeat, msg.sendingUri, [url])
    .log(rules.heartbeatRequest, msg.startDelay, [0])
    .log(rules.heartbeatRequest, msg.checkInApp)
    .log(rules.heartbeatRequest, msg.headers, [requestId])
    .log(rules.heartbeatRequest, msg.userless);
  const [thumbprint] = mdmCertificates(read);
  if (thumbprint !== undefined) to.log(rules.heartbeatRequest, msg.addCertificate, [thumbprint]);
  to.log(rules.heartbeatRequest, msg.iteration, [0, 3])
    .log(rules.heartbeatRequest, msg.sending, [url])
    .request(
      rules.heartbeat,
      {
        method: 'PUT',
        url,
        headers: [
          ['Content-Type', 'application/json'],
          ...(thumbprint === undefined ? [] : [[clientCertificate, thumbprint] as const]),
        ],
        body: utf8Encode(
          JSON.stringify({
            DeviceId: read.intuneDeviceId,
            AgentVersion: read.agentVersion,
            Results: results.map((one) => ({
              RuleId: one.id,
              Description: one.description,
              Result: one.result,
              Details: one.details,
              Remediated: one.remediated,
            })),
          }),
        ),
      },
      'health.heartbeat',
      { ...sender, requestId },
      healthGroup,
    );
}

/** The answer to the heartbeat, or that none came; then the probe, and the evaluation's program ends. */
export function heartbeatAnswered(read: DeviceReader, entry: QueueEntry): Step {
  const { process, thread, requestId, status } = entry.data as Sender & {
    readonly requestId: string;
    readonly status: number;
  };
  if (!read.process(process)) return nothing;
  const to = new StepBuilder(thread);
  if (status === 200) {
    to.log(rules.heartbeatRequest, msg.succeeded, [requestId])
      .log(rules.heartbeat, msg.reportFinished)
      .log(rules.heartbeat, msg.reportSent);
    tcpProbe(to, read);
  } else if (status === 0) {
    const host = gatewayUrl.replace(/^https:\/\/|\/.*$/g, '');
    to.log(rules.heartbeatFailed, msg.reportException, [
      `The remote name could not be resolved: '${host}'`,
    ]).log(rules.heartbeatFailed, msg.reportEmpty);
  } else {
    to.log(rules.heartbeatFailed, msg.refused, [status])
      .log(rules.heartbeatFailed, msg.protocolError)
      .log(rules.heartbeatFailed, msg.statusCode, [status])
      .log(rules.heartbeatFailed, msg.reportException, [
        `The remote server returned an error: (${status}) Unauthorized.`,
      ])
      .log(rules.heartbeatFailed, msg.foundWebException, [status])
      .log(rules.heartbeatFailed, msg.afdTracking, [requestId, '', status, '']);
    to.log(rules.heartbeatFailed, msg.reportEmpty);
  }
  return agentProgramEnds(to, rules.healthEvaluation, process, 0).step();
}
