import { SidecarError } from '../base/error.ts';
import { deviceId } from '../base/ids.ts';
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { instant } from '../base/time.ts';
import type { Instant } from '../base/time.ts';
import type { Answers } from '../engine/agent/disputes.ts';
import type { QueueData } from '../engine/device/change.ts';
import type { DeviceStart, UserStart } from '../engine/device/device-start.ts';
import type { Input } from '../engine/world/input.ts';
import type { WorldStart } from '../engine/world/world-start.ts';
import { assertNever } from '../base/assert-never.ts';
import { durationOf } from './duration.ts';
import { entraSid } from './entra-sid.ts';
import { checkYaml, readYaml } from './problem.ts';
import type { LabProblem } from './problem.ts';
import { choose, drawGuid, fillIn, varySchema } from './vary.ts';
import { worldSchema } from './world-schema.ts';
import type { WorldFile, WorldStep } from './world-schema.ts';

export interface WorldSource {
  /** File name for problems. */
  readonly file: string;
  readonly text: string;
  /** Text files of the folder, by path with `/`. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The world of a seed: bare devices and the inputs from there to "now". Pure: the same source and seed give the same
 * start.
 */
export function expandWorld(source: WorldSource, seed: string): Result<WorldStart, readonly LabProblem[]> {
  const yaml = readYaml(source.file, source.text);
  if (!yaml.ok) return yaml;
  const raw = yaml.value.value;
  const varied = varySchema.safeParse((raw as { vary?: unknown } | null)?.vary ?? {});
  let filled: unknown = raw;
  if (varied.success) {
    try {
      filled = fillIn(raw, choose(seed, varied.data), seed);
    } catch (error) {
      if (!(error instanceof SidecarError)) throw error;
      return fail([{ file: source.file, line: 1, message: error.message }]);
    }
  }
  const world = checkYaml(yaml.value, filled, worldSchema);
  return world.ok ? build(source, world.value, seed) : world;
}

/** What is set; the schema has checked names and answers. */
const given = (answers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([question, one]) => (one === undefined ? [] : [[question, one]])),
  );

