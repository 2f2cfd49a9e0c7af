import { rule } from './rule.ts';

/** What surrounds a check-in. */
const deviceLogs = ['Agent logs of 2025 and 2026'];

export const userToken = rule('agent.user-token', {
  says: 'For a session with a user the agent takes on that user’s identity and gets a token for the check-in service.',
  confidence: 'observed',
  sources: [...deviceLogs, 'okieselbach/Autopilot-Monitor (client and resource id)'],
  parameters: {
    client: 'fc0f3af4-6835-4174-b806-f7db311fd2f3',
    resource: '26a4ae64-5862-427f-a9b0-044e62572a4f',
  },
});
export const throttling = rule('agent.throttling', {
  says: 'The agent counts its check-ins, so that there are not too many.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const requestHeaders = rule('agent.web-request.headers', {
  says: 'A request carries the device certificate, and the token of the user it is for.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const comanagement = rule('win32.check-in.comanagement', {
  says: 'Without Configuration Manager there is no co-management: the agent looks and goes on.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const devicePreparation = rule('win32.check-in.device-preparation', {
  says: 'The agent looks whether Autopilot device preparation goes on.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const checkInPreparation = rule('win32.check-in.preparation', {
  says: 'Before the sessions a check-in makes its content folder, its timer manager and loads the stored schedule.',
  confidence: 'observed',
  sources: ['Agent logs of 2026'],
});
export const sessionEnrolment = rule('win32.check-in.session-esp', {
  says: 'For each session the agent looks whether the enrolment status page holds it.',
  confidence: 'observed',
  sources: ['Agent logs of 2026'],
});
export const branding = rule('win32.check-in.branding', {
  says: 'The name and colours of the organisation are kept for the agent’s notifications.',
  confidence: 'observed',
  sources: ['Agent logs of 2026'],
});
export const nextCheckIn = rule('win32.check-in.next', {
  says: 'At its end a check-in sets the timer of the next one.',
  confidence: 'observed',
  sources: ['Agent logs of 2026'],
});
