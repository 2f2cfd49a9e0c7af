/** ClientHealth.log: words of real agents that ours does not write; see `index.ts`. */
export const clientHealthWords: readonly string[] = [
  // Observed: agent logs of 2025 and 2026.
  '[SendWebRequestInternal] Web Exception occurs when sending network request, non-retryable, the exception is System.Net.WebException: The remote server returned an error: ({n}) Unauthorized.\n{stack}',
  'Exception occurred while sending heartbeat report: System.AggregateException: One or more errors occurred. ---> System.Net.WebException: {text}\n{stack}',
  '[ClientHealthRuleEngine](SendHeartbeatReport) {json}',
  'Failed to send heartbeat report, exception = System.NullReferenceException: Object reference not set to an instance of an object.\n{stack}',
  'Exception happens during client health Post Process, the exception is System.AggregateException: One or more errors occurred. ---> System.ArgumentNullException: Value cannot be null.\n{stack}',
  '[SendWebRequestWithAfdId] iteration [{n}] started, total retryCount: {n}',
  '[SendWebRequestWithAfdId] Sending network request...  Current proxy is {url}',
  '[SendWebRequestWithAfdId] Web Exception occurs when sending network request, non-retryable, the exception is System.Net.WebException: The remote server returned an error: ({n}) Unauthorized.\n{stack}',
  'Phase {n}: Testing same endpoint TCP connection to resolved IP {ip} (subnet: {subnet})',
  'TCP probe Phase {n} completed. Same endpoint test: SUCCESS, Resolved IP: {ip}, Subnet: {subnet}',
  'TCP probe Phase {n}: Using public cloud reliable IPs',
  'TCP probe Phase {n}: Testing {n} subnets with reliable IPs (skipping subnet: {subnet})',
  'Phase {n}: Testing subnet {subnet} with reliable IPs',
  'Phase {n}: Skipping subnet {subnet} (already tested in Phase {n})',
  'Phase {n}: Selected {n} IPs for subnet {subnet} based on day-based rotation',
  'TCP probe Phase {n} {subnet}: SUCCESS (IPs attempted: {n})',
  'TCP probe Phase {n} {subnet}: FAILED (IPs attempted: {n}) ({value})',
  'TCP probe completed. Phase {n}: SUCCESS, Phase {n} subnets tested: {n}',
  'TCP probe completed with status: Enabled. Phase {n}: SUCCESS, Phase {n} Results count: {n}',
];
