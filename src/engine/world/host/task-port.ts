import { instant } from '../../../base/time.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import type { TaskRecord } from '../../device/device.ts';
import { isTimed, nextStart } from '../../device/tasks/next-start.ts';
import type { HostResult, TaskInfo, TaskPort } from '../../powershell/host.ts';
import type { HostOptions } from './host-options.ts';
import { refused } from './refused.ts';

/** Task Scheduler's result of a task that runs. */
const running = 267_009;

/** Names that Task Scheduler takes for the local system account. */
const systemNames = new Set(['system', 's-1-5-18', 'localsystem', 'nt authority\\system']);

/**
 * Scheduled tasks: who is not an administrator sees only those that run as users, and registers only tasks that
 * run as himself.
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
  const sidOf = (name: string): string => {
    const own = name.replace(/^.*\\/, '').toLowerCase();
    return (
      draft().users.find((user) => user.name.toLowerCase() === own || user.upn.toLowerCase() === own)?.sid ??
      name
    );
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
        .map((task) => taskInfo(task, options.now(), (at) => draft().offsetAt(at)));
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
      const triggers = task.triggers?.map((trigger) =>
        'user' in trigger && trigger.user !== null ? { ...trigger, user: sidOf(trigger.user) } : trigger,
      );
      return options.emit({
        kind: 'task.register',
        task: { ...task, principal, enabled: true, ...(triggers ? { triggers } : {}) },
      });
    },
  };
}

function taskInfo(
  { definition, lastRun, lastResult }: TaskRecord,
  now: Instant,
  offsetAt: (at: Instant) => Duration,
): TaskInfo {
  const triggers = definition.triggers ?? [];
  const starts = definition.enabled
    ? triggers.flatMap((trigger) =>
        isTimed(trigger) && trigger.enabled !== false ? (nextStart(trigger, now, offsetAt) ?? []) : [],
      )
    : [];
  return {
    name: definition.name,
    path: definition.path,
    state: !definition.enabled ? 'Disabled' : lastResult === running ? 'Running' : 'Ready',
    execute: definition.execute,
    arguments: definition.arguments,
    principal: definition.principal,
    lastRun: lastRun ?? undefined,
    nextRun: starts.length === 0 ? undefined : instant(Math.min(...starts)),
    lastResult,
    description: definition.description ?? '',
    highest: definition.highest ?? definition.principal.startsWith('NT AUTHORITY\\'),
    hidden: definition.settings?.hidden ?? false,
    triggers,
  };
}
