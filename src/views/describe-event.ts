import { assertNever } from '../base/assert-never.ts';
import { messageOf, messageText } from '../engine/agent/messages/index.ts';
import type { DeviceChange } from '../engine/device/change.ts';
import { longRegistryPath } from '../engine/device/registry/registry-place.ts';
import { valueText } from '../engine/device/registry/value-text.ts';
import type { EventData } from '../engine/world/event.ts';
import { labelOf } from '../engine/world/scheduler.ts';

/** Inputs as the one who made them would say it. */
const inputs: Readonly<Record<string, string>> = {
  advance: 'The clock was moved',
  'console.open': 'A console was opened',
  'console.close': 'A console was closed',
  'console.line': 'A command was typed',
  'console.stop': 'Ctrl+C was pressed',
  'script.run': 'A script was run',
  'file.save': 'A file was saved from the editor',
  admin: 'An administrator acted in the admin centre',
  'device.action': 'Somebody acted at the device',
  'snapshot.take': 'A snapshot was taken',
  'snapshot.restore': 'A snapshot was restored',
};

/** An event in a few words, for the chain of causes. */
export function describeEvent(data: EventData): string {
  switch (data.kind) {
    case 'world.start':
      return 'The world began';
    case 'input':
      return inputs[data.input] ?? `Input: ${data.input}`;
    case 'scheduled':
      return `Comes next: ${labelOf({ kind: data.entry, data: data.data })}`;
    case 'cancelled':
      return `${data.count} pending dropped: ${data.group}`;
    case 'memory':
      return data.value === null ? `Agent forgot ${data.key}` : `Agent remembered ${data.key}`;
    case 'change':
      return describeChange(data.change);
    case 'log':
      return `Log: ${messageText(messageOf(data.message), data.parameters)}`;
    case 'process.exit':
      return `${data.file} ended with ${data.exitCode}`;
    case 'network':
      return data.direction === 'request'
        ? `Request to ${data.url}, ${data.bytes} bytes`
        : `Answer ${data.status ?? 'none'} from ${data.url}, ${data.bytes} bytes`;
    case 'cloud':
      return `Service: ${data.what}`;
    case 'console':
      return data.stream === 'echo' ? `Typed: ${data.text}` : `Console: ${data.text.trim()}`;
    default:
      return assertNever(data);
  }
}

function describeChange(change: Exclude<DeviceChange, { kind: 'log' }>): string {
  if ('hive' in change) {
    const key = longRegistryPath(change.hive, change.path);
    if (change.kind === 'registry.set')
      return `Registry: ${key}, ${change.name || '(Default)'} = ${valueText(change.value)}`;
    const what = change.kind.replace('registry.', '').replaceAll('-', ' ');
    return `Registry: ${what} ${key}${'name' in change ? `, ${String(change.name)}` : ''}`;
  }
  if (change.kind === 'file.move') return `File moved: ${change.from} to ${change.to}`;
  if (change.kind === 'service.state') return `Service ${change.name}: ${change.status}`;
  if (change.kind === 'process.start') return `Started: ${change.file} ${change.arguments}`.trimEnd();
  if (change.kind === 'toast') return `Notification: ${change.title}`;
  if (change.kind === 'event-log') return `Event ${change.id} in ${change.log}`;
  const what = change.kind.replace('.', ' ').replaceAll('-', ' ');
  return 'path' in change ? `${what}: ${change.path}` : what;
}

/** Where a real device shows the same; null where it shows nothing of it. */
export function whereOnDevice(data: EventData): string | null {
  if (data.kind === 'log') return data.file;
  if (data.kind === 'process.exit') return 'Event Viewer > Security, 4689, where process auditing is on';
  if (data.kind !== 'change') return null;
  const { change } = data;
  if ('hive' in change) return longRegistryPath(change.hive, change.path);
  if (change.kind === 'file.move') return change.to;
  if (change.kind === 'service.state') return `Get-Service ${change.name}`;
  if (change.kind === 'event-log') return `Event Viewer > ${change.log}`;
  return 'path' in change ? change.path : null;
}
