import { hashtable, ListValue } from './collections.ts';
import { convertTo } from './convert.ts';
import { elementsOf } from './enumerate.ts';
import { ScriptError } from './error-record.ts';
import { DotNetError, runtimeError } from './errors.ts';
import { hooks } from './hooks.ts';
import { DotNetObject, int32Type, PSArray, stringType } from './objects.ts';
import {
  allMatches,
  expandReplacement,
  regexIgnoreCase,
  regexIgnorePatternWhitespace,
  regexMultiline,
  regexOf,
  regexSingleline,
} from './regex-port.ts';
import type { CompiledRegex, RegexMatch } from './regex-port.ts';
import { ScriptBlockValue } from './script-block.ts';
import { objectText, toText } from './text.ts';
import { isTrue } from './truth.ts';
import type { Value } from './value.ts';
import { automationNull, isNull } from './value.ts';

/** Where `-match` puts `$Matches`. */
export interface MatchesTarget {
  setMatches(value: Value): void;
}

function compile(pattern: Value, ignoreCase: boolean): CompiledRegex {
  if (pattern instanceof DotNetObject && pattern.type.fullName === 'System.Text.RegularExpressions.Regex')
    return (pattern.state as { regex: CompiledRegex }).regex;
  try {
    return regexOf(toText(pattern), ignoreCase ? regexIgnoreCase : 0);
  } catch (error) {
    if (!(error instanceof DotNetError)) throw error;
    throw runtimeError(
      error.exception.type.fullName,
      error.message,
      'OperationStopped',
      null,
      error.exception.type.fullName,
    );
  }
}

export function matchesTable(match: RegexMatch): Value {
  const table = hashtable();
  const { groupNames, groupNumbers } = match.regex;
  for (let slot = 0; slot < groupNames.length; slot++) {
    const value = match.groupValue(slot);
    if (value === undefined) continue;
    const name = groupNames[slot] as string;
    const number = groupNumbers[slot] as number;
    table.set(name === String(number) ? number : name, value);
  }
  return table;
}

export function matchOperator(
  left: Value,
  right: Value,
  ignoreCase: boolean,
  wanted: boolean,
  target: MatchesTarget,
): Value {
  const regex = compile(right, ignoreCase);
  const elements = left === automationNull ? undefined : elementsOf(left);
  if (elements) {
    return new PSArray(elements.filter((e) => regex.isMatch(toText(e)) === wanted));
  }
  const match = regex.match(toText(left));
  if (match) target.setMatches(matchesTable(match));
  return (match !== undefined) === wanted;
}

export function replaceOperator(left: Value, right: Value, ignoreCase: boolean): Value {
  let pattern: Value = '';
  let replacement: Value = '';
  const parts = elementsOf(right);
  if (parts) {
    if (parts.length > 2)
      throw runtimeError(
        'BadReplaceArgument',
        `The -replace operator allows only two elements to follow it, not ${parts.length}.`,
        'InvalidOperation',
        right,
      );
    if (parts.length > 0) pattern = parts[0] as Value;
    if (parts.length > 1) replacement = parts[1] as Value;
  } else pattern = right;
  let regex: CompiledRegex;
  try {
    regex = compile(pattern, ignoreCase);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    throw runtimeError(
      'InvalidRegularExpression',
      `The regular expression pattern ${toText(pattern)} is not valid.`,
      'InvalidOperation',
      pattern,
      undefined,
      error.record.exception,
    );
  }
  const one = (text: string): string => replaceAll(regex, text, replacement);
  const elements = left === automationNull ? [] : elementsOf(left);
  if (elements) return new PSArray(elements.map((e) => one(toText(e))));
  return one(toText(left));
}

/** Replaces up to `count` matches (all where it is negative), from `start` where that is given. */
export function replaceAll(
  regex: CompiledRegex,
  text: string,
  replacement: Value,
  count = -1,
  start?: number,
): string {
  const isBlock = replacement instanceof ScriptBlockValue;
  const expansion = isBlock ? '' : toText(replacement);
  if (count === 0) return text;
  const matches: RegexMatch[] = [];
  const texts: string[] = [];
  for (const match of allMatches(regex, text, start)) {
    matches.push(match);
    texts.push(
      isBlock
        ? toText(hooks.invokeWithItem(replacement, hooks.matchObject(match, text, regex), []))
        : expandReplacement(expansion, match),
    );
    if (matches.length === count) break;
  }
  if (matches.length === 0) return text;
  if (regex.rightToLeft) {
    matches.reverse();
    texts.reverse();
  }
  let out = '';
  let at = 0;
  matches.forEach((match, i) => {
    out += text.slice(at, match.index) + (texts[i] as string);
    at = match.end;
  });
  return out + text.slice(at);
}

