import { differences } from '../../dialects/index.ts';
import { context, isDesktop } from '../ambient.ts';
import type { DotNetType, TypeContext } from '../dotnet-type.ts';
import { dotNetError } from '../errors.ts';
import { DotNetObject, EnumValue, int64Type } from '../objects.ts';
import { defineEnum, defineType } from '../registry.ts';
import { typeConverters } from '../type-converters.ts';
import type { Value } from '../value.ts';
import { assign, byteArray, bytesOf, required, state, str } from './arguments.ts';
import { castError } from './cast-error.ts';
import { constructors, method, property, staticMethod, staticProperty } from './define.ts';

const protocols = defineEnum(
  'System.Net.SecurityProtocolType',
  'SystemDefault=0,Ssl3=48,Tls=192,Tls11=768,Tls12=3072,Tls13=12288',
  true,
);
const chosen = new WeakMap<TypeContext, Map<string, Value>>();
/** A setting of the process that only reads back what was set. */
const setting = (name: string, typeName: string, initial: () => Value) =>
  staticProperty(
    name,
    typeName,
    () => chosen.get(context())?.get(name) ?? initial(),
    (_v, value) => {
      let own = chosen.get(context());
      if (!own) chosen.set(context(), (own = new Map<string, Value>()));
      own.set(name, value);
    },
  );
defineType('System.Net.ServicePointManager', {
  members: [
    setting(
      'SecurityProtocol',
      'System.Net.SecurityProtocolType',
      () => new EnumValue(protocols, isDesktop(differences.web.protocols) ? 3072 : 0),
    ),
    setting('ServerCertificateValidationCallback', 'System.Object', () => null),
    setting('Expect100Continue', 'bool', () => true),
    setting('DefaultConnectionLimit', 'int', () => 2),
    setting('CertificatePolicy', 'System.Object', () => null),
  ],
});

const addressType = defineType('System.Net.IPAddress');
const badAddress = (): Error => dotNetError('System.FormatException', 'An invalid IP address was specified.');
function parseAddress(text: string): string {
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text.trim());
  if (v4 && v4.slice(1).every((n) => Number(n) <= 255)) return v4.slice(1).map(Number).join('.');
  if (/^[0-9a-f:]*:[0-9a-f:.]*$/i.test(text) && text.includes(':')) return text.toLowerCase();
  throw badAddress();
}
const address = (text: string): Value => new DotNetObject(addressType, text);
const a4 = (v: Value): number[] => state<string>(v).split('.').map(Number);
defineType(addressType.fullName, {
  constructors: constructors([
    'ipaddress new(byte[] address)',
    (_v, a) => address([...bytesOf(a[0])].join('.')),
  ]),
  members: [
    property('AddressFamily', 'System.Object', (v) =>
      state<string>(v).includes(':') ? 'InterNetworkV6' : 'InterNetwork',
    ),
    property('IPAddressToString', 'string', (v) => state<string>(v)),
    property('Address', 'long', (v) => a4(v).reduceRight((n, b) => n * 256n + BigInt(b), 0n)),
    method(['byte[] GetAddressBytes()', (v) => byteArray(Uint8Array.from(a4(v)))]),
    method(['string ToString()', (v) => state<string>(v)]),
    method([
      'bool Equals(System.Object comparand)',
      (v, a) => a[0] instanceof DotNetObject && a[0].state === state<string>(v),
    ]),
    staticProperty('Loopback', 'ipaddress', () => address('127.0.0.1')),
    staticProperty('Any', 'ipaddress', () => address('0.0.0.0')),
    staticProperty('Broadcast', 'ipaddress', () => address('255.255.255.255')),
    staticMethod([
      'ipaddress Parse(string ipString)',
      (_v, a) => address(parseAddress(required(a[0], 'ipString'))),
    ]),
    staticMethod([
      'bool TryParse(string ipString, [ref] ipaddress address)',
      (_v, a) => {
        try {
          assign(a[1], address(parseAddress(str(a[0]))));
          return true;
        } catch {
          assign(a[1], null);
          return false;
        }
      },
    ]),
  ],
});
typeConverters.set(addressType.fullName, (value, type) => {
  if (typeof value !== 'string') return undefined;
  try {
    return address(parseAddress(value));
  } catch (error) {
    throw castError('InvalidCastParseTargetInvocation', value, type, error);
  }
});
defineType('System.Net.Dns', {
  members: [staticMethod(['string GetHostName()', () => context().host.computer.name])],
});
defineEnum(
  'System.Net.HttpStatusCode',
  'Continue=100,OK=200,Created=201,Accepted=202,NoContent=204,MovedPermanently=301,Found=302,NotModified=304,BadRequest=400,Unauthorized=401,Forbidden=403,NotFound=404,MethodNotAllowed=405,RequestTimeout=408,Conflict=409,TooManyRequests=429,InternalServerError=500,NotImplemented=501,BadGateway=502,ServiceUnavailable=503,GatewayTimeout=504',
);

/** IntPtr as a 64-bit number. */
const pointerType = defineType('System.IntPtr', {
  kind: 'struct',
  baseType: int64Type.baseType as DotNetType,
});
const pointer = (n: bigint): Value => new DotNetObject(pointerType, n);
defineType(pointerType.fullName, {
  constructors: constructors(['System.IntPtr new(long value)', (_v, a) => pointer(BigInt(Number(a[0])))]),
  members: [
    staticProperty('Size', 'int', () => (context().host.identity.process64Bit ? 8 : 4)),
    staticProperty('Zero', 'System.IntPtr', () => pointer(0n)),
    method(['int ToInt32()', (v) => Number(state<bigint>(v))]),
    method(['long ToInt64()', (v) => state<bigint>(v)]),
    method(['string ToString()', (v) => state<bigint>(v).toString()]),
  ],
});
