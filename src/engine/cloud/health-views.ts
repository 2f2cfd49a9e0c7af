import type { HealthReport } from './agent-state.ts';
import type { CloudState } from './cloud-state.ts';

/** The last health report of each device, by device. */
export const healthReports = (state: CloudState): readonly HealthReport[] =>
  state.agents.health.entries().map(([, report]) => report);
