import type { Extent } from '../tokenize/source.ts';

/** A type as written between brackets. */
export interface TypeName {
  readonly kind: 'TypeName' | 'GenericTypeName' | 'ArrayTypeName';
  readonly extent: Extent;
  /** As `[…]` would hold it, with type arguments and array brackets. */
  readonly fullName: string;
  readonly assemblyName: string | undefined;
  readonly genericArguments: readonly TypeName[];
  readonly elementType: TypeName | undefined;
  readonly rank: number;
}

export const simpleTypeName = (extent: Extent, fullName: string, assemblyName?: string): TypeName => ({
  kind: 'TypeName',
  extent,
  fullName: assemblyName === undefined ? fullName : `${fullName}, ${assemblyName}`,
  assemblyName,
  genericArguments: [],
  elementType: undefined,
  rank: 0,
});
export const genericTypeName = (
  extent: Extent,
  name: string,
  genericArguments: readonly TypeName[],
): TypeName => ({
  kind: 'GenericTypeName',
  extent,
  fullName: `${name}[${genericArguments.map((a) => (a.assemblyName === undefined ? a.fullName : `[${a.fullName}]`)).join(',')}]`,
  assemblyName: undefined,
  genericArguments,
  elementType: undefined,
  rank: 0,
});
export const arrayTypeName = (extent: Extent, elementType: TypeName, rank: number): TypeName => ({
  kind: 'ArrayTypeName',
  extent,
  fullName: `${elementType.fullName}[${','.repeat(rank - 1)}]`,
  assemblyName: undefined,
  genericArguments: [],
  elementType,
  rank,
});
