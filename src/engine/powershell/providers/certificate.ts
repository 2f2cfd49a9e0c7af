import { fail, ok } from '../../../base/result.ts';
import type { CertificateInfo } from '../host.ts';
import type { Provider, ProviderContext } from '../run/provider.ts';
import { property } from '../types/dotnet/define.ts';
import { DotNetObject } from '../types/objects.ts';
import { defineType } from '../types/registry.ts';
import { storeObject } from './certificate-store.ts';
import { certificateType } from './certificate-type.ts';
import { pathNotFound } from './resolve.ts';

const storeLocationType = defineType('Microsoft.PowerShell.Commands.X509StoreLocation', {
  members: [
    property('Location', 'string', (s) => (s as DotNetObject<string>).state),
    property('StoreNames', 'object', () => null),
  ],
});
const locations = ['CurrentUser', 'LocalMachine'] as const;
/** Stores every Windows device has, beside those that hold certificates. */
const stores = ['TrustedPublisher', 'ClientAuthIssuer', 'Root', 'CA', 'My', 'Trust', 'Disallowed'];

interface Place {
  readonly location?: (typeof locations)[number];
  readonly store?: string;
  readonly certificate?: CertificateInfo;
}
function place(path: string, ctx: ProviderContext): Place | undefined {
  const [first, second, third] = path.split('\\');
  if (!first) return {};
  const location = locations.find((l) => l.toLowerCase() === first.toLowerCase());
  if (!location) return undefined;
  if (!second) return { location };
  const store = storeNames(location, ctx).find((s) => s.toLowerCase() === second.toLowerCase());
  if (!store) return undefined;
  if (!third) return { location, store };
  const found = inStore(location, store, ctx).find((c) => c.thumbprint.toLowerCase() === third.toLowerCase());
  return found && { location, store, certificate: found };
}
const inStore = (location: string, store: string, ctx: ProviderContext): CertificateInfo[] =>
  ctx.host.certificates
    .list()
    .filter((c) => c.store === location && c.container.toLowerCase() === store.toLowerCase());
function storeNames(location: string, ctx: ProviderContext): string[] {
  const names = [...stores];
  for (const one of ctx.host.certificates.list())
    if (one.store === location && !names.some((n) => n.toLowerCase() === one.container.toLowerCase()))
      names.push(one.container);
  return names;
}

export const certificateProvider: Provider = {
  name: 'Certificate',
  module: 'Microsoft.PowerShell.Security',
  typeName: 'Microsoft.PowerShell.Commands.CertificateProvider',
  capabilities: 'ShouldProcess',
  drives: () => [{ name: 'Cert', root: '', description: 'X509 Certificate Provider' }],
  exists: (path, ctx) => place(path, ctx) !== undefined,
  isContainer(path, ctx) {
    const at = place(path, ctx);
    return at !== undefined && !at.certificate;
  },
  item(path, ctx) {
    const at = place(path, ctx);
    if (!at?.location) return fail(pathNotFound(path));
    if (at.certificate) return ok(new DotNetObject(certificateType, at.certificate));
    return ok(
      at.store === undefined
        ? new DotNetObject(storeLocationType, at.location as string)
        : storeObject(at.store, at.location),
    );
  },
  removeItem(path, _recurse, _force, ctx) {
    const at = place(path, ctx);
    if (!at?.certificate) return fail(pathNotFound(path));
    const done = ctx.host.certificates.remove?.(at.certificate);
    return done && !done.ok
      ? fail({
          id: 'RemoveItemUnauthorizedAccessError',
          category: 'PermissionDenied',
          message: done.error.message,
          exception: 'System.UnauthorizedAccessException',
          target: path,
        })
      : ok(undefined);
  },
  childNames(path, ctx) {
    const at = place(path, ctx);
    if (!at) return fail(pathNotFound(path));
    if (!at.location) return ok(locations);
    if (at.store === undefined) return ok(storeNames(at.location, ctx));
    return ok(at.certificate ? [] : inStore(at.location, at.store, ctx).map((c) => c.thumbprint));
  },
};
