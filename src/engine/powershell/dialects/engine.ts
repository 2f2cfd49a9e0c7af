import { area } from './difference.ts';

export const engine = area('engine', {
  version: {
    what: '`$PSVersionTable`, `$Host.Version`, `$PSEdition`',
    desktop: '5.1.26100, `Desktop`, with CLRVersion and BuildVersion',
    core: '7.6.5, `Core`, with GitCommitId, OS and Platform',
    source: 'about_Automatic_Variables',
  },
  automaticVariables: {
    what: 'variables that exist from the start',
    desktop: 'none of the newer ones',
    core: '`$IsWindows`, `$IsLinux`, `$IsMacOS`, `$IsCoreCLR`, `$PSStyle`, `$EnabledExperimentalFeatures`',
    source: 'about_Automatic_Variables',
  },
  productName: {
    what: 'what the product calls itself in its own texts',
    desktop: 'Windows PowerShell',
    core: 'PowerShell',
    source: 'resource texts of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  moduleFolders: {
    what: 'folder of profiles and modules under Documents and Program Files',
    desktop: '`WindowsPowerShell`',
    core: '`PowerShell`, before those of Windows in `$env:PSModulePath`',
    source: 'about_PSModulePath, about_Profiles',
  },
  builtInModuleVersion: {
    what: 'version of the modules that come with the engine',
    desktop: '3.1.0.0',
    core: '7.0.0.0',
    source: 'run of PowerShell 7.6.5; pasted consoles of 5.1.26100',
  },
  clrVersion: {
    what: '`[Environment]::Version`',
    desktop: '4.0.30319.42000',
    core: '10.0',
    source: '.NET Framework 4.8 against .NET 10',
  },
  processName: {
    what: '`[Environment]::GetCommandLineArgs()` and the host program',
    desktop: 'powershell.exe',
    core: 'pwsh.exe',
    source: 'about_PowerShell_exe, about_Pwsh',
  },
});
