import type { TaskDefinition } from '../change.ts';

const system = 'NT AUTHORITY\\SYSTEM';

// prettier-ignore
const rows: readonly (readonly [
  folder: string,
  name: string,
  execute: string,
  args: string,
  principal: string,
])[] = [
  ['ApplicationData', 'CleanupTemporaryState', '%windir%\\system32\\rundll32.exe', 'Windows.Storage.ApplicationData.dll,CleanupTemporaryState', 'Users'],
  ['Chkdsk', 'ProactiveScan', '', '', system],
  ['CloudExperienceHost', 'CreateObjectTask', '', '', system],
  ['Data Integrity Scan', 'Data Integrity Scan', '', '', system],
  ['Defrag', 'ScheduledDefrag', '%windir%\\system32\\defrag.exe', '-c -h -o -$', system],
  ['Device Information', 'Device', '%windir%\\system32\\devicecensus.exe', 'SystemCxt', system],
  ['DiskCleanup', 'SilentCleanup', '%windir%\\system32\\cleanmgr.exe', '/autoclean /d %systemdrive%', 'Users'],
  ['Flighting\\OneSettings', 'RefreshCache', '', '', system],
  ['InstallService', 'ScanForUpdates', '', '', system],
  ['Maintenance', 'WinSAT', '', '', system],
  ['PushToInstall', 'Registration', '%windir%\\system32\\sc.exe', 'start pushtoinstall registration', system],
  ['Time Synchronization', 'SynchronizeTime', '%windir%\\system32\\sc.exe', 'start w32time task_started', system],
  ['Time Zone', 'SynchronizeTimeZone', '%windir%\\system32\\tzsync.exe', '', system],
  ['UpdateOrchestrator', 'Schedule Scan', '%systemroot%\\system32\\usoclient.exe', 'StartScan', system],
  ['Windows Defender', 'Windows Defender Scheduled Scan', 'C:\\Program Files\\Windows Defender\\MpCmdRun.exe', 'Scan -ScheduleJob -ScanTrigger 55', system],
  ['WindowsUpdate', 'Scheduled Start', 'C:\\Windows\\system32\\sc.exe', 'start wuauserv', system],
  ['Workplace Join', 'Automatic-Device-Join', '%SystemRoot%\\System32\\dsregcmd.exe', '$(Arg0) $(Arg1) $(Arg2)', system],
];

/** Scheduled tasks of a fresh Windows. */
export const imageTasks: readonly TaskDefinition[] = rows.map(([folder, name, execute, args, principal]) => ({
  path: `\\Microsoft\\Windows\\${folder}\\`,
  name,
  execute,
  arguments: args,
  principal,
  enabled: true,
}));
