import type { Regex, RegexMatch } from './regex.ts';

type Part = string | ((match: RegexMatch) => string);

function lastGroup(match: RegexMatch): string {
  return match.groupValue(match.regex.groupNumbers.length - 1) ?? '';
}

/** Reads a replacement pattern: `$1`, `${name}`, `$$`, `$&`, `` $` ``, `$'`, `$+`, `$_`. What is none of these stays. */
export function parseReplacement(replacement: string, regex: Regex): readonly Part[] {
  const parts: Part[] = [];
  let plain = '';
  const add = (part: (match: RegexMatch) => string): void => {
    if (plain !== '') parts.push(plain);
    plain = '';
    parts.push(part);
  };
  const reference = /\$(?:(\$)|(\d+)|\{([^}]*)\}|(&)|(`)|(')|(\+)|(_))/y;
  for (let i = 0; i < replacement.length;) {
    if (replacement[i] !== '$') {
      const next = replacement.indexOf('$', i);
      plain += replacement.slice(i, next < 0 ? undefined : next);
      i = next < 0 ? replacement.length : next;
      continue;
    }
    reference.lastIndex = i;
    const found = reference.exec(replacement);
    const name = found?.[2] ?? found?.[3];
    const slot = name === undefined ? undefined : regex.slotOf(name);
    if (!found || (name !== undefined && slot === undefined)) {
      plain += '$';
      i++;
      continue;
    }
    i += found[0].length;
    if (found[1]) plain += '$';
    else if (slot !== undefined) add((m) => m.groupValue(slot) ?? '');
    else if (found[4]) add((m) => m.value);
    else if (found[5]) add((m) => m.text.slice(0, m.index));
    else if (found[6]) add((m) => m.text.slice(m.end));
    else if (found[7]) add(lastGroup);
    else add((m) => m.text);
  }
  if (plain !== '') parts.push(plain);
  return parts;
}

export function expand(parts: readonly Part[], match: RegexMatch): string {
  let out = '';
  for (const part of parts) out += typeof part === 'string' ? part : part(match);
  return out;
}
