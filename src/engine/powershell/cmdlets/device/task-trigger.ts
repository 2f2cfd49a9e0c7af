import { duration } from '../../../../base/time.ts';
import type { Duration, Instant } from '../../../../base/time.ts';
import type { TaskTriggerInfo } from '../../host.ts';
import { localTime } from '../../providers/local-time.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { isNumeric, toDouble } from '../../types/numeric.ts';
import { Boxed, customObject } from '../../types/objects.ts';
import { DateTimeValue, TimeSpanValue, unixEpochTicks } from '../../types/scalars.ts';
import { dateParts, toText } from '../../types/text.ts';
import { typeNamesOf } from '../../types/type-of.ts';
import type { Value } from '../../types/value.ts';
import { isNull, unwrap } from '../../types/value.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';

/** Triggers of scheduled tasks as the cmdlets of module ScheduledTasks show and take them: CIM objects of `MSFT_Task…Trigger`. */

const second = 1_000_000;
const dayNames = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `PT5M`, `P1DT2H`; '' for none. */
function isoDuration(span: Duration): string {
  let rest = Math.round(span / second);
  const take = (unit: number, letter: string): string => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count === 0 ? '' : `${count}${letter}`;
  };
  const days = take(86_400, 'D');
  const time = take(3600, 'H') + take(60, 'M') + take(1, 'S');
  return `P${days}${time === '' ? (days === '' ? 'T0S' : '') : `T${time}`}`;
}

/** A time span, or its text as tasks keep it; undefined where there is none. */
function durationOf(value: Value): Duration | undefined {
  if (isNull(value)) return undefined;
  const bare = unwrap(value);
  if (bare instanceof TimeSpanValue)
    // Scripts write [TimeSpan]::MaxValue for ever.
    return bare.ticks >= 3_650n * 864_000_000_000n ? undefined : duration(Number(bare.ticks / 10n));
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(toText(value));
  if (!match) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
  return total === 0 ? undefined : duration(total * second);
}

const object = (type: string, properties: Iterable<readonly [string, Value]>): Value =>
  customObject(
    properties,
    `Microsoft.Management.Infrastructure.CimInstance#Root/Microsoft/Windows/TaskScheduler/${type}`,
  );

const repetition = (repeat: TaskTriggerInfo['repeat']): Value =>
  object('MSFT_TaskRepetitionPattern', [
    ['Duration', repeat && repeat.within !== null ? isoDuration(repeat.within) : null],
    ['Interval', repeat ? isoDuration(repeat.every) : null],
    ['StopAtDurationEnd', false],
    ['PSComputerName', null],
  ]);

const classes: Readonly<Record<TaskTriggerInfo['kind'], string>> = {
  time: 'MSFT_TaskTimeTrigger',
  daily: 'MSFT_TaskDailyTrigger',
  weekly: 'MSFT_TaskWeeklyTrigger',
  boot: 'MSFT_TaskBootTrigger',
  logon: 'MSFT_TaskLogonTrigger',
  session: 'MSFT_TaskSessionStateChangeTrigger',
  registration: 'MSFT_TaskRegistrationTrigger',
  event: 'MSFT_TaskEventTrigger',
};

/** A trigger as an object. */
export function triggerObject(trigger: TaskTriggerInfo): Value {
  const span = (value: Duration | undefined): Value => (value === undefined ? null : isoDuration(value));
  const common: (readonly [string, Value])[] = [
    ['Enabled', trigger.enabled ?? true],
    ['EndBoundary', null],
    ['ExecutionTimeLimit', null],
    ['Id', null],
    ['Repetition', repetition(trigger.repeat)],
    ['StartBoundary', 'start' in trigger ? trigger.start : null],
  ];
  const own: (readonly [string, Value])[] = (() => {
    switch (trigger.kind) {
      case 'time':
        return [['RandomDelay', span(trigger.randomDelay)]];
      case 'daily':
        return [
          ['DaysInterval', trigger.days],
          ['RandomDelay', span(trigger.randomDelay)],
        ];
      case 'weekly':
        return [
          ['DaysOfWeek', trigger.daysOfWeek.reduce((bits, day) => bits | (1 << day), 0)],
          ['WeeksInterval', trigger.weeks],
          ['RandomDelay', span(trigger.randomDelay)],
        ];
      case 'event':
        return [
          ['Delay', span(trigger.delay)],
          ['Subscription', subscription(trigger)],
        ];
      case 'logon':
        return [
          ['Delay', span(trigger.delay)],
          ['UserId', trigger.user],
        ];
      case 'session':
        return [
          ['Delay', span(trigger.delay)],
          ['StateChange', new Boxed('uint32', stateChanges[trigger.change])],
          ['UserId', trigger.user],
        ];
      case 'boot':
      case 'registration':
        return [['Delay', span(trigger.delay)]];
    }
  })();
  return object(classes[trigger.kind], [...common, ...own, ['PSComputerName', null]]);
}

