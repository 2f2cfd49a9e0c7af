import { expandPath, resolvePath } from '../../providers/resolve.ts';
import { unescapePath } from '../../providers/paths.ts';
import type { ResolvedPath } from '../../run/provider.ts';
import { hasWildcard } from '../../types/wildcard.ts';
import { leafOf } from '../../providers/paths.ts';
import type { CmdletContext } from '../cmdlet.ts';
import { givenPaths, nameTest } from '../items/targets.ts';

export const noContentInterface = {
  id: 'NotSupported',
  category: 'NotImplemented',
  message: 'Cannot use interface. The IContentCmdletProvider interface is not implemented by this provider.',
  exception: 'System.Management.Automation.PSNotSupportedException',
} as const;

/** Items whose content is read or changed. `create`: one that is not there is made by writing to it. */
export function contentTargets(context: CmdletContext, create: boolean): ResolvedPath[] {
  const { paths, literal } = givenPaths(context);
  const test = nameTest(context);
  const found: ResolvedPath[] = [];
  for (const path of paths) {
    const pattern = !literal && hasWildcard(path);
    if (create && !pattern) {
      const at = resolvePath(context, literal ? path : unescapePath(path));
      if (at.ok) found.push(at.value);
      else context.error(at.error);
      continue;
    }
    const expanded = expandPath(context, path, { literal });
    if (!expanded.ok) {
      context.error(expanded.error);
      continue;
    }
    const some = expanded.value.filter((at) => !test || test(leafOf(at.providerPath)));
    if (some.length === 0) {
      const at = resolvePath(context, path);
      const shown = at.ok ? at.value.path : path;
      context.error({
        id: 'ItemNotFound',
        category: 'ObjectNotFound',
        message: `An object at the specified path ${shown} does not exist, or has been filtered by the -Include or -Exclude parameter.`,
        exception: 'System.Exception',
        target: path,
      });
    }
    found.push(...some);
  }
  return found;
}
