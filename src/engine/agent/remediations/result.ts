import type { HealthPolicy } from './health-policy.ts';
import { complianceType } from './health-policy.ts';
import type { ScriptOutput } from './runner.ts';

/** Characters of output and errors that are kept, from the end. */
const limit = 2048;
/** What a discovery script may say (documented: 1 MB). */
const complianceLimit = 1024 * 1024;

/** Numbers as measured on devices. */
const results = { compliant: 3, notCompliant: 4, failed: 5 } as const;
const statuses = { fixed: 1, recurred: 2, failed: 3, none: 4 } as const;

/** The result of one script as JSON, with the fields in the agent's order; what did not run is null. */
export function resultDocument(
  policy: HealthPolicy,
  user: string,
  pre: ScriptOutput | null,
  remediation: ScriptOutput | null,
  post: ScriptOutput | null,
): string {
  const most = policy.type === complianceType ? complianceLimit : limit;
  const out = (one: ScriptOutput | null): string | null => one && lastLine(one.output).slice(-most);
  const err = (one: ScriptOutput | null): string | null => one && one.error.slice(-most);
  return JSON.stringify({
    PolicyId: policy.id,
    UserId: user,
    PolicyHash: null,
    Result:
      pre === null || pre.timedOut
        ? results.failed
        : pre.exitCode === 0
          ? results.compliant
          : results.notCompliant,
    ResultDetails: null,
    InternalVersion: policy.version,
    ErrorCode: 0,
    ResultType: 1,
    PreRemediationDetectScriptOutput: out(pre),
    PreRemediationDetectScriptError: err(pre),
    RemediationScriptErrorDetails: err(remediation),
    RemediationScriptOutputDetails: out(remediation),
    PostRemediationDetectScriptOutput: out(post),
    PostRemediationDetectScriptError: err(post),
    RemediationStatus:
      remediation === null
        ? statuses.none
        : remediation.exitCode !== 0
          ? statuses.failed
          : post?.exitCode === 0
            ? statuses.fixed
            : statuses.recurred,
    Info: {
      RemediationExitCode: remediation?.exitCode ?? null,
      FirstDetectExitCode: pre?.exitCode ?? null,
      LastDetectExitCode: post?.exitCode ?? null,
      ErrorDetails: null,
    },
    TargetType: policy.targetType,
    RunAsAccount: policy.runAs === 'user' ? 2 : 1,
  });
}

const lastLine = (text: string): string => text.split(/\r?\n/).at(-1) ?? '';
