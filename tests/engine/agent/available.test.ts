import { describe, expect, it } from 'vitest';
import { guid } from '../../../src/base/ids.ts';
import type { AppAssign } from '../../../src/engine/cloud/admin-actions.ts';
import { deviceInstallStatus } from '../../../src/engine/cloud/index.ts';
import { companyPortal } from '../../../src/views/company-portal.ts';
import { AgentStory, testApp, userScope } from '../../support/agent-harness.ts';

const there = (story: AgentStory, app: string) => story.file(`C:\\Program Files\\${app}\\about.txt`);
const offered = (story: AgentStory) =>
  companyPortal(story.simulation.world.cloud, story.read, guid(userScope)).map(({ name, status }) => [
    name,
    status,
  ]);
const install = (story: AgentStory, app: string) =>
  story.do('company-portal.install', { app }).advance({ minutes: 5 });
const statusOf = (story: AgentStory, app: string) => {
  const { cloud } = story.simulation.world;
  return deviceInstallStatus(cloud, cloud.apps[story.id(app)] as never).map(({ state, detail }) => [
    state,
    detail,
  ]);
};

const users: Partial<AppAssign> = { intent: 'available', target: 'all-users' };

describe('an available app', () => {
  it('is offered in Company Portal and comes when its user asks for it', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha', users).firstCheckIn();
    expect(there(story, 'Alpha')).toBe(false);
    expect(offered(story)).toEqual([['Alpha', null]]);
    expect(statusOf(story, 'Alpha')).toEqual([]);
    install(story, 'Alpha');
    expect(there(story, 'Alpha')).toBe(true);
    expect(offered(story)).toEqual([['Alpha', 'Installed']]);
    expect(story.said('check-in.request-available')).toEqual(['[Win32App] Requesting available apps only']);
    // Company Portal is open meanwhile and hears of each step.
    expect(story.said('subgraph.status-update').map((line) => line.replace(/.*Status: /, ''))).toEqual([
      'Installing, ErrorCode: null',
      'Installed, ErrorCode: 0',
    ]);
    story.advance({ minutes: 10 });
    expect(statusOf(story, 'Alpha')).toEqual([['installed', '']]);
    // Taken off by hand it is not brought back.
    story.powershell("Remove-Item 'C:\\Program Files\\Alpha' -Recurse");
    story.advance({ hours: 40 });
    expect(there(story, 'Alpha')).toBe(false);
    expect(story.attempts('Alpha')).toHaveLength(1);
  });

  it('that failed is tried again at each click, whatever its GRS value, and not by itself', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad', users).firstCheckIn();
    install(story, 'Bad');
    install(story, 'Bad');
    expect(story.attempts('Bad')).toHaveLength(2);
    expect(story.said('subgraph.grs-overruled')).toHaveLength(1);
    expect(offered(story)).toEqual([['Bad', 'Failed']]);
    story.advance({ hours: 50 });
    expect(story.attempts('Bad')).toHaveLength(2);
  });

  it('is offered from its start time on, on the clock that the assignment names', () => {
    const story = AgentStory.begin()
      .create(testApp('Utc'))
      .create(testApp('Local'))
      .assign('Utc', { ...users, start: '2026-05-05T10:00:00' })
      .assign('Local', { ...users, start: '2026-05-05T10:00:00', time: 'local' })
      .advance({ hours: 1 });
    expect(offered(story)).toEqual([]);
    // 06:00 UTC is 08:00 in western Europe.
    story.advance({ hours: 1, minutes: 30 });
    expect(offered(story).map(([name]) => name)).toEqual(['Local']);
    story.advance({ hours: 2 });
    expect(offered(story).map(([name]) => name)).toEqual(['Local', 'Utc']);
  });
});

