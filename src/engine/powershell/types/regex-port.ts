import { exception, DotNetError } from './errors.ts';

/** .NET RegexOptions bits. */
export const regexIgnoreCase = 1;
export const regexMultiline = 2;
export const regexSingleline = 16;
export const regexIgnorePatternWhitespace = 32;

export interface RegexGroup {
  readonly name: string;
  readonly success: boolean;
  readonly index: number;
  readonly value: string;
  readonly captures: readonly { readonly index: number; readonly value: string }[];
}
export interface RegexMatch {
  readonly index: number;
  readonly value: string;
  /** Group 0 first, numbered groups, then named ones. */
  readonly groups: readonly RegexGroup[];
}
export interface CompiledRegex {
  readonly pattern: string;
  readonly options: number;
  readonly groupNames: readonly string[];
  /** First match at or after `start`. */
  match(text: string, start: number): RegexMatch | undefined;
}

const cache = new Map<string, CompiledRegex>();

/** A compiled pattern, remembered. Throws RegexParseException. */
export function regexOf(pattern: string, options: number): CompiledRegex {
  const key = `${options}:${pattern}`;
  let regex = cache.get(key);
  if (!regex) {
    if (cache.size > 300) cache.clear();
    cache.set(key, (regex = compile(pattern, options)));
  }
  return regex;
}

function compile(pattern: string, options: number): CompiledRegex {
  let flags = 'dg';
  if (options & regexIgnoreCase) flags += 'i';
  if (options & regexMultiline) flags += 'm';
  if (options & regexSingleline) flags += 's';
  let source = pattern;
  const inline = /^\(\?([imsnx]+)\)/.exec(source);
  if (inline) {
    source = source.slice(inline[0].length);
    for (const f of inline[1] as string) if ('ims'.includes(f) && !flags.includes(f)) flags += f;
  }
  source = source
    .replace(/\\A/g, '^')
    .replace(/\\[zZ]/g, '$')
    .replace(/\(\?'(\w+)'/g, '(?<$1>')
    .replace(/\(\?#[^)]*\)/g, '');
  let js: RegExp;
  try {
    js = new RegExp(source, flags);
  } catch (error) {
    throw new DotNetError(
      exception(
        'System.Text.RegularExpressions.RegexParseException',
        `Invalid pattern '${pattern}' at offset ${pattern.length}. ${(error as Error).message}`,
      ),
    );
  }
  const groupCount = (new RegExp(`${js.source}|`).exec('') as RegExpExecArray).length;
  const named = [...source.matchAll(/\(\?<([A-Za-z_]\w*)>/g)].map((m) => m[1] as string);
  return {
    pattern,
    options,
    groupNames: [...Array(groupCount - named.length).keys()].map(String).concat(named),
    match(text, start) {
      js.lastIndex = start;
      const m = js.exec(text);
      if (!m) return undefined;
      const names = new Map<number, string>();
      if (m.groups) {
        const order = [...js.source.matchAll(/\\.|\[(?:\\.|[^\]])*\]|\((?!\?)|\(\?<([A-Za-z_]\w*)>/g)].filter(
          (x) => x[0].startsWith('('),
        );
        order.forEach((x, n) => x[1] !== undefined && names.set(n + 1, x[1]));
      }
      const groups: RegexGroup[] = [];
      const late: RegexGroup[] = [];
      let plain = 0;
      for (let n = 0; n < m.length; n++) {
        const value = m[n];
        const at = m.indices?.[n]?.[0] ?? 0;
        const name = names.get(n);
        const group: RegexGroup = {
          name: name ?? String(plain++),
          success: value !== undefined,
          index: value === undefined ? 0 : at,
          value: value ?? '',
          captures: value === undefined ? [] : [{ index: at, value }],
        };
        (name === undefined ? groups : late).push(group);
      }
      return { index: m.index, value: m[0], groups: [...groups, ...late] };
    },
  };
}

export function isMatch(pattern: string, text: string, ignoreCase: boolean): boolean {
  return regexOf(pattern, ignoreCase ? regexIgnoreCase : 0).match(text, 0) !== undefined;
}

/** Expands `$1`, `${name}`, `$&`, `$$` of a replacement. */
export function expandReplacement(replacement: string, match: RegexMatch, text: string): string {
  if (!replacement.includes('$')) return replacement;
  return replacement.replace(
    /\$(?:(\$)|(\d+)|\{(\w+)\}|(&)|(`)|(')|(\+)|(_))/g,
    (whole, dollar, number, name, all, before, after, last, input) => {
      if (dollar) return '$';
      if (number !== undefined) {
        const group = match.groups.find((g) => g.name === String(Number(number)));
        return group ? group.value : whole;
      }
      if (name !== undefined) {
        const group = match.groups.find((g) => g.name === name);
        return group ? group.value : whole;
      }
      if (all) return match.value;
      if (before) return text.slice(0, match.index);
      if (after) return text.slice(match.index + match.value.length);
      if (last) return match.groups.at(-1)?.value ?? '';
      return input ? text : whole;
    },
  );
}

/** All matches, left to right. */
export function* allMatches(regex: CompiledRegex, text: string, start = 0): Generator<RegexMatch> {
  let at = start;
  while (at <= text.length) {
    const match = regex.match(text, at);
    if (!match) return;
    yield match;
    at = match.value.length === 0 ? match.index + 1 : match.index + match.value.length;
  }
}
