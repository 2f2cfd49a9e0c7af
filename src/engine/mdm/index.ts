import { SidecarError } from '../../base/error.ts';
import type { QueueData } from '../device/change.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import type { AgentPart, Occurrence, QueueEntry } from '../agent/agent.ts';
import type { Step } from '../agent/step.ts';
import { nothing, StepBuilder } from '../agent/step-builder.ts';
import { serviceStopped } from './agent-upgrade.ts';
import { answer, askSession, msiDownloaded, msiInstalled } from './session.ts';

import { tenantAnswered } from './tenant-info.ts';

export { mdmRules } from './rules.ts';

const stages: ReadonlyMap<
  string,
  { readonly run: (read: DeviceReader, entry: QueueEntry) => Step; readonly label: string }
> = new Map(
  Object.entries({
    'mdm.answer': { run: answer, label: 'MDM session: answer' },
    'mdm.tenant-info': { run: tenantAnswered, label: 'join: name of the tenant' },
    'mdm.msi-downloaded': { run: msiDownloaded, label: 'MDM: agent package is downloaded' },
    'mdm.msi-stopped': { run: serviceStopped, label: 'MDM: agent is stopped for its update' },
    'mdm.msi-installed': { run: msiInstalled, label: 'MDM: agent is installed' },
  }),
);

/** The MDM client of Windows: syncs, and installs what the server sends. */
export const mdm: AgentPart = {
  occurred(read: DeviceReader, what: Occurrence): Step {
    const to = new StepBuilder(0);
    if (what.kind === 'mdm.sync') {
      askSession(to, read, what.from);
      return to.step();
    }
    return nothing;
  },
  due(read: DeviceReader, entry: QueueEntry): Step {
    const stage = stages.get(entry.kind);
    if (!stage)
      throw new SidecarError('entry-unknown', `The MDM client has no stage ${entry.kind}`, {
        kind: entry.kind,
      });
    return stage.run(read, entry);
  },
  handles: (kind: string) => stages.has(kind),
  label: (kind: string, _data: QueueData) => stages.get(kind)?.label ?? kind,
};
