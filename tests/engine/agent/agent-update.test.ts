import { describe, expect, it } from 'vitest';
import { programFolder } from '../../../src/engine/agent/paths.ts';
import type { Region } from '../../../src/engine/cloud/agent-release.ts';
import type { WorldStart } from '../../../src/engine/world/world-start.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';
import { admin, testDevice, testWorldStart } from '../../support/test-world.ts';

const logs = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';
const uninstall = 'SOFTWARE\\WOW6432Node\\Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** A world whose device was enrolled with a version of the agent, in a region. */
function worldWith(agentVersion: string, region?: Region): WorldStart {
  const device = { ...testDevice('BW-W11-5'), agentVersion };
  const start = testWorldStart('update', [device], [testApp('Alpha'), testApp('Bad', 1603)]);
  return {
    ...start,
    inputs: start.inputs.map((input) =>
      input.kind !== 'admin'
        ? input
        : input.action === 'device.enrol'
          ? { ...input, data: { ...(input.data as object), agentVersion } }
          : input.action === 'tenant.create' && region
            ? { ...input, data: { ...(input.data as object), region } }
            : input,
    ),
  };
}

const release = (story: AgentStory, version: string, days = 0): AgentStory =>
  story.input(admin({ action: 'agent.release', data: { version, days } }));

const fileNames = (story: AgentStory): readonly string[] =>
  story.read.children(programFolder).map(({ name }) => name);
const logNames = (story: AgentStory): readonly string[] => story.read.children(logs).map(({ name }) => name);
const products = (story: AgentStory): readonly string[] =>
  (story.read.key('HKLM', uninstall)?.value.subKeys ?? []).flatMap((code) =>
    story.value(`${uninstall}\\${code}`, 'DisplayName') === 'Microsoft Intune Management Extension'
      ? [`${code} ${story.value(`${uninstall}\\${code}`, 'DisplayVersion')}`]
      : [],
  );
const downloads = (story: AgentStory): readonly string[] =>
  story
    .events(({ data }) => data.kind === 'network' && data.direction === 'request')
    .flatMap(({ data }) =>
      data.kind === 'network' && data.url.includes('IntuneWindowsAgent.msi')
        ? [data.url.replace(/^https:\/\/|\/.*$/g, '')]
        : [],
    );

