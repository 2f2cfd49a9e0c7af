import { existsSync, lstatSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, posix, resolve } from 'node:path';
import { createHash } from 'node:crypto';
import { SidecarError } from '../base/error.ts';
import { readLab } from '../labs/lab.ts';
import type { Lab, LabFiles } from '../labs/lab.ts';
import { problemText, readYaml } from '../labs/problem.ts';
import { templateFolder } from '../labs/template.ts';

const largest = 4 * 1024 * 1024;

/**
 * Text files below a lab folder, or of those parts of it. Links are not followed: a lab is only what its folder holds.
 */
export function labFiles(folder: string, parts: readonly string[] = ['']): LabFiles {
  const files = new Map<string, string>();
  const read = (name: string) => {
    const text = readFileSync(join(folder, name));
    if (text.length > largest)
      throw new SidecarError(
        'lab-file-too-large',
        `${name} has ${text.length} bytes; a lab file may have ${largest}`,
        { name },
      );
    files.set(name, text.toString('utf8').replace(/^\uFEFF/, ''));
  };
  const walk = (prefix: string) => {
    const entries = readdirSync(join(folder, prefix), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    for (const entry of entries) {
      const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
      if (entry.isDirectory()) walk(name);
      else if (entry.isFile()) read(name);
    }
  };
  for (const part of parts) {
    const found = lstatSync(join(folder, part));
    if (found.isDirectory()) walk(part);
    else if (found.isFile()) read(part);
  }
  return files;
}

/**
 * Parts of its folder that a world file names in any of its texts. A text that is drawn counts as far as its folder is
 * certain.
 */
function namedParts(folder: string, file: string, text: string): readonly string[] {
  const parts = new Set([file]);
  const look = (value: unknown): void => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(look);
    if (typeof value !== 'string') return;
    const certain = value.includes('{{') ? dirname(`${value.slice(0, value.indexOf('{{'))}x`) : value;
    const part = posix.normalize(certain).replace(/\/$/, '');
    if (/^(\/|\.|[a-z]:)|\\/i.test(part) || !existsSync(join(folder, part))) return;
    parts.add(part);
  };
  const yaml = readYaml(file, text);
  if (yaml.ok) look(yaml.value.value);
  return [...parts];
}

/**
 * Files below a lab folder, or those that a world file names: it may stand in a folder with much else. Where its world
 * begins at a standing device's snapshot, also that device's files under `vm-templates/NAME/`. Templates are looked for
 * beside the folder and beside each folder above it.
 */
export function worldFiles(folder: string, world?: string): LabFiles {
  const text = world === undefined ? '' : readFileSync(join(folder, world), 'utf8');
  const files = new Map(
    world === undefined ? labFiles(folder) : labFiles(folder, namedParts(folder, world, text)),
  );
  const name = world ?? 'world.yaml';
  const machine = templateMachine(name, files.get(name) ?? '');
  if (machine === undefined) return files;
  for (let above = resolve(folder); ; above = dirname(above)) {
    const template = join(above, templateFolder, machine);
    if (existsSync(join(template, 'device.yaml'))) {
      for (const [name, text] of labFiles(template)) files.set(`${templateFolder}/${machine}/${name}`, text);
      return files;
    }
    if (above === dirname(above)) return files;
  }
}

function templateMachine(file: string, text: string): string | undefined {
  const yaml = readYaml(file, text);
  const value = yaml.ok ? (yaml.value.value as { template?: { machine?: unknown } } | null) : null;
  const machine = value?.template?.machine;
  // A name only: a template is a folder of the product, not a path of the author's.
  return typeof machine === 'string' && /^[\w-]+$/.test(machine) ? machine : undefined;
}

/** Reads a lab or throws one error that lists every problem as file:line: what was expected. */
export function loadLab(folder: string): Lab {
  const result = readLab(basename(folder), worldFiles(folder));
  if (result.ok) return result.value;
  throw new SidecarError(
    'lab-malformed',
    `The lab in ${folder} has errors:\n${result.error.map(problemText).join('\n')}`,
    { folder },
  );
}

/** Names the content an attempt was started with, so that a replay knows whether it has the same. */
export function labHash(lab: Lab): string {
  const hash = createHash('sha256');
  for (const name of [...lab.files.keys()].sort()) hash.update(`${name}\0${lab.files.get(name) ?? ''}\0`);
  return hash.digest('hex').slice(0, 16);
}
