import { DotNetObject } from '../types/objects.ts';
import type { Value } from '../types/value.ts';
import type { HostMessage, InformationState } from './records.ts';
import { hostMessageType, informationType } from './records.ts';

/** Console colours as SGR numbers of the foreground; 10 more is the background. */
const colours: Readonly<Record<string, number>> = {
  black: 30,
  darkblue: 34,
  darkgreen: 32,
  darkcyan: 36,
  darkred: 31,
  darkmagenta: 35,
  darkyellow: 33,
  gray: 37,
  darkgray: 90,
  blue: 94,
  green: 92,
  cyan: 96,
  red: 91,
  magenta: 95,
  yellow: 93,
  white: 97,
};

/** How each dialect's console shows its streams. */
export const streamColours = {
  desktop: { error: '91', warning: '93', verbose: '93', debug: '93' },
  core: { error: '31;1', warning: '33;1', verbose: '33;1', debug: '33;1' },
} as const;

/** Every line of a text in a colour; line ends stay outside, so that nothing spills over. */
export const painted = (text: string, sgr: string): string =>
  sgr === '' ? text : text.replace(/[^\r\n]+/g, (line) => `\x1b[${sgr}m${line}\x1b[0m`);

/** The colours a Write-Host record asks for; '' where it asks for none. */
export function hostColours(value: Value): string {
  if (!(value instanceof DotNetObject) || value.type !== informationType) return '';
  const { data } = (value as DotNetObject<InformationState>).state;
  if (!(data instanceof DotNetObject) || data.type !== hostMessageType) return '';
  const { foreground, background } = (data as DotNetObject<HostMessage>).state;
  const front = colours[foreground?.toLowerCase() ?? ''];
  const back = colours[background?.toLowerCase() ?? ''];
  return [front, back === undefined ? undefined : back + 10].filter((n) => n !== undefined).join(';');
}
