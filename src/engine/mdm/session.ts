import { sha256 } from '@noble/hashes/sha2.js';
import type { Bytes } from '../../base/bytes.ts';
import { bytes, toUint8Array, utf8Decode, utf8Encode } from '../../base/bytes.ts';
import type { Instant } from '../../base/time.ts';
import type { QueueEntry } from '../agent/agent.ts';
import type { Step } from '../agent/step.ts';
import { dword, StepBuilder, text } from '../agent/step-builder.ts';
import type { QueueData } from '../device/change.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import type { StoredRegistryValue } from '../device/registry/registry-value.ts';
import { installAgent } from './agent-install.ts';
import { beginInstall } from './agent-upgrade.ts';
import { enrolmentId, isEnrolled, writeEnrolment } from './enrolment.ts';
import type { MsiJob } from './msi-job.ts';
import { findMsiJob } from './msi-job.ts';
import * as rules from './rules.ts';
import { commandsOf, escapeXml, headerField, statusOf, writeSyncMl } from './syncml.ts';
import { askTenant } from './tenant-info.ts';

/** Pending work of the MDM client: independent of the agent's service. */
export const mdmGroup = 'mdm';
const server =
  'https://r.manage.microsoft.com/devicegatewayproxy/cimhandler.ashx?mode=Maintenance&Platform=WoA';
const deviceSid = 'S-0-0-00-0000000000-0000000000-000000000-000';

/** Memory: a session runs. Cleared by its end, and with the device's. */
const runningKey = 'mdm.session';
/** Memory: what else asked for a session meanwhile. */
const askedKey = 'mdm.session-asked';

/**
 * Something asks for a session. There is one at a time: what asks while one runs gets one more after it, however many
 * asked.
 */
export function askSession(to: StepBuilder, read: DeviceReader, from: string): void {
  if (read.memory(runningKey) === undefined) beginSession(to, read, from);
  else to.memory(rules.oneSession, askedKey, from);
}

/** The session is over, with an answer or without one. */
function endSession(to: StepBuilder, read: DeviceReader): void {
  const asked = read.memory(askedKey)?.value;
  if (typeof asked === 'string') {
    to.memory(rules.oneSession, askedKey, undefined);
    beginSession(to, read, asked);
  } else to.memory(rules.session, runningKey, undefined);
}

/** The client's first message. */
function beginSession(to: StepBuilder, read: DeviceReader, from: string): void {
  const sessionId = (1 + (read.random('mdm.session') % 0xfffe)).toString(16).toUpperCase();
  to.memory(rules.session, runningKey, sessionId);
  // A push is answered with an alert of its own.
  const begin = from === 'admin-centre' ? 1200 : 1201;
  post(
    to,
    writeSyncMl(
      { session: sessionId, message: 1, target: server, source: read.intuneDeviceId },
      [
        (id) => `<Alert><CmdID>${id}</CmdID><Data>${begin}</Data></Alert>`,
        (id) => loginStatus(id, read),
        ...installAlerts(read),
        (id) => deviceInfo(id, read),
      ],
      2,
    ),
  );
}

function post(to: StepBuilder, message: string): void {
  to.request(
    rules.session,
    {
      method: 'POST',
      url: server,
      headers: [['Content-Type', 'application/vnd.syncml.dm+xml; charset=utf-8']],
      body: utf8Encode(message),
    },
    'mdm.answer',
    {},
    mdmGroup,
  );
}

/** Whether somebody is signed in, which the first message always says. */
function loginStatus(id: number, read: DeviceReader): string {
  const status = read.users.some((user) => user.sessionId !== null) ? 'user' : 'none';
  return (
    `<Alert><CmdID>${id}</CmdID><Data>1224</Data><Item><Meta><Type xmlns="syncml:metinf">com.microsoft/MDM/LoginStatus</Type></Meta>` +
    `<Data>${status}</Data></Item></Alert>`
  );
}

/** The five nodes that Windows sends with its first message. */
function deviceInfo(id: number, read: DeviceReader): string {
  const bios = (name: string): string => {
    const value = read.value('HKLM', 'HARDWARE\\DESCRIPTION\\System\\BIOS', name)?.value;
    return value?.kind === 'String' ? value.data : '';
  };
  const nodes = [
    ['DevId', read.intuneDeviceId],
    ['Man', bios('SystemManufacturer')],
    ['Mod', bios('SystemProductName')],
    ['DmV', '1.3'],
    ['Lang', 'en-US'],
  ].map(
    ([name, value = '']) =>
      `<Item><Source><LocURI>./DevInfo/${name}</LocURI></Source><Data>${escapeXml(value)}</Data></Item>`,
  );
  return `<Replace><CmdID>${id}</CmdID>${nodes.join('')}</Replace>`;
}

/**
 * Tells the server of each MSI job that is done. One that runs has no result yet; a device put back to before it tells
 * nothing, nor one that a restart stopped in the middle: either is sent the job again.
 */
function installAlerts(read: DeviceReader): readonly ((id: number) => string)[] {
  return (read.key('HKLM', jobsKey)?.value.subKeys ?? [])
    .filter((code) => {
      const status = read.value('HKLM', `${jobsKey}\\${code}`, 'Status')?.value;
      return status?.kind === 'DWord' && status.data === 70;
    })
    .map(
      (code) => (id) =>
        `<Alert><CmdID>${id}</CmdID><Data>1224</Data><Item><Source><LocURI>` +
        `./Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/${code}/DownloadInstall</LocURI></Source>` +
        '<Meta><Format xmlns="syncml:metinf">int</Format><Type xmlns="syncml:metinf">' +
        'Reversed-Domain-Name:com.microsoft.mdm.win32csp_install</Type>' +
        '<Mark xmlns="syncml:metinf">informational</Mark></Meta><Data>0</Data></Item></Alert>',
    );
}

