import type { Duration } from '../../../base/time.ts';
import { civilTime } from '../../clock/civil-time.ts';
import { padded } from '../../clock/time-text.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import { compareVersions } from '../messages/agent-versions.ts';
import { programFolder } from '../paths.ts';
import { certCheck, healthTask } from '../rules/health-rules.ts';
import type { StepBuilder } from '../step-builder.ts';

/** Folder of the agent's tasks in Task Scheduler (inferred). */
export const taskFolder = '\\Microsoft\\Intune\\';

/** The agent's tasks; the second came with the certificate check of service release 2408. */
const tasks = [
  {
    name: 'Intune Management Extension Health Evaluation',
    program: 'ClientHealthEval.exe',
    since: '0',
    rule: healthTask,
  },
  {
    name: 'Intune Management Extension Client Cert Checker',
    program: 'ClientCertCheck.exe',
    since: '1.83',
    rule: certCheck,
  },
] as const;

/** Tells Task Scheduler of the agent's tasks, as the package of an agent version does: daily, at random up to an hour late. */
export function registerTasks(to: StepBuilder, read: DeviceReader, version: string): void {
  const today = civilTime(read.now, read.offsetAt(read.now));
  const date = `${padded(today.year, 4)}-${padded(today.month, 2)}-${padded(today.day, 2)}`;
  const hour = padded(Number(healthTask.parameters?.['hour']), 2);
  const randomDelay = healthTask.parameters?.['delay'] as Duration;
  for (const { name, program, since, rule } of tasks) {
    if (compareVersions(version, since) < 0) continue;
    to.change(rule, {
      kind: 'task.register',
      task: {
        path: taskFolder,
        name,
        execute: `"${programFolder}\\${program}"`,
        arguments: '',
        principal: 'NT AUTHORITY\\SYSTEM',
        enabled: true,
        triggers: [{ kind: 'daily', start: `${date}T${hour}:00:00`, days: 1, randomDelay }],
        settings: { startWhenAvailable: true, multipleInstances: 'IgnoreNew', hidden: false },
      },
    });
  }
}
