import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import type { TimeSpanValue } from '../scalars.ts';
import { timeSpanText } from '../text.ts';

const badFormat = (): Error =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidNumber)
      ? 'Input string was not in a correct format.'
      : 'Input string was not in a correct format.',
  );
const pad = (n: bigint, width: number): string => String(n).padStart(width, '0');

/** A time span under `c`, `g`, `G` or a custom format. */
export function formatTimeSpan(value: TimeSpanValue, format: string): string {
  if (format === '' || format === 'c' || format === 't' || format === 'T') return timeSpanText(value);
  const negative = value.ticks < 0n;
  const t = negative ? -value.ticks : value.ticks;
  const days = t / 864000000000n;
  const hours = (t / 36000000000n) % 24n;
  const minutes = (t / 600000000n) % 60n;
  const seconds = (t / 10000000n) % 60n;
  const fraction = t % 10000000n;
  const sign = negative ? '-' : '';
  if (format === 'g') {
    const part = fraction === 0n ? '' : `.${pad(fraction, 7).replace(/0+$/, '')}`;
    return `${sign}${days > 0n ? `${days}:` : ''}${hours}:${pad(minutes, 2)}:${pad(seconds, 2)}${part}`;
  }
  if (format === 'G')
    return `${sign}${days}:${pad(hours, 2)}:${pad(minutes, 2)}:${pad(seconds, 2)}.${pad(fraction, 7)}`;
  if (format.length === 1) throw badFormat();
  let out = '';
  for (let i = 0; i < format.length;) {
    const c = format[i] as string;
    let n = 1;
    while (format[i + n] === c) n++;
    switch (c) {
      case 'd':
        if (n > 8) throw badFormat();
        out += pad(days, n);
        break;
      case 'h':
      case 'm':
      case 's':
        if (n > 2) throw badFormat();
        out += pad(c === 'h' ? hours : c === 'm' ? minutes : seconds, n);
        break;
      case 'f':
      case 'F': {
        if (n > 7) throw badFormat();
        const text = pad(fraction, 7).slice(0, n);
        out += c === 'f' ? text : text.replace(/0+$/, '');
        break;
      }
      case "'":
      case '"': {
        const end = format.indexOf(c, i + 1);
        if (end < 0) throw badFormat();
        out += format.slice(i + 1, end);
        n = end + 1 - i;
        break;
      }
      case '%': {
        const following = format[i + 1];
        if (following === undefined || following === '%') throw badFormat();
        n = 1;
        break;
      }
      case '\\':
        if (i + 1 >= format.length) throw badFormat();
        out += format[i + 1];
        n = 2;
        break;
      default:
        throw badFormat();
    }
    i += n;
  }
  return out;
}
