import { area } from './difference.ts';

export const policy = area('policy', {
  defaultPolicy: {
    what: 'execution policy where none is set',
    desktop: 'Restricted',
    core: 'RemoteSigned',
    source: 'about_Execution_Policies',
  },
  keys: {
    what: 'where policies are kept',
    desktop: 'HKLM\\SOFTWARE\\Microsoft\\PowerShell\\1\\ShellIds',
    core: 'powershell.config.json, Policies\\Microsoft\\PowerShellCore',
    source: 'about_Execution_Policies',
  },
  refusal: {
    what: 'link in the text of a refused script',
    desktop: 'https:/go.microsoft.com (one slash)',
    core: 'https://go.microsoft.com',
    source: 'pasted consoles of 5.1; resource texts',
  },
});
