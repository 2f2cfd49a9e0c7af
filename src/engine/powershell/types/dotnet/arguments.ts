import { isReference } from '../../compile/reference.ts';
import { elementsOf } from '../enumerate.ts';
import { dotNetError } from '../errors.ts';
import type { Numeric } from '../numeric.ts';
import { toBig, toDouble } from '../numeric.ts';
import type { DotNetObject } from '../objects.ts';
import { byte, byteType, Boxed, CharValue, EnumValue, PSArray } from '../objects.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { unwrap } from '../value.ts';

/* Arguments of .NET members as JS values. They are bound before: these only take them apart. */

export const int = (v: Value | undefined): number => toDouble(unwrap(v ?? 0) as Numeric);
export const big = (v: Value | undefined): bigint => toBig(unwrap(v ?? 0) as Numeric);
/** Text of a string or character; '' for null. */
export const str = (v: Value | undefined): string =>
  v === undefined || v === null ? '' : v instanceof CharValue ? v.value : toText(v);
export const flag = (v: Value | undefined): boolean => v === true;
/** Bits of an enum argument. */
export const bits = (v: Value | undefined): number => (v instanceof EnumValue ? Number(v.value) : 0);
export const state = <T>(v: Value | undefined): T => (v as DotNetObject<T>).state;

/** A text argument that must not be null. */
export function required(v: Value | undefined, name: string): string {
  if (v === undefined || v === null) throw nullArgument(name);
  return str(v);
}
export const nullArgument = (name: string): Error =>
  dotNetError('System.ArgumentNullException', `Value cannot be null. (Parameter '${name}')`, {
    ParamName: name,
  });
export const outOfRange = (message: string, name: string): Error =>
  dotNetError('System.ArgumentOutOfRangeException', `${message} (Parameter '${name}')`, { ParamName: name });

/** Writes an `out` or `ref` argument given as `[ref]$x`. */
export function assign(target: Value | undefined, value: Value): void {
  if (target !== undefined && isReference(target)) target.state.set(value);
}
export const referenced = (target: Value | undefined): Value =>
  target !== undefined && isReference(target) ? target.state.get() : (target ?? null);

/** The bytes of a `byte[]`, list or single byte. */
export function bytesOf(v: Value | undefined): Uint8Array {
  const items = elementsOf(v ?? null) ?? (v === undefined || v === null ? [] : [v]);
  const out = new Uint8Array(items.length);
  for (let i = 0; i < items.length; i++) {
    const one = items[i];
    out[i] = one instanceof Boxed ? (one.value as number) : int(one);
  }
  return out;
}
/** A `byte[]`. */
export function byteArray(bytes: Uint8Array): PSArray {
  const items = new Array<Value>(bytes.length);
  for (let i = 0; i < bytes.length; i++) items[i] = byte(bytes[i] as number);
  return new PSArray(items, byteType);
}
/** Texts of a `string[]` or anything that enumerates. */
export const textsOf = (v: Value | undefined): string[] =>
  (elementsOf(v ?? null) ?? (v === undefined || v === null ? [] : [v])).map((x) => str(x));
