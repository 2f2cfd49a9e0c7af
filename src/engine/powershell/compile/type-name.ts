import type { DotNetType } from '../types/dotnet-type.ts';
import { resolveType } from '../types/registry.ts';
import type { TypeName } from '../parse/tree.ts';

/** The type a name in the tree means, if it is known already (script classes may come later). */
export function typeFromName(
  name: Pick<TypeName, 'fullName'>,
  using: readonly string[],
): DotNetType | undefined {
  return resolveType(name.fullName, using);
}
