import type { Bytes } from '../../base/bytes.ts';
import { utf8Decode, utf8Encode } from '../../base/bytes.ts';
import { guid } from '../../base/ids.ts';
import type { Guid } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { minutes } from '../../base/time.ts';
import type { QueueData } from '../device/change.ts';
import { appCheckIn } from './app-check-in.ts';
import type { CloudDevice, CloudState, InstallReport } from './cloud-state.ts';
import { reportKey, withResults } from './cloud-state.ts';
import type { CloudOutcome, CloudRequest, CloudResponse } from './cloud.ts';
import { receiveInventory } from './discovered-apps.ts';
import { contentHost } from './hosts.ts';
import { healthPolicies, platformPolicies } from './script-policy.ts';
import { receiveScriptResults } from './script-results.ts';

type Served = CloudOutcome<CloudState> & { readonly response: CloudResponse };

/** How long a result takes from the gateway to the admin centre. */
export const reportLag = minutes(5);

/** A session of the agent with the gateway: `PUT …/SideCarGatewaySessions('{guid}')?api-version=1.5`, JSON both ways. */
export function serveGateway(state: CloudState, request: CloudRequest, at: Instant): Served {
  const device = state.devices.get(request.device);
  const body = parse(utf8Decode(request.body as Bytes));
  if (!device) return answer(state, 401, { Message: 'Device is not enrolled.' });
  if (request.method !== 'PUT' || body === null) return answer(state, 400, { Message: 'Bad request.' });
  const client = clientOf(body);
  const seen: CloudState = {
    ...state,
    devices: state.devices.with(device.id, {
      ...device,
      lastContact: at,
      osVersion: client.os ?? device.osVersion,
      agentSeen: client.agent ?? device.agentSeen,
    }),
  };
  const payload = parse(textOf(body['RequestPayload']) || '[]');
  const user = userOf(seen, request);
  switch (body['RequestContentType']) {
    case 'GetSelectedApp':
      return selectedApps(seen, body, device.id, user, at);
    case 'PolicyRequest':
      return session(seen, body, 'PolicyRequest', platformPolicies(seen, device.id, user));
    case 'GetScript':
      return healthScripts(seen, body, device, user, onDemandOf(payload));
    case 'PolicyResult':
      return scriptResults(seen, body, payload, device, at);
    case 'GetContentInfo':
      return contentInfo(seen, body, payload);
    case 'Win32AppInventory':
      return inventory(seen, body, payload, device.id, at);
    case 'AppResult':
      return results(seen, body, payload, device.id, at);
    default:
      return answer(seen, 400, {
        Message: `Unknown content type ${JSON.stringify(body['RequestContentType'])}.`,
      });
  }
}

/** Apps of the session; a user's click in Company Portal names the app it is for. */
function selectedApps(
  state: CloudState,
  body: Record<string, QueueData>,
  id: CloudDevice['id'],
  user: Guid | null,
  at: Instant,
): Served {
  const device = state.devices.get(id) as CloudDevice;
  const named = body['CheckinReason'] === 'AvailableAppRequest' ? body['CheckinReasonPayload'] : null;
  const checkIn = appCheckIn(state, device, user, typeof named === 'string' ? named : null, at);
  const { response } = session(checkIn.state, body, 'SelectedApp', checkIn.policies);
  return { state: checkIn.state, events: checkIn.events, later: checkIn.later, push: [], response };
}

/** Versions of Windows and of the agent that a device names in each request; few differ. */
function clientOf(body: Record<string, QueueData>): {
  readonly os: string | null;
  readonly agent: string | null;
} {
  const info = textOf(body['ClientInfo']);
  let client = clients.get(info);
  if (client === undefined) {
    const given = parse(info || '{}');
    client = {
      os: textOf(given?.['OperatingSystemVersion']) || null,
      agent: textOf(given?.['SideCarAgentVersion']) || null,
    };
    if (clients.size >= 4096) clients.clear();
    clients.set(info, client);
  }
  return client;
}

const clients = new Map<string, ReturnType<typeof clientOf>>();

/** A request for the script of one on-demand run names it. */
const onDemandOf = (payload: unknown): string | null =>
  isRecord(payload) && typeof payload['ScriptPolicyId'] === 'string' ? payload['ScriptPolicyId'] : null;

/** Remediations and compliance scripts; one that was asked for on demand is given once. */
function healthScripts(
  state: CloudState,
  body: Record<string, QueueData>,
  device: CloudDevice,
  user: Guid | null,
  onDemand: string | null,
): Served {
  const policies = healthPolicies(state, device.id, user, onDemand);
  if (onDemand === null) return session(state, body, 'GetScript', policies);
  const { [device.id]: _, ...others } = state.scripts.onDemand;
  const given = { ...state, scripts: { ...state.scripts, onDemand: others } };
  return session(given, body, 'GetScript', policies);
}

function scriptResults(
  state: CloudState,
  body: Record<string, QueueData>,
  payload: unknown,
  device: CloudDevice,
  at: Instant,
): Served {
  const taken = receiveScriptResults(state, Array.isArray(payload) ? payload : [], device, at);
  return { ...taken, response: session(taken.state, body, 'Acknowledge', acknowledged).response };
}

/** The signed-in user's token names the user; none in a session without user. */
function userOf(state: CloudState, request: CloudRequest): Guid | null {
  const token = request.headers.find(([name]) => name.toLowerCase() === 'usertoken')?.[1];
  return token !== undefined && Object.hasOwn(state.users, token) ? guid(token) : null;
}

