import { compare, equals } from '../compare.ts';
import { convertTo } from '../convert.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject, PSCustomObject } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { toText } from '../text.ts';
import { boolean, switchParameterType } from '../../run/boolean.ts';
import { isNumeric } from '../numeric.ts';
import { isTrue } from '../truth.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { automationNull } from '../value.ts';
import { wildcard } from '../wildcard.ts';
import { bits, flag, nullArgument, required, state, str } from './arguments.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';

const namespace = 'System.Management.Automation';
const psObjectType = defineType(`${namespace}.PSObject`);
defineType(psObjectType.fullName, {
  constructors: constructors(
    ['psobject new()', () => new PSCustomObject()],
    ['psobject new(System.Object obj)', (_v, a) => a[0] ?? null],
  ),
  members: [staticMethod(['psobject AsPSObject(System.Object obj)', (_v, a) => a[0] ?? null])],
});
defineType(`${namespace}.Internal.AutomationNull`, {
  members: [staticProperty('Value', 'psobject', () => automationNull)],
});
const nullStringType = defineType(`${namespace}.Language.NullString`);
const nullString = new DotNetObject(nullStringType, null);
defineType(nullStringType.fullName, {
  members: [
    staticProperty('Value', nullStringType.fullName, () => nullString),
    method(['string ToString()', () => '']),
  ],
});

/** A secret text. It is kept as it is: what is seen of it decides `ConvertFrom-SecureString`. */
const secureType = defineType('System.Security.SecureString', { interfaces: ['System.IDisposable'] });
interface Secret {
  text: string;
  readOnly: boolean;
}
export const secureString = (text: string): DotNetObject<Secret> =>
  new DotNetObject(secureType, { text, readOnly: true });
export const secretOf = (v: Value): string | undefined =>
  v instanceof DotNetObject && v.type === secureType ? (v.state as Secret).text : undefined;
defineType(secureType.fullName, {
  constructors: constructors([
    'securestring new()',
    () => new DotNetObject<Secret>(secureType, { text: '', readOnly: false }),
  ]),
  members: [
    property('Length', 'int', (v) => state<Secret>(v).text.length),
    method([
      'void AppendChar(char c)',
      (v, a) => {
        if (state<Secret>(v).readOnly)
          throw dotNetError('System.InvalidOperationException', 'Instance is read-only.');
        state<Secret>(v).text += str(a[0]);
      },
    ]),
    method([
      'void MakeReadOnly()',
      (v) => {
        state<Secret>(v).readOnly = true;
      },
    ]),
    method(['bool IsReadOnly()', (v) => state<Secret>(v).readOnly]),
    method([
      'securestring Copy()',
      (v) => new DotNetObject<Secret>(secureType, { ...state<Secret>(v), readOnly: false }),
    ]),
    method([
      'void Clear()',
      (v) => {
        state<Secret>(v).text = '';
      },
    ]),
    method(['void Dispose()', () => undefined]),
  ],
});
interface Credential {
  readonly userName: string;
  readonly password: Value;
}
const credentialType = defineType(`${namespace}.PSCredential`);
const networkType = defineType('System.Net.NetworkCredential');
interface NetworkCredential {
  userName: string;
  password: string;
  domain: string;
}
export const credential = (userName: string, password: Value): Value =>
  new DotNetObject<Credential>(credentialType, { userName, password });
const network = (userName: string, password: string, domain: string): Value =>
  new DotNetObject<NetworkCredential>(networkType, { userName, password, domain });
