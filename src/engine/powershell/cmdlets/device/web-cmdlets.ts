import type { DotNetType } from '../../types/dotnet-type.ts';
import { differences } from '../../dialects/index.ts';
import { emptyBytes, utf8Decode, utf8Encode } from '../../../../base/bytes.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { seconds } from '../../../../base/time.ts';
import type { HostError, HttpRequest, HttpResponse } from '../../host.ts';
import { fullPath } from '../../run/command-lookup.ts';
import type { Steps } from '../../run/steps.ts';
import { DictionaryValue, hashtable } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { Boxed, customObject, PSArray, stringArray, EnumValue } from '../../types/objects.ts';
import { resolveType } from '../../types/registry.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull, MemberBag } from '../../types/value.ts';
import { convert as jsonValue } from '../data/convert-from-json.ts';
import { JsonError } from '../data/json-reader.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';

const utility = 'Microsoft.PowerShell.Utility';

const parameters: readonly CmdletParameter[] = [
  { name: 'Uri', type: 'string', position: 0, mandatory: true },
  {
    name: 'Method',
    type: 'string',
    validate: [
      {
        kind: 'set',
        values: ['Default', 'Get', 'Head', 'Post', 'Put', 'Delete', 'Trace', 'Options', 'Merge', 'Patch'],
      },
    ],
  },
  { name: 'Body', type: 'object', pipeline: true },
  { name: 'Headers', type: 'System.Collections.IDictionary' },
  { name: 'ContentType', type: 'string' },
  { name: 'OutFile', type: 'string' },
  { name: 'InFile', type: 'string' },
  { name: 'TimeoutSec', type: 'int' },
  { name: 'MaximumRedirection', type: 'int' },
  { name: 'UserAgent', type: 'string' },
  { name: 'UseBasicParsing', type: 'switch' },
  { name: 'UseDefaultCredentials', type: 'switch' },
  { name: 'Credential', type: 'object' },
  { name: 'Proxy', type: 'string' },
  { name: 'WebSession', type: 'object' },
  { name: 'SessionVariable', type: 'string' },
  { name: 'DisableKeepAlive', type: 'switch' },
  { name: 'PassThru', type: 'switch' },
  { name: 'SkipHttpErrorCheck', type: 'switch', dialect: 'core' },
  { name: 'SkipCertificateCheck', type: 'switch', dialect: 'core' },
  { name: 'StatusCodeVariable', type: 'string', dialect: 'core' },
  { name: 'MaximumRetryCount', type: 'int', dialect: 'core' },
  { name: 'RetryIntervalSec', type: 'int', dialect: 'core' },
];

const unreserved = /[A-Za-z0-9\-_.~]/;
const percent = (text: string): string =>
  [...utf8Encode(text)]
    .map((char) =>
      unreserved.test(char) ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('');
const form = (table: DictionaryValue): string =>
  [...table.entries.values()]
    .map(({ key, value }) => `${percent(toText(key))}=${percent(toText(value))}`)
    .join('&');

function makeRequest(context: CmdletContext): HttpRequest {
  const desktop = differences.web.errors.desktopIn(context.dialect);
  const given = context.string('Uri');
  let url = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const body = context.get('Body');
  const named = context.string('Method').toUpperCase();
  const method = named === '' || named === 'DEFAULT' ? 'GET' : named;
  const headers: (readonly [string, string])[] = [
    [
      'User-Agent',
      context.string('UserAgent') ||
        (desktop
          ? `Mozilla/5.0 (Windows NT; Windows NT 10.0; ${context.host.computer.culture}) WindowsPowerShell/5.1.26100.1`
          : `Mozilla/5.0 (Windows NT 10.0; Microsoft Windows ${context.host.computer.osVersion}; ${context.host.computer.culture}) PowerShell/7.6.5`),
    ],
  ];
  const table = context.get('Headers');
  if (table instanceof DictionaryValue)
    for (const { key, value } of table.entries.values()) headers.push([toText(key), toText(value)]);
  let content: Bytes = emptyBytes;
  let type = context.string('ContentType');
  if (body instanceof DictionaryValue) {
    if (method === 'GET') url += `${url.includes('?') ? '&' : '?'}${form(body)}`;
    else {
      content = utf8Encode(form(body));
      type ||= 'application/x-www-form-urlencoded';
    }
  } else if (!isNull(body)) {
    const elements = typeof body === 'object' && body !== null ? elementsOf(body) : undefined;
    const isBytes =
      elements !== undefined && elements.every((one) => one instanceof Boxed && one.kind === 'byte');
    content = isBytes
      ? (elements.map((one) => String.fromCharCode((one as Boxed).value as number)).join('') as Bytes)
      : utf8Encode(toText(body));
    if (method === 'GET' && !isBytes) {
      url += `${url.includes('?') ? '&' : '?'}${toText(body)}`;
      content = emptyBytes;
    } else type ||= 'application/x-www-form-urlencoded';
  } else if (context.has('InFile')) {
    const file = context.host.files.read(fullPath(context.session, context.string('InFile')));
    if (file.ok) content = file.value;
  }
  if (type !== '') headers.push(['Content-Type', type]);
  const limit = context.number('TimeoutSec', 0);
  return { method, url, headers, body: content, timeout: seconds(limit > 0 ? limit : 100) };
}

const header = (response: HttpResponse, name: string): string | undefined =>
  response.headers.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];

