import { area } from './difference.ts';

export const web = area('web', {
  parsing: {
    what: '`Invoke-WebRequest` without -UseBasicParsing',
    desktop: 'needs the engine of Internet Explorer, which SYSTEM has not',
    core: 'always basic',
    source: 'Microsoft Learn: Invoke-WebRequest',
  },
  errors: {
    what: 'texts of web errors',
    desktop: 'The remote server returned an error: (404) Not Found. / The remote name could not be resolved',
    core: 'Response status code does not indicate success: 404 / No such host is known.',
    source: 'run of PowerShell 7.6.5; pasted consoles of 5.1.26100',
  },
  result: {
    what: 'what `Invoke-WebRequest` gives',
    desktop: 'Forms, ParsedHtml; one text a header',
    core: 'RelationLink; a list a header',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
  restArrays: {
    what: 'an array from `Invoke-RestMethod`',
    desktop: 'one object',
    core: 'unrolled',
    source: 'PowerShell changelog 7.0',
  },
  protocols: {
    what: '`[Net.ServicePointManager]::SecurityProtocol`',
    desktop: 'Tls12 or as set',
    core: 'SystemDefault, and of no effect',
    source: 'Microsoft Learn: Differences between Windows PowerShell 5.1 and PowerShell 7.x',
  },
});
