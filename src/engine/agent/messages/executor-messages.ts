import { words2026 } from './agent-versions.ts';
import type { MessageVersions } from './message.ts';
import { define } from './message.ts';

/** AgentExecutor.log: one run of a script. Every record has type 1, errors too. */
const executor = (
  id: string,
  words: string,
  origin: 'observed' | 'public' | 'inferred' = 'observed',
  versions: MessageVersions = {},
) => define('AgentExecutor', `executor.${id}`, words, origin, 1, versions);
/** Agents of before 2026 had a letter less. */
const lengthOf = (id: string, what: string) =>
  executor(id, `length of ${what}={n}`, 'observed', {
    earlier: [{ until: words2026, words: `lenth of ${what}={n}` }],
  });

export const invoked = executor('invoked', 'ExecutorLog AgentExecutor gets invoked');
export const parser = executor(
  'parser',
  'Creating command line parser, name delimiter is - and value separator is  .',
);
export const getParameters = executor('get-parameters', 'Getting Ordered Parameters');
export const parseParameters = executor('parse-parameters', 'Parsing Ordered Parameters.');
export const argument = executor(
  'argument',
  'Adding argument {name} with value {value} to the named argument list.',
);
export const powershellOption = executor('powershell-option', 'Powershell option gets invoked', 'public');
export const detectionOption = executor('detection-option', 'PowershellDetection option gets invoked');
export const remediationOption = executor('remediation-option', 'remediation script option gets invoked');
/** One line for each path of the command line. */
export const path = executor('path', '{path}');
export const missingParameter = executor(
  'missing-parameter',
  'empty or null parameter detected, exit ...',
  'public',
);
export const prepare = executor('prepare', 'Prepare to run Powershell Script ..');
export const commandLine = executor(
  'command-line',
  'cmd line for running powershell is -NoProfile -executionPolicy {policy} -file  "{script}" {parameters}',
);
export const redirectionOff = executor(
  'redirection-off',
  'runAs32BitOn64 = False, so Disable Wow64FsRedirection',
);
export const powershellPath = executor('powershell-path', 'PowerShell path is {path}');
export const created = executor('created', '[Executor] created powershell with process id {process}');
export const exitCode = executor('exit-code', 'Powershell exit code is {exitCode}');
export const timedOut = executor(
  'timed-out',
  'Error:Powershell script execution timed out. timeout = {seconds} seconds',
  'public',
);
export const outLength = lengthOf('out-length', 'out');
export const errorLength = lengthOf('error-length', 'error');
export const errorText = executor('error-text', 'error from script ={text}');
export const succeeded = executor('succeeded', 'Powershell script is successfully executed.');
export const failed = executor('failed', 'Powershell script is failed to execute');
export const written = executor('written', 'write output done. output = {output}, error = {error}');
export const redirectionOn = executor('redirection-on', 'Revert Wow64FsRedirection');
export const completed = executor('completed', 'Agent executor completed.');
export const startError = executor(
  'start-error',
  'Error occurs when running command via agent executor, ex = {text}',
  'public',
);