function build(
  source: WorldSource,
  world: WorldFile,
  seed: string,
): Result<WorldStart, readonly LabProblem[]> {
  const problems: LabProblem[] = [];
  const problem = (message: string) => {
    problems.push({ file: source.file, line: 1, message });
  };
  const textOf = (what: string, file: { from?: string | undefined; text?: string | undefined }): string => {
    if (file.text !== undefined) return file.text;
    const text = source.files.get(file.from ?? '');
    if (text === undefined) problem(`${what}: expected text, or from with a file of the folder`);
    return text ?? '';
  };

  const users = new Map<string, UserStart>(
    world.users.map((user) => {
      const entraId = (user.entraId ?? drawGuid(seed, `user ${user.name}`)).toLowerCase();
      return [user.name, { ...user, entraId, sid: entraSid(entraId) }];
    }),
  );
  const userOf = (where: string, name: string): UserStart | undefined => {
    const user = users.get(name);
    if (!user) problem(`${where}: expected a name from users, found ${name}`);
    return user;
  };

  const devices = world.devices.map((device): DeviceStart => {
    const { primaryUser: _, users: names, files, id, disputes, ...rest } = device;
    return {
      ...rest,
      ...(disputes ? { disputes: given(disputes) } : {}),
      id: deviceId(id),
      entraDeviceId: drawGuid(seed, `device ${id} entra`),
      intuneDeviceId: drawGuid(seed, `device ${id} intune`),
      users: names.flatMap((name) => userOf(`device ${id}`, name) ?? []),
      files: files.map((file) => ({ path: file.path, text: textOf(file.path, file) })),
    };
  });
  const deviceOf = (where: string, id: string): DeviceStart | undefined => {
    const device = devices.find((one) => one.id === id);
    if (!device) problem(`${where}: expected a device of the file, found ${id}`);
    return device;
  };

  const start = instant(Date.parse(world.start) * 1000);
  let now: Instant = start;
  const inputs: Input[] = [];
  const admin = (action: string, data: QueueData) => {
    inputs.push({ kind: 'admin', action, data });
  };
  const moveTo = (to: Instant) => {
    if (to <= now) return;
    now = to;
    inputs.push({ kind: 'advance', to });
  };

  admin('tenant.create', { name: world.tenant.name, seed });
  for (const user of users.values())
    admin('user.create', { id: user.entraId, upn: user.upn, displayName: user.displayName });
  const enrolled = new Set<string>();
  for (const group of world.groups) {
    admin('group.create', { name: group.name });
    for (const name of group.users) {
      const user = userOf(`group ${group.name}`, name);
      if (user) admin('group.add-member', { group: group.name, user: user.upn });
    }
    for (const id of group.devices) deviceOf(`group ${group.name}`, id);
  }

  const createdLater = new Set(world.timeline.flatMap((step) => ('create' in step ? [step.create] : [])));
  const contentOf = (app: string, content: { readonly folder: string; readonly setupFile: string }) => {
    const prefix = `${content.folder.replace(/\/$/, '')}/`;
    const files = [...source.files.entries()]
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, text]) => ({ name: path.slice(prefix.length).replaceAll('/', '\\'), text }));
    if (!files.some((file) => file.name.toLowerCase() === content.setupFile.toLowerCase()))
      problem(`app ${app}: expected ${content.setupFile} in ${content.folder}`);
    return { setupFile: content.setupFile, files };
  };
  const create = (name: string) => {
    const app = world.apps.find((one) => one.name === name);
    if (!app) return problem(`create: expected the name of an app of the file, found ${name}`);
    admin('app.create', { ...app, content: contentOf(name, app.content) } as unknown as QueueData);
  };
  for (const app of world.apps) if (!createdLater.has(app.name)) create(app.name);
  for (const step of world.timeline) take(step);

  if (problems.length > 0) return fail(problems);
  return ok({
    seed,
    start,
    devices,
    inputs,
    ...(world.disputes ? { disputes: given(world.disputes) as Answers } : {}),
  });

  function take(step: WorldStep): void {
    if ('advance' in step) return moveTo(instant(now + durationOf(step.advance)));
    if ('until' in step) return moveTo(instant(start + durationOf(step.until)));
    if ('enrol' in step) return enrol(step.enrol);
    if ('create' in step) return create(step.create);
    if ('update' in step) {
      const { app, set } = step.update;
      const content = set.content ? { content: contentOf(app, set.content) } : {};
      return admin('app.update', { app, set: { ...set, ...content } } as unknown as QueueData);
    }
    if ('assign' in step) return admin('app.assign', step.assign as QueueData);
    if ('admin' in step) return admin(step.admin, step.data as QueueData);
    if ('device' in step) {
      const device = deviceOf(`device ${step.device}`, step.on);
      if (device)
        inputs.push({
          kind: 'device.action',
          device: device.id,
          action: step.device,
          data: step.data as QueueData,
        });
      return;
    }
    if ('save' in step) {
      const device = deviceOf(`save ${step.save.path}`, step.save.on);
      if (device)
        inputs.push({
          kind: 'file.save',
          device: device.id,
          path: step.save.path,
          text: textOf(step.save.path, step.save),
        });
      return;
    }
    assertNever(step);
  }

  function enrol(id: string): void {
    const device = deviceOf('enrol', id);
    if (!device) return;
    if (enrolled.has(id)) return problem(`enrol ${id}: the device is enrolled already`);
    enrolled.add(id);
    const primary = world.devices.find((one) => one.id === id)?.primaryUser;
    const user = primary === undefined ? undefined : userOf(`device ${id}`, primary);
    admin('device.enrol', {
      device: id,
      entraDeviceId: device.entraDeviceId,
      intuneDeviceId: device.intuneDeviceId,
      ...(user ? { primaryUser: user.upn } : {}),
    });
    // A device can be a member of a group once the tenant knows it.
    for (const group of world.groups) {
      if (group.devices.includes(id)) admin('group.add-member', { group: group.name, device: id });
    }
  }
}