/** The server has answered: enrolment is noted, an MSI job is begun. */
export function answer(read: DeviceReader, entry: QueueEntry): Step {
  const { status, body } = entry.data as { readonly status: number; readonly body: string };
  const to = new StepBuilder(0);
  if (status !== 200) {
    endSession(to, read);
    return to.step();
  }
  const message = utf8Decode(bytes(body));
  if (!isEnrolled(read)) {
    writeEnrolment(to, read, /[?;]AccountId=([0-9a-f-]{36})/.exec(message)?.[1] ?? '');
    askTenant(to, read);
  }
  const commands = commandsOf(message);
  if (commands.length > 0) post(to, statuses(read, message, commands));
  else endSession(to, read);
  const job = findMsiJob(message);
  const [url] = job?.urls ?? [];
  if (job && url !== undefined) {
    track(to, read, job, 10);
    to.set(rules.msiJob, jobKey(job), 'Status', dword(20)).request(
      rules.msiDownload,
      { method: 'GET', url },
      'mdm.msi-downloaded',
      { job: job as unknown as QueueData },
      mdmGroup,
    );
  }
  return to.step();
}

/** The client's answer to commands: an Exec is taken on and done later, the others are done. */
function statuses(read: DeviceReader, message: string, commands: ReturnType<typeof commandsOf>): string {
  const of = Number(headerField(message, 'MsgID'));
  return writeSyncMl(
    {
      session: headerField(message, 'SessionID'),
      message: of + 1,
      target: server,
      source: read.intuneDeviceId,
    },
    [
      statusOf(of, 0, 'SyncHdr', 200),
      ...commands.map(({ name, id }) => statusOf(of, id, name, name === 'Exec' ? 202 : 200)),
    ],
  );
}

/** The package has come, or not. */
export function msiDownloaded(read: DeviceReader, entry: QueueEntry): Step {
  const { status, body, job } = entry.data as unknown as {
    readonly status: number;
    readonly body: string;
    readonly job: MsiJob;
  };
  const to = new StepBuilder(0);
  if (status !== 200 || hashOf(bytes(body)) !== job.hash)
    return to.set(rules.msiFailed, jobKey(job), 'Status', dword(30)).step();
  to.set(rules.msiDownload, jobKey(job), 'Status', dword(40))
    .change(rules.msiDownload, { kind: 'file.write', path: packagePath(job), content: bytes(body) })
    .set(rules.msiJob, jobKey(job), 'Status', dword(50));
  beginInstall(to, read, job, mdmGroup);
  return to.step();
}

/** Windows Installer is done. */
export function msiInstalled(read: DeviceReader, entry: QueueEntry): Step {
  const { job } = entry.data as unknown as { readonly job: MsiJob };
  const to = new StepBuilder(0);
  to.change(rules.msiInstall, { kind: 'file.remove', path: packagePath(job) })
    .set(rules.msiJob, jobKey(job), 'Status', dword(70))
    .set(rules.msiJob, jobKey(job), 'JobStatusReport', dword(1));
  installAgent(to, read, job);
  return to.step();
}

const jobsKey = `SOFTWARE\\Microsoft\\EnterpriseDesktopAppManagement\\${deviceSid}\\MSI`;
const jobKey = (job: MsiJob): string => `${jobsKey}\\${job.productCode}`;
const packagePath = (job: MsiJob): string =>
  `C:\\Windows\\System32\\config\\systemprofile\\AppData\\Local\\mdm\\${job.productCode}.msi`;

function track(to: StepBuilder, read: DeviceReader, job: MsiJob, status: number): void {
  const values: readonly (readonly [string, StoredRegistryValue])[] = [
    ['DownloadInstall', text('InProgress')],
    ['ProductCode', text(job.productCode)],
    ['ProductVersion', text(job.version)],
    ['CreationTime', { kind: 'QWord', data: fileTime(read.now) }],
    ['ActionType', dword(1)],
    ['Status', dword(status)],
    ['JobStatusReport', dword(0)],
    ['LastError', dword(0)],
    ['BITSJobId', text('')],
    ['DownloadLocation', text('')],
    ['DownloadUrlList', { kind: 'MultiString', data: job.urls }],
    ['CurrentDownloadUrlIndex', dword(0)],
    ['CurrentDownloadUrl', text(job.urls[0] ?? '')],
    ['FileHash', text(job.hash)],
    ['CommandLine', text(job.commandLine)],
    ['AssignmentType', dword(1)],
    ['EnforcementStartTime', { kind: 'QWord', data: fileTime(read.now) }],
    ['EnforcementTimeout', dword(job.timeout)],
    ['EnforcementRetryIndex', dword(0)],
    ['EnforcementRetryCount', dword(job.retryCount)],
    ['EnforcementRetryInterval', dword(job.retryInterval)],
    [
      'LocURI',
      text(`./Device/Vendor/MSFT/EnterpriseDesktopAppManagement/MSI/${job.productCode}/DownloadInstall`),
    ],
    ['ServerAccountID', text(enrolmentId(read))],
  ];
  for (const [name, value] of values) to.set(rules.msiJob, jobKey(job), name, value);
}

/** 100 ns since 1601. */
const fileTime = (at: Instant): bigint => BigInt(at) * 10n + 116_444_736_000_000_000n;

const hashOf = (content: Bytes): string =>
  [...sha256(toUint8Array(content))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
