import { rule } from './rule.ts';

/** Apps of the Microsoft Store. */
const deviceLogs = ['Agent logs of 2026'];
const python = 'IME log interpreter in Python';
const learn = 'Microsoft Learn: Add Microsoft Store apps to Microsoft Intune';

export const storeDetection = rule('store.detection', {
  says: "An app of the Store has no detection rules: Windows' package manager is asked whether its package is there, for the device or for the user.",
  confidence: 'observed',
  sources: deviceLogs,
  workshop: ['W02'],
});
export const storeOperation = rule('store.operation', {
  says: 'Each question to the package manager is an operation: detection, applicability, install, uninstall.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const storeSource = rule('store.source', {
  says: 'The package manager asks the Store over the network what it offers under the package id.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const storeApplicability = rule('store.applicability', {
  says: 'An app of the Store is applicable where the Store offers its package for this Windows.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const storeExecution = rule('store.execution', {
  says: 'The package manager downloads and installs the package itself: no content of the service, no cache, no exit code. Detection afterwards decides.',
  confidence: 'observed',
  sources: [python, learn],
  workshop: ['W02'],
});
export const storeDownload = rule('store.download', {
  says: 'Progress of the package shows in the main log, as bytes and as fractions.',
  confidence: 'observed',
  sources: ['Agent logs of 2025'],
});
export const storePackage = rule('store.package', {
  says: 'An installed package is a folder under WindowsApps, registered for all users in system context and for the user in user context.',
  confidence: 'documented',
  sources: ['Microsoft Learn: Windows app package deployment', learn],
});
export const storeMixed = rule('store.mixed-contexts', {
  says: 'An app that a user has cannot be provisioned for the device: the install ends well and detection finds nothing, 0x87D1041C.',
  confidence: 'documented',
  sources: [learn],
});
export const storeLatest = rule('store.latest', {
  says: 'An app of the Store is kept at its newest version: an older one is updated when the app is evaluated.',
  confidence: 'documented',
  sources: [learn],
  otherwise: 'Who updates it, the agent or the Store itself, is not said for every kind of package.',
});
export const storeHelper = rule('store.helper', {
  says: 'In user context a helper process in the session of the user asks the package manager.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const storeHelperResult = rule('store.helper.result', {
  says: 'The helper sends its result over a pipe and ends.',
  confidence: 'observed',
  sources: deviceLogs,
});
export const storeExecutor = rule('store.executor', {
  says: 'The helper logs its arguments.',
  confidence: 'observed',
  sources: deviceLogs,
});
