import { differences } from '../../dialects/index.ts';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { Steps } from '../../run/steps.ts';
import { credential, secretOf, secureString } from '../../types/dotnet/ps-types.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { toText } from '../../types/text.ts';
import type { Cmdlet } from '../cmdlet.ts';

const security = 'Microsoft.PowerShell.Security';
/** Start of the text of a secure string protected for the user and machine, as DPAPI marks it. */
const header = '01000000d08c9ddf0115d1118c7a00c04fc297eb';

/** Text of a device's own: bytes mixed with the key of the user, so that another user's reads as nothing. */
function mixed(text: Uint8Array, key: string): Uint8Array {
  return text.map((b, i) => b ^ (key.charCodeAt(i % key.length) + i * 31));
}
function utf16(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 2);
  for (let i = 0; i < text.length; i++) {
    out[i * 2] = text.charCodeAt(i) & 255;
    out[i * 2 + 1] = text.charCodeAt(i) >> 8;
  }
  return out;
}
const fromUtf16 = (bytes: Uint8Array): string => {
  let out = '';
  for (let i = 0; i + 1 < bytes.length; i += 2)
    out += String.fromCharCode((bytes[i] as number) | ((bytes[i + 1] as number) << 8));
  return out;
};

export const convertToSecureString: Cmdlet = {
  name: 'ConvertTo-SecureString',
  module: security,
  typeName: 'Microsoft.PowerShell.Commands.ConvertToSecureStringCommand',
  defaultSet: 'Secure',
  parameters: [
    { name: 'String', type: 'string', position: 0, mandatory: true, pipeline: true },
    { name: 'AsPlainText', type: 'switch', sets: [{ set: 'PlainText', position: 1 }] },
    { name: 'Force', type: 'switch', sets: [{ set: 'PlainText', position: 2 }] },
    { name: 'SecureKey', type: 'System.Security.SecureString', position: 1, sets: ['Secure'] },
    { name: 'Key', type: 'byte[]', sets: ['Open'] },
  ],
  start: (context) => ({
    process() {
      const text = context.string('String');
      if (context.switch('AsPlainText')) {
        if (differences.commands.plainTextSecret.desktopIn(context.dialect) && !context.switch('Force'))
          return context.fail({
            id: 'ImportSecureString_ForceRequired',
            category: 'InvalidArgument',
            message:
              'The system cannot protect plain text input. To suppress this warning and convert the plain text to a SecureString, reissue the command specifying the Force parameter. For more information ,type: get-help ConvertTo-SecureString.',
            exception: 'System.ArgumentException',
          });
        context.write(secureString(text));
        return undefined;
      }
      const key = context.has('Key')
        ? (elementsOf(context.get('Key')) ?? []).map((v) => toText(v)).join('.')
        : context.host.identity.sid;
      if (!text.startsWith(header) || !/^[0-9a-f]+$/i.test(text) || text.length % 2 !== 0)
        return context.fail({
          id: 'ImportSecureString_InvalidArgument',
          category: 'InvalidArgument',
          message: 'Input string was not in a correct format.',
          exception: 'System.FormatException',
        });
      context.write(secureString(fromUtf16(mixed(hexToBytes(text.slice(header.length)), key))));
      return undefined;
    },
  }),
};

export const convertFromSecureString: Cmdlet = {
  name: 'ConvertFrom-SecureString',
  module: security,
  typeName: 'Microsoft.PowerShell.Commands.ConvertFromSecureStringCommand',
  defaultSet: 'Secure',
  parameters: [
    {
      name: 'SecureString',
      type: 'System.Security.SecureString',
      position: 0,
      mandatory: true,
      pipeline: true,
    },
    { name: 'SecureKey', type: 'System.Security.SecureString', position: 1, sets: ['Secure'] },
    { name: 'AsPlainText', type: 'switch', dialect: 'core', sets: ['AsPlainText'] },
    { name: 'Key', type: 'byte[]', sets: ['Open'] },
  ],
  start: (context) => ({
    process() {
      const text = secretOf(context.get('SecureString')) ?? '';
      if (context.switch('AsPlainText')) {
        context.write(text);
        return undefined;
      }
      const key = context.has('Key')
        ? (elementsOf(context.get('Key')) ?? []).map((v) => toText(v)).join('.')
        : context.host.identity.sid;
      context.write(header + bytesToHex(mixed(utf16(text), key)));
      return undefined;
    },
  }),
};

export const getCredential: Cmdlet = {
  name: 'Get-Credential',
  module: security,
  typeName: 'Microsoft.PowerShell.Commands.GetCredentialCommand',
  defaultSet: 'CredentialSet',
  parameters: [
    { name: 'Credential', type: 'object', position: 0, sets: ['CredentialSet'] },
    { name: 'Message', type: 'string', sets: ['MessageSet'] },
    { name: 'UserName', type: 'string', position: 0, sets: ['MessageSet'] },
    { name: 'Title', type: 'string', dialect: 'core', sets: ['MessageSet'] },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const { session } = context;
      session.console('');
      session.console(context.string('Title') || 'PowerShell credential request');
      session.console(context.string('Message') || 'Enter your credentials.');
      const refused = (): never =>
        context.fail({
          id: 'InvalidOperation',
          category: 'InvalidOperation',
          message: differences.errors.nonInteractive.desktopIn(context.dialect)
            ? 'Windows PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.'
            : 'PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.',
          exception: 'System.Management.Automation.PSInvalidOperationException',
        });
      let user =
        context.string('UserName') || (context.has('Credential') ? toText(context.get('Credential')) : '');
      if (user === '') {
        const answer = yield { kind: 'line', prompt: 'User: ', secret: false };
        if (answer.kind !== 'line' || answer.text === undefined) return refused();
        user = answer.text;
      }
      const answer = yield { kind: 'line', prompt: `Password for user ${user}: `, secret: true };
      if (answer.kind !== 'line' || answer.text === undefined) return refused();
      if (user !== '') context.write(credential(user, secureString(answer.text)));
    },
  }),
};
