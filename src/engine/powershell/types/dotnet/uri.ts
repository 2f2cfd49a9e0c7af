import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { utf8Decode, utf8Encode } from '../../../../base/bytes.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject, EnumValue, stringArray } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { assign, bits, int, required, state, str } from './arguments.ts';
import { castError } from './cast-error.ts';
import { constructors, method, property, staticMethod } from './define.ts';

interface UriState {
  readonly original: string;
  /** undefined of a relative one. */
  readonly parts: Parts | undefined;
}
interface Parts {
  readonly scheme: string;
  readonly userInfo: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}
const ports: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  ftp: 21,
  ws: 80,
  wss: 443,
  ldap: 389,
  ssh: 22,
  telnet: 23,
};
defineEnum('System.UriKind', 'RelativeOrAbsolute,Absolute,Relative');
defineEnum('System.UriPartial', 'Scheme,Authority,Path,Query');

function removeDots(path: string): string {
  const out: string[] = [];
  const list = path.split('/');
  list.forEach((part, i) => {
    if (part === '.' || part === '..') {
      if (part === '..' && out.length > 1) out.pop();
      if (i === list.length - 1) out.push('');
    } else out.push(part);
  });
  return out.join('/');
}
const escapeIn = (text: string, keep: RegExp): string =>
  text.replace(/%(?![0-9a-fA-F]{2})|[^%]/gu, (c) => (keep.test(c) ? c : percent(c)));
const percent = (c: string): string =>
  Array.from(utf8Encode(c), (b) => `%${b.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`).join(
    '',
  );