describe('an agent of before 1.83', () => {
  it('writes app work to the main log and has no certificate check', () => {
    const story = new AgentStory(worldWith('1.82.105.0')).advance({ days: 1, hours: 6 });
    expect(story.read.agentVersion).toBe('1.82.105.0');
    expect(logNames(story)).toEqual([
      'AgentExecutor.log',
      'ClientHealth.log',
      'HealthScripts.log',
      'IntuneManagementExtension.log',
    ]);
    const main = story.log('IntuneManagementExtension');
    expect(main).toContain('[Win32App][V3Processor] Processing subgraph with app ids:');
    expect(main).toContain('[Win32AppInventory] report type is 1');
    expect(new Set([...main.matchAll(/component="(\w+)"/g)].map((match) => match[1]))).toEqual(
      new Set(['IntuneManagementExtension']),
    );
    expect(main).toContain('Flighting client initialized successfully.');
    expect(main).toContain('Populating AccountId and DeviceId gloabally.');
    expect(fileNames(story)).not.toContain('ClientCertCheck.exe');
    expect(fileNames(story)).toContain('Microsoft.Management.Clients.CopyAgentCatalog.exe');
  });

  it('is updated by itself when a newer version is given out, and writes as that one does from then on', () => {
    const story = new AgentStory(worldWith('1.82.105.0')).advance({ hours: 5 });
    const [before = ''] = products(story);
    expect(before).toMatch(/ 1\.82\.105\.0$/);
    release(story, '1.103.101.0').advance({ hours: 28 });
    expect(story.read.agentVersion).toBe('1.103.101.0');
    expect(products(story)).toEqual(['{58976FF3-87CA-4691-BDFC-671F37F07CB6} 1.103.101.0']);
    expect(story.said('service.version')).toEqual([
      'Agent version is: 1.82.105.0',
      'Agent version is: 1.103.101.0',
    ]);
    expect(story.said('service.stopped')).toHaveLength(1);
    expect(story.read.service('IntuneManagementExtension')?.value.status).toBe('Running');
    // What stood in one log is split from now on; the old lines stay where they are.
    expect(logNames(story)).toEqual(
      expect.arrayContaining(['AppWorkload.log', 'ClientCertCheck.log', 'Win32AppInventory.log']),
    );
    expect(story.log('AppWorkload')).toContain('component="AppWorkload"');
    const main = story.log('IntuneManagementExtension');
    expect(main.slice(main.lastIndexOf('EMS Agent Started'))).not.toContain('[Win32App][V3Processor]');
    expect(main).toContain('[Flighting] Client initialized successfully for environment: PE');
    expect(fileNames(story)).toEqual(
      expect.arrayContaining([
        'ClientCertCheck.exe',
        'Microsoft.Management.Services.IntuneWindowsAgent.exe.config.bak',
      ]),
    );
    expect(fileNames(story)).not.toContain('Microsoft.Management.Clients.CopyAgentCatalog.exe');
    // What the agent had stored, it still has: the failed app waits for its GRS time.
    expect(story.grs('Bad')).toHaveLength(1);
    expect(story.state('Alpha')).toMatchObject({ enforcement: 1000 });
  });

  it('reaches devices within some days, each in its turn', () => {
    const names = ['PC-1', 'PC-2', 'PC-3', 'PC-4', 'PC-5', 'PC-6'];
    const devices = names.map((name, i) => testDevice(name, i + 1));
    const story = new AgentStory(testWorldStart('rollout', devices, [testApp('Alpha')]));
    story.advance({ hours: 5 });
    release(story, '1.104.102.0', 4);
    const updated = () =>
      names.filter(
        (name) =>
          story.simulation.world.devices.has(name as never) && versionOf(story, name) === '1.104.102.0',
      ).length;
    const counts = [1, 2, 3, 4, 5].map(() => {
      story.advance({ days: 1 });
      return updated();
    });
    expect(counts[0]).toBeLessThan(6);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBe(6);
  });

  it.each([
    [undefined, '1.101.109.0', 'imeswdb-afd-primary.manage.microsoft.com'],
    ['north-america' as const, '1.101.109.0', 'imeswda-afd-primary.manage.microsoft.com'],
    ['asia-pacific' as const, '1.101.109.0', 'imeswdc-afd-primary.manage.microsoft.com'],
    ['europe' as const, '1.82.105.0', 'euprodimedatapri.azureedge.net'],
  ])('comes from the host of the region %s in version %s: %s', (region, version, host) => {
    const story = new AgentStory(worldWith(version, region)).advance({ minutes: 5 });
    expect(downloads(story)).toEqual([host]);
  });

  it('stays as it is where the package cannot be had, until a later session', () => {
    const story = new AgentStory(worldWith('1.101.109.0')).advance({ hours: 5 });
    release(story, '1.103.101.0').do('network.disconnect').advance({ hours: 9 });
    expect(story.read.agentVersion).toBe('1.101.109.0');
    story.do('network.connect').advance({ hours: 9 });
    expect(story.read.agentVersion).toBe('1.103.101.0');
  });

  it('is updated once more where a snapshot brings the old one back', () => {
    const story = new AgentStory(worldWith('1.101.109.0')).advance({ hours: 5 });
    story.input({ kind: 'snapshot.take', device: story.device, name: 'Before' });
    release(story, '1.103.101.0').advance({ hours: 9 });
    expect(story.read.agentVersion).toBe('1.103.101.0');
    story.input({ kind: 'snapshot.restore', device: story.device, name: 'Before' }).advance({ minutes: 10 });
    expect(story.read.agentVersion).toBe('1.101.109.0');
    // The service learns of the old version when the agent checks in, and sends the package at the next session.
    story.advance({ hours: 9 });
    expect(story.read.agentVersion).toBe('1.103.101.0');
    expect(downloads(story)).toHaveLength(3);
  });

  it('gets a broken configuration file back from its copy when it starts, since 1.103', () => {
    const config = `${programFolder}\\Microsoft.Management.Services.IntuneWindowsAgent.exe.config`;
    const after = (version: string) => {
      const story = new AgentStory(worldWith(version)).advance({ minutes: 20 }).open('c');
      const whole = story.read.content(config);
      story
        .type('c', `Set-Content '${config}' 'broken'`)
        .type('c', 'Restart-Service IntuneManagementExtension');
      story.advance({ minutes: 1 });
      return story.read.content(config) === whole;
    };
    expect([after('1.101.109.0'), after('1.103.101.0')]).toEqual([false, true]);
  });

  it('refuses a release that is no newer one', () => {
    const story = release(new AgentStory(worldWith('1.101.109.0')), '1.103.101.0');
    expect(() => release(story, '1.102.100.0')).toThrow(/not newer than 1\.103\.101\.0/);
    expect(() => release(story, 'newest')).toThrow(/expected a version/);
  });
});

const versionOf = (story: AgentStory, device: string): string =>
  story.simulation.read(device as never).agentVersion;
