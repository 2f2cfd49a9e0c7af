import type { Ast } from '../../../../src/engine/powershell/parse/tree.ts';

const places = new Set(['extent', 'errorPosition', 'nameExtent', 'scriptRequirements']);

/** A tree without its places: kinds, names, values and what stands below. */
export function treeShape(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(treeShape);
  if (typeof node === 'bigint') return `${node}n`;
  if (typeof node !== 'object' || node === null) return node;
  if (!('kind' in node)) {
    const { fullName, name } = node as { fullName?: string; name?: string };
    if (fullName !== undefined) return fullName.replace(/\s/g, '');
    if (name !== undefined) return name;
  }
  return Object.fromEntries(
    Object.entries(node as Ast)
      .filter(([key]) => !places.has(key))
      .map(([key, value]) => [key, treeShape(value)]),
  );
}
