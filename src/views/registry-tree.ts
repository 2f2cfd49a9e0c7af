import { compareIgnoreCase, upperInvariant } from '../engine/clock/case.ts';
import {
  longRegistryPath,
  parseRegistryPath,
  registryPlace,
  registryRoots,
} from '../engine/device/registry/registry-place.ts';
import type { ViewData } from '../protocol/views.ts';
import { deviceOf } from './view.ts';
import type { View } from './view.ts';

type Row = ViewData<'registryTree'>['rows'][number];

/** The registry as the tree of regedit, flattened; only the rows in sight are made. */
export const registryTree: View<'registryTree'> = {
  reads(source, { expanded, first, count }) {
    const device = deviceOf(source);
    return [device?.hklm, device?.hku, device?.sessions, source.changes, expanded.join('\n'), first, count];
  },
  show({ simulation, device, changes }, { expanded, first, count }) {
    const read = simulation.read(device);
    const open = new Set(expanded.map((path) => upperInvariant(normal(path))));
    const rows: Row[] = [];
    let total = 0;
    const walk = (root: string, path: string, name: string, depth: number) => {
      const shown = longRegistryPath(root, path);
      const place = registryPlace(read, root, path);
      const isOpen = open.has(upperInvariant(shown));
      const inSight = total >= first && total < first + count;
      if (!inSight && !isOpen) {
        total++;
        return;
      }
      const subKeys = read.key(place.hive, place.path)?.value.subKeys ?? [];
      if (inSight) {
        const stored = upperInvariant(place.path === '' ? place.hive : `${place.hive}\\${place.path}`);
        rows.push({
          path: shown,
          name,
          depth,
          expandable: subKeys.length > 0,
          expanded: isOpen && subKeys.length > 0,
          changed: changes.keys.has(stored),
        });
      }
      total++;
      if (!isOpen) return;
      for (const child of [...subKeys].sort(compareIgnoreCase))
        walk(root, path === '' ? child : `${path}\\${child}`, child, depth + 1);
    };
    for (const long of registryRoots) {
      const parsed = parseRegistryPath(long);
      if (parsed) walk(parsed.root, '', long, 0);
    }
    return { total, first, rows };
  },
};

function normal(path: string): string {
  const parsed = parseRegistryPath(path);
  return parsed ? longRegistryPath(parsed.root, parsed.path) : path;
}
