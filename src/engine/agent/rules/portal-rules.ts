import { rule } from './rule.ts';

/** What Company Portal is told of an app. */
const deviceLogs = ['Agent logs of 2026'];

export const portalReport = rule('win32.company-portal.report', {
  says: 'The state of an app for Company Portal is kept in the registry: installed, installing, restart pending, not applicable or failed.',
  confidence: 'observed',
  sources: [...deviceLogs, 'okieselbach/Autopilot-Monitor'],
  workshop: ['W25'],
});
export const portalNotTold = rule('win32.company-portal.not-told', {
  says: 'Company Portal is not told of an app that nothing targets.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const portalNothing = rule('win32.company-portal.nothing', {
  says: 'An app that is not there and not on its way has no state for Company Portal.',
  confidence: 'inferred',
  sources: ['The states that are known have none for it'],
});
export const portalOpen = rule('win32.company-portal.open', {
  says: 'While a user waits in Company Portal each change of the app is sent there.',
  confidence: 'observed',
  sources: ['IME log interpreter in Python', 'Radu Bogdan'],
  workshop: ['W25'],
});
