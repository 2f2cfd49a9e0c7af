import { differences } from '../dialects/index.ts';
import { Regex } from '../regex/regex.ts';
import type { RegexMatch } from '../regex/regex.ts';
import { regexOptions } from '../regex/options.ts';
import { RegexSyntaxError } from '../regex/regex-error.ts';
import { expand, parseReplacement } from '../regex/replacement.ts';
import { isDesktop } from './ambient.ts';
import { DotNetError, exception } from './errors.ts';

export type { RegexCapture, RegexGroup, RegexMatch } from '../regex/regex.ts';
export type CompiledRegex = Regex;
export { setStepHook } from '../regex/matcher.ts';

export const regexIgnoreCase = regexOptions.ignoreCase;
export const regexMultiline = regexOptions.multiline;
export const regexSingleline = regexOptions.singleline;
export const regexIgnorePatternWhitespace = regexOptions.ignorePatternWhitespace;

/** What a session remembers of the patterns it met; the least recently made go first. */
const remembered = 500;
const caches = new Map<number, Map<string, Regex>>();

/** A compiled pattern, remembered. Throws RegexParseException (ArgumentException in the .NET Framework). */
export function regexOf(pattern: string, options: number): CompiledRegex {
  let cache = caches.get(options);
  if (!cache) caches.set(options, (cache = new Map<string, Regex>()));
  let regex = cache.get(pattern);
  if (!regex) {
    regex = compile(pattern, options);
    if (cache.size >= remembered) cache.delete(cache.keys().next().value as string);
    cache.set(pattern, regex);
  }
  return regex;
}

function compile(pattern: string, options: number): Regex {
  try {
    return new Regex(pattern, options);
  } catch (error) {
    throw error instanceof RegexSyntaxError ? regexError(error) : error;
  }
}

/** The .NET exception of a pattern that does not parse. */
export const regexError = (error: RegexSyntaxError): DotNetError =>
  new DotNetError(
    isDesktop(differences.errors.invalidRegex)
      ? exception('System.ArgumentException', `parsing "${error.pattern}" - ${error.reason}`)
      : exception('System.Text.RegularExpressions.RegexParseException', error.message, null, {
          Offset: error.offset,
        }),
  );

/** The .NET exception of a match that was given up. */
export const matchTimeout = (): DotNetError =>
  new DotNetError(
    exception(
      'System.Text.RegularExpressions.RegexMatchTimeoutException',
      'The Regex engine has timed out while trying to match a pattern to an input string. This can occur for many reasons, including very large inputs or excessive backtracking caused by nested quantifiers, back-references and other factors.',
    ),
  );

export function isMatch(pattern: string, text: string, ignoreCase: boolean): boolean {
  return regexOf(pattern, ignoreCase ? regexIgnoreCase : 0).isMatch(text);
}

const replacements = new WeakMap<Regex, Map<string, ReturnType<typeof parseReplacement>>>();

/** Expands `$1`, `${name}`, `$&`, `$$` and the like of a replacement. */
export function expandReplacement(replacement: string, match: RegexMatch): string {
  if (!replacement.includes('$')) return replacement;
  let known = replacements.get(match.regex);
  if (!known) replacements.set(match.regex, (known = new Map<string, ReturnType<typeof parseReplacement>>()));
  let parts = known.get(replacement);
  if (!parts) known.set(replacement, (parts = parseReplacement(replacement, match.regex)));
  return expand(parts, match);
}

/** All matches, in the direction of the pattern. */
export const allMatches = (regex: CompiledRegex, text: string, start?: number): Generator<RegexMatch, void> =>
  regex.matches(text, start);
