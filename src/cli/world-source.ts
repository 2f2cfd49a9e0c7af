import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SidecarError } from '../base/error.ts';
import type { WorldStart } from '../engine/world/world-start.ts';
import { problemText } from '../labs/problem.ts';
import { expandWorld } from '../labs/world-file.ts';
import type { WorldSource } from '../labs/world-file.ts';
import { Course } from '../node/course.ts';
import { templateFolder } from '../labs/template.ts';
import { labFiles, worldFiles } from '../node/lab-folder.ts';
import { bareWorld } from './bare-world.ts';
import { installationRoot } from './root.ts';

export interface NamedWorld {
  readonly start: WorldStart;
  /** Device that commands run on. */
  readonly device: WorldStart['devices'][number]['id'];
}

/** The world of `--world FILE|LAB`; without it one enrolled device with nothing assigned. */
export function worldOf(name: string | undefined, seed: string): NamedWorld {
  const source = name === undefined ? { ...bareWorld, files: new Map<string, string>() } : sourceOf(name);
  const start = expandWorld(source, seed);
  if (!start.ok) throw new SidecarError('world-malformed', start.error.map(problemText).join('\n'));
  const device = start.value.devices[0];
  if (!device) throw new SidecarError('world-malformed', `${source.file}: expected at least one device`);
  return { start: start.value, device: device.id };
}

function sourceOf(name: string): WorldSource {
  const kind = existsSync(name) ? statSync(name) : undefined;
  if (kind?.isFile())
    return { file: name, text: readFileSync(name, 'utf8'), files: worldFiles(dirname(name), basename(name)) };
  // A standing device; by its folder, or by its name where it comes with the product.
  const standing = [name, join(installationRoot(), templateFolder, name)].find((folder) =>
    existsSync(join(folder, 'device.yaml')),
  );
  if (standing !== undefined) {
    const files = labFiles(standing);
    return { file: join(standing, 'device.yaml'), text: files.get('device.yaml') ?? '', files };
  }
  const folder = new Course(join(installationRoot(), 'labs')).folderOf(name);
  const files = worldFiles(folder);
  return { file: `${basename(folder)}/world.yaml`, text: files.get('world.yaml') ?? '', files };
}
