import { emptyBytes } from '../../../../base/bytes.ts';
import { seconds } from '../../../../base/time.ts';
import type { HttpResponse } from '../../host.ts';
import { joinPath, leafOf } from '../../providers/paths.ts';
import { fullPath } from '../../run/command-lookup.ts';
import type { Steps } from '../../run/steps.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

/** What BITS says of a status; it has a text of its own for each. */
const statusTexts: ReadonlyMap<number, string> = new Map([
  [401, 'The requested resource requires user authentication.'],
  [403, 'The client does not have sufficient access rights to the requested server object.'],
  [404, 'The requested URL does not exist on the server.'],
  [500, 'An unexpected condition prevented the server from fulfilling the request.'],
  [503, 'The service is temporarily overloaded.'],
]);

function failed(context: CmdletContext, message: string): never {
  return context.fail({ id: 'StartBitsTransferCOMException', category: 'InvalidOperation', message });
}

function* ask(context: CmdletContext, source: string): Steps<HttpResponse> {
  let url = source;
  for (let redirects = 0; ; redirects++) {
    const request = { method: 'GET', url, headers: [], body: emptyBytes, timeout: seconds(100) };
    const answer = yield { kind: 'http', request };
    if (answer.kind !== 'http') throw new Error(`Asked for http, resumed with ${answer.kind}`);
    if (!answer.response.ok) {
      const { code, message } = answer.response.error;
      return failed(
        context,
        code === 'timeout'
          ? 'The operation timed out'
          : /resolve|no such host/i.test(message)
            ? 'The server name or address could not be resolved'
            : 'A connection with the server could not be established',
      );
    }
    const response = answer.response.value;
    const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    if (response.status < 300 || response.status >= 400 || location === undefined || redirects >= 10)
      return response;
    const origin = /^[a-z]+:\/\/[^/]+/i.exec(url)?.[0] ?? '';
    url = /^[a-z]+:\/\//i.test(location) ? location : `${origin}/${location.replace(/^\//, '')}`;
  }
}

/** Downloads one file; a destination that is a folder takes the name from the address. */
function* download(context: CmdletContext, source: string, destination: string): Steps<void> {
  const { files } = context.host;
  const place = fullPath(context.session, destination === '' ? '.' : destination);
  const info = files.info(place);
  const name = leafOf(source.replace(/[?#].*$/, '').replaceAll('/', '\\'));
  const target = info.ok && info.value.kind === 'directory' ? joinPath(place, name) : place;
  const response = yield* ask(context, source);
  if (response.status >= 300)
    failed(context, `HTTP status ${response.status}: ${statusTexts.get(response.status) ?? response.reason}`);
  const written = files.write(target, response.body);
  if (!written.ok) failed(context, written.error.message);
}

/** Downloads over HTTP while the script waits. Jobs that go on by themselves, uploads and shares are not simulated. */
const startBitsTransfer: Cmdlet = {
  name: 'Start-BitsTransfer',
  module: 'BitsTransfer',
  typeName: 'Microsoft.BackgroundIntelligentTransfer.Management.NewBitsTransferCommand',
  parameters: [
    { name: 'Source', type: 'string[]', position: 0, mandatory: true, pipelineByName: true },
    { name: 'Destination', type: 'string[]', position: 1, pipelineByName: true },
    { name: 'DisplayName', type: 'string' },
    { name: 'Description', type: 'string' },
    {
      name: 'Priority',
      type: 'string',
      validate: [{ kind: 'set', values: ['Foreground', 'High', 'Normal', 'Low'] }],
    },
    { name: 'RetryInterval', type: 'int' },
    { name: 'RetryTimeout', type: 'int' },
    { name: 'TransferType', type: 'string', validate: [{ kind: 'set', values: ['Download'] }] },
    { name: 'Dynamic', type: 'switch' },
    { name: 'Credential', type: 'object' },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const destinations = context.has('Destination') ? context.strings('Destination') : [];
      for (const [index, source] of context.strings('Source').entries())
        yield* download(context, source, destinations[index] ?? '');
    },
  }),
};

export const bitsCmdlets: readonly Cmdlet[] = [startBitsTransfer];