function inventory(
  state: CloudState,
  body: Record<string, QueueData>,
  payload: unknown,
  device: CloudDevice['id'],
  at: Instant,
): Served {
  const taken = receiveInventory(state, payload, device, at);
  if (taken === null) return answer(state, 400, { Message: 'Bad inventory.' });
  const { response } = session(taken.state, body, 'Acknowledge', acknowledged);
  return { ...taken, response };
}

function contentInfo(state: CloudState, body: Record<string, QueueData>, payload: unknown): Served {
  const asked = isRecord(payload) ? payload : {};
  const app = state.apps[textOf(asked['ApplicationId'])];
  if (app === undefined || app.package === null || app.revision !== asked['ApplicationVersion'])
    return answer(state, 404, { Message: 'No such content.' });
  const content = {
    ...asked,
    ContentInfo: JSON.stringify({ UploadLocation: `http://${contentHost}${app.package.path}` }),
    DecryptInfo: JSON.stringify({
      EncryptionKey: app.package.encryptionKey,
      IV: app.package.initializationVector,
      MacKey: app.package.macKey,
      Mac: app.package.mac,
      FileDigest: app.package.fileDigest,
      FileDigestAlgorithm: 'SHA256',
      ProfileIdentifier: 'ProfileVersion1',
    }),
  };
  const served = session(state, body, 'ContentInfo', JSON.stringify(content));
  const data = { app: app.id, revision: app.revision, path: app.package.path };
  return { ...served, events: [{ what: 'content.named', data, rule: 'cloud.content.served' }] };
}

const acknowledged = JSON.stringify({ AckResult: 'Success' });

function results(
  state: CloudState,
  body: Record<string, QueueData>,
  payload: unknown,
  device: InstallReport['device'],
  at: Instant,
): Served {
  const rows = (Array.isArray(payload) ? (payload as unknown[]) : []).flatMap((row) =>
    isRecord(row) ? (report(state, row, device, at) ?? []) : [],
  );
  const received = withResults(state.received, rows);
  const done = session({ ...state, received }, body, 'Acknowledge', acknowledged);
  return {
    ...done,
    events: rows.map((row) => ({
      what: 'report.received',
      data: { ...row },
      rule: 'cloud.report.received',
    })),
    later: rows.map((row) => ({
      after: reportLag,
      kind: 'cloud.report.shown',
      data: { key: reportKey(row.app, row.device, row.user) },
      rule: 'cloud.report.lag',
    })),
  };
}

function report(
  state: CloudState,
  row: Record<string, QueueData>,
  device: InstallReport['device'],
  at: Instant,
): InstallReport | null {
  const app = textOf(row['AppId']);
  if (!Object.hasOwn(state.apps, app)) return null;
  const user = textOf(row['UserId']);
  const compliance = isRecord(row['ComplianceStateMessage']) ? row['ComplianceStateMessage'] : {};
  const enforcement = isRecord(row['EnforcementStateMessage']) ? row['EnforcementStateMessage'] : {};
  return {
    app: guid(app),
    revision: numberOf(row['InternalVersion']) ?? 1,
    device,
    user: Object.hasOwn(state.users, user) ? guid(user) : null,
    receivedAt: at,
    applicability: numberOf(compliance['Applicability']) ?? 0,
    complianceState: numberOf(compliance['ComplianceState']) ?? 5,
    desiredState: numberOf(compliance['DesiredState']) ?? 0,
    enforcementState: numberOf(enforcement['EnforcementState']),
    errorCode: numberOf(enforcement['ErrorCode']) ?? numberOf(compliance['ErrorCode']),
    exitCode: numberOf(row['ExitCode']),
    targetingMethod: numberOf(compliance['TargetingMethod']) ?? 0,
  };
}

function session(
  state: CloudState,
  asked: Record<string, QueueData>,
  contentType: string,
  payload: string,
): Served {
  const head = encoded({
    Key: asked['Key'] ?? null,
    SessionId: asked['SessionId'] ?? null,
    RequestContentType: contentType === 'Acknowledge' ? 'Acknowledge' : (asked['RequestContentType'] ?? null),
    ResponseContentType: contentType,
  });
  return answerBytes(state, 200, `${head.slice(0, -1)},"ResponsePayload":${quoted(payload)}}`);
}

/** The text as a JSON string. The last few are kept: policies are long, and a device gets the same every hour. */
function quoted(text: string): Bytes {
  let bytes = quotedBefore.get(text);
  if (bytes === undefined) {
    bytes = encoded(text);
    if (quotedBefore.size >= 16) quotedBefore.clear();
    quotedBefore.set(text, bytes);
  }
  return bytes;
}

const quotedBefore = new Map<string, Bytes>();

const encoded = (body: QueueData): Bytes => utf8Encode(JSON.stringify(body));

const answer = (state: CloudState, status: number, body: QueueData): Served =>
  answerBytes(state, status, encoded(body));

function answerBytes(state: CloudState, status: number, body: string): Served {
  return {
    state,
    events: [],
    later: [],
    push: [],
    response: {
      status,
      headers: [['Content-Type', 'application/json']],
      body,
    },
  };
}

const isRecord = (value: unknown): value is Record<string, QueueData> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function parse(json: string): Record<string, QueueData> | null {
  try {
    return JSON.parse(json) as Record<string, QueueData>;
  } catch {
    return null;
  }
}
