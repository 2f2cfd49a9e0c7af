import type { CertificateInfo, HostError } from '../host.ts';
import { str } from '../types/dotnet/arguments.ts';
import { constructors, method, property } from '../types/dotnet/define.ts';
import { dotNetError } from '../types/errors.ts';
import { enumValue } from '../types/enum-text.ts';
import { array, DotNetObject } from '../types/objects.ts';
import { defineEnum, defineType } from '../types/registry.ts';
import type { Value } from '../types/value.ts';
import { certificateIn, certificateType } from './certificate-type.ts';

const locationType = defineEnum(
  'System.Security.Cryptography.X509Certificates.StoreLocation',
  'CurrentUser=1,LocalMachine=2',
);
defineEnum(
  'System.Security.Cryptography.X509Certificates.StoreName',
  'AddressBook=1,AuthRoot,CertificateAuthority,Disallowed,My,Root,TrustedPeople,TrustedPublisher',
);
defineEnum(
  'System.Security.Cryptography.X509Certificates.OpenFlags',
  'ReadOnly,ReadWrite,MaxAllowed,OpenExistingOnly=4,IncludeArchived=8',
  true,
);

interface Store {
  readonly name: string;
  readonly location: CertificateInfo['store'];
  /** How it was opened. */
  access: 'closed' | 'read' | 'write';
}

const storeOf = (self: Value): Store => (self as DotNetObject<Store>).state;

/** Names of .NET's enumeration that differ from those of the stores. */
const storeName = (name: string): string =>
  name === 'CertificateAuthority' ? 'CA' : name === '' ? 'My' : name;

function made(name: Value | undefined, location: Value | undefined): Value {
  const where = str(location).toLowerCase() === 'localmachine' ? 'LocalMachine' : 'CurrentUser';
  const state: Store = { name: storeName(str(name)), location: where, access: 'closed' };
  return new DotNetObject(x509StoreType, state);
}

const cryptographic = (message: string): Error =>
  dotNetError('System.Security.Cryptography.CryptographicException', message);

function denied(error: HostError): Error {
  return error.code === 'access-denied' ? cryptographic('Access is denied.') : cryptographic(error.message);
}

function writable(store: Store): void {
  if (store.access === 'closed') throw cryptographic('The X509 certificate store has not been opened.');
  if (store.access === 'read') throw cryptographic('The X509 certificate store is read-only.');
}

/** A store as scripts open it to add a certificate to the trusted roots or publishers. */
const x509StoreType = defineType('System.Security.Cryptography.X509Certificates.X509Store', {
  constructors: constructors(
    ['X509Store()', () => made('My', 'CurrentUser')],
    ['X509Store(string storeName)', (_s, a) => made(a[0], 'CurrentUser')],
    [
      'X509Store(string storeName, System.Security.Cryptography.X509Certificates.StoreLocation storeLocation)',
      (_s, a) => made(a[0], a[1]),
    ],
    [
      'X509Store(System.Security.Cryptography.X509Certificates.StoreName storeName, System.Security.Cryptography.X509Certificates.StoreLocation storeLocation)',
      (_s, a) => made(a[0], a[1]),
    ],
  ),
  members: [
    property('Certificates', 'object', (s, ctx) => {
      const { name, location } = storeOf(s);
      return array(
        ctx.host.certificates
          .list()
          .filter((one) => one.store === location && one.container.toLowerCase() === name.toLowerCase())
          .map((one) => new DotNetObject(certificateType, one)),
      );
    }),
    property('IsOpen', 'bool', (s) => storeOf(s).access !== 'closed'),
    property('Location', 'object', (s) => enumValue(locationType, storeOf(s).location)),
    property('Name', 'string', (s) => storeOf(s).name),
    method([
      'void Open(System.Security.Cryptography.X509Certificates.OpenFlags flags)',
      (s, a, ctx) => {
        const store = storeOf(s);
        const writes = /ReadWrite/.test(str(a[0]));
        if (writes && store.location === 'LocalMachine' && !ctx.host.identity.elevated)
          throw cryptographic('Access is denied.');
        store.access = writes || /MaxAllowed/.test(str(a[0])) ? 'write' : 'read';
      },
    ]),
    method([
      'void Close()',
      (s) => {
        storeOf(s).access = 'closed';
      },
    ]),
    method([
      'void Dispose()',
      (s) => {
        storeOf(s).access = 'closed';
      },
    ]),
    method([
      'void Add(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)',
      (s, a, ctx) => {
        const store = storeOf(s);
        writable(store);
        const certificate = certificateIn(a[0] ?? null);
        if (!certificate) return;
        const done = ctx.host.certificates.add?.({
          ...certificate,
          store: store.location,
          container: store.name,
        });
        if (done && !done.ok) throw denied(done.error);
      },
    ]),
    method([
      'void Remove(System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)',
      (s, a, ctx) => {
        const store = storeOf(s);
        writable(store);
        const certificate = certificateIn(a[0] ?? null);
        if (!certificate) return;
        ctx.host.certificates.remove?.({ ...certificate, store: store.location, container: store.name });
      },
    ]),
  ],
});

/** The store object of a place of the certificate drive. */
export const storeObject = (name: string, location: CertificateInfo['store']): DotNetObject<Store> =>
  new DotNetObject(x509StoreType, { name, location, access: 'read' });
