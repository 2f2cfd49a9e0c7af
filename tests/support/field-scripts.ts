import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { hours, minutes, plus } from '../../src/base/time.ts';
import type { DeviceId } from '../../src/base/ids.ts';
import type { Moment } from '../../src/engine/world/moment.ts';
import { Simulation } from '../../src/engine/world/simulation.ts';
import { writtenBy } from '../../src/labs/touched.ts';
import { labFiles } from '../../src/node/lab-folder.ts';
import { expandWorld } from '../../src/labs/world-file.ts';

/**
 * Other people's scripts that must run unchanged. Their texts are never part of the project: an entry says where a
 * script comes from, what its text hashes to, who runs it where, what its author wants, and what shows that it came
 * about.
 */
const entrySchema = z.strictObject({
  repository: z.string(),
  path: z.string(),
  commit: z.string(),
  sha256: z.string(),
  as: z.enum(['admin', 'user', 'system']).describe('Who runs it, as the script expects.'),
  world: z.string().default('workplace').describe('File of the worlds folder.'),
  dialect: z.enum(['desktop', 'core']).default('desktop'),
  mark: z.boolean().default(false).describe("Saved with a byte order mark, as its author's editor does."),
  folder: z.string().default('C:\\Labs').describe('Where the script lies on the device.'),
  files: z
    .record(z.string(), z.string())
    .default({})
    .describe('Ours, beside the script: what it asks to be there. Full paths, or names in its folder.'),
  before: z.string().default('').describe('Commands of an administrator before the run.'),
  call: z
    .string()
    .default('')
    .describe('Arguments; or, where it begins with a dot and a blank, what follows once it is dot-sourced.'),
  intent: z.string().describe('What its author wants on such a device.'),
  after: z.int().default(0).describe('Minutes to wait after it has ended.'),
  outcome: z.strictObject({
    exitCode: z.int(),
    errors: z.array(z.string()).default([]).describe('First line of each error record shown, in order.'),
    says: z.array(z.string()).default([]).describe('Regular expressions that the output matches.'),
    changes: z
      .array(z.string())
      .default([])
      .describe('What was written, as prefix: registry:…, file:…, service:….'),
    then: z.record(z.string(), z.string()).default({}).describe('Command afterwards and what it prints.'),
  }),
});

export type FieldScript = z.infer<typeof entrySchema>;

export interface FieldOutcome {
  readonly exitCode: number | null;
  readonly errors: readonly string[];
  /** Expectations that did not hold. */
  readonly missing: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
  readonly changed: readonly string[];
}

const root = join(import.meta.dirname, '..', '..');
const corpus = join(root, 'tests', 'powershell', 'corpus');
/** Where `npm run corpus` puts what it fetched; `SIDECAR_CORPUS` names another folder. */
export const corpusFolder = (): string => process.env['SIDECAR_CORPUS'] ?? join(root, '.cache', 'corpus');

export function fieldScripts(): readonly FieldScript[] {
  return z.array(entrySchema).parse(parse(readFileSync(join(corpus, 'scripts.yaml'), 'utf8')));
}

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

let present: { readonly folder: string; readonly byHash: ReadonlyMap<string, Uint8Array> } | undefined;

