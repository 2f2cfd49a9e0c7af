import type { AgentLog } from './message.ts';
import { define } from './message.ts';

/** What surrounds a check-in: user token, throttling, the request itself, settings, branding, the timer of the next one. */
const line =
  (log: AgentLog, family: string) =>
  (id: string, words: string, type: 1 | 2 | 3 = 1) =>
    define(log, `${family}.${id}`, words, 'observed', type);
const main = line('IntuneManagementExtension', 'frame');
const work = line('AppWorkload', 'frame-app');

export const joinType = main('join-type', 'Device join type = DSREG_DEVICE_JOIN');
export const impersonating = main('impersonating', 'starting impersonation, session id = {session}');
export const impersonated = main('impersonated', 'After impersonation: AzureAD\\{user}');
export const provider = main('provider', 'get provider, provider name = {name}');
export const providerId = main(
  'provider-id',
  'provider id = https://login.microsoft.com, authority = organizations',
);
export const tokenManager = main('token-manager', '[TokenManager::{method}]');
export const token = main(
  'token',
  'Successfully get the token with client id {client} and resource id {resource}',
);
export const throttleCheck = main('throttle-check', 'Checking throttle setting');
export const throttled = main(
  'throttled',
  'Successfully updated throttling info. workload AgentCheckIn, currentCnt = {n}',
);
export const throttleEnds = main('throttle-ends', 'Finish throttle checking.');
export const checkInApp = main('check-in-app', '[ServiceBase], check in using device check in AAD App');
export const gettingToken = main('getting-token', 'Getting UserToken For Web Request...');
export const addToken = main('add-token', 'Add UserToken with length {n} into WebRequest');
export const addCertificate = main(
  'add-certificate',
  'Add MdmDeviceCertificate {thumbprint} into WebRequest with True',
);
export const iteration = main(
  'iteration',
  '[SendWebRequestInternal] iteration [{n}] started, total retryCount: {retries}',
);
export const noComanagement = main(
  'no-comanagement',
  'co-mgt features is not available, ex = System.Management.ManagementException, not fatal',
  2,
);
export const devicePreparation = main('device-preparation', '[APv2] Checking if device is in APv2 mode.');
export const devicePreparationHint = main(
  'device-preparation-hint',
  '[APv2] Found DevicePrepHintValue = {n}.',
);
export const noDevicePreparation = main('no-device-preparation', '[APv2] Device is in APv2 mode: False.');

export const contentFolder = work('content-folder', 'Created Content folder');
export const logOnAvailable = work('log-on-available', '[Win32App] isSessionLogOnAvailableCheckIn = False');
export const scheduledAvailable = work(
  'scheduled-available',
  '[Win32App] isSessionScheduledAvailableCheckIn = {scheduled}',
);
export const intervalManager = work(
  'interval-manager',
  '[Win32App] Creating checkin interval manager in order to update the required Win32 apps timer if needed.',
);
export const setCertificate = work('set-certificate', '[Win32App] Set MdmDeviceCertificate : {thumbprint}');
export const storedSchedule = work(
  'stored-schedule',
  '[Win32App] {n} entries from stored allAppStartDeadlineTimeSchedule',
);
export const interactive = work(
  'interactive',
  '[Win32App] Checking SessionId: {session},  CurrentInteractiveUserSessionId: {interactive}',
);
export const checkEsp = work(
  'check-esp',
  '[Win32App][EspHelper][CheckEspPhase] Checking ESP status and phase for sessionId: {session}',
);
export const skippedEsp = work(
  'skipped-esp',
  '[Win32App][EspHelper][CheckEspPhase] Both pages are skipped, return ESP phase as NotInESP.',
  2,
);
/** Agents of before the spring of 2025 (inferred: 1.90) name no method. */
export const expectedUser = define(
  'AppWorkload',
  'frame-app.expected-user',
  '[Win32App][EspHelper][GetLogonIdFromFirstSyncReg] Expected usersid for session {session} with name {name} is {sid}',
  'observed',
  1,
  {
    earlier: [
      { until: '1.90', words: '[Win32App] Expected usersid for session {session} with name {name} is {sid}' },
    ],
  },
);
export const brandingInfo = work(
  'branding-info',
  '[Win32App][BrandManager] GetBrandingInfo brandingInfo: , FullSync: False',
);
export const brandingToReturn = work(
  'branding-to-return',
  '[Win32App][BrandManager] GetBrandingInfo brandingInfoToReturn: {branding}',
);
export const brandingReturned = work(
  'branding-returned',
  '[Win32App][BrandManager] GetBrandingInfo returning brand info {branding}',
);
export const brandingToast = work(
  'branding-toast',
  '[Win32App][BrandManager] UpdateBrandingForToast Set Brand for toast {branding}',
);
export const notInEsp = work(
  'not-in-esp',
  '[Win32App] Not in ESP processing. EspPhase: NotInEsp, sender: {sender}',
);
export const timerSuppressed = work('timer-suppressed', '[Win32App] StartDeadline timer suppressed.');
export const setInterval = work(
  'set-interval',
  '[Win32App][CheckinIntervalManager] SetTimerInterval. shouldUpdateTimer: True, intervalForTimer: {milliseconds}',
);
export const updateInterval = work(
  'update-interval',
  '[Win32App][CheckinIntervalManager] UpdateTimerIntervalForNextCheckin.shouldUpdateTimer: True, intervalForTimer: {milliseconds}, setTimerIntervalToDefaultFlag: {toDefault}, Current Interval: {current}',
);
export const updatedInterval = work(
  'updated-interval',
  '[Win32App][CheckinIntervalManager] UpdateTimerIntervalForNextCheckin. Updated interval of timer is {milliseconds}',
);
