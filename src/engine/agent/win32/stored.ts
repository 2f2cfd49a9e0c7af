import type { Instant } from '../../../base/time.ts';
import type { StoredRegistryValue } from '../../device/registry/registry-value.ts';
import type { Written } from '../../device/device-reader.ts';
import { fromUtcText } from '../utc-text.ts';

type Stored = Written<StoredRegistryValue> | undefined;
type Json = Readonly<Record<string, unknown>>;

/** Text of a stored value; undefined where there is none or it is of another kind (a script can write anything). */
export const textValue = (value: Stored): string | undefined =>
  value?.value.kind === 'String' || value?.value.kind === 'ExpandString' ? value.value.data : undefined;

// A stored value is never changed, only replaced, and every check-in reads all of them: what was read of one is kept.
const objects = new WeakMap<StoredRegistryValue, Json | null>();
const times = new WeakMap<StoredRegistryValue, Instant | null>();

/** JSON object that a value holds; undefined where it holds none. */
export function jsonValue(value: Stored): Json | undefined {
  if (value === undefined) return undefined;
  let found = objects.get(value.value);
  if (found === undefined) {
    found = objectIn(textValue(value)) ?? null;
    objects.set(value.value, found);
  }
  return found ?? undefined;
}

/** Time that a value holds in the agent's form; undefined where it holds none. */
export function timeValue(value: Stored): Instant | undefined {
  if (value === undefined) return undefined;
  let found = times.get(value.value);
  if (found === undefined) {
    found = fromUtcText(textValue(value) ?? '') ?? null;
    times.set(value.value, found);
  }
  return found ?? undefined;
}

function objectIn(text: string | undefined): Json | undefined {
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
