import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../../src/base/bytes.ts';
import { fromUint8Array, toUint8Array, utf8Decode, utf8Encode } from '../../../src/base/bytes.ts';
import { deviceId } from '../../../src/base/ids.ts';
import { instant } from '../../../src/base/time.ts';
import {
  openPackage,
  readDecryptInfo,
  unpackFolder,
  verifyPackage,
} from '../../../src/engine/agent/win32/package.ts';
import type { AdminAction } from '../../../src/engine/cloud/admin-actions.ts';
import { appOf, assignmentsOf, cloud, installReports } from '../../../src/engine/cloud/index.ts';
import type { CloudState } from '../../../src/engine/cloud/index.ts';
import type { QueueData } from '../../../src/engine/device/change.ts';
import { testApp } from '../../support/test-world.ts';

const device = deviceId('PC-1');
const user = '5f0c3b1e-7a52-4a8e-9a3c-0d4b2f8c1e01';
const at = instant(0);

/** A tenant with a user, a group that holds the user, and an enrolled device. */
class Tenant {
  state: CloudState = cloud.empty;

  static begin(): Tenant {
    return new Tenant()
      .act({ action: 'tenant.create', data: { name: 'Contoso', seed: 'x' } })
      .act({ action: 'user.create', data: { id: user, upn: 'adele@contoso.com', displayName: 'Adele' } })
      .act({ action: 'group.create', data: { name: 'Sales' } })
      .act({ action: 'group.add-member', data: { group: 'Sales', user: 'adele@contoso.com' } })
      .act({
        action: 'device.enrol',
        data: {
          device,
          entraDeviceId: 'a1b2c3d4-0000-4000-8000-000000000001',
          intuneDeviceId: 'b1b2c3d4-0000-4000-8000-000000000001',
          primaryUser: user,
        },
      });
  }

  act({ action, data }: AdminAction): this {
    return this.raw(action, data as unknown as QueueData);
  }

  raw(action: string, data: QueueData): this {
    const result = cloud.admin(this.state, action, data, at);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
    this.state = result.value.state;
    return this;
  }

  refusal(action: string, data: unknown): string {
    const result = cloud.admin(this.state, action, data as QueueData, at);
    return result.ok ? 'taken' : `${result.error.code}: ${result.error.message}`;
  }

  /** What the gateway answers a request of the agent. */
  ask(contentType: string, payload: unknown, as: string | null = user): { status: number; payload: unknown } {
    const { response, state } = cloud.serve(
      this.state,
      {
        device,
        method: 'PUT',
        url: "https://agents.amsub0502.manage.microsoft.com/x/SideCarGatewaySessions('1')?api-version=1.5",
        headers: as === null ? [] : [['UserToken', as]],
        body: utf8Encode(
          JSON.stringify({
            SessionId: '1',
            RequestContentType: contentType,
            RequestPayload: JSON.stringify(payload),
          }),
        ),
      },
      at,
    );
    this.state = state;
    const body = JSON.parse(utf8Decode(response.body as Bytes)) as { ResponsePayload?: string };
    return {
      status: response.status,
      payload: body.ResponsePayload === undefined ? null : JSON.parse(body.ResponsePayload),
    };
  }

  apps(as: string | null = user): readonly (readonly [string, number, number])[] {
    const { payload } = this.ask('GetSelectedApp', [], as);
    return (payload as { Name: string; Intent: number; TargetType: number }[]).map((app) => [
      app.Name,
      app.Intent,
      app.TargetType,
    ]);
  }
}

