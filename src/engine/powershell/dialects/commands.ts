import { area } from './difference.ts';

export const commands = area('commands', {
  measureObject: {
    what: 'what `Measure-Object` gives',
    desktop: 'GenericMeasureInfo without a standard deviation',
    core: 'with StandardDeviation',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
  groupOrder: {
    what: 'groups of `Group-Object`',
    desktop: 'in order of appearance',
    core: 'sorted by name',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
  excludeAlone: {
    what: '`Select-Object -ExcludeProperty` alone',
    desktop: 'nothing',
    core: 'implies -Property *',
    source: 'PowerShell changelog 6.0',
  },
  excludeDifferent: {
    what: '`Compare-Object -ExcludeDifferent` alone',
    desktop: 'nothing',
    core: 'implies -IncludeEqual',
    source: 'PowerShell changelog 7.0',
  },
  simpleMatch: {
    what: 'Matches of `Select-String -SimpleMatch`',
    desktop: 'empty',
    core: 'filled in',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
  unixDates: {
    what: '`Get-Date -UFormat`',
    desktop: '%s local with a fraction, %j and %V without zeros, %u Sunday 0',
    core: 'as strftime',
    source: 'Get-Date of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  verbs: {
    what: '`Get-Verb`',
    desktop: 'Verb, Group',
    core: 'Verb, AliasPrefix, Group, Description',
    source: 'PowerShell changelog 6.0',
  },
  serviceProperties: {
    what: 'properties of a service',
    desktop: 'StartType',
    core: 'UserName, Description, DelayedAutoStart, BinaryPathName, StartupType too',
    source: 'PowerShell changelog 6.0',
  },
  biosProperty: {
    what: 'serial number of `Get-ComputerInfo`',
    desktop: 'BiosSeralNumber',
    core: 'BiosSerialNumber',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
  testConnection: {
    what: '`Test-Connection`',
    desktop: 'Win32_PingStatus',
    core: 'PingStatus with Latency and Status',
    source: 'Microsoft Learn: Test-Connection',
  },
  processUser: {
    what: '`Get-Process -IncludeUserName` without elevation',
    desktop: 'refused',
    core: 'names of own processes',
    source: 'Microsoft Learn: Get-Process',
  },
  jobBitness: {
    what: '`Start-Job -RunAs32`',
    desktop: 'a 32-bit process',
    core: 'refused in a 64-bit process',
    source: 'Microsoft Learn: Start-Job',
  },
  plainTextSecret: {
    what: '`ConvertTo-SecureString -AsPlainText` without -Force',
    desktop: 'refused',
    core: 'taken',
    source: 'PowerShell changelog 7.0',
  },
  startInfo: {
    what: '`ProcessStartInfo.UseShellExecute`',
    desktop: 'true',
    core: 'false',
    source: '.NET Framework 4.8 against .NET 10',
  },
});
