import { SidecarError } from '../base/error.ts';
import { fail, ok } from '../base/result.ts';
import type { Result } from '../base/result.ts';
import type { WorldStart } from '../engine/world/world-start.ts';
import { checkYaml, readYaml } from './problem.ts';
import type { LabProblem, YamlFile } from './problem.ts';
import { checkSnapshots, readSnapshots, templateFiles, templateFolder } from './template.ts';
import { choose, fillIn, varySchema } from './vary.ts';
import { worldStart } from './world-inputs.ts';
import type { Path } from './world-inputs.ts';
import { templatedWorldSchema, worldSchema } from './world-schema.ts';
import type { WorldFile } from './world-schema.ts';

export interface WorldSource {
  /** File name for problems. */
  readonly file: string;
  readonly text: string;
  /** Text files of the folder, by path with `/`. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * The world of a seed: bare devices and the inputs from there to "now". Pure: the same source and seed give the same
 * start. A world that names a template begins as that standing device's world up to a snapshot; the template's files are
 * among the source's, under `vm-templates/NAME/`.
 */
export function expandWorld(source: WorldSource, seed: string): Result<WorldStart, readonly LabProblem[]> {
  const own = readFilled(source, seed);
  if (!own.ok) return own;
  const { yaml, filled } = own.value;
  if (!(typeof filled === 'object' && filled !== null && 'template' in filled)) {
    const world = checkYaml(yaml, filled, worldSchema);
    if (!world.ok) return world;
    const standing = checkStanding(source, world.value);
    if (!standing.ok) return standing;
    return worldStart({
      world: world.value,
      seed,
      files: source.files,
      templateSteps: 0,
      placeOf: (path) => ({ file: source.file, line: yaml.lineOf(path) }),
    });
  }
  const world = checkYaml(yaml, filled, templatedWorldSchema);
  if (!world.ok) return world;
  const template = templateOf(source, world.value.template, seed, yaml);
  if (!template.ok) return template;
  const { template: _, ...more } = world.value;
  const base = template.value;
  const lists = ['users', 'groups', 'devices', 'fleet', 'apps', 'timeline'] as const;
  const before = new Map<string, number>(lists.map((name) => [name, base.world[name].length]));
  const merged: WorldFile = {
    ...base.world,
    ...(more.disputes ? { disputes: { ...base.world.disputes, ...more.disputes } } : {}),
    users: [...base.world.users, ...more.users],
    groups: [...base.world.groups, ...more.groups],
    devices: [...base.world.devices, ...more.devices],
    fleet: [...base.world.fleet, ...more.fleet],
    apps: [...base.world.apps, ...more.apps],
    sites: [...base.world.sites, ...more.sites],
    timeline: [...base.world.timeline, ...more.timeline],
  };
  const placeOf = ([list, index, ...rest]: Path) => {
    const offset = before.get(String(list)) ?? 0;
    return typeof index === 'number' && index < offset
      ? { file: base.yaml.file, line: base.yaml.lineOf([list ?? '', index, ...rest]) }
      : {
          file: source.file,
          line: yaml.lineOf([
            ...(list === undefined ? [] : [list]),
            ...(typeof index === 'number' ? [index - offset] : []),
            ...rest,
          ]),
        };
  };
  return worldStart({
    world: merged,
    seed,
    files: source.files,
    templateSteps: base.world.timeline.length,
    placeOf,
  });
}

interface Filled {
  readonly yaml: YamlFile;
  readonly filled: unknown;
}

/** The file with what the seed chooses filled in. */
function readFilled(
  source: Pick<WorldSource, 'file' | 'text'>,
  seed: string,
): Result<Filled, readonly LabProblem[]> {
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
  return ok({ yaml: yaml.value, filled });
}

/** A standing device's own file has its list of snapshots beside it. */
function checkStanding(source: WorldSource, world: WorldFile): Result<void, readonly LabProblem[]> {
  const text = source.files.get('snapshots.yaml');
  if (text === undefined || !source.file.endsWith('device.yaml')) return ok(undefined);
  const file = source.file.replace(/device\.yaml$/, 'snapshots.yaml');
  const list = readSnapshots(file, text);
  return list.ok ? checkSnapshots(list.value, world, file, source.file) : list;
}

/** A standing device's world up to and with a snapshot, its packages named by where they stand here. */
function templateOf(
  source: WorldSource,
  { machine, snapshot }: { readonly machine: string; readonly snapshot: string },
  seed: string,
  own: YamlFile,
): Result<{ readonly world: WorldFile; readonly yaml: YamlFile }, readonly LabProblem[]> {
  const files = templateFiles(machine);
  const text = source.files.get(files.device);
  const wrong = (field: string, message: string) =>
    fail([
      { file: source.file, line: own.lineOf(['template', field]), message: `template.${field}: ${message}` },
    ]);
  if (text === undefined) {
    const known = [...source.files.keys()].flatMap(
      (path) => /^vm-templates\/([^/]+)\/device\.yaml$/.exec(path)?.[1] ?? [],
    );
    return wrong(
      'machine',
      `expected one of ${known.join(', ') || 'the folders under vm-templates'}, found ${machine}`,
    );
  }
  const list = readSnapshots(files.snapshots, source.files.get(files.snapshots));
  if (!list.ok) return list;
  const filled = readFilled({ file: files.device, text }, seed);
  if (!filled.ok) return filled;
  const world = checkYaml(filled.value.yaml, filled.value.filled, worldSchema);
  if (!world.ok) return world;
  const agree = checkSnapshots(list.value, world.value, files.snapshots, files.device);
  if (!agree.ok) return agree;
  const end = world.value.timeline.findIndex((step) => 'snapshot' in step && step.snapshot === snapshot);
  if (end < 0)
    return wrong(
      'snapshot',
      `expected one of ${list.value.snapshots.map(({ name }) => name).join(', ')}, found ${snapshot}`,
    );
  const at = (path: string): string => `${templateFolder}/${machine}/${path}`;
  return ok({
    yaml: filled.value.yaml,
    world: {
      ...world.value,
      devices: world.value.devices.map((device) => ({
        ...device,
        files: device.files.map((file) =>
          file.from === undefined ? file : { ...file, from: at(file.from) },
        ),
      })),
      apps: world.value.apps.map((app) => ({
        ...app,
        content: { ...app.content, folder: at(app.content.folder) },
      })),
      timeline: world.value.timeline.slice(0, end + 1),
    },
  });
}
