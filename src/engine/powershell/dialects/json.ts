import { area } from './difference.ts';

export const json = area('json', {
  write: {
    what: '`ConvertTo-Json`',
    desktop:
      "four blanks a level, two behind the colon, blocks set to the column of their value; `<`, `>`, `&`, `'` escaped; dates as /Date(n)/; members that PowerShell adds are written",
    core: 'two blanks a level; ISO dates; plain values',
    source:
      'ConvertToJsonCommand.cs of PowerShell source v6.0.0-alpha.7, cut from the 5.1 tree; run of PowerShell 7.6.5; pasted consoles of 5.1.26100',
  },
  read: {
    what: '`ConvertFrom-Json`',
    desktop: 'an array goes down the pipeline as one object; decimals; only /Date(n)/ is a date; no comments',
    core: 'arrays unrolled; Int64 and Double; ISO text is a date; comments are let through',
    source:
      'about_Operators; PowerShell changelog 7.0; run of PowerShell 7.6.5; pasted consoles of 5.1.26100',
  },
});
