import type { StoredRegistryValue } from '../../device/registry/registry-value.ts';
import type { Written } from '../../device/device-reader.ts';

/** Text of a stored value; undefined where there is none or it is of another kind (a script can write anything). */
export const textValue = (value: Written<StoredRegistryValue> | undefined): string | undefined =>
  value?.value.kind === 'String' || value?.value.kind === 'ExpandString' ? value.value.data : undefined;

/** JSON object that a value holds; undefined where it holds none. */
export function jsonValue(
  value: Written<StoredRegistryValue> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const text = textValue(value);
  if (text === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(text);
    return read !== null && typeof read === 'object' && !Array.isArray(read)
      ? (read as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
