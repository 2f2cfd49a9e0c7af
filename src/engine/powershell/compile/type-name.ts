import type { DotNetType } from '../types/dotnet-type.ts';
import { resolveType } from '../types/registry.ts';
import type { TypeName } from '../parse/tree.ts';
import type { CompileContext } from './context.ts';

type Named = Pick<TypeName, 'fullName'>;

/** The type a name means for the code that runs now. */
export const typeFromName = (name: Named, using: readonly string[]): DotNetType | undefined =>
  resolveType(name.fullName, using);

/** The type a name means wherever the code runs; undefined where a script class may answer to it. */
export const fixedType = (name: Named, context: CompileContext): DotNetType | undefined =>
  context.session.scriptTypes.mayName(name.fullName) ? undefined : resolveType(name.fullName, context.using);
