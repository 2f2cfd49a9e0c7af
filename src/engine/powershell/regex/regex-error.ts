/** A pattern that does not parse: .NET's reason and the offset it names. */
export class RegexSyntaxError extends Error {
  /** Name in .NET's RegexParseError. */
  readonly code: string;
  readonly offset: number;
  readonly reason: string;
  readonly pattern: string;
  constructor(pattern: string, offset: number, code: string, reason: string) {
    super(`Invalid pattern '${pattern}' at offset ${offset}. ${reason}`);
    this.name = 'RegexSyntaxError';
    this.pattern = pattern;
    this.offset = offset;
    this.code = code;
    this.reason = reason;
  }
}

/** A match that grew beyond what may be remembered for going back. */
export class RegexMemoryError extends Error {
  constructor() {
    super('The regular expression needs too much memory to go back in the text.');
    this.name = 'RegexMemoryError';
  }
}
