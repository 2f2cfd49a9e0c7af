import { expect, test } from 'vitest';
import { utf8Encode } from '../../../src/base/bytes.ts';
import { ok } from '../../../src/base/result.ts';
import type { Resume, Suspend } from '../../../src/engine/powershell/host.ts';
import { MemoryHost } from '../../support/memory-host.ts';
import { errorsOf, runOn } from './device-run.ts';

class FileServer extends MemoryHost {
  override answer(wanted: Suspend, lines?: string[]): Resume {
    if (wanted.kind !== 'http' || !wanted.request.url.startsWith('https://files.example/'))
      return super.answer(wanted, lines);
    const found = wanted.request.url.includes('/tool.txt');
    return {
      kind: 'http',
      response: ok({
        status: found ? 200 : 404,
        reason: found ? 'OK' : 'Not Found',
        headers: [],
        body: utf8Encode(found ? 'tool' : ''),
      }),
    };
  }
}

test('Start-BitsTransfer downloads to a file and into a folder', () => {
  expect(
    runOn(
      new FileServer(),
      `Start-BitsTransfer -Source https://files.example/tool.txt -Destination C:\\ProgramData\\own.txt
Start-BitsTransfer 'https://files.example/tool.txt?sas=1' C:\\ProgramData
Get-Content C:\\ProgramData\\own.txt, C:\\ProgramData\\tool.txt`,
    ),
  ).toBe('tool\ntool\n');
});

test('Start-BitsTransfer fails as BITS does', () => {
  const end =
    'StartBitsTransferCOMException,Microsoft.BackgroundIntelligentTransfer.Management.NewBitsTransferCommand | InvalidOperation | ';
  expect(
    errorsOf(
      new FileServer(),
      `Start-BitsTransfer https://files.example/none C:\\ProgramData\\a
Start-BitsTransfer https://nowhere.example/none C:\\ProgramData\\a`,
    ),
  ).toEqual([
    `${end}HTTP status 404: The requested URL does not exist on the server.`,
    `${end}The server name or address could not be resolved`,
  ]);
});

test('modules and providers are not found where no gallery answers', () => {
  const types = 'Microsoft.PowerShell.PackageManagement.Cmdlets';
  const script = `Install-Module -Name Own -Scope AllUsers -Force -AllowClobber
Find-Module Own
Install-PackageProvider -Name NuGet -MinimumVersion 2.8.5.201 -Force`;
  const noModule =
    "ObjectNotFound | No match was found for the specified search criteria and module name 'Own'. Try Get-PSRepository to see all available registered module repositories.";
  expect(errorsOf(new MemoryHost(), script)).toEqual([
    `NoMatchFoundForCriteria,${types}.InstallPackage | ${noModule}`,
    `NoMatchFoundForCriteria,${types}.FindPackage | ${noModule}`,
    `NoMatchFoundForProvider,${types}.InstallPackageProvider | InvalidArgument | No match was found for the specified search criteria for the provider 'NuGet'. The package provider requires 'PackageManagement' and 'Provider' tags. Please check if the specified package has the tags.`,
  ]);
  expect(runOn(new MemoryHost(), 'Install-Module Own -ErrorAction SilentlyContinue')).toBe(
    "WARNING: Unable to resolve package source 'https://www.powershellgallery.com/api/v2'.\n",
  );
});
