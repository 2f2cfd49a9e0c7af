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
  const sessionId = /<SessionID>([^<]*)<\/SessionID>/.exec(message)?.[1];
  if (request.method !== 'POST' || sessionId === undefined) return done(state, 400, '');
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
  const served = done(next, 200, syncMl(state.tenant.id, sessionId, send ? msiJob(state, version, 2) : ''));
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

function msiJob(state: CloudState, version: string, command: number): string {
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
  return (
    `<Add><CmdID>${command}</CmdID><Item>${target}</Item></Add>` +
    `<Exec><CmdID>${command + 1}</CmdID><Item>${target}<Meta><Format xmlns="syncml:metinf">xml</Format>` +
    `<Type xmlns="syncml:metinf">text/plain</Type></Meta><Data>${escape(job)}</Data></Item></Exec>`
  );
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function syncMl(account: string, sessionId: string, commands: string): string {
  return (
    '<SyncML xmlns="SYNCML:SYNCML1.2"><SyncHdr><VerDTD>1.2</VerDTD><VerProto>DM/1.2</VerProto>' +
    `<SessionID>${sessionId}</SessionID><MsgID>1</MsgID>` +
    `<Source><LocURI>https://${mdmHost}/devicegatewayproxy/cimhandler.ashx?AccountId=${account}</LocURI></Source></SyncHdr><SyncBody>` +
    '<Status><CmdID>1</CmdID><MsgRef>1</MsgRef><CmdRef>0</CmdRef><Cmd>SyncHdr</Cmd><Data>200</Data></Status>' +
    `${commands}<Final/></SyncBody></SyncML>`
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
