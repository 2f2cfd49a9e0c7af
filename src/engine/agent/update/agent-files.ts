import type { FileVersion } from '../../device/change.ts';
import { compareVersions } from '../messages/agent-versions.ts';

/** A program or library of the agent's folder. */
export interface AgentFile {
  readonly name: string;
  /** Bytes; inferred. */
  readonly length: number;
  readonly version: FileVersion;
}

const product = 'Microsoft Intune Management Extension';
const clients = 'Microsoft.Management.Clients.IntuneManagementExtension';

/** Name, size, description, first version that has it, first that no longer has it. */
type Row = readonly [
  name: string,
  length: number,
  description: string,
  since?: string | undefined,
  until?: string,
];

// prettier-ignore
const rows: readonly Row[] = [
  ['Microsoft.Management.Services.IntuneWindowsAgent.exe', 312_320, product],
  ['AgentExecutor.exe', 208_896, `${product} Agent Executor`],
  ['ClientHealthEval.exe', 62_976, `${product} Client Health Evaluation`],
  ['ClientCertCheck.exe', 48_640, `${product} Client Certificate Check`, '1.83'],
  ['ImeUI.exe', 156_672, `${product} User Interface`],
  ['SensorLogonTask.exe', 37_376, `${product} Sensor Logon Task`],
  // The catalogue is no longer copied since 1.103.
  ['Microsoft.Management.Clients.CopyAgentCatalog.exe', 29_184, `${product} Copy Agent Catalog`, undefined, '1.103'],
  [`${clients}.Win32AppPlugIn.dll`, 1_184_256, `${product} Win32 App Plug-In`],
  [`${clients}.ScriptPlugIn.dll`, 204_800, `${product} Script Plug-In`],
  [`${clients}.AppEnforcementProcessor.dll`, 167_936, `${product} App Enforcement Processor`],
  [`${clients}.Win32AppInventoryCollector.dll`, 71_168, `${product} Win32 App Inventory Collector`],
  [`${clients}.WinGetLibrary.dll`, 118_784, `${product} WinGet Library`],
  [`${clients}.StatusServiceLibrary.dll`, 90_112, `${product} Status Service Library`],
  [`${clients}.RebootCoordinator.dll`, 45_056, `${product} Reboot Coordinator`],
];

const texts: readonly (readonly [name: string, since: string])[] = [
  ['Microsoft.Management.Services.IntuneWindowsAgent.exe.config', '0'],
  // Kept beside the other since 1.103, which checks it at its start.
  ['Microsoft.Management.Services.IntuneWindowsAgent.exe.config.bak', '1.103'],
  ['ClientHealthEval.exe.config', '0'],
  ['IntuneWindowsAgent.cat', '0'],
];

/** Programs and libraries that the package of a version puts into the agent's folder. */
export const agentFiles = (version: string): readonly AgentFile[] =>
  rows
    .filter(
      ([, , , since = '0', until]) =>
        compareVersions(version, since) >= 0 && (until === undefined || compareVersions(version, until) < 0),
    )
    .map(([name, length, fileDescription]) => ({
      name,
      length,
      version: {
        fileVersion: version,
        productVersion: version,
        productName: product,
        companyName: 'Microsoft Corporation',
        fileDescription,
      },
    }));

/** The other files of the folder, with their text; HealthCheck.xml is with client health. */
export const agentTexts = (version: string): readonly { readonly name: string; readonly text: string }[] =>
  texts
    .filter(([, since]) => compareVersions(version, since) >= 0)
    .map(([name]) => ({ name, text: name.endsWith('.cat') ? catalogue(version) : configuration(name) }));

/** Source, level and file of a program's log, as .NET reads them (contents inferred). */
function configuration(name: string): string {
  const health = name.startsWith('ClientHealthEval');
  const source = health ? 'ClientHealth' : 'IntuneManagementExtension';
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<configuration>',
    '  <appSettings>',
    `    <add key="LogSource" value="${source}"/>`,
    '    <add key="LogLevel" value="Information"/>',
    `    <add key="LogFile" value="%ProgramData%\\Microsoft\\IntuneManagementExtension\\Logs\\${source}.log"/>`,
    '  </appSettings>',
    '</configuration>',
    '',
  ].join('\r\n');
}

const catalogue = (version: string): string => `IntuneWindowsAgent ${version}\r\n`;

export const agentProductName = product;
