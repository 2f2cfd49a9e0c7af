import type { DeviceChange } from './change.ts';
import type { DeviceReader } from './device-reader.ts';
import { valueText } from './registry/value-text.ts';

/** What a change replaces or removes, as text for people; null where there is nothing before. */
export function textBefore(device: DeviceReader, change: DeviceChange): string | null {
  switch (change.kind) {
    case 'registry.set':
    case 'registry.delete-value': {
      const before = device.value(change.hive, change.path, change.name)?.value;
      return before === undefined ? null : valueText(before);
    }
    case 'registry.delete-key':
    case 'registry.rename-key': {
      const key = device.key(change.hive, change.path)?.value;
      return key === undefined ? null : `${key.subKeys.length} keys, ${key.valueNames.length} values`;
    }
    case 'file.write':
    case 'file.image':
    case 'file.append':
    case 'file.remove':
      return fileText(device, change.path);
    case 'file.move':
      return fileText(device, change.to);
    case 'service.state':
      return device.service(change.name)?.value.status ?? null;
    case 'service.config':
      return device.service(change.name)?.value.startMode ?? null;
    case 'network.state':
      return device.networkUp ? 'up' : 'down';
    case 'power.state':
      return device.power;
    default:
      return null;
  }
}

function fileText(device: DeviceReader, path: string): string | null {
  const file = device.file(path)?.value;
  if (file === undefined) return null;
  return file.kind === 'directory' ? 'folder' : `${file.length} bytes`;
}
