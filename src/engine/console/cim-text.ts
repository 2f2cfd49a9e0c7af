import type { CimInstance, CimValue } from '../powershell/host.ts';

/** A CIM value as wmic and scripts print it: TRUE and FALSE, numbers, `{"a", "b"}`. */
export function cimValueText(value: CimValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value.type === 'array') {
    const items = value.value.map((item) => (typeof item === 'string' ? `"${item}"` : cimValueText(item)));
    return items.length === 0 ? '' : `{${items.join(', ')}}`;
  }
  return String(value.value);
}

/** A property of an instance as text; '' where it has none. */
export function cimText(instance: CimInstance, name: string): string {
  const found = instance.properties.find(([own]) => own.toLowerCase() === name.toLowerCase());
  return found ? cimValueText(found[1]) : '';
}
