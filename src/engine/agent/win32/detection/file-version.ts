import type { DeviceReader } from '../../../device/device-reader.ts';

const marker = 'F\0i\0l\0e\0V\0e\0r\0s\0i\0o\0n\0';

/**
 * Version of a program file: the `FileVersion` text of its version resource (UTF-16), or a line `FileVersion: 1.2.3.4`
 * where a sample program is text. Undefined where it has none.
 */
export function fileVersion(read: DeviceReader, path: string): string | undefined {
  const content = read.content(path);
  if (content === undefined) return undefined;
  const at = content.indexOf(marker);
  if (at >= 0) {
    const wide = content.slice(at + marker.length, at + marker.length + 64).replaceAll('\0', '');
    return /^[^0-9]{0,4}(\d+(?:\.\d+){1,3})/.exec(wide)?.[1];
  }
  return /^\W*FileVersion[:=]\s*(\d+(?:\.\d+){1,3})/im.exec(content.slice(0, 4096))?.[1];
}
