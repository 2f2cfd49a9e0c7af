import { describe, expect, it } from 'vitest';
import { inventoriesKey, inventorySettingKey } from '../../../src/engine/agent/inventory/index.ts';
import { discoveredApps, discoveredAppsOf } from '../../../src/engine/cloud/index.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';
import { inObservedOrder, recordsOf } from '../../support/observed-order.ts';
import { inventory } from './observed/inventory.ts';

const uninstall = 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** A device with its agent, after the first inventory. */
const managed = (seed: string): AgentStory =>
  AgentStory.begin(seed).create(testApp('Alpha')).assign('Alpha').advance({ minutes: 20 }).open('c');

/** Puts a program on the device as a setup program does. */
const install = (story: AgentStory, name: string, version = '1.0', root = uninstall): AgentStory =>
  story
    .type('c', `$k = New-Item '${root}\\${name}' -Force`)
    .type('c', `Set-ItemProperty '${root}\\${name}' DisplayName '${name}'`)
    .type('c', `Set-ItemProperty '${root}\\${name}' DisplayVersion '${version}'`)
    .type('c', `Set-ItemProperty '${root}\\${name}' Publisher 'Contoso'`);

const restartAgent = (story: AgentStory): AgentStory =>
  story.type('c', 'Restart-Service IntuneManagementExtension').advance({ minutes: 10 });

/** `full` or `+added ~changed -removed` for each round, `nothing` where nothing was sent. */
const rounds = (story: AgentStory): readonly string[] =>
  story.said('inventory.report-type', 'inventory.computed').flatMap((line) =>
    line.endsWith('report type is 1')
      ? ['full']
      : (/Add count = (\d+), Modify count = (\d+), Delete count = (\d+)/
          .exec(line)
          ?.slice(1)
          .map((count, i) => `${'+~-'[i]}${count}`)
          .join(' ') ?? []),
  );

const devicePage = (story: AgentStory): readonly string[] =>
  discoveredAppsOf(story.simulation.world.cloud, story.device).map(
    ({ name, version }) => `${name} ${version}`,
  );
const tenantPage = (story: AgentStory): readonly string[] =>
  discoveredApps(story.simulation.world.cloud).map(({ name, devices }) => `${name}: ${devices.length}`);

