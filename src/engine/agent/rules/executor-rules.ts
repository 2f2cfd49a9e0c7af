import { minutes } from '../../../base/time.ts';
import { rule } from './rule.ts';

/** AgentExecutor.exe, which runs every script for the agent. */
const deviceLogs = 'Agent logs of 2026';

export const executorStarts = rule('agent.executor.starts', {
  says: 'AgentExecutor.exe runs each script of the agent in a process of its own; the first argument says what kind of script it is.',
  confidence: 'observed',
  sources: [deviceLogs, 'AgentExecutor walk-through by @nas_bench', 'LOLBAS: AgentExecutor'],
  workshop: ['W26', 'W28'],
});
export const executorArguments = rule('agent.executor.arguments', {
  says: 'AgentExecutor writes each file of its command line to its log; without script, output or error file it ends at once.',
  confidence: 'observed',
  sources: [deviceLogs, 'AgentExecutor walk-through by @nas_bench'],
});
export const executionPolicy = rule('agent.executor.execution-policy', {
  says: 'Scripts run with the execution policy bypass; with the signature check on, with allsigned, so that PowerShell itself refuses a script without a trusted signature.',
  confidence: 'observed',
  sources: ['AgentExecutor walk-through by @nas_bench', 'Agent logs of 2026 (bypass)'],
  workshop: ['W27', 'W28'],
});
export const bitness = rule('agent.executor.bitness', {
  says: 'AgentExecutor is a 32-bit program: for a 64-bit script it switches file system redirection off, for a 32-bit one it takes PowerShell of SysWOW64.',
  confidence: 'observed',
  sources: [deviceLogs, 'AgentExecutor walk-through by @nas_bench'],
});
export const executorResult = rule('agent.executor.result', {
  says: 'What the script wrote goes to the output and error file; AgentExecutor ends with the exit code of the script.',
  confidence: 'observed',
  sources: [deviceLogs, 'AgentExecutor walk-through by @nas_bench'],
});
export const executorTimeout = rule('agent.executor.timeout', {
  says: 'A script that runs longer than its time is killed and 1 is written to the timeout file. The window is hidden, so a prompt waits until then.',
  confidence: 'observed',
  sources: ['AgentExecutor walk-through by @nas_bench', 'fadwen/IntuneScriptLab'],
  parameters: { platform: minutes(30), remediation: minutes(60), detection: minutes(60) },
});
export const ruleScriptRuns = rule('win32.script-rule.run', {
  says: 'Detection and requirement scripts run through AgentExecutor.exe, 64-bit unless the rule says otherwise, for at most 60 minutes.',
  confidence: 'observed',
  sources: [deviceLogs, 'fadwen/IntuneScriptLab'],
  parameters: { timeout: minutes(60) },
});
export const ruleScriptUser = rule('win32.script-rule.user', {
  says: 'A script of an app in user context runs in the session of the user, who is given access to the files of its result.',
  confidence: 'observed',
  sources: [deviceLogs],
});
export const ruleScriptResult = rule('win32.script-rule.result', {
  says: 'The exit code comes from a file: with text on the error stream it is -1 instead of 0.',
  confidence: 'observed',
  sources: ['AgentExecutor walk-through by @nas_bench', deviceLogs],
});
