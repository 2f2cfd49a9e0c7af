import type { DeviceId, EventId } from '../../base/ids.ts';
import { processId } from '../../base/ids.ts';
import type { Duration } from '../../base/time.ts';
import { duration } from '../../base/time.ts';
import { fail, ok } from '../../base/result.ts';
import { bytes, emptyBytes } from '../../base/bytes.ts';
import type { Bytes } from '../../base/bytes.ts';
import { cloud, serviceHosts } from '../cloud/index.ts';
import type { CloudOutcome, CloudResponse } from '../cloud/cloud.ts';
import type { CloudState } from '../cloud/index.ts';
import type { QueueData } from '../device/change.ts';
import { proxyOf } from '../device/network/proxy.ts';
import type { HostResult } from '../powershell/host.ts';
import { networkDown, networkExchange, networkProxy, parameter, pushNotification } from './rules.ts';
import type { Running } from './running.ts';
import { hasSite, hostOf, siteAnswer } from './sites.ts';
import type { Why } from './world-draft.ts';
import type { WorldEntry } from './world.ts';

/** Who gets the answer to a request: a stage of the agent, or a script that waits. */
export type Reply =
  | {
      readonly kind: 'entry';
      readonly entry: string;
      readonly data: QueueData;
      readonly group: string | null;
    }
  | { readonly kind: 'process'; readonly process: number };

