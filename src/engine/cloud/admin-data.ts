import { SidecarError } from '../../base/error.ts';
import type { QueueData } from '../device/change.ts';

/** Data of an admin action does not have the promised shape; caught by the service and returned as a refusal. */
export class AdminDataError extends SidecarError {
  constructor(code: string, message: string, facts: Readonly<Record<string, unknown>>) {
    super(code, message, facts);
    this.name = 'AdminDataError';
  }
}

type Read<T> = (value: QueueData | undefined, path: string) => T;

const refuse = (path: string, expected: string, found: unknown): never => {
  throw new AdminDataError(
    'admin-data',
    `${path}: expected ${expected}, found ${found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 80)}.`,
    { path, expected },
  );
};

export const text: Read<string> = (value, path) =>
  typeof value === 'string' && value !== '' ? value : refuse(path, 'a text', value);

/** A text that may be empty. */
export const anyText: Read<string> = (value, path) =>
  typeof value === 'string' ? value : refuse(path, 'a text', value);

export const flag: Read<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse(path, 'true or false', value);

export const whole =
  (from: number, to: number): Read<number> =>
  (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to
      ? value
      : refuse(path, `a whole number from ${from} to ${to}`, value);

export const guidText: Read<string> = (value, path) =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
    ? value.toLowerCase()
    : refuse(path, 'a GUID without braces', value);

/** `2026-11-25T22:00` or with seconds; a zone mark is refused, for `time` says how it is read. */
export const localDateTime: Read<string> = (value, path) =>
  typeof value === 'string' && /^\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(:[0-5]\d)?$/.test(value)
    ? value.length === 16
      ? `${value}:00`
      : value
    : refuse(path, 'a date and time like 2026-11-25T22:00:00', value);

export const oneOf =
  <const T extends string>(...values: readonly T[]): Read<T> =>
  (value, path) =>
    values.find((one) => one === value) ?? refuse(path, `one of ${values.join(', ')}`, value);

export const orNull =
  <T>(read: Read<T>): Read<T | null> =>
  (value, path) =>
    value === null ? null : read(value, path);

export const listOf =
  <T>(read: Read<T>, atLeast = 0): Read<readonly T[]> =>
  (value, path) => {
    if (!Array.isArray(value)) return refuse(path, 'a list', value);
    const items = value as readonly QueueData[];
    if (items.length < atLeast) return refuse(path, `at least ${atLeast} entries`, items);
    return items.map((item, i) => read(item, `${path}[${i}]`));
  };

/** Marks a field that may be left out; it is then not in the result. */
export const maybe = <T>(read: Read<T>): { readonly maybe: Read<T> } => ({ maybe: read });

type Fields = Readonly<Record<string, Read<unknown> | { readonly maybe: Read<unknown> }>>;
type Shape<F extends Fields> = {
  readonly [K in keyof F as F[K] extends Read<unknown> ? K : never]: F[K] extends Read<infer T> ? T : never;
} & {
  readonly [K in keyof F as F[K] extends Read<unknown> ? never : K]?: F[K] extends {
    readonly maybe: Read<infer T>;
  }
    ? T
    : never;
};

/** An object with exactly these fields. */
export const object =
  <const F extends Fields>(fields: F): Read<Shape<F>> =>
  (value, path) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      return refuse(path, 'an object', value);
    const given = value as { readonly [key: string]: QueueData };
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(fields, key))
        refuse(`${path}.${key}`, `one of ${Object.keys(fields).join(', ')}`, key);
    }
    const out: Record<string, unknown> = {};
    for (const [key, field] of Object.entries(fields)) {
      if (typeof field === 'function') out[key] = field(given[key], `${path}.${key}`);
      else if (given[key] !== undefined) out[key] = field.maybe(given[key], `${path}.${key}`);
    }
    return out as Shape<F>;
  };

/** An object whose field `key` says which of the shapes it has. */
export const variant =
  <const V extends Readonly<Record<string, Read<unknown>>>>(
    key: string,
    shapes: V,
  ): Read<{ [K in keyof V]: V[K] extends Read<infer T> ? T : never }[keyof V]> =>
  (value, path) => {
    const name = value !== null && typeof value === 'object' ? (value as never)[key] : undefined;
    const shape = typeof name === 'string' && Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    return (shape ?? refuse(`${path}.${key}`, `one of ${Object.keys(shapes).join(', ')}`, name))(
      value,
      path,
    ) as never;
  };
