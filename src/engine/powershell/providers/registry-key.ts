import type { HostError, RegistryHive, RegistryPath, RegistryView } from '../host.ts';
import type { Session } from '../run/session.ts';
import { context } from '../types/ambient.ts';
import { method, property, staticMethod, staticProperty } from '../types/dotnet/define.ts';
import { enumValue } from '../types/enum-text.ts';
import type { DotNetError } from '../types/errors.ts';
import { dotNetError } from '../types/errors.ts';
import { DotNetObject, stringArray } from '../types/objects.ts';
import { defineEnum, defineType } from '../types/registry.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { isNull } from '../types/value.ts';
import { registryName, registryPath, subKeyPath } from './registry-path.ts';
import { fromRegistry, kindOf, toRegistry, valueKindType } from './registry-values.ts';
import type { ValueKind } from './registry-values.ts';

const viewType = defineEnum('Microsoft.Win32.RegistryView', 'Default=0,Registry64=256,Registry32=512');
defineEnum(
  'Microsoft.Win32.RegistryHive',
  'ClassesRoot=-2147483648,CurrentUser=-2147483647,LocalMachine=-2147483646,Users=-2147483645,PerformanceData=-2147483644,CurrentConfig=-2147483643',
);
defineEnum('Microsoft.Win32.RegistryValueOptions', 'None,DoNotExpandEnvironmentNames');
defineEnum('Microsoft.Win32.RegistryKeyPermissionCheck', 'Default,ReadSubTree,ReadWriteSubTree');

/** An open key. It stays valid as a name: the device is asked at each use. */
export interface KeyState {
  readonly path: RegistryPath;
  readonly view: RegistryView;
  readonly writable: boolean;
  closed: boolean;
}
const state = (self: Value): KeyState => {
  const of = (self as DotNetObject<KeyState>).state;
  if (of.closed) throw dotNetError('System.ObjectDisposedException', 'Cannot access a closed registry key.');
  return of;
};
const registry = () => context().host.registry;
const session = (): Session => context().session as Session;

/** What .NET throws for a refusal of the registry. */
function keyError(error: HostError, path: RegistryPath): DotNetError {
  switch (error.code) {
    case 'access-denied':
      return dotNetError('System.Security.SecurityException', 'Requested registry access is not allowed.');
    case 'not-empty':
      return dotNetError(
        'System.InvalidOperationException',
        'Registry key has subkeys and recursive removes are not supported by this method.',
      );
    case 'not-found':
      return dotNetError(
        'System.ArgumentException',
        'Cannot delete a subkey tree because the subkey does not exist.',
      );
    default:
      return dotNetError('System.IO.IOException', error.message || registryName(path));
  }
}
const mustWrite = (self: Value): KeyState => {
  const of = state(self);
  if (!of.writable)
    throw dotNetError('System.UnauthorizedAccessException', 'Cannot write to the registry key.');
  return of;
};

function getValue(self: Value, name: Value, fallback: Value, expand: boolean): Value {
  const { path, view } = state(self);
  const found = registry().value(path, isNull(name) ? '' : toText(name), view);
  return found.ok ? fromRegistry(found.value, session(), expand) : fallback;
}
function openSubKey(self: Value, name: Value, writable: boolean): Value {
  const { path, view } = state(self);
  const below = subKeyPath(path, toText(name));
  const found = registry().key(below, view);
  if (found.ok) return makeKey(below, view, writable);
  if (found.error.code === 'access-denied') throw keyError(found.error, below);
  return null;
}
function createSubKey(self: Value, name: Value): Value {
  const { path, view } = mustWrite(self);
  const below = subKeyPath(path, toText(name));
  const made = registry().createKey(below, view);
  if (!made.ok)
    throw made.error.code === 'access-denied'
      ? dotNetError(
          'System.UnauthorizedAccessException',
          `Access to the registry key '${registryName(below)}' is denied.`,
        )
      : keyError(made.error, below);
  return makeKey(below, view, true);
}
function setValue(self: Value, name: Value, value: Value, kind: ValueKind | undefined): void {
  const { path, view } = mustWrite(self);
  const done = registry().setValue(
    path,
    isNull(name) ? '' : toText(name),
    toRegistry(value, kind ?? kindOf(value)),
    view,
  );
  if (!done.ok) throw keyError(done.error, path);
}
function deleteKey(self: Value, name: Value, recurse: boolean, throwMissing: boolean): void {
  const { path, view } = mustWrite(self);
  const below = subKeyPath(path, toText(name));
  const done = registry().deleteKey(below, recurse, view);
  if (!done.ok && (done.error.code !== 'not-found' || throwMissing)) throw keyError(done.error, below);
}
function deleteValue(self: Value, name: Value, throwMissing: boolean): void {
  const { path, view } = mustWrite(self);
  const done = registry().deleteValue(path, toText(name), view);
  if (!done.ok && (done.error.code !== 'not-found' || throwMissing))
    throw done.error.code === 'not-found'
      ? dotNetError('System.ArgumentException', 'No value exists with that name.')
      : keyError(done.error, path);
}
const kindArgument = (value: Value): ValueKind | undefined => {
  const text = toText(value);
  return text === 'Unknown' ? undefined : (text as ValueKind);
};