function connectionError(context: CmdletContext, error: HostError, request: HttpRequest): never {
  const desktop = differences.web.result.desktopIn(context.dialect);
  const host = /^[a-z]+:\/\/([^/:?#]+)(?::(\d+))?/i.exec(request.url);
  const name = host?.[1] ?? request.url;
  const port = host?.[2] ?? (request.url.startsWith('https') ? '443' : '80');
  const timedOut = error.code === 'timeout';
  const unresolved = /resolve|no such host/i.test(error.message);
  const message = desktop
    ? timedOut
      ? 'The operation has timed out.'
      : unresolved
        ? `The remote name could not be resolved: '${name}'`
        : 'Unable to connect to the remote server'
    : timedOut
      ? `The request was canceled due to the configured HttpClient.Timeout of ${request.timeout / 1_000_000} seconds elapsing.`
      : unresolved
        ? `No such host is known. (${name}:${port})`
        : `No connection could be made because the target machine actively refused it. (${name}:${port})`;
  context.fail({
    id: 'WebCmdletWebResponseException',
    category: 'InvalidOperation',
    message,
    exception: desktop
      ? 'System.Net.WebException'
      : timedOut
        ? 'System.Threading.Tasks.TaskCanceledException'
        : 'System.Net.Http.HttpRequestException',
    target: request.url,
  });
}

function statusError(context: CmdletContext, response: HttpResponse, request: HttpRequest): never {
  const desktop = differences.web.errors.desktopIn(context.dialect);
  const record = context.record({
    id: 'WebCmdletWebResponseException',
    category: 'InvalidOperation',
    message: desktop
      ? `The remote server returned an error: (${response.status}) ${response.reason}.`
      : `Response status code does not indicate success: ${response.status} (${response.reason}).`,
    exception: desktop ? 'System.Net.WebException' : 'Microsoft.PowerShell.Commands.HttpResponseException',
    target: request.url,
  });
  // What a catch block asks for: $_.Exception.Response.StatusCode.
  const status = customObject([
    ['StatusCode', new EnumValue(resolveType('System.Net.HttpStatusCode') as DotNetType, response.status)],
    ['StatusDescription', response.reason],
    ['ReasonPhrase', response.reason],
    ['Headers', headerTable(response, desktop)],
  ]);
  record.exception.members ??= new MemberBag();
  record.exception.members.set({ kind: 'NoteProperty', name: 'Response', value: status });
  const text = utf8Decode(response.body);
  if (text.trim() !== '') record.details = { message: text, recommendedAction: '' };
  context.fail(record);
}

/** Sends a request and follows where it is sent on to. */
function* send(context: CmdletContext): Steps<HttpResponse> {
  let request = makeRequest(context);
  const limit = context.number('MaximumRedirection', 5);
  if (differences.web.parsing.desktopIn(context.dialect))
    context.verbose(`${request.method} ${request.url} with ${request.body.length}-byte payload`);
  for (let redirects = 0; ; redirects++) {
    const answer = yield { kind: 'http', request };
    if (answer.kind !== 'http') throw new Error(`Asked for http, resumed with ${answer.kind}`);
    if (!answer.response.ok) connectionError(context, answer.response.error, request);
    const response = answer.response.value;
    const location = header(response, 'Location');
    if (response.status >= 300 && response.status < 400 && location !== undefined && redirects < limit) {
      const base = /^[a-z]+:\/\/[^/]+/i.exec(request.url)?.[0] ?? '';
      const keeps = response.status === 307 || response.status === 308;
      request = {
        ...request,
        url: /^[a-z]+:\/\//i.test(location)
          ? location
          : base + (location.startsWith('/') ? location : `/${location}`),
        method: keeps ? request.method : 'GET',
        body: keeps ? request.body : emptyBytes,
      };
      continue;
    }
    if (context.has('StatusCodeVariable'))
      context.session.setGlobal(context.string('StatusCodeVariable'), response.status);
    if (response.status >= 400 && !context.switch('SkipHttpErrorCheck'))
      statusError(context, response, request);
    if (differences.web.parsing.desktopIn(context.dialect))
      context.verbose(
        `received ${response.body.length}-byte response of content type ${header(response, 'Content-Type') ?? ''}`,
      );
    return response;
  }
}

function headerTable(response: HttpResponse, desktop: boolean): DictionaryValue {
  const table = hashtable();
  for (const [name, value] of response.headers) table.set(name, desktop ? value : stringArray([value]));
  return table;
}

/** Writes the body to -OutFile; true where it did. */
function saved(context: CmdletContext, response: HttpResponse): boolean {
  if (!context.has('OutFile')) return false;
  const path = fullPath(context.session, context.string('OutFile'));
  const written = context.host.files.write(path, response.body);
  if (!written.ok)
    context.fail({
      id: 'OpenError',
      category: 'OpenError',
      message: written.error.message,
      exception: 'System.IO.IOException',
      target: path,
    });
  return true;
}

const isText = (type: string): boolean =>
  /^(text\/|application\/(json|xml|javascript|.*\+(json|xml)))/i.test(type) || type === '';

export const invokeWebRequest: Cmdlet = {
  name: 'Invoke-WebRequest',
  aliases: ['iwr'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.InvokeWebRequestCommand',
  parameters,
  start: (context) => ({
    *process(): Steps<void> {
      const desktop = differences.web.result.desktopIn(context.dialect);
      const response = yield* send(context);
      const toFile = saved(context, response);
      if (toFile && !context.switch('PassThru')) return;
      // Nobody set up Internet Explorer for SYSTEM.
      if (desktop && !toFile && !context.switch('UseBasicParsing') && context.host.identity.isSystem)
        context.fail({
          id: 'WebCmdletIEDomNotSupportedException',
          category: 'NotImplemented',
          message:
            "The response content cannot be parsed because the Internet Explorer engine is not available, or Internet Explorer's first-launch configuration is not complete. Specify the UseBasicParsing parameter and try again. ",
          exception: 'System.NotSupportedException',
        });
      const type = header(response, 'Content-Type') ?? '';
      const text = isText(type);
      const content: Value = text
        ? utf8Decode(response.body)
        : new PSArray(
            [...response.body].map((char) => new Boxed('byte', char.charCodeAt(0))),
            resolveType('byte'),
          );
      const head = `HTTP/1.1 ${response.status} ${response.reason}\r\n${response.headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
      context.write(
        customObject(
          [
            ['StatusCode', response.status],
            ['StatusDescription', response.reason],
            ['Content', content],
            ['RawContent', head + utf8Decode(response.body)],
            ['Headers', headerTable(response, desktop)],
            ['Images', new PSArray([])],
            ['InputFields', new PSArray([])],
            ['Links', new PSArray([])],
            ['RawContentLength', BigInt(response.body.length)],
          ],
          'Microsoft.PowerShell.Commands.BasicHtmlWebResponseObject',
        ),
      );
    },
  }),
};

export const invokeRestMethod: Cmdlet = {
  name: 'Invoke-RestMethod',
  aliases: ['irm'],
  module: utility,
  typeName: 'Microsoft.PowerShell.Commands.InvokeRestMethodCommand',
  parameters: [
    ...parameters,
    { name: 'ResponseHeadersVariable', type: 'string', aliases: ['RHV'], dialect: 'core' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const response = yield* send(context);
      if (context.has('ResponseHeadersVariable'))
        context.session.setGlobal(context.string('ResponseHeadersVariable'), headerTable(response, false));
      if (saved(context, response) && !context.switch('PassThru')) return;
      const text = utf8Decode(response.body);
      const type = header(response, 'Content-Type') ?? '';
      if (/json/i.test(type) || (type === '' && /^\s*[[{]/.test(text))) {
        try {
          const value = jsonValue(context, text);
          if (value !== undefined) {
            // Windows PowerShell gives a JSON array as one object, PowerShell 7 its elements.
            if (differences.web.restArrays.desktopIn(context.dialect)) context.write(value);
            else context.writeEnumerated(value);
          }
          return;
        } catch (error) {
          if (!(error instanceof JsonError)) throw error;
        }
      }
      const xml = /xml/i.test(type) ? resolveType('xml') : undefined;
      context.write(xml ? context.convert(text, xml) : text);
    },
  }),
};

export const webCmdlets: readonly Cmdlet[] = [invokeWebRequest, invokeRestMethod];
