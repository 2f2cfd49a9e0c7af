import type { QueueData } from '../../../device/change.ts';
import type { DeviceReader } from '../../../device/device-reader.ts';
import { textValue } from '../stored.ts';
import { compareVersions, holds } from './compare.ts';
import type { RuleOutcome } from './file-rule.ts';

const uninstall = 'Microsoft\\Windows\\CurrentVersion\\Uninstall';

/** Looks a product up as Windows Installer registers it, in both views; a version is compared where the rule has one. */
export function msiRule(read: DeviceReader, body: Readonly<Record<string, QueueData>>): RuleOutcome {
  const code = String(body['ProductCode'] ?? '');
  const key = ['SOFTWARE', 'SOFTWARE\\WOW6432Node']
    .map((root) => `${root}\\${uninstall}\\${code}`)
    .find((path) => read.key('HKLM', path) !== undefined);
  if (code === '') return { met: undefined, path: code, name: '', actual: null };
  if (key === undefined) return { met: false, path: code, name: '', actual: null };
  const version = textValue(read.value('HKLM', key, 'DisplayVersion')) ?? '';
  const operator = body['ProductVersionOperator'];
  if (operator === 0 || operator === null || operator === undefined)
    return { met: true, path: code, name: '', actual: version };
  const order = compareVersions(version, String(body['ProductVersion'] ?? ''));
  return {
    met: order !== undefined && holds(order, operator),
    path: code,
    name: '',
    actual: version,
  };
}
