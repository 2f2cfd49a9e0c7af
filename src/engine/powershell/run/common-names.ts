const names = ['errorvariable', 'warningvariable', 'informationvariable', 'outvariable', 'pipelinevariable'];
const aliases: Readonly<Record<string, string>> = {
  ev: 'errorvariable',
  wv: 'warningvariable',
  iv: 'informationvariable',
  ov: 'outvariable',
  pv: 'pipelinevariable',
};

/** The stream variable a (possibly shortened) common parameter name means; undefined: none of them. */
export function commonNames(lower: string): string | undefined {
  if (aliases[lower]) return aliases[lower];
  if (lower.length < 4) return undefined;
  const found = names.filter((n) => n.startsWith(lower));
  return found.length === 1 ? found[0] : undefined;
}
