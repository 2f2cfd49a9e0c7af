import type { ServiceDefinition, ServiceStartMode } from '../change.ts';
import type { ImageValue } from './registry.ts';

type Row = readonly [
  name: string,
  displayName: string,
  startMode: ServiceStartMode,
  /** Runs after a start of Windows. */
  running: boolean,
  program: string,
  account?: 'LocalService' | 'NetworkService' | undefined,
  dependsOn?: string | undefined,
  canStop?: false | undefined,
];

const svchost = (group: string): string => `C:\\Windows\\system32\\svchost.exe -k ${group}`;

// prettier-ignore
const rows: readonly Row[] = [
  ['Appinfo', 'Application Information', 'Manual', true, svchost('netsvcs -p'), undefined, 'RpcSs,ProfSvc'],
  ['AppIDSvc', 'Application Identity', 'Manual', false, svchost('LocalServiceNetworkRestricted -p'), 'LocalService', 'RpcSs,CryptSvc'],
  ['AppXSvc', 'AppX Deployment Service (AppXSVC)', 'Manual', false, svchost('wsappx -p'), undefined, 'rpcss,staterepository'],
  ['Audiosrv', 'Windows Audio', 'Automatic', true, svchost('LocalServiceNetworkRestricted -p'), 'LocalService', 'AudioEndpointBuilder,RpcSs'],
  ['AudioEndpointBuilder', 'Windows Audio Endpoint Builder', 'Automatic', true, svchost('LocalSystemNetworkRestricted -p')],
  ['BDESVC', 'BitLocker Drive Encryption Service', 'Manual', true, svchost('netsvcs -p')],
  ['BFE', 'Base Filtering Engine', 'Automatic', true, svchost('LocalServiceNoNetworkFirewall -p'), 'LocalService', 'RpcSs'],
  ['BITS', 'Background Intelligent Transfer Service', 'Manual', false, svchost('netsvcs -p'), undefined, 'RpcSs'],
  ['BrokerInfrastructure', 'Background Tasks Infrastructure Service', 'Automatic', true, svchost('DcomLaunch -p'), undefined, 'RpcEptMapper,DcomLaunch,RpcSs', false],
  ['CertPropSvc', 'Certificate Propagation', 'Manual', false, svchost('netsvcs'), undefined, 'RpcSs'],
  ['ClipSVC', 'Client License Service (ClipSVC)', 'Manual', true, svchost('wsappx -p'), undefined, 'rpcss'],
  ['CoreMessagingRegistrar', 'CoreMessaging', 'Automatic', true, svchost('LocalServiceNoNetwork -p'), 'LocalService', 'rpcss', false],
  ['CryptSvc', 'Cryptographic Services', 'Automatic', true, svchost('NetworkService -p'), 'NetworkService', 'RpcSs'],
  ['DcomLaunch', 'DCOM Server Process Launcher', 'Automatic', true, svchost('DcomLaunch -p'), undefined, undefined, false],
  ['Dhcp', 'DHCP Client', 'Automatic', true, svchost('LocalServiceNetworkRestricted -p'), 'LocalService', 'NSI,Afd'],
  ['DiagTrack', 'Connected User Experiences and Telemetry', 'Automatic', true, svchost('utcsvc -p'), undefined, 'RpcSs'],
  ['DispBrokerDesktopSvc', 'Display Policy Service', 'Automatic', true, svchost('LocalService -p'), 'LocalService', 'RpcSs'],
  ['dmwappushservice', 'Device Management Wireless Application Protocol (WAP) Push message Routing Service', 'Manual', false, svchost('netsvcs -p'), undefined, 'rpcss'],
  ['Dnscache', 'DNS Client', 'Automatic', true, svchost('NetworkService -p'), 'NetworkService', 'nsi', false],
  ['DoSvc', 'Delivery Optimization', 'AutomaticDelayed', true, svchost('NetworkService -p'), 'NetworkService', 'rpcss'],
  ['DPS', 'Diagnostic Policy Service', 'Automatic', true, svchost('LocalServiceNoNetwork -p'), 'LocalService'],
  ['DsmSvc', 'Device Setup Manager', 'Manual', false, svchost('netsvcs -p'), undefined, 'RpcSs'],
  ['EFS', 'Encrypting File System (EFS)', 'Manual', false, 'C:\\Windows\\System32\\lsass.exe', undefined, 'RPCSS'],
  ['EventLog', 'Windows Event Log', 'Automatic', true, svchost('LocalServiceNetworkRestricted -p'), 'LocalService'],
  ['EventSystem', 'COM+ Event System', 'Automatic', true, svchost('LocalService -p'), 'LocalService', 'rpcss'],
  ['FontCache', 'Windows Font Cache Service', 'Automatic', true, svchost('LocalService -p'), 'LocalService'],
  ['gpsvc', 'Group Policy Client', 'Automatic', true, svchost('GPSvcGroup'), undefined, 'RPCSS,Mup', false],
  ['InstallService', 'Microsoft Store Install Service', 'Manual', true, svchost('netsvcs -p'), undefined, 'rpcss'],
  ['iphlpsvc', 'IP Helper', 'Automatic', true, svchost('NetSvcs -p'), undefined, 'RpcSS,winmgmt,tcpip'],
  ['KeyIso', 'CNG Key Isolation', 'Manual', true, 'C:\\Windows\\system32\\lsass.exe', undefined, 'RpcSs'],
  ['LanmanServer', 'Server', 'Automatic', true, svchost('netsvcs -p'), undefined, 'SamSS,Srv2'],
  ['LanmanWorkstation', 'Workstation', 'Automatic', true, svchost('NetworkService -p'), 'NetworkService', 'Bowser,MRxSmb20,NSI'],
  ['LicenseManager', 'Windows License Manager Service', 'Manual', true, svchost('LocalService -p'), 'LocalService', 'rpcss'],
  ['LSM', 'Local Session Manager', 'Automatic', true, svchost('DcomLaunch -p'), undefined, 'RpcEptMapper,DcomLaunch,RpcSs', false],
  ['mpssvc', 'Windows Defender Firewall', 'Automatic', true, svchost('LocalServiceNoNetworkFirewall -p'), 'LocalService', 'mpsdrv,bfe', false],
  ['msiserver', 'Windows Installer', 'Manual', false, 'C:\\Windows\\system32\\msiexec.exe /V', undefined, 'rpcss'],
  ['NcbService', 'Network Connection Broker', 'Manual', true, svchost('LocalSystemNetworkRestricted -p'), undefined, 'RpcSS,BrokerInfrastructure,tcpip'],
  ['netprofm', 'Network List Service', 'Manual', true, svchost('netprofm -p'), 'NetworkService', 'RpcSs,nsi'],
  ['NlaSvc', 'Network Location Awareness', 'Manual', true, svchost('NetworkService -p'), 'NetworkService', 'NSI,RpcSs,TcpIp,Dhcp,Eventlog'],
  ['nsi', 'Network Store Interface Service', 'Automatic', true, svchost('LocalService -p'), 'LocalService', 'rpcss,nsiproxy'],
  ['PlugPlay', 'Plug and Play', 'Manual', true, svchost('DcomLaunch -p')],
  ['PolicyAgent', 'IPsec Policy Agent', 'Manual', false, svchost('NetworkServiceNetworkRestricted -p'), 'NetworkService', 'Tcpip,bfe'],
  ['Power', 'Power', 'Automatic', true, svchost('DcomLaunch -p'), undefined, undefined, false],
  ['ProfSvc', 'User Profile Service', 'Automatic', true, svchost('UserProfileService -p'), undefined, 'RpcSs', false],
  ['RpcEptMapper', 'RPC Endpoint Mapper', 'Automatic', true, svchost('RPCSS -p'), 'NetworkService', undefined, false],
  ['RpcSs', 'Remote Procedure Call (RPC)', 'Automatic', true, svchost('rpcss -p'), 'NetworkService', 'RpcEptMapper,DcomLaunch', false],
  ['SamSs', 'Security Accounts Manager', 'Automatic', true, 'C:\\Windows\\system32\\lsass.exe', undefined, 'RPCSS', false],
  ['Schedule', 'Task Scheduler', 'Automatic', true, svchost('netsvcs -p'), undefined, 'RPCSS,SystemEventsBroker', false],
  ['SecurityHealthService', 'Windows Security Service', 'Manual', true, 'C:\\Windows\\system32\\SecurityHealthService.exe', undefined, 'RpcSs', false],
  ['seclogon', 'Secondary Logon', 'Manual', false, svchost('netsvcs -p')],
  ['SENS', 'System Event Notification Service', 'Automatic', true, svchost('netsvcs -p'), undefined, 'EventSystem'],
  ['ShellHWDetection', 'Shell Hardware Detection', 'Automatic', true, svchost('netsvcs -p'), undefined, 'RpcSs'],
  ['Spooler', 'Print Spooler', 'Automatic', true, 'C:\\Windows\\System32\\spoolsv.exe', undefined, 'RPCSS,http'],
  ['sppsvc', 'Software Protection', 'AutomaticDelayed', false, 'C:\\Windows\\system32\\sppsvc.exe', 'NetworkService', 'RpcSs', false],
  ['StateRepository', 'State Repository Service', 'Automatic', true, svchost('appmodel -p'), undefined, 'rpcss', false],
  ['SysMain', 'SysMain', 'Automatic', true, svchost('LocalSystemNetworkRestricted -p'), undefined, 'rpcss,fileinfo'],
  ['SystemEventsBroker', 'System Events Broker', 'Automatic', true, svchost('DcomLaunch -p'), undefined, 'RpcEptMapper,RpcSs', false],
  ['TermService', 'Remote Desktop Services', 'Manual', false, svchost('NetworkService'), 'NetworkService', 'RPCSS'],
  ['Themes', 'Themes', 'Automatic', true, svchost('netsvcs -p')],
  ['TimeBrokerSvc', 'Time Broker', 'Manual', true, svchost('LocalServiceNetworkRestricted -p'), 'LocalService'],
  ['TokenBroker', 'Web Account Manager', 'Manual', true, svchost('netsvcs -p'), undefined, 'UserManager'],
  ['TrustedInstaller', 'Windows Modules Installer', 'Manual', false, 'C:\\Windows\\servicing\\TrustedInstaller.exe'],
  ['UserManager', 'User Manager', 'Automatic', true, svchost('netsvcs -p'), undefined, 'RpcSs,ProfSvc', false],
  ['UsoSvc', 'Update Orchestrator Service', 'AutomaticDelayed', true, svchost('netsvcs -p'), undefined, 'rpcss'],
  ['VaultSvc', 'Credential Manager', 'Manual', true, 'C:\\Windows\\system32\\lsass.exe', undefined, 'rpcss'],
  ['VSS', 'Volume Shadow Copy', 'Manual', false, 'C:\\Windows\\system32\\vssvc.exe', undefined, 'RPCSS'],
  ['W32Time', 'Windows Time', 'Manual', true, svchost('LocalService'), 'LocalService'],
  ['WaaSMedicSvc', 'WaaSMedicSvc', 'Manual', false, svchost('wusvcs -p'), undefined, 'rpcss'],
  ['WbioSrvc', 'Windows Biometric Service', 'Manual', false, svchost('WbioSvcGroup'), undefined, 'RpcSs'],
  ['Wcmsvc', 'Windows Connection Manager', 'Automatic', true, svchost('LocalServiceNetworkRestricted -p'), 'LocalService', 'RpcSs,NSI', false],
  ['WdNisSvc', 'Microsoft Defender Antivirus Network Inspection Service', 'Manual', true, '"C:\\Program Files\\Windows Defender\\NisSrv.exe"', 'LocalService', 'WdNisDrv', false],
  ['WinDefend', 'Microsoft Defender Antivirus Service', 'Automatic', true, '"C:\\Program Files\\Windows Defender\\MsMpEng.exe"', undefined, 'RpcSs', false],
  ['Winmgmt', 'Windows Management Instrumentation', 'Automatic', true, svchost('netsvcs -p'), undefined, 'RPCSS'],
  ['WinRM', 'Windows Remote Management (WS-Management)', 'Manual', false, svchost('NetworkService -p'), 'NetworkService', 'RPCSS,HTTP'],
  ['wlidsvc', 'Microsoft Account Sign-in Assistant', 'Manual', false, svchost('netsvcs -p'), undefined, 'RpcSs'],
  ['WpnService', 'Windows Push Notifications System Service', 'Automatic', true, svchost('netsvcs -p'), undefined, 'rpcss'],
  ['wscsvc', 'Security Center', 'AutomaticDelayed', true, svchost('LocalServiceNetworkRestricted -p'), 'LocalService', 'RpcSs'],
  ['WSearch', 'Windows Search', 'AutomaticDelayed', true, 'C:\\Windows\\system32\\SearchIndexer.exe /Embedding', undefined, 'RPCSS,BrokerInfrastructure'],
  ['wuauserv', 'Windows Update', 'Manual', false, svchost('netsvcs -p'), undefined, 'rpcss'],
];

