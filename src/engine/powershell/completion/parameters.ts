import type { Token } from '../parse/index.ts';
import type { CommandMetadata, ParameterInfo } from '../run/parameters.ts';
import { typeShortName } from '../types/registry.ts';
import { item } from './item.ts';
import type { CompletionItem } from './item.ts';

/** What the words of a command say so far. */
export interface Binding {
  /** Parameters given by name. */
  readonly named: ReadonlySet<ParameterInfo>;
  /** The parameter whose value the word is, if it follows one by name. */
  readonly awaiting: ParameterInfo | undefined;
  /** How many arguments stand without a name. */
  readonly positional: number;
  /** Values given by name, as they are written. */
  readonly values: ReadonlyMap<string, string>;
}

/** The parameter a prefix names, if it names one only. */
export function parameterNamed(metadata: CommandMetadata, given: string): ParameterInfo | undefined {
  const lower = given.toLowerCase();
  const exact = metadata.byName.get(lower);
  if (exact) return exact;
  const found = metadata.parameters.filter((one) => one.lower.startsWith(lower));
  return found.length === 1 ? found[0] : undefined;
}

/** Reads the arguments before the word. `args` are the tokens after the command's name. */
export function bindingOf(args: readonly Token[], metadata: CommandMetadata, wordStart: number): Binding {
  const named = new Set<ParameterInfo>();
  const values = new Map<string, string>();
  let awaiting: ParameterInfo | undefined;
  let positional = 0;
  let end = -1;
  for (const token of args) {
    // What touches the token before it belongs to the same argument, and so does what a comma joins.
    const joined = token.start === end || token.kindName === 'Comma';
    const afterComma = args[args.indexOf(token) - 1]?.kindName === 'Comma';
    end = token.end;
    if (token.kindName === 'Parameter' && !joined) {
      awaiting = parameterNamed(metadata, token.parameterName);
      if (awaiting) named.add(awaiting);
      if (awaiting?.isSwitch && !token.usedColon) awaiting = undefined;
      continue;
    }
    if (joined || afterComma) continue;
    if (awaiting) {
      values.set(awaiting.lower, token.stringValue);
      awaiting = undefined;
    } else {
      positional++;
      values.set(`#${positional - 1}`, token.stringValue);
    }
  }
  const last = args.at(-1);
  // `-Name a,` goes on with the same parameter; so does `-Name:` right before the word.
  if (last?.kindName === 'Comma') {
    const parameter = [...args].reverse().find((token) => token.kindName === 'Parameter');
    if (parameter) awaiting = parameterNamed(metadata, parameter.parameterName);
    else positional = Math.max(0, positional - 1);
  }
  if (last?.kindName === 'Parameter' && last.usedColon && last.end === wordStart)
    awaiting = parameterNamed(metadata, last.parameterName);
  return { named, awaiting, positional, values };
}

/** Sets that what is named still allows, in lower case; undefined: all. */
function possibleSets(named: ReadonlySet<ParameterInfo>): Set<string> | undefined {
  let possible: Set<string> | undefined;
  for (const parameter of named) {
    if (parameter.sets.has('*')) continue;
    const own = new Set(parameter.sets.keys());
    possible = possible ? new Set([...possible].filter((set) => own.has(set))) : own;
  }
  return possible;
}

const fits = (parameter: ParameterInfo, sets: ReadonlySet<string> | undefined): boolean =>
  sets === undefined || parameter.sets.has('*') || [...parameter.sets.keys()].some((set) => sets.has(set));

/** The parameter that an argument without a name would bind to. */
export function positionalParameter(metadata: CommandMetadata, binding: Binding): ParameterInfo | undefined {
  const sets = possibleSets(binding.named);
  const position = (parameter: ParameterInfo): number | undefined => {
    let best: number | undefined;
    for (const [set, info] of parameter.sets) {
      if (info.position === undefined) continue;
      if (sets && set !== '*' && !sets.has(set)) continue;
      if (set === metadata.defaultSet.toLowerCase() || set === '*') return info.position;
      best = best === undefined ? info.position : Math.min(best, info.position);
    }
    return best;
  };
  const candidates = metadata.parameters
    .filter((parameter) => !binding.named.has(parameter) && fits(parameter, sets))
    .flatMap((parameter) => {
      const at = position(parameter);
      const inDefault = parameter.sets.has('*') || parameter.sets.has(metadata.defaultSet.toLowerCase());
      return at === undefined ? [] : [{ parameter, at, inDefault }];
    })
    .sort((a, b) => a.at - b.at || Number(b.inDefault) - Number(a.inDefault));
  const distinct = candidates.filter((one, i) => candidates.findIndex((other) => other.at === one.at) === i);
  return distinct[binding.positional]?.parameter;
}

/** Parameters that begin with a word such as `-Na`, common ones last. */
export function parameterItems(metadata: CommandMetadata, binding: Binding, word: string): CompletionItem[] {
  const given = word.slice(1).toLowerCase();
  const sets = possibleSets(binding.named);
  const items: CompletionItem[] = [];
  for (const parameter of metadata.parameters) {
    if (binding.named.has(parameter) || parameter.dontShow || !fits(parameter, sets)) continue;
    if (!parameter.lower.startsWith(given)) continue;
    const type = parameter.isSwitch
      ? 'switch'
      : typeShortName(parameter.type).replace(/(?:\w+\.)+(\w+)/g, '$1');
    items.push(
      item('parameter', 'ParameterName', `-${parameter.name}`, parameter.name, `[${type}] ${parameter.name}`),
    );
  }
  return items;
}
