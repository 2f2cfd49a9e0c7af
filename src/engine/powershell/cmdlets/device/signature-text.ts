import { differences } from '../../dialects/index.ts';
import type { SignatureInfo } from '../../host.ts';

/** PowerShell's words for the status of a signature (`Signature.StatusMessage`). */
export function signatureText(path: string, signature: SignatureInfo, dialect: 'desktop' | 'core'): string {
  switch (signature.status) {
    case 'Valid':
      return 'Signature verified.';
    case 'UnknownError':
      return signature.text;
    case 'NotSigned':
      return `The file ${path} is not digitally signed. You cannot run this script on the current system. For more information about running scripts and setting execution policy, see about_Execution_Policies at ${differences.policy.refusal.desktopIn(dialect) ? 'https:/' : 'https://'}go.microsoft.com/fwlink/?LinkID=135170`;
    case 'HashMismatch':
      return `The contents of file ${path} might have been changed by an unauthorized user or process, because the hash of the file does not match the hash stored in the digital signature. The script cannot run on the specified system. For more information, run Get-Help about_Signing.`;
    case 'NotTrusted':
      return `File ${path} is signed but the signer is not trusted on this system.`;
    case 'Incompatible':
      return 'The signature cannot be verified because it is incompatible with the current system. The hash algorithm is not valid.';
  }
}

/** Where a device cannot check signatures, no file has one. */
export const notSigned: SignatureInfo = {
  status: 'NotSigned',
  text: '',
  signer: undefined,
  trustedPublisher: false,
};
