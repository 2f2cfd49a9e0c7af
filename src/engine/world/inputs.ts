import { assertNever } from '../../base/assert-never.ts';
import { utf8Encode } from '../../base/bytes.ts';
import { SidecarError } from '../../base/error.ts';
import type { DeviceId, EventId } from '../../base/ids.ts';
import { cloud } from '../cloud/index.ts';
import type { QueueData } from '../device/change.ts';
import { closeConsole, interrupt, openConsole, typeLine } from './consoles.ts';
import { refuseDeviceAction, takeDeviceAction } from './device-actions.ts';
import type { Input } from './input.ts';
import { applyOutcome } from './network.ts';
import type { OpenConsole, Running } from './running.ts';
import { consoleKey } from './running.ts';
import { restoreSnapshot, snapshotKey, takeSnapshot } from './snapshots.ts';
import type { Why } from './world-draft.ts';

const refused = (message: string, facts: Record<string, unknown>): SidecarError =>
  new SidecarError('input-refused', message, facts);

/** Refuses an input that cannot be taken, before anything has changed. */
export function checkInput(running: Running, input: Input): void {
  const { world } = running;
  if ('device' in input && !world.hasDevice(input.device))
    throw refused(`There is no device ${input.device} in this world`, { device: input.device });
  if ('device' in input && input.kind !== 'device.action' && !input.kind.startsWith('snapshot.')) {
    const { power } = world.device(input.device);
    if (power !== 'on') throw refused(`${input.device} is ${power}`, { device: input.device });
  }
  switch (input.kind) {
    case 'advance':
      if (!Number.isSafeInteger(input.to))
        throw refused(`Expected a time in whole microseconds, got ${String(input.to)}`, { to: input.to });
      if (input.to < world.now)
        throw refused('The clock goes forward only; going back is going to a moment', { to: input.to });
      return;
    case 'console.open':
      if (running.consoles.has(consoleKey(input.device, input.console)))
        throw refused(`Console ${input.console} is open already`, { console: input.console });
      return;
    case 'console.close':
    case 'console.resize':
    case 'console.stop':
      consoleOf(running, input);
      return;
    case 'console.line':
    case 'script.run':
      consoleOf(running, input);
      return;
    case 'file.save':
      if (!/^[a-z]:\\./i.test(input.path))
        throw refused(`Expected a full path such as C:\\Labs\\script.ps1, got ${input.path}`, {
          path: input.path,
        });
      return;
    case 'admin': {
      // The service checks the data; what it would become is thrown away here and made again when the input is taken.
      const outcome = cloud.admin(world.cloud, input.action, input.data, world.now);
      if (!outcome.ok)
        throw refused(outcome.error.message, { action: input.action, code: outcome.error.code });
      return;
    }
    case 'device.action':
      refuseDeviceAction(running, input);
      return;
    case 'snapshot.take':
      return;
    case 'snapshot.restore':
      if (!world.snapshots.has(snapshotKey(input.device, input.name)))
        throw refused(`${input.device} has no snapshot named ${input.name}`, { name: input.name });
      return;
    default:
      assertNever(input);
  }
}

/** Takes an input that `checkInput` let through. What it sets going runs in the scheduler afterwards. */
export function takeInput(running: Running, input: Input, seq: number): void {
  const { world } = running;
  const subject = 'device' in input ? input.device : '*';
  const { id, happens } = world.emit(
    subject,
    { kind: 'input', seq, input: input.kind },
    { cause: null, rule: null },
  );
  if (!happens) return;
  switch (input.kind) {
    case 'advance':
      // The scheduler goes there; see Simulation.
      return;
    case 'console.open':
      openConsole(running, input, id);
      return;
    case 'console.close':
      closeConsole(running, consoleOf(running, input));
      return;
    case 'console.resize': {
      const console = consoleOf(running, input);
      console.width = input.width;
      console.height = input.height;
      return;
    }
    case 'console.line':
      line(running, consoleOf(running, input), input.text, id);
      return;
    case 'console.stop':
      interrupt(running, consoleOf(running, input));
      return;
    case 'script.run': {
      save(running, input.device, input.path, input.text, id);
      const args = input.args.map((arg) => ` '${arg.replaceAll("'", "''")}'`).join('');
      line(running, consoleOf(running, input), `& '${input.path.replaceAll("'", "''")}'${args}`, id);
      return;
    }
    case 'file.save':
      save(running, input.device, input.path, input.text, id);
      return;
    case 'admin': {
      const outcome = cloud.admin(world.cloud, input.action, input.data, world.now);
      if (outcome.ok) applyOutcome(running, outcome.value, id);
      return;
    }
    case 'device.action':
      takeDeviceAction(running, input, id);
      return;
    case 'snapshot.take':
      takeSnapshot(running, input.device, input.name);
      return;
    case 'snapshot.restore':
      restoreSnapshot(running, input.device, input.name, id);
      return;
    default:
      assertNever(input);
  }
}

function line(running: Running, console: OpenConsole, text: string, by: EventId): void {
  running.world.emit(
    console.device,
    { kind: 'console', console: console.id, stream: 'echo', text },
    { cause: by, rule: null },
  );
  typeLine(running, console, text, by);
}

/** A file saved by the editor: its folder is made where it is missing. */
function save(running: Running, device: DeviceId, path: string, text: string, by: EventId): void {
  const { world } = running;
  const why: Why = { cause: by, rule: null };
  const folder = path.slice(0, path.lastIndexOf('\\'));
  if (!world.device(device).file(folder))
    world.write(device, { kind: 'file.create-directory', path: folder }, why);
  world.write(device, { kind: 'file.write', path, content: utf8Encode(text) }, why);
}

function consoleOf(running: Running, input: Extract<Input, { readonly console: unknown }>): OpenConsole {
  const console = running.consoles.get(consoleKey(input.device, input.console));
  if (!console)
    throw refused(`Console ${input.console} of ${input.device} is not open`, { console: input.console });
  return console;
}

/** Kept here so that a journal can be shown in words. */
export function describeInput(input: Input): string {
  switch (input.kind) {
    case 'advance':
      return 'clock advanced';
    case 'console.open':
      return `console opened as ${input.as}`;
    case 'console.close':
      return 'console closed';
    case 'console.resize':
      return 'console resized';
    case 'console.line':
      return `typed: ${firstLine(input.text)}`;
    case 'console.stop':
      return 'stopped with Ctrl+C';
    case 'script.run':
      return `ran ${input.path}`;
    case 'file.save':
      return `saved ${input.path}`;
    case 'admin':
      return `admin centre: ${input.action}${nameIn(input.data)}`;
    case 'device.action':
      return `device: ${input.action}`;
    case 'snapshot.take':
      return `snapshot taken: ${input.name}`;
    case 'snapshot.restore':
      return `snapshot restored: ${input.name}`;
    default:
      return assertNever(input);
  }
}

const firstLine = (text: string): string => {
  const end = text.indexOf('\n');
  return end < 0 ? text : `${text.slice(0, end)} …`;
};

function nameIn(data: QueueData): string {
  if (data === null || typeof data !== 'object' || Array.isArray(data)) return '';
  const name = (data as Record<string, QueueData>)['name'] ?? (data as Record<string, QueueData>)['app'];
  return typeof name === 'string' ? ` ${name}` : '';
}
