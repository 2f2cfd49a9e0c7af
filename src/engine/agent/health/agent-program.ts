import type { ProcessId } from '../../../base/ids.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { Rule } from '../rules/rule.ts';
import type { StepBuilder } from '../step-builder.ts';

/** Work of the agent's programs beside the service: goes on when the service stops. */
export const healthGroup = 'agent.health';

/** The program has done its work; who waits for its process goes on. */
export const agentProgramEnds = (to: StepBuilder, rule: Rule, id: ProcessId, exitCode: number): StepBuilder =>
  to.change(rule, { kind: 'process.end', id, exitCode });

/** Thumbprints of the certificates by which the service knows the device, in the machine's store. */
export const mdmCertificates = (read: DeviceReader): readonly string[] =>
  read.certificates.flatMap(({ certificate: { store, container, issuer, thumbprint } }) =>
    store === 'LocalMachine' && container === 'My' && /\bCN=Microsoft Intune MDM Device CA\b/.test(issuer)
      ? [thumbprint]
      : [],
  );
