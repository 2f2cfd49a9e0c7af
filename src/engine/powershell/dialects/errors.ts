import { area } from './difference.ts';

export const errors = area('errors', {
  view: {
    what: 'how an error record is laid out',
    desktop: 'NormalView, category lines with four blanks before them, cut by the width of the screen',
    core: 'ConciseView where a person looks on; NormalView without the blanks',
    source: 'about_Preference_Variables; PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree',
  },
  commandNotFound: {
    what: 'text for a command that is not found',
    desktop:
      '… is not recognized as the name of a cmdlet, function, script file, or operable program. Check …',
    core: '… as a name of a cmdlet, function, script file, or executable program.⏎Check …',
    source: 'resource texts of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  parameterName: {
    what: 'how .NET names the argument that an exception is about',
    desktop: 'a line `Parameter name: x`',
    core: "` (Parameter 'x')` behind the text",
    source: '.NET Framework 4.8 against .NET 10',
  },
  ellipsis: {
    what: 'long activity and target names in category lines',
    desktop: '15 characters, `...`, 15 characters',
    core: '19 characters, `…`, 19 characters',
    source: 'ErrorPackage.cs of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  invalidNumber: {
    what: 'text for what is no number',
    desktop: 'Input string was not in a correct format.',
    core: "The input string 'x' was not in a correct format.",
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidDate: {
    what: 'texts for what is no date',
    desktop: 'String was not recognized as a valid DateTime.',
    core: "String 'x' was not recognized as a valid DateTime.",
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidTimeSpan: {
    what: 'texts for what is no time span',
    desktop: 'String was not recognized as a valid TimeSpan.',
    core: "String 'x' was not recognized as a valid TimeSpan.",
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidBoolean: {
    what: 'text for what is no Boolean',
    desktop: 'String was not recognized as a valid Boolean.',
    core: "String 'x' was not recognized as a valid Boolean.",
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidGuid: {
    what: 'text for what is no GUID',
    desktop: 'Guid should contain 32 digits with 4 dashes (xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx).',
    core: 'Unrecognized Guid format.',
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidVersion: {
    what: 'texts for what is no version',
    desktop: '`version` and `input` as parameter names',
    core: '`major`, `minor`, `build`, `revision` and `input`',
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidRegex: {
    what: 'text for what is no regular expression',
    desktop: 'parsing "(" - Not enough )\'s.',
    core: "Invalid pattern '(' at offset 1. Not enough )'s.",
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidBase64: {
    what: 'text for Base64 of a wrong length',
    desktop: 'Invalid length for a Base-64 char array or string.',
    core: 'The input is not a valid Base-64 string …',
    source: '.NET Framework 4.8 against .NET 10',
  },
  invalidUri: {
    what: "`[uri] ''`",
    desktop: 'an error',
    core: 'an empty URI',
    source: '.NET Framework 4.8 against .NET 10',
  },
  innerException: {
    what: 'an exception as text with its inner one',
    desktop: ' ---> in the same line',
    core: ' ---> in a line of its own',
    source: '.NET Framework 4.8 against .NET 10',
  },
  newline: {
    what: 'line breaks in texts of exceptions',
    desktop: 'CR LF',
    core: 'LF',
    source: '.NET Framework 4.8 against .NET 10',
  },
  nonInteractive: {
    what: 'text where nobody can answer',
    desktop: 'Windows PowerShell is in NonInteractive mode. …',
    core: 'PowerShell is in NonInteractive mode. …',
    source: 'resource texts of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
  programStart: {
    what: 'text for a program that cannot be started',
    desktop: 'the reason alone',
    core: "An error occurred trying to start process 'x' with working directory 'y'. …",
    source: '.NET Framework 4.8 against .NET 10',
  },
  requires: {
    what: 'text for a script that needs an administrator',
    desktop:
      '… The current Windows PowerShell session is not running as Administrator. Start Windows PowerShell by  using …',
    core: '… The current PowerShell session … Start PowerShell by using …',
    source: 'resource texts of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree against v7.6.5',
  },
});
