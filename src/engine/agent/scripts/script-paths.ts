import type { ProcessId } from '../../../base/ids.ts';
import type { DeviceWrite, QueueData } from '../../device/change.ts';
import { agentKey, programFolder } from '../paths.ts';

/** Places of scripts; registry paths are below HKLM. */
export const policiesKey = (user: string): string => `${agentKey}\\Policies\\${user}`;
export const policyKey = (user: string, policy: string): string => `${policiesKey(user)}\\${policy}`;

export const scriptFile = (user: string, policy: string): string =>
  `${programFolder}\\Policies\\Scripts\\${user}_${policy}.ps1`;
export const resultFile = (user: string, policy: string, kind: 'output' | 'error' | 'timeout'): string =>
  `${programFolder}\\Policies\\Results\\${user}_${policy}.${kind}`;

/** AgentExecutor, which is a 32-bit program, started as SYSTEM or in a user's session; `then` is woken when it ends. */
export const executorStart = (
  id: ProcessId,
  args: string,
  userSession: number | null,
  then: string,
  thenData: QueueData,
): DeviceWrite => ({
  kind: 'process.start',
  id,
  file: `${programFolder}\\AgentExecutor.exe`,
  arguments: args,
  workingDirectory: 'C:\\Windows\\System32',
  account: userSession === null ? 'system' : 'user',
  sessionId: userSession ?? 0,
  bitness: 32,
  then,
  thenData,
});

/** As the agent writes it in its log. */
export const executorCommand = (args: string): string => `"${programFolder}\\agentexecutor.exe"  ${args}`;

export const powershellFolder = (run64Bit: boolean): string =>
  `C:\\Windows\\${run64Bit ? 'System32' : 'SysWOW64'}\\WindowsPowerShell\\v1.0`;
