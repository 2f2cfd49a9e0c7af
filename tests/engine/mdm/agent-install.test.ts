import { describe, expect, it } from 'vitest';
import { findMsiJob } from '../../../src/engine/mdm/msi-job.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';

const jobs =
  'SOFTWARE\\Microsoft\\EnterpriseDesktopAppManagement\\S-0-0-00-0000000000-0000000000-000000000-000\\MSI';
const product = `${jobs}\\{CEFAEC57-33DC-4775-BFD2-561699357699}`;

describe('the agent comes to a device', () => {
  it('when something targets it that needs the agent, not before', () => {
    const story = AgentStory.begin().advance({ hours: 20 });
    expect(story.read.agentVersion).toBe('');
    expect(story.read.key('HKLM', jobs)).toBeUndefined();
    story.create(testApp('Alpha')).assign('Alpha').advance({ minutes: 1 });
    expect(story.read.agentVersion).toBe('1.101.109.0');
    expect(story.read.service('IntuneManagementExtension')?.value.status).toBe('Running');
    expect(story.said('service.started')).toEqual(['EMS Agent Started']);
  });

  it('as an MSI job that can be followed in the registry', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').advance({ minutes: 1 });
    const statuses = story
      .events(
        ({ data }) =>
          data.kind === 'change' &&
          data.change.kind === 'registry.set' &&
          data.change.path === product &&
          data.change.name === 'Status',
      )
      .map(({ data }) =>
        data.kind === 'change' && data.change.kind === 'registry.set' ? data.change.value.data : null,
      );
    expect(statuses).toEqual([10, 20, 40, 50, 70]);
    expect(story.value(product, 'ProductVersion')).toBe('1.101.109.0');
    expect(story.value(product, 'CurrentDownloadUrl')).toMatch(
      /^https:\/\/imeswdb-afd-primary\.manage\.microsoft\.com\/IntuneWindowsAgent\.msi/,
    );
  });

  it('is sent once', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').advance({ hours: 30 });
    const sent = story.simulation.events
      .all()
      .filter(({ data }) => data.kind === 'cloud' && data.what === 'agent.sent');
    expect(sent).toHaveLength(1);
    expect(story.said('service.started')).toHaveLength(1);
  });
});

describe('an install that a restart stopped in the middle', () => {
  it('is not told as done, and is sent again when its time is over', () => {
    const story = AgentStory.begin().advance({ hours: 4 }).create(testApp('Alpha')).assign('Alpha');
    story.advance({ seconds: 17 });
    expect(story.value(product, 'Status')).toBe(50);
    story.do('restart').advance({ minutes: 5 });
    story.do('settings.sync').advance({ minutes: 5 });
    expect(story.read.agentVersion).toBe('');
    story.advance({ minutes: 20 }).do('settings.sync').advance({ minutes: 2 });
    expect(story.read.agentVersion).toBe('1.101.109.0');
    expect(story.value(product, 'Status')).toBe(70);
  });
});

describe('a device that was put back to before the agent', () => {
  it('is sent it again at its next session', () => {
    const story = AgentStory.begin();
    story.input({ kind: 'snapshot.take', device: story.device, name: 'bare' });
    story.create(testApp('Alpha')).assign('Alpha').advance({ minutes: 40 });
    story.input({ kind: 'snapshot.restore', device: story.device, name: 'bare' });
    expect(story.read.agentVersion).toBe('');
    story.do('settings.sync').advance({ minutes: 1 });
    expect(story.read.agentVersion).toBe('1.101.109.0');
  });
});

describe('an MSI job', () => {
  it('is not found where the message has none', () => {
    expect(findMsiJob('')).toBeUndefined();
    expect(findMsiJob('<SyncML><SyncBody><Final/></SyncBody></SyncML>')).toBeUndefined();
    expect(findMsiJob('<Exec><CmdID>1</CmdID><Item><Data>x</Data></Item></Exec>')).toBeUndefined();
  });
});
