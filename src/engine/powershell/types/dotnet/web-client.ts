import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { emptyBytes, fromUint8Array, toUint8Array, utf8Encode } from '../../../../base/bytes.ts';
import type { HttpResponse } from '../../host.ts';
import { decodeText, utf8NoBom } from '../../providers/encoding.ts';
import type { Steps } from '../../run/steps.ts';
import { DictionaryValue, hashtableType } from '../collections.ts';
import { isDesktop } from '../ambient.ts';
import type { DotNetType } from '../dotnet-type.ts';
import { DotNetError, dotNetError } from '../errors.ts';
import { invocationError } from '../member.ts';
import { DotNetObject } from '../objects.ts';
import { defineType } from '../registry.ts';
import { toText } from '../text.ts';
import type { Value } from '../value.ts';
import { automationNull } from '../value.ts';
import { defineWaiting } from '../waiting-methods.ts';
import { byteArray, bytesOf, state, str } from './arguments.ts';
import { constructors, method, property } from './define.ts';
import { fullPath } from './paths.ts';
import { writeFile } from './stream.ts';
import { encodingOf } from './text-encoding.ts';

interface Client {
  headers: Value;
  encoding: Value;
  credentials: Value;
  proxy: Value;
  useDefaultCredentials: boolean;
}
const type: DotNetType = defineType('System.Net.WebClient', {
  baseType: defineType('System.ComponentModel.Component'),
});
const headersType = defineType('System.Net.WebHeaderCollection', {
  baseType: hashtableType,
  interfaces: hashtableType.interfaces,
});
headersType.constructors = constructors([
  'System.Net.WebHeaderCollection new()',
  (v) => new DictionaryValue(v as DotNetType, true),
]);
const c = (v: Value): Client => state<Client>(v);

function failure(message: string, response?: HttpResponse): DotNetError {
  return dotNetError('System.Net.WebException', message, {
    Response: response ? response.status : null,
  });
}
/** One request; throws WebException where it is refused or answered with an error. */
function* send(v: Value, method: string, address: Value, body: Bytes): Steps<HttpResponse> {
  let url = toText(address);
  const { headers } = c(v);
  const given =
    headers instanceof DictionaryValue
      ? [...headers.entries.values()].map((e) => [toText(e.key), toText(e.value)] as const)
      : [];
  for (let redirects = 0; ; redirects++) {
    const answer = yield {
      kind: 'http',
      request: { method, url, headers: given, body, timeout: 100_000_000 as never },
    };
    if (answer.kind !== 'http') throw new Error(`Asked for http, resumed with ${answer.kind}`);
    if (!answer.response.ok) {
      const host = /^[a-z]+:\/\/([^/:]+)/i.exec(url)?.[1] ?? url;
      const { error } = answer.response;
      throw failure(
        error.code === 'timeout'
          ? 'The operation has timed out.'
          : /resolve|no such host/i.test(error.message)
            ? isDesktop(differences.web.errors)
              ? `The remote name could not be resolved: '${host}'`
              : `No such host is known. (${host})`
            : 'Unable to connect to the remote server',
      );
    }
    const response = answer.response.value;
    const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (response.status >= 300 && response.status < 400 && location !== undefined && redirects < 50) {
      url = /^[a-z]+:\/\//i.test(location)
        ? location
        : `${/^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] ?? ''}${location.startsWith('/') ? '' : '/'}${location}`;
      continue;
    }
    if (response.status >= 400)
      throw failure(
        `The remote server returned an error: (${response.status}) ${response.reason}.`,
        response,
      );
    return response;
  }
}
type Take = (v: Value, response: HttpResponse, args: readonly Value[]) => Value;
/** Declares a method both for Get-Member and as steps that wait for the network. */
function waiting(
  signature: string,
  httpMethod: string,
  bodyOf: (a: readonly Value[]) => Bytes,
  take: Take,
): void {
  const name = /(\w+)\(/.exec(signature)?.[1] as string;
  defineType(type.fullName, { members: [method([signature, () => undefined])] });
  defineWaiting(type.fullName, name, function* (self, args) {
    try {
      return take(self, yield* send(self, httpMethod, args[0] ?? null, bodyOf(args)), args);
    } catch (error) {
      if (error instanceof DotNetError) throw invocationError(name, args.length, error.exception);
      throw error;
    }
  });
}
const nothing = (): Bytes => emptyBytes;
const textOf: Take = (v, response) =>
  decodeText(response.body, encodingOf(c(v).encoding, utf8NoBom).encoding);
/** `Upload…(address, data)` or `(address, method, data)`. */
const last = (a: readonly Value[]): Value => a[a.length - 1] ?? null;
waiting('string DownloadString(string address)', 'GET', nothing, textOf);
waiting('byte[] DownloadData(string address)', 'GET', nothing, (_v, r) => byteArray(toUint8Array(r.body)));
waiting('void DownloadFile(string address, string fileName)', 'GET', nothing, (_v, response, a) => {
  writeFile(fullPath(str(a[1])), response.body);
  return automationNull;
});
waiting(
  'string UploadString(string address, string data)',
  'POST',
  (a) => utf8Encode(toText(last(a))),
  textOf,
);
waiting(
  'byte[] UploadData(string address, byte[] data)',
  'POST',
  (a) => fromUint8Array(bytesOf(last(a))),
  (_v, r) => byteArray(toUint8Array(r.body)),
);
const settable = (name: keyof Client, shown: string, typeName: string) =>
  property(
    shown,
    typeName,
    (v) => c(v)[name],
    (v, value) => {
      (c(v) as unknown as Record<string, Value>)[name] = value;
    },
  );
defineType(type.fullName, {
  constructors: constructors([
    'System.Net.WebClient new()',
    (v) =>
      new DotNetObject<Client>(v as DotNetType, {
        headers: new DictionaryValue(headersType, true),
        encoding: null,
        credentials: null,
        proxy: null,
        useDefaultCredentials: false,
      }),
  ]),
  members: [
    settable('headers', 'Headers', 'System.Object'),
    settable('encoding', 'Encoding', 'System.Text.Encoding'),
    settable('credentials', 'Credentials', 'System.Object'),
    settable('proxy', 'Proxy', 'System.Object'),
    settable('useDefaultCredentials', 'UseDefaultCredentials', 'bool'),
    property('IsBusy', 'bool', () => false),
    method(['void Dispose()', () => undefined]),
  ],
});
