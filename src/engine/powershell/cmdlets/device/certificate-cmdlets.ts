import { days, minutes, plus } from '../../../../base/time.ts';
import type { CertificateInfo } from '../../host.ts';
import { certificateFile } from '../../providers/certificate-file.ts';
import { certificateIn } from '../../providers/certificate-type.ts';
import { addItemProperties } from '../../providers/item-properties.ts';
import { instantOf } from '../../providers/local-time.ts';
import { resolvePath } from '../../providers/resolve.ts';
import { fullPath } from '../../run/command-lookup.ts';
import { DateTimeValue } from '../../types/scalars.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

const certificateTypeName = 'System.Security.Cryptography.X509Certificates.X509Certificate2';
const purposesOf: Readonly<Record<string, readonly string[]>> = {
  codesigningcert: ['1.3.6.1.5.5.7.3.3'],
  sslserverauthentication: ['1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'],
  documentencryptioncert: ['1.3.6.1.4.1.311.80.1'],
  documentencryptioncertlegacycsp: ['1.3.6.1.4.1.311.80.1'],
  custom: [],
};

/** `Cert:\LocalMachine\My` taken apart; undefined where it is no store. */
function storeAt(
  path: string,
): { readonly store: CertificateInfo['store']; readonly container: string } | undefined {
  const at = /^(?:cert:)?\\?(currentuser|localmachine)(?:\\([^\\]+))?\\?$/i.exec(path.replace(/^.*::/, ''));
  if (!at) return undefined;
  return {
    store: at[1]?.toLowerCase() === 'localmachine' ? 'LocalMachine' : 'CurrentUser',
    container: at[2] ?? 'My',
  };
}

const denied = (context: CmdletContext, id: string): never =>
  context.fail({
    id,
    category: 'NotSpecified',
    message: 'CertEnroll::CX509Enrollment::_CreateRequest: Access denied. 0x80090010 (-2146893808 NTE_PERM)',
    exception: 'System.Exception',
  });

const newSelfSignedCertificate: Cmdlet = {
  name: 'New-SelfSignedCertificate',
  module: 'PKI',
  typeName: 'Microsoft.CertificateServices.Commands.NewSelfSignedCertificateCommand',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'DnsName', type: 'string[]' },
    { name: 'Subject', type: 'string' },
    { name: 'CertStoreLocation', type: 'string' },
    {
      name: 'Type',
      type: 'string',
      validate: [
        {
          kind: 'set',
          values: [
            'Custom',
            'CodeSigningCert',
            'DocumentEncryptionCert',
            'SSLServerAuthentication',
            'DocumentEncryptionCertLegacyCsp',
          ],
        },
      ],
    },
    { name: 'FriendlyName', type: 'string' },
    { name: 'NotBefore', type: 'datetime' },
    { name: 'NotAfter', type: 'datetime' },
    { name: 'KeyLength', type: 'int' },
    { name: 'KeyAlgorithm', type: 'string' },
    { name: 'HashAlgorithm', type: 'string' },
    { name: 'KeyUsage', type: 'string[]' },
    { name: 'KeyUsageProperty', type: 'string[]' },
    { name: 'KeySpec', type: 'string' },
    { name: 'KeyExportPolicy', type: 'string[]' },
    { name: 'KeyProtection', type: 'string[]' },
    { name: 'Provider', type: 'string' },
    { name: 'TextExtension', type: 'string[]' },
    { name: 'Signer', type: certificateTypeName },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const at = storeAt(context.string('CertStoreLocation') || 'Cert:\\LocalMachine\\My');
      if (!at)
        return context.fail({
          id: 'System.ArgumentException,Microsoft.CertificateServices.Commands.NewSelfSignedCertificateCommand',
          category: 'InvalidArgument',
          message: `Cannot find path '${context.string('CertStoreLocation')}' because it does not exist.`,
          exception: 'System.ArgumentException',
        });
      if (at.container.toLowerCase() !== 'my')
        return context.fail({
          id: 'System.InvalidOperationException',
          category: 'InvalidOperation',
          message: 'A new certificate can only be installed into MY store.',
          exception: 'System.InvalidOperationException',
        });
      const dnsNames = context.strings('DnsName');
      const subject = context.string('Subject') || `CN=${dnsNames[0] ?? ''}`;
      if (!context.shouldProcess(subject, 'New-SelfSignedCertificate')) return undefined;
      const now = host.clock.now();
      const time = (name: string, otherwise: typeof now): typeof now => {
        const given = context.get(name);
        return given instanceof DateTimeValue ? instantOf(host, given) : otherwise;
      };
      // The default is a year; the clock of others may be a little behind.
      const notBefore = time('NotBefore', plus(now, minutes(-10)));
      const extensions = context.strings('TextExtension');
      const listed = extensions.flatMap((one) =>
        one.startsWith('2.5.29.37=') ? one.replace(/^.*\{text\}/i, '').split(',') : [],
      );
      const signer = certificateIn(context.get('Signer'));
      const made = host.certificates.create?.({
        store: at.store,
        subject,
        dnsNames,
        purposes:
          listed.length > 0
            ? listed
            : (purposesOf[(context.string('Type') || 'SSLServerAuthentication').toLowerCase()] ?? []),
        isAuthority:
          context.strings('KeyUsage').some((one) => /CertSign/i.test(one)) ||
          extensions.some((one) => /^2\.5\.29\.19=.*\bca=(1|true)/i.test(one)),
        notBefore,
        notAfter: time('NotAfter', plus(now, days(365))),
        keySize: context.number('KeyLength', 2048),
        hash: context.string('HashAlgorithm') || 'SHA256',
        friendlyName: context.string('FriendlyName'),
        ...(signer ? { signer } : {}),
      });
      if (!made?.ok) {
        if (made === undefined || made.error.code === 'access-denied')
          return denied(context, 'System.Exception');
        return context.fail({
          id: 'System.Exception',
          category: 'NotSpecified',
          message: made.error.message,
          exception: 'System.Exception',
        });
      }
      writeItem(context, `Cert:\\${at.store}\\My\\${made.value.thumbprint}`);
      return undefined;
    },
  }),
};

