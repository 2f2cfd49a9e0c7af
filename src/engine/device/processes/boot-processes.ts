import type { ProcessRecord } from '../device.ts';
import type { ServiceDefinition } from '../change.ts';

type Program = Pick<ProcessRecord, 'file' | 'workingSet' | 'handles'>;

const system32 = 'C:\\Windows\\System32\\';

/** What is there as soon as Windows runs, before any service: name, bytes, handles. */
export const bootProcesses: readonly Program[] = [
  { file: `${system32}smss.exe`, workingSet: 1_130_496, handles: 58 },
  { file: `${system32}csrss.exe`, workingSet: 5_451_776, handles: 560 },
  { file: `${system32}wininit.exe`, workingSet: 6_668_288, handles: 161 },
  { file: `${system32}services.exe`, workingSet: 11_120_640, handles: 690 },
  { file: `${system32}lsass.exe`, workingSet: 24_690_688, handles: 1570 },
  { file: `${system32}winlogon.exe`, workingSet: 11_206_656, handles: 270 },
  { file: `${system32}fontdrvhost.exe`, workingSet: 3_493_888, handles: 39 },
  { file: `${system32}dwm.exe`, workingSet: 79_814_656, handles: 1010 },
];

/** What a desktop brings with it. */
export const desktopProcesses: readonly Program[] = [
  { file: `${system32}sihost.exe`, workingSet: 28_119_040, handles: 620 },
  { file: `${system32}taskhostw.exe`, workingSet: 18_067_456, handles: 330 },
  { file: 'C:\\Windows\\explorer.exe', workingSet: 158_199_808, handles: 2900 },
  { file: `${system32}RuntimeBroker.exe`, workingSet: 31_649_792, handles: 410 },
  { file: `${system32}ctfmon.exe`, workingSet: 14_610_432, handles: 420 },
];

/** Image, command line and account of a service's process. */
export function servicePrograms(
  service: ServiceDefinition,
): Pick<ProcessRecord, 'file' | 'arguments' | 'user' | 'sessionId' | 'bitness' | 'service'> {
  const [, quoted, plain, rest = ''] = /^(?:"([^"]*)"|(\S+))\s*(.*)$/.exec(service.binaryPath) ?? [];
  const file = quoted ?? plain ?? service.binaryPath;
  return {
    file,
    arguments: rest,
    user: service.account === 'LocalSystem' ? 'NT AUTHORITY\\SYSTEM' : service.account,
    sessionId: 0,
    bitness: /\\Program Files \(x86\)\\|\\SysWOW64\\/i.test(file) ? 32 : 64,
    service: service.name,
  };
}
