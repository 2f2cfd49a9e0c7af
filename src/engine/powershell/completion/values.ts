import { resolvePath } from '../providers/resolve.ts';
import type { ParameterInfo } from '../run/parameters.ts';
import type { Session } from '../run/session.ts';
import { toText } from '../types/text.ts';
import { wildcard } from '../types/wildcard.ts';
import { commandItems } from './commands.ts';
import { completedByScript } from './completers.ts';
import type { Inference } from './infer.ts';
import { item, order, quoteValue } from './item.ts';
import type { CompletionItem } from './item.ts';
import { memberItems } from './members.ts';
import type { Binding } from './parameters.ts';
import { pathItems } from './paths.ts';

interface ValueRequest {
  readonly session: Session;
  readonly command: string;
  readonly parameter: ParameterInfo | undefined;
  readonly binding: Binding;
  readonly text: string;
  readonly quote: string;
  readonly inference: Inference;
  readonly extras: boolean;
}

const namesItem = (request: ValueRequest, names: Iterable<readonly [string, string]>): CompletionItem[] => {
  const test = wildcard(`${request.text}*`);
  const items: CompletionItem[] = [];
  for (const [name, detail] of names)
    if (test(name))
      items.push(item('value', 'ParameterValue', quoteValue(name, request.quote), name, detail));
  return items.sort((a, b) => order(a.label, b.label));
};

/** Names that the device or the session knows, by command and parameter. */
function known(request: ValueRequest, parameter: string): CompletionItem[] | undefined {
  const { session, command, text } = request;
  const { host } = session;
  const is = (pattern: RegExp): boolean => pattern.test(command);
  switch (parameter) {
    case 'name':
      if (is(/^(Get|Start|Stop|Restart|Set|Suspend|Resume)-Service$/i))
        return namesItem(
          request,
          host.services.list().map((s) => [s.name, s.displayName]),
        );
      if (is(/^(Get|Stop|Wait)-Process$/i))
        return namesItem(request, new Map(host.processes.list().map((p) => [p.name, p.path ?? p.name])));
      if (is(/^Get-Command$|^Get-Help$/i)) return commandItems(session, text, false);
      if (is(/^(Get|Set|Clear|Remove|New)-Variable$/i))
        return namesItem(
          request,
          [...session.globalScope.variables.values()].map((v) => [v.name, v.name]),
        );
      if (is(/-ItemProperty(Value)?$/i)) return propertyNames(request);
      return undefined;
    case 'displayname':
      return is(/-Service$/i)
        ? namesItem(
            request,
            host.services.list().map((s) => [s.displayName, s.name]),
          )
        : undefined;
    case 'id':
      return is(/-Process$/i)
        ? namesItem(
            request,
            host.processes.list().map((p) => [String(p.id), p.name]),
          )
        : undefined;
    case 'logname':
      return namesItem(
        request,
        host.eventLog.logs().map((name) => [name, name]),
      );
    case 'taskname':
      return namesItem(
        request,
        host.tasks.list().map((task) => [task.name, task.path]),
      );
    case 'property':
    case 'expandproperty':
    case 'groupby': {
      const from = request.inference.pipelineObject();
      return from ? memberItems(from, text, true) : [];
    }
    default:
      return undefined;
  }
}

/** Names of the values under the key that -Path says. */
function propertyNames(request: ValueRequest): CompletionItem[] {
  const path =
    request.binding.values.get('path') ??
    request.binding.values.get('literalpath') ??
    request.binding.values.get('#0');
  const resolved = path === undefined ? undefined : resolvePath(request.session, path);
  if (!resolved?.ok) return [];
  const { provider, providerPath } = resolved.value;
  const found = provider.properties?.(providerPath, ['*'], request.session);
  if (!found?.ok) return [];
  return namesItem(
    request,
    found.value.values.map(([name, value]) => [name, toText(value)] as const),
  );
}

/** Values for the parameter a word belongs to; files where nothing better is known. */
export function valueItems(request: ValueRequest): CompletionItem[] {
  const { parameter, session, text, quote } = request;
  if (parameter) {
    const given = completedByScript(session, request.command, parameter.name, text);
    if (given) return given;
    const set = parameter.validations.find((one) => one.kind === 'set');
    if (set?.kind === 'set')
      return namesItem(
        request,
        set.values.map((value) => [value, value]),
      );
    const type = parameter.type.elementType ?? parameter.type;
    if (type.enumValues)
      return namesItem(
        request,
        [...type.enumValues.keys()].map((name) => [name, name]),
      );
    if (parameter.isSwitch || (request.extras && type.fullName === 'System.Boolean')) {
      const test = wildcard(`${text}*`);
      return ['$false', '$true']
        .filter((one) => test(one))
        .map((one) => item('value', 'ParameterValue', one))
        .reverse();
    }
    const own = known(request, parameter.lower);
    if (own) return own;
  }
  const folders = /^(Set|Push)-Location$/i.test(request.command);
  return pathItems(session, text, quote, { folders });
}
