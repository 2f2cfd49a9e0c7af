import { describe, expect, it } from 'vitest';
import type { Requirements } from '../../../src/engine/cloud/admin-actions.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';

const withRequirements = (requirements: Requirements): AgentStory =>
  AgentStory.begin()
    .create(testApp('App', 0, { requirements }))
    .assign('App')
    .firstCheckIn();

/** What the log says of one requirement, without what all lines begin with. */
const words = (story: AgentStory, message: string): readonly string[] =>
  story.said(message).map((line) => line.replace('[Win32App] applicationRequirementMetadata', '').trim());

describe('a requirement of an app', () => {
  it.each<readonly [Requirements, number, string, string]>([
    // Requirement, applicability, message, what the log says.
    [
      { minimumOs: '10.0.19041' },
      0,
      'os-version',
      'expected version: 10.0.19041, client version: 10.0.26100.4652, applicability: Applicable.',
    ],
    [
      { minimumOs: '10.0.27000' },
      1002,
      'os-version',
      'expected version: 10.0.27000, client version: 10.0.26100.4652, applicability: NotApplicable.',
    ],
    [
      { freeDiskMb: 1000 },
      0,
      'free-space',
      'RequiredFreespace: 1000, availableFreeSpaceInMB: 71,679 on Drive C:\\, applicability: Applicable.',
    ],
    [
      { freeDiskMb: 100_000 },
      1001,
      'free-space',
      'RequiredFreespace: 100000, availableFreeSpaceInMB: 71,679 on Drive C:\\, applicability: NotApplicable.',
    ],
    [
      { memoryMb: 8192 },
      0,
      'memory',
      'RequiredMemory: 8192, totalMemoryInMB: 8192, applicability: Applicable.',
    ],
    [
      { memoryMb: 8193 },
      1003,
      'memory',
      'RequiredMemory: 8193, totalMemoryInMB: 8192, applicability: NotApplicable.',
    ],
    [{ cpuMhz: 2000 }, 0, 'cpu', 'RequiredCPUSpeed: 2000, cpuSpeed: 2611, applicability: Applicable.'],
    [{ cpuMhz: 3000 }, 1005, 'cpu', 'RequiredCPUSpeed: 3000, cpuSpeed: 2611, applicability: NotApplicable.'],
    [
      { processors: 4 },
      0,
      'processors',
      'MinimumNumberOfProcessors: 4, numberOfProcessors: 4, applicability: Applicable.',
    ],
    [
      { processors: 8 },
      1004,
      'processors',
      'MinimumNumberOfProcessors: 8, numberOfProcessors: 4, applicability: NotApplicable.',
    ],
  ])('%j', (requirements, applicability, message, line) => {
    const story = withRequirements(requirements);
    expect(words(story, `subgraph.${message}`)[0]?.replace(/MB: 7\d,\d{3} on/, 'MB: 71,679 on')).toBe(line);
    expect(story.state('App')).toMatchObject({ applicability, compliance: applicability === 0 ? 1 : 2 });
    expect(story.attempts('App')).toHaveLength(applicability === 0 ? 1 : 0);
    expect(story.said('subgraph.applicability-result')[0]).toContain(
      `applicability state: ${applicability === 0 ? 'Applicable' : 'NotApplicable'}.`,
    );
  });

  it('is compared with what WMI says of the device', () => {
    const story = AgentStory.begin();
    expect(
      story.powershell(
        '$p = Get-CimInstance Win32_Processor; $p.NumberOfLogicalProcessors, $p.MaxClockSpeed, ((Get-CimInstance Win32_ComputerSystem).TotalPhysicalMemory / 1MB)',
      ),
    ).toBe('4\r\n2611\r\n8192\r\n');
  });

  it('that is not set is skipped, with a line for each', () => {
    const story = withRequirements({ architecture: 'both' });
    const skipped = ['architecture', 'os-version', 'free-space', 'memory', 'cpu', 'processors'];
    expect(skipped.map((one) => story.said(`subgraph.${one}-skipped`).length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('on the architecture: an app for x86 alone does not fit', () => {
    expect(withRequirements({ architecture: 'x86' }).state('App')).toMatchObject({ applicability: 1000 });
    expect(withRequirements({ architecture: 'x64' }).state('App')).toMatchObject({ applicability: 0 });
  });

  it('says nothing against an app that is there already', () => {
    const story = AgentStory.begin().create(testApp('App', 0, { requirements: { memoryMb: 65_536 } }));
    story
      .open('c')
      .type('c', "mkdir 'C:\\Program Files\\App'; 'x' > 'C:\\Program Files\\App\\about.txt'")
      .assign('App')
      .firstCheckIn();
    expect(story.state('App')).toMatchObject({ compliance: 1, applicability: 0, enforcement: null });
  });

  it('that is met later is met at the next re-evaluation', () => {
    const rules = [
      { kind: 'file', path: 'C:\\Labs', name: 'ready.txt', test: 'exists' },
      {
        kind: 'registry',
        key: 'HKLM\\SOFTWARE\\Contoso',
        name: 'Ready',
        test: 'integer',
        operator: 'equal',
        value: '1',
      },
    ] as const;
    const story = withRequirements({ rules });
    expect(story.state('App')).toMatchObject({ applicability: 1006 });
    story.open('c').type('c', "Set-Content C:\\Labs\\ready.txt 'x'").advance({ hours: 10 });
    expect(story.state('App')).toMatchObject({ applicability: 1007 });
    story
      .type(
        'c',
        'New-Item HKLM:\\SOFTWARE\\Contoso -Force; Set-ItemProperty HKLM:\\SOFTWARE\\Contoso Ready 1',
      )
      .advance({ hours: 10 });
    expect(story.state('App')).toMatchObject({ compliance: 1, applicability: 0, enforcement: 1000 });
  });
});
