import type { Token } from '../parse/index.ts';
import { membersOf, staticMembers } from '../cmdlets/objects/get-member.ts';
import type { Found } from '../cmdlets/objects/get-member.ts';
import type { Session } from '../run/session.ts';
import { DictionaryValue } from '../types/collections.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { DotNetObject } from '../types/objects.ts';
import { toText } from '../types/text.ts';
import { wildcard } from '../types/wildcard.ts';
import { openerOf } from './cursor.ts';
import { Inference } from './infer.ts';
import type { Known } from './infer.ts';
import { item, order, quoteValue } from './item.ts';
import type { CompletionItem } from './item.ts';

/** Members of what is known of an expression, properties first, each by name. */
export function memberItems(known: Known, word: string, onlyProperties = false): CompletionItem[] {
  const test = wildcard(`${word}*`);
  const items: CompletionItem[] = [];
  if (known.value instanceof DictionaryValue)
    for (const key of known.value.keys()) {
      const name = toText(key);
      if (test(name)) items.push(item('member', 'Property', quoteValue(name, ''), name, name));
    }
  const found = members(known).filter(
    (member) => test(member.name) && !/^(get_|set_|op_|add_|remove_)/.test(member.name),
  );
  const isMethod = (member: Found): boolean => /Method$/.test(member.kind);
  found.sort((a, b) => Number(isMethod(a)) - Number(isMethod(b)) || order(a.name, b.name));
  for (const member of found) {
    if (isMethod(member)) {
      if (!onlyProperties)
        items.push(item('member', 'Method', `${member.name}(`, member.name, member.definition));
    } else if (/Property$/.test(member.kind))
      items.push(item('member', 'Property', quoteValue(member.name, ''), member.name, member.definition));
  }
  return items;
}

function members(known: Known): Found[] {
  if (known.isType && known.type) return [...staticMembers(known.type), constructorOf(known.type)];
  if (known.value !== undefined) return membersOf(known.value, 'Extended').concat(ofType(known.value));
  return known.type ? membersOf(new DotNetObject(known.type, undefined), 'Base') : [];
}
const ofType = (value: Exclude<Known['value'], undefined>): Found[] => membersOf(value, 'Base');
const constructorOf = (type: DotNetType): Found => ({
  name: 'new',
  kind: 'Method',
  definition: type.constructors.map((c) => c.signature).join(', ') || `${type.fullName} new()`,
});

/** The text of the expression that ends before a member operator at `at`. */
function targetText(
  tokens: readonly Token[],
  at: number,
): { readonly text: string; readonly first: number } | undefined {
  let i = at - 1;
  const touches = (a: number, b: number): boolean =>
    a >= 0 && (tokens[a] as Token).end === (tokens[b] as Token).start;
  for (;;) {
    const token = tokens[i];
    if (!token) return undefined;
    if (/^(RParen|RBracket|RCurly)$/.test(token.kindName)) {
      const opener = openerOf(tokens, i);
      if (opener < 0) return undefined;
      i = opener;
      // `name(` and `value[` go on to the left; `(` and `[type]` begin here.
      if (
        touches(i - 1, i) &&
        /^(Variable|Identifier|Generic|RParen|RBracket|RCurly|StringLiteral|StringExpandable)$/.test(
          (tokens[i - 1] as Token).kindName,
        )
      ) {
        i--;
        continue;
      }
    } else if (
      touches(i - 1, i) &&
      /^(Dot|ColonColon|QuestionDot)$/.test((tokens[i - 1] as Token).kindName)
    ) {
      i -= 2;
      continue;
    }
    const first = tokens[i] as Token;
    return { text: first.source.text.slice(first.start, (tokens[at - 1] as Token).end), first: i };
  }
}

/** Members after `.` or `::` at token `at`; undefined where it is no member operator. */
export function completeMembers(
  session: Session,
  tokens: readonly Token[],
  at: number,
  word: string,
): CompletionItem[] | undefined {
  const operator = tokens[at];
  const previous = tokens[at - 1];
  if (!operator || !previous || previous.end !== operator.start) return undefined;
  const target = targetText(tokens, at);
  if (!target) return undefined;
  const known = new Inference(session, tokens.slice(0, target.first)).text(target.text);
  if (!known) return [];
  if (operator.kindName === 'ColonColon' && !known.isType) return [];
  return memberItems(known, word);
}
