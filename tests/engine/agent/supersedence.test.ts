import { describe, expect, it } from 'vitest';
import { AgentStory, testApp } from '../../support/agent-harness.ts';

const there = (story: AgentStory, app: string) => story.file(`C:\\Program Files\\${app}\\about.txt`);
const states = (story: AgentStory, ...apps: readonly string[]) =>
  apps.map((app) => {
    const state = story.state(app);
    return state && [state.compliance, state.enforcement];
  });

/** A device that has `Old` installed, and `New` that supersedes it, both required. */
function upgrade(uninstall: boolean, old = testApp('Old'), more: Parameters<typeof testApp>[2] = {}) {
  return AgentStory.begin()
    .create(old)
    .assign('Old')
    .firstCheckIn()
    .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall }], ...more }))
    .assign('New');
}

describe('an app that supersedes another', () => {
  it('as a replacement has the old one removed first, then is installed', () => {
    const story = upgrade(true).advance({ hours: 2 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, true]);
    expect(story.said('install.execution-invoked').slice(1)).toEqual([
      `[Win32App][ExecutionActionHandler] Handler invoked with execution type: Uninstall for policy with id: ${story.id('Old')}`,
      `[Win32App][ExecutionActionHandler] Handler invoked with execution type: Install for policy with id: ${story.id('New')}`,
    ]);
    // AppRemovedBySupersedence and Success; both stay so.
    expect(states(story, 'Old', 'New')).toEqual([
      [2, 1016],
      [1, 1000],
    ]);
    expect(story.attempts('Old')).toHaveLength(2);
    story.advance({ hours: 20 });
    expect(states(story, 'Old', 'New')).toEqual([
      [2, 1016],
      [1, 1000],
    ]);
    expect(story.attempts('New')).toHaveLength(1);
    expect(story.reports('Old')).toMatchObject([{ enforcementState: 1016, desiredState: 1 }]);
  });

  it('as an update is installed beside the old one, which its installer may take away or leave', () => {
    const story = upgrade(false).advance({ hours: 2 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([true, true]);
    // SuccessSupersededAppsDetected
    expect(states(story, 'Old', 'New')).toEqual([
      [1, 1000],
      [1, 1015],
    ]);
    expect(story.attempts('Old')).toHaveLength(1);
  });

  it('keeps the old one from being installed on a device that has neither', () => {
    const story = AgentStory.begin()
      .create(testApp('Old'))
      .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall: false }] }))
      .assign('Old')
      .assign('New')
      .firstCheckIn();
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, true]);
    // SuccessSupersedingAppsDetected
    expect(states(story, 'Old', 'New')).toEqual([
      [2, 1014],
      [1, 1000],
    ]);
    expect(story.attempts('Old')).toEqual([]);
  });

  it('removes the old one although nobody targets that any more', () => {
    const story = upgrade(true);
    story.act({ action: 'app.unassign', data: { app: 'Old', target: 'all-devices' } }).advance({ hours: 2 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, true]);
    expect(story.state('Old')).toMatchObject({ compliance: 2, enforcement: 1016 });
  });

  it('does nothing where it is not targeted, and its presence keeps the old one away', () => {
    const story = AgentStory.begin()
      .create(testApp('Old'))
      .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall: true }] }))
      .assign('Old')
      .firstCheckIn();
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([true, false]);
    const other = AgentStory.begin()
      .input({
        kind: 'file.save',
        device: story.device,
        path: 'C:\\Program Files\\New\\about.txt',
        text: 'by hand',
      })
      .create(testApp('Old'))
      .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall: true }] }))
      .assign('Old')
      .firstCheckIn();
    expect(there(other, 'Old')).toBe(false);
    // NotAttemptedUntargetedSupersedingAppsDetected
    expect(states(other, 'Old')).toEqual([[2, 6011]]);
  });

  it('is not installed while the old one cannot be removed', () => {
    const story = upgrade(true, testApp('Old', 0, { uninstallCommand: 'cmd /c exit /b 1603' })).advance({
      hours: 2,
    });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([true, false]);
    // Error, and NotAttemptedSupersededAppUninstallFailed.
    expect(states(story, 'Old', 'New')).toEqual([
      [1, 5000],
      [2, 6009],
    ]);
    expect(story.attempts('New')).toEqual([]);
  });

  it('has one that comes back beside it removed', () => {
    const story = upgrade(true).advance({ hours: 2 });
    story.input({
      kind: 'file.save',
      device: story.device,
      path: 'C:\\Program Files\\Old\\about.txt',
      text: 'back again',
    });
    // Its removal has a GRS value too, so it waits for the first re-evaluation after 24 hours.
    story.advance({ hours: 20 });
    expect(there(story, 'Old')).toBe(true);
    // SuccessSupersededAppUninstallFailed: it is there although it was removed.
    expect(states(story, 'New')).toEqual([[1, 1012]]);
    story.advance({ hours: 16 });
    expect(there(story, 'Old')).toBe(false);
    expect(states(story, 'Old', 'New')).toEqual([
      [2, 1016],
      [1, 1000],
    ]);
  });

  it('that does not apply to the device leaves the old one alone', () => {
    const story = upgrade(true, testApp('Old'), { requirements: { memoryMb: 65_536 } }).advance({ hours: 2 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([true, false]);
    expect(story.state('New')).toMatchObject({ applicability: 1003 });
    expect(story.state('Old')).toMatchObject({ compliance: 1, enforcement: 1000 });
  });

  it('is last in a chain: all before it give way to it', () => {
    const story = AgentStory.begin()
      .create(testApp('One'))
      .assign('One')
      .firstCheckIn()
      .create(testApp('Two', 0, { supersedes: [{ app: 'One', uninstall: true }] }))
      .create(testApp('Three', 0, { supersedes: [{ app: 'Two', uninstall: true }] }))
      .assign('Two')
      .assign('Three')
      .advance({ hours: 2 });
    expect(['One', 'Two', 'Three'].map((app) => there(story, app))).toEqual([false, false, true]);
    expect(story.attempts('Two')).toEqual([]);
    expect(states(story, 'One', 'Three')).toEqual([
      [2, 1016],
      [1, 1000],
    ]);
  });

  it('waits with the removal for its own deadline', () => {
    const story = AgentStory.begin().create(testApp('Old')).assign('Old').firstCheckIn();
    story
      .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall: true }] }))
      .assign('New', { deadline: '2026-05-06T06:00:00' })
      .advance({ hours: 12 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([true, false]);
    expect(story.state('New')).toMatchObject({ compliance: 2, enforcement: 2009 });
    story.advance({ hours: 14 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, true]);
  });
});

