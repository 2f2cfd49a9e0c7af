import type { Bytes } from '../../../base/bytes.ts';

/**
 * The hives that are stored. The others are views: HKCU is `HKU\<sid>`, HKCR is `HKLM\SOFTWARE\Classes` (with the user's
 * own classes over it), HKCC is a key of HKLM.
 */
export type RegistryHiveName = 'HKLM' | 'HKU';

/** A value as it is stored. Data of the wrong kind cannot be written through this type; a script can still do it by kind. */
export type StoredRegistryValue =
  | { readonly kind: 'String'; readonly data: string }
  /** Variables not expanded. */
  | { readonly kind: 'ExpandString'; readonly data: string }
  | { readonly kind: 'MultiString'; readonly data: readonly string[] }
  /** Unsigned 32 bit. */
  | { readonly kind: 'DWord'; readonly data: number }
  /** Unsigned 64 bit. */
  | { readonly kind: 'QWord'; readonly data: bigint }
  | { readonly kind: 'Binary'; readonly data: Bytes }
  | { readonly kind: 'None'; readonly data: Bytes };
