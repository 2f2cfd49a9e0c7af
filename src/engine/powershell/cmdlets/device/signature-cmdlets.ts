import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { utf8Encode } from '../../../../base/bytes.ts';
import type { CertificateInfo, SignatureInfo } from '../../host.ts';
import { certificateIn, certificateType } from '../../providers/certificate-type.ts';
import { fullPath, scriptText } from '../../run/command-lookup.ts';
import { enumValue } from '../../types/enum-text.ts';
import { customObject, DotNetObject } from '../../types/objects.ts';
import { defineEnum } from '../../types/registry.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { notSigned, signatureText } from './signature-text.ts';

const statusType = defineEnum(
  'System.Management.Automation.SignatureStatus',
  'Valid,UnknownError,NotSigned,HashMismatch,NotTrusted,NotSupportedFileFormat,Incompatible',
);
const kindType = defineEnum('System.Management.Automation.SignatureType', 'None,Authenticode,Catalog');

const paths = [
  {
    name: 'FilePath',
    type: 'string[]',
    sets: [{ set: 'ByPath', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
  },
  {
    name: 'LiteralPath',
    type: 'string[]',
    aliases: ['PSPath'],
    sets: [{ set: 'ByLiteralPath', mandatory: true, pipelineByName: true }],
  },
] as const;

/** Kinds of files whose signature stands in comments. */
const isScript = (path: string): boolean => /\.(ps1|psm1|psd1|ps1xml|cdxml|mof)$/i.test(path);

/** Each file that the command names, with its bytes; says which is not there. */
function* files(context: CmdletContext): Generator<readonly [path: string, content: Bytes]> {
  const given = context.has('LiteralPath') ? context.strings('LiteralPath') : context.strings('FilePath');
  for (const one of given) {
    const path = fullPath(context.session, one.replace(/^.*::/, ''));
    const content = context.host.files.read(path);
    if (content.ok) yield [path, content.value];
    else
      context.error({
        id: 'FileNotFound',
        category: 'ObjectNotFound',
        message: `File ${path} was not found.`,
        exception: 'System.IO.FileNotFoundException',
        target: path,
      });
  }
}

function writeSignature(
  context: CmdletContext,
  path: string,
  signature: SignatureInfo,
  byWindows = false,
): void {
  const { status, signer } = signature;
  const kind = byWindows ? 'Catalog' : status === 'NotSigned' ? 'None' : 'Authenticode';
  context.write(
    customObject(
      [
        ['SignerCertificate', signer ? new DotNetObject(certificateType, signer) : null],
        ['TimeStamperCertificate', null],
        ['Status', enumValue(statusType, status)],
        ['StatusMessage', signatureText(path, signature, context.dialect)],
        ['Path', path],
        ['SignatureType', enumValue(kindType, kind)],
        ['IsOSBinary', byWindows],
      ],
      'System.Management.Automation.Signature',
    ),
  );
}

export const getAuthenticodeSignature: Cmdlet = {
  name: 'Get-AuthenticodeSignature',
  module: 'Microsoft.PowerShell.Security',
  typeName: 'Microsoft.PowerShell.Commands.GetAuthenticodeSignatureCommand',
  defaultSet: 'ByPath',
  parameters: paths,
  start: (context) => ({
    process() {
      for (const [path, content] of files(context)) {
        const info = context.host.files.info(path);
        // Windows' own files are signed by catalogue.
        const byWindows = /^c:\\windows\\/i.test(path) && info.ok && info.value.version !== undefined;
        if (byWindows) writeSignature(context, path, { ...notSigned, status: 'Valid' }, true);
        else
          writeSignature(
            context,
            path,
            isScript(path)
              ? (context.host.certificates.checkScript?.(
                  scriptText(content, differences.files.scriptEncoding.desktopIn(context.dialect)),
                ) ?? notSigned)
              : notSigned,
          );
      }
      return undefined;
    },
  }),
};

export const setAuthenticodeSignature: Cmdlet = {
  name: 'Set-AuthenticodeSignature',
  module: 'Microsoft.PowerShell.Security',
  typeName: 'Microsoft.PowerShell.Commands.SetAuthenticodeSignatureCommand',
  defaultSet: 'ByPath',
  shouldProcess: 'Medium',
  parameters: [
    ...paths,
    {
      name: 'Certificate',
      type: 'System.Security.Cryptography.X509Certificates.X509Certificate2',
      position: 1,
      mandatory: true,
    },
    {
      name: 'IncludeChain',
      type: 'string',
      validate: [{ kind: 'set', values: ['signer', 'notroot', 'all'] }],
    },
    { name: 'TimestampServer', type: 'string' },
    { name: 'HashAlgorithm', type: 'string' },
    { name: 'Force', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const certificate = certificateIn(context.get('Certificate'));
      if (!certificate || !goodForSigning(certificate))
        return context.fail({
          id: 'Argument',
          category: 'InvalidArgument',
          message: 'Cannot sign code. The specified certificate is not suitable for code signing.',
          exception: 'System.Management.Automation.PSArgumentException',
        });
      for (const [path, content] of files(context)) {
        if (!context.shouldProcess(path, 'Set-AuthenticodeSignature')) continue;
        if (!isScript(path)) {
          writeSignature(context, path, { ...notSigned, status: 'UnknownError', text: notSupported(path) });
          continue;
        }
        sign(context, path, content, certificate);
      }
      return undefined;
    },
  }),
};

/** A private key and code signing among its purposes. */
const goodForSigning = (certificate: CertificateInfo): boolean =>
  certificate.hasPrivateKey && (certificate.purposes ?? []).includes('1.3.6.1.5.5.7.3.3');

const notSupported = (path: string): string =>
  `Cannot sign the file because the system does not support signing operations on ${/\.[^.\\]*$/.exec(path)?.[0] ?? ''} files.`;

function sign(context: CmdletContext, path: string, content: Bytes, certificate: CertificateInfo): void {
  const { host } = context;
  const text = scriptText(content, differences.files.scriptEncoding.desktopIn(context.dialect));
  const signed = host.certificates.signScript?.(text, certificate, {
    chain: (context.string('IncludeChain') || 'notroot') as 'signer' | 'notroot' | 'all',
    hash: context.string('HashAlgorithm') || 'SHA256',
  });
  if (!signed?.ok) {
    writeSignature(context, path, {
      ...notSigned,
      status: 'UnknownError',
      text: signed?.error.message ?? '',
    });
    return;
  }
  const info = host.files.info(path);
  const readOnly = info.ok && info.value.readOnly;
  if (readOnly && context.switch('Force')) host.files.setAttributes(path, { readOnly: false });
  const written = host.files.write(path, encodedAs(content, signed.value));
  if (readOnly && context.switch('Force')) host.files.setAttributes(path, { readOnly: true });
  if (!written.ok)
    context.fail({
      id: 'UnauthorizedAccess',
      category: 'PermissionDenied',
      message: written.error.message,
      exception: 'System.UnauthorizedAccessException',
      target: path,
    });
  writeSignature(context, path, host.certificates.checkScript?.(signed.value) ?? notSigned);
}

/** The text in the encoding that the file has: its byte order mark says which, else one byte a character as before. */
function encodedAs(before: Bytes, text: string): Bytes {
  if (before.startsWith('\u00ff\u00fe')) {
    let out = '\u00ff\u00fe';
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      out += String.fromCharCode(code & 0xff, code >> 8);
    }
    return out as Bytes;
  }
  if (before.startsWith('\u00ef\u00bb\u00bf')) return `\u00ef\u00bb\u00bf${utf8Encode(text)}` as Bytes;
  // All that is added is ASCII: the bytes of the script stay as they are.
  const added = text.slice(text.lastIndexOf('\r\n# SIG # Begin signature block'));
  const body = before.replace(/\r?\n# SIG # Begin signature block[^]*$/, '');
  return `${body}${added}` as Bytes;
}
