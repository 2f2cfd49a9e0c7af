import { describe, expect, it } from 'vitest';
import { rules } from '../../../src/engine/agent/index.ts';
import { logFileOf, messageText } from '../../../src/engine/agent/messages/index.ts';
import { define } from '../../../src/engine/agent/messages/message.ts';
import { cloudRules } from '../../../src/engine/cloud/index.ts';
import { mdmRules } from '../../../src/engine/mdm/index.ts';
import { worldRules } from '../../../src/engine/world/rules.ts';
import { messageId } from '../../../src/base/ids.ts';
import { AgentStory, deviceScope, testApp } from '../../support/agent-harness.ts';

/** A world in which much goes on: installs, failures, retries, requirements, dependencies, schedules, restarts, no network. */
function busyWorld(): AgentStory {
  const story = AgentStory.begin('busy');
  const apps = [
    testApp('Good'),
    testApp('Bad', 1603),
    testApp('Busy', 1618),
    testApp('Fits', 0, { requirements: { architecture: 'both', minimumOs: '10.0.19041', freeDiskMb: 100 } }),
    testApp('Runtime'),
    testApp('Suite', 0, { dependencies: [{ app: 'Runtime', autoInstall: true }] }),
    testApp('Version', 0, {
      detection: [
        {
          kind: 'file',
          path: '%windir%\\System32',
          name: 'cmd.exe',
          test: 'version',
          operator: 'greater-or-equal',
          value: '10.0',
        },
      ],
    }),
    testApp('Big', 0, { requirements: { freeDiskMb: 10_000_000 } }),
    testApp('Script', 0, { detection: [{ kind: 'script', script: "'found'" }] }),
    testApp('Msi', 0, {
      detection: [{ kind: 'msi', productCode: '{7C2D0000-0000-4000-8000-00000000000B}' }],
    }),
    testApp('Agent', 0, {
      detection: [{ kind: 'msi', productCode: '{CEFAEC57-33DC-4775-BFD2-561699357699}' }],
    }),
    testApp('Key', 0, {
      detection: [
        {
          kind: 'registry',
          key: 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion',
          name: 'CurrentBuild',
          test: 'integer',
          operator: 'greater-or-equal',
          value: '19045',
        },
        { kind: 'registry', key: 'HKLM\\SOFTWARE\\Microsoft', test: 'exists' },
      ],
    }),
    testApp('Broken', 0, {
      detection: [{ kind: 'file', path: '%ProgramData%', name: 'Microsoft', test: 'not-exists' }],
    }),
    testApp('Required', 0, {
      requirements: {
        rules: [
          {
            kind: 'script',
            script: "'yes'",
            dataType: 'string',
            operator: 'equal',
            value: 'no',
          },
        ],
      },
    }),
    testApp('Tool', 0, { dependencies: [{ app: 'Bad', autoInstall: true }] }),
    testApp('Missing', 0, { installCommand: 'nowhere.exe /install' }),
    testApp('Personal', 0, { installContext: 'user' }),
  ];
  story.advance({ minutes: 5 });
  for (const app of apps) {
    story.create(app);
    if (app.name !== 'Runtime') story.assign(app.name);
  }
  story.advance({ minutes: 90 });
  story.create(testApp('Gone')).assign('Gone', { intent: 'uninstall' });
  story.create(testApp('Later')).assign('Later', { start: '2026-05-05T12:00', deadline: '2026-05-06T12:00' });
  story.create(testApp('Choice', 1603)).assign('Choice', { intent: 'available', target: 'all-users' });
  for (let i = 0; i < 2; i++) story.do('company-portal.install', { app: 'Choice' }).advance({ minutes: 3 });
  story.do('sign-out').advance({ hours: 1 }).do('sign-in').advance({ hours: 9 });
  story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ hours: 30 });
  const grs = `HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension\\Win32Apps\\${deviceScope}\\GRS`;
  story.open('c').type('c', `Remove-Item '${grs}' -Recurse`).advance({ hours: 2 });
  story.do('network.disconnect').advance({ hours: 2 }).do('network.connect').advance({ hours: 1 });
  return story;
}

describe('the catalogues', () => {
  it('hold every rule that anything names, and no rule serves more than eight messages', () => {
    const story = busyWorld();
    const known = new Set<string>([
      ...rules.keys(),
      ...mdmRules.keys(),
      ...cloudRules.keys(),
      ...worldRules.map(({ id }) => id),
    ]);
    const unknown = new Set<string>();
    const served = new Map<string, Set<string>>();
    for (const { data, rule } of story.simulation.events.all()) {
      if (rule === null) continue;
      if (!known.has(rule)) unknown.add(rule);
      if (data.kind === 'log') served.set(rule, (served.get(rule) ?? new Set()).add(data.message));
    }
    expect([...unknown]).toEqual([]);
    expect([...served].filter(([, ids]) => ids.size > 8).map(([id, ids]) => [id, [...ids]])).toEqual([]);
  });

  it('say where each rule comes from', () => {
    for (const rule of [...rules.values(), ...mdmRules.values()]) {
      expect(rule.says.endsWith('.'), rule.id).toBe(true);
      expect(rule.sources.length, rule.id).toBeGreaterThan(0);
      if (rule.confidence === 'disputed') expect(rule.otherwise, rule.id).toBeTruthy();
    }
  });

  it('put app lines into files of their own since agent 1.83', () => {
    const id = messageId('subgraph.grs-found');
    expect(logFileOf(id, '1.82.105.0')).toBe('IntuneManagementExtension');
    expect(logFileOf(id, '1.83.107.0')).toBe('AppWorkload');
    expect(logFileOf(id, '2.1.0.0')).toBe('AppWorkload');
  });

  it('write a message with its parameters as .NET does', () => {
    const message = define('AppWorkload', 'x', 'a {one} b {two} c {one} {"J":{}} {three}');
    expect(message.parameters).toEqual(['one', 'two', 'three']);
    expect(messageText(message, ['1{2}', true, null])).toBe('a 1{2} b True c 1{2} {"J":{}} ');
  });
});
