import { describe, expect, it } from 'vitest';
import { win32AppsKey } from '../../../src/engine/agent/paths.ts';
import { AgentStory, deviceScope, testApp, userScope } from '../../support/agent-harness.ts';

const unassign = (story: AgentStory, app: string, target: 'all-devices' | 'all-users' = 'all-devices') =>
  story.act({ action: 'app.unassign', data: { app, target } });

const keysOf = (story: AgentStory, id: string) =>
  [
    `${win32AppsKey}\\${deviceScope}\\${id}_1`,
    `${win32AppsKey}\\${userScope}\\${id}_1`,
    `${win32AppsKey}\\Reporting\\${deviceScope}\\${id}`,
    `${win32AppsKey}\\OperationalState\\${deviceScope}\\${id}`,
  ].filter((path) => story.read.key('HKLM', path) !== undefined);

describe('an app that is not targeted any more', () => {
  it('is reported with state 100 once and left installed; then what is stored of it goes', () => {
    const story = AgentStory.begin()
      .create(testApp('Alpha'))
      .create(testApp('Beta'))
      .assign('Alpha')
      .assign('Beta')
      .firstCheckIn()
      .advance({ minutes: 10 });
    const id = story.id('Alpha');
    expect(keysOf(story, id)).toHaveLength(3);
    expect(story.reports('Alpha')).toHaveLength(1);
    unassign(story, 'Alpha').advance({ hours: 1, minutes: 10 });
    const reported = story.said('check-in.sending-results').filter((line) => line.includes(id));
    expect(reported.at(-1)).toContain('"ComplianceState":100');
    expect(story.said('subgraph.desired-delta').at(-1)).toBe(
      `[Win32App][ReportingManager] Desired state for app with id: ${id} has been updated. Report delta: {"DesiredState":{"OldValue":"Present","NewValue":"None"}}`,
    );
    expect(story.file('C:\\Program Files\\Alpha\\about.txt')).toBe(true);
    expect([keysOf(story, id), story.grs('Alpha')]).toEqual([[], []]);
    expect(story.reports('Alpha')).toEqual([]);
    // The other is as it was, and the next check-in has nothing to clean up.
    expect(story.state('Beta')).toMatchObject({ compliance: 1, enforcement: 1000 });
    story.advance({ hours: 5 });
    expect(story.said('check-in.sending-results').filter((line) => line.includes(id))).toEqual(reported);
  });

  it('keeps state 100 while the service cannot be reached', () => {
    const story = AgentStory.begin()
      .create(testApp('Alpha'))
      .create(testApp('Beta'))
      .assign('Alpha')
      .assign('Beta')
      .firstCheckIn();
    unassign(story, 'Alpha').advance({ minutes: 54 });
    let cut = false;
    // The network is lost between the answer and the results.
    while (!cut) {
      story.advance({ seconds: 1 });
      cut = story.said('check-in.policies').length > 1;
    }
    story.do('network.disconnect').advance({ minutes: 3 });
    expect(story.state('Alpha')).toMatchObject({ compliance: 100 });
    story.do('network.connect').advance({ hours: 2 });
    expect(story.state('Alpha')).toBeNull();
  });

  it('that is assigned again starts afresh', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    expect(story.attempts('Bad')).toHaveLength(1);
    unassign(story, 'Bad').advance({ hours: 2 });
    story.assign('Bad').advance({ hours: 2 });
    expect(story.attempts('Bad')).toHaveLength(2);
  });

  it('is taken from a user by a change of group, not by a sign-out', () => {
    const story = AgentStory.begin()
      .act({ action: 'group.create', data: { name: 'Sales' } })
      .act({ action: 'group.add-member', data: { group: 'Sales', user: 'adele.vance@contoso.com' } })
      .create(testApp('Alpha'))
      .assign('Alpha', { target: { group: 'Sales' } })
      .firstCheckIn();
    expect(story.state('Alpha', userScope)).toMatchObject({ compliance: 1 });
    story.do('sign-out').advance({ hours: 3 });
    expect(story.state('Alpha', userScope)).toMatchObject({ compliance: 1 });
    story
      .act({ action: 'group.remove-member', data: { group: 'Sales', user: 'adele.vance@contoso.com' } })
      .do('sign-in')
      .advance({ hours: 2 });
    expect(story.state('Alpha', userScope)).toBeNull();
  });

  it('because it was deleted leaves the same nothing', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').firstCheckIn();
    const id = story.id('Alpha');
    story.act({ action: 'app.delete', data: { app: 'Alpha' } }).advance({ hours: 2 });
    expect(keysOf(story, id)).toEqual([]);
    expect(story.file('C:\\Program Files\\Alpha\\about.txt')).toBe(true);
  });
});

describe('a new revision of an app', () => {
  it('is evaluated at once under a key of its own; what is installed stays', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').firstCheckIn();
    story.act({ action: 'app.update', data: { app: 'Alpha', set: { installCommand: 'install.cmd /q' } } });
    story.advance({ hours: 1, minutes: 10 });
    expect(story.state('Alpha', deviceScope, 2)).toMatchObject({ compliance: 1, enforcement: null });
    expect(story.state('Alpha', deviceScope, 1)).toMatchObject({ compliance: 1, enforcement: 1000 });
    expect(story.attempts('Alpha')).toHaveLength(1);
    story.advance({ minutes: 10 });
    expect(story.reports('Alpha')).toMatchObject([{ revision: 2, complianceState: 1 }]);
  });

  it('of a failed app is tried at once, for its subgraph is a new one', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    story.act({ action: 'app.update', data: { app: 'Bad', set: testApp('Bad') } });
    story.advance({ hours: 1, minutes: 10 });
    expect(story.attempts('Bad')).toHaveLength(2);
    expect(story.state('Bad', deviceScope, 2)).toMatchObject({ compliance: 1, enforcement: 1000 });
  });

  it('that changes relations only keeps its number', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).create(testApp('Tool')).assign('Tool');
    story.act({
      action: 'app.update',
      data: { app: 'Tool', set: { dependencies: [{ app: 'Alpha', autoInstall: true }] } },
    });
    const { revision, relationVersion } = story.simulation.world.cloud.apps[story.id('Tool')] ?? {};
    expect([revision, relationVersion]).toEqual([1, 1]);
  });
});

describe('LastHashValue', () => {
  const story = (answer?: 'of-the-subgraph') =>
    AgentStory.begin('hash', answer ? { disputes: { 'last-hash-value': answer } } : {})
      .create(testApp('Alpha'))
      .assign('Alpha')
      .firstCheckIn();
  const hashes = (of: AgentStory) => {
    const id = of.id('Alpha');
    const cache = `${win32AppsKey}\\Reporting\\${deviceScope}\\${id}\\ReportCache\\${deviceScope}`;
    return [
      of.read.key('HKLM', `${win32AppsKey}\\${deviceScope}\\GRS`)?.value.subKeys[0],
      of.value(cache, 'LastHashValue'),
    ];
  };

  it('is the hash of the report, or where the world says so that of the subgraph', () => {
    const [subgraph, last] = hashes(story());
    expect([String(last).length, last === subgraph]).toEqual([44, false]);
    const [key, same] = hashes(story('of-the-subgraph'));
    expect(same).toBe(key);
    // Unchanged results are not sent again all the same.
    const idle = story('of-the-subgraph').advance({ hours: 4 });
    expect(idle.said('check-in.sending-results')).toHaveLength(1);
  });
});
