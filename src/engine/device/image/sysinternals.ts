import type { DeviceWrite } from '../change.ts';

/** Tools of the Sysinternals suite that the labs use, where administrators put them. */
export const sysinternals: readonly DeviceWrite[] = (
  [
    ['strings.exe', 374_688],
    ['strings64.exe', 485_280],
  ] as const
).map(([name, length]) => ({
  kind: 'file.image',
  path: `C:\\Tools\\${name}`,
  length,
  version: {
    fileVersion: '2.54',
    productVersion: '2.54',
    productName: 'Sysinternals Strings',
    companyName: 'Sysinternals - www.sysinternals.com',
    fileDescription: 'Search for ANSI and Unicode strings in binary images.',
  },
}));
