import { area } from './difference.ts';

export const text = area('text', {
  charArraySplit: {
    what: '`"a b".Split(\'ab\')`',
    desktop: 'splits at every one of the characters',
    core: 'splits at the text',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
  defaultEncoding: {
    what: '`[Text.Encoding]::Default`',
    desktop: 'windows-1252',
    core: 'UTF-8 without a mark',
    source: '.NET Framework 4.8 against .NET 10',
  },
  encodingTypes: {
    what: 'classes of `[Text.Encoding]::UTF8` and `ASCII`',
    desktop: 'UTF8Encoding, ASCIIEncoding',
    core: 'UTF8EncodingSealed, ASCIIEncodingSealed',
    source: '.NET Framework 4.8 against .NET 10',
  },
  englishDates: {
    what: 'short time of en-US',
    desktop: 'a blank before AM and PM',
    core: 'a narrow no-break space (ICU)',
    source: '.NET Framework 4.8 against .NET 10',
  },
  dictionaryEntry: {
    what: 'a dictionary entry as text',
    desktop: 'System.Collections.DictionaryEntry',
    core: '[key, value]',
    source: 'run of PowerShell 7.6.5; .NET Framework 4.8 against .NET 10',
  },
  guidParts: {
    what: 'properties of a GUID',
    desktop: 'Guid',
    core: 'Variant, Version, Guid',
    source: '.NET Framework 4.8 against .NET 10',
  },
});
