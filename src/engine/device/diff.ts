import { isoTime } from '../clock/time-text.ts';
import type { Device } from './device.ts';
import type { DirectoryNode, VolumeNode } from './filesystem/file-node.ts';
import { childrenOf, lengthOf } from './filesystem/file-node.ts';
import type { Keyed, KeyedMap } from './keyed-map.ts';
import { mapDiff } from './keyed-map.ts';
import type { KeyNode, ValueNode } from './registry/key-node.ts';
import { subKeysOf, valuesOf } from './registry/key-node.ts';
import { valueText, valuesEqual } from './registry/value-text.ts';
import type { Encode } from './state/encode.ts';
import {
  encodeCertificate,
  encodeDraw,
  encodeEventLog,
  encodeFile,
  encodeKeyHead,
  encodeMemory,
  encodeNodeHead,
  encodeProcess,
  encodeService,
  encodeSession,
  encodeTask,
  encodeToast,
  same,
} from './state/encode.ts';

/** One thing that is not the same in two devices. */
export interface DeviceDifference {
  readonly what:
    | 'registry-key'
    | 'registry-value'
    | 'file'
    | 'folder'
    | 'service'
    | 'process'
    | 'task'
    | 'event-log'
    | 'certificate'
    | 'session'
    | 'toast'
    | 'memory'
    | 'random'
    | 'machine';
  readonly change: 'added' | 'removed' | 'changed';
  /** Key or path: `HKLM\SOFTWARE\X`, `C:\x`; the name of other things. */
  readonly where: string;
  /** Of a registry value; '' is the default value, and for everything else. */
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * What differs between two states of a device, or two devices; empty exactly where their hashes are equal. Parts that
 * both share are skipped, so the cost is that of the differences. A key or folder itself is named only where nothing
 * directly in it differs (its time was touched, its case changed).
 */
export function diffDevices(a: Device, b: Device): readonly DeviceDifference[] {
  const found: DeviceDifference[] = [];
  diffKeys(a.hklm, b.hklm, 'HKLM', found);
  diffKeys(a.hku, b.hku, 'HKU', found);
  diffFolders(a.volume, b.volume, '', found);
  diffMaps(
    'service',
    a.services,
    b.services,
    encodeService,
    (one) => [one.definition.name, one.status],
    found,
  );
  diffMaps('process', a.processes, b.processes, encodeProcess, (one) => [`${one.id}`, one.file], found);
  diffMaps(
    'task',
    a.tasks,
    b.tasks,
    encodeTask,
    ({ definition, lastResult }) => [
      definition.path + definition.name,
      `${definition.enabled ? 'Ready' : 'Disabled'}, last result ${lastResult}`,
    ],
    found,
  );
  diffMaps(
    'event-log',
    a.eventLogs,
    b.eventLogs,
    encodeEventLog,
    (log) => [log.name, `${log.entries.length} records`],
    found,
  );
  diffMaps(
    'certificate',
    a.certificates,
    b.certificates,
    encodeCertificate,
    ({ certificate: one }) => [`${one.store}\\${one.container}\\${one.thumbprint}`, one.subject],
    found,
  );
  diffMaps('memory', a.memory, b.memory, encodeMemory, (one) => [one.key, JSON.stringify(one.value)], found);
  diffMaps('random', a.draws, b.draws, encodeDraw, (one) => [one.folded, `${one.count} drawn`], found);
  if (!same(a.sessions, b.sessions, (out, list) => out.list(list, (one) => encodeSession(out, one)))) {
    const text = (device: Device): string => device.sessions.map(({ sid }) => sid).join(', ');
    found.push(difference('session', 'sessions', '', text(a), text(b)));
  }
  if (!same(a.toasts, b.toasts, (out, list) => out.list(list, (one) => encodeToast(out, one)))) {
    const text = (device: Device): string => device.toasts.map(({ title }) => title).join(', ');
    found.push(difference('toast', 'toasts', '', text(a), text(b)));
  }
  diffFacts({ ...a.machine, diskUsed: a.diskUsed }, { ...b.machine, diskUsed: b.diskUsed }, found);
  diffFacts(a.start, b.start, found);
  return found.sort(inOrder);
}

const groups: readonly DeviceDifference['what'][] = [
  'registry-key',
  'registry-value',
  'folder',
  'file',
  'service',
  'process',
  'task',
  'certificate',
  'event-log',
  'session',
  'toast',
  'memory',
  'machine',
  'random',
];

/** Registry, files and the rest; each by place and name. A key stands before its values, a folder before its files. */
function inOrder(a: DeviceDifference, b: DeviceDifference): number {
  const part = (one: DeviceDifference): number => {
    const group = groups.indexOf(one.what);
    return group < 2 ? 0 : group < 4 ? 2 : group;
  };
  if (a.what !== b.what && part(a) !== part(b)) return part(a) - part(b);
  if (a.where !== b.where) return a.where < b.where ? -1 : 1;
  return groups.indexOf(a.what) - groups.indexOf(b.what) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}

function diffKeys(a: KeyNode, b: KeyNode, path: string, found: DeviceDifference[]): void {
  if (a === b) return;
  const start = found.length;
  mapDiff(a.values, b.values, (before, after) => {
    if (before !== undefined && after !== undefined && sameValue(before, after)) return;
    const name = (after ?? before)?.name ?? '';
    found.push(difference('registry-value', path, name, textOf(before), textOf(after)));
  });
  let inside = found.length > start;
  mapDiff(a.keys, b.keys, (before, after) => {
    if (before !== undefined && after !== undefined) diffKeys(before, after, `${path}\\${after.name}`, found);
    else {
      inside = true;
      if (before !== undefined) wholeKey(before, `${path}\\${before.name}`, 'removed', found);
      if (after !== undefined) wholeKey(after, `${path}\\${after.name}`, 'added', found);
    }
  });
  if (!inside && !same(a, b, encodeKeyHead))
    found.push(difference('registry-key', path, '', isoTime(a.lastWrite), isoTime(b.lastWrite), 'changed'));
}

function wholeKey(key: KeyNode, path: string, change: 'added' | 'removed', found: DeviceDifference[]): void {
  const side = (text: string): readonly [string | null, string | null] =>
    change === 'added' ? [null, text] : [text, null];
  found.push(difference('registry-key', path, '', ...side(isoTime(key.lastWrite))));
  for (const value of valuesOf(key))
    found.push(difference('registry-value', path, value.name, ...side(valueText(value.value))));
  for (const child of subKeysOf(key)) wholeKey(child, `${path}\\${child.name}`, change, found);
}

function diffFolders(a: DirectoryNode, b: DirectoryNode, path: string, found: DeviceDifference[]): void {
  if (a === b) return;
  let inside = false;
  const at = (name: string): string => (path === '' ? name : `${path}\\${name}`);
  mapDiff(a.children, b.children, (before, after) => {
    if (before?.kind === 'directory' && after?.kind === 'directory') {
      diffFolders(before, after, at(after.name), found);
      return;
    }
    if (before?.kind === 'file' && after?.kind === 'file') {
      if (same(before, after, encodeFile)) return;
      found.push(difference('file', at(after.name), '', fileText(before), fileText(after), 'changed'));
    } else {
      if (before !== undefined) wholeNode(before, at(before.name), 'removed', found);
      if (after !== undefined) wholeNode(after, at(after.name), 'added', found);
    }
    inside = true;
  });
  if (!inside && !same<VolumeNode>(a, b, encodeNodeHead))
    found.push(difference('folder', path, '', isoTime(a.modified), isoTime(b.modified), 'changed'));
}

function wholeNode(
  node: VolumeNode,
  path: string,
  change: 'added' | 'removed',
  found: DeviceDifference[],
): void {
  const what = node.kind === 'file' ? 'file' : 'folder';
  const text = node.kind === 'file' ? fileText(node) : isoTime(node.modified);
  found.push(
    change === 'added' ? difference(what, path, '', null, text) : difference(what, path, '', text, null),
  );
  if (node.kind === 'directory')
    for (const child of childrenOf(node)) wholeNode(child, `${path}\\${child.name}`, change, found);
}

function diffMaps<T extends Keyed>(
  what: DeviceDifference['what'],
  a: KeyedMap<T>,
  b: KeyedMap<T>,
  encode: Encode<T>,
  describe: (one: T) => readonly [where: string, text: string],
  found: DeviceDifference[],
): void {
  mapDiff(a, b, (before, after) => {
    if (before !== undefined && after !== undefined && same(before, after, encode)) return;
    const [where, text] = describe((after ?? before) as T);
    found.push(
      difference(
        what,
        where,
        '',
        before === undefined ? null : describe(before)[1],
        after === undefined ? null : text,
      ),
    );
  });
}

function diffFacts(a: object, b: object, found: DeviceDifference[]): void {
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (same(left[name], right[name], (out, value) => out.data(value))) continue;
    const text = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
    found.push(difference('machine', name, '', text(left[name]), text(right[name])));
  }
}

const sameValue = (a: ValueNode, b: ValueNode): boolean =>
  a.name === b.name && a.order === b.order && valuesEqual(a.value, b.value);

const textOf = (value: ValueNode | undefined): string | null =>
  value === undefined ? null : valueText(value.value);

const fileText = (file: VolumeNode): string => `${lengthOf(file)} bytes, ${isoTime(file.modified)}`;

function difference(
  what: DeviceDifference['what'],
  where: string,
  name: string,
  before: string | null,
  after: string | null,
  change: DeviceDifference['change'] = before === null ? 'added' : after === null ? 'removed' : 'changed',
): DeviceDifference {
  return { what, change, where, name, before, after };
}
