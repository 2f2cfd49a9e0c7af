import type { ResolvedPath } from '../run/provider.ts';
import type { PSMember, Value } from '../types/value.ts';
import { MemberBag, PSReference, PSWrapped } from '../types/value.ts';
import { driveInfo, providerInfo } from './drive-info.ts';
import { leafOf, parentOf } from './paths.ts';
import { psPath } from './resolve.ts';

/** Parent as PSParentPath shows it; '' at the top of a provider. */
function parentPath(at: ResolvedPath): string {
  const { provider, providerPath, drive } = at;
  if (provider.name === 'FileSystem' && /^[a-z]:\\?$/i.test(providerPath)) return '';
  const parent = parentOf(providerPath);
  if (parent === '' && drive && provider.name !== 'Registry' && provider.name !== 'Certificate') return '';
  return parent === '' ? '' : psPath(provider, parent);
}

const note = (name: string, value: Value): PSMember => ({ kind: 'NoteProperty', name, value });

/** PSPath, PSParentPath, PSChildName, PSDrive and PSProvider. */
function itemProperties(at: ResolvedPath): PSMember[] {
  return [
    note('PSPath', psPath(at.provider, at.providerPath)),
    note('PSParentPath', parentPath(at)),
    note('PSChildName', leafOf(at.providerPath)),
    ...(at.drive ? [note('PSDrive', driveInfo(at.drive))] : []),
    note('PSProvider', providerInfo(at.provider)),
  ];
}

/** Those and, for items, PSIsContainer. */
export function addItemProperties(value: Value, at: ResolvedPath, isContainer?: boolean): Value {
  const target: PSReference = value instanceof PSReference ? value : new PSWrapped(value ?? '');
  const bag = (target.members ??= new MemberBag());
  for (const member of itemProperties(at)) bag.set(member);
  if (isContainer !== undefined) bag.set(note('PSIsContainer', isContainer));
  return target;
}

const lineNames: ReadonlySet<string> = new Set([
  'pspath',
  'psparentpath',
  'pschildname',
  'psdrive',
  'psprovider',
  'readcount',
]);

/** A line of an item's content with the properties of the item and its number, which few scripts ask for. */
export function contentLine(value: Exclude<Value, null>, at: ResolvedPath, count: number): Value {
  const line = new PSWrapped(value);
  line.members = new MemberBag({
    names: lineNames,
    make: () => [...itemProperties(at), note('ReadCount', BigInt(count))],
  });
  return line;
}
