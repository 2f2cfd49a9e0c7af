import type { DeviceReader } from '../../device/device-reader.ts';
import { mdmCertificates } from '../health/agent-program.ts';
import * as work from '../messages/check-in-messages.ts';
import * as msg from '../messages/frame-messages.ts';
import * as service from '../messages/service-messages.ts';
import { deviceScope } from '../paths.ts';
import * as checkIn from '../rules/check-in-rules.ts';
import * as rules from '../rules/frame-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import type { CheckIn, Session } from './work.ts';

/** What surrounds a check-in and changes nothing: the lines that say what the agent looked at. */

const { client, resource } = rules.userToken.parameters as Readonly<Record<string, string>>;

/** After the first line of a check-in: co-management and device preparation. */
export const logOwnership = (to: StepBuilder): StepBuilder =>
  to
    .log(rules.comanagement, msg.noComanagement)
    .log(checkIn.checkInSettings, service.comanagement)
    .log(rules.devicePreparation, msg.devicePreparation)
    .log(rules.devicePreparation, msg.devicePreparationHint, [0])
    .log(rules.devicePreparation, msg.noDevicePreparation);

/** The token of each user, and the count of check-ins; `number` counts those of this process. */
export function logTokens(to: StepBuilder, sessions: readonly Session[], number: number): void {
  to.log(rules.userToken, msg.joinType);
  for (const { user, session, name } of sessions)
    if (user !== deviceScope)
      to.log(rules.userToken, msg.impersonating, [session])
        .log(rules.userToken, msg.impersonated, [name])
        .log(rules.userToken, msg.provider, ['https://login.microsoft.com'])
        .log(rules.userToken, msg.providerId)
        .log(rules.userToken, msg.tokenManager, ['GetTokenForNewRequestAsync'])
        .log(rules.userToken, msg.token, [client ?? '', resource ?? '']);
  to.log(rules.throttling, msg.throttleCheck)
    .log(rules.throttling, msg.throttled, [number])
    .log(rules.throttling, msg.throttleEnds);
}

/** Length of the token that stands in for the real one. */
const tokenLength = 2048;

/** What a request to the service carries; before its headers, `logRequestApp`. */
export function logCredentials(to: StepBuilder, read: DeviceReader, { user }: Session): void {
  if (user !== deviceScope)
    to.log(rules.requestHeaders, msg.gettingToken).log(rules.requestHeaders, msg.addToken, [tokenLength]);
  const [thumbprint] = mdmCertificates(read);
  if (thumbprint !== undefined) to.log(rules.requestHeaders, msg.addCertificate, [thumbprint]);
  to.log(rules.requestHeaders, msg.iteration, [0, 3]);
}

export const logRequestApp = (to: StepBuilder): StepBuilder => to.log(rules.requestHeaders, msg.checkInApp);

/** Whether the check-in is for available apps too: the hourly one is not. */
export const logAvailable = (to: StepBuilder): StepBuilder =>
  to
    .log(rules.checkInPreparation, msg.logOnAvailable)
    .log(rules.checkInPreparation, msg.scheduledAvailable, [false]);

export function logCertificate(to: StepBuilder, read: DeviceReader): StepBuilder {
  const [thumbprint] = mdmCertificates(read);
  return thumbprint === undefined ? to : to.log(rules.checkInPreparation, msg.setCertificate, [thumbprint]);
}

/** The enrolment status page of a session: both pages are over once the agent checks in by itself. */
export function logSessionEnrolment(to: StepBuilder, { session, user, name, sid }: Session): StepBuilder {
  to.log(rules.sessionEnrolment, msg.interactive, [session, session])
    .log(rules.sessionEnrolment, msg.checkEsp, [session])
    .log(rules.sessionEnrolment, msg.skippedEsp);
  return user === deviceScope ? to : to.log(rules.sessionEnrolment, msg.expectedUser, [session, name, sid]);
}

const branding = JSON.stringify({
  CompanyName: '',
  ColorBackgroundLogoUri: '',
  WhiteBackgroundLogoUri: '',
  AccentColor: '',
});

/** No branding is set in the simulated tenant. */
export const logBranding = (to: StepBuilder): StepBuilder =>
  to
    .log(rules.branding, msg.brandingInfo)
    .log(rules.branding, msg.brandingToReturn, [branding])
    .log(rules.branding, msg.brandingReturned, [branding])
    .log(rules.branding, msg.brandingToast, [branding]);

/** Who asked for the check-in. */
export const logSender = (to: StepBuilder, { requested }: CheckIn): StepBuilder =>
  to.log(rules.nextCheckIn, msg.notInEsp, [requested === null ? '' : 'AvailableAppRequest']);

const hour = 3_600_000;

/** The timer of the next check-in is left as it is. */
export const logNextCheckIn = (to: StepBuilder): StepBuilder =>
  to
    .log(rules.nextCheckIn, msg.setInterval, [hour])
    .log(rules.nextCheckIn, msg.updateInterval, [hour, true, hour])
    .log(checkIn.checkInSettings, work.timerInterval, [hour])
    .log(rules.nextCheckIn, msg.updatedInterval, [hour]);
