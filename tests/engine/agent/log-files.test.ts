import { describe, expect, it } from 'vitest';
import { AgentStory, testApp } from '../../support/agent-harness.ts';
import { admin, testDevice, testWorldStart } from '../../support/test-world.ts';

const folder = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';
const logging = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneWindowsAgent\\Logging';

const managed = (seed: string): AgentStory =>
  AgentStory.begin(seed).create(testApp('Alpha')).assign('Alpha').advance({ minutes: 20 }).open('c');

const files = (story: AgentStory, name: string) =>
  story.read
    .children(folder)
    .filter((file) => file.name.startsWith(name))
    .map((file) => ({ name: file.name, length: file.length }));

const limit = (story: AgentStory, values: Readonly<Record<string, string | number>>): AgentStory => {
  story.type('c', `$k = New-Item '${logging}' -Force`);
  for (const [name, value] of Object.entries(values))
    story.type(
      'c',
      `New-ItemProperty '${logging}' ${name} -Value ${value} -PropertyType ${typeof value === 'number' ? 'DWord' : 'String'} | Out-Null`,
    );
  return story;
};

describe('log files of the agent', () => {
  it('are UTF-8 with a mark, records end with a line break, times are local', () => {
    const story = managed('form');
    const bytes = story.read.content(`${folder}\\IntuneManagementExtension.log`) ?? '';
    expect(bytes.slice(0, 3)).toBe('\xEF\xBB\xBF');
    expect(bytes.slice(3)).toMatch(
      /^<!\[LOG\[EMS Agent Started\]LOG\]!><time="08:\d\d:\d\d\.\d{7}" date="5-5-2026" component="IntuneManagementExtension" context="" type="1" thread="\d+" file="">\r\n/,
    );
    expect(bytes.length).toBe(story.read.file(`${folder}\\IntuneManagementExtension.log`)?.value.length);
    // What PowerShell reads has no mark.
    expect(
      story
        .powershell(`(Get-Content '${folder}\\IntuneManagementExtension.log' -TotalCount 1).Substring(0, 25)`)
        .trim(),
    ).toBe('<![LOG[EMS Agent Started]');
  });

  it('roll over at the size and number that the registry says, and the change holds at once', () => {
    const story = limit(managed('limits'), { LogMaxSize: '40000', LogMaxHistory: '2' });
    story.advance({ hours: 12 });
    const rolled = files(story, 'AppWorkload');
    expect(rolled).toHaveLength(3);
    const [first, second, present] = rolled;
    expect(first?.name).toMatch(/^AppWorkload-20260505-\d{6}\.log$/);
    expect(present?.name).toBe('AppWorkload.log');
    for (const copy of [first, second]) {
      expect(copy?.length).toBeGreaterThan(40_000);
      expect(copy?.length).toBeLessThan(50_000);
    }
    // The stamp is the time of the last record.
    const text = story.log((second?.name ?? '').replace('.log', ''));
    const last = [...text.matchAll(/<time="(\d\d):(\d\d):(\d\d)\./g)].at(-1);
    expect(second?.name).toBe(`AppWorkload-20260505-${last?.slice(1).join('')}.log`);
    // More copies are kept as soon as more are wanted.
    story.type('c', `Set-ItemProperty '${logging}' LogMaxHistory 4`).advance({ hours: 24 });
    expect(files(story, 'AppWorkload')).toHaveLength(5);
  });

  it('keep their own limits where the registry says nothing that they take', () => {
    const story = limit(managed('refused'), { LogMaxSize: 40_000, LogMaxHistory: 'many' });
    story.advance({ hours: 12 });
    expect(files(story, 'AppWorkload').map(({ name }) => name)).toEqual(['AppWorkload.log']);
  });

  it.each([
    ['3-mib', 3 * 1024 * 1024],
    ['2-mb', 2 * 1024 * 1024],
  ])('roll over at %s by default, as the world has chosen', (answer, size) => {
    const device = { ...testDevice('BW-W11-5'), disputes: { 'log-size': answer } };
    const story = new AgentStory(testWorldStart('size', [device], [testApp('Alpha')])).advance({ hours: 1 });
    const path = `${folder}\\AppWorkload.log`;
    story.open('c').type('c', `Add-Content '${path}' ('x' * ${size})`);
    story.advance({ hours: 1 });
    const [copy, present] = files(story, 'AppWorkload');
    expect(copy?.length).toBeGreaterThan(size);
    expect(present?.name).toBe('AppWorkload.log');
    story.input(admin({ action: 'device.sync', data: { device: 'BW-W11-5' } }));
    expect(files(story, 'AppWorkload')).toHaveLength(2);
  });
});
