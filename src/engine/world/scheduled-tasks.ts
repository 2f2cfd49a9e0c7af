import type { DeviceId, EventId } from '../../base/ids.ts';
import type { TaskRecord } from '../device/device.ts';
import type { UserRead } from '../device/device-reader.ts';
import { startsSession } from '../mdm/enrolment-traces.ts';
import type { OutputPort } from '../powershell/host.ts';
import { occurred } from './effects.ts';
import { environmentOf, identityOf } from './identity.ts';
import { launch, resolve, startChange } from './processes.ts';
import { taskEnd } from './rules.ts';
import type { Running } from './running.ts';
import type { WorldEntry } from './world.ts';
import type { Why } from './world-draft.ts';

export const taskEnded = 'windows.task.ended';

/** Task Scheduler's result of a task that runs. */
const runs = 267_009;

/** HRESULT of what could not be started: the file is missing, it is no program, nobody is signed in to run it for. */
const fileNotFound = -2147024894;
const badFormat = -2147024703;
const notLoggedOn = -2147023651;

export const taskIsRunning = (task: TaskRecord): boolean => task.lastResult === runs;

/** Starts a task because its time has come or what it waits for has happened. */
export function runTask(running: Running, device: DeviceId, path: string, name: string, why: Why): void {
  const id = running.world.write(device, { kind: 'task.run', path, name, result: runs }, why);
  if (id !== null && running.world.happened(id)) startTask(running, device, path, name, id);
}

const nowhere: OutputPort = { console: undefined, width: 0, colour: false, write: () => undefined };

/**
 * Runs the program of a task that was started; its exit code becomes the task's result. What Windows' own tasks do is
 * not simulated beyond what their events show: they end at once with 0.
 */
export function startTask(running: Running, device: DeviceId, path: string, name: string, by: EventId): void {
  const { world } = running;
  const reader = world.device(device);
  const task = reader.task(path, name)?.definition;
  if (!task) return;
  // Tasks of the enrolment have the device sync.
  if (startsSession(path, name)) occurred(running, device, { kind: 'mdm.sync', from: 'schedule' }, by);
  const end = (result: number) =>
    world.write(device, { kind: 'task.end', path, name, result }, { cause: by, rule: taskEnd.id });
  const id = reader.newProcessId();
  const system = /^(NT AUTHORITY\\)?(SYSTEM|LOCAL SERVICE|NETWORK SERVICE)$/i.test(task.principal);
  const user = system ? undefined : signedIn(reader.users, task.principal);
  if (!system && !user) {
    end(notLoggedOn);
    return;
  }
  const identity = identityOf(
    reader,
    system ? 'system' : task.highest === true ? 'admin' : 'user',
    64,
    id,
    user,
  );
  const environment = environmentOf(reader, identity);
  const expand = (text: string): string =>
    text.replace(/%([^%]+)%/g, (whole, variable: string) => {
      for (const [key, value] of environment) if (key.toLowerCase() === variable.toLowerCase()) return value;
      return whole;
    });
  const workingDirectory = 'C:\\Windows\\System32';
  const execute = expand(task.execute).replace(/^"(.*)"$/, '$1');
  const found = resolve(running, device, execute, workingDirectory, identity);
  if (found.ok && 'kind' in found.value && found.value.kind === 'uri') {
    occurred(running, device, { kind: 'protocol', uri: found.value.uri }, by);
    end(0);
    return;
  }
  if (!found.ok || 'kind' in found.value) {
    const windowsOwn = /^\\Microsoft\\/i.test(path);
    end(windowsOwn ? 0 : !found.ok && found.error.code === 'not-supported' ? badFormat : fileNotFound);
    return;
  }
  const request = { arguments: expand(task.arguments), workingDirectory };
  const started = world.write(device, startChange(id, found.value.file, request, identity, null), {
    cause: by,
    rule: taskEnd.id,
  });
  if (started === null || !world.happened(started)) return;
  launch(running, {
    device,
    id,
    image: found.value,
    ...request,
    identity,
    output: nowhere,
    capture: { stdout: true, stderr: true },
    parent: undefined,
    console: undefined,
    by: started,
    whenEnded: { entry: taskEnded, data: { path, name }, group: null },
    stdin: undefined,
  });
}

/** Whom a task of this principal runs as: the user of that name, or where it names a group, who is at the desk. */
function signedIn(users: readonly UserRead[], principal: string): UserRead | undefined {
  const here = users.filter((user) => user.sessionId !== null);
  const name = principal.replace(/^.*\\/, '').toLowerCase();
  const known = users.find(
    (user) =>
      user.name.toLowerCase() === name ||
      user.upn.toLowerCase() === principal.toLowerCase() ||
      user.sid.toLowerCase() === principal.toLowerCase(),
  );
  return known ? here.find((user) => user.sid === known.sid) : here[0];
}

/** The program of a task has ended. */
export function taskHasEnded(running: Running, device: DeviceId, entry: WorldEntry): void {
  const { path, name, exitCode } = entry.data as {
    readonly path: string;
    readonly name: string;
    readonly exitCode: number;
  };
  running.world.write(
    device,
    { kind: 'task.end', path, name, result: exitCode },
    { cause: entry.id, rule: taskEnd.id },
  );
}