const stateChanges = { connect: 1, disconnect: 2, lock: 7, unlock: 8 } as const;

const subscription = ({ log, provider, ids }: Extract<TaskTriggerInfo, { kind: 'event' }>): string => {
  const tests = [
    ...(provider === null ? [] : [`Provider[@Name='${provider}']`]),
    ...(ids.length === 0 ? [] : [`(${ids.map((id) => `EventID=${id}`).join(' or ')})`]),
  ];
  return `<QueryList><Query Id="0" Path="${log}"><Select Path="${log}">*${tests.length === 0 ? '' : `[System[${tests.join(' and ')}]]`}</Select></Query></QueryList>`;
};

/** What a query of an event trigger asks for, as far as log, provider and ids go. */
function readSubscription(
  text: string,
): { readonly log: string; readonly provider: string | null; readonly ids: readonly number[] } | undefined {
  const log = /<Select Path=["']([^"']+)["']/i.exec(text)?.[1] ?? /Path=["']([^"']+)["']/i.exec(text)?.[1];
  if (log === undefined) return undefined;
  return {
    log,
    provider: /Provider\s*\[\s*@Name\s*=\s*["']([^"']+)["']/i.exec(text)?.[1] ?? null,
    ids: [...text.matchAll(/EventID\s*=\s*(\d+)/gi)].map((match) => Number(match[1])),
  };
}

/** The trigger that an object stands for; undefined for one that starts nothing the device knows. */
function readTrigger(context: CmdletContext, value: Value): TaskTriggerInfo | undefined {
  const get = (name: string): Value => context.property(value, name) ?? null;
  const text = (name: string): string => (isNull(get(name)) ? '' : toText(get(name)));
  const number = (name: string, otherwise: number): number => {
    const bare = unwrap(get(name));
    return isNumeric(bare) ? toDouble(bare) : otherwise;
  };
  const type = /MSFT_Task\w+Trigger/.exec(typeNamesOf(value)[0] ?? '')?.[0];
  const pattern = get('Repetition');
  const every = isNull(pattern) ? undefined : durationOf(context.property(pattern, 'Interval') ?? null);
  const within = isNull(pattern) ? undefined : durationOf(context.property(pattern, 'Duration') ?? null);
  const enabled = unwrap(get('Enabled'));
  const randomDelay = durationOf(get('RandomDelay'));
  const delay = durationOf(get('Delay'));
  const common = {
    ...(every === undefined ? {} : { repeat: { every, within: within ?? null } }),
    ...(enabled === false ? { enabled: false } : {}),
    ...(randomDelay === undefined ? {} : { randomDelay }),
    ...(delay === undefined ? {} : { delay }),
  };
  const start = text('StartBoundary');
  const user = text('UserId') === '' ? null : text('UserId');
  switch (type) {
    case 'MSFT_TaskTimeTrigger':
      return { kind: 'time', start, ...common };
    case 'MSFT_TaskDailyTrigger':
      return { kind: 'daily', start, days: number('DaysInterval', 1), ...common };
    case 'MSFT_TaskWeeklyTrigger': {
      const bits = number('DaysOfWeek', 0);
      const daysOfWeek = dayNames.flatMap((_, day) => ((bits >> day) & 1 ? [day] : []));
      return { kind: 'weekly', start, weeks: number('WeeksInterval', 1), daysOfWeek, ...common };
    }
    case 'MSFT_TaskBootTrigger':
      return { kind: 'boot', ...common };
    case 'MSFT_TaskLogonTrigger':
      return { kind: 'logon', user, ...common };
    case 'MSFT_TaskRegistrationTrigger':
      return { kind: 'registration', ...common };
    case 'MSFT_TaskSessionStateChangeTrigger': {
      const change = Object.entries(stateChanges).find(([, code]) => code === number('StateChange', 0))?.[0];
      return change === undefined
        ? undefined
        : { kind: 'session', change: change as keyof typeof stateChanges, user, ...common };
    }
    case 'MSFT_TaskEventTrigger': {
      const query = readSubscription(text('Subscription'));
      return query && { kind: 'event', ...query, ...common };
    }
    default:
      return undefined;
  }
}

/** A reading of the device's clock as a start boundary. */
function boundaryOf(value: Value, context: CmdletContext): string {
  const bare = unwrap(value);
  const at =
    bare instanceof DateTimeValue
      ? bare.kind === 'Utc'
        ? localTime(context.host, Number((bare.ticks - unixEpochTicks) / 10n) as Instant)
        : bare
      : localTime(context.host, context.host.clock.now());
  const parts = dateParts(at.ticks);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${String(parts.year).padStart(4, '0')}-${two(parts.month)}-${two(parts.day)}T${two(parts.hour)}:${two(parts.minute)}:${two(parts.second)}`;
}

/** New-ScheduledTaskTrigger. */
export const newScheduledTaskTrigger: Cmdlet = {
  name: 'New-ScheduledTaskTrigger',
  module: 'ScheduledTasks',
  typeName: 'New-ScheduledTaskTrigger',
  commandType: 'Function',
  parameters: [
    { name: 'Once', type: 'switch' },
    { name: 'Daily', type: 'switch' },
    { name: 'Weekly', type: 'switch' },
    { name: 'AtLogOn', type: 'switch' },
    { name: 'AtStartup', type: 'switch' },
    { name: 'At', type: 'datetime' },
    { name: 'DaysInterval', type: 'int' },
    { name: 'WeeksInterval', type: 'int' },
    { name: 'DaysOfWeek', type: 'string[]' },
    { name: 'RandomDelay', type: 'timespan' },
    { name: 'RepetitionInterval', type: 'timespan' },
    { name: 'RepetitionDuration', type: 'timespan' },
    { name: 'User', type: 'string' },
  ],
  start: (context) => ({
    process() {
      const span = (name: string): Duration | undefined =>
        context.has(name) ? durationOf(context.get(name)) : undefined;
      const every = span('RepetitionInterval');
      const randomDelay = span('RandomDelay');
      const common = {
        ...(every === undefined ? {} : { repeat: { every, within: span('RepetitionDuration') ?? null } }),
        ...(randomDelay === undefined ? {} : { randomDelay }),
      };
      const start = boundaryOf(context.get('At'), context);
      if (context.switch('AtStartup')) context.write(triggerObject({ kind: 'boot', ...common }));
      else if (context.switch('AtLogOn'))
        context.write(triggerObject({ kind: 'logon', user: context.string('User') || null, ...common }));
      else if (context.switch('Daily'))
        context.write(
          triggerObject({ kind: 'daily', start, days: context.number('DaysInterval', 1), ...common }),
        );
      else if (context.switch('Weekly')) {
        const named = context.strings('DaysOfWeek').map((day) => day.toLowerCase());
        const daysOfWeek = dayNames.flatMap((day, i) =>
          named.includes(day.toLowerCase()) || named.includes(String(i)) ? [i] : [],
        );
        const weeks = context.number('WeeksInterval', 1);
        context.write(triggerObject({ kind: 'weekly', start, weeks, daysOfWeek, ...common }));
      } else context.write(triggerObject({ kind: 'time', start, ...common }));
      return undefined;
    },
  }),
};

/** All of a task's triggers that start something. */
export const readTriggers = (context: CmdletContext, value: Value): readonly TaskTriggerInfo[] =>
  [...(elementsOf(value) ?? [value])].flatMap((one) =>
    isNull(one) ? [] : (readTrigger(context, one) ?? []),
  );
