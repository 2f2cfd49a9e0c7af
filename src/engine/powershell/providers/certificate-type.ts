import { toUint8Array } from '../../../base/bytes.ts';
import type { CertificateInfo } from '../host.ts';
import { byteArray } from '../types/dotnet/arguments.ts';
import { method, property } from '../types/dotnet/define.ts';
import { array, DotNetObject } from '../types/objects.ts';
import { defineType } from '../types/registry.ts';
import type { Value } from '../types/value.ts';
import { localTime } from './local-time.ts';

const certificate = (self: Value): CertificateInfo => (self as DotNetObject<CertificateInfo>).state;

/** Names of purposes as Windows shows them. */
const purposes: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'Server Authentication',
  '1.3.6.1.5.5.7.3.2': 'Client Authentication',
  '1.3.6.1.5.5.7.3.3': 'Code Signing',
};

const nameType = defineType('System.Security.Cryptography.X509Certificates.X500DistinguishedName', {
  members: [
    property('Name', 'string', (s) => (s as DotNetObject<string>).state),
    method(['string ToString()', (s) => (s as DotNetObject<string>).state]),
  ],
});
const usageType = defineType('Microsoft.PowerShell.Commands.EnhancedKeyUsageRepresentation', {
  members: [
    property('FriendlyName', 'string', (s) => purposes[(s as DotNetObject<string>).state] ?? ''),
    property('ObjectId', 'string', (s) => (s as DotNetObject<string>).state),
    method([
      'string ToString()',
      (s) => {
        const id = (s as DotNetObject<string>).state;
        return purposes[id] === undefined ? id : `${purposes[id]} (${id})`;
      },
    ]),
  ],
});

const raw = (self: Value): Value => {
  const { encoded } = certificate(self);
  return encoded === undefined ? null : byteArray(toUint8Array(encoded));
};

export const certificateType = defineType('System.Security.Cryptography.X509Certificates.X509Certificate2', {
  members: [
    property('Archived', 'bool', () => false),
    property('EnhancedKeyUsageList', 'object', (s) =>
      array((certificate(s).purposes ?? []).map((id) => new DotNetObject(usageType, id))),
    ),
    property('FriendlyName', 'string', (s) => certificate(s).friendlyName ?? ''),
    property('IssuerName', 'object', (s) => new DotNetObject(nameType, certificate(s).issuer)),
    property('NotAfter', 'datetime', (s, ctx) => localTime(ctx.host, certificate(s).notAfter)),
    property('NotBefore', 'datetime', (s, ctx) => localTime(ctx.host, certificate(s).notBefore)),
    property('HasPrivateKey', 'bool', (s) => certificate(s).hasPrivateKey),
    property('RawData', 'byte[]', raw),
    property('SerialNumber', 'string', (s) => certificate(s).serialNumber),
    property('SubjectName', 'object', (s) => new DotNetObject(nameType, certificate(s).subject)),
    property('Thumbprint', 'string', (s) => certificate(s).thumbprint),
    property('Version', 'int', () => 3),
    property('Issuer', 'string', (s) => certificate(s).issuer),
    property('Subject', 'string', (s) => certificate(s).subject),
    method(['byte[] GetRawCertData()', raw]),
    method([
      'bool Verify()',
      (s, _args, ctx) => {
        const now = ctx.host.clock.now();
        return certificate(s).notBefore <= now && now <= certificate(s).notAfter;
      },
    ]),
    method([
      'string ToString()',
      (s) =>
        `[Subject]\n  ${certificate(s).subject}\n\n[Issuer]\n  ${certificate(s).issuer}\n\n[Serial Number]\n  ${certificate(s).serialNumber}\n\n[Thumbprint]\n  ${certificate(s).thumbprint}\n`,
    ]),
  ],
});

/** The certificate that a value is. */
export const certificateIn = (value: Value): CertificateInfo | undefined =>
  value instanceof DotNetObject && value.type === certificateType
    ? (value.state as CertificateInfo)
    : undefined;
