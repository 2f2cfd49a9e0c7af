// Who may import whom (docs/architecture.md). Reads the imports of every source file; reports each that breaks a rule,
// and cycles between the topics of the engine.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '..', '..', '..');

/** Folder prefix -> prefixes and packages it may import besides itself. The longest matching prefix holds. */
const allowed = {
  'src/base': [],
  'src/engine/clock': ['src/base', '@vvo/tzdb', 'windows-iana'],
  'src/engine/device': ['src/base', 'src/engine/clock', '@noble/hashes', 'asn1js', 'micro-rsa-dsa-dh'],
  'src/engine/cloud': [
    'src/base',
    'src/engine/clock',
    'src/engine/device/change.ts',
    // How messages are written, the same on both sides.
    'src/engine/mdm/syncml.ts',
    'fflate',
    '@noble/hashes',
    '@noble/ciphers',
  ],
  'src/engine/mdm': [
    'src/base',
    'src/engine/clock',
    'src/engine/device',
    'src/engine/agent',
    '@noble/hashes',
  ],
  'src/engine/agent': [
    'src/base',
    'src/engine/clock',
    'src/engine/device',
    'fflate',
    '@noble/hashes',
    '@noble/ciphers',
  ],
  'src/engine/powershell': ['src/base', 'fflate', '@noble/hashes', '@noble/ciphers'],
  'src/engine/console': ['src/base', 'src/engine/powershell', 'fflate'],
  'src/engine/world': ['src/base', 'src/engine', 'fflate', '@noble/hashes', '@noble/ciphers'],
  'src/labs': ['src/base', 'src/engine', 'src/targets', 'zod', 'yaml'],
  'src/views': ['src/base', 'src/engine', 'src/labs', 'src/protocol'],
  'src/protocol': ['src/base', 'zod'],
  'src/targets': ['src/base', 'src/engine'],
  'src/node': ['src/', 'node:', 'zod', 'yaml', 'fflate'],
  'src/cli': ['src/', 'node:', 'commander', 'zod', 'yaml'],
  electron: ['src/', 'electron', 'node:', 'zod'],
  'electron/preload': ['src/protocol', 'electron'],
  renderer: [
    'src/base',
    'src/protocol',
    'svelte',
    'bits-ui',
    'paneforge',
    'monaco-editor',
    '@xterm/',
    '@tanstack/',
    '@fontsource-variable/',
    '@fluentui/',
    'marked',
    'zod',
    'vite',
    '@sveltejs/',
    'node:',
  ],
  'renderer/ui': ['renderer/ui', 'svelte', 'bits-ui', 'paneforge', '@tanstack/', '@fluentui/', 'src/base'],
};
/** A pane never imports a pane. */
const separate = /^renderer\/panes\/([^/]+)\//;

const problems = [];
const topicEdges = new Map();

for (const file of ['src', 'electron', 'renderer'].flatMap((folder) => sources(join(root, folder)))) {
  const name = relative(root, file).replaceAll('\\', '/');
  const prefix = Object.keys(allowed)
    .filter((key) => name.startsWith(`${key}/`))
    .sort((a, b) => b.length - a.length)[0];
  if (!prefix) continue;
  for (const { specifier, line } of imports(readFileSync(file, 'utf8'))) {
    const target = specifier.startsWith('.')
      ? relative(root, resolve(dirname(file), specifier.replace(/\?.*$/, ''))).replaceAll('\\', '/')
      : specifier;
    const inside = target.startsWith(`${prefix}/`);
    const ok =
      inside ||
      allowed[prefix].some(
        (rule) =>
          target === rule ||
          target.startsWith(rule.endsWith('/') || rule.endsWith(':') ? rule : `${rule}/`) ||
          target === rule,
      );
    if (!ok) problems.push(`${name}:${line}: ${prefix} may not import ${target}`);
    const from = separate.exec(name)?.[1];
    const to = separate.exec(target)?.[1];
    if (from && to && from !== to) problems.push(`${name}:${line}: a pane may not import a pane (${target})`);
    if (name.startsWith('src/') && target.startsWith('src/')) edge(topic(name), topic(target));
  }
}

for (const cycle of cycles()) problems.push(`cycle between topics: ${cycle.join(' -> ')}`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log('layers: every import goes the allowed way');

function topic(path) {
  const parts = path.split('/');
  return parts[1] === 'engine' ? parts.slice(0, 3).join('/') : parts.slice(0, 2).join('/');
}

function edge(from, to) {
  if (from === to) return;
  if (!topicEdges.has(from)) topicEdges.set(from, new Set());
  topicEdges.get(from).add(to);
}

function cycles() {
  const found = [];
  const done = new Set();
  const walk = (node, trail) => {
    if (trail.includes(node)) {
      found.push([...trail.slice(trail.indexOf(node)), node]);
      return;
    }
    if (done.has(node)) return;
    for (const next of topicEdges.get(node) ?? []) walk(next, [...trail, node]);
    done.add(node);
  };
  for (const node of topicEdges.keys()) walk(node, []);
  return found;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sources(path);
    return /\.(ts|svelte)$/.test(entry.name) ? [path] : [];
  });
}

function imports(text) {
  const found = [];
  const pattern =
    /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;
  for (const match of text.matchAll(pattern)) {
    const specifier = match[1] ?? match[2] ?? match[3];
    found.push({ specifier, line: text.slice(0, match.index).split('\n').length });
  }
  return found;
}
