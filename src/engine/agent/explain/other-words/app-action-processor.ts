/** AppActionProcessor.log: words of real agents that ours does not write; see `index.ts`. */
export const appActionProcessorWords: readonly string[] = [
  // Observed: agent logs of 2025 and 2026.
  '[Win32App][ActionProcessor] App with id: {appId}, targeted intent: {value}, and enforceability: {value} has projected enforcement classification: {value} with desired state: {value}. Current state is:\nDetection = {value}\nApplicability =  {value}\nReboot = {value}\nLocal start time = {local}\nLocal deadline time = {local}\nGRS expired = {bool}',
  '[Win32App][ActionProcessor] App with id: {appId}, effective intent: {value}, and enforceability: Enforceable has projected enforcement classification: EnforcementPoint with desired state: Present. Current state is:\n{rest}',
  '[Win32App][ActionProcessor] Found: {n} apps with intent to uninstall before enforcing installs: [].',
  '[Win32App][ActionProcessor] Found: {n} apps with intent to install: [].',
  '[Win32App][ActionProcessor] App with id: {appId} to install has previously been selected for enforcement. The app will not be enforced.',
  // Public texts only: tools, articles and notes of administrators.
  '[Win32App][ActionProcessor] Encountered unexpected state for app with id: {appId}. Expected the detection state to be "NotDetected" but found "Detected". Aborting processing for the current subgraph.',
];