describe('what targets a device', () => {
  const tenant = () =>
    Tenant.begin()
      .act({ action: 'app.create', data: testApp('A') })
      .act({ action: 'app.create', data: testApp('B') });

  it('is what is assigned to it, to all devices, or to its user while signed in', () => {
    const one = tenant()
      .act({ action: 'app.assign', data: { app: 'A', intent: 'required', target: 'all-devices' } })
      .act({ action: 'app.assign', data: { app: 'B', intent: 'available', target: { group: 'Sales' } } });
    expect(one.apps()).toEqual([
      ['A', 3, 2],
      ['B', 1, 1],
    ]);
    expect(one.apps(null)).toEqual([['A', 3, 2]]);
    const b = appOf(one.state, 'B');
    expect(assignmentsOf(one.state, b?.id ?? ('' as never))).toMatchObject([
      { intent: 'available', targetName: 'Sales', exclude: false },
    ]);
  });

  it('is in a group, or in a group in it', () => {
    const one = tenant()
      .act({ action: 'group.create', data: { name: 'Europe' } })
      .act({ action: 'group.create', data: { name: 'World' } })
      .act({ action: 'group.add-member', data: { group: 'Europe', member: 'Sales' } })
      .act({ action: 'group.add-member', data: { group: 'World', member: 'Europe' } })
      .act({ action: 'group.add-member', data: { group: 'Europe', member: 'World' } })
      .act({ action: 'app.assign', data: { app: 'A', intent: 'required', target: { group: 'World' } } });
    expect(one.apps()).toEqual([['A', 3, 1]]);
    one.act({ action: 'group.remove-member', data: { group: 'Europe', member: 'Sales' } });
    expect(one.apps()).toEqual([]);
  });

  it('leaves out what is excluded, and takes required before uninstall and available', () => {
    const one = tenant()
      .act({ action: 'app.assign', data: { app: 'A', intent: 'required', target: 'all-users' } })
      .act({
        action: 'app.assign',
        data: { app: 'A', intent: 'required', target: { group: 'Sales' }, exclude: true },
      })
      .act({ action: 'app.assign', data: { app: 'B', intent: 'uninstall', target: 'all-users' } })
      .act({ action: 'app.assign', data: { app: 'B', intent: 'required', target: 'all-devices' } });
    expect(one.apps()).toEqual([['B', 3, 2]]);
  });

  it('comes with the apps that it depends on', () => {
    const one = tenant()
      .act({
        action: 'app.create',
        data: testApp('C', 0, { dependencies: [{ app: 'A', autoInstall: true }] }),
      })
      .act({ action: 'app.assign', data: { app: 'C', intent: 'required', target: 'all-devices' } });
    expect(one.apps()).toEqual([
      ['C', 3, 2],
      ['A', 0, 0],
    ]);
  });

  it('has a new revision after a change', () => {
    const one = tenant()
      .act({ action: 'app.assign', data: { app: 'A', intent: 'required', target: 'all-devices' } })
      .act({ action: 'app.update', data: { app: 'A', set: { installCommand: 'install.cmd /quiet' } } });
    const { payload } = one.ask('GetSelectedApp', []);
    expect(payload).toMatchObject([{ Name: 'A', Version: 2, InstallCommandLine: 'install.cmd /quiet' }]);
  });
});

describe('the package of an app', () => {
  const packed = () => {
    const tenant = Tenant.begin().act({ action: 'app.create', data: testApp('A') });
    const [app] = Object.values(tenant.state.apps);
    if (!app) throw new Error('no app');
    const { payload } = tenant.ask('GetContentInfo', {
      ApplicationId: app.id,
      ApplicationVersion: 1,
    });
    const answer = payload as { ContentInfo: string; DecryptInfo: string };
    const url = (JSON.parse(answer.ContentInfo) as { UploadLocation: string }).UploadLocation;
    const { response } = cloud.serve(tenant.state, { device, method: 'GET', url, headers: [], body: '' }, at);
    const info = readDecryptInfo(answer.DecryptInfo);
    if (!info) throw new Error('no decryption info');
    return { content: response.body as Bytes, info };
  };

  it('is authenticated, encrypted and holds the folder', () => {
    const { content, info } = packed();
    expect(verifyPackage(content, info)).toBe(true);
    const zip = openPackage(content, info);
    expect(Object.keys(unzipSync(toUint8Array(zip as Bytes)))).toEqual(['install.cmd']);
    expect(unpackFolder(zip as Bytes, 1_000_000)?.map(({ name }) => name)).toEqual(['install.cmd']);
    // 32 bytes of HMAC and 16 of IV before the cipher text, whose last block is padding.
    expect(content.length).toBe(48 + Math.floor((zip as Bytes).length / 16 + 1) * 16);
  });

  it('is refused where a byte of it was changed or cut off', () => {
    const { content, info } = packed();
    const changed = toUint8Array(content);
    changed[60] = (changed[60] ?? 0) ^ 1;
    expect(verifyPackage(fromUint8Array(changed), info)).toBe(false);
    expect(verifyPackage(content.slice(0, -16) as Bytes, info)).toBe(false);
    expect(verifyPackage('' as Bytes, info)).toBe(false);
    expect(openPackage(content.slice(0, -3) as Bytes, info)).toBeUndefined();
    expect(unpackFolder('not a zip' as Bytes, 1_000_000)).toBeUndefined();
  });

  it('is the same for the same folder', () => {
    expect(packed().content).toBe(packed().content);
  });
});

