import type { DeviceId, EventId } from '../../base/ids.ts';
import type { OutputPort } from '../powershell/host.ts';
import { environmentOf, identityOf } from './identity.ts';
import { launch, resolve, startChange } from './processes.ts';
import { taskEnd } from './rules.ts';
import type { Running } from './running.ts';
import type { WorldEntry } from './world.ts';

export const taskEnded = 'windows.task.ended';

/** HRESULT of what could not be started: the file is missing, or it is no program. */
const fileNotFound = -2147024894;
const badFormat = -2147024703;

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
  const end = (result: number) =>
    world.write(device, { kind: 'task.end', path, name, result }, { cause: by, rule: taskEnd.id });
  const id = reader.newProcessId();
  const system = task.principal === 'NT AUTHORITY\\SYSTEM';
  const identity = identityOf(reader, system ? 'system' : 'user', 64, id);
  const environment = environmentOf(reader, identity);
  const expand = (text: string): string =>
    text.replace(/%([^%]+)%/g, (whole, variable: string) => {
      for (const [key, value] of environment) if (key.toLowerCase() === variable.toLowerCase()) return value;
      return whole;
    });
  const workingDirectory = 'C:\\Windows\\System32';
  const found = resolve(running, device, expand(task.execute), workingDirectory, identity);
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
