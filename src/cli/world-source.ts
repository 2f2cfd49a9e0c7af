import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SidecarError } from '../base/error.ts';
import type { WorldStart } from '../engine/world/world-start.ts';
import { problemText } from '../labs/problem.ts';
import { expandWorld } from '../labs/world-file.ts';
import type { WorldSource } from '../labs/world-file.ts';
import { Course } from '../node/course.ts';
import { labFiles } from '../node/lab-folder.ts';
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
  if (existsSync(name) && statSync(name).isFile())
    return { file: name, text: readFileSync(name, 'utf8'), files: labFiles(dirname(name)) };
  const folder = new Course(join(installationRoot(), 'labs')).folderOf(name);
  const files = labFiles(folder);
  return { file: `${basename(folder)}/world.yaml`, text: files.get('world.yaml') ?? '', files };
}
