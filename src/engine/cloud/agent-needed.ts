import type { DeviceId, Guid } from '../../base/ids.ts';
import type { CloudState } from './cloud-state.ts';
import { effectiveAssignments } from './effective-assignments.ts';
import { targetedScripts } from './script-targets.ts';

/** True where an app or script targets the device or its user: what makes the service send the agent. */
export const needsAgent = (state: CloudState, device: DeviceId, user: Guid | null): boolean =>
  effectiveAssignments(state, device, user).length > 0 || targetedScripts(state, device, user).length > 0;
