import type { QueueData } from '../../device/change.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import { proxyOf } from '../../device/network/proxy.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { utf8Decode, utf8Encode } from '../../../base/bytes.ts';
import * as msg from '../messages/service-messages.ts';
import { deviceScope } from '../paths.ts';
import * as rules from '../rules/check-in-rules.ts';
import { gatewayLocation } from '../rules/service-rules.ts';
import { logCredentials, logRequestApp } from '../win32/frame.ts';
import type { StepBuilder } from '../step-builder.ts';
import type { CheckIn } from '../win32/work.ts';

/** Base address that the location service names. */
export const gatewayUrl =
  'https://agents.amsub0502.manage.microsoft.com/TrafficGateway/TrafficRoutingService/SideCar/StatelessSideCarGatewayService';

/** The account of the service, whose proxy settings it uses. */
const system = 'S-1-5-18';

/** A GUID for a session or request, from the device's own random numbers. */
export function newGuid(read: DeviceReader, purpose: string): string {
  const hex = Array.from({ length: 4 }, () => read.random(purpose).toString(16).padStart(8, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/**
 * Sends a request of the agent's session protocol, with its log lines; the answer wakes `then`. The user's token stands
 * for the user, as the client certificate stands for the device.
 */
export function callGateway(
  to: StepBuilder,
  read: DeviceReader,
  checkIn: CheckIn,
  what: {
    readonly contentType: string;
    readonly payload: QueueData;
    /** Where it was named in the log before. */
    readonly sessionId?: string;
  },
  then: string,
  data: { readonly [key: string]: QueueData },
): void {
  const sessionId = what.sessionId ?? newGuid(read, 'agent.session');
  const userless = checkIn.session.user === deviceScope;
  to.log(gatewayLocation, msg.cachedGateway, [gatewayUrl]);
  logRequestApp(to).log(rules.webRequest, msg.headers, [sessionId]);
  if (userless) to.log(rules.webRequest, msg.userless);
  logCredentials(to, read, checkIn.session);
  to.log(rules.webRequest, msg.sending, [proxyOf(read, system, gatewayUrl) ?? `${gatewayUrl}/`]);
  const body = {
    Key: sessionId,
    SessionId: sessionId,
    RequestContentType: what.contentType,
    RequestPayload: JSON.stringify(what.payload),
    ResponseContentType: null,
    ClientInfo: JSON.stringify({
      DeviceName: read.id,
      OperatingSystemVersion: read.osVersion,
      SideCarAgentVersion: read.agentVersion,
      Win10SMode: false,
    }),
    ResponsePayload: null,
    EnabledFlights: null,
    CheckinIntervalMinutes: 60,
    GenericWorkloadRequests: null,
    GenericWorkloadResponse: null,
    CheckinReason: checkIn.reason,
    CheckinReasonPayload: checkIn.requested,
  };
  to.request(
    rules.webRequest,
    {
      method: 'PUT',
      url: `${gatewayUrl}/SideCarGatewaySessions('${sessionId}')?api-version=1.5`,
      headers: [
        ['Content-Type', 'application/json'],
        ...(userless ? [] : [['UserToken', checkIn.session.user] as const]),
      ],
      body: utf8Encode(JSON.stringify(body)),
    },
    then,
    data,
  );
}

/** What the gateway answered: the payload, or null where it could not be reached or refused. */
export function gatewayAnswer(
  data: QueueData,
): { readonly sessionId: string; readonly payload: QueueData } | null {
  const { status, body } = data as { readonly status?: unknown; readonly body?: unknown };
  if (status !== 200 || typeof body !== 'string') return null;
  try {
    // Inside a JSON string the quotes would be escaped, so this is the field itself; it comes last.
    const at = body.indexOf(',"ResponsePayload":');
    if (at < 0) return null;
    const answer = JSON.parse(utf8Decode(`${body.slice(0, at)}}` as Bytes)) as { SessionId?: unknown };
    return { sessionId: String(answer.SessionId), payload: payloadOf(body.slice(at)) };
  } catch {
    return null;
  }
}

/**
 * Policies are long and mostly the same as before: an equal field gives the same value, so that what was made of it stays
 * good. The last few are kept. Throws SyntaxError where it is no JSON string with JSON in it.
 */
function payloadOf(field: string): QueueData {
  let payload = payloads.get(field);
  if (payload === undefined) {
    const text: unknown = JSON.parse(utf8Decode(field.slice(field.indexOf(':') + 1, -1) as Bytes));
    if (typeof text !== 'string') throw new SyntaxError('ResponsePayload is no string');
    payload = JSON.parse(text) as QueueData;
    if (payloads.size >= 16) payloads.clear();
    payloads.set(field, payload);
  }
  return payload;
}

const payloads = new Map<string, QueueData>();

/** Log lines of an answer that came, or of one that did not. */
export function logAnswer(to: StepBuilder, sessionId: string | null): void {
  if (sessionId === null)
    to.log(rules.webRequest, msg.unresolved, [gatewayUrl.replace(/^https:\/\/|\/.*$/g, '')]);
  else to.log(rules.webRequest, msg.sent, [sessionId]);
}
