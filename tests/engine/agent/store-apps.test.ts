import { describe, expect, it } from 'vitest';
import { win32AppsKey } from '../../../src/engine/agent/paths.ts';
import type { AppAssign } from '../../../src/engine/cloud/admin-actions.ts';
import { publisherId } from '../../../src/engine/cloud/store.ts';
import { AgentStory, deviceScope, testApp } from '../../support/agent-harness.ts';

const installed = { compliance: 1, applicability: 0, enforcement: 1000, error: 0, exitCode: null };
const publisher = publisherId('CN=Contoso');
const folder = (version: string) =>
  `C:\\Program Files\\WindowsApps\\Contoso.LabNotes_${version}_x64__${publisher}\\AppxManifest.xml`;
const publish = (story: AgentStory, version: string) =>
  story.act({
    action: 'store.publish',
    data: { packageId: '9NLABNOTES01', name: 'Lab Notes', publisher: 'Contoso', version },
  });

function lab(installContext: 'system' | 'user', assign: Partial<AppAssign> = {}): AgentStory {
  return publish(AgentStory.begin(), '1.0.0.0')
    .act({ action: 'store-app.create', data: { packageId: '9NLABNOTES01', installContext } })
    .assign('Lab Notes', assign);
}

const version = (story: AgentStory) => {
  const key = `${win32AppsKey}\\${deviceScope}\\${story.id('Lab Notes')}_1\\ComplianceStateMessage`;
  const text = story.value(key, 'ComplianceStateMessage');
  return (JSON.parse(String(text)) as { ProductVersion: string | null }).ProductVersion;
};

describe('a Store app', () => {
  it('in system context is found, downloaded and registered by the package manager for all users', () => {
    const story = lab('system').firstCheckIn();
    const id = story.id('Lab Notes');
    expect(story.state('Lab Notes')).toEqual(installed);
    expect(version(story)).toBe('1.0.0.0');
    expect(story.file(folder('1.0.0.0'))).toBe(true);
    expect(
      story.value(
        `SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore\\Applications\\Contoso.LabNotes_1.0.0.0_x64__${publisher}`,
        'Path',
      ),
    ).toBe(folder('1.0.0.0'));
    const policies = JSON.parse(
      (story.said('check-in.policies')[0] ?? '').replace('Get policies = ', ''),
    ) as {
      InstallerData: string;
    }[];
    expect(policies.map(({ InstallerData }) => InstallerData)).toEqual([
      '{"PackageIdentifier":"9NLABNOTES01"}',
    ]);
    // No content of the service, no cache, no installer of the agent's.
    expect(story.said('install.get-content-info', 'install.execute-retry')).toEqual([]);
    expect(
      story
        .said('store.*')
        .filter((line) => line.startsWith('[WinGet]') || line.includes('ExecutionExecutor]'))
        .map((line) => line.split('\r\n')[0]),
    ).toEqual([
      '[WinGet] Creating Microsoft.Management.Clients.IntuneManagementExtension.Win32AppPlugIn.WinGetLocalProgressAndResultSender',
      '[WinGet] Detection Operation result has arrived NotDetected.',
      '[WinGet] ApplicabilityCheck Operation result has arrived Applicable.',
      `[Win32App][WinGetApp][WinGetAppExecutionExecutor] Starting execution of app with id: ${id} and context: SystemContext.`,
      '[WinGet] Install Operation Result has arrived Ok',
      `[Win32App][WinGetApp][WinGetAppExecutionExecutor] Completed execution for app with id: ${id}.`,
      '[WinGet] Creating Microsoft.Management.Clients.IntuneManagementExtension.Win32AppPlugIn.WinGetLocalProgressAndResultSender',
      '[WinGet] Detection Operation result has arrived Detected.',
    ]);
    expect(story.log('IntuneManagementExtension')).toContain(
      'Processing state transition - Current State:Install In Progress With Event: Download Started.',
    );
    story.advance({ minutes: 6 });
    expect(story.reports('Lab Notes')).toMatchObject([{ complianceState: 1, enforcementState: 1000 }]);
  });

  it('in user context is registered for the user, by a helper process in the session', () => {
    const story = lab('user').firstCheckIn();
    expect(story.state('Lab Notes')).toEqual(installed);
    const sid = story.read.users[0]?.sid ?? '';
    const packages = `${sid}\\Software\\Classes\\Local Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages`;
    expect(story.read.key('HKU', packages)?.value.subKeys).toEqual([
      `Contoso.LabNotes_1.0.0.0_x64__${publisher}`,
    ]);
    expect(story.said('store.creating-process')[0]).toContain(
      '-executeWinGet -operationType "Detection" -repositoryType "MicrosoftStore" -packageId "9NLABNOTES01"',
    );
    expect(story.log('AgentExecutor')).toContain(
      'Adding argument packageId with value 9NLABNOTES01 to the named argument list.',
    );
  });

  it('is kept at the newest version, at the next evaluation after GRS', () => {
    const story = lab('system').firstCheckIn();
    publish(story, '2.0.0.0').advance({ hours: 20 });
    expect(version(story)).toBe('1.0.0.0');
    story.advance({ hours: 14 });
    expect([story.file(folder('1.0.0.0')), story.file(folder('2.0.0.0')), version(story)]).toEqual([
      false,
      true,
      '2.0.0.0',
    ]);
  });

  it('for the device cannot take the place of one that a user has', () => {
    const story = lab('user').firstCheckIn();
    story
      .act({
        action: 'store-app.create',
        data: { packageId: '9NLABNOTES01', name: 'Lab Notes for all', installContext: 'system' },
      })
      .assign('Lab Notes for all')
      .advance({ hours: 2 });
    expect(story.state('Lab Notes for all')).toMatchObject({
      compliance: 2,
      enforcement: 5000,
      error: -2016345060,
    });
  });

  it('is removed where it is assigned so', () => {
    const story = lab('system').firstCheckIn();
    story.assign('Lab Notes', { intent: 'uninstall' }).advance({ hours: 2 });
    expect(story.state('Lab Notes')).toMatchObject({ compliance: 2, enforcement: 1000, error: 0 });
    expect(story.file(folder('1.0.0.0'))).toBe(false);
  });

  it('is available and comes when its user asks for it', () => {
    const story = lab('user', { intent: 'available', target: 'all-users' }).firstCheckIn();
    expect(story.file(folder('1.0.0.0'))).toBe(false);
    story.do('company-portal.install', { app: 'Lab Notes' }).advance({ minutes: 5 });
    expect(story.file(folder('1.0.0.0'))).toBe(true);
  });

  it('is one the Store offers, and nobody needs or supersedes it', () => {
    const story = lab('system');
    expect(() => story.act({ action: 'store-app.create', data: { packageId: '9NOTHING' } })).toThrow(
      /the Store has no package "9NOTHING"/,
    );
    expect(() =>
      story.create(testApp('Tool', 0, { dependencies: [{ app: 'Lab Notes', autoInstall: true }] })),
    ).toThrow(/app.dependencies: "Lab Notes" is no Win32 app/);
    expect(() =>
      story.act({ action: 'app.update', data: { app: 'Lab Notes', set: { name: 'Other' } } }),
    ).toThrow(/what the Store says of an app cannot be set/);
  });
});

describe("Windows' publisher id", () => {
  it('is the one that is known of Microsoft', () => {
    expect(
      publisherId('CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US'),
    ).toBe('8wekyb3d8bbwe');
  });
});
