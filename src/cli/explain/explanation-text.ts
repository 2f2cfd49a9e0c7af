import type { Duration, Instant } from '../../base/time.ts';
import { duration, plus } from '../../base/time.ts';
import { civilTime } from '../../engine/clock/civil-time.ts';
import { padded } from '../../engine/clock/time-text.ts';
import type { Happening, LogExplanation, TrackExplained } from '../../engine/agent/explain/index.ts';
import type { Forecast } from '../../engine/world/forecast.ts';

const titles: Readonly<Record<TrackExplained['kind'], string>> = {
  app: 'App',
  script: 'Script',
  remediation: 'Remediation',
  service: 'Service',
  'check-in': 'Check-ins',
  health: 'Client health',
  inventory: 'Inventory',
};

const marks = { information: ' ', warning: '!', error: 'x' } as const;

/** An explanation for people: per subject what happened, why, what comes next; then the rules that were named. */
export function explanationText(found: LogExplanation): string {
  const out: string[] = [];
  const { counts, offset } = found;
  if (found.first !== null && found.last !== null)
    out.push(`From ${clock(found.first)} to ${clock(found.last)}, local time (${zoneText(offset)}).`);
  out.push(
    `${counts.records} records, ${counts.recognised} recognised; ${counts.unknown} unknown, ${counts.text} of them no records; ${counts.torn} torn, ${counts.cut} too long to keep whole.`,
  );
  for (const track of found.tracks) out.push('', ...trackLines(track, offset));
  if (found.rules.length > 0) {
    out.push('', 'Why');
    for (const { id, says, confidence, sources } of found.rules)
      out.push(`  ${id} (${confidence}; ${sources.join('; ')})`, `      ${says}`);
  }
  if (found.unknown.length > 0) {
    out.push('', 'Unknown lines (the first ten; --json has more, --unknown FILE writes all)');
    for (const { file, line, text } of found.unknown.slice(0, 10))
      out.push(`  ${file}:${line}: ${(text.split('\n')[0] ?? '').slice(0, 160)}`);
  }
  return `${out.map(printable).join('\n')}\n`;
}

function titleOf({ kind, id, name }: Pick<TrackExplained, 'kind' | 'id' | 'name'>): string {
  const about = id === kind ? '' : name === null ? ` ${id}` : ` ${name} (${id})`;
  return `${titles[kind]}${about}`;
}

function happeningLine({ local, what, rule, level, count, lastLocal }: Happening): string {
  const times = count > 1 ? ` (${count} times, last ${clock(lastLocal)})` : '';
  return `  ${clock(local)} ${marks[level]} ${what}${times}${rule ? `  [${rule.id}]` : ''}`;
}

/** The longest round of happenings that is looked for, and how often it must come to be told once. */
const round = { longest: 8, times: 3 };

/** What comes in the same round again and again, such as an app that is found installed every 8 hours, is told once. */
function happeningLines(happenings: readonly Happening[]): readonly string[] {
  const lines: string[] = [];
  for (let at = 0; at < happenings.length;) {
    const { length, times } = roundAt(happenings, at);
    lines.push(...happenings.slice(at, at + length).map(happeningLine));
    at += length * times;
    const last = happenings[at - 1];
    if (times > 1 && last)
      lines.push(`    … these ${length} the same ${times - 1} more times, last ${clock(last.lastLocal)}`);
  }
  return lines;
}

/** The round that begins at a happening; of length and number 1 where none does. Errors are always told. */
function roundAt(
  happenings: readonly Happening[],
  at: number,
): { readonly length: number; readonly times: number } {
  for (let length = 2; length <= round.longest; length++) {
    let same = 0;
    for (; ; same++) {
      const one = happenings[at + same];
      if (!one || one.level === 'error' || one.what !== happenings[at + length + same]?.what) break;
    }
    const times = Math.floor(same / length) + 1;
    if (times >= round.times) return { length, times };
  }
  return { length: 1, times: 1 };
}

/** A forecast for people, device by device; times are UTC. */
export function forecastText({ from, to, tracks }: Forecast): string {
  const out = [`From ${clock(from)} to ${clock(to)} UTC, if nobody does anything.`];
  for (const track of tracks)
    out.push('', `${track.device}: ${titleOf(track)}`, ...track.happenings.map(happeningLine));
  return `${out.map(printable).join('\n')}\n`;
}

/** A log may hold anything: nothing of it may steer the terminal. */

const printable = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '\u00b7');

function trackLines(track: TrackExplained, offset: Duration | null): readonly string[] {
  const { facts } = track;
  const lines = [
    `${titleOf(track)}${facts.intent === undefined ? '' : `, ${facts.intent}`}`,
    ...(track.stands === null ? [] : [`  now: ${track.stands}`]),
    ...happeningLines(track.happenings),
  ];
  if (track.left > 0) lines.push(`  … ${track.left} more in between …`);
  for (const { what, at, rule } of track.next)
    lines.push(
      `  next: ${what}${at === null ? '' : ` ${bothClocks(at, offset)}`}${rule ? `  [${rule.id}]` : ''}`,
    );
  return lines;
}

function clock(at: Instant): string {
  const t = civilTime(at);
  return `${padded(t.year, 4)}-${padded(t.month, 2)}-${padded(t.day, 2)} ${padded(t.hour, 2)}:${padded(t.minute, 2)}:${padded(t.second, 2)}`;
}

/** A time in UTC, with the log's clock before it where that is known. */
const bothClocks = (at: Instant, offset: Duration | null): string =>
  offset === null || offset === 0 ? `${clock(at)} UTC` : `${clock(plus(at, offset))} (${clock(at)} UTC)`;

function zoneText(offset: Duration | null): string {
  if (offset === null) return 'no line tells how far from UTC; times inside lines are UTC';
  const minutes = Math.abs(offset) / 60_000_000;
  return `UTC${offset < 0 ? '-' : '+'}${padded(Math.floor(minutes / 60), 2)}:${padded(minutes % 60, 2)} at the end; times inside lines are UTC`;
}

/** The clock of a log as `--offset` gives it: `+02:00`. */
export function offsetOf(text: string): Duration | undefined {
  const parts = /^([+-])(\d{1,2}):?(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const minutes = Number(parts[2]) * 60 + Number(parts[3]);
  return duration((parts[1] === '-' ? -1 : 1) * minutes * 60_000_000);
}
