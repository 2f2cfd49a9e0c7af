import { utf8Encode } from '../../../../base/bytes.ts';
import type { DeviceReader } from '../../../device/device-reader.ts';
import type { QueueEntry } from '../../agent.ts';
import * as msg from '../../messages/detection-messages.ts';
import { detectionScript, deviceScope } from '../../paths.ts';
import type { AppPolicy, PolicyRule } from '../../policy/app-policy.ts';
import * as rules from '../../rules/evaluation-rules.ts';
import type { StepBuilder } from '../../step-builder.ts';
import type { Work } from '../work.ts';

const powershell = (bitness: 32 | 64): string =>
  `C:\\Windows\\${bitness === 32 ? 'SysWOW64' : 'System32'}\\WindowsPowerShell\\v1.0\\powershell.exe`;

export interface ScriptExit {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Saves a rule's script and runs it in its own process; the exit wakes `then` with the same work. */
export function startScript(
  to: StepBuilder,
  read: DeviceReader,
  work: Work,
  policy: AppPolicy,
  rule: PolicyRule,
  script: string,
  then: string,
): void {
  const path = detectionScript(policy.id, policy.revision);
  const bitness = rule.body['RunAs32Bit'] === 1 ? 32 : 64;
  const asUser =
    work.session.user !== deviceScope && (policy.runAs === 'user' || rule.body['RunAsAccount'] === 1);
  const id = read.newProcessId();
  to.change(rules.scriptFile, { kind: 'file.write', path, content: utf8Encode(script) })
    .log(rules.scriptFile, msg.scriptSaved, [path])
    .log(rules.scriptFile, msg.scriptLaunch, [asUser ? 'user' : 'machine'])
    .change(rules.scriptFile, {
      kind: 'process.start',
      id,
      file: powershell(bitness),
      arguments: `-NoProfile -ExecutionPolicy Bypass -File "${path}"`,
      workingDirectory: 'C:\\Windows\\System32',
      account: asUser ? 'user' : 'system',
      sessionId: asUser ? work.session.session : 0,
      bitness,
      then,
      thenData: work,
    })
    .log(rules.scriptFile, msg.scriptProcess, [id]);
}

/** Reads the result of a script and removes its file. */
export function finishScript(
  to: StepBuilder,
  entry: QueueEntry,
  policy: AppPolicy | undefined,
  work: Work,
): ScriptExit {
  const data = entry.data as unknown as ScriptExit;
  const path = detectionScript(work.app, policy?.revision ?? 1);
  to.log(rules.scriptFile, msg.scriptDone)
    .log(rules.scriptFile, msg.scriptExit, [data.exitCode])
    .change(rules.scriptFile, { kind: 'file.remove', path })
    .log(rules.scriptFile, msg.scriptDeleted, [path]);
  return { exitCode: data.exitCode, stdout: data.stdout, stderr: data.stderr };
}
