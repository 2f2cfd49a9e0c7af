import type { DotNetType } from '../types/dotnet-type.ts';
import { resolveType } from '../types/registry.ts';
import type { TypeNameLike } from './tree.ts';

/** The type a name in the tree means, if it is known already (script classes may come later). */
export function typeFromName(name: TypeNameLike, using: readonly string[]): DotNetType | undefined {
  return resolveType(name.fullName, using);
}
