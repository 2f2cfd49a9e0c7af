import type { Instant } from '../../../../base/time.ts';
import type { Task } from '../../run/hosting/background.ts';
import { powerShellType } from '../../run/hosting/power-shell.ts';
import { runspaceType } from '../../run/hosting/runspace.ts';
import type { Session } from '../../run/session.ts';
import type { Steps } from '../../run/steps.ts';
import { constructors, method, property } from '../../types/dotnet/define.ts';
import { int } from '../../types/dotnet/arguments.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { DotNetObject, double } from '../../types/objects.ts';
import { defineType, resolveType } from '../../types/registry.ts';
import { isTrue } from '../../types/truth.ts';
import type { Value } from '../../types/value.ts';
import { jobType } from '../jobs/job.ts';
import { makeRecord, recordType } from '../objects/record-type.ts';
import { localNow } from '../time/get-date.ts';
import { raise } from './event-queue.ts';

function declare(type: DotNetType | undefined, ...names: string[]): void {
  if (type) type.events = new Map(names.map((name) => [name.toLowerCase(), name]));
}
declare(jobType, 'StateChanged');
declare(powerShellType, 'InvocationStateChanged');
declare(runspaceType, 'StateChanged', 'AvailabilityChanged');
declare(resolveType('System.Diagnostics.Process'), 'Exited', 'OutputDataReceived', 'ErrorDataReceived');
declare(resolveType('System.Collections.ObjectModel.ObservableCollection`1'), 'CollectionChanged');

/** `System.Timers.Timer`: raises Elapsed by the device's clock while the script runs or waits. */
interface Timer {
  interval: number;
  autoReset: boolean;
  enabled: boolean;
  task: Task | undefined;
}
const timerType = defineType('System.Timers.Timer', {
  assembly: 'System.ComponentModel.TypeConverter',
  interfaces: ['System.IDisposable'],
});
const elapsedType = recordType('System.Timers.ElapsedEventArgs', 'SignalTime:datetime', {
  baseType: defineType('System.EventArgs'),
});
const t = (v: Value): Timer => (v as DotNetObject<Timer>).state;
const make = (interval: number): Value =>
  new DotNetObject<Timer>(timerType, { interval, autoReset: true, enabled: false, task: undefined });

function start(timer: Value, session: Session): void {
  const own = t(timer);
  if (own.enabled) return;
  own.enabled = true;
  own.task = session.background.start(session.within(ticks(timer, session)));
}
function stop(timer: Value): void {
  t(timer).enabled = false;
  t(timer).task?.stop();
}
function* ticks(timer: Value, session: Session): Steps<void> {
  const own = t(timer);
  const { clock } = session.host;
  let due = clock.now();
  for (;;) {
    due = (due + Math.round(own.interval * 1000)) as Instant;
    yield { kind: 'until', at: due };
    if (!own.autoReset) own.enabled = false;
    const eventArgs = makeRecord(elapsedType, { SignalTime: localNow(session.host) });
    raise(session, {
      sourceIdentifier: '',
      sender: timer,
      eventArgs,
      args: [timer, eventArgs],
      source: timer,
      eventName: 'Elapsed',
    });
    if (!own.enabled) return;
  }
}
defineType(timerType.fullName, {
  constructors: constructors(
    ['System.Timers.Timer new()', () => make(100)],
    ['System.Timers.Timer new(double interval)', (_v, a) => make(int(a[0]))],
  ),
  members: [
    property(
      'Interval',
      'double',
      (v) => double(t(v).interval),
      (v, x) => void (t(v).interval = int(x)),
    ),
    property(
      'AutoReset',
      'bool',
      (v) => t(v).autoReset,
      (v, x) => void (t(v).autoReset = isTrue(x)),
    ),
    property(
      'Enabled',
      'bool',
      (v) => t(v).enabled,
      (v, x, context) => (isTrue(x) ? start(v, context.session as Session) : stop(v)),
    ),
    method(['void Start()', (v, _a, context) => start(v, context.session as Session)]),
    method(['void Stop()', (v) => stop(v)]),
    method(['void Close()', (v) => stop(v)]),
    method(['void Dispose()', (v) => stop(v)]),
  ],
});
declare(timerType, 'Elapsed');