describe('the inventory of programs', () => {
  it('is full the first time and every 7 days, and a delta each day between', () => {
    const story = managed('week').advance({ days: 8 });
    expect(rounds(story)).toEqual(['full', ...Array<string>(6).fill('+0 ~0 -0'), 'full', '+0 ~0 -0']);
    expect(story.said('inventory.sent')).toHaveLength(2);
    expect(story.said('inventory.unchanged')).toHaveLength(7);
    expect(story.value(inventorySettingKey, 'LastFullSyncTimeUtc')).toMatch(/^05\/12\/2026 06:/);
  });

  it('sends what came, changed and went since the last one', () => {
    const story = install(install(managed('delta'), 'Tool'), 'Editor', '1.0');
    restartAgent(story);
    install(story, 'Editor', '1.1').type('c', `Remove-Item '${uninstall}\\Tool'`);
    restartAgent(story);
    // An upgrade has another id where Windows Installer did not install the program.
    expect(rounds(story)).toEqual(['full', '+2 ~0 -0', '+1 ~0 -2']);
    const payload = story.said('inventory.sending').at(-1) ?? '';
    expect(JSON.parse(payload.slice(payload.indexOf('{')))).toMatchObject({
      ApplicationInventory: [
        { Application: { ApplicationName: 'Editor', ApplicationVersion: '1.1' }, Status: 0 },
        { Status: 2 },
        { Status: 2 },
      ],
      InventoryReportType: 0,
    });
  });

  it('knows the programs of Windows Installer by their product code, so that an update changes them', () => {
    const code = '{7C2D0000-0000-4000-8000-00000000000B}';
    const story = install(managed('msi'), code, '1.0');
    story.type('c', `Set-ItemProperty '${uninstall}\\${code}' WindowsInstaller 1 -Type DWord`);
    restartAgent(story);
    story.type('c', `Set-ItemProperty '${uninstall}\\${code}' DisplayVersion '1.0.1'`);
    restartAgent(story);
    expect(rounds(story)).toEqual(['full', '+1 ~0 -0', '+0 ~1 -0']);
    expect(story.value(`${inventoriesKey}\\7C2D0000-0000-4000-8000-00000000000B`, 'Version')).toBe('1.0.1');
  });

  it.each([
    ['FirstTimeRun under Inventories', inventoriesKey, 'FirstTimeRun'],
    ['FirstTimeSwitch under InventorySetting', inventorySettingKey, 'FirstTimeSwitch'],
    ['LastFullSyncTimeUtc under InventorySetting', inventorySettingKey, 'LastFullSyncTimeUtc'],
  ])('is full again after deleting %s and a restart of the service', (_, key, name) => {
    const story = managed(`force-${name}`);
    story.type('c', `Remove-ItemProperty 'HKLM:\\${key}' ${name}`).advance({ hours: 1 });
    expect(rounds(story)).toEqual(['full']);
    restartAgent(story);
    expect(rounds(story)).toEqual(['full', 'full']);
    restartAgent(story);
    expect(rounds(story)).toEqual(['full', 'full', '+0 ~0 -0']);
    const forced = story.events(({ data, rule }) => data.kind === 'log' && rule === 'agent.inventory.forced');
    expect(forced.map(({ compared }) => compared)).toEqual([{ missing: name }]);
  });

  it('takes every program for new where the stored inventory is gone', () => {
    const story = managed('wiped');
    const programs = story.read.installedPrograms().length;
    story.type('c', `Remove-Item 'HKLM:\\${inventoriesKey}' -Recurse`);
    restartAgent(story);
    expect(rounds(story)).toEqual(['full', 'full']);
    // A single key deleted is a program that looks new.
    const [id = ''] = story.read.key('HKLM', inventoriesKey)?.value.subKeys ?? [];
    story.type('c', `Remove-Item 'HKLM:\\${inventoriesKey}\\${id}' -Recurse`);
    restartAgent(story);
    expect(rounds(story).at(-1)).toBe('+1 ~0 -0');
    expect(story.read.key('HKLM', inventoriesKey)?.value.subKeys).toHaveLength(programs);
  });

  it('is skipped while nobody is signed in', () => {
    const story = managed('nobody').do('sign-out');
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ minutes: 10 });
    expect(rounds(story)).toEqual(['full']);
    expect(story.said('inventory.nobody')).toHaveLength(1);
  });

  it('is found again by the next round where it could not be sent', () => {
    const story = install(managed('offline'), 'Tool').do('network.disconnect');
    restartAgent(story).do('network.connect');
    restartAgent(story);
    expect(rounds(story)).toEqual(['full', '+1 ~0 -0', '+1 ~0 -0']);
    expect(story.said('inventory.sent')).toHaveLength(2);
  });

  it('can be asked of WMI, programs of the user included', () => {
    const story = install(managed('wmi'), 'Tool', '2.0');
    const user = story.read.users[0]?.sid ?? '';
    install(
      story,
      'Personal',
      '3.0',
      `Registry::HKEY_USERS\\${user}\\Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall`,
    );
    const listed = story.powershell(
      "Get-CimInstance Win32_InstalledWin32Program | Where-Object Vendor -eq 'Contoso' | Sort-Object Name | ForEach-Object { '{0} {1} {2} {3}' -f $_.Name, $_.Version, $_.Language, $_.ProgramId.Length }",
    );
    expect(listed.trim().split(/\r?\n/)).toEqual(['Personal 3.0 65535 44', 'Tool 2.0 65535 44']);
    restartAgent(story);
    expect(rounds(story)).toEqual(['full', '+2 ~0 -0']);
  });

  it('shows under Discovered apps: new programs after hours, removed ones up to 7 days later', () => {
    const story = install(managed('discovered'), 'Tool');
    restartAgent(story);
    expect(devicePage(story)).toEqual([]);
    story.advance({ hours: 2 });
    expect(devicePage(story)).toContain('Tool 1.0');
    expect(tenantPage(story)).toContain('Tool: 1');
    story.type('c', `Remove-Item '${uninstall}\\Tool'`).advance({ hours: 27 });
    expect(devicePage(story)).not.toContain('Tool 1.0');
    expect(tenantPage(story)).toContain('Tool: 1');
    story.advance({ days: 6 });
    expect(tenantPage(story)).not.toContain('Tool: 1');
    expect(tenantPage(story)).toContain('Microsoft Intune Management Extension: 1');
  });

  it('writes what devices write, in their order', () => {
    const story = install(managed('order'), 'Tool');
    restartAgent(story);
    const log = recordsOf(story.log('Win32AppInventory'));
    const second = log.slice(log.findIndex((line) => line.includes('thread stopped')) + 1);
    expect(inObservedOrder(inventory, second).missing).toEqual([
      '[Win32AppInventory] OnAppInventoryCollecting sessionIdUserIdMap empty. Refreshing users now.',
      '[Win32AppInventory] OnAppInventoryCollecting There is no any AAD User logged in, skip this round of inventory collection.',
      '[Win32AppInventory] No change detected in win32 app inventory delta update and hence not uploading data to SideCarGatewayService.',
    ]);
  });
});
