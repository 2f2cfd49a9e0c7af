/** AppActionProcessor.log: words of real agents that ours does not write; see `index.ts`. */
export const appActionProcessorWords: readonly string[] = [
  // Observed: agent logs of 2025 and 2026.
  '[Win32App][ActionProcessor] App with id: {appId}, effective intent: {value}, and enforceability: Enforceable has projected enforcement classification: EnforcementPoint with desired state: Present. Current state is:\n{rest}',
  '[Win32App][ActionProcessor] App with id: {appId} to install has previously been selected for enforcement. The app will not be enforced.',
];
