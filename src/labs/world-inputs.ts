import { assertNever } from '../base/assert-never.ts';
import { consoleId, deviceId } from '../base/ids.ts';
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import { instant, plus } from '../base/time.ts';
import type { Instant } from '../base/time.ts';
import type { Answers } from '../engine/agent/disputes.ts';
import type { QueueData } from '../engine/device/change.ts';
import type { DeviceStart, UserStart } from '../engine/device/device-start.ts';
import type { Input } from '../engine/world/input.ts';
import type { Site } from '../engine/world/sites.ts';
import type { WorldStart } from '../engine/world/world-start.ts';
import { durationOf } from './duration.ts';
import { entraSid } from './entra-sid.ts';
import { fleetOf } from './fleet.ts';
import type { LabProblem } from './problem.ts';
import { drawGuid } from './vary.ts';
import type { WorldFile, WorldStep } from './world-schema.ts';

export type Path = readonly PropertyKey[];

interface WorldParts {
  readonly world: WorldFile;
  readonly seed: string;
  /** Text files that the world refers to, by path with `/`. */
  readonly files: ReadonlyMap<string, string>;
  /** How many steps of the timeline are a template's: `until` of the others counts from after them. */
  readonly templateSteps: number;
  /** File and line of a part of the world. */
  readonly placeOf: (path: Path) => { readonly file: string; readonly line: number };
}

/** What is set; the schema has checked names and answers. */
const given = (answers: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(answers).flatMap(([question, one]) => (one === undefined ? [] : [[question, one]])),
  );

