/** Placeholder binding to the regular expression engine; replaced by regex/. */
export function isMatch(pattern: string, text: string, ignoreCase: boolean): boolean {
  return new RegExp(pattern, ignoreCase ? 'i' : '').test(text);
}
