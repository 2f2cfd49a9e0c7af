import { area } from './difference.ts';

export const format = area('format', {
  blankLines: {
    what: 'empty lines around tables, lists and groups',
    desktop: 'two',
    core: 'one',
    source:
      'BaseOutputtingCommand.cs of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree; run of PowerShell 7.6.5; pasted consoles of 5.1.26100',
  },
  ellipsis: {
    what: 'what is cut in a cell',
    desktop: '...',
    core: '…',
    source: 'PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree; run of PowerShell 7.6.5',
  },
  colour: {
    what: 'colours in names and headers',
    desktop: 'none',
    core: '`$PSStyle`',
    source: 'about_ANSI_Terminals',
  },
  views: {
    what: 'default views of some types',
    desktop: 'those of 5.1',
    core: 'those of 7.6',
    source: '*.format.ps1xml of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  writeHostDictionary: {
    what: '`Write-Host` of a dictionary entry',
    desktop: 'its type name',
    core: '[key, value]',
    source: 'run of PowerShell 7.6.5',
  },
});
