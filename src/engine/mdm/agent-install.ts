import type { DeviceReader } from '../device/device-reader.ts';
import { utf8Encode } from '../../base/bytes.ts';
import { healthCheckFile, healthCheckXml, registerTasks } from '../agent/health/index.ts';
import { agentKey, agentService, programFolder } from '../agent/paths.ts';
import type { StepBuilder } from '../agent/step-builder.ts';
import { dword, text } from '../agent/step-builder.ts';
import { agentFiles, agentProductName, agentTexts } from '../agent/update/agent-files.ts';
import { civilTime } from '../clock/civil-time.ts';
import { padded } from '../clock/time-text.ts';
import { removeBefore } from './agent-upgrade.ts';
import type { MsiJob } from './msi-job.ts';
import { serviceProgramTexts } from './program-texts.ts';
import * as rules from './rules.ts';

const agentProgramName = 'Microsoft.Management.Services.IntuneWindowsAgent.exe';

/** Puts the agent on the device as its MSI does, and starts the service. */
export function installAgent(to: StepBuilder, read: DeviceReader, job: MsiJob): void {
  const { version } = job;
  for (const folder of [
    'Content\\Incoming',
    'Content\\Staging',
    'Content\\DetectionScripts',
    'Policies\\Scripts',
    'Policies\\Results',
  ])
    to.change(rules.msiInstall, { kind: 'file.create-directory', path: `${programFolder}\\${folder}` });
  to.change(rules.msiInstall, {
    kind: 'file.create-directory',
    path: 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs',
  });
  removeBefore(to, read, job);
  for (const file of agentFiles(version))
    to.change(rules.msiInstall, {
      kind: 'file.image',
      path: `${programFolder}\\${file.name}`,
      length: file.length,
      version: file.version,
      ...(file.name === agentProgramName ? { texts: serviceProgramTexts(version) } : {}),
    });
  for (const file of agentTexts(version))
    to.change(rules.msiInstall, {
      kind: 'file.write',
      path: `${programFolder}\\${file.name}`,
      content: utf8Encode(file.text),
    });
  to.change(rules.msiInstall, {
    kind: 'file.write',
    path: healthCheckFile,
    content: utf8Encode(healthCheckXml(version)),
  });
  registerTasks(to, read, version);
  const uninstall = `SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\${job.productCode}`;
  const today = civilTime(read.now, read.offsetAt(read.now));
  to.set(rules.msiInstall, uninstall, 'DisplayName', text(agentProductName))
    .set(rules.msiInstall, uninstall, 'DisplayVersion', text(version))
    .set(rules.msiInstall, uninstall, 'Publisher', text('Microsoft Corporation'))
    .set(
      rules.msiInstall,
      uninstall,
      'InstallDate',
      text(`${today.year}${padded(today.month, 2)}${padded(today.day, 2)}`),
    )
    .set(rules.msiInstall, uninstall, 'UninstallString', text(`MsiExec.exe /X${job.productCode}`))
    .set(rules.msiInstall, uninstall, 'WindowsInstaller', dword(1));
  const protocol = 'SOFTWARE\\Classes\\intunemanagementextension';
  to.set(rules.msiInstall, protocol, '', text('URL:intunemanagementextension'))
    .set(rules.msiInstall, protocol, 'URL Protocol', text(''))
    .set(
      rules.msiInstall,
      `${protocol}\\shell\\open\\command`,
      '',
      text(`"${programFolder}\\Microsoft.Management.Services.IntuneWindowsAgent.exe" "%1"`),
    )
    .change(rules.msiInstall, { kind: 'registry.create-key', hive: 'HKLM', path: agentKey })
    .change(rules.msiInstall, {
      kind: 'service.create',
      service: {
        name: agentService,
        displayName: agentProductName,
        description: '',
        startMode: 'Automatic',
        account: 'LocalSystem',
        binaryPath: `"${programFolder}\\Microsoft.Management.Services.IntuneWindowsAgent.exe"`,
        dependsOn: [],
        canStop: true,
      },
    })
    .change(rules.msiInstall, { kind: 'service.state', name: agentService, status: 'Running' });
}
