import { duration, minutes } from '../../../base/time.ts';
import type { Duration } from '../../../base/time.ts';
import type { TaskTriggerInfo } from '../../powershell/host.ts';
import { dayNames, localTime } from '../local-time.ts';
import { ask } from './simple.ts';
import type { Call, ProgramSteps } from './simple.ts';

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');
const days = dayNames.map((day) => day.toLowerCase());

type Options = ReadonlyMap<string, string>;

const invalid = (call: Call, option: string, value: string): undefined => {
  call.fail(
    `ERROR: Invalid syntax. Value '${value}' is not valid for '/${option.toUpperCase()}' option.`,
    'Type "SCHTASKS /CREATE /?" for usage.',
  );
  return undefined;
};

/** What starts the task, from /SC and what goes with it; undefined where that was wrong and said so. */
function triggerOf(call: Call, options: Options): TaskTriggerInfo | undefined {
  const kind = (options.get('sc') ?? '').toLowerCase();
  const modifier = options.get('mo');
  const count = modifier === undefined ? 1 : Number(modifier);
  const local = localTime(call.host.clock.now(), call.host);
  const time = options.get('st');
  if (time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return invalid(call, 'st', time);
  const date = options.get('sd');
  const parts = date === undefined ? undefined : /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(date);
  if (date !== undefined && !parts) return invalid(call, 'sd', date);
  const day = parts
    ? `${parts[3]}-${parts[1]}-${parts[2]}`
    : `${padded(local.year, 4)}-${padded(local.month, 2)}-${padded(local.day, 2)}`;
  const start = `${day}T${time ?? `${padded(local.hour, 2)}:${padded(local.minute, 2)}`}:00`;
  const numbered = (least: number, most: number): boolean =>
    Number.isInteger(count) && count >= least && count <= most;
  const within = durationOption(options.get('du'));
  const repeat = options.has('ri')
    ? { repeat: { every: minutes(Number(options.get('ri'))), within: within ?? null } }
    : {};
  const delay = /^(\d{4}):(\d\d)$/.exec(options.get('delay') ?? '');
  const delayed = delay ? { delay: duration((Number(delay[1]) * 60 + Number(delay[2])) * 1_000_000) } : {};
  const user = options.get('ru');
  switch (kind) {
    case 'once':
      if (time === undefined) {
        call.fail(
          "ERROR: Invalid syntax. Mandatory option '/ST' is missing.",
          'Type "SCHTASKS /CREATE /?" for usage.',
        );
        return undefined;
      }
      return { kind: 'time', start, ...repeat };
    case 'minute':
      if (!numbered(1, 1439)) return invalid(call, 'mo', modifier ?? '');
      return { kind: 'time', start, repeat: { every: minutes(count), within: within ?? null } };
    case 'hourly':
      if (!numbered(1, 23)) return invalid(call, 'mo', modifier ?? '');
      return { kind: 'time', start, repeat: { every: minutes(60 * count), within: within ?? null } };
    case 'daily':
      if (!numbered(1, 365)) return invalid(call, 'mo', modifier ?? '');
      return { kind: 'daily', start, days: count, ...repeat };
    case 'weekly': {
      if (!numbered(1, 52)) return invalid(call, 'mo', modifier ?? '');
      const named = (options.get('d') ?? '').toLowerCase();
      const daysOfWeek =
        named === ''
          ? [local.dayOfWeek]
          : named === '*'
            ? [0, 1, 2, 3, 4, 5, 6]
            : named.split(',').map((one) => days.indexOf(one.trim()));
      if (daysOfWeek.includes(-1)) return invalid(call, 'd', options.get('d') ?? '');
      return { kind: 'weekly', start, weeks: count, daysOfWeek, ...repeat };
    }
    case 'onstart':
      return { kind: 'boot', ...delayed };
    case 'onlogon':
      return { kind: 'logon', user: user === undefined || isSystem(user) ? null : user, ...delayed };
    case 'onevent': {
      const log = options.get('ec');
      if (log === undefined || modifier === undefined) {
        call.fail(
          `ERROR: Invalid syntax. Mandatory option '/${log === undefined ? 'EC' : 'MO'}' is missing.`,
          'Type "SCHTASKS /CREATE /?" for usage.',
        );
        return undefined;
      }
      return {
        kind: 'event',
        log,
        provider: /Provider\s*\[\s*@Name\s*=\s*["']([^"']+)["']/i.exec(modifier)?.[1] ?? null,
        ids: [...modifier.matchAll(/EventID\s*=\s*(\d+)/gi)].map((match) => Number(match[1])),
        ...delayed,
      };
    }
    case 'monthly':
    case 'onidle':
      call.fail('ERROR: The request is not supported.');
      return undefined;
    case '':
      call.fail(
        "ERROR: Invalid syntax. Mandatory option '/SC' is missing.",
        'Type "SCHTASKS /CREATE /?" for usage.',
      );
      return undefined;
    default:
      return invalid(call, 'sc', options.get('sc') ?? '');
  }
}

/** `HHHH:MM` of /DU. */
function durationOption(text: string | undefined): Duration | undefined {
  const match = /^(\d{1,4}):(\d\d)$/.exec(text ?? '');
  return match ? minutes(Number(match[1]) * 60 + Number(match[2])) : undefined;
}

const isSystem = (user: string): boolean =>
  ['', 'system', 'nt authority\\system', 's-1-5-18'].includes(user.toLowerCase());

/** schtasks /create. */
export function* createTask(call: Call, options: Options): ProgramSteps {
  const { tasks, identity } = call.host;
  const wanted = options.get('tn');
  const command = options.get('tr');
  for (const [name, value] of [
    ['TN', wanted],
    ['TR', command],
  ] as const)
    if (value === undefined) {
      call.fail(
        `ERROR: Invalid syntax. Mandatory option '/${name}' is missing.`,
        'Type "SCHTASKS /CREATE /?" for usage.',
      );
      return 1;
    }
  const full = `\\${(wanted ?? '').replace(/^\\/, '')}`;
  const slash = full.lastIndexOf('\\') + 1;
  const [path, name] = [full.slice(0, slash), full.slice(slash)];
  const trigger = triggerOf(call, options);
  if (!trigger) return 1;
  if (
    tasks.list().some((one) => (one.path + one.name).toLowerCase() === full.toLowerCase()) &&
    !options.has('f')
  ) {
    const answer = yield* ask(
      `WARNING: The task name "${wanted}" already exists. Do you want to replace it (Y/N)? `,
    );
    if (!/^y/i.test(answer ?? '')) return 1;
  }
  const words = /^\s*(?:"([^"]*)"|(\S+))\s*(.*)$/s.exec(command ?? '');
  const user = options.get('ru');
  const done = tasks.register?.({
    path,
    name,
    execute: words?.[1] ?? words?.[2] ?? '',
    arguments: words?.[3] ?? '',
    principal: user === undefined ? identity.name : isSystem(user) ? 'SYSTEM' : user,
    highest: /^highest$/i.test(options.get('rl') ?? ''),
    triggers: [trigger],
  });
  if (!done?.ok) {
    call.fail(done ? 'ERROR: Access is denied.' : 'ERROR: The request is not supported.');
    return 1;
  }
  call.line(`SUCCESS: The scheduled task "${wanted}" has successfully been created.`);
  return 0;
}