const importCertificate: Cmdlet = {
  name: 'Import-Certificate',
  module: 'PKI',
  typeName: 'Microsoft.CertificateServices.Commands.ImportCertificateCommand',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'FilePath',
      type: 'string',
      aliases: ['FullName'],
      position: 0,
      mandatory: true,
      pipeline: true,
      pipelineByName: true,
    },
    { name: 'CertStoreLocation', type: 'string', pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const path = fullPath(context.session, context.string('FilePath'));
      const at = storeAt(context.string('CertStoreLocation') || 'Cert:\\LocalMachine\\My');
      const content = host.files.read(path);
      if (!content.ok)
        return context.fail({
          id: 'System.IO.FileNotFoundException',
          category: 'ObjectNotFound',
          message: 'The system cannot find the file specified.',
          exception: 'System.IO.FileNotFoundException',
        });
      const certificate = host.certificates.read?.(certificateFile(content.value));
      if (!certificate || !at)
        return context.fail({
          id: 'System.ComponentModel.Win32Exception',
          category: 'NotSpecified',
          message: 'Cannot find the requested object. 0x80092009 (-2146885623 CRYPT_E_NO_MATCH)',
          exception: 'System.ComponentModel.Win32Exception',
        });
      if (!context.shouldProcess(path, 'Import-Certificate')) return undefined;
      const kept: CertificateInfo = { ...certificate, store: at.store, container: at.container };
      const done = host.certificates.add?.(kept);
      if (!done?.ok)
        return context.fail({
          id: 'System.UnauthorizedAccessException',
          category: 'NotSpecified',
          message: 'Access is denied. 0x80070005 (WIN32: 5 ERROR_ACCESS_DENIED)',
          exception: 'System.UnauthorizedAccessException',
        });
      writeItem(context, `Cert:\\${at.store}\\${at.container}\\${kept.thumbprint}`);
      return undefined;
    },
  }),
};

const exportCertificate: Cmdlet = {
  name: 'Export-Certificate',
  module: 'PKI',
  typeName: 'Microsoft.CertificateServices.Commands.ExportCertificateCommand',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Cert', type: certificateTypeName, mandatory: true, pipeline: true, pipelineByName: true },
    {
      name: 'FilePath',
      type: 'string',
      aliases: ['FullName'],
      position: 0,
      mandatory: true,
    },
    { name: 'Type', type: 'string', validate: [{ kind: 'set', values: ['SST', 'CERT', 'P7B'] }] },
    { name: 'NoClobber', type: 'switch' },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const certificate = certificateIn(context.get('Cert'));
      const path = fullPath(context.session, context.string('FilePath'));
      if (certificate?.encoded === undefined)
        return context.fail({
          id: 'System.ArgumentException',
          category: 'InvalidArgument',
          message: 'Cannot find the requested object.',
          exception: 'System.ArgumentException',
        });
      if (!context.shouldProcess(path, 'Export-Certificate')) return undefined;
      const written = host.files.write(path, certificate.encoded);
      if (!written.ok)
        return context.fail({
          id: 'System.UnauthorizedAccessException',
          category: 'NotSpecified',
          message: written.error.message,
          exception: 'System.UnauthorizedAccessException',
        });
      writeItem(context, path);
      return undefined;
    },
  }),
};

/** Writes an item as its provider shows it. */
function writeItem(context: CmdletContext, path: string): void {
  const found = resolvePath(context, path);
  if (!found.ok) return;
  const item = found.value.provider.item(found.value.providerPath, context);
  if (item.ok) context.write(addItemProperties(item.value, found.value, false));
}

export const certificateCmdlets: readonly Cmdlet[] = [
  newSelfSignedCertificate,
  importCertificate,
  exportCertificate,
];
