import type { DotNetType } from '../dotnet-type.ts';
import { ConversionError, DotNetError } from '../errors.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';

/** The error of a cast whose parser threw; anything but a .NET exception is passed on. */
export function castError(id: string, value: Value, type: DotNetType, error: unknown): unknown {
  if (!(error instanceof DotNetError)) return error;
  return new ConversionError(
    id,
    `Cannot convert value "${toText(value)}" to type "${type.displayName}". Error: "${error.message}"`,
    error.exception,
  );
}
