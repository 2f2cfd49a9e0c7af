import type { QueueData } from '../../../device/change.ts';
import type { DeviceReader, UserRead } from '../../../device/device-reader.ts';
import type { RegistryHiveName, StoredRegistryValue } from '../../../device/registry/registry-value.ts';
import { compareNumbers, compareTexts, compareVersions, holds } from './compare.ts';
import type { RuleOutcome } from './file-rule.ts';

type Body = Readonly<Record<string, QueueData>>;

/** Tests of a registry rule: 1 exists, 2 does not exist, 3 string, 4 integer, 5 version. */
export function registryRule(
  read: DeviceReader,
  body: Body,
  names: { readonly type: string; readonly value: string },
  user: UserRead | undefined,
): RuleOutcome {
  const path = textOf(body['KeyPath']);
  const name = textOf(body['KeyName']);
  const place = placeOf(path, body['Check32BitOn64System'] === true, user);
  const outcome = (met: boolean | undefined, actual: string | null = null): RuleOutcome => ({
    met,
    path,
    name,
    actual,
  });
  if (!place) return outcome(undefined);
  const value = read.value(place.hive, place.path, name)?.value;
  const there =
    body['KeyName'] === null || body['KeyName'] === undefined
      ? read.key(place.hive, place.path) !== undefined
      : value !== undefined;
  const test = body[names.type];
  if (test === 1) return outcome(there);
  if (test === 2) return outcome(!there);
  if (test !== 3 && test !== 4 && test !== 5) return outcome(undefined);
  const actual = value && textOfValue(value);
  if (actual === undefined) return outcome(false);
  const wanted = textOf(body[names.value]);
  const compare = test === 3 ? compareTexts : test === 4 ? compareNumbers : compareVersions;
  const order = compare(actual, wanted);
  return outcome(order !== undefined && holds(order, body['Operator']), actual);
}

/** Hive and path that a rule means; undefined where the root is none. HKCU of a user who is signed in is `HKU\<sid>`. */
function placeOf(
  path: string,
  check32: boolean,
  user: UserRead | undefined,
): { readonly hive: RegistryHiveName; readonly path: string } | undefined {
  const parts = /^(?:Computer\\)?([^\\]+)\\(.+?)\\*$/i.exec(path);
  const rest = parts?.[2] ?? '';
  const view = check32 ? rest.replace(/^SOFTWARE\\(?!WOW6432Node\\)/i, 'SOFTWARE\\WOW6432Node\\') : rest;
  switch (parts?.[1]?.toUpperCase().replace(/:$/, '')) {
    case 'HKEY_LOCAL_MACHINE':
    case 'HKLM':
      return { hive: 'HKLM', path: view };
    case 'HKEY_CURRENT_USER':
    case 'HKCU':
      return { hive: 'HKU', path: `${user?.sid ?? 'S-1-5-18'}\\${rest}` };
    case 'HKEY_USERS':
    case 'HKU':
      return { hive: 'HKU', path: rest };
    case 'HKEY_CLASSES_ROOT':
    case 'HKCR':
      return { hive: 'HKLM', path: `SOFTWARE\\Classes\\${rest}` };
    default:
      return undefined;
  }
}

function textOfValue(value: StoredRegistryValue): string | undefined {
  switch (value.kind) {
    case 'String':
    case 'ExpandString':
      return value.data;
    case 'DWord':
    case 'QWord':
      return String(value.data);
    case 'MultiString':
      return value.data.join('\n');
    case 'Binary':
    case 'None':
      return undefined;
  }
}

const textOf = (value: QueueData | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
