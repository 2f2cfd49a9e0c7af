import { describe, expect, it } from 'vitest';
import { AgentStory, testApp } from '../../support/agent-harness.ts';

/** Goes from one thing that happens to the next until the agent has written a record with this id. */
function until(story: AgentStory, message: string): AgentStory {
  for (let i = 0; i < 600; i++) {
    if (story.said(message).length > 0) return story;
    const next = story.simulation.next();
    if (next === null) break;
    story.input({ kind: 'advance', to: next.at });
  }
  throw new Error(`The agent did not write ${message}`);
}

const good = { compliance: 1, applicability: 0, enforcement: 1000, error: 0, exitCode: 0 };

describe('what comes between', () => {
  it('no network at the policy request: the check-in ends, the next one works', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha').advance({ minutes: 1 });
    story.do('network.disconnect').advance({ minutes: 10 });
    expect(story.said('check-in.ends')).toHaveLength(1);
    expect(story.state('Alpha')).toBeNull();
    story.do('network.connect').advance({ hours: 1 });
    expect(story.state('Alpha')).toEqual(good);
  });

  it('no network at the download: GRS and evaluation time are cleared, the next check-in installs', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha');
    until(story, 'install.get-content-info').do('network.disconnect').advance({ minutes: 5 });
    expect(story.state('Alpha')).toMatchObject({ compliance: 2, enforcement: 5003 });
    story.do('network.connect').advance({ hours: 1 });
    expect(story.state('Alpha')).toEqual(good);
  });

  it('a package that was changed on its way is not decrypted', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha');
    until(story, 'install.download-completed');
    const path = `C:\\Program Files (x86)\\Microsoft Intune Management Extension\\Content\\Incoming\\${story.id('Alpha')}_1.bin`;
    expect(story.file(path)).toBe(true);
    story
      .input({ kind: 'file.save', device: story.device, path, text: 'something else' })
      .advance({ minutes: 1 });
    expect(story.said('install.decryption-failed')).toEqual([
      `Decryption is failed for appId ${story.id('Alpha')}`,
    ]);
    expect(story.state('Alpha')).toMatchObject({ compliance: 2, enforcement: 5003, error: -2016214937 });
    expect(story.attempts('Alpha')).toEqual([]);
  });

  it('an app that appears before its installer starts is left alone', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha');
    until(story, 'install.decrypted')
      .input({
        kind: 'file.save',
        device: story.device,
        path: 'C:\\Program Files\\Alpha\\about.txt',
        text: 'by hand',
      })
      .advance({ minutes: 1 });
    expect(story.said('action.unexpected')).toHaveLength(1);
    expect(story.attempts('Alpha')).toEqual([]);
    expect(story.state('Alpha')).toEqual({ ...good, exitCode: null });
  });

  it('an installer that runs for too long has failed', () => {
    const app = testApp('Slow', 0, {
      installCommand: 'powershell.exe -NoProfile -Command "Start-Sleep -Seconds 600"',
      maxRunTimeMinutes: 2,
    });
    const story = AgentStory.begin().create(app).assign('Slow').advance({ minutes: 20 });
    expect(story.said('install.timed-out')).toHaveLength(1);
    expect(story.state('Slow')).toMatchObject({ compliance: 2, enforcement: 5000, error: -2016214839 });
    // The installer ends in the end; nobody waits for it any more.
    expect(story.said('install.exit-code')).toEqual([]);
    expect(story.said('check-in.ends')).toHaveLength(1);
  });

  it('a stop of the service in the middle: nothing goes on, the next start begins anew', () => {
    const story = AgentStory.begin().create(testApp('Alpha')).assign('Alpha');
    until(story, 'install.decrypted').do('service.restart', { service: 'IntuneManagementExtension' });
    story.advance({ minutes: 2 });
    expect(story.said('service.stopped', 'service.started')).toEqual([
      'EMS Agent Started',
      'EMS Agent Stopped',
      'EMS Agent Started',
    ]);
    expect(story.attempts('Alpha')).toEqual([]);
    expect(story.grs('Alpha')).toEqual([]);
    story.advance({ minutes: 6 });
    expect(story.state('Alpha')).toEqual(good);
  });

  it('a restart of the device in the middle of an install', () => {
    const app = testApp('Slow', 0, {
      installCommand: 'powershell.exe -NoProfile -Command "Start-Sleep -Seconds 300; exit 0"',
    });
    const story = AgentStory.begin().create(app).assign('Slow');
    until(story, 'install.process-id').do('restart').advance({ minutes: 2 });
    story.do('sign-in').advance({ minutes: 12 });
    expect(story.attempts('Slow')).toHaveLength(2);
    expect(story.state('Slow')).toMatchObject({ compliance: 2, enforcement: 5000, error: -2016345060 });
  });

  it('registry values that are not what the agent wrote', () => {
    const story = AgentStory.begin().create(testApp('Bad', 1603)).assign('Bad').firstCheckIn();
    const root = 'HKLM:\\SOFTWARE\\Microsoft\\IntuneManagementExtension';
    const id = story.id('Bad');
    story
      .open('c')
      .type(
        'c',
        `Get-ChildItem '${root}\\Win32Apps' -Recurse | Where-Object { $_.GetValueNames() -contains '${id}' } | ForEach-Object { Set-ItemProperty -LiteralPath $_.PSPath -Name '${id}' -Value 'yesterday' }`,
      )
      .type(
        'c',
        `Set-ItemProperty '${root}\\Win32Apps\\00000000-0000-0000-0000-000000000000\\${id}_1\\ComplianceStateMessage' -Name ComplianceStateMessage -Value 17`,
      )
      .advance({ hours: 2 });
    // No time, no readable state: looked at and tried again at the next check-in, then written anew.
    expect(story.attempts('Bad')).toHaveLength(2);
    expect(story.state('Bad')).toMatchObject({ compliance: 2, enforcement: 5000, error: -2147023293 });
  });
});