defineType(credentialType.fullName, {
  constructors: constructors([
    'pscredential new(string userName, securestring password)',
    (_v, a) => {
      if (str(a[0]) === '')
        throw dotNetError(
          'System.ArgumentException',
          `Cannot process argument because the value of argument "userName" is not valid. Change the value of the "userName" argument and run the operation again.`,
        );
      if (a[1] === null || a[1] === undefined) throw nullArgument('password');
      return credential(str(a[0]), a[1]);
    },
  ]),
  members: [
    property('UserName', 'string', (v) => state<Credential>(v).userName),
    property('Password', 'securestring', (v) => state<Credential>(v).password),
    method([
      'System.Net.NetworkCredential GetNetworkCredential()',
      (v) => {
        const { userName, password } = state<Credential>(v);
        const cut = userName.indexOf('\\');
        return network(
          userName.slice(cut + 1),
          secretOf(password) ?? '',
          cut < 0 ? '' : userName.slice(0, cut),
        );
      },
    ]),
    staticProperty('Empty', 'pscredential', () => credential('', secureString(''))),
  ],
});
defineType(networkType.fullName, {
  constructors: constructors(
    ['System.Net.NetworkCredential new()', () => network('', '', '')],
    [
      'System.Net.NetworkCredential new(string userName, string password)',
      (_v, a) => network(str(a[0]), secretOf(a[1] ?? null) ?? str(a[1]), ''),
    ],
    [
      'System.Net.NetworkCredential new(string userName, string password, string domain)',
      (_v, a) => network(str(a[0]), secretOf(a[1] ?? null) ?? str(a[1]), str(a[2])),
    ],
    [
      'System.Net.NetworkCredential new(string userName, securestring password)',
      (_v, a) => network(str(a[0]), secretOf(a[1] ?? null) ?? '', ''),
    ],
  ),
  members: [
    property(
      'UserName',
      'string',
      (v) => state<NetworkCredential>(v).userName,
      (v, value) => {
        state<NetworkCredential>(v).userName = toText(value);
      },
    ),
    property(
      'Password',
      'string',
      (v) => state<NetworkCredential>(v).password,
      (v, value) => {
        state<NetworkCredential>(v).password = toText(value);
      },
    ),
    property('SecurePassword', 'securestring', (v) => secureString(state<NetworkCredential>(v).password)),
    property(
      'Domain',
      'string',
      (v) => state<NetworkCredential>(v).domain,
      (v, value) => {
        state<NetworkCredential>(v).domain = toText(value);
      },
    ),
  ],
});
/** Pointers to unprotected copies of a secret: the text itself is the state. */
const bstrType = defineType('System.IntPtr', { kind: 'struct' });
defineType('System.Runtime.InteropServices.Marshal', {
  members: [
    ...['SecureStringToBSTR', 'SecureStringToGlobalAllocUnicode', 'SecureStringToCoTaskMemUnicode'].map(
      (name) =>
        staticMethod([
          `System.IntPtr ${name}(securestring s)`,
          (_v, a) => new DotNetObject(bstrType, { secret: secretOf(a[0] ?? null) ?? '' }),
        ]),
    ),
    ...['PtrToStringAuto', 'PtrToStringBSTR', 'PtrToStringUni'].map((name) =>
      staticMethod([
        `string ${name}(System.IntPtr ptr)`,
        (_v, a) => (a[0] as DotNetObject<{ secret?: string }>).state.secret ?? null,
      ]),
    ),
    ...['ZeroFreeBSTR', 'FreeBSTR', 'ZeroFreeGlobalAllocUnicode', 'ZeroFreeCoTaskMemUnicode'].map((name) =>
      staticMethod([
        `void ${name}(System.IntPtr s)`,
        (_v, a) => {
          (a[0] as DotNetObject<{ secret?: string }>).state = {};
        },
      ]),
    ),
    // COM objects live as long as the script that made them.
    staticMethod(['int ReleaseComObject(System.Object o)', () => 0]),
    staticMethod(['int FinalReleaseComObject(System.Object o)', () => 0]),
    staticMethod(['int GetLastWin32Error()', () => 0]),
  ],
});

