import { describe, expect, it } from 'vitest';
import { filterEvaluations } from '../../../src/engine/cloud/index.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';

const there = (story: AgentStory, app: string) => story.file(`C:\\Program Files\\${app}\\about.txt`);
const windows11 = '(device.osVersion -startsWith "10.0.26")';
const surface = '(device.model -startsWith "Surface")';

function withFilters(): AgentStory {
  return AgentStory.begin()
    .act({ action: 'filter.create', data: { name: 'Windows 11', rule: windows11 } })
    .act({ action: 'filter.create', data: { name: 'Surface', rule: surface } });
}

describe('an assignment filter', () => {
  it('lets an app reach devices that match, and others not: of those nothing is stored', () => {
    const story = withFilters()
      .create(testApp('Alpha'))
      .create(testApp('Beta'))
      .assign('Alpha', { filter: { filter: 'Windows 11', mode: 'include' } })
      .assign('Beta', { filter: { filter: 'Surface', mode: 'include' } })
      .firstCheckIn();
    expect([there(story, 'Alpha'), there(story, 'Beta')]).toEqual([true, false]);
    expect(story.said('subgraph.filtered-out')).toEqual([
      '[Win32App][V3Processor] All apps in the subgraph are not applicable due to assignment filters. Skipping processing.',
    ]);
    expect(story.state('Beta')).toBeNull();
    const policies = JSON.parse(
      (story.said('check-in.policies')[0] ?? '').replace('Get policies = ', ''),
    ) as {
      Name: string;
    }[];
    const filter = (name: string) => story.filter(name);
    expect(
      policies.map((one) => ({
        Name: one.Name,
        Intent: (one as never)['Intent'],
        Applicability: (one as never)['AppApplicabilityStateDueToAssginmentFilters'],
        Ids: (one as never)['AssignmentFilterIds'],
      })),
    ).toEqual([
      { Name: 'Alpha', Intent: 3, Applicability: 0, Ids: [filter('Windows 11')] },
      { Name: 'Beta', Intent: 0, Applicability: 1010, Ids: [filter('Surface')] },
    ]);
    // What the service found itself shows later than what devices report.
    story.advance({ minutes: 6 });
    expect([story.reports('Alpha').length, story.reports('Beta').length]).toEqual([1, 0]);
    story.advance({ minutes: 30 });
    expect(story.reports('Beta')).toMatchObject([{ applicability: 1010, complianceState: 5 }]);
    expect(filterEvaluations(story.simulation.world.cloud, story.device)).toMatchObject([
      { appName: 'Alpha', filterName: 'Windows 11', mode: 'include', matches: true, applied: true },
      { appName: 'Beta', filterName: 'Surface', mode: 'include', matches: false, applied: false },
    ]);
  });

  it('that excludes goes before an assignment without filter, and that before one that includes', () => {
    const story = withFilters()
      .act({ action: 'group.create', data: { name: 'One' } })
      .act({ action: 'group.create', data: { name: 'Two' } });
    for (const group of ['One', 'Two'])
      story.act({ action: 'group.add-member', data: { group, device: story.device } });
    story
      .create(testApp('Excluded'))
      .assign('Excluded', { target: { group: 'One' } })
      .assign('Excluded', {
        target: { group: 'Two' },
        filter: { filter: 'Windows 11', mode: 'exclude' },
      })
      .create(testApp('Unfiltered'))
      .assign('Unfiltered', { target: { group: 'One' } })
      .assign('Unfiltered', { target: { group: 'Two' }, filter: { filter: 'Surface', mode: 'include' } })
      .create(testApp('Either'))
      .assign('Either', {
        target: { group: 'One' },
        filter: { filter: 'Windows 11', mode: 'include' },
      })
      .assign('Either', { target: { group: 'Two' }, filter: { filter: 'Surface', mode: 'include' } })
      .firstCheckIn();
    expect(['Excluded', 'Unfiltered', 'Either'].map((app) => there(story, app))).toEqual([false, true, true]);
  });

  it('that is changed counts at the next check-in; what it let in before stays installed', () => {
    const story = withFilters()
      .create(testApp('Alpha'))
      .assign('Alpha', { filter: { filter: 'Windows 11', mode: 'include' } })
      .firstCheckIn();
    story
      .act({ action: 'filter.update', data: { filter: 'Windows 11', rule: surface } })
      .advance({ hours: 2 });
    expect(there(story, 'Alpha')).toBe(true);
    expect(story.said('subgraph.filtered-out').length).toBeGreaterThan(0);
  });

  it('cannot be deleted while an assignment uses it', () => {
    const story = withFilters()
      .create(testApp('Alpha'))
      .assign('Alpha', { filter: { filter: 'Surface', mode: 'exclude' } });
    expect(() => story.act({ action: 'filter.delete', data: { filter: 'Surface' } })).toThrow(
      /An assignment filter is associated with existing assignments/,
    );
    story.act({ action: 'filter.delete', data: { filter: 'Windows 11' } });
    expect(Object.values(story.simulation.world.cloud.appService.filters).map(({ name }) => name)).toEqual([
      'Surface',
    ]);
  });
});
