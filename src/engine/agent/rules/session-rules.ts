import { rule } from './rule.ts';

/** What sessions of users mean to the agent. */
const deviceLogs = ['Agent logs of 2025'];

export const sessionNotice = rule('agent.session.notice', {
  says: 'The agent writes down that a session was locked, unlocked, connected or disconnected, and does nothing more.',
  confidence: 'observed',
  sources: deviceLogs,
  otherwise: 'Public texts name session changes in general as what starts a check-in.',
});
export const sessionApps = rule('agent.session.apps', {
  says: 'The app check-in that a sign-in starts is marked in the main log where it begins and where it ends.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const syncNeedsUser = rule('agent.protocol.needs-user', {
  says: 'A sync that is asked for by syncapp needs the token of a signed-in user; with nobody signed in it fails and no check-in follows.',
  confidence: 'inferred',
  sources: ['Scripts that look for token errors after syncapp', ...deviceLogs],
});
