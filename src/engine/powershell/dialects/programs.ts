import { area } from './difference.ts';

export const programs = area('programs', {
  nativeArguments: {
    what: 'quotes and empty texts in arguments of programs',
    desktop: 'quotes must be escaped by hand, empty texts are lost',
    core: 'escaped for the program',
    source: 'about_Parsing',
  },
  exitOfBadOption: {
    what: 'exit code for an unknown option of the host program',
    desktop: '-196608',
    core: '64',
    source: 'ConsoleHost of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  hostOptions: {
    what: 'options of the host program',
    desktop: '-Version 2.0, -PSConsoleFile; -Command is the default',
    core: '-CommandWithArgs, -WorkingDirectory, -Login; -File is the default',
    source: 'about_PowerShell_exe, about_Pwsh',
  },
  booleanArguments: {
    what: '`-File x.ps1 -Switch:$false`',
    desktop: 'the text $false',
    core: 'false',
    source: 'about_PowerShell_exe, about_Pwsh',
  },
  banner: {
    what: 'what the console says first',
    desktop: 'Windows PowerShell, copyright',
    core: 'PowerShell 7.6.5',
    source: 'ConsoleHost of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  fileWithoutEnding: {
    what: '`-File` with another ending than .ps1',
    desktop: 'refused',
    core: 'run',
    source: 'ConsoleHost of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree',
  },
});
