import type { TaskRecord } from '../../device/device.ts';
import type { HostResult, TaskInfo, TaskPort } from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** Task Scheduler's result of a task that runs. */
const running = 267_009;

/** Names that Task Scheduler takes for the local system account. */
const systemNames = new Set(['system', 's-1-5-18', 'localsystem', 'nt authority\\system']);

/**
 * Scheduled tasks: who is not an administrator sees only those that run as users, and registers only tasks that
 * run as himself. A registered task has no triggers, conditions or settings, so nothing starts it by itself; who starts
 * it has its program run.
 */
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
  const isOwn = (principal: string): boolean =>
    principal.replace(/^.*\\/, '').toLowerCase() === identity.name.replace(/^.*\\/, '').toLowerCase();
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
          ? options.emit({ kind: 'task.run', path: definition.path, name: definition.name, result: running })
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
    register(task) {
      onWrite?.(`task:${task.path}${task.name}`);
      const principal = systemNames.has(task.principal.toLowerCase())
        ? 'NT AUTHORITY\\SYSTEM'
        : task.principal;
      const known = draft().task(task.path, task.name)?.definition.principal ?? principal;
      if (!identity.elevated && !(isOwn(principal) && isOwn(known)))
        return refused('access-denied', 'Access is denied.', task.path + task.name);
      return options.emit({ kind: 'task.register', task: { ...task, principal, enabled: true } });
    },
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
