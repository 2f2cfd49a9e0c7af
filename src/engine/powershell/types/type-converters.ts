import type { DotNetType } from './dotnet-type.ts';
import type { Value } from './value.ts';

/**
 * Conversions to particular types, by full name, put here by the files of `types/dotnet/`. `undefined` means: not this
 * way. A null argument is $null.
 */
export const typeConverters: Map<string, (value: Value, type: DotNetType) => Value | undefined> = new Map();