/** An element that is a list itself prints its type. */
const joined = (value: Value): string =>
  value instanceof PSArray || value instanceof ListValue ? objectText(value) : toText(value);

export function joinOperator(left: Value, right: Value): string {
  const elements = elementsOf(left) ?? [left];
  return elements.map(joined).join(toText(right));
}
/** Unary `-join`. */
export const joinAll = (value: Value): string => (elementsOf(value) ?? [value]).map(joined).join('');

/** Unary `-split`: on white space. */
export function splitWhite(value: Value): Value {
  const out: Value[] = [];
  for (const item of elementsOf(value) ?? [value]) {
    const text = toText(item);
    if (text === '') out.push('');
    else out.push(...text.split(/\s+/).filter((s) => s !== ''));
  }
  return new PSArray(out, stringType);
}

export function splitOperator(left: Value, right: Value, ignoreCase: boolean): Value {
  const parts = elementsOf(right) ?? [right];
  const separator = parts[0] ?? '';
  const limit =
    parts.length > 1 && !isNull(parts[1] as Value) ? Number(convertTo(parts[1] as Value, int32Type)) : 0;
  const options = parts.length > 2 ? toText(parts[2] as Value).toLowerCase() : '';
  const out: string[] = [];
  for (const item of left === automationNull ? [''] : (elementsOf(left) ?? [left])) {
    const text = toText(item);
    if (separator instanceof ScriptBlockValue) out.push(...splitByBlock(text, separator, limit));
    else out.push(...splitByPattern(text, separator, limit, options, ignoreCase));
  }
  return new PSArray(out, stringType);
}

function splitByBlock(text: string, block: ScriptBlockValue, limit: number): string[] {
  const out: string[] = [];
  let current = '';
  for (let i = 0; i < text.length; i++) {
    if (limit > 0 && out.length >= limit - 1) {
      current = text.slice(i - current.length);
      break;
    }
    if (isTrue(hooks.invokeWithItem(block, text[i] as string, [text, i]))) {
      out.push(current);
      current = '';
    } else current += text[i];
  }
  out.push(current);
  return out;
}

function splitByPattern(
  text: string,
  separator: Value,
  limit: number,
  options: string,
  ignoreCase: boolean,
): string[] {
  let flags = ignoreCase ? regexIgnoreCase : 0;
  if (options.includes('ignorecase')) flags |= regexIgnoreCase;
  if (options.includes('multiline')) flags |= regexMultiline;
  if (options.includes('singleline')) flags |= regexSingleline;
  if (options.includes('ignorepatternwhitespace')) flags |= regexIgnorePatternWhitespace;
  const simple = options.includes('simplematch');
  const pattern = toText(separator);
  const regex = simple
    ? regexOf(pattern.replace(/[.*+?^${}()|[\]\\#\s]/g, '\\$&'), flags)
    : flags === (ignoreCase ? regexIgnoreCase : 0)
      ? compile(separator, ignoreCase)
      : regexOf(pattern, flags);
  const pieces: { text: string; isSeparator: boolean }[] = [];
  let at = 0;
  if (limit < 0) {
    // From the right: keep the last pieces apart.
    const matches = [...allMatches(regex, text)].filter(
      (m) => !(m.value.length === 0 && (m.index === 0 || m.index === text.length)) || m.value.length > 0,
    );
    const keep = matches.slice(Math.max(0, matches.length - (-limit - 1)));
    const list = -limit === 1 ? [] : keep;
    const out: string[] = [];
    for (const m of list) {
      out.push(text.slice(at, m.index));
      for (const g of m.groups.slice(1)) if (g.success) out.push(g.value);
      at = m.index + m.value.length;
    }
    out.push(text.slice(at));
    return out;
  }
  let count = 1;
  for (const match of allMatches(regex, text)) {
    if (limit > 0 && count >= limit) break;
    pieces.push({ text: text.slice(at, match.index), isSeparator: false });
    for (const group of match.groups.slice(1))
      if (group.success) pieces.push({ text: group.value, isSeparator: true });
    at = match.index + match.value.length;
    count++;
  }
  pieces.push({ text: text.slice(at), isSeparator: false });
  return pieces.map((p) => p.text);
}
