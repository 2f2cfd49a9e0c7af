import type { MessageVersions } from './message.ts';
import { define } from './message.ts';
import { words2026 } from './agent-versions.ts';

/** ClientHealth.log: one evaluation, its heartbeat, the TCP probe; and ClientCertCheck.log. */
type Type = 1 | 2 | 3;
const own = (id: string, words: string, type: Type = 1, versions: MessageVersions = {}) =>
  define('ClientHealth', `health.${id}`, words, 'observed', type, versions);
/** Code that the evaluation shares with the service names the service's component (inferred). */
const shared = (id: string, words: string, type: Type = 1, versions: MessageVersions = {}) =>
  own(id, words, type, { ...versions, component: 'IntuneManagementExtension' });
const probe = (id: string, words: string) => own(`probe-${id}`, words, 1, { since: words2026 });

export const starts = own('starts', 'Client Health evaluation starts.');
export const publicCloud = shared('public-cloud', 'OnStart, public cloud env.');
export const certificates = shared('certificates', 'Found {n} MDM certificates from Local Computer Store.');
export const setCertificate = shared('set-certificate', 'Set MdmDeviceCertificate : {thumbprint}');
export const serviceUrl = shared('service-url', 'Service URL is {url}');
export const flightingStarts = shared('flighting-starts', 'Starting ECS flighting client initialization');
export const aria = shared('aria', 'aria logger is turned off. deviceid={deviceId}, os={version}');
export const telemetry = shared('telemetry', '[Telemetry] Telemetry is enabled. Starting mananger...');
export const ruleStarts = own('rule-starts', 'Start processing rule {description}');
export const ruleEnds = own('rule-ends', 'Finish processing rule {description}');
export const summary = own(
  'summary',
  'Summary: rule {description} with ID {rule}, result = {result}, details = {details}',
);
export const ruleException = own(
  'rule-exception',
  'Exception happens when processing non-leaf rule, rule id = {rule}, rule description = {description}, exception = {exception}',
  3,
);
export const remediated = define(
  'ClientHealth',
  'health.remediated',
  'Remediated rule {description}',
  'inferred',
);
export const completes = own('completes', 'Client Health evaluation completes.');

export const heartbeatEnabled = own('heartbeat-enabled', 'Heartbeat report is enabled result True');
export const probeEnabled = probe('enabled', 'TCP probe is enabled result {enabled}');
export const gatewayUrl = own('gateway-url', 'SideCarGatewayServiceURL service URL is {url}');
export const heartbeatUrl = own('heartbeat-url', 'Heartbeat service URL is {url}');
export const sendingReport = own('sending-report', 'Start sending health report..');
export const sendingUri = own('sending-uri', 'Sending heartbeat report uri: {url}');
export const startDelay = shared('start-delay', '[ServiceBase], start delay {n} seconds');
export const checkInApp = shared('check-in-app', '[ServiceBase], check in using device check in AAD App');
export const headers = shared('headers', 'PrepareHeaders, client-request-id: {requestId}, Method: PUT');
export const userless = shared('userless', 'Userless session, skip UserToken for device check-in');
export const addCertificate = shared(
  'add-certificate',
  'Add MdmDeviceCertificate {thumbprint} into WebRequest with True',
);
export const iteration = shared(
  'iteration',
  '[SendWebRequestInternal] iteration [{n}] started, total retryCount: {retries}',
);
export const sending = shared(
  'sending',
  '[SendWebRequestInternal] Sending network request...  Current proxy is {url}',
);
export const succeeded = shared(
  'succeeded',
  '[SendWebRequestInternal] Succeeded, client-request-id: {requestId}, AfdRef: ',
  1,
  { earlier: [{ until: words2026, words: '[SendWebRequestInternal] Succeeded' }] },
);
export const refused = shared(
  'refused',
  '[SendWebRequestInternal] Web Exception occurs when sending network request, non-retryable, the exception is System.Net.WebException: The remote server returned an error: ({status}) Unauthorized.\r\n   at System.Net.HttpWebRequest.GetResponse()',
  3,
);
export const protocolError = shared(
  'protocol-error',
  '[IsWebExceptionRetryable] web exception status = ProtocolError',
);
export const statusCode = shared('status-code', 'statuscode is {status}', 2);
export const reportFinished = own('report-finished', 'Finish sending health report.');
export const reportSent = own('report-sent', 'The client health report was sent successfully. Done.');
export const reportEmpty = own(
  'report-empty',
  'The client heart beat health report failed to send. Response was empty or null.',
);
export const reportException = own(
  'report-exception',
  'Exception occurred while sending heartbeat report: System.AggregateException: One or more errors occurred. ---> System.Net.WebException: {text}\r\n   at System.Net.HttpWebRequest.GetResponse()',
  3,
);
export const foundWebException = own(
  'found-web-exception',
  'Found WebException in AggregateException. WebStatus: ProtocolError, StatusCode: Unauthorized, Message: The remote server returned an error: ({status}) Unauthorized..',
  3,
);
export const afdTracking = own(
  'afd-tracking',
  'Added AFD tracking to result details - ClientRequestId: {requestId}, AfdId: {afd}, ExceptionDetails: WebException-Attempt1: ProtocolError | HTTP: Unauthorized({status}), TcpProbeResults: {probe}',
  1,
  { since: words2026 },
);