const inPath = /[A-Za-z0-9\-._~!$&'()*+,;=:@/]/;

function parse(text: string): Parts | undefined {
  const trimmed = text.trim();
  if (/^[A-Za-z]:[\\/]/.test(trimmed) || /^\\\\/.test(trimmed)) {
    const unc = /^\\\\([^\\/]+)(.*)$/.exec(trimmed);
    const path = (unc ? (unc[2] as string) : `/${trimmed}`).replace(/\\/g, '/');
    return {
      scheme: 'file',
      userInfo: '',
      host: unc?.[1]?.toLowerCase() ?? '',
      port: -1,
      path: escapeIn(removeDots(path), inPath),
      query: '',
      fragment: '',
    };
  }
  const found =
    /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#]*)(?::(\d*))?)?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(
      trimmed,
    );
  if (!found) return undefined;
  const scheme = (found[1] as string).toLowerCase();
  const host = found[3];
  if (host === undefined && ports[scheme] !== undefined) return undefined;
  if (host === '' && scheme !== 'file') return undefined;
  const port = found[4] ? Number(found[4]) : host === undefined ? -1 : (ports[scheme] ?? -1);
  if (port > 65535) return undefined;
  const rawPath = found[5] as string;
  const path = host === undefined ? rawPath : removeDots(rawPath === '' ? '/' : rawPath.replace(/\\/g, '/'));
  return {
    scheme,
    userInfo: found[2] ?? '',
    host: (host ?? '').toLowerCase(),
    port,
    path: escapeIn(path, inPath),
    query: escapeIn(found[6] ?? '', /[A-Za-z0-9\-._~!$&'()*+,;=:@/?[\]]/),
    fragment: escapeIn(found[7] ?? '', /[A-Za-z0-9\-._~!$&'()*+,;=:@/?#[\]]/),
  };
}
const badUri = (text: string): Error =>
  dotNetError(
    'System.UriFormatException',
    text.trim() === ''
      ? 'Invalid URI: The URI is empty.'
      : /^[A-Za-z][A-Za-z0-9+.-]*:/.test(text)
        ? /:\/\/(?:[?#/]|$)/.test(text)
          ? 'Invalid URI: The hostname could not be parsed.'
          : 'Invalid URI: Invalid port specified.'
        : 'Invalid URI: The format of the URI could not be determined.',
  );
const type: DotNetType = defineType('System.Uri', { interfaces: ['System.IFormattable'] });
const make = (original: string, parts: Parts | undefined): DotNetObject<UriState> =>
  new DotNetObject(type, { original, parts });
/** `kind`: 0 either, 1 absolute, 2 relative. */
function uriOf(text: string, kind: number): DotNetObject<UriState> {
  const parts = kind === 2 ? undefined : parse(text);
  if (!parts && kind === 1) throw badUri(text);
  if (!parts && kind === 0 && text === '' && isDesktop(differences.errors.invalidUri)) throw badUri(text);
  return make(text, parts);
}
const u = (v: Value): UriState => state<UriState>(v);
function parts(v: Value): Parts {
  const own = u(v).parts;
  if (!own)
    throw dotNetError(
      'System.InvalidOperationException',
      'This operation is not supported for a relative URI.',
    );
  return own;
}
const isDefaultPort = (p: Parts): boolean => p.port === -1 || p.port === ports[p.scheme];
const authority = (p: Parts): string => p.host + (isDefaultPort(p) ? '' : `:${p.port}`);
const hasAuthority = (p: Parts): boolean => p.host !== '' || p.scheme === 'file';
export const absoluteUri = (p: Parts): string =>
  `${p.scheme}:${hasAuthority(p) ? '//' : ''}${p.userInfo === '' ? '' : `${p.userInfo}@`}${authority(p)}${p.path}${p.query}${p.fragment}`;
export const unescapeData = (text: string): string =>
  text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) =>
    utf8Decode(
      (run.match(/%../g) ?? []).map((x) => String.fromCharCode(parseInt(x.slice(1), 16))).join('') as Bytes,
    ),
  );
const escapeData = (text: string): string =>
  Array.from(text, (c) => (/[A-Za-z0-9\-._~]/.test(c) ? c : percent(c))).join('');
function resolve(base: Parts, relative: string): Parts | undefined {
  const absolute = parse(relative);
  if (absolute && /^[A-Za-z][A-Za-z0-9+.-]+:/.test(relative)) return absolute;
  if (relative.startsWith('//')) return parse(`${base.scheme}:${relative}`);
  const found = /^([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(relative) as RegExpExecArray;
  const rawPath = found[1] as string;
  const path =
    rawPath === ''
      ? base.path
      : rawPath.startsWith('/')
        ? rawPath
        : base.path.replace(/[^/]*$/, '') + rawPath;
  return {
    ...base,
    path: escapeIn(removeDots(path), inPath),
    query: found[2] ?? (rawPath === '' ? base.query : ''),
    fragment: found[3] ?? '',
  };
}
const localPath = (p: Parts): string => {
  const path = unescapeData(p.path);
  if (p.scheme !== 'file') return path;
  const windows = path.replace(/^\/(?=[A-Za-z]:)/, '').replace(/\//g, '\\');
  return p.host === '' ? windows : `\\\\${p.host}${windows}`;
};

defineType(type.fullName, {
  constructors: constructors(
    ['uri new(string uriString)', (_v, a) => uriOf(required(a[0], 'uriString'), 1)],
    [
      'uri new(string uriString, System.UriKind uriKind)',
      (_v, a) => uriOf(required(a[0], 'uriString'), bits(a[1])),
    ],
    ['uri new(uri baseUri, string relativeUri)', (_v, a) => combine(a)],
    ['uri new(uri baseUri, uri relativeUri)', (_v, a) => combine(a)],
  ),
  members: [
    property('AbsolutePath', 'string', (v) => parts(v).path),
    property('AbsoluteUri', 'string', (v) => absoluteUri(parts(v))),
    property('LocalPath', 'string', (v) => localPath(parts(v))),
    property('Authority', 'string', (v) => authority(parts(v))),
    property('HostNameType', 'System.UriHostNameType', (v) => hostKind(parts(v).host)),
    property('IsDefaultPort', 'bool', (v) => isDefaultPort(parts(v))),
    property('IsFile', 'bool', (v) => parts(v).scheme === 'file'),
    property('IsLoopback', 'bool', (v) => /^(localhost|127\.|\[::1\]|$)/.test(parts(v).host)),
    property('PathAndQuery', 'string', (v) => parts(v).path + parts(v).query),
    property('Segments', 'string[]', (v) => stringArray(parts(v).path.match(/[^/]*\/|[^/]+$/g) ?? [])),
    property('IsUnc', 'bool', (v) => parts(v).scheme === 'file' && parts(v).host !== ''),
    property('Host', 'string', (v) => parts(v).host),
    property('Port', 'int', (v) => parts(v).port),
    property('Query', 'string', (v) => (parts(v).query === '?' ? '' : parts(v).query)),
    property('Fragment', 'string', (v) => parts(v).fragment),
    property('Scheme', 'string', (v) => parts(v).scheme),
    property('OriginalString', 'string', (v) => u(v).original),
    property('DnsSafeHost', 'string', (v) => parts(v).host),
    property('IdnHost', 'string', (v) => parts(v).host),
    property('IsAbsoluteUri', 'bool', (v) => u(v).parts !== undefined),
    property('UserEscaped', 'bool', () => false),
    property('UserInfo', 'string', (v) => parts(v).userInfo),
    method([
      'string GetLeftPart(System.UriPartial part)',
      (v, a) => {
        const p = parts(v);
        const scheme = `${p.scheme}://`;
        const host = `${scheme}${p.userInfo === '' ? '' : `${p.userInfo}@`}${authority(p)}`;
        return [scheme, host, host + p.path, host + p.path + p.query][bits(a[0])] ?? host;
      },
    ]),
    method([
      'uri MakeRelativeUri(uri uri)',
      (v, a) => make(relativeTo(parts(v), parts(a[0] as Value)), undefined),
    ]),
    method([
      'bool IsBaseOf(uri uri)',
      (v, a) =>
        authority(parts(v)) === authority(parts(a[0] as Value)) &&
        parts(a[0] as Value).path.startsWith(parts(v).path.replace(/[^/]*$/, '')),
    ]),
    method([
      'bool Equals(System.Object comparand)',
      (v, a) => a[0] instanceof DotNetObject && a[0].type === type && text(a[0]) === text(v),
    ]),
    method(['string ToString()', (v) => text(v)]),
    staticMethod([
      'string EscapeDataString(string stringToEscape)',
      (_v, a) => escapeData(required(a[0], 'stringToEscape')),
    ]),
    staticMethod([
      'string UnescapeDataString(string stringToUnescape)',
      (_v, a) => unescapeData(required(a[0], 'stringToUnescape')),
    ]),
    staticMethod([
      'string EscapeUriString(string stringToEscape)',
      (_v, a) => escapeIn(str(a[0]), /[A-Za-z0-9\-._~!$&'()*+,;=:@/?#[\]]/),
    ]),
    staticMethod([
      'bool TryCreate(string uriString, System.UriKind uriKind, [ref] uri result)',
      (_v, a) => {
        try {
          assign(a[2], uriOf(str(a[0]), bits(a[1])));
          return a[0] !== null;
        } catch {
          assign(a[2], null);
          return false;
        }
      },
    ]),
    staticMethod([
      'bool IsWellFormedUriString(string uriString, System.UriKind uriKind)',
      (_v, a) => wellFormed(str(a[0]), bits(a[1])),
    ]),
    staticMethod(['System.UriHostNameType CheckHostName(string name)', (_v, a) => hostKind(str(a[0]))]),
    staticMethod([
      'bool CheckSchemeName(string schemeName)',
      (_v, a) => /^[A-Za-z][A-Za-z0-9+.-]*$/.test(str(a[0])),
    ]),
    staticMethod(['string HexEscape(char character)', (_v, a) => percent(str(a[0]))]),
  ],
});
const hostKinds = defineEnum('System.UriHostNameType', 'Unknown,Basic,Dns,IPv4,IPv6');
const hostKind = (name: string): Value =>
  new EnumValue(
    hostKinds,
    /^\d{1,3}(\.\d{1,3}){3}$/.test(name) ? 3 : name.includes(':') ? 4 : name === '' ? 0 : 2,
  );
const wellFormed = (text: string, kind: number): boolean => {
  if (/[\s<>"{}|\\^`]/.test(text)) return false;
  return kind === 2 ? parse(text) === undefined : parse(text) !== undefined || kind === 0;
};
/** ToString(): as written but with unreserved escapes undone. */
const text = (v: Value): string => {
  const own = u(v);
  if (!own.parts) return own.original;
  return absoluteUri(own.parts).replace(/(?:%[0-9A-F]{2})+/gi, (run) => {
    const plain = unescapeData(run);
    return /[%?#/\\@\u0000-\u001f\ufffd]/.test(plain) ? run : plain;
  });
};
function combine(a: readonly Value[]): Value {
  const relative = typeof a[1] === 'string' ? a[1] : u(a[1] as Value).original;
  const found = resolve(parts(a[0] as Value), relative);
  if (!found) throw badUri(relative);
  return make(absoluteUri(found), found);
}
function relativeTo(from: Parts, to: Parts): string {
  if (from.scheme !== to.scheme || authority(from) !== authority(to)) return absoluteUri(to);
  const a = from.path.split('/').slice(0, -1);
  const b = to.path.split('/');
  let same = 0;
  while (same < a.length && same < b.length - 1 && a[same] === b[same]) same++;
  return '../'.repeat(a.length - same) + b.slice(same).join('/') + to.query + to.fragment;
}
typeConverters.set(type.fullName, (value, wanted) => {
  if (typeof value !== 'string') return undefined;
  try {
    return uriOf(value, 0);
  } catch (error) {
    throw castError('InvalidCastConstructorException', value, wanted, error);
  }
});

interface BuilderState {
  scheme: string;
  userName: string;
  password: string;
  host: string;
  port: number;
  path: string;
  query: string;
  fragment: string;
}
const builderType = defineType('System.UriBuilder');
const b = (v: Value): BuilderState => state<BuilderState>(v);
const fromParts = (p: Parts): DotNetObject<BuilderState> =>
  new DotNetObject(builderType, {
    scheme: p.scheme,
    userName: p.userInfo.split(':')[0] ?? '',
    password: p.userInfo.split(':')[1] ?? '',
    host: p.host,
    port: p.port,
    path: p.path,
    query: p.query,
    fragment: p.fragment,
  });
const built = (v: Value): string => {
  const s = b(v);
  const user = s.userName === '' ? '' : `${s.userName}${s.password === '' ? '' : `:${s.password}`}@`;
  return `${s.scheme}://${user}${s.host}${s.port === -1 ? '' : `:${s.port}`}${s.path}${s.query}${s.fragment}`;
};
const setText = (name: 'scheme' | 'userName' | 'password' | 'host') => (v: Value, value: Value) => {
  b(v)[name] = str(value);
};
const prefixed = (mark: string, value: Value): string => {
  const given = str(value);
  return given === '' || given.startsWith(mark) ? given : mark + given;
};
const builder = (scheme: string, host: string, port: number, path: string): Value =>
  new DotNetObject<BuilderState>(builderType, {
    scheme,
    userName: '',
    password: '',
    host,
    port,
    path: prefixed('/', path === '' ? '/' : path),
    query: '',
    fragment: '',
  });
defineType(builderType.fullName, {
  constructors: constructors(
    ['System.UriBuilder new()', () => builder('http', 'localhost', -1, '/')],
    [
      'System.UriBuilder new(string uri)',
      (_v, a) => fromParts(parse(str(a[0])) ?? parse(`http://${str(a[0])}`) ?? fail(str(a[0]))),
    ],
    ['System.UriBuilder new(uri uri)', (_v, a) => fromParts(parts(a[0] as Value))],
    [
      'System.UriBuilder new(string schemeName, string hostName)',
      (_v, a) => builder(str(a[0]), str(a[1]), -1, '/'),
    ],
    [
      'System.UriBuilder new(string scheme, string host, int portNumber)',
      (_v, a) => builder(str(a[0]), str(a[1]), int(a[2]), '/'),
    ],
    [
      'System.UriBuilder new(string scheme, string host, int port, string pathValue)',
      (_v, a) => builder(str(a[0]), str(a[1]), int(a[2]), str(a[3])),
    ],
  ),
  members: [
    property('Scheme', 'string', (v) => b(v).scheme, setText('scheme')),
    property('UserName', 'string', (v) => b(v).userName, setText('userName')),
    property('Password', 'string', (v) => b(v).password, setText('password')),
    property('Host', 'string', (v) => b(v).host, setText('host')),
    property(
      'Port',
      'int',
      (v) => b(v).port,
      (v, value) => {
        b(v).port = int(value);
      },
    ),
    property(
      'Path',
      'string',
      (v) => b(v).path,
      (v, value) => {
        b(v).path = prefixed('/', str(value) === '' ? '/' : escapeIn(str(value), inPath));
      },
    ),
    property(
      'Query',
      'string',
      (v) => b(v).query,
      (v, value) => {
        b(v).query = prefixed('?', value);
      },
    ),
    property(
      'Fragment',
      'string',
      (v) => b(v).fragment,
      (v, value) => {
        b(v).fragment = prefixed('#', value);
      },
    ),
    property('Uri', 'uri', (v) => uriOf(built(v), 1)),
    method(['string ToString()', built]),
  ],
});
const fail = (given: string): never => {
  throw badUri(given);
};

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  euro: '€',
  hellip: '…',
  ndash: '–',
  mdash: '—',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
};
const htmlEncode = (given: string): string =>
  given.replace(/[<>&"'\u00a0-\u00ff]|[\ud800-\udbff][\udc00-\udfff]/g, (c) => {
    const named = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&#39;' }[c];
    return named ?? `&#${c.codePointAt(0)};`;
  });
const htmlDecode = (given: string): string =>
  given.replace(
    /&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([A-Za-z]+));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return entities[name] ?? whole;
      const code = decimal !== undefined ? Number(decimal) : parseInt(hex as string, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
const urlEncode = (given: string): string =>
  Array.from(given, (c) => (c === ' ' ? '+' : /[A-Za-z0-9\-_.!*()]/.test(c) ? c : percent(c))).join('');
const urlDecode = (given: string): string => unescapeData(given.replace(/\+/g, ' '));
const textMethod = (name: string, how: (given: string) => string) =>
  staticMethod([`string ${name}(string value)`, (_v, a) => (a[0] === null ? null : how(str(a[0])))]);
for (const [name, url] of [
  ['System.Net.WebUtility', urlEncode],
  [
    'System.Web.HttpUtility',
    (given: string) => urlEncode(given).replace(/%[0-9A-F]{2}/g, (x) => x.toLowerCase()),
  ],
] as const)
  defineType(name, {
    members: [
      textMethod('HtmlEncode', htmlEncode),
      textMethod('HtmlDecode', htmlDecode),
      textMethod('UrlEncode', url),
      textMethod('UrlDecode', urlDecode),
    ],
  });
defineType('System.Security.SecurityElement', {
  members: [
    textMethod('Escape', (given) =>
      given.replace(
        /[<>&"']/g,
        (c) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;', "'": '&apos;' })[c] as string,
      ),
    ),
  ],
});
