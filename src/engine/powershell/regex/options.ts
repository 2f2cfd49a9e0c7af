/** Bits of .NET's RegexOptions. */
export const regexOptions = {
  ignoreCase: 1,
  multiline: 2,
  explicitCapture: 4,
  compiled: 8,
  singleline: 16,
  ignorePatternWhitespace: 32,
  rightToLeft: 64,
  ecmaScript: 256,
  cultureInvariant: 512,
  nonBacktracking: 1024,
} as const;