/** What closes a key before its hive is unloaded or the key deleted. */
const handleType = defineType('Microsoft.Win32.SafeHandles.SafeRegistryHandle', {
  isSealed: true,
  interfaces: ['System.IDisposable'],
  members: [
    property('IsInvalid', 'bool', () => false),
    property('IsClosed', 'bool', (s) => (s as DotNetObject<KeyState>).state.closed),
    method(['void Close()', (s) => void ((s as DotNetObject<KeyState>).state.closed = true)]),
    method(['void Dispose()', (s) => void ((s as DotNetObject<KeyState>).state.closed = true)]),
  ],
});

export const registryKeyType = defineType('Microsoft.Win32.RegistryKey', {
  isSealed: true,
  interfaces: ['System.IDisposable'],
  members: [
    property('SubKeyCount', 'int', (s) => {
      const { path, view } = state(s);
      const found = registry().key(path, view);
      return found.ok ? found.value.subKeyCount : 0;
    }),
    property('View', 'Microsoft.Win32.RegistryView', (s) => {
      const { view } = state(s);
      return enumValue(
        viewType,
        view === 'default' ? 'Default' : view === '32' ? 'Registry32' : 'Registry64',
      );
    }),
    property(
      'Handle',
      'Microsoft.Win32.SafeHandles.SafeRegistryHandle',
      (s) => new DotNetObject(handleType, state(s)),
    ),
    property('ValueCount', 'int', (s) => {
      const { path, view } = state(s);
      const found = registry().key(path, view);
      return found.ok ? found.value.valueCount : 0;
    }),
    property('Name', 'string', (s) => registryName(state(s).path)),
    method(['void Close()', (s) => void ((s as DotNetObject<KeyState>).state.closed = true)]),
    method(['void Dispose()', (s) => void ((s as DotNetObject<KeyState>).state.closed = true)]),
    method(['void Flush()', () => undefined]),
    method(
      ['System.Object GetValue(string name)', (s, a) => getValue(s, a[0] as Value, null, true)],
      [
        'System.Object GetValue(string name, System.Object defaultValue)',
        (s, a) => getValue(s, a[0] as Value, a[1] as Value, true),
      ],
      [
        'System.Object GetValue(string name, System.Object defaultValue, Microsoft.Win32.RegistryValueOptions options)',
        (s, a) => getValue(s, a[0] as Value, a[1] as Value, toText(a[2] as Value) === 'None'),
      ],
    ),
    method([
      'string[] GetValueNames()',
      (s) => {
        const { path, view } = state(s);
        const names = registry().valueNames(path, view);
        if (!names.ok) throw keyError(names.error, path);
        return stringArray([...names.value]);
      },
    ]),
    method([
      'Microsoft.Win32.RegistryValueKind GetValueKind(string name)',
      (s, a) => {
        const { path, view } = state(s);
        const found = registry().value(path, isNull(a[0] as Value) ? '' : toText(a[0] as Value), view);
        if (!found.ok)
          throw dotNetError('System.IO.IOException', 'The specified registry key does not exist.');
        return enumValue(valueKindType, found.value.kind);
      },
    ]),
    method([
      'string[] GetSubKeyNames()',
      (s) => {
        const { path, view } = state(s);
        const names = registry().subKeys(path, view);
        if (!names.ok) throw keyError(names.error, path);
        return stringArray([...names.value]);
      },
    ]),
    method(
      ['Microsoft.Win32.RegistryKey OpenSubKey(string name)', (s, a) => openSubKey(s, a[0] as Value, false)],
      [
        'Microsoft.Win32.RegistryKey OpenSubKey(string name, bool writable)',
        (s, a) => openSubKey(s, a[0] as Value, a[1] === true),
      ],
      [
        'Microsoft.Win32.RegistryKey OpenSubKey(string name, Microsoft.Win32.RegistryKeyPermissionCheck permissionCheck)',
        (s, a) => openSubKey(s, a[0] as Value, toText(a[1] as Value) === 'ReadWriteSubTree'),
      ],
    ),
    method(
      ['Microsoft.Win32.RegistryKey CreateSubKey(string subkey)', (s, a) => createSubKey(s, a[0] as Value)],
      [
        'Microsoft.Win32.RegistryKey CreateSubKey(string subkey, bool writable)',
        (s, a) => createSubKey(s, a[0] as Value),
      ],
    ),
    method(
      [
        'void SetValue(string name, System.Object value)',
        (s, a) => setValue(s, a[0] as Value, a[1] as Value, undefined),
      ],
      [
        'void SetValue(string name, System.Object value, Microsoft.Win32.RegistryValueKind valueKind)',
        (s, a) => setValue(s, a[0] as Value, a[1] as Value, kindArgument(a[2] as Value)),
      ],
    ),
    method(
      ['void DeleteSubKey(string subkey)', (s, a) => deleteKey(s, a[0] as Value, false, true)],
      [
        'void DeleteSubKey(string subkey, bool throwOnMissingSubKey)',
        (s, a) => deleteKey(s, a[0] as Value, false, a[1] === true),
      ],
    ),
    method(
      ['void DeleteSubKeyTree(string subkey)', (s, a) => deleteKey(s, a[0] as Value, true, true)],
      [
        'void DeleteSubKeyTree(string subkey, bool throwOnMissingSubKey)',
        (s, a) => deleteKey(s, a[0] as Value, true, a[1] === true),
      ],
    ),
    method(
      ['void DeleteValue(string name)', (s, a) => deleteValue(s, a[0] as Value, true)],
      [
        'void DeleteValue(string name, bool throwOnMissingValue)',
        (s, a) => deleteValue(s, a[0] as Value, a[1] === true),
      ],
    ),
    method(['string ToString()', (s) => registryName((s as DotNetObject<KeyState>).state.path)]),
    staticMethod([
      'static Microsoft.Win32.RegistryKey OpenBaseKey(Microsoft.Win32.RegistryHive hKey, Microsoft.Win32.RegistryView view)',
      (_s, a) => {
        const view = toText(a[1] as Value);
        return makeKey(
          { hive: hiveOf(toText(a[0] as Value)), path: '' },
          view === 'Registry32' ? '32' : view === 'Registry64' ? '64' : 'default',
          true,
        );
      },
    ]),
    staticMethod([
      'static Microsoft.Win32.RegistryKey OpenRemoteBaseKey(Microsoft.Win32.RegistryHive hKey, string machineName)',
      (_s, a) => {
        const machine = toText(a[1] as Value).toLowerCase();
        if (machine !== '' && machine !== '.' && machine !== context().host.computer.name.toLowerCase())
          throw dotNetError('System.IO.IOException', 'The network path was not found.');
        return makeKey({ hive: hiveOf(toText(a[0] as Value)), path: '' }, 'default', true);
      },
    ]),
  ],
});