export const probeStarts = probe('starts', 'Starting TCP probe after heartbeat call');
export const probeSame = probe(
  'same',
  'Phase 1: Testing same endpoint TCP connection to resolved IP {ip} (subnet: {subnet})',
);
export const probeSameEnds = probe(
  'same-ends',
  'TCP probe Phase 1 completed. Same endpoint test: SUCCESS, Resolved IP: {ip}, Subnet: {subnet}',
);
export const probePublic = probe(
  'public',
  'TCP probe detected public cloud environment - testing public subnets',
);
export const probeReliable = probe('reliable', 'TCP probe Phase 2: Using public cloud reliable IPs');
export const probeSubnets = probe(
  'subnets',
  'TCP probe Phase 2: Testing {n} subnets with reliable IPs (skipping subnet: {subnet})',
);
export const probeSubnet = probe('subnet', 'Phase 2: Testing subnet {subnet} with reliable IPs');
export const probeSkips = probe('skips', 'Phase 2: Skipping subnet {subnet} (already tested in Phase 1)');
export const probeSelected = probe(
  'selected',
  'Phase 2: Selected {n} IPs for subnet {subnet} based on day-based rotation',
);
export const probeReached = probe('reached', 'TCP probe Phase 2 {subnet}: SUCCESS (IPs attempted: {n})');
export const probeCompleted = probe(
  'completed',
  'TCP probe completed. Phase 1: SUCCESS, Phase 2 subnets tested: {n}',
);
export const probeStatus = probe(
  'status',
  'TCP probe completed with status: Enabled. Phase 1: SUCCESS, Phase 2 Results count: {n}',
);

const certificate = (id: string, words: string) =>
  define('ClientCertCheck', `cert-check.${id}`, words, 'observed', 1, { since: '1.83' });

export const certCheckStarts = certificate('starts', 'Client Cert Check starts.');
export const certCheckCloud = certificate('public-cloud', 'OnStart, public cloud env.');
export const certsOfMachine = certificate('machine', 'MDM certs found in LocalMachine count: {n}');
export const certsOfUserAsked = certificate('user-asked', 'Fetching the certs from CurrentUser store');
export const certsOfUser = certificate('user', 'MDM Certs found in CurrentUser: {n}');
export const certsKept = certificate(
  'kept',
  'Skipping the Cert picking as the there are no valid certs or cert count is <= {n}.',
);
export const certCheckEnds = certificate('completes', 'Client Cert Check completes.');
