import type { ProcessId } from '../../../base/ids.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import * as msg from '../messages/health-messages.ts';
import { certCheck } from '../rules/health-rules.ts';
import type { Step } from '../step.ts';
import { StepBuilder } from '../step-builder.ts';
import { agentProgramEnds, mdmCertificates } from './agent-program.ts';

/** ClientCertCheck.exe, run by its scheduled task; done at once. Users have no MDM certificate of their own. */
export function certCheckRuns(read: DeviceReader, process: ProcessId): Step {
  const to = new StepBuilder(1);
  to.log(certCheck, msg.certCheckStarts)
    .log(certCheck, msg.certCheckCloud)
    .log(certCheck, msg.certsOfMachine, [mdmCertificates(read).length])
    .log(certCheck, msg.certsOfUserAsked)
    .log(certCheck, msg.certsOfUser, [0])
    .log(certCheck, msg.certsKept, [1])
    .log(certCheck, msg.certCheckEnds);
  return agentProgramEnds(to, certCheck, process, 0).step();
}
