import { emptyBytes } from '../../../../base/bytes.ts';
import { seconds } from '../../../../base/time.ts';
import type { Steps } from '../../run/steps.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';

const gallery = 'https://www.powershellgallery.com/api/v2';
const providerList = 'https://go.microsoft.com/fwlink/?LinkID=627338&clcid=0x409';
const cmdletTypes = 'Microsoft.PowerShell.PackageManagement.Cmdlets';

/** Whether a server answers at an address; a redirection is an answer. */
function* answers(url: string): Steps<boolean> {
  const request = { method: 'GET', url, headers: [], body: emptyBytes, timeout: seconds(100) };
  const answer = yield { kind: 'http', request };
  if (answer.kind !== 'http') throw new Error(`Asked for http, resumed with ${answer.kind}`);
  return answer.response.ok && answer.response.value.status < 400;
}

const names: CmdletParameter = {
  name: 'Name',
  type: 'string[]',
  position: 0,
  mandatory: true,
  pipelineByName: true,
};
const versions: readonly CmdletParameter[] = [
  { name: 'MinimumVersion', type: 'version' },
  { name: 'MaximumVersion', type: 'version' },
  { name: 'RequiredVersion', type: 'version' },
];
const common: readonly CmdletParameter[] = [
  ...versions,
  { name: 'Repository', type: 'string[]' },
  { name: 'Proxy', type: 'string' },
  { name: 'ProxyCredential', type: 'object' },
];

/**
 * Looks for each module. The gallery of a lab never has one, so this ends in the error of a module that is not
 * found, behind the warning where nothing answers. The NuGet provider counts as installed: a fresh Windows would
 * first ask to install it. Find-Module without a name, a list of the whole gallery, is not simulated.
 */
function* searchGallery(context: CmdletContext, verb: 'Install' | 'Find'): Steps<void> {
  for (const name of context.strings('Name')) {
    if (!(yield* answers(gallery))) context.warning(`Unable to resolve package source '${gallery}'.`);
    context.error({
      id: 'NoMatchFoundForCriteria',
      category: 'ObjectNotFound',
      message: `No match was found for the specified search criteria and module name '${name}'. Try Get-PSRepository to see all available registered module repositories.`,
      activity: `${verb}-Package`,
      targetName: `${cmdletTypes}.${verb}Package`,
      targetType: `${verb}Package`,
    });
  }
}

const moduleCmdlet = (verb: 'Install' | 'Find', more: readonly CmdletParameter[]): Cmdlet => ({
  name: `${verb}-Module`,
  module: 'PowerShellGet',
  // The errors are those of the PackageManagement cmdlet that the function calls.
  typeName: `${cmdletTypes}.${verb}Package`,
  commandType: 'Function',
  parameters: [names, ...common, ...more],
  start: (context) => ({ process: () => searchGallery(context, verb) }),
});

const installPackageProvider: Cmdlet = {
  name: 'Install-PackageProvider',
  module: 'PackageManagement',
  typeName: `${cmdletTypes}.InstallPackageProvider`,
  parameters: [
    names,
    ...versions,
    { name: 'Scope', type: 'string' },
    { name: 'Source', type: 'string[]' },
    { name: 'Credential', type: 'object' },
    { name: 'Force', type: 'switch' },
    { name: 'ForceBootstrap', type: 'switch' },
    { name: 'AllVersions', type: 'switch' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      for (const name of context.strings('Name')) {
        if (!(yield* answers(providerList))) {
          context.warning(`Unable to download from URI '${providerList}' to ''.`);
          context.warning(
            'Unable to download the list of available providers. Check your internet connection.',
          );
        }
        context.error({
          id: 'NoMatchFoundForProvider',
          category: 'InvalidArgument',
          message: `No match was found for the specified search criteria for the provider '${name}'. The package provider requires 'PackageManagement' and 'Provider' tags. Please check if the specified package has the tags.`,
          targetName: `${cmdletTypes}.InstallPackageProvider`,
          targetType: 'InstallPackageProvider',
        });
      }
    },
  }),
};

/** What scripts install modules with; a device of a lab reaches no gallery. */
export const galleryCmdlets: readonly Cmdlet[] = [
  moduleCmdlet('Install', [
    { name: 'Credential', type: 'object' },
    { name: 'Scope', type: 'string', validate: [{ kind: 'set', values: ['CurrentUser', 'AllUsers'] }] },
    { name: 'AllowClobber', type: 'switch' },
    { name: 'SkipPublisherCheck', type: 'switch' },
    { name: 'Force', type: 'switch' },
    { name: 'AllowPrerelease', type: 'switch', dialect: 'core' },
    { name: 'AcceptLicense', type: 'switch', dialect: 'core' },
  ]),
  moduleCmdlet('Find', [
    { name: 'AllVersions', type: 'switch' },
    { name: 'IncludeDependencies', type: 'switch' },
    { name: 'Tag', type: 'string[]' },
    { name: 'Filter', type: 'string' },
  ]),
  installPackageProvider,
];
