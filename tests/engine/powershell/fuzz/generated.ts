import fc from 'fast-check';

const names = fc.constantFrom(
  'a',
  'b',
  'x',
  '_',
  'true',
  'null',
  'args',
  'env:TEMP',
  'script:c',
  'host',
  'PSVersionTable',
);
const words = fc.constantFrom(
  'a',
  'Name',
  'b c',
  "it''s",
  '*',
  'C:\\x',
  '1',
  '{0:N2}',
  '(',
  '[x',
  '2024-02-30',
  'é',
);
const numbers = fc.constantFrom(
  '0',
  '1',
  '-1',
  '2.5',
  '1e3',
  '0x7fffffff',
  '9223372036854775807',
  '1gb',
  '1d',
  '.5',
  '99999999999999999999',
);
const types = fc.constantFrom(
  'int',
  'string',
  'datetime',
  'bool',
  'char',
  'double',
  'xml',
  'regex',
  'hashtable',
  'version',
  'guid',
  'int[]',
  'switch',
  'timespan',
  'Collections.Generic.List[int]',
  'NoSuchType',
);
const binary = fc.constantFrom(
  '+',
  '-',
  '*',
  '/',
  '%',
  '-eq',
  '-ne',
  '-gt',
  '-le',
  '-like',
  '-match',
  '-replace',
  '-split',
  '-join',
  '-contains',
  '-in',
  '-and',
  '-or',
  '-xor',
  '-band',
  '-shl',
  '-is',
  '-as',
  '-f',
  '..',
  ',',
);
const members = fc.constantFrom(
  'Length',
  'Count',
  'Name',
  'ToString()',
  'GetType()',
  'Substring(1)',
  'Substring(1, -5)',
  'Split(",")',
  'Add(1)',
  'Where({ $_ })',
  'ForEach({ $_ * 2 })',
  'psobject.Properties',
  'Value',
  'NoSuch()',
  'CompareTo(3)',
  'Keys',
);
const statics = fc.constantFrom(
  '[math]::Sqrt',
  '[math]::Round',
  '[string]::Join',
  '[convert]::ToInt32',
  '[datetime]::Parse',
  '[regex]::Match',
  '[int]::Parse',
  '[guid]::Parse',
  '[char]::ToUpper',
  '[array]::Sort',
  '[string]::Format',
  '[version]::new',
);
const commands = fc.constantFrom(
  'Write-Output',
  'ForEach-Object { $_ }',
  'Where-Object { $_ }',
  'Sort-Object',
  'Select-Object -First 2',
  'Group-Object',
  'Measure-Object -Sum',
  'Out-String',
  'ConvertTo-Json',
  'ConvertFrom-Json',
  'Format-Table',
  'Format-List',
  'Get-Member',
  'Select-String a',
  'Get-Random -SetSeed 1',
  'Out-Null',
  'Tee-Object -Variable t',
  'ConvertTo-Csv',
  'Get-Unique',
  'Write-Error',
  'Get-Variable',
  'New-Object PSObject',
  'Get-Date',
  'Join-Path C:\\',
  'Split-Path',
  'Test-Path',
  'Get-ChildItem',
  'Get-Content',
  'Set-Content C:\\TD\\f',
  'Invoke-Expression',
  'Compare-Object 1',
  'Add-Member -NotePropertyName n -NotePropertyValue 1 -PassThru',
  'Export-Clixml C:\\TD\\c',
  'Get-Command',
  'Get-Help',
  'Start-Sleep 1',
  'New-TimeSpan',
  'Import-Csv',
  'Format-Wide',
  'Format-Custom',
);

