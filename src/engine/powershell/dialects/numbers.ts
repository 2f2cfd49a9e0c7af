import { area } from './difference.ts';

export const numbers = area('numbers', {
  doubleText: {
    what: 'a Double as .NET turns it into text',
    desktop: '15 digits',
    core: 'the shortest text that reads back the same',
    source: '.NET Framework 4.8 against .NET 10; run of PowerShell 7.6.5; pasted consoles of 5.1.26100',
  },
  negativeZero: {
    what: 'zero with a sign',
    desktop: '0',
    core: '-0',
    source: '.NET Framework 4.8 against .NET 10',
  },
  infinity: {
    what: 'infinity in invariant text',
    desktop: 'Infinity',
    core: '∞',
    source: 'run of PowerShell 7.6.5',
  },
  midpoints: {
    what: 'halves in format strings',
    desktop: 'away from zero, on 15 digits',
    core: 'to even, on the exact value',
    source: 'run of PowerShell 7.6.5; .NET Framework 4.8 against .NET 10',
  },
  binaryFormat: {
    what: 'format `B`',
    desktop: 'an error',
    core: 'binary digits',
    source: '.NET Framework 4.8 against .NET 10',
  },
  roundTripFormat: {
    what: 'format `R` for whole numbers',
    desktop: 'an error',
    core: 'the number',
    source: '.NET Framework 4.8 against .NET 10',
  },
  formatBraces: {
    what: 'doubled braces within a format item',
    desktop: "part of the item's format",
    core: 'end it',
    source: '.NET Framework 4.8 against .NET 10',
  },
  dateAdd: {
    what: '`AddDays` and its like with a fraction',
    desktop: 'rounded to milliseconds',
    core: 'exact to the tick',
    source: '.NET Framework 4.8 against .NET 10',
  },
  twoDigitYears: {
    what: 'years with two digits',
    desktop: 'to 2029 in this century',
    core: 'to 2049 in this century',
    source: '.NET Framework 4.8 against .NET 10',
  },
});