interface Request {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

const answers = (running: Running, host: string): boolean =>
  serviceHosts.has(host) || hasSite(running.world.sites, host);

const arrive = 'network.arrive';
export const answerProcess = 'network.answer-process';

/** Puts a request on the line. Without a network the answer is status 0 after the time a name look-up takes. */
export function sendRequest(
  running: Running,
  device: DeviceId,
  request: Request,
  reply: Reply,
  why: Why,
): void {
  const { world } = running;
  const { id, happens } = world.emit(
    device,
    { kind: 'network', direction: 'request', url: request.url, status: null, bytes: request.body.length },
    why,
  );
  if (!happens) return;
  const proxy = proxyOf(world.device(device), senderOf(running, device, reply), request.url);
  // The simulated network has the service's hosts, those of the world's author, and no others.
  if (!world.device(device).networkUp || !answers(running, hostOf(proxy ?? request.url))) {
    const after = duration(parameter(networkDown, 'after'));
    answer(running, device, reply, { status: 0, headers: [], body: '' }, after, {
      cause: id,
      rule: (proxy === null ? networkDown : networkProxy).id,
    });
    return;
  }
  world.enqueue(
    '*',
    duration(parameter(networkExchange, 'latency') + transfer(request.body.length) + ahead(running, device)),
    arrive,
    {
      device,
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: request.body,
      reply: replyData(reply),
    },
    { cause: id, rule: networkExchange.id },
  );
}

/** Whose settings a request goes by: the system's for what manages the device, else the user's of the program. */
function senderOf(running: Running, device: DeviceId, reply: Reply): string {
  if (reply.kind === 'entry') return 'S-1-5-18';
  return running.runs.get(device, processId(reply.process))?.start.identity.sid ?? 'S-1-5-18';
}

/** Whether a host of the simulated network answers a device; the latency is there and back. */
export function reachHost(
  running: Running,
  device: DeviceId,
  host: string,
): HostResult<{ readonly address: string; readonly latency: Duration }> {
  const name = host.toLowerCase();
  if (!running.world.device(device).networkUp || !answers(running, name))
    return fail({ code: 'unreachable', message: 'No such host is known', path: host });
  // An address of the block for documentation, always the same for a name.
  let last = 0;
  for (let i = 0; i < name.length; i++) last = (last * 31 + name.charCodeAt(i)) % 254;
  return ok({
    address: `198.51.100.${last + 1}`,
    latency: duration(2 * parameter(networkExchange, 'latency')),
  });
}

/** A device whose own time is ahead of the world's sends later by that much. */
function ahead(running: Running, device: DeviceId): number {
  return running.world.timeOf(device) - running.world.now;
}

const transfer = (size: number): number =>
  Math.round((size * 1_000_000) / parameter(networkExchange, 'bytesPerSecond'));

/** A request has reached the service; its answer goes back. */
function served(running: Running, entry: WorldEntry): void {
  const { world } = running;
  const data = entry.data as {
    readonly device: DeviceId;
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
    readonly reply: QueueData;
  };
  if (!world.device(data.device).networkUp) {
    // The line was cut on the way.
    const after = duration(parameter(networkDown, 'after'));
    const lost = { status: 0, headers: [], body: '' };
    const why = { cause: entry.id, rule: networkDown.id };
    answer(running, data.device, data.reply as unknown as Reply, lost, after, why);
    return;
  }
  let response: CloudResponse;
  if (serviceHosts.has(hostOf(data.url))) {
    const outcome = cloud.serve(world.cloud, data, world.now);
    applyOutcome(running, outcome, entry.id);
    response = outcome.response;
  } else response = siteAnswer(world.sites, data.method, data.url);
  const { id, happens } = world.emit(
    data.device,
    {
      kind: 'network',
      direction: 'response',
      url: data.url,
      status: response.status,
      bytes: response.body.length,
    },
    { cause: entry.id, rule: networkExchange.id },
  );
  if (!happens) return;
  const after = duration(parameter(networkExchange, 'latency') + transfer(response.body.length));
  answer(running, data.device, data.reply as unknown as Reply, response, after, {
    cause: id,
    rule: networkExchange.id,
  });
}

function answer(
  running: Running,
  device: DeviceId,
  reply: Reply,
  response: CloudResponse,
  after: ReturnType<typeof duration>,
  why: Why,
): void {
  const { status, headers, body } = response;
  if (reply.kind === 'entry') {
    const data = { ...(reply.data as Record<string, QueueData>), status, headers, body };
    running.world.enqueue(device, after, reply.entry, data, why, reply.group);
  } else {
    running.world.enqueue(
      device,
      after,
      answerProcess,
      { process: reply.process, status, headers, body },
      why,
    );
  }
}

/**
 * The line is cut: what is on its way to a device does not arrive. Who waits for it learns that the connection failed.
 */
export function cutConnections(running: Running, device: DeviceId, by: EventId): void {
  const { world } = running;
  for (const entry of world.queue.ofDevice(device)) {
    const data = entry.data as {
      readonly status?: unknown;
      readonly headers?: unknown;
      readonly body?: unknown;
    } | null;
    if (data === null || !Array.isArray(data.headers) || typeof data.body !== 'string' || data.status === 0)
      continue;
    world.queue = world.queue.remove(entry);
    world.enqueue(
      device,
      duration(parameter(networkDown, 'after')),
      entry.kind,
      { ...(entry.data as Record<string, QueueData>), status: 0, headers: [], body: '' },
      { cause: by, rule: networkDown.id },
      entry.group,
    );
  }
}

/** Hands an answer to the script that waits for it, if it still does. */
export function resumeWithAnswer(running: Running, device: DeviceId, entry: WorldEntry): void {
  const data = entry.data as unknown as {
    readonly process: number;
    readonly status: number;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
  const run = running.runs.get(device, processId(data.process));
  if (run?.state.kind !== 'waiting' || run.state.wanted.kind !== 'http') return;
  const { url } = run.state.wanted.request;
  if (data.status === 0) {
    running.runs.resume(run, {
      kind: 'http',
      response: {
        ok: false,
        error: {
          code: 'unreachable',
          message: `The remote name could not be resolved: '${hostOf(url)}'`,
          path: url,
        },
      },
    });
    return;
  }
  running.runs.resume(run, {
    kind: 'http',
    response: ok({
      status: data.status,
      reason: reasons[data.status] ?? '',
      headers: data.headers,
      body: data.body === '' ? emptyBytes : (bytes(data.body) as Bytes),
    }),
  });
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  500: 'Internal Server Error',
};

/** Takes over what the service became, and tells the history what it did. */
export function applyOutcome(running: Running, outcome: CloudOutcome<CloudState>, cause: EventId): void {
  const { world } = running;
  const facts = outcome.events.map(
    (event) =>
      world.emit(
        '*',
        { kind: 'cloud', what: event.what, data: event.data },
        { cause, rule: event.rule as Why['rule'] },
      ).happens,
  );
  // A fact that is left out of this run must not take place: then the service stays as it was.
  if (facts.includes(false)) return;
  world.cloud = outcome.state;
  for (const later of outcome.later)
    world.enqueue('*', later.after, later.kind, later.data, { cause, rule: later.rule as Why['rule'] });
  for (const push of outcome.push) {
    if (!world.hasDevice(push.device)) continue;
    world.enqueue(
      push.device,
      duration(parameter(pushNotification, 'after')),
      'network.push',
      push.reason === 'remediation' ? { reason: push.reason, script: push.script } : { reason: push.reason },
      { cause, rule: pushNotification.id },
    );
  }
}

/** An entry of the service or the network is due. */
export function worldEntryDue(running: Running, entry: WorldEntry): void {
  if (entry.kind === arrive) served(running, entry);
  else
    applyOutcome(
      running,
      cloud.due(running.world.cloud, entry.kind, entry.data, running.world.now),
      entry.id,
    );
}

const replyData = (reply: Reply): QueueData => ({ ...reply });
