import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../ambient.ts';
import { dotNetError } from '../errors.ts';
import { TimeSpanValue } from '../scalars.ts';

const badSpan = (text: string): Error =>
  dotNetError(
    'System.FormatException',
    isDesktop(differences.errors.invalidTimeSpan)
      ? 'String was not recognized as a valid TimeSpan.'
      : `String '${text}' was not recognized as a valid TimeSpan.`,
  );
const outOfRange = (text: string): Error =>
  dotNetError(
    'System.OverflowException',
    isDesktop(differences.errors.invalidTimeSpan)
      ? 'The TimeSpan could not be parsed because at least one of the numeric components is out of range or contains too many digits.'
      : `The TimeSpan string '${text}' could not be parsed because at least one of the numeric components is out of range or contains too many digits.`,
  );

/** TimeSpan.Parse: `[-]d`, `[-][d.]hh:mm[:ss[.fffffff]]`. Throws FormatException and OverflowException. */
export function parseTimeSpan(text: string): TimeSpanValue {
  const found =
    /^\s*(-)?(?:(\d+)|(?:(\d+)[.:])??(\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?|(\d+)\.(\d+):(\d+)(?::(\d+)(?:\.(\d+))?)?)\s*$/.exec(
      text,
    );
  if (!found) throw badSpan(text);
  const dotted = found[8] !== undefined;
  const days = dotted ? found[8] : (found[2] ?? found[3] ?? '0');
  const hours = (dotted ? found[9] : found[4]) ?? '0';
  const minutes = (dotted ? found[10] : found[5]) ?? '0';
  const seconds = (dotted ? found[11] : found[6]) ?? '0';
  const fraction = (dotted ? found[12] : found[7]) ?? '';
  if (
    Number(hours) > 23 ||
    Number(minutes) > 59 ||
    Number(seconds) > 59 ||
    fraction.length > 7 ||
    Number(days) > 10675199
  )
    throw outOfRange(text);
  const ticks =
    BigInt(days as string) * 864000000000n +
    BigInt(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 10000000n +
    BigInt(fraction.padEnd(7, '0'));
  return new TimeSpanValue(found[1] ? -ticks : ticks);
}

/** TimeSpan.ParseExact; undefined where the text does not fit the format. */
export function parseTimeSpanExact(text: string, format: string): TimeSpanValue | undefined {
  if (/^[cgGtT]$/.test(format)) {
    try {
      return parseTimeSpan(
        format === 'g' || format === 'G' ? text.replace(/^(-?\d+):(?=\d+:\d+:)/, '$1.') : text,
      );
    } catch {
      return undefined;
    }
  }
  const parts: Record<string, string> = {};
  let at = 0;
  for (let i = 0; i < format.length;) {
    const c = format[i] as string;
    let n = 1;
    while (format[i + n] === c) n++;
    if ('dhmsfF'.includes(c)) {
      const pattern = new RegExp(
        c === 'F' ? `\\d{0,${n}}` : c === 'f' ? `\\d{${n}}` : `\\d{${n},${c === 'd' ? 8 : 2}}`,
        'y',
      );
      pattern.lastIndex = at;
      const found = pattern.exec(text);
      if (!found) return undefined;
      parts[c.toLowerCase()] = found[0];
      at += found[0].length;
    } else if (c === "'" || c === '"') {
      const end = format.indexOf(c, i + 1);
      const literal = format.slice(i + 1, end);
      if (end < 0 || !text.startsWith(literal, at)) return undefined;
      at += literal.length;
      n = end + 1 - i;
    } else if (c === '%') n = 1;
    else if (c === '\\') {
      if (text[at] !== format[i + 1]) return undefined;
      at++;
      n = 2;
    } else return undefined;
    i += n;
  }
  if (at !== text.length) return undefined;
  const part = (name: string): number => Number(parts[name] ?? 0);
  if (part('h') > 23 || part('m') > 59 || part('s') > 59) return undefined;
  return new TimeSpanValue(
    BigInt(part('d')) * 864000000000n +
      BigInt(part('h') * 3600 + part('m') * 60 + part('s')) * 10000000n +
      BigInt((parts.f ?? '').padEnd(7, '0')),
  );
}
export { badSpan };