/** Services of a fresh Windows, and whether each runs once Windows has started. */
export const imageServices: readonly { readonly definition: ServiceDefinition; readonly running: boolean }[] =
  rows.map(([name, displayName, startMode, running, binaryPath, account, dependsOn, canStop]) => ({
    running,
    definition: {
      name,
      displayName,
      description: '',
      startMode,
      account: account === undefined ? 'LocalSystem' : `NT AUTHORITY\\${account}`,
      binaryPath,
      dependsOn: dependsOn?.split(',') ?? [],
      canStop: canStop ?? true,
    },
  }));

const startNumbers: Readonly<Record<ServiceStartMode, number>> = {
  Automatic: 2,
  AutomaticDelayed: 2,
  Manual: 3,
  Disabled: 4,
};

/** A service as the service control manager keeps it in the registry. */
export function serviceValues(service: ServiceDefinition): readonly ImageValue[] {
  const path = `SYSTEM\\CurrentControlSet\\Services\\${service.name}`;
  const value = (name: string, data: ImageValue['value']): ImageValue => ({ path, name, value: data });
  return [
    value('DisplayName', { kind: 'String', data: service.displayName }),
    value('ErrorControl', { kind: 'DWord', data: 1 }),
    value('ImagePath', { kind: 'ExpandString', data: service.binaryPath }),
    value('ObjectName', { kind: 'String', data: service.account }),
    value('Start', { kind: 'DWord', data: startNumbers[service.startMode] }),
    value('Type', { kind: 'DWord', data: /svchost/i.test(service.binaryPath) ? 0x20 : 0x10 }),
    ...(service.dependsOn.length === 0
      ? []
      : [value('DependOnService', { kind: 'MultiString', data: service.dependsOn })]),
    ...(service.description === ''
      ? []
      : [value('Description', { kind: 'String', data: service.description })]),
    ...(service.startMode === 'AutomaticDelayed'
      ? [value('DelayedAutostart', { kind: 'DWord', data: 1 })]
      : []),
  ];
}