/** Bare devices, and the inputs that a world file stands for. */
export function worldStart(parts: WorldParts): Result<WorldStart, readonly LabProblem[]> {
  const { seed, files } = parts;
  const problems: LabProblem[] = [];
  const problem = (path: Path, message: string) => {
    problems.push({ ...parts.placeOf(path), message });
  };
  const fleet = fleetOf(parts.world.fleet, seed);
  const world: WorldFile = {
    ...parts.world,
    users: [...parts.world.users, ...fleet.users],
    devices: [...parts.world.devices, ...fleet.devices],
    groups: parts.world.groups.map((group) => {
      const more = fleet.members.get(group.name);
      return more
        ? { ...group, users: [...group.users, ...more.users], devices: [...group.devices, ...more.devices] }
        : group;
    }),
  };
  for (const name of fleet.members.keys())
    if (!world.groups.some((group) => group.name === name))
      problem(['fleet'], `fleet: expected a name from groups, found ${name}`);
  const textOf = (
    path: Path,
    what: string,
    file: { from?: string | undefined; text?: string | undefined },
  ): string => {
    if (file.text !== undefined) return file.text;
    const text = files.get(file.from ?? '');
    if (text === undefined) problem(path, `${what}: expected text, or from with a file of the folder`);
    return text ?? '';
  };

  const sites = world.sites.map((site, index): Site => ({
    url: site.url,
    ...(site.method === undefined ? {} : { method: site.method }),
    ...(site.status === undefined ? {} : { status: site.status }),
    headers: Object.entries(site.headers),
    body: textOf(['sites', index], site.url, site),
  }));

  const users = new Map<string, UserStart>(
    world.users.map((user) => {
      const entraId = (user.entraId ?? drawGuid(seed, `user ${user.name}`)).toLowerCase();
      return [user.name, { ...user, entraId, sid: entraSid(entraId) }];
    }),
  );
  const userOf = (path: Path, where: string, name: string): UserStart | undefined => {
    const user = users.get(name);
    if (!user) problem(path, `${where}: expected a name from users, found ${name}`);
    return user;
  };

  if (world.devices.length === 0) problem([], 'expected at least one device under devices, or a fleet');
  const devices = new Map<string, DeviceStart>();
  const primaryUsers = new Map<string, string>();
  world.devices.forEach((device, i) => {
    const { primaryUser, users: names, files: own, id, disputes, tools, ...rest } = device;
    const path = ['devices', i];
    if (devices.has(id)) problem(path, `device ${id}: another device has this id`);
    if (primaryUser !== undefined) primaryUsers.set(id, primaryUser);
    devices.set(id, {
      ...rest,
      ...(disputes ? { disputes: given(disputes) } : {}),
      ...(tools ? { tools } : {}),
      id: deviceId(id),
      entraDeviceId: drawGuid(seed, `device ${id} entra`),
      intuneDeviceId: drawGuid(seed, `device ${id} intune`),
      users: names.flatMap((name) => userOf([...path, 'users'], `device ${id}`, name) ?? []),
      files: own.map((file) => ({ path: file.path, text: textOf([...path, 'files'], file.path, file) })),
    });
  });
  const deviceOf = (path: Path, where: string, id: string): DeviceStart | undefined => {
    const device = devices.get(id);
    if (!device) problem(path, `${where}: expected a device of the file, found ${id}`);
    return device;
  };

  const start = instant(Date.parse(world.start) * 1000);
  let since = start;
  let now: Instant = start;
  let arrived = 0;
  const inputs: Input[] = [];
  const admin = (action: string, data: QueueData) => {
    inputs.push({ kind: 'admin', action, data });
  };
  const advance = (to: Instant) => {
    if (to <= now) return;
    now = to;
    inputs.push({ kind: 'advance', to });
  };
  /** Devices of a fleet come at their own times, whatever else the timeline does. */
  const moveTo = (to: Instant) => {
    for (; arrived < fleet.arrivals.length; arrived++) {
      const { after, device, user } = fleet.arrivals[arrived] as (typeof fleet.arrivals)[number];
      const at = plus(start, after);
      if (at > to) break;
      advance(at);
      enrol([], device);
      inputs.push({ kind: 'device.action', device: deviceId(device), action: 'sign-in', data: { user } });
    }
    advance(to);
  };

  const { name, region } = world.tenant;
  admin('tenant.create', { name, seed, ...(region ? { region } : {}) });
  for (const user of users.values())
    admin('user.create', { id: user.entraId, upn: user.upn, displayName: user.displayName });
  /** Devices that are enrolled now, and those the tenant has known. */
  const enrolled = new Set<string>();
  const enrolledBefore = new Set<string>();
  /** Whether a device was enrolled when a snapshot of it was taken. */
  const enrolledAt = new Map<string, boolean>();
  /** Groups of a device by its id. */
  const groupsOf = new Map<string, string[]>();
  world.groups.forEach((group, i) => {
    admin('group.create', { name: group.name });
    for (const name of group.users) {
      const user = userOf(['groups', i, 'users'], `group ${group.name}`, name);
      if (user) admin('group.add-member', { group: group.name, user: user.upn });
    }
    for (const id of group.devices) {
      if (deviceOf(['groups', i, 'devices'], `group ${group.name}`, id))
        groupsOf.set(id, [...(groupsOf.get(id) ?? []), group.name]);
    }
  });

  const createdLater = new Set(world.timeline.flatMap((step) => ('create' in step ? [step.create] : [])));
  const contentOf = (
    path: Path,
    app: string,
    content: { readonly folder: string; readonly setupFile: string },
  ) => {
    const prefix = `${content.folder.replace(/\/$/, '')}/`;
    const packed = [...files.entries()]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, text]) => ({ name: name.slice(prefix.length).replaceAll('/', '\\'), text }));
    if (!packed.some((file) => file.name.toLowerCase() === content.setupFile.toLowerCase()))
      problem(path, `app ${app}: expected ${content.setupFile} in ${content.folder}`);
    return { setupFile: content.setupFile, files: packed };
  };
  const create = (path: Path, name: string) => {
    const i = world.apps.findIndex((one) => one.name === name);
    const app = world.apps[i];
    if (!app) {
      problem(path, `create: expected the name of an app of the file, found ${name}`);
      return;
    }
    const content = contentOf(['apps', i, 'content'], name, app.content);
    admin('app.create', { ...app, content } as unknown as QueueData);
  };
  world.apps.forEach((app, i) => {
    if (!createdLater.has(app.name)) create(['apps', i], app.name);
  });
  world.timeline.forEach((step, i) => {
    take(['timeline', i], step);
    if (i === parts.templateSteps - 1) since = now;
  });
  const last = fleet.arrivals.at(-1);
  if (last) moveTo(plus(start, last.after) > now ? plus(start, last.after) : now);

  if (problems.length > 0) return fail(problems);
  return ok({
    seed,
    start,
    devices: [...devices.values()],
    inputs,
    ...(world.disputes ? { disputes: given(world.disputes) as Answers } : {}),
    ...(world.sites.length > 0 ? { sites } : {}),
  });

  function take(path: Path, step: WorldStep): void {
    if ('advance' in step) return moveTo(instant(now + durationOf(step.advance)));
    if ('until' in step) return moveTo(instant(since + durationOf(step.until)));
    if ('enrol' in step) return enrol(path, step.enrol);
    if ('create' in step) return create(path, step.create);
    if ('update' in step) {
      const { app, set } = step.update;
      const content = set.content ? { content: contentOf(path, app, set.content) } : {};
      return admin('app.update', { app, set: { ...set, ...content } } as unknown as QueueData);
    }
    if ('assign' in step) return admin('app.assign', step.assign as QueueData);
    if ('admin' in step) return admin(step.admin, step.data as QueueData);
    if ('device' in step) {
      const device = deviceOf(path, `device ${step.device}`, step.on);
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
      const device = deviceOf(path, `save ${step.save.path}`, step.save.on);
      if (device)
        inputs.push({
          kind: 'file.save',
          device: device.id,
          path: step.save.path,
          text: textOf(path, step.save.path, step.save),
        });
      return;
    }
    if ('run' in step) {
      const device = deviceOf(path, `run ${step.run}`, step.on);
      const console = consoleId(`world ${inputs.length}`);
      if (!device) return;
      const { id } = device;
      const { as, shell } = step;
      inputs.push({ kind: 'console.open', device: id, console, as, shell, width: 120, height: 30 });
      inputs.push({ kind: 'console.line', device: id, console, text: step.run });
      inputs.push({ kind: 'console.close', device: id, console });
      return;
    }
    if ('snapshot' in step) {
      const device = deviceOf(path, `snapshot ${step.snapshot}`, step.on);
      enrolledAt.set(`${step.on}/${step.snapshot}`, enrolled.has(step.on));
      if (device) inputs.push({ kind: 'snapshot.take', device: device.id, name: step.snapshot });
      return;
    }
    if ('restore' in step) {
      const device = deviceOf(path, `restore ${step.restore}`, step.on);
      const was = enrolledAt.get(`${step.on}/${step.restore}`);
      if (was === false) enrolled.delete(step.on);
      if (was === true) enrolled.add(step.on);
      if (was === undefined)
        problem(
          path,
          `restore: expected a snapshot of ${step.on} that was taken before, found ${step.restore}`,
        );
      if (device) inputs.push({ kind: 'snapshot.restore', device: device.id, name: step.restore });
      return;
    }
    assertNever(step);
  }

  function enrol(path: Path, id: string): void {
    const device = deviceOf(path, 'enrol', id);
    if (!device) return;
    if (enrolled.has(id)) return problem(path, `enrol ${id}: the device is enrolled already`);
    enrolled.add(id);
    const known = enrolledBefore.has(id);
    enrolledBefore.add(id);
    const primary = primaryUsers.get(id);
    const user = primary === undefined ? undefined : userOf(path, `device ${id}`, primary);
    admin('device.enrol', {
      device: id,
      entraDeviceId: device.entraDeviceId,
      intuneDeviceId: device.intuneDeviceId,
      agentVersion: device.agentVersion,
      ...(user ? { primaryUser: user.upn } : {}),
    });
    // A device can be a member of a group once the tenant knows it; one that was set up anew still is.
    if (known) return;
    for (const group of groupsOf.get(id) ?? []) admin('group.add-member', { group, device: id });
  }
}
