import { assertNever } from '../../../base/assert-never.ts';
import type { StoredRegistryValue } from './registry-value.ts';

/** A value as the registry editor shows it in its data column. */
export function valueText(value: StoredRegistryValue): string {
  switch (value.kind) {
    case 'String':
    case 'ExpandString':
      return value.data;
    case 'MultiString':
      return value.data.join(' ');
    case 'DWord':
      return `0x${value.data.toString(16).padStart(8, '0')} (${value.data})`;
    case 'QWord':
      return `0x${value.data.toString(16).padStart(8, '0')} (${value.data})`;
    case 'Binary':
    case 'None':
      return Array.from(value.data, (byte) => byte.charCodeAt(0).toString(16).padStart(2, '0')).join(' ');
    default:
      return assertNever(value);
  }
}

export function valuesEqual(a: StoredRegistryValue, b: StoredRegistryValue): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === 'MultiString' && b.kind === 'MultiString')
    return a.data.length === b.data.length && a.data.every((text, i) => text === b.data[i]);
  return a.data === b.data;
}