defineType(switchParameterType.fullName, {
  constructors: constructors(['switch new(bool isPresent)', (_v, a) => boolean.switch(a[0] ?? false)]),
  members: [staticProperty('Present', 'switch', () => boolean.switch(true))],
});
typeConverters.set(switchParameterType.fullName, (value) => {
  if (value instanceof DotNetObject && value.type === switchParameterType) return value;
  if (value === null) return boolean.switch(false);
  return typeof value === 'boolean' || isNumeric(value) ? boolean.switch(isTrue(value)) : undefined;
});
const mailType = defineType('System.Net.Mail.MailAddress');
interface Mail {
  readonly address: string;
  readonly displayName: string;
}
function parseMail(text: string, displayName = ''): DotNetObject<Mail> {
  const found = /^\s*(?:"?([^"<]*?)"?\s*<)?\s*([^\s<>@]+@[^\s<>@]+)\s*>?\s*$/.exec(text);
  if (!found)
    throw dotNetError(
      'System.FormatException',
      'The specified string is not in the form required for an e-mail address.',
    );
  return new DotNetObject(mailType, {
    address: found[2] as string,
    displayName: displayName || (found[1] ?? ''),
  });
}
defineType(mailType.fullName, {
  constructors: constructors(
    ['mailaddress new(string address)', (_v, a) => parseMail(required(a[0], 'address'))],
    [
      'mailaddress new(string address, string displayName)',
      (_v, a) => parseMail(required(a[0], 'address'), str(a[1])),
    ],
  ),
  members: [
    property('DisplayName', 'string', (v) => state<Mail>(v).displayName),
    property('User', 'string', (v) => state<Mail>(v).address.split('@')[0] ?? ''),
    property('Host', 'string', (v) => state<Mail>(v).address.split('@')[1] ?? ''),
    property('Address', 'string', (v) => state<Mail>(v).address),
    method([
      'string ToString()',
      (v) => {
        const { address, displayName } = state<Mail>(v);
        return displayName === '' ? address : `"${displayName}" <${address}>`;
      },
    ]),
  ],
});

const wildcardOptions = defineEnum(
  `${namespace}.WildcardOptions`,
  'None=0,Compiled=1,IgnoreCase=2,CultureInvariant=4',
  true,
);
const wildcardType = defineType(`${namespace}.WildcardPattern`);
interface Pattern {
  readonly text: string;
  readonly ignoreCase: boolean;
}
const pattern = (text: string, ignoreCase: boolean): Value =>
  new DotNetObject<Pattern>(wildcardType, { text, ignoreCase });
defineType(wildcardType.fullName, {
  constructors: constructors(
    ['WildcardPattern new(string pattern)', (_v, a) => pattern(required(a[0], 'pattern'), false)],
    [
      `WildcardPattern new(string pattern, ${wildcardOptions.fullName} options)`,
      (_v, a) => pattern(required(a[0], 'pattern'), (bits(a[1]) & 2) !== 0),
    ],
  ),
  members: [
    method([
      'bool IsMatch(string input)',
      (v, a) => wildcard(state<Pattern>(v).text, state<Pattern>(v).ignoreCase)(str(a[0])),
    ]),
    method([
      'string ToWql()',
      (v) => state<Pattern>(v).text.replace(/[%_]/g, '[$&]').replace(/\*/g, '%').replace(/\?/g, '_'),
    ]),
    staticMethod(['string Escape(string pattern)', (_v, a) => str(a[0]).replace(/[*?[\]`]/g, '`$&')]),
    staticMethod(['string Unescape(string pattern)', (_v, a) => str(a[0]).replace(/`([*?[\]`])/g, '$1')]),
    staticMethod([
      'bool ContainsWildcardCharacters(string pattern)',
      (_v, a) => /[*?[]/.test(str(a[0]).replace(/`./g, '')),
    ]),
    staticMethod([
      `${wildcardType.fullName} Get(string pattern, ${wildcardOptions.fullName} options)`,
      (_v, a) => pattern(str(a[0]), (bits(a[1]) & 2) !== 0),
    ]),
  ],
});
defineType(`${namespace}.LanguagePrimitives`, {
  members: [
    staticMethod(['bool IsTrue(System.Object obj)', (_v, a) => isTrue(a[0] ?? null)]),
    staticMethod([
      'System.Object ConvertTo(System.Object valueToConvert, type resultType)',
      (_v, a) => convertTo(a[0] ?? null, a[1] as DotNetType),
    ]),
    staticMethod(
      [
        'bool Equals(System.Object first, System.Object second)',
        (_v, a) => equals(a[0] ?? null, a[1] ?? null, false),
      ],
      [
        'bool Equals(System.Object first, System.Object second, bool ignoreCase)',
        (_v, a) => equals(a[0] ?? null, a[1] ?? null, flag(a[2])),
      ],
    ),
    staticMethod(
      [
        'int Compare(System.Object first, System.Object second)',
        (_v, a) => compare(a[0] ?? null, a[1] ?? null, false),
      ],
      [
        'int Compare(System.Object first, System.Object second, bool ignoreCase)',
        (_v, a) => compare(a[0] ?? null, a[1] ?? null, flag(a[2])),
      ],
    ),
  ],
});
