import { leafOf, parentOf } from '../../providers/paths.ts';
import { childPath, expandPath, resolvePath, splitDrive } from '../../providers/resolve.ts';
import type { ResolvedPath } from '../../run/provider.ts';
import { addItemProperties } from '../../providers/item-properties.ts';
import { days, plus } from '../../../../base/time.ts';
import { certificateIn } from '../../providers/certificate-type.ts';
import type { Value } from '../../types/value.ts';
import { attributeBits } from '../../providers/file-info.ts';
import { hasWildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { filterParameters, forceParameter, pathParameters } from './path-parameters.ts';
import { filterTest, givenPaths, nameTest } from './targets.ts';

const bits: Readonly<Record<string, number>> = {
  readonly: 1,
  hidden: 2,
  system: 4,
  directory: 16,
  archive: 32,
  device: 64,
  normal: 128,
  temporary: 256,
  sparsefile: 512,
  reparsepoint: 1024,
  compressed: 2048,
  offline: 4096,
  notcontentindexed: 8192,
  encrypted: 16384,
  d: 16,
  r: 1,
  h: 2,
  s: 4,
  a: 32,
  l: 1024,
};

/** `-Attributes`: alternatives by comma, all of `+`, `!` negates. */
function attributeTest(text: string): (have: number) => boolean {
  const alternatives = text.split(',').map((group) =>
    group.split('+').map((part) => {
      const name = part.trim();
      const negated = name.startsWith('!');
      return { bit: bits[name.replace(/^!/, '').toLowerCase()] ?? 0, negated };
    }),
  );
  return (have) => alternatives.some((all) => all.every((one) => ((have & one.bit) !== 0) !== one.negated));
}

interface Wanted {
  readonly name: ((name: string) => boolean) | undefined;
  readonly filter: ((name: string) => boolean) | undefined;
  readonly kind: 'file' | 'directory' | undefined;
  readonly attributes: ((have: number) => boolean) | undefined;
  readonly showHidden: boolean;
  readonly onlyHidden: boolean;
  readonly onlySystem: boolean;
  readonly onlyReadOnly: boolean;
}

function wantedOf(context: CmdletContext): Wanted {
  const filter = context.string('Filter');
  return {
    name: nameTest(context, { filter: false }),
    filter: filter === '' ? undefined : filterTest(filter),
    kind: context.switch('File')
      ? context.switch('Directory')
        ? undefined
        : 'file'
      : context.switch('Directory')
        ? 'directory'
        : undefined,
    attributes: context.has('Attributes')
      ? attributeTest(context.strings('Attributes').join(','))
      : undefined,
    showHidden:
      context.switch('Force') ||
      context.switch('Hidden') ||
      /hidden|(^|[,+! ])h\b/i.test(context.strings('Attributes').join(',')),
    onlyHidden: context.switch('Hidden'),
    onlySystem: context.switch('System'),
    onlyReadOnly: context.switch('ReadOnly'),
  };
}

/** What -CodeSigningCert and -ExpiringInDays leave of the certificate drive: certificates only. */
function certificateWanted(context: CmdletContext, item: Value): boolean {
  const codeSigning = context.switch('CodeSigningCert');
  if (!codeSigning && !context.has('ExpiringInDays')) return true;
  const certificate = certificateIn(item);
  if (!certificate) return false;
  if (codeSigning && !(certificate.purposes ?? []).includes('1.3.6.1.5.5.7.3.3')) return false;
  if (codeSigning && !certificate.hasPrivateKey) return false;
  return (
    !context.has('ExpiringInDays') ||
    certificate.notAfter <= plus(context.host.clock.now(), days(context.number('ExpiringInDays', 0)))
  );
}

class Listing {
  readonly context: CmdletContext;
  readonly wanted: Wanted;
  readonly namesOnly: boolean;
  constructor(context: CmdletContext) {
    this.context = context;
    this.wanted = wantedOf(context);
    this.namesOnly = context.switch('Name');
  }

  /** Writes one item where it is wanted; `relative` is its name under the listed folder. */
  put(at: ResolvedPath, relative: string, listed: boolean): void {
    const { context, wanted } = this;
    const name = leafOf(at.providerPath);
    if (wanted.name && !wanted.name(name)) return;
    if (wanted.filter && !wanted.filter(name)) return;
    if (at.provider.name === 'FileSystem') {
      const info = context.host.files.info(at.providerPath);
      if (!info.ok) return;
      const have = attributeBits(info.value);
      if (!wanted.showHidden && info.value.hidden && listed) return;
      if (wanted.kind && info.value.kind !== wanted.kind) return;
      if (wanted.attributes && !wanted.attributes(have)) return;
      if (wanted.onlyHidden && !info.value.hidden) return;
      if (wanted.onlySystem && !info.value.system) return;
      if (wanted.onlyReadOnly && !info.value.readOnly) return;
    }
    if (this.namesOnly) {
      context.write(relative);
      return;
    }
    const item = at.provider.item(at.providerPath, context, listed);
    if (at.provider.name === 'Certificate' && item.ok && !certificateWanted(context, item.value)) return;
    if (item.ok)
      context.write(addItemProperties(item.value, at, at.provider.isContainer(at.providerPath, context)));
    else context.error(item.error);
  }

  /** Children of a container, then those of the containers in it, level by level. */
  children(at: ResolvedPath, depth: number, prefix = ''): void {
    const { context, wanted } = this;
    const names = at.provider.childNames(at.providerPath, context);
    if (!names.ok) {
      context.error(names.error);
      return;
    }
    const inside: [ResolvedPath, string][] = [];
    for (const name of names.value) {
      const child = childPath(at, name);
      const relative = prefix === '' ? name : `${prefix}\\${name}`;
      this.put(child, relative, true);
      if (depth > 0 && at.provider.isContainer(child.providerPath, context)) {
        if (!wanted.showHidden && at.provider.name === 'FileSystem') {
          const info = context.host.files.info(child.providerPath);
          if (info.ok && info.value.hidden) continue;
        }
        inside.push([child, relative]);
      }
    }
    for (const [child, relative] of inside) this.children(child, depth - 1, relative);
  }
}

function list(context: CmdletContext, listing: Listing, path: string, literal: boolean): void {
  const recurse = context.switch('Recurse') || context.has('Depth');
  const depth = context.has('Depth') ? context.number('Depth', 0) : recurse ? Number.MAX_SAFE_INTEGER : 0;
  const pattern = !literal && hasWildcard(path);
  // A pattern or a name that is not there is looked for below its folder.
  if (recurse && pattern && !hasWildcard(parentOf(path))) {
    const leaf = leafOf(path);
    const parent = parentOf(path);
    const base = resolvePath(
      context,
      parent === '' ? (splitDrive(path) ? path.slice(0, path.indexOf(':') + 1) : '.') : parent,
    );
    if (!base.ok) return context.error(base.error);
    if (!base.value.provider.exists(base.value.providerPath, context))
      return context.error({
        id: 'PathNotFound',
        category: 'ObjectNotFound',
        message: `Cannot find path '${base.value.path}' because it does not exist.`,
        exception: 'System.Management.Automation.ItemNotFoundException',
        target: base.value.path,
      });
    const test = filterTest(leaf.replace(/^.*[\\/:]/, ''));
    const inner = listing.wanted.name;
    const narrowed = Object.create(listing, {
      wanted: {
        value: { ...listing.wanted, name: (name: string) => test(name) && (inner?.(name) ?? true) },
      },
    }) as Listing;
    Object.setPrototypeOf(narrowed, Listing.prototype);
    Object.assign(narrowed, { context, namesOnly: listing.namesOnly });
    narrowed.children(base.value, depth);
    return;
  }
  const expanded = expandPath(context, path, { literal });
  if (!expanded.ok) return context.error(expanded.error);
  for (const at of expanded.value) {
    const container = at.provider.isContainer(at.providerPath, context);
    if (container && (!pattern || recurse)) {
      // -Include looks at the path's own last part where nothing else is asked.
      if (!recurse && context.has('Include')) {
        listing.put(at, leafOf(at.providerPath), false);
        continue;
      }
      listing.children(at, depth);
    } else listing.put(at, leafOf(at.providerPath), pattern);
  }
}

export const getChildItem: Cmdlet = {
  name: 'Get-ChildItem',
  aliases: ['gci', 'dir', 'ls'],
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.GetChildItemCommand',
  defaultSet: 'Path',
  parameters: [
    ...pathParameters({ mandatory: false }).map((p) =>
      p.name === 'Path' ? { ...p, allowEmptyString: true } : p,
    ),
    ...filterParameters.map((p) => (p.name === 'Filter' ? { ...p, position: 1 } : p)),
    { name: 'Recurse', type: 'switch', aliases: ['s'] },
    { name: 'Depth', type: 'uint32' },
    forceParameter,
    { name: 'Name', type: 'switch' },
    { name: 'Attributes', dynamic: true, type: 'string[]' },
    { name: 'FollowSymlink', dynamic: true, type: 'switch', dialect: 'core' },
    { name: 'Directory', dynamic: true, type: 'switch', aliases: ['ad', 'd'] },
    { name: 'File', dynamic: true, type: 'switch', aliases: ['af'] },
    { name: 'Hidden', dynamic: true, type: 'switch', aliases: ['ah', 'h'] },
    { name: 'ReadOnly', dynamic: true, type: 'switch', aliases: ['ar'] },
    { name: 'System', dynamic: true, type: 'switch', aliases: ['as'] },
    { name: 'CodeSigningCert', dynamic: true, type: 'switch', aliases: ['codesigning'] },
    { name: 'ExpiringInDays', dynamic: true, type: 'int' },
  ],
  start: (context) => ({
    process() {
      const listing = new Listing(context);
      const { paths, literal } = givenPaths(context);
      for (const path of paths) list(context, listing, path === '' ? '.' : path, literal);
      return undefined;
    },
  }),
};
