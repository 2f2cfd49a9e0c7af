import { describe, expect, it } from 'vitest';
import type { AppCreate } from '../../../src/engine/cloud/admin-actions.ts';
import { deviceInstallStatus, installSummary } from '../../../src/engine/cloud/index.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';

const there = (story: AgentStory, app: string) => story.file(`C:\\Program Files\\${app}\\about.txt`);
const states = (story: AgentStory, ...apps: readonly string[]) =>
  apps.map((app) => {
    const state = story.state(app);
    return state && [state.compliance, state.enforcement];
  });
const needs = (app: string, autoInstall = true): Partial<AppCreate> => ({
  dependencies: [{ app, autoInstall }],
});
const byHand = (story: AgentStory, app: string) =>
  story.input({
    kind: 'file.save',
    device: story.device,
    path: `C:\\Program Files\\${app}\\about.txt`,
    text: 'by hand',
  });
const status = (story: AgentStory, app: string) => {
  const { cloud } = story.simulation.world;
  return deviceInstallStatus(cloud, cloud.apps[story.id(app)] as never).map(({ state, detail }) =>
    `${state}: ${detail}`.replace(/: $/, ''),
  );
};

describe('a dependency', () => {
  it('comes first, down a chain, although nobody targets it, and has no row in the reports', () => {
    const story = AgentStory.begin()
      .create(testApp('Base'))
      .create(testApp('Middle', 0, needs('Base')))
      .create(testApp('Top', 0, needs('Middle')))
      .assign('Top')
      .firstCheckIn();
    const order = ['Base', 'Middle', 'Top'].map((app) => story.attempts(app)[0] ?? '');
    expect(order).toEqual([...order].sort());
    expect(states(story, 'Base', 'Middle', 'Top')).toEqual([
      [1, 1000],
      [1, 1000],
      [1, 1000],
    ]);
    expect(story.said('subgraph.starts').at(0)).toBe(
      `[Win32App][V3Processor] Processing subgraph with app ids: ${['Base', 'Middle', 'Top'].map((app) => story.id(app)).join(', ')}`,
    );
    // Targeted by nothing: said in the log, and told by the method of targeting.
    expect(story.said('subgraph.not-targeted').length).toBeGreaterThan(0);
    story.advance({ minutes: 10 });
    expect(['Base', 'Middle', 'Top'].map((app) => status(story, app))).toEqual([[], [], ['installed']]);
  });

  it('that waits for its turn makes the app say so', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, needs('Runtime')))
      .assign('Tool')
      .firstCheckIn();
    const deltas = story
      .said('install.execution-delta', 'install.download-delta')
      .filter((line) => line.includes(story.id('Tool')))
      .map((line) => /"EnforcementState":\{"OldValue":.*?,"NewValue":"(\w+)"/.exec(line)?.[1]);
    expect(deltas[0]).toBe('InProgressDependencyInstalling');
    expect(deltas.at(-1)).toBe('Success');
  });

  it('that fails keeps all above it from being tried, until its GRS value has run out', () => {
    const story = AgentStory.begin()
      .create(testApp('Base', 1603))
      .create(testApp('Middle', 0, needs('Base')))
      .create(testApp('Top', 0, needs('Middle')))
      .assign('Top')
      .firstCheckIn();
    // NotAttemptedDependencyWithFailure
    expect(states(story, 'Base', 'Middle', 'Top')).toEqual([
      [2, 5000],
      [2, 6001],
      [2, 6001],
    ]);
    story.advance({ minutes: 10 });
    expect(status(story, 'Top')).toEqual([
      "notInstalled: One or more of the application's dependencies failed to install.",
    ]);
    story.advance({ hours: 33 });
    expect(story.attempts('Base')).toHaveLength(2);
    expect(story.attempts('Top')).toEqual([]);
  });

  it('that is detected only has to be there', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, needs('Runtime', false)))
      .assign('Tool')
      .firstCheckIn();
    // NotAttemptedAutoInstallOff, NotAttemptedDependencyWithAutoInstallOff
    expect(states(story, 'Runtime', 'Tool')).toEqual([
      [2, 6004],
      [2, 6005],
    ]);
    expect(story.said('subgraph.company-portal').at(-1)).toContain(
      `"ResultantAppState":3,"ReportingImpact":{"DesiredState":3,"Classification":1,"ConflictReason":2,"ImpactingApps":[{"AppId":"${story.id('Runtime')}","RelationshipType":2,"RelativeType":1,"DesiredState":0}]}`,
    );
    story.advance({ minutes: 10 });
    expect(status(story, 'Tool')).toEqual([
      'notInstalled: 1 or more dependent apps are configured to not automatically install.',
    ]);
    byHand(story, 'Runtime').advance({ hours: 34 });
    expect([there(story, 'Tool'), ...states(story, 'Tool')]).toEqual([true, [1, 1000]]);
  });

  it('whose requirements are not met, or that waits for a restart, is named as the reason', () => {
    const hardReboot: AppCreate = testApp('Restarting', 1641);
    const story = AgentStory.begin()
      .create(testApp('Big', 0, { requirements: { memoryMb: 65_536 } }))
      .create(testApp('Tool', 0, needs('Big')))
      .assign('Tool')
      .create(hardReboot)
      .create(testApp('Other', 0, needs('Restarting')))
      .assign('Other')
      .firstCheckIn();
    // NotAttemptedDependencyWithRequirementsNotMet, NotAttemptedPendingReboot
    expect(states(story, 'Tool', 'Other')).toEqual([
      [2, 6003],
      [2, 6002],
    ]);
  });

  it('that is missing later leaves the app a success and is named in its state', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, needs('Runtime')))
      .assign('Tool')
      .firstCheckIn();
    story.powershell("Remove-Item 'C:\\Program Files\\Runtime' -Recurse");
    story.advance({ hours: 9 });
    // SuccessButDependencyFailedToInstall: it may not be tried again before its GRS value has run out.
    expect(states(story, 'Runtime', 'Tool')).toEqual([
      [2, 1000],
      [1, 1004],
    ]);
    story.advance({ hours: 25 });
    expect(states(story, 'Runtime', 'Tool')).toEqual([
      [1, 1000],
      [1, 1000],
    ]);
  });

  it('waits for the deadline of the app that needs it, and is left by its uninstall', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, needs('Runtime')))
      .assign('Tool', { deadline: '2026-05-06T06:00:00' })
      .advance({ hours: 12 });
    expect([there(story, 'Runtime'), there(story, 'Tool')]).toEqual([false, false]);
    expect(story.state('Tool')).toMatchObject({ compliance: 2, enforcement: 2009 });
    story.advance({ hours: 13 });
    expect([there(story, 'Runtime'), there(story, 'Tool')]).toEqual([true, true]);
    story.assign('Tool', { intent: 'uninstall' }).advance({ hours: 2 });
    expect([there(story, 'Runtime'), there(story, 'Tool')]).toEqual([true, false]);
  });

  it('that two apps share is installed once, in one subgraph', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('One', 0, needs('Runtime')))
      .create(testApp('Two', 0, needs('Runtime')))
      .assign('One')
      .assign('Two')
      .firstCheckIn();
    expect(story.said('check-in.processing-subgraphs')[0]).toBe(
      '[Win32App][V3Processor] Processing 1 subgraphs.',
    );
    expect(story.attempts('Runtime')).toHaveLength(1);
    expect(['One', 'Two'].map((app) => there(story, app))).toEqual([true, true]);
  });

  it('is available itself and comes nevertheless when another needs it', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, needs('Runtime')))
      .assign('Runtime', { intent: 'available', target: 'all-users' })
      .assign('Tool')
      .firstCheckIn();
    expect([there(story, 'Runtime'), there(story, 'Tool')]).toEqual([true, true]);
  });

  it('that is to be uninstalled is a conflict', () => {
    const story = AgentStory.begin()
      .create(testApp('Runtime'))
      .create(testApp('Tool', 0, needs('Runtime')))
      .assign('Runtime', { intent: 'uninstall' })
      .assign('Tool')
      .firstCheckIn();
    // ErrorConflictsPreventInstallation
    expect(states(story, 'Tool')).toEqual([[2, 5006]]);
    story.advance({ minutes: 10 });
    const { cloud } = story.simulation.world;
    expect(installSummary(cloud, cloud.apps[story.id('Tool')] as never)).toEqual({
      installed: 0,
      notInstalled: 0,
      failed: 1,
      installPending: 0,
      notApplicable: 0,
    });
  });
});
