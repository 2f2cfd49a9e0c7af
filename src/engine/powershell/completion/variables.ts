import type { Token } from '../parse/index.ts';
import type { Scope } from '../run/scope.ts';
import type { Session } from '../run/session.ts';
import { typeShortName } from '../types/registry.ts';
import { typeOf } from '../types/type-of.ts';
import { isNull } from '../types/value.ts';
import { wildcard } from '../types/wildcard.ts';
import { item, order } from './item.ts';
import type { CompletionItem } from './item.ts';

const scopes = ['global:', 'local:', 'script:', 'private:', 'using:'];
/** Variables that exist only while something runs. */
const contextual = [
  '_',
  'PSItem',
  'args',
  'input',
  'MyInvocation',
  'PSBoundParameters',
  'PSScriptRoot',
  'PSCommandPath',
  'LASTEXITCODE',
  'PSCmdlet',
  'Matches',
];

/** `$name` as it must be written. */
const written = (sign: string, name: string): string =>
  /^[\w?^$]+$|^\w+:[\w]+$/.test(name) ? sign + name : `${sign}{${name}}`;

/** Variables that begin with a word such as `$Zz`, `$env:P`, `@par`. */
export function variableItems(session: Session, word: string, before: readonly Token[]): CompletionItem[] {
  const sign = word[0] === '@' ? '@' : '$';
  const given = word.slice(1).replace(/^\{/, '');
  const colon = given.indexOf(':');
  const prefix = colon < 0 ? '' : given.slice(0, colon + 1);
  const test = wildcard(`${given.slice(prefix.length)}*`);
  if (prefix !== '' && !scopes.includes(prefix.toLowerCase())) {
    const provider = {
      'env:': 'environment',
      'function:': 'function',
      'alias:': 'alias',
      'variable:': 'variable',
    }[prefix.toLowerCase()];
    const names = provider && session.providers.get(provider)?.childNames('', session);
    if (!names || !names.ok) return [];
    return names.value
      .filter((name) => test(name))
      .map((name) => item('variable', 'Variable', written(sign, prefix + name), prefix + name));
  }
  const found = new Map<string, CompletionItem>();
  const add = (name: string, detail: string): void => {
    if (!found.has(name.toLowerCase()) && test(name))
      found.set(name.toLowerCase(), item('variable', 'Variable', written(sign, prefix + name), name, detail));
  };
  for (let scope: Scope | undefined = session.frame.scope; scope; scope = scope.parent)
    for (const variable of scope.variables.values()) {
      const type = variable.type ?? (isNull(variable.value) ? undefined : typeOf(variable.value));
      add(variable.name, type ? `[${typeShortName(type)}]$${variable.name}` : `$${variable.name}`);
    }
  for (const name of contextual) add(name, `$${name}`);
  // Those the text itself gives a value.
  before.forEach((token, i) => {
    const next = before[i + 1]?.kindName;
    if (token.kindName === 'Variable' && (next === 'Equals' || next === 'In' || next === 'PlusEquals'))
      add(token.text.slice(1).replace(/^\{|\}$/g, ''), `$${token.text.slice(1)}`);
  });
  const items = [...found.values()].sort((a, b) => order(a.label, b.label));
  if (prefix === '' && given !== '')
    for (const drive of ['env:', 'global:', 'script:', 'using:'])
      if (drive.startsWith(given.toLowerCase()))
        items.push(item('variable', 'Variable', sign + drive, drive));
  return items;
}
