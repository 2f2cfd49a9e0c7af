import { property } from '../../types/dotnet/define.ts';
import { customObject, DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import { registerComClass } from './com-objects.ts';

/** Update services of a Windows that only Windows Update serves; ids as every Windows has them. */
const services = [
  ['9482f4b4-e343-43b6-b170-9a65bc822c77', 'Windows Update', true],
  ['117cab2d-82b1-4b5a-a08c-4d62dbee7782', 'Windows Store', false],
  ['8b24b027-1dee-babb-9a95-3517dfb9c552', 'DCat Flighting Prod', false],
] as const;

const managerType = defineType('System.__ComObject.Microsoft.Update.ServiceManager', {
  members: [
    property(
      'Services',
      'IUpdateServiceCollection',
      () =>
        new PSArray(
          services.map(([ServiceID, Name, isDefault]) =>
            customObject([
              ['Name', Name],
              ['ServiceID', ServiceID],
              ['IsDefaultAUService', isDefault],
              ['IsManaged', false],
              ['OffersWindowsUpdates', isDefault],
              ['IsRegisteredWithAU', isDefault],
            ]),
          ),
        ),
    ),
  ],
});
const systemType = defineType('System.__ComObject.Microsoft.Update.SystemInfo', {
  members: [
    property('RebootRequired', 'bool', (_self, { host }) => {
      const key = `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired`;
      return host.registry.key({ hive: 'HKLM', path: key }).ok;
    }),
  ],
});

/** The agent of Windows Update, as far as inventory scripts ask it. */
registerComClass('Microsoft.Update.ServiceManager', () => new DotNetObject(managerType, null));
registerComClass('Microsoft.Update.SystemInfo', () => new DotNetObject(systemType, null));
