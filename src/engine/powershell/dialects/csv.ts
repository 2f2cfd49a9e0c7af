import { area } from './difference.ts';

export const csv = area('csv', {
  typeLine: {
    what: 'first line of `Export-Csv` and `ConvertTo-Csv`',
    desktop: '#TYPE …',
    core: 'none',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
  dictionaries: {
    what: 'a hashtable given to `Export-Csv`',
    desktop: 'its own properties',
    core: 'its keys',
    source: 'PowerShell changelog 7.2',
  },
  comments: {
    what: 'lines with # before the header',
    desktop: 'data',
    core: 'left out',
    source: 'run of PowerShell 7.6.5',
  },
  encoding: {
    what: '`Export-Csv` without -Encoding',
    desktop: 'ASCII',
    core: 'UTF-8 without a mark',
    source: 'about_Character_Encoding',
  },
});
