import { utf8Decode } from '../../src/base/bytes.ts';
import type { Instant } from '../../src/base/time.ts';
import { messageOf, messageText } from '../../src/engine/agent/index.ts';
import { deviceScope, win32AppsKey } from '../../src/engine/agent/paths.ts';
import { utcText } from '../../src/engine/agent/utc-text.ts';
import type { AdminAction, AppAssign, AppCreate } from '../../src/engine/cloud/admin-actions.ts';
import { appOf, installReports } from '../../src/engine/cloud/index.ts';
import type { InstallReport } from '../../src/engine/cloud/cloud-state.ts';
import type { DeviceReader } from '../../src/engine/device/device-reader.ts';
import type { WorldEvent } from '../../src/engine/world/event.ts';
import type { WorldStart } from '../../src/engine/world/world-start.ts';
import { admin, testDevice, testStart, TestWorld, testWorldStart } from './test-world.ts';

export { testApp } from './test-world.ts';

/** Entra object id of the user of the test device. */
export const userScope = '5f0c3b1e-7a52-4a8e-9a3c-0d4b2f8c1e01';
export { deviceScope };

/** What the registry says of an app, in the shortest form that a story can name. */
export interface AppState {
  readonly compliance: number;
  readonly applicability: number;
  readonly enforcement: number | null;
  readonly error: number | null;
  readonly exitCode: number | null;
}

/** A device with its agent, told as a story: an administrator assigns, time passes, the registry and the log say what was. */
export class AgentStory extends TestWorld {
  /** An enrolled device whose user is signed in; nothing is assigned yet. */
  static begin(seed = 'story', more: Partial<WorldStart> = {}): AgentStory {
    return new AgentStory({ ...testWorldStart(seed, [testDevice('BW-W11-5')], []), ...more });
  }

  act(action: AdminAction): this {
    return this.input(admin(action));
  }

  create(app: AppCreate): this {
    return this.act({ action: 'app.create', data: app });
  }

  assign(app: string, more: Partial<AppAssign> = {}): this {
    return this.act({
      action: 'app.assign',
      data: { app, intent: 'required', target: 'all-devices', ...more },
    });
  }

  /** To the end of the first check-in of a new device that is not longer than `minutes`. */
  firstCheckIn(minutes = 8): this {
    return this.advance({ minutes });
  }

  do(action: string, data: Record<string, string> = {}): this {
    return this.input({ kind: 'device.action', device: this.device, action, data });
  }

  get read(): DeviceReader {
    return this.simulation.read(this.device);
  }

  id(app: string): string {
    const found = appOf(this.simulation.world.cloud, app);
    if (!found) throw new Error(`There is no app ${app}`);
    return found.id;
  }

  /** Id of an assignment filter. */
  filter(name: string): string {
    const found = Object.values(this.simulation.world.cloud.appService.filters).find(
      (one) => one.name === name,
    );
    if (!found) throw new Error(`There is no filter ${name}`);
    return found.id;
  }

  value(path: string, name: string): string | number | null {
    const value = this.read.value('HKLM', path, name)?.value;
    return value === undefined ? null : (value.data as string | number);
  }

  state(app: string, scope: string = deviceScope, revision = 1): AppState | null {
    const key = `${win32AppsKey}\\${scope}\\${this.id(app)}_${revision}`;
    const json = (name: string) => {
      const text = this.value(`${key}\\${name}`, name);
      return typeof text === 'string' ? (JSON.parse(text) as Record<string, number | null>) : null;
    };
    const compliance = json('ComplianceStateMessage');
    const enforcement = json('EnforcementStateMessage');
    if (compliance === null) return null;
    return {
      compliance: compliance['ComplianceState'] ?? -1,
      applicability: compliance['Applicability'] ?? -1,
      enforcement: enforcement?.['EnforcementState'] ?? null,
      error: enforcement?.['ErrorCode'] ?? compliance['ErrorCode'] ?? null,
      exitCode: this.value(key, 'ExitCode') as number | null,
    };
  }

  /** Hash keys under GRS of a scope that hold a value of the app: usually one. */
  grs(app: string, scope: string = deviceScope): readonly string[] {
    const root = `${win32AppsKey}\\${scope}\\GRS`;
    return (this.read.key('HKLM', root)?.value.subKeys ?? []).flatMap((hash) => {
      const value = this.value(`${root}\\${hash}`, this.id(app));
      return typeof value === 'string' ? [value] : [];
    });
  }

  /** Times, in UTC as the agent stores them, at which an installer of the app was started. */
  attempts(app: string): readonly string[] {
    const folder = `C:\\Windows\\IMECache\\${this.id(app)}_`;
    return this.events(
      (event) =>
        event.data.kind === 'change' &&
        event.data.change.kind === 'process.start' &&
        event.data.change.workingDirectory.startsWith(folder),
    ).map((event) => utcText(event.at));
  }

  events(where: (event: WorldEvent) => boolean): readonly WorldEvent[] {
    return this.simulation.events.of(this.device).filter(where);
  }

  /** Words of the log records with these ids, in the order of writing; ids may end with `*`. */
  said(...ids: readonly string[]): readonly string[] {
    const wanted = (id: string) =>
      ids.some((one) => (one.endsWith('*') ? id.startsWith(one.slice(0, -1)) : id === one));
    return this.simulation.events
      .of(this.device)
      .flatMap(({ data }) =>
        data.kind === 'log' && wanted(data.message)
          ? [messageText(messageOf(data.message), data.parameters)]
          : [],
      );
  }

  log(name: string): string {
    const path = `C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs\\${name}.log`;
    const content = this.read.content(path);
    return content === undefined ? '' : utf8Decode(content);
  }

  file(path: string): boolean {
    return this.read.file(path) !== undefined;
  }

  reports(app: string): readonly InstallReport[] {
    return installReports(this.simulation.world.cloud).filter((row) => row.app === this.id(app));
  }

  /** Time since the story began, `1 03:20:00`. */
  static since(at: Instant): string {
    const seconds = Math.floor((at - testStart) / 1_000_000);
    const part = (value: number) => String(value).padStart(2, '0');
    return `${Math.floor(seconds / 86_400)} ${part(Math.floor(seconds / 3600) % 24)}:${part(Math.floor(seconds / 60) % 60)}:${part(seconds % 60)}`;
  }
}

/** Whole minutes between stored times, one after the other. */
export function minutesBetween(times: readonly string[]): readonly number[] {
  const at = times.map((time) => Date.parse(`${time} UTC`));
  return at.slice(1).map((one, i) => Math.round((one - (at[i] ?? one)) / 60_000));
}