/** The script's text by its hash, whatever the file is called; undefined where it is absent on this machine. */
export function textOf(script: FieldScript): string | undefined {
  const folder = corpusFolder();
  if (present?.folder !== folder) {
    const byHash = new Map<string, Uint8Array>();
    if (existsSync(folder))
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
        if (/\.ps1$/i.test(name)) {
          const bytes = readFileSync(join(folder, name));
          byHash.set(hashOf(bytes), bytes);
        }
    present = { folder, byHash };
  }
  const bytes = present.byHash.get(script.sha256);
  return bytes && new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

const worlds = new Map<string, { readonly moment: Moment; readonly device: DeviceId }>();

function worldNamed(name: string): { readonly moment: Moment; readonly device: DeviceId } {
  const known = worlds.get(name);
  if (known) return known;
  const folder = join(corpus, 'worlds');
  const files = labFiles(folder);
  const text = readFileSync(join(folder, `${name}.yaml`), 'utf8');
  const start = expandWorld({ file: name, text, files }, '1');
  if (!start.ok) throw new Error(JSON.stringify(start.error));
  const moment = Simulation.start(start.value).moment();
  const device = start.value.devices[0]?.id;
  if (!moment || !device) throw new Error(`world ${name} has no device, or a script still runs in it`);
  const made = { moment, device };
  worlds.set(name, made);
  return made;
}

/** Runs one script unchanged in a world of its own and compares with what its entry says. */
export function runFieldScript(script: FieldScript, text: string): FieldOutcome {
  const { moment, device } = worldNamed(script.world);
  const simulation = Simulation.from(moment);
  const place = (path: string, content: string) => {
    simulation.input({ kind: 'file.save', device, path, text: content });
    simulation.settle();
  };
  const path = `${script.folder}\\${basename(script.path)}`;
  place(path, script.mark && !text.startsWith('\uFEFF') ? `\uFEFF${text}` : text);
  for (const [name, content] of Object.entries(script.files))
    place(/^[A-Za-z]:\\/.test(name) ? name : `${script.folder}\\${name}`, content);
  const run = (as: FieldScript['as'], args: string, shell: 'powershell' | 'pwsh' = 'powershell') =>
    simulation.runScript({
      device,
      as,
      shell,
      arguments: args,
      workingDirectory: script.folder,
      limit: plus(simulation.now, hours(24)),
    });
  if (script.before !== '') {
    place('C:\\Labs\\before.ps1', script.before);
    const result = run('admin', '-NoProfile -ExecutionPolicy Bypass -File C:\\Labs\\before.ps1');
    if (result.stderr !== '') throw new Error(`before of ${script.path}: ${result.stderr}`);
  }
  const before = simulation.events.length;
  const dotted = /^\. (.*)$/s.exec(script.call);
  const args = dotted
    ? `-NoProfile -ExecutionPolicy Bypass -Command ". '${path}'; ${dotted[1] as string}"`
    : `-NoProfile -ExecutionPolicy Bypass -File "${path}" ${script.call}`;
  const result = run(script.as, args, script.dialect === 'core' ? 'pwsh' : 'powershell');
  if (script.after > 0) {
    const until = plus(simulation.now, minutes(script.after));
    simulation.input({ kind: 'advance', to: until });
    simulation.settle();
  }
  const changed = [
    ...new Set(
      simulation.events
        .since(before)
        .flatMap((event) => (event.device === device ? (writtenBy(event) ?? []) : [])),
    ),
  ].sort();
  const errors = messagesOf(result.stderr);
  const exitCode = result.givenUp ? null : result.exitCode;
  const { outcome } = script;
  const missing: string[] = [];
  if (exitCode !== outcome.exitCode)
    missing.push(`exit code: expected ${outcome.exitCode}, got ${exitCode ?? 'none, it did not end'}`);
  if (errors.join('\n') !== outcome.errors.join('\n'))
    missing.push(`errors: expected ${JSON.stringify(outcome.errors)}, got ${JSON.stringify(errors)}`);
  for (const said of outcome.says)
    if (!new RegExp(said, 'm').test(result.stdout)) missing.push(`output: nothing like /${said}/`);
  for (const change of outcome.changes)
    if (!changed.some((one) => one.toLowerCase().startsWith(change.toLowerCase())))
      missing.push(`changes: nothing under ${change}`);
  for (const [command, printed] of Object.entries(outcome.then)) {
    const file = 'C:\\Labs\\afterwards.ps1';
    place(file, command);
    const answer = run('admin', `-NoProfile -ExecutionPolicy Bypass -File ${file}`);
    const got = `${answer.stdout}${answer.stderr}`.trim().replaceAll('\r\n', '\n');
    if (got !== printed.trim()) missing.push(`${command}: expected ${printed}, got ${got}`);
  }
  return { exitCode, errors, missing, stdout: result.stdout, stderr: result.stderr, changed };
}

/** The text of each error record down to its position, on one line. */
function messagesOf(stderr: string): readonly string[] {
  const lines = stderr.split(/\r?\n/);
  const found: string[] = [];
  let start = 0;
  for (let n = 0; n < lines.length; n++) {
    const line = lines[n] as string;
    if (/^\s+\+ FullyQualifiedErrorId/.test(line)) {
      start = n + 1;
      continue;
    }
    if (/^At (.*:\d+|line:\d+) char:\d+$/.test(line) && n > start) {
      found.push(
        lines
          .slice(start, n)
          .filter((one) => one.trim() !== '' && !/^\s*\+/.test(one))
          .join(' ')
          .replace(/\s+/g, ' ')
          .trim(),
      );
      start = n;
    }
  }
  return found;
}
