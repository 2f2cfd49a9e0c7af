import type { Steps } from '../../run/steps.ts';
import { newGuid } from '../../types/dotnet/guid.ts';
import type { DotNetObject } from '../../types/objects.ts';
import { toText } from '../../types/text.ts';
import { typeOf } from '../../types/type-of.ts';
import { wildcard, hasWildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { secondsFrom } from '../jobs/job.ts';
import type { RaisedEvent, Subscriber } from './event-queue.ts';
import { eventsOf, raise, subscribe, unsubscribe } from './event-queue.ts';

const module = 'Microsoft.PowerShell.Utility';
const command = (name: string): string => `Microsoft.PowerShell.Commands.${name.replace('-', '')}Command`;
const identifierOf = (event: RaisedEvent): string => toText(event.state['SourceIdentifier'] ?? null);

export const newEvent: Cmdlet = {
  name: 'New-Event',
  module,
  typeName: command('New-Event'),
  outputTypes: ['System.Management.Automation.PSEventArgs'],
  parameters: [
    { name: 'SourceIdentifier', type: 'string', position: 0, mandatory: true },
    { name: 'Sender', type: 'psobject', position: 1 },
    { name: 'EventArguments', type: 'psobject[]', position: 2 },
    { name: 'MessageData', type: 'psobject', position: 3 },
  ],
  start: (context) => ({
    end() {
      const event = raise(context.session, {
        sourceIdentifier: context.string('SourceIdentifier'),
        sender: context.get('Sender'),
        eventArgs: null,
        args: context.list('EventArguments'),
        ...(context.has('MessageData') ? { messageData: context.get('MessageData') } : {}),
      });
      if (event) context.write(event);
      return undefined;
    },
  }),
};

const byEvent: readonly CmdletParameter[] = [
  {
    name: 'SourceIdentifier',
    type: 'string',
    sets: [{ set: 'BySource', position: 0, pipelineByName: true }],
  },
  {
    name: 'EventIdentifier',
    type: 'int',
    aliases: ['Id'],
    sets: [{ set: 'ById', position: 0, mandatory: true, pipelineByName: true }],
  },
];
/** The queued events a call means; reports that there are none. */
function chosenEvents(context: CmdletContext): RaisedEvent[] {
  const { queue } = eventsOf(context.session);
  if (context.has('EventIdentifier')) {
    const id = context.get('EventIdentifier');
    const found = queue.filter((e) => e.state['EventIdentifier'] === id);
    if (found.length === 0)
      context.error({
        id: 'INVALID_EVENT_IDENTIFIER',
        category: 'InvalidArgument',
        message: `Event with identifier '${toText(id)}' does not exist.`,
        exception: 'System.ArgumentException',
      });
    return found;
  }
  if (!context.has('SourceIdentifier')) return [...queue];
  const name = context.string('SourceIdentifier');
  const test = wildcard(name);
  const found = queue.filter((e) => test(identifierOf(e)));
  if (found.length === 0 && !hasWildcard(name))
    context.error({
      id: 'INVALID_SOURCE_IDENTIFIER',
      category: 'InvalidArgument',
      message: `Event with source identifier '${name}' does not exist.`,
      exception: 'System.ArgumentException',
    });
  return found;
}
export const getEvent: Cmdlet = {
  name: 'Get-Event',
  module,
  typeName: command('Get-Event'),
  defaultSet: 'BySource',
  outputTypes: ['System.Management.Automation.PSEventArgs'],
  parameters: byEvent,
  start: (context) => ({
    end() {
      for (const event of chosenEvents(context)) context.write(event);
      return undefined;
    },
  }),
};
export const removeEvent: Cmdlet = {
  name: 'Remove-Event',
  module,
  typeName: command('Remove-Event'),
  defaultSet: 'BySource',
  shouldProcess: 'Medium',
  parameters: byEvent.map((p) => ({
    ...p,
    sets: p.sets?.map((s) => (typeof s === 'string' ? s : { ...s, mandatory: true })) ?? [],
  })),
  start: (context) => ({
    process() {
      const { queue } = eventsOf(context.session);
      for (const event of chosenEvents(context))
        if (context.shouldProcess(`Event '${identifierOf(event)}'`, 'Remove'))
          queue.splice(queue.indexOf(event), 1);
      return undefined;
    },
  }),
};
export const waitEvent: Cmdlet = {
  name: 'Wait-Event',
  module,
  typeName: command('Wait-Event'),
  outputTypes: ['System.Management.Automation.PSEventArgs'],
  parameters: [
    { name: 'SourceIdentifier', type: 'string', position: 0, pipelineByName: true },
    {
      name: 'Timeout',
      type: 'int',
      aliases: ['TimeoutSec'],
      validate: [{ kind: 'range', min: -1, max: 2147483647 }],
    },
  ],
  start: (context) => ({
    *process(): Steps<void> {
      const { session, host } = context;
      const { queue } = eventsOf(session);
      const test = context.has('SourceIdentifier')
        ? wildcard(context.string('SourceIdentifier'))
        : () => true;
      const first = (): RaisedEvent | undefined => queue.find((e) => test(identifierOf(e)));
      yield* session.background.waitFor(
        () => first() !== undefined,
        secondsFrom(host.clock.now(), context.number('Timeout', -1)),
      );
      const event = first();
      if (event) context.write(event);
    },
  }),
};

const registration: readonly CmdletParameter[] = [
  { name: 'Action', type: 'scriptblock', position: 101 },
  { name: 'MessageData', type: 'psobject' },
  { name: 'SupportEvent', type: 'switch' },
  { name: 'Forward', type: 'switch' },
  { name: 'MaxTriggerCount', type: 'int' },
];
function register(
  context: CmdletContext,
  source: Parameters<typeof subscribe>[1]['source'],
  eventName: string,
): void {
  const { session } = context;
  const identifier = context.has('SourceIdentifier') ? context.string('SourceIdentifier') : newGuid().text;
  if (
    eventName !== '' &&
    eventsOf(session).subscribers.some(({ state }) => state.sourceIdentifier === identifier)
  ) {
    context.error({
      id: 'SUBSCRIBER_EXISTS',
      category: 'InvalidArgument',
      message: `Cannot subscribe to the specified event. A subscriber with the source identifier '${identifier}' already exists.`,
      exception: 'System.ArgumentException',
      target: source,
    });
    return;
  }
  const made = subscribe(session, {
    source,
    eventName,
    sourceIdentifier: identifier,
    action: context.block('Action'),
    messageData: context.get('MessageData'),
    support: context.switch('SupportEvent'),
    forward: context.switch('Forward'),
    limit: context.number('MaxTriggerCount', 0),
  });
  if (made.state.job && !made.state.support) context.write(made.state.job);
}
export const registerEngineEvent: Cmdlet = {
  name: 'Register-EngineEvent',
  module,
  typeName: command('Register-EngineEvent'),
  outputTypes: ['System.Management.Automation.PSEventJob'],
  parameters: [{ name: 'SourceIdentifier', type: 'string', position: 100, mandatory: true }, ...registration],
  start: (context) => ({
    end() {
      register(context, null, '');
      return undefined;
    },
  }),
};
export const registerObjectEvent: Cmdlet = {
  name: 'Register-ObjectEvent',
  module,
  typeName: command('Register-ObjectEvent'),
  outputTypes: ['System.Management.Automation.PSEventJob'],
  parameters: [
    { name: 'InputObject', type: 'psobject', position: 0, mandatory: true },
    { name: 'EventName', type: 'string', position: 1, mandatory: true },
    { name: 'SourceIdentifier', type: 'string', position: 100 },
    ...registration,
  ],
  start: (context) => ({
    end() {
      const source = context.get('InputObject');
      const name = context.string('EventName');
      const known = typeOf(source)?.findEvent(name.toLowerCase());
      if (known === undefined)
        return context.fail({
          id: 'EVENT_NOT_FOUND',
          category: 'InvalidArgument',
          message: `Cannot register for the specified event. An event with the name '${name}' does not exist.`,
          exception: 'System.ArgumentException',
          target: source,
        });
      register(context, source, known);
      return undefined;
    },
  }),
};

const bySubscription: readonly CmdletParameter[] = [
  {
    name: 'SourceIdentifier',
    type: 'string',
    sets: [{ set: 'BySource', position: 0, pipelineByName: true }],
  },
  {
    name: 'SubscriptionId',
    type: 'int',
    aliases: ['Id'],
    sets: [{ set: 'ById', position: 0, mandatory: true, pipelineByName: true }],
  },
  { name: 'Force', type: 'switch', position: 1 },
];
function chosenSubscribers(context: CmdletContext): DotNetObject<Subscriber>[] {
  const all = eventsOf(context.session).subscribers;
  if (context.has('SubscriptionId')) {
    const id = context.get('SubscriptionId');
    const found = all.filter(({ state }) => state.id === id);
    if (found.length === 0)
      context.error({
        id: 'INVALID_SUBSCRIPTION_IDENTIFIER',
        category: 'InvalidArgument',
        message: `Event subscription with identifier '${toText(id)}' does not exist.`,
        exception: 'System.ArgumentException',
        target: id,
      });
    return found;
  }
  const force = context.switch('Force');
  if (!context.has('SourceIdentifier')) return all.filter(({ state }) => force || !state.support);
  const name = context.string('SourceIdentifier');
  const test = wildcard(name);
  const found = all.filter(({ state }) => test(state.sourceIdentifier) && (force || !state.support));
  if (found.length === 0 && !hasWildcard(name))
    context.error({
      id: 'INVALID_SOURCE_IDENTIFIER',
      category: 'InvalidArgument',
      message: `Event subscription with source identifier '${name}' does not exist.`,
      exception: 'System.ArgumentException',
      target: name,
    });
  return found;
}
export const getEventSubscriber: Cmdlet = {
  name: 'Get-EventSubscriber',
  module,
  typeName: command('Get-EventSubscriber'),
  defaultSet: 'BySource',
  outputTypes: ['System.Management.Automation.PSEventSubscriber'],
  parameters: bySubscription,
  start: (context) => ({
    process() {
      for (const one of chosenSubscribers(context)) context.write(one);
      return undefined;
    },
  }),
};
export const unregisterEvent: Cmdlet = {
  name: 'Unregister-Event',
  module,
  typeName: command('Unregister-Event'),
  defaultSet: 'BySource',
  shouldProcess: 'Medium',
  parameters: bySubscription.map((p) =>
    p.name === 'SourceIdentifier'
      ? { ...p, sets: [{ set: 'BySource', position: 0, mandatory: true, pipelineByName: true }] }
      : p,
  ),
  start: (context) => ({
    process() {
      for (const one of chosenSubscribers(context))
        if (context.shouldProcess(`Event subscription '${one.state.sourceIdentifier}'`, 'Unsubscribe'))
          unsubscribe(context.session, one);
      return undefined;
    },
  }),
};
