import type { Bytes } from '../../base/bytes.ts';
import { utf8Decode } from '../../base/bytes.ts';
import type { Instant } from '../../base/time.ts';
import type { HealthReport } from './agent-state.ts';
import type { CloudState } from './cloud-state.ts';
import type { CloudOutcome, CloudRequest, CloudResponse } from './cloud.ts';

type Served = CloudOutcome<CloudState> & { readonly response: CloudResponse };

export const healthReportPath = /\/ClientHealthReports\('([^']*)'\)/;

/**
 * A heartbeat: `PUT …/ClientHealthReports('{device id}')`. Only of a device for itself, and only with the device's
 * certificate (inferred: agents log that a heartbeat was refused as unauthorised, not why).
 */
export function serveHealthReport(state: CloudState, request: CloudRequest, at: Instant): Served {
  const device = state.devices.get(request.device);
  const named = healthReportPath.exec(request.url)?.[1]?.toLowerCase();
  const shown = request.headers.some(([name]) => name === 'X-Client-Certificate');
  if (!device || !shown || named !== device.intuneDeviceId.toLowerCase()) return answer(state, 401);
  const report = read(request);
  if (request.method !== 'PUT' || report === null) return answer(state, 400);
  const kept: HealthReport = { ...report, device: device.id, receivedAt: at };
  return {
    ...answer(
      {
        ...state,
        devices: state.devices.with(device.id, { ...device, lastContact: at }),
        agents: { ...state.agents, health: state.agents.health.with(device.id, kept) },
      },
      200,
    ),
    events: [
      {
        what: 'health.received',
        data: { device: device.id, state: kept.state, agentVersion: kept.agentVersion },
        rule: 'cloud.health.received',
      },
    ],
  };
}

function read(request: CloudRequest): Omit<HealthReport, 'device' | 'receivedAt'> | null {
  let body: unknown;
  try {
    body = JSON.parse(utf8Decode(request.body as Bytes));
  } catch {
    return null;
  }
  const { AgentVersion, Results } = (body ?? {}) as { AgentVersion?: unknown; Results?: unknown };
  if (typeof AgentVersion !== 'string' || !Array.isArray(Results)) return null;
  const results = (Results as Record<string, unknown>[]).map((row) => ({
    rule: textOf(row['RuleId']),
    description: textOf(row['Description']),
    result: textOf(row['Result']),
    details: textOf(row['Details']),
    remediated: row['Remediated'] === true,
  }));
  const healthy = results.length > 0 && results.every(({ result }) => result === 'Pass');
  return { agentVersion: AgentVersion, state: healthy ? 'Healthy' : 'Unhealthy', results };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const answer = (state: CloudState, status: number): Served => ({
  state,
  events: [],
  later: [],
  push: [],
  response: { status, headers: [['Content-Type', 'application/json']], body: '{}' },
});