describe('supersedence and dependencies', () => {
  it('conflict where an app needs what is superseded', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, { dependencies: [{ app: 'Runtime', autoInstall: true }] }))
      .create(testApp('Runtime 2', 0, { supersedes: [{ app: 'Runtime', uninstall: true }] }))
      .assign('Tool')
      .assign('Runtime 2')
      .firstCheckIn();
    expect(['Runtime', 'Runtime 2', 'Tool'].map((app) => there(story, app))).toEqual([false, true, false]);
    // ErrorConflictsPreventInstallation
    expect(states(story, 'Tool')).toEqual([[2, 5006]]);
  });

  it('do not meet where an app needs both', () => {
    const story = AgentStory.begin()
      .create(testApp('B'))
      .create(testApp('C', 0, { supersedes: [{ app: 'B', uninstall: true }] }))
      .create(
        testApp('A', 0, {
          dependencies: [
            { app: 'B', autoInstall: true },
            { app: 'C', autoInstall: true },
          ],
        }),
      )
      .assign('A')
      .firstCheckIn();
    expect(['A', 'B', 'C'].map((app) => there(story, app))).toEqual([true, true, true]);
  });

  it('go together where the superseding app has needs of its own; what the old one needed is left', () => {
    const story = AgentStory.begin()
      .create(testApp('Library'))
      .create(testApp('Old', 0, { dependencies: [{ app: 'Library', autoInstall: true }] }))
      .assign('Old')
      .firstCheckIn()
      .create(testApp('Framework'))
      .create(
        testApp('New', 0, {
          supersedes: [{ app: 'Old', uninstall: true }],
          dependencies: [{ app: 'Framework', autoInstall: true }],
        }),
      )
      .assign('New')
      .advance({ hours: 2 });
    expect(['Library', 'Old', 'Framework', 'New'].map((app) => there(story, app))).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });
});

describe('the service refuses', () => {
  it('a graph of more than eleven apps', () => {
    const story = AgentStory.begin().create(testApp('App 1'));
    for (let i = 2; i <= 11; i++)
      story.create(testApp(`App ${i}`, 0, { supersedes: [{ app: `App ${i - 1}`, uninstall: false }] }));
    expect(() =>
      story.create(testApp('App 12', 0, { supersedes: [{ app: 'App 11', uninstall: false }] })),
    ).toThrow(/at most 11 apps in one graph, found 12/);
  });

  it('to delete an app that is in a relationship', () => {
    const story = AgentStory.begin()
      .create(testApp('Old'))
      .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall: false }] }));
    expect(() => story.act({ action: 'app.delete', data: { app: 'Old' } })).toThrow(/remove them first/);
    story.act({ action: 'app.update', data: { app: 'New', set: { supersedes: [] } } });
    story.act({ action: 'app.delete', data: { app: 'Old' } });
    expect(() => story.id('Old')).toThrow(/There is no app/);
  });
});

describe('a replacement that is interrupted', () => {
  /** The moment at which the old app is gone and the new one not there yet. */
  function between(): AgentStory {
    const story = upgrade(true).advance({ minutes: 50 });
    for (let i = 0; there(story, 'Old') && i < 3_000; i++) story.advance({ seconds: 2 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, false]);
    return story;
  }

  it('by a restart of the service goes on at the next check-in, for the new app has no GRS value', () => {
    const story = between();
    story.do('service.restart', { service: 'IntuneManagementExtension' }).advance({ minutes: 10 });
    expect(there(story, 'New')).toBe(true);
    expect(states(story, 'Old', 'New')).toEqual([
      [2, 1016],
      [1, 1000],
    ]);
  });

  it('by a loss of the network leaves neither until it is back', () => {
    const story = between().do('network.disconnect').advance({ hours: 3 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, false]);
    story.do('network.connect').advance({ hours: 26 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, true]);
  });
});