/** Scripts that the grammar allows, mostly senseless: what they do must end in PowerShell's own errors or none. */
export const scripts = fc.letrec<{ expression: string; statement: string; block: string }>((tie) => {
  const expression = tie('expression');
  const statement = tie('statement');
  const block = tie('block');
  return {
    expression: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'e' },
      numbers,
      words.map((word) => `'${word}'`),
      names.map((name) => `$${name}`),
      fc
        .tuple(names, words)
        .map(([name, word]) => `"${word.replace(/["$`]/g, '')} $${name} $(${name.length})"`),
      fc.tuple(expression, binary, expression).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
      fc.tuple(types, expression).map(([type, value]) => `[${type}](${value})`),
      fc.tuple(expression, members).map(([value, member]) => `(${value}).${member}`),
      fc.tuple(expression, expression).map(([value, index]) => `(${value})[${index}]`),
      fc.array(expression, { maxLength: 3 }).map((all) => `@(${all.join(', ')})`),
      fc.tuple(words, expression).map(([key, value]) => `@{ '${key}' = ${value}; b = 1 }`),
      fc
        .tuple(statics, fc.array(expression, { maxLength: 3 }))
        .map(([call, all]) => `${call}(${all.join(', ')})`),
      block.map((body) => `{ ${body} }`),
      block.map((body) => `(& { ${body} })`),
      expression.map((value) => `-not ${value}`),
      expression.map((value) => `[pscustomobject]@{ a = ${value} }`),
    ),
    statement: fc.oneof(
      { maxDepth: 3, depthIdentifier: 's' },
      expression,
      fc.tuple(expression, commands).map(([value, command]) => `${value} | ${command}`),
      fc.tuple(expression, commands, commands).map(([value, a, b]) => `${value} | ${a} | ${b}`),
      fc
        .tuple(commands, expression)
        .map(([command, value]) => `${command} ${value.startsWith('-') ? `(${value})` : value}`),
      fc
        .tuple(names, fc.constantFrom('=', '+=', '-=', '*='), expression)
        .map(([name, operator, value]) => `$${name} ${operator} ${value}`),
      fc
        .tuple(expression, block, block)
        .map(([condition, a, b]) => `if (${condition}) { ${a} } else { ${b} }`),
      fc.tuple(expression, block).map(([all, body]) => `foreach ($i in ${all}) { ${body} }`),
      block.map((body) => `for ($n = 0; $n -lt 3; $n++) { ${body} }`),
      block.map((body) => `while ($true) { ${body}; break }`),
      fc
        .tuple(expression, expression, block)
        .map(
          ([value, test, body]) =>
            `switch (${value}) { ${/^['\d$@({[]/.test(test) ? test : `(${test})`} { ${body} } default { 1 } }`,
        ),
      fc.tuple(block, block).map(([a, b]) => `try { ${a} } catch { ${b} } finally { 1 }`),
      fc
        .tuple(block, expression)
        .map(
          ([body, value]) =>
            `function f($p, [int] $q) { ${body} }; f ${/^['\d$@(]/.test(value) ? value : `(${value})`} 2`,
        ),
      expression.map((value) => `throw ${value}`),
      expression.map((value) => `return ${value}`),
    ),
    block: fc.array(statement, { maxLength: 3 }).map((all) => all.join('; ')),
  };
});

/** A text with pieces taken out, doubled or put elsewhere, the way typing and pasting break it. */
export const broken = (text: string): fc.Arbitrary<string> => {
  const pieces = text.match(/\w+|\s+|[^\w\s]/g) ?? [];
  if (pieces.length === 0) return fc.constant(text);
  const edit = fc.tuple(fc.nat(pieces.length - 1), fc.nat(pieces.length - 1), fc.nat(3));
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    const all = [...pieces];
    for (const [from, to, kind] of edits) {
      const at = from % all.length;
      if (kind === 0) all.splice(at, 1);
      else if (kind === 1) all.splice(to % (all.length + 1), 0, all[at] as string);
      else if (kind === 2) all[at] = all[to % all.length] as string;
      else all.splice(at, 1, ...[...(all[at] as string)].reverse());
      if (all.length === 0) break;
    }
    return all.join('');
  });
};
