/** Name and rest of a command line. */
export function splitCommand(text: string): { readonly name: string; readonly args: string } {
  const quoted = /^"([^"]*)"?([^\s]*)/.exec(text);
  if (quoted) return { name: quoted[0], args: text.slice(quoted[0].length) };
  const name = /^[^\s,;=]+?(?=$|[\s,;=]|\/)/.exec(text)?.[0] ?? text;
  return { name, args: text.slice(name.length) };
}

/** Arguments of a batch file: split at blanks, commas, semicolons and equal signs, quotes kept. */
export function batchArguments(text: string): string[] {
  return text.match(/(?:"[^"]*"?|[^\s,;="])+/g) ?? [];
}
