import { rule } from './rule.ts';

/** What becomes of stored state when an app reaches the device no more. */
const unknown = 'No public source says when state 100 is written or keys go';

export const cleanupScan = rule('win32.cleanup.scan', {
  says: 'Where the answer of the service names other apps than before, stored state is looked through for apps that are gone. State of users who are not signed in is left alone.',
  confidence: 'inferred',
  sources: [unknown],
});
export const cleanupState = rule('win32.cleanup.state', {
  says: 'An app that is not targeted any more gets compliance state 100, Cleanup, and is reported once with it. It is not uninstalled.',
  confidence: 'inferred',
  sources: ['byteben/MEM and the workshop name the state', unknown],
  workshop: ['W30'],
});
export const cleanupKeys = rule('win32.cleanup.keys', {
  says: 'When the service has taken that report, the keys of the app go: its state, reporting, operational and Company Portal keys.',
  confidence: 'inferred',
  sources: [unknown],
  workshop: ['W29'],
});
export const cleanupGrs = rule('win32.cleanup.grs', {
  says: 'With an app its GRS values go; a key that holds no other goes whole.',
  confidence: 'inferred',
  sources: ['Agents of 2026 log that they scan GRS storage for values to clean up'],
  workshop: ['W52'],
});
