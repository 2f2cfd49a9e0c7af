import { utf8Decode, utf8Encode } from '../../../../base/bytes.ts';
import type { DeviceReader } from '../../../device/device-reader.ts';
import type { QueueEntry } from '../../agent.ts';
import * as msg from '../../messages/detection-messages.ts';
import { detectionScript, deviceScope } from '../../paths.ts';
import type { AppPolicy, PolicyRule } from '../../policy/app-policy.ts';
import { scriptFile } from '../../rules/evaluation-rules.ts';
import { ruleScriptResult, ruleScriptRuns, ruleScriptUser } from '../../rules/executor-rules.ts';
import { executorCommand, executorStart, powershellFolder } from '../../scripts/script-paths.ts';
import type { StepBuilder } from '../../step-builder.ts';
import type { Work } from '../work.ts';

export interface ScriptExit {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a rule's script is for, as the log words it. */
type Kind = 'Detection' | 'Requirement';

const resultFile = (script: string, name: 'Result' | 'Error' | 'Timeout' | 'ExitCode'): string =>
  `${script}quoted${name}FilePath.txt`;

/** Seconds. */
const timeout = 3600;

/** Saves a rule's script and has AgentExecutor run it; its exit wakes `then` with the same work. */
export function startScript(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  rule: PolicyRule,
  script: string,
  then: 'win32.detect-script' | 'win32.requirement-script',
): void {
  const kind: Kind = then === 'win32.detect-script' ? 'Detection' : 'Requirement';
  const path = detectionScript(policy.id, policy.revision);
  const runs32Bit = rule.body['RunAs32Bit'] === 1;
  const enforces = rule.body['EnforceSignatureCheck'] === 1;
  const asUser =
    work.session.user !== deviceScope && (policy.runAs === 'user' || rule.body['RunAsAccount'] === 1);
  const files = [path, ...(['Result', 'Error', 'Timeout'] as const).map((name) => resultFile(path, name))];
  const args =
    `-powershellDetection  ${files.map((file) => `"${file}"`).join(' ')} ${timeout} ` +
    `"${powershellFolder(!runs32Bit)}" ${Number(enforces)} "${resultFile(path, 'ExitCode')}" ${runs32Bit ? 'True' : 'False'}`;
  const id = read.newProcessId();
  to.log(scriptFile, msg.scriptStream)
    .change(scriptFile, { kind: 'file.write', path, content: utf8Encode(script) })
    .log(scriptFile, msg.scriptSaved, [kind, path])
    .log(ruleScriptRuns, msg.scriptFiles, [kind])
    .log(ruleScriptRuns, msg.scriptCommandLine, [executorCommand(args)]);
  if (asUser)
    to.log(ruleScriptUser, msg.scriptAcl, [kind])
      .log(ruleScriptUser, msg.scriptProfile, [kind, `AzureAD\\${work.session.name}`])
      .log(ruleScriptUser, msg.scriptEnvironment, [kind]);
  to.log(ruleScriptRuns, msg.scriptLaunch, [kind, asUser ? 'user' : 'machine'])
    .change(
      ruleScriptRuns,
      // The entry brings the exit code of the script; that of an installer that ran before is kept beside it.
      executorStart(id, args, asUser ? work.session.session : null, then, {
        ...work,
        installerCode: work.exitCode,
      }),
    )
    .log(ruleScriptRuns, msg.scriptCreated, [kind])
    .log(ruleScriptRuns, msg.scriptProcess, [kind, id])
    .log(ruleScriptRuns, msg.scriptTimeout, [kind, timeout * 1000]);
}

/** The work that a script's end goes on with, without what its exit added. */
export function scriptWork(entry: QueueEntry): Work {
  const {
    stdout: _stdout,
    stderr: _stderr,
    installerCode,
    ...work
  } = entry.data as unknown as Work & {
    readonly stdout: string;
    readonly stderr: string;
    readonly installerCode: number | null;
  };
  return { ...work, exitCode: installerCode };
}

/** Reads the result of a script from its files and removes them. */
export function finishScript(
  to: StepBuilder,
  read: DeviceReader,
  entry: QueueEntry,
  policy: AppPolicy | undefined,
  work: Work,
): ScriptExit {
  const kind: Kind = entry.kind === 'win32.detect-script' ? 'Detection' : 'Requirement';
  const { exitCode: processExit } = entry.data as { readonly exitCode: number };
  const path = detectionScript(work.app, policy?.revision ?? 1);
  const content = (name: Parameters<typeof resultFile>[1]): string => {
    const bytes = read.content(resultFile(path, name));
    return bytes === undefined ? '' : utf8Decode(bytes).trim();
  };
  const written = content('ExitCode');
  // Without a file of its own (it ran out of time, or was refused) the exit code of the process counts.
  const exitCode = /^-?\d+$/.test(written) ? Number(written) : processExit;
  const exit = { exitCode, stdout: content('Result'), stderr: content('Error') };
  to.log(ruleScriptResult, msg.scriptDone, [kind])
    .log(ruleScriptResult, msg.scriptLpExit, [kind, processExit, 0])
    .log(ruleScriptResult, msg.scriptExit, [kind, exitCode]);
  for (const name of ['Result', 'Error', 'Timeout', 'ExitCode'] as const) {
    const file = resultFile(path, name);
    if (read.file(file) === undefined) continue;
    to.change(scriptFile, { kind: 'file.remove', path: file });
    if (name === 'ExitCode') to.log(scriptFile, msg.scriptDeleted, [kind, file]);
  }
  to.change(scriptFile, { kind: 'file.remove', path }).log(scriptFile, msg.scriptDeleted, [kind, path]);
  return exit;
}
