import type { Duration } from '../../../base/time.ts';
import { duration, hours, instant } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { programFolder } from '../paths.ts';
import { healthTask, healthTaskTime } from '../rules/health-rules.ts';
import type { Step } from '../step.ts';
import { StepBuilder } from '../step-builder.ts';

/** Pending starts of the agent's scheduled tasks: Windows', not the service's. */
export const taskGroup = 'agent.tasks';

/** Folder of the agent's tasks in Task Scheduler (inferred). */
export const taskFolder = '\\Microsoft\\Intune\\';

/** Names and programs; the last was there only since 1.83. */
export const agentTasks = {
  health: { name: 'Intune Management Extension Health Evaluation', program: 'ClientHealthEval.exe' },
  certificates: { name: 'Intune Management Extension Client Cert Checker', program: 'ClientCertCheck.exe' },
} as const;
type AgentTask = keyof typeof agentTasks;

const running = 267_009;

/** Tells Task Scheduler of the agent's tasks, as the agent's package does. */
export function registerTasks(to: StepBuilder, read: DeviceReader, tasks: readonly AgentTask[]): void {
  for (const task of tasks) {
    const { name, program } = agentTasks[task];
    to.change(healthTask, {
      kind: 'task.register',
      task: {
        path: taskFolder,
        name,
        execute: `"${programFolder}\\${program}"`,
        arguments: '',
        principal: 'NT AUTHORITY\\SYSTEM',
        enabled: true,
      },
    });
  }
  to.cancel(healthTask, taskGroup);
  planTasks(to, read, tasks);
}

/** Waits for the next time of each task: after the package was installed, and after each start of Windows. */
export function planTasks(
  to: StepBuilder,
  read: DeviceReader,
  tasks: readonly AgentTask[] = agentTasksOf(read),
): void {
  for (const task of tasks) to.enqueue(healthTask, 'agent.task-due', untilDue(read), { task }, taskGroup);
}

/** Tasks that the device has. */
const agentTasksOf = (read: DeviceReader): readonly AgentTask[] =>
  (Object.keys(agentTasks) as AgentTask[]).filter((task) => read.task(taskFolder, agentTasks[task].name));

/** A task's time has come: Windows starts it where it is enabled, and it is due again the next day. */
export function taskDue(read: DeviceReader, entry: QueueEntry): Step {
  const { task } = entry.data as { readonly task: AgentTask };
  const to = new StepBuilder(1);
  const { name } = agentTasks[task];
  const found = read.task(taskFolder, name);
  // Unregistered: it is not planned again.
  if (!found) return to.step();
  if (found.definition.enabled)
    to.change(healthTask, { kind: 'task.run', path: taskFolder, name, result: running });
  planTasks(to, read, [task]);
  return to.step();
}

/** To the next time of day of the tasks, in local time, and the random delay of that day. */
function untilDue(read: DeviceReader): Duration {
  const { now } = read;
  const day = hours(24);
  const local = now + read.offsetAt(now);
  const today = Math.floor(local / day) * day + Number(healthTaskTime.parameters?.['hour']) * hours(1);
  const due = today > local ? today : today + day;
  const at = instant(due - read.offsetAt(instant(due - read.offsetAt(now))));
  const longest = Number(healthTask.parameters?.['delay']) / 1_000_000;
  return duration(at - now + (read.random('agent.task-delay') % longest) * 1_000_000);
}