describe('conflicting intents', () => {
  /** Alpha, assigned to the user and to the device. */
  const conflict = (user: AppAssign['intent'], device: AppAssign['intent']) =>
    AgentStory.begin()
      .create(testApp('Alpha'))
      .assign('Alpha', { intent: user, target: 'all-users' })
      .assign('Alpha', { intent: device, target: 'all-devices' })
      .firstCheckIn();
  const outcome = (story: AgentStory) => [there(story, 'Alpha'), offered(story).length > 0];

  it('give required before all others, and leave it available', () => {
    expect(outcome(conflict('available', 'required'))).toEqual([true, true]);
    expect(outcome(conflict('uninstall', 'required'))).toEqual([true, false]);
    expect(outcome(conflict('required', 'uninstall'))).toEqual([true, false]);
  });

  it("give a user's available before a device's uninstall once the user has asked", () => {
    const story = conflict('available', 'uninstall');
    expect(outcome(story)).toEqual([false, true]);
    install(story, 'Alpha');
    expect(outcome(story)).toEqual([true, true]);
    story.advance({ hours: 20 });
    expect(outcome(story)).toEqual([true, true]);
  });

  it('remove what was required before where available and uninstall are left', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').firstCheckIn();
    story.assign('Alpha', { intent: 'uninstall' }).assign('Alpha', users).advance({ hours: 2 });
    expect(outcome(story)).toEqual([false, true]);
  });

  it('exclude members of a user group from assignments to users, not from assignments to devices', () => {
    const story = AgentStory.begin()
      .act({ action: 'group.create', data: { name: 'Sales' } })
      .act({ action: 'group.add-member', data: { group: 'Sales', user: 'adele.vance@contoso.com' } })
      .create(testApp('Alpha'))
      .create(testApp('Beta'))
      .assign('Alpha', { target: 'all-users' })
      .assign('Alpha', { target: { group: 'Sales' }, exclude: true })
      .assign('Beta')
      .assign('Beta', { target: { group: 'Sales' }, exclude: true })
      .firstCheckIn();
    expect([there(story, 'Alpha'), there(story, 'Beta')]).toEqual([false, true]);
    story
      .act({ action: 'group.remove-member', data: { group: 'Sales', user: 'adele.vance@contoso.com' } })
      .advance({ hours: 1, minutes: 10 });
    expect(there(story, 'Alpha')).toBe(true);
  });
});

describe('an available app that supersedes another', () => {
  const start = (autoUpdate: boolean, asked = true) => {
    const story = AgentStory.begin().create(testApp('Old')).assign('Old', users).firstCheckIn();
    if (asked) install(story, 'Old');
    return story
      .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall: true }] }))
      .assign('New', { ...users, autoUpdate });
  };

  it('stands in its place in Company Portal, and comes when asked for', () => {
    const story = start(false).advance({ hours: 20 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([true, false]);
    expect(offered(story).map(([name]) => name)).toEqual(['New']);
    install(story, 'New');
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, true]);
  });

  it('with auto-update comes by itself, at the second check-in for available apps', () => {
    const story = start(true).advance({ hours: 7 });
    expect(there(story, 'New')).toBe(false);
    story.advance({ hours: 10 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([false, true]);
  });

  it('with auto-update does not come to users who have not asked for the old one', () => {
    const story = start(true, false).advance({ hours: 30 });
    expect(there(story, 'New')).toBe(false);
  });

  it('does not update once consent is gone with the membership', () => {
    const story = AgentStory.begin()
      .act({ action: 'group.create', data: { name: 'Sales' } })
      .act({ action: 'group.add-member', data: { group: 'Sales', user: 'adele.vance@contoso.com' } })
      .create(testApp('Old'))
      .assign('Old', { intent: 'available', target: { group: 'Sales' } })
      .firstCheckIn();
    install(story, 'Old');
    story
      .act({ action: 'group.remove-member', data: { group: 'Sales', user: 'adele.vance@contoso.com' } })
      .advance({ hours: 2 })
      .act({ action: 'group.add-member', data: { group: 'Sales', user: 'adele.vance@contoso.com' } })
      .create(testApp('New', 0, { supersedes: [{ app: 'Old', uninstall: true }] }))
      .assign('New', { ...users, autoUpdate: true })
      .advance({ hours: 30 });
    expect([there(story, 'Old'), there(story, 'New')]).toEqual([true, false]);
  });

  it('is the only one for which auto-update can be chosen', () => {
    const story = AgentStory.begin().create(testApp('Alpha'));
    expect(() => story.assign('Alpha', { ...users, autoUpdate: true })).toThrow(
      /only for an available assignment of an app that supersedes another/,
    );
  });
});