describe('results', () => {
  it('show in the admin centre after the lag, the last one wins', () => {
    const tenant = Tenant.begin().act({ action: 'app.create', data: testApp('A') });
    const [app] = Object.values(tenant.state.apps);
    const row = (state: number) => ({
      AppId: app?.id,
      InternalVersion: 1,
      UserId: '00000000-0000-0000-0000-000000000000',
      ExitCode: 0,
      ComplianceStateMessage: { Applicability: 0, ComplianceState: state, DesiredState: 2, ErrorCode: null },
      EnforcementStateMessage: { EnforcementState: 1000, ErrorCode: 0 },
    });
    tenant.ask('AppResult', [row(2), { AppId: 'unknown' }]);
    tenant.ask('AppResult', [row(1)]);
    expect(installReports(tenant.state)).toEqual([]);
    const shown = cloud.due(tenant.state, 'cloud.report.shown', { key: `${app?.id}|PC-1|` }, at);
    expect(installReports(shown.state)).toMatchObject([{ device, user: null, complianceState: 1 }]);
    expect(shown.events.map(({ what }) => what)).toEqual(['report.shown']);
  });
});

describe('the service refuses', () => {
  it('a device that is not enrolled, and what is no request', () => {
    const request = { device, method: 'PUT', headers: [], body: '{}' } as const;
    const url = "https://agents.amsub0502.manage.microsoft.com/SideCarGatewaySessions('1')";
    const status = (state: CloudState, more: object) =>
      cloud.serve(state, { ...request, url, ...more }, at).response.status;
    expect(status(cloud.empty, {})).toBe(401);
    expect(status(Tenant.begin().state, { body: 'no json' })).toBe(400);
    expect(status(Tenant.begin().state, {})).toBe(400);
    expect(status(Tenant.begin().state, { url: 'https://example.com/' })).toBe(404);
  });

  it('an act with a wrong field, naming it', () => {
    const tenant = Tenant.begin().act({ action: 'app.create', data: testApp('A') });
    const app = testApp('B');
    expect(tenant.refusal('app.destroy', {})).toMatch(/^admin-action: Unknown admin action "app.destroy"/);
    expect(tenant.refusal('app.create', { ...app, colour: 'red' })).toMatch(
      /^admin-data: app.create.colour: expected one of id, name/,
    );
    expect(tenant.refusal('app.create', { ...app, detection: [] })).toBe(
      'admin-data: app.create.detection: expected at least 1 entries, found [].',
    );
    expect(tenant.refusal('app.create', { ...app, detection: [{ kind: 'file', test: 'exists' }] })).toBe(
      'admin-data: app.create.detection[0].path: expected a text, found nothing.',
    );
    expect(
      tenant.refusal('app.create', { ...app, content: { ...app.content, setupFile: 'setup.exe' } }),
    ).toBe('admin-data: app.content.setupFile: "setup.exe" is not one of the files.');
    expect(tenant.refusal('app.create', testApp('A'))).toMatch(/^exists: /);
    expect(tenant.refusal('app.assign', { app: 'Z', intent: 'required', target: 'all-users' })).toBe(
      'not-found: app.assign: there is no app "Z".',
    );
    expect(
      tenant.refusal('app.assign', { app: 'A', intent: 'required', target: 'all-users', start: 'soon' }),
    ).toBe('admin-data: app.assign.start: expected a date and time like 2026-11-25T22:00:00, found "soon".');
    expect(
      tenant.refusal('app.update', { app: 'A', set: { supersedes: [{ app: 'A', uninstall: true }] } }),
    ).toBe('admin-data: app.supersedes: an app cannot supersede itself.');
    expect(tenant.refusal('group.add-member', { group: 'Sales' })).toMatch(/exactly one of user and device/);
    expect(tenant.refusal('device.enrol', null)).toMatch(/^admin-data: device.enrol: expected an object/);
  });
});
