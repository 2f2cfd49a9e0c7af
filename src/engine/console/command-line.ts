/** Splits a command line as CommandLineToArgvW does: quotes group, `\"` is a quote, `""` inside quotes is one. */
export function splitArguments(line: string): string[] {
  const args: string[] = [];
  let i = 0;
  for (;;) {
    while (line[i] === ' ' || line[i] === '\t') i++;
    if (i >= line.length) return args;
    let current = '';
    let quoted = false;
    while (i < line.length && (quoted || (line[i] !== ' ' && line[i] !== '\t'))) {
      let slashes = 0;
      while (line[i] === '\\') {
        slashes++;
        i++;
      }
      if (line[i] !== '"') {
        current += '\\'.repeat(slashes);
        if (slashes > 0) continue;
        current += line[i] ?? '';
        i++;
        continue;
      }
      current += '\\'.repeat(slashes >> 1);
      if (slashes % 2 === 1) {
        current += '"';
        i++;
      } else if (quoted && line[i + 1] === '"') {
        current += '"';
        i += 2;
      } else {
        quoted = !quoted;
        i++;
      }
    }
    args.push(current);
  }
}

/** Quotes one argument so that `splitArguments` gives it back. */
export const quoteArgument = (text: string): string =>
  text !== '' && !/[\s"]/.test(text)
    ? text
    : `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
