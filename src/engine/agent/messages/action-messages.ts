import { define } from './message.ts';

/** AppActionProcessor.log: what a subgraph needs. */
const action = (id: string, words: string, origin: 'observed' | 'public' | 'inferred' = 'observed') =>
  define('AppActionProcessor', `action.${id}`, words, origin);

export const initializing = action(
  'initializing',
  '[Win32App][ActionProcessor] Processor initializing. Detection and applicability checks will run for all apps in the subgraph.',
);
export const state = action(
  'state',
  '[Win32App][ActionProcessor] App with id: {app}, {which} intent: {intent}, and enforceability: {enforceability} has projected enforcement classification: {classification} with desired state: {desired}. Current state is:\r\nDetection = {detection}\r\nApplicability =  {applicability}\r\nReboot = {reboot}\r\nLocal start time = {start}\r\nLocal deadline time = {deadline}\r\nGRS expired = {expired}',
);
export const calculating = action(
  'calculating',
  '[Win32App][ActionProcessor] Calculating desired states for all subgraphs. The computed desired states may be overridden as resolution continues.',
);
export const updating = action(
  'updating',
  '[Win32App][ActionProcessor] Updating desired states for subgraph with id: {app}.',
);
export const toUninstall = action(
  'to-uninstall',
  '[Win32App][ActionProcessor] Found: {n} apps with intent to uninstall before enforcing installs: [{apps}].',
);
export const toInstall = action(
  'to-install',
  '[Win32App][ActionProcessor] Found: {n} apps with intent to install: [{apps}].',
);
export const toUninstallAfter = action(
  'to-uninstall-after',
  '[Win32App][ActionProcessor] Found: {n} apps with intent to uninstall after enforcing installs: [].',
);
export const evaluating = action(
  'evaluating',
  '[Win32App][ActionProcessor] Evaluating install enforcement actions for app with id: {app}.',
);
export const noAction = action(
  'no-action',
  '[Win32App][ActionProcessor] No action required for app with id: {app}.',
);
export const inGrs = action(
  'in-grs',
  '[Win32App][ActionProcessor] App with id: {app} to install is in GRS. The app will not be enforced.',
);
export const attempted = action(
  'attempted',
  '[Win32App][ActionProcessor] App with id: {app} to install has previously been selected for enforcement. The app will not be enforced.',
);
export const uninstallDone = action(
  'uninstall-done',
  '[Win32App][ActionProcessor] App with id: {app} to uninstall has a detection state of: NotDetected. The app will not be enforced.',
);
export const unexpected = action(
  'unexpected',
  '[Win32App][ActionProcessor] Encountered unexpected state for app with id: {app}. Expected the detection state to be "{expected}" but found "{found}". Aborting processing for the current subgraph.',
  'public',
);
