import type { ResolvedPath } from '../run/provider.ts';
import type { Value } from '../types/value.ts';
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

function note(bag: MemberBag, name: string, value: Value): void {
  bag.set({ kind: 'NoteProperty', name, value });
}

/** PSPath, PSParentPath, PSChildName, PSDrive, PSProvider and, for items, PSIsContainer. */
export function addItemProperties(value: Value, at: ResolvedPath, isContainer?: boolean): Value {
  const target: PSReference = value instanceof PSReference ? value : new PSWrapped(value ?? '');
  const bag = (target.members ??= new MemberBag());
  note(bag, 'PSPath', psPath(at.provider, at.providerPath));
  note(bag, 'PSParentPath', parentPath(at));
  note(bag, 'PSChildName', leafOf(at.providerPath));
  if (at.drive) note(bag, 'PSDrive', driveInfo(at.drive));
  note(bag, 'PSProvider', providerInfo(at.provider));
  if (isContainer !== undefined) note(bag, 'PSIsContainer', isContainer);
  return target;
}