const hiveByEnum: Readonly<Record<string, RegistryHive>> = {
  ClassesRoot: 'HKCR',
  CurrentUser: 'HKCU',
  LocalMachine: 'HKLM',
  Users: 'HKU',
  CurrentConfig: 'HKCC',
};
function hiveOf(name: string): RegistryHive {
  const hive = hiveByEnum[name];
  if (!hive) throw dotNetError('System.ArgumentException', 'Registry HKEY was out of the legal range.');
  return hive;
}

/** `[Microsoft.Win32.Registry]`. */
const rootKey = (name: string, hive: RegistryHive) =>
  staticProperty(name, 'Microsoft.Win32.RegistryKey', () => makeKey({ hive, path: '' }, 'default', true));
function namedKey(name: string): RegistryPath {
  const path = registryPath(name);
  if (!path)
    throw dotNetError(
      'System.ArgumentException',
      "Registry key name must start with a valid base key name. (Parameter 'keyName')",
    );
  return path;
}
defineType('Microsoft.Win32.Registry', {
  isAbstract: true,
  members: [
    ...Object.entries(hiveByEnum).map(([name, hive]) => rootKey(name, hive)),
    staticMethod([
      'static System.Object GetValue(string keyName, string valueName, System.Object defaultValue)',
      (_s, a) => {
        const path = namedKey(toText(a[0] as Value));
        if (!registry().key(path).ok) return null;
        return getValue(makeKey(path, 'default', false), a[1] as Value, a[2] as Value, true);
      },
    ]),
    staticMethod(
      [
        'static void SetValue(string keyName, string valueName, System.Object value)',
        (_s, a) => setStatic(a, undefined),
      ],
      [
        'static void SetValue(string keyName, string valueName, System.Object value, Microsoft.Win32.RegistryValueKind valueKind)',
        (_s, a) => setStatic(a, kindArgument(a[3] as Value)),
      ],
    ),
  ],
});
function setStatic(args: readonly Value[], kind: ValueKind | undefined): void {
  const path = namedKey(toText(args[0] as Value));
  const made = registry().createKey(path);
  if (!made.ok) throw keyError(made.error, path);
  setValue(makeKey(path, 'default', true), args[1] as Value, args[2] as Value, kind);
}

export const makeKey = (
  path: RegistryPath,
  view: RegistryView = 'default',
  writable = true,
): DotNetObject<KeyState> => new DotNetObject(registryKeyType, { path, view, writable, closed: false });
