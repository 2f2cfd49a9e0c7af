import type { Duration } from '../../base/time.ts';
import { milliseconds } from '../../base/time.ts';
import type { QueueEntry } from '../agent/agent.ts';
import { agentService, programFolder } from '../agent/paths.ts';
import type { Step } from '../agent/step.ts';
import { StepBuilder } from '../agent/step-builder.ts';
import { agentFiles, agentProductName, agentTexts } from '../agent/update/agent-files.ts';
import type { QueueData } from '../device/change.ts';
import type { DeviceReader } from '../device/device-reader.ts';
import type { MsiJob } from './msi-job.ts';
import * as rules from './rules.ts';

const stopping = milliseconds(700);

/** The package begins its work: a service of before is stopped first. */
export function beginInstall(to: StepBuilder, read: DeviceReader, job: MsiJob, group: string): void {
  const data = { job: job as unknown as QueueData };
  if (read.service(agentService)?.value.status !== 'Running') {
    installs(to, data, group);
    return;
  }
  to.change(rules.msiUpgrade, {
    kind: 'service.state',
    name: agentService,
    status: 'StopPending',
  }).enqueue(rules.msiUpgrade, 'mdm.msi-stopped', stopping, data, group);
}

/** The service of before has stopped. */
export function serviceStopped(read: DeviceReader, entry: QueueEntry): Step {
  const to = new StepBuilder(0);
  if (read.service(agentService)?.value.status === 'StopPending')
    to.change(rules.msiUpgrade, { kind: 'service.state', name: agentService, status: 'Stopped' });
  installs(to, entry.data, entry.group ?? '');
  return to.step();
}

function installs(to: StepBuilder, data: QueueData, group: string): void {
  const takes = rules.msiInstall.parameters?.['duration'] as Duration;
  to.enqueue(rules.msiInstall, 'mdm.msi-installed', takes, data, group);
}

const uninstallKey = 'SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** What a package of another version left and this one does not bring: its entry among the programs, its files. */
export function removeBefore(to: StepBuilder, read: DeviceReader, job: MsiJob): void {
  const before = read.agentVersion;
  if (before === '') return;
  for (const code of read.key('HKLM', uninstallKey)?.value.subKeys ?? []) {
    const name = read.value('HKLM', `${uninstallKey}\\${code}`, 'DisplayName')?.value;
    if (name?.kind === 'String' && name.data === agentProductName && code !== job.productCode)
      to.change(rules.msiUpgrade, {
        kind: 'registry.delete-key',
        hive: 'HKLM',
        path: `${uninstallKey}\\${code}`,
      });
  }
  const named = (version: string) => [...agentFiles(version), ...agentTexts(version)].map(({ name }) => name);
  const now = new Set(named(job.version));
  for (const name of named(before))
    if (!now.has(name) && read.file(`${programFolder}\\${name}`))
      to.change(rules.msiUpgrade, { kind: 'file.remove', path: `${programFolder}\\${name}` });
}
