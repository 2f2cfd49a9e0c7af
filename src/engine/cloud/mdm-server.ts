import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../../base/bytes.ts';
import { toUint8Array, utf8Decode, utf8Encode } from '../../base/bytes.ts';
import type { Instant } from '../../base/time.ts';
import { minutes } from '../../base/time.ts';
import type { CloudState } from './cloud-state.ts';
import type { CloudOutcome, CloudRequest, CloudResponse } from './cloud.ts';
import { needsAgent } from './agent-needed.ts';
import { agentHostsOf, agentPackage, agentProductCode, older, targetVersion } from './agent-release.ts';
import { guidFromHash } from './guid-from-hash.ts';
import { mdmHost } from './hosts.ts';
import { commandsOf, escapeXml, headerField, statusOf, writeSyncMl } from '../mdm/syncml.ts';

type Served = CloudOutcome<CloudState> & { readonly response: CloudResponse };

/** A job that was sent is waited for as long as it may take before it is sent again. */
const jobTimeout = minutes(30);

/**
 * One OMA-DM session, thin: where something targets the device that needs the agent and the device has no job for it,
 * the answer to the device's first message carries the MSI job (Add, then Exec).
 */
export function serveMdm(state: CloudState, request: CloudRequest, at: Instant): Served {
  const device = state.devices.get(request.device);
  if (!device) return done(state, 401, '');
  const message = utf8Decode(request.body as Bytes);
  if (request.method !== 'POST' || headerField(message, 'SessionID') === '') return done(state, 400, '');
  const number = Number(headerField(message, 'MsgID'));
  // The client has answered the commands: nothing is left to do, which ends the session.
  if (number > 1) return done(state, 200, answerTo(state, device.intuneDeviceId, message, []));
  // The device tells in its first message which jobs it has; one that tells of none is sent the agent (again).
  const has = /\/EnterpriseDesktopAppManagement\/MSI\/\{[^}]*\}\/DownloadInstall/.test(message);
  const version = targetVersion(state, device, at);
  const outdated = has && device.agentSeen !== null && older(device.agentSeen, version);
  const pending = device.agentSent !== null && at - device.agentSent < jobTimeout;
  const send = (!has || outdated) && !pending && needsAgent(state, device.id, device.primaryUser);
  const next = {
    ...state,
    devices: state.devices.with(device.id, {
      ...device,
      lastContact: at,
      agentSent: send ? at : device.agentSent,
      manufacturer: deviceInfo(message, 'Man') ?? device.manufacturer,
      model: deviceInfo(message, 'Mod') ?? device.model,
    }),
  };
  const served = done(
    next,
    200,
    answerTo(state, device.intuneDeviceId, message, send ? msiJob(state, version) : []),
  );
  return send
    ? {
        ...served,
        events: [
          {
            what: 'agent.sent',
            data: { device: device.id, version },
            rule: outdated ? 'cloud.agent.rollout' : 'cloud.agent.needed',
          },
        ],
      }
    : served;
}

/** What the device says of itself in its first message. */
function deviceInfo(message: string, node: string): string | null {
  const found = new RegExp(`<LocURI>\\./DevInfo/${node}</LocURI></Source><Data>([^<]*)</Data>`).exec(
    message,
  )?.[1];
  return found === undefined || found === ''
    ? null
    : found.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function msiJob(state: CloudState, version: string): readonly ((id: number) => string)[] {
  const digest = sha256(toUint8Array(agentPackage(version)));
  const hash = [...digest]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  const urls = agentHostsOf(state.tenant.region, version)
    .map((host) => `<ContentURL>https://${host}/IntuneWindowsAgent.msi?version=${version}</ContentURL>`)
    .join('');
  const job =
    `<MsiInstallJob id="{${guidFromHash('msi-job', version).toUpperCase()}}"><Product Version="${version}">` +
    `<Download><ContentURLList>${urls}</ContentURLList></Download><Validation><FileHash>${hash}</FileHash></Validation>` +
    `<Enforcement><CommandLine>/quiet</CommandLine><TimeOut>30</TimeOut><RetryCount>5</RetryCount>` +
    `<RetryInterval>3</RetryInterval></Enforcement></Product></MsiInstallJob>`;
  const uri =
    './Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/' +
    `${agentProductCode(version).replace('{', '%7B').replace('}', '%7D')}/DownloadInstall`;
  const target = `<Target><LocURI>${uri}</LocURI></Target>`;
  return [
    (id) => `<Add><CmdID>${id}</CmdID><Item>${target}</Item></Add>`,
    (id) =>
      `<Exec><CmdID>${id}</CmdID><Item>${target}<Meta><Format xmlns="syncml:metinf">xml</Format>` +
      `<Type xmlns="syncml:metinf">text/plain</Type></Meta><Data>${escapeXml(job)}</Data></Item></Exec>`,
  ];
}

/** The server's message: what became of each command of the client's, then its own. */
function answerTo(
  state: CloudState,
  device: string,
  message: string,
  commands: readonly ((id: number) => string)[],
): string {
  const number = Number(headerField(message, 'MsgID'));
  return writeSyncMl(
    {
      session: headerField(message, 'SessionID'),
      message: number,
      target: device,
      source: `https://${mdmHost}/devicegatewayproxy/cimhandler.ashx?AccountId=${state.tenant.id}`,
    },
    [
      statusOf(number, 0, 'SyncHdr', 200),
      ...commandsOf(message).map(({ name, id }) => statusOf(number, id, name, 200)),
      ...commands,
    ],
  );
}

function done(state: CloudState, status: number, body: string): Served {
  return {
    state,
    events: [],
    later: [],
    push: [],
    response: {
      status,
      headers: [['Content-Type', 'application/vnd.syncml.dm+xml']],
      body: utf8Encode(body),
    },
  };
}
