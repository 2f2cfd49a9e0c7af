import { describe, expect, it } from 'vitest';
import type { CloudApp } from '../../../src/engine/cloud/cloud-state.ts';
import {
  appInstallStatus,
  deviceInstallStatus,
  devicesOf,
  installSummary,
  managedApps,
  userInstallStatus,
} from '../../../src/engine/cloud/index.ts';
import { AgentStory, testApp } from '../../support/agent-harness.ts';
import { testDevice, testWorldStart } from '../../support/test-world.ts';

/** Two devices of one user; the second has too little memory for Big, and Other is not for it. */
function twoDevices(): AgentStory {
  const first = testDevice('PC-1');
  const second = { ...testDevice('PC-2', 2), memory: 4096 };
  const story = new AgentStory(testWorldStart('reports', [first, second], []));
  return story
    .create(testApp('Good'))
    .create(testApp('Bad', 1603))
    .create(testApp('Big', 0, { requirements: { memoryMb: 8192 } }))
    .create(testApp('Later'))
    .create(testApp('Choice'))
    .assign('Good')
    .assign('Bad')
    .assign('Big')
    .assign('Later', { start: '2026-06-01T00:00:00' })
    .assign('Choice', { intent: 'available', target: 'all-users' });
}

const app = (story: AgentStory, name: string) =>
  story.simulation.world.cloud.apps[story.id(name)] as CloudApp;

describe('the reports of an app', () => {
  it('show what devices said, five minutes later', () => {
    const story = twoDevices().advance({ minutes: 9 });
    const cloud = () => story.simulation.world.cloud;
    story.advance({ minutes: 10 });
    expect(
      deviceInstallStatus(cloud(), app(story, 'Bad')).map(
        ({ deviceName, userName, platform, version, state, errorCode }) => [
          deviceName,
          userName,
          platform,
          version,
          state,
          errorCode,
        ],
      ),
    ).toEqual([
      ['PC-1', 'adele.vance@contoso.com', 'Windows', '1.0', 'failed', -2147023293],
      ['PC-2', 'adele.vance@contoso.com', 'Windows', '1.0', 'failed', -2147023293],
    ]);
    expect(
      deviceInstallStatus(cloud(), app(story, 'Big')).map(({ state, detail }) => [state, detail]),
    ).toEqual([
      ['installed', ''],
      ['notApplicable', 'Amount of RAM on the target device is less than the configured minimum.'],
    ]);
    // Before its start an app is detected and reported, nothing else; one that is only available has no rows.
    expect(deviceInstallStatus(cloud(), app(story, 'Later')).map(({ state }) => state)).toEqual([
      'pendingInstall',
      'pendingInstall',
    ]);
    expect(deviceInstallStatus(cloud(), app(story, 'Choice'))).toEqual([]);
  });

  it('count devices, and installations of each user', () => {
    const story = twoDevices().advance({ minutes: 30 });
    const { cloud } = story.simulation.world;
    expect(
      ['Good', 'Bad', 'Big', 'Later'].map((name) => Object.values(installSummary(cloud, app(story, name)))),
    ).toEqual([
      // installed, not installed, failed, pending, not applicable
      [2, 0, 0, 0, 0],
      [0, 0, 2, 0, 0],
      [1, 0, 0, 0, 1],
      [0, 0, 0, 2, 0],
    ]);
    expect(userInstallStatus(cloud, app(story, 'Bad'))).toEqual([
      {
        name: 'Adele Vance',
        userName: 'adele.vance@contoso.com',
        installations: 0,
        failures: 2,
        notInstalled: 0,
      },
    ]);
    expect(
      appInstallStatus(cloud).map(({ name, failed, failurePercent }) => [name, failed, failurePercent]),
    ).toEqual([
      ['Bad', 2, 100],
      ['Big', 0, 0],
      ['Choice', 0, 0],
      ['Good', 0, 0],
      ['Later', 0, 0],
    ]);
  });

  it('list what is meant for a device and how that stands', () => {
    const story = twoDevices().advance({ minutes: 30 });
    const { cloud } = story.simulation.world;
    const [, second] = devicesOf(cloud);
    expect(
      managedApps(cloud, second as never).map(({ name, intent, state }) => [name, intent, state]),
    ).toEqual([
      ['Good', 'required', 'installed'],
      ['Bad', 'required', 'failed'],
      ['Big', 'required', 'notApplicable'],
      ['Later', 'required', 'pendingInstall'],
      ['Choice', 'available', 'unknown'],
    ]);
  });
});
