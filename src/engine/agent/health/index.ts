import type { ProcessId } from '../../../base/ids.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { healthEvaluation } from '../rules/health-rules.ts';
import type { Step } from '../step.ts';
import { nothing, StepBuilder } from '../step-builder.ts';
import { agentProgramEnds } from './agent-program.ts';
import { certCheckRuns } from './cert-check.ts';
import { evaluateRules, evaluationStarts, repaired } from './evaluation.ts';
import { heartbeatAnswered } from './heartbeat.ts';

export { registerTasks } from './tasks.ts';
export { healthCheckFile, healthCheckXml } from './health-check-file.ts';

/** Stages of client health. */
export const healthStages: Readonly<
  Record<string, { readonly run: (read: DeviceReader, entry: QueueEntry) => Step; readonly label: string }>
> = {
  'health.rules': { run: evaluateRules, label: 'client health: rules' },
  'health.repaired': { run: repaired, label: 'client health: repair' },
  'health.heartbeat': { run: heartbeatAnswered, label: 'client health: heartbeat' },
};

/** .NET's exit code of an exception that nobody catches: without rights the log cannot be opened. */
const unhandledException = -532_462_766;

/** A program beside the service was started. */
export function programStarted(
  read: DeviceReader,
  what: { readonly program: string; readonly process: ProcessId; readonly elevated: boolean },
): Step {
  if (!what.elevated)
    return agentProgramEnds(new StepBuilder(1), healthEvaluation, what.process, unhandledException).step();
  switch (what.program) {
    case 'clienthealtheval.exe':
      return evaluationStarts(read, what.process);
    case 'clientcertcheck.exe':
      return certCheckRuns(read, what.process);
    default:
      return nothing;
  }
}
