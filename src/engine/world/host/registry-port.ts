import { ok } from '../../../base/result.ts';
import { mapSize } from '../../device/keyed-map.ts';
import type { KeyNode } from '../../device/registry/key-node.ts';
import { findValue, subKeysOf, valuesOf } from '../../device/registry/key-node.ts';
import type { HostResult, RegistryPath, RegistryPort, RegistryView } from '../../powershell/host.ts';
import { mayReadKey, mayWriteKey } from './access.ts';
import type { HostOptions } from './host-options.ts';
import { refused, registryDenied, registryKeyMissing } from './refused.ts';
import type { StoredPath } from './registry-path.ts';
import { storedPath, userClasses } from './registry-path.ts';

/** The registry as one identity sees it: hives that are views, redirection, access. */
export function registryPort(options: HostOptions): RegistryPort {
  const { identity, onRead, onWrite } = options;
  const registry = () => options.draft().registry;
  const name = ({ hive, path }: StoredPath): string => `registry:${hive}${path === '' ? '' : `\\${path}`}`;

  // Scripts stay on one key: the last one resolved is remembered with the answer whether it may be written.
  let lastPath: RegistryPath | undefined;
  let lastText = '';
  let lastView: RegistryView = 'default';
  let lastStored: StoredPath = { hive: 'HKLM', path: '' };
  let lastWritable: boolean | undefined;
  const resolve = (path: RegistryPath, view: RegistryView): StoredPath => {
    if (lastPath?.hive === path.hive && lastText === path.path && lastView === view) return lastStored;
    const stored = storedPath(path, identity, view);
    lastPath = path;
    lastText = path.path;
    lastView = view;
    lastStored = stored;
    lastWritable = undefined;
    return stored;
  };
  const writable = (stored: StoredPath): boolean => {
    if (stored !== lastStored) return mayWriteKey(stored, identity);
    return (lastWritable ??= mayWriteKey(stored, identity));
  };

  /** Where a key is stored, with the user's own classes over the machine's. */
  const locate = (path: RegistryPath, view: RegistryView): StoredPath => {
    const stored = resolve(path, view);
    if (path.hive !== 'HKCR') return stored;
    const own = userClasses(path.path, identity);
    return registry().find(own.hive, own.path) === undefined ? stored : own;
  };
  const open = (path: RegistryPath, view: RegistryView): HostResult<KeyNode> => {
    const stored = locate(path, view);
    onRead?.(name(stored));
    if (!mayReadKey(stored, identity)) return registryDenied(path.path);
    const key = registry().find(stored.hive, stored.path);
    return key === undefined ? registryKeyMissing(path.path) : ok(key);
  };
  /** The machine's side of a key of HKCR whose user's side is `key`. */
  const beneath = (path: RegistryPath, view: RegistryView, key: KeyNode): KeyNode | undefined => {
    if (path.hive !== 'HKCR') return undefined;
    const stored = resolve(path, view);
    const machine = registry().find(stored.hive, stored.path);
    return machine === key ? undefined : machine;
  };
  const forWriting = (path: RegistryPath, view: RegistryView): HostResult<StoredPath> => {
    const stored = locate(path, view);
    onWrite?.(name(stored));
    if (!writable(stored)) return registryDenied(path.path);
    return registry().find(stored.hive, stored.path) === undefined
      ? registryKeyMissing(path.path)
      : ok(stored);
  };

  return {
    key(path, view = 'default') {
      const found = open(path, view);
      if (!found.ok) return found;
      const key = found.value;
      const leaf = path.path.slice(path.path.lastIndexOf('\\') + 1);
      // A redirected key goes by the name it was asked for.
      const shown = leaf === '' ? path.hive : key.name.toUpperCase() === leaf.toUpperCase() ? key.name : leaf;
      return ok({
        name: shown,
        subKeyCount: mapSize(key.keys),
        valueCount: mapSize(key.values),
        lastWrite: key.lastWrite,
      });
    },
    subKeys(path, view = 'default') {
      const found = open(path, view);
      if (!found.ok) return found;
      const keys = subKeysOf(found.value);
      const machine = beneath(path, view, found.value);
      if (machine === undefined) return ok(keys.map((key) => key.name));
      const own = new Set(keys.map((key) => key.folded));
      const merged = [...keys, ...subKeysOf(machine).filter((key) => !own.has(key.folded))];
      return ok(merged.sort((a, b) => (a.folded < b.folded ? -1 : 1)).map((key) => key.name));
    },
    valueNames(path, view = 'default') {
      const found = open(path, view);
      if (!found.ok) return found;
      const values = valuesOf(found.value);
      const machine = beneath(path, view, found.value);
      const own = new Set(values.map((value) => value.folded));
      const more = machine === undefined ? [] : valuesOf(machine).filter((value) => !own.has(value.folded));
      return ok([...values, ...more].map((value) => value.name));
    },
    value(path, valueName, view = 'default') {
      const found = open(path, view);
      if (!found.ok) return found;
      const machine = beneath(path, view, found.value);
      const value = findValue(found.value, valueName) ?? (machine && findValue(machine, valueName));
      return value === undefined ? registryKeyMissing(path.path) : ok(value.value);
    },
    createKey(path, view = 'default') {
      const stored = locate(path, view);
      onWrite?.(name(stored));
      if (registry().find(stored.hive, stored.path) !== undefined) return ok({ created: false });
      if (!writable(stored)) return registryDenied(path.path);
      if (stored.path === '') return refused('invalid-name', 'The parameter is incorrect.', path.path);
      const written = options.emit({ kind: 'registry.create-key', ...stored });
      return written.ok ? ok({ created: true }) : written;
    },
    deleteKey(path, recurse, view = 'default') {
      const found = forWriting(path, view);
      if (!found.ok) return found;
      const { hive, path: key } = found.value;
      const node = registry().find(hive, key);
      if (!recurse && mapSize(node?.keys ?? null) > 0)
        return refused('not-empty', 'The key has subkeys.', path.path);
      if (key === '' || (hive === 'HKU' && !key.includes('\\')) || isHiveRoot(found.value))
        return registryDenied(path.path);
      return options.emit({ kind: 'registry.delete-key', ...found.value });
    },
    renameKey(path, newName, view = 'default') {
      const found = forWriting(path, view);
      if (!found.ok) return found;
      if (newName === '' || newName.includes('\\'))
        return refused('invalid-name', 'The parameter is incorrect.', newName);
      const { hive, path: key } = found.value;
      const parent = key.slice(0, Math.max(key.lastIndexOf('\\'), 0));
      const sibling = parent === '' ? newName : `${parent}\\${newName}`;
      const taken = registry().find(hive, sibling);
      if (taken !== undefined && taken !== registry().find(hive, key))
        return refused('already-exists', 'A key in this path already exists.', sibling);
      return options.emit({ kind: 'registry.rename-key', hive, path: key, to: newName });
    },
    setValue(path, valueName, value, view = 'default') {
      const found = forWriting(path, view);
      if (!found.ok) return found;
      const { hive, path: key } = found.value;
      return options.emit({ kind: 'registry.set', hive, path: key, name: valueName, value });
    },
    deleteValue(path, valueName, view = 'default') {
      const found = forWriting(path, view);
      if (!found.ok) return found;
      const { hive, path: key } = found.value;
      if (registry().value(hive, key, valueName) === undefined) return registryKeyMissing(path.path);
      return options.emit({ kind: 'registry.delete-value', hive, path: key, name: valueName });
    },
  };
}

/** `HKLM\SOFTWARE` and its like are hives of their own: nobody deletes them. */
const isHiveRoot = ({ hive, path }: StoredPath): boolean =>
  hive === 'HKLM' && /^(bcd00000000|hardware|sam|security|software|system)$/i.test(path);
