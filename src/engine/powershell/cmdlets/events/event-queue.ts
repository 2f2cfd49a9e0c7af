import { callBlock } from '../../run/invoke.ts';
import { streamsTo } from '../../run/hosting/isolated.ts';
import { currentRunspace } from '../../run/hosting/runspace.ts';
import { asScriptError } from '../../run/report.ts';
import { Scope, Variable } from '../../run/scope.ts';
import type { Session } from '../../run/session.ts';
import { property } from '../../types/dotnet/define.ts';
import { DotNetObject, PSArray } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import type { ScriptBlockValue } from '../../types/script-block.ts';
import type { Value } from '../../types/value.ts';
import { makeJob } from '../jobs/job.ts';
import type { Job } from '../jobs/job.ts';
import { bodyText, jobType } from '../jobs/job.ts';
import { makeRecord, recordType } from '../objects/record-type.ts';
import type { RecordState } from '../objects/record-type.ts';
import { localNow } from '../time/get-date.ts';

const namespace = 'System.Management.Automation';
const argsType = recordType(
  `${namespace}.PSEventArgs`,
  'ComputerName:string RunspaceId:guid EventIdentifier:int Sender:object SourceEventArgs:System.EventArgs SourceArgs:System.Object[] SourceIdentifier:string TimeGenerated:datetime MessageData:psobject',
  { baseType: defineType('System.EventArgs') },
);
export const eventJobType = defineType(`${namespace}.PSEventJob`, {
  baseType: jobType,
  assembly: namespace,
});

export interface Subscriber {
  readonly id: number;
  readonly source: Value;
  readonly eventName: string;
  readonly sourceIdentifier: string;
  readonly action: ScriptBlockValue | null;
  readonly job: Job | null;
  readonly messageData: Value;
  readonly support: boolean;
  readonly forward: boolean;
  /** How often it acts yet; 0 means without limit. */
  left: number;
}
export const subscriberType = defineType(`${namespace}.PSEventSubscriber`, { assembly: namespace });
const subscriber = (v: Value): Subscriber => (v as DotNetObject<Subscriber>).state;
defineType(subscriberType.fullName, {
  members: [
    property('SubscriptionId', 'int', (v) => subscriber(v).id),
    property('SourceObject', 'System.Object', (v) => subscriber(v).source),
    property('EventName', 'string', (v) => subscriber(v).eventName),
    property('SourceIdentifier', 'string', (v) => subscriber(v).sourceIdentifier),
    property('Action', eventJobType.fullName, (v) => subscriber(v).job),
    property('HandlerDelegate', 'System.Delegate', () => null),
    property('SupportEvent', 'bool', (v) => subscriber(v).support),
    property('ForwardEvent', 'bool', (v) => subscriber(v).forward),
  ],
});

export type RaisedEvent = DotNetObject<RecordState>;
interface Events {
  readonly queue: RaisedEvent[];
  readonly subscribers: DotNetObject<Subscriber>[];
  lastEvent: number;
  lastSubscriber: number;
}
export function eventsOf(session: Session): Events {
  const { state } = session.root;
  const known = state.get('events') as Events | undefined;
  if (known) return known;
  const made: Events = { queue: [], subscribers: [], lastEvent: 0, lastSubscriber: 0 };
  state.set('events', made);
  return made;
}

/** Subscribes; the job of its action is what Register-… returns. */
export function subscribe(
  session: Session,
  facts: Pick<
    Subscriber,
    'source' | 'eventName' | 'sourceIdentifier' | 'action' | 'messageData' | 'support' | 'forward'
  > & { readonly limit: number },
): DotNetObject<Subscriber> {
  const events = eventsOf(session);
  const { action } = facts;
  const job = action
    ? makeJob(session, eventJobType, {
        command: bodyText(action),
        location: '',
        typeName: '',
        name: facts.sourceIdentifier,
      })
    : null;
  const made = new DotNetObject<Subscriber>(subscriberType, {
    ...facts,
    id: ++events.lastSubscriber,
    job,
    left: facts.limit,
  });
  events.subscribers.push(made);
  return made;
}

/**
 * An event happens: the actions of those who subscribed run at once; where nobody has an action for it, it waits in
 * the queue for Get-Event and Wait-Event.
 */
export function raise(
  session: Session,
  facts: {
    readonly sourceIdentifier: string;
    readonly sender: Value;
    readonly eventArgs: Value;
    readonly args: readonly Value[];
    readonly messageData?: Value;
    readonly source?: Value;
    readonly eventName?: string;
  },
): RaisedEvent | undefined {
  const events = eventsOf(session);
  const made = (identifier: string, messageData: Value): RaisedEvent =>
    makeRecord(argsType, {
      ComputerName: '',
      RunspaceId: currentRunspace(session).state.instanceId,
      EventIdentifier: ++events.lastEvent,
      Sender: facts.sender,
      SourceEventArgs: facts.eventArgs,
      SourceArgs: new PSArray([...facts.args]),
      SourceIdentifier: identifier,
      TimeGenerated: localNow(session.host),
      MessageData: messageData,
    });
  const wanted = events.subscribers.filter(({ state }) =>
    facts.eventName === undefined
      ? state.eventName === '' &&
        state.sourceIdentifier.toLowerCase() === facts.sourceIdentifier.toLowerCase()
      : state.source === facts.source && state.eventName.toLowerCase() === facts.eventName.toLowerCase(),
  );
  if (wanted.length === 0) {
    if (facts.eventName !== undefined) return undefined;
    const event = made(facts.sourceIdentifier, facts.messageData ?? null);
    events.queue.push(event);
    return event;
  }
  let last: RaisedEvent | undefined;
  for (const one of wanted) {
    const { state } = one;
    last = made(state.sourceIdentifier, facts.messageData ?? state.messageData);
    if (state.action) act(session, one, last);
    else events.queue.push(last);
    if (state.left > 0 && --state.left === 0) unsubscribe(session, one);
  }
  return last;
}

export function unsubscribe(session: Session, one: DotNetObject<Subscriber>): void {
  const { subscribers } = eventsOf(session);
  const at = subscribers.indexOf(one);
  if (at >= 0) subscribers.splice(at, 1);
  if (one.state.job) one.state.job.state.state = 'Stopped';
}

/** Runs an action as PowerShell does between two statements: in a scope below the global one, output to its job. */
function act(session: Session, one: DotNetObject<Subscriber>, event: RaisedEvent): void {
  const { action, job } = one.state;
  if (!action || !job) return;
  const scope = new Scope(session.globalScope);
  const put = (name: string, value: Value): void =>
    void scope.variables.set(name.toLowerCase(), new Variable(name, value));
  put('Event', event);
  put('EventSubscriber', one);
  put('Sender', event.state['Sender'] ?? null);
  put('EventArgs', event.state['SourceEventArgs'] ?? null);
  const { streams, out } = streamsTo((written) => job.state.results.push(written));
  const frame = session.withStreams(session.rootFrame, {
    ...streams,
    information: session.consoleStreams.information,
  });
  frame.out = out;
  frame.scope = scope;
  job.state.state = 'Running';
  const { tryDepth, success } = session;
  session.tryDepth = 0;
  const bound = action;
  const { scope: home } = bound;
  bound.scope ??= scope;
  try {
    const args = event.state['SourceArgs'];
    session.drain(callBlock(session, bound, args instanceof PSArray ? args.items : [], frame, { out }));
  } catch (error) {
    job.state.results.push({ stream: 'Error', value: asScriptError(error).record });
  } finally {
    bound.scope = home;
    session.tryDepth = tryDepth;
    session.success = success;
  }
}
