import { compareIgnoreCase, upperInvariant } from '../engine/clock/case.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';
import {
  longRegistryPath,
  parseRegistryPath,
  registryPlace,
  registryRoots,
} from '../engine/device/registry/registry-place.ts';
import { valueText } from '../engine/device/registry/value-text.ts';

export interface RegistryHit {
  readonly path: string;
  /** Name of the value that matched; null where the key's own name did. */
  readonly value: string | null;
}

/** The next key, value name or value data that has the text, in the order of the tree after `after`. */
export function findInRegistry(read: DeviceReader, text: string, after: string): RegistryHit | null {
  const wanted = upperInvariant(text);
  const has = (candidate: string) => upperInvariant(candidate).includes(wanted);
  const start = parseRegistryPath(after);
  const startParts = start
    ? [longRegistryPath(start.root, ''), ...start.path.split('\\').filter((part) => part !== '')]
    : [];

  /** `from`: what is left of the path to start behind, as long as the walk is still on it; null where it is past it. */
  const walk = (
    root: string,
    path: string,
    name: string,
    from: readonly string[] | null,
  ): RegistryHit | null => {
    const place = registryPlace(read, root, path);
    const key = read.key(place.hive, place.path)?.value;
    if (!key) return null;
    if (from === null) {
      if (has(name)) return { path: longRegistryPath(root, path), value: null };
      for (const valueName of [...key.valueNames].sort(compareIgnoreCase)) {
        const value = read.value(place.hive, place.path, valueName)?.value;
        if (has(valueName) || (value && has(valueText(value))))
          return { path: longRegistryPath(root, path), value: valueName };
      }
    }
    for (const child of [...key.subKeys].sort(compareIgnoreCase)) {
      const next = from?.[0];
      let below: readonly string[] | null = null;
      if (next !== undefined) {
        const order = compareIgnoreCase(child, next);
        if (order < 0) continue;
        below = order === 0 ? (from?.slice(1) ?? null) : null;
      }
      const hit = walk(root, path === '' ? child : `${path}\\${child}`, child, below);
      if (hit) return hit;
    }
    return null;
  };

  let passed = startParts.length === 0;
  for (const long of registryRoots) {
    const parsed = parseRegistryPath(long);
    if (!parsed) continue;
    const isStart = long === startParts[0];
    if (!passed && !isStart) continue;
    const hit = walk(parsed.root, '', long, isStart ? startParts.slice(1) : null);
    passed = true;
    if (hit) return hit;
  }
  return null;
}
