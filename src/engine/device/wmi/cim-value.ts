import type { Instant } from '../../../base/time.ts';
import type { DeviceDraft } from '../device-draft.ts';

/** A value of a CIM property. */
export type CimValue =
  | null
  | string
  | boolean
  | { readonly type: 'uint8' | 'uint16' | 'uint32' | 'sint16' | 'sint32'; readonly value: number }
  | { readonly type: 'uint64' | 'sint64'; readonly value: bigint }
  | { readonly type: 'real64'; readonly value: number }
  | { readonly type: 'datetime'; readonly value: Instant }
  | { readonly type: 'array'; readonly value: readonly CimValue[] };

export type CimProperties = readonly (readonly [string, CimValue])[];

/** What an instance depends on besides the device. */
export interface CimContext {
  readonly now: Instant;
}

export interface CimClass {
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
  instances(device: DeviceDraft, context: CimContext): readonly CimProperties[];
}

export const uint8 = (value: number): CimValue => ({ type: 'uint8', value });
export const uint16 = (value: number): CimValue => ({ type: 'uint16', value });
export const uint32 = (value: number): CimValue => ({ type: 'uint32', value });
export const sint16 = (value: number): CimValue => ({ type: 'sint16', value });
export const sint32 = (value: number): CimValue => ({ type: 'sint32', value });
/** Whole numbers only. */
export const uint64 = (value: number): CimValue => ({ type: 'uint64', value: BigInt(Math.round(value)) });
export const datetime = (value: Instant): CimValue => ({ type: 'datetime', value });
export const array = (...value: readonly CimValue[]): CimValue => ({ type: 'array', value });
