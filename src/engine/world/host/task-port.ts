import type { TaskRecord } from '../../device/device.ts';
import type { HostResult, TaskInfo, TaskPort } from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** Task Scheduler's result of a task that runs. */
const running = 267_009;

/** Scheduled tasks: who is not an administrator sees only those that run as users. */
export function taskPort(options: HostOptions): TaskPort {
  const { identity, onRead, onWrite } = options;
  const draft = options.draft;
  const change = (
    path: string,
    name: string,
    done: (task: TaskRecord) => HostResult<void>,
  ): HostResult<void> => {
    onWrite?.(`task:${path}${name}`);
    const task = draft().task(path, name);
    if (task === undefined)
      return refused('not-found', 'The system cannot find the file specified.', path + name);
    return identity.elevated ? done(task) : refused('access-denied', 'Access is denied.', path + name);
  };
  return {
    list() {
      onRead?.('task:*');
      return draft()
        .tasks.filter(
          ({ definition }) => identity.elevated || !definition.principal.startsWith('NT AUTHORITY\\'),
        )
        .map(taskInfo);
    },
    start: (path, name) =>
      change(path, name, ({ definition }) =>
        definition.enabled
          ? options.emit({ kind: 'task.run', path: definition.path, name: definition.name, result: 0 })
          : refused('disabled', 'The task is disabled.', path + name),
      ),
    setEnabled: (path, name, enabled) =>
      change(path, name, ({ definition }) =>
        options.emit({ kind: 'task.enable', path: definition.path, name: definition.name, enabled }),
      ),
    unregister: (path, name) =>
      change(path, name, ({ definition }) =>
        options.emit({ kind: 'task.unregister', path: definition.path, name: definition.name }),
      ),
  };
}

function taskInfo({ definition, lastRun, lastResult }: TaskRecord): TaskInfo {
  return {
    name: definition.name,
    path: definition.path,
    state: !definition.enabled ? 'Disabled' : lastResult === running ? 'Running' : 'Ready',
    execute: definition.execute,
    arguments: definition.arguments,
    principal: definition.principal,
    lastRun: lastRun ?? undefined,
    nextRun: undefined,
    lastResult,
  };
}
