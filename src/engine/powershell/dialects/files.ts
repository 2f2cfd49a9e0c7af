import { area } from './difference.ts';

export const files = area('files', {
  scriptEncoding: {
    what: 'script files without a byte order mark',
    desktop: 'ANSI (windows-1252)',
    core: 'UTF-8',
    source: 'about_Character_Encoding',
  },
  contentEncoding: {
    what: '`Set-Content`, `Add-Content`, `Get-Content` without -Encoding',
    desktop: 'ANSI (windows-1252)',
    core: 'UTF-8 without a mark',
    source: 'about_Character_Encoding',
  },
  redirection: {
    what: '`>`, `>>`, `Out-File`, manifests and CLIXML without -Encoding',
    desktop: 'UTF-16 with a mark',
    core: 'UTF-8 without a mark',
    source: 'about_Character_Encoding',
  },
  encodingNames: {
    what: 'values of -Encoding',
    desktop: 'Unknown, String, Unicode, Byte, …: an enumeration; `UTF8` has a mark',
    core: 'names and code pages; `utf8` has no mark',
    source: 'about_Character_Encoding',
  },
  contentOfFolder: {
    what: '`Get-Content` of a folder',
    desktop: 'Access to the path is denied.',
    core: 'Unable to get content because it is a directory …',
    source: 'resource texts of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  mode: {
    what: '`Mode` of files and folders',
    desktop: 'six characters',
    core: 'five characters',
    source: 'FileSystemProvider.cs of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  listedName: {
    what: 'a FileInfo from a listing as text',
    desktop: 'its name',
    core: 'its full path',
    source: '.NET Framework 4.8 against .NET 10',
  },
  removeText: {
    what: 'target of -WhatIf and -Confirm for what is removed',
    desktop: 'every item by what it is',
    core: 'folders alone',
    source: 'run of PowerShell 7.6.5; PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree',
  },
  previousLocation: {
    what: '`cd -`',
    desktop: 'a path',
    core: 'the location before',
    source: 'PowerShell changelog 6.2',
  },
  transcriptEncoding: {
    what: 'file of `Start-Transcript`',
    desktop: 'UTF-8 with a mark',
    core: 'UTF-8 without a mark',
    source: 'about_Character_Encoding',
  },
});
