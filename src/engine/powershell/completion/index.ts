import type { Token } from '../parse/index.ts';
import type { CommandInfo } from '../run/command-info.ts';
import type { CommandMetadata } from '../run/parameters.ts';
import type { Session } from '../run/session.ts';
import { enterContext, leaveContext } from '../types/ambient.ts';
import { ScriptError } from '../types/error-record.ts';
import { commandItems } from './commands.ts';
import { cursorAt } from './cursor.ts';
import type { Cursor } from './cursor.ts';
import { Inference } from './infer.ts';
import { item, unquote } from './item.ts';
import type { Completion, CompletionItem } from './item.ts';
import { completeMembers } from './members.ts';
import { bindingOf, parameterItems, positionalParameter } from './parameters.ts';
import { looksLikePath, pathItems } from './paths.ts';
import { typeItems } from './types.ts';
import { valueItems } from './values.ts';
import { variableItems } from './variables.ts';

export type { Completion, CompletionItem, CompletionKind } from './item.ts';

/**
 * What could stand at the cursor of a command line: commands, parameters and their values, variables, members, types,
 * paths of every drive. Reads session and device, runs no script and changes nothing. `extras`: also what helps a
 * learner but PowerShell itself does not offer (keywords, values of Boolean parameters).
 */
export function complete(
  session: Session,
  text: string,
  offset: number,
  options: { readonly extras?: boolean } = {},
): Completion {
  const previous = enterContext(session);
  try {
    return new Completer(session, options.extras ?? true).at(text, offset);
  } catch (error) {
    // A getter that fails is no reason to disturb who is typing.
    if (error instanceof ScriptError) return { start: offset, end: offset, items: [] };
    throw error;
  } finally {
    leaveContext(previous);
  }
}

const operators =
  '-eq -ne -gt -ge -lt -le -like -notlike -match -notmatch -contains -notcontains -in -notin -replace -split -join -is -isnot -as -and -or -xor -not -band -bor -bxor -bnot -shl -shr -f -ceq -cne -clike -cmatch -creplace -ccontains'.split(
    ' ',
  );

class Completer {
  private readonly session: Session;
  private readonly extras: boolean;
  constructor(session: Session, extras: boolean) {
    this.session = session;
    this.extras = extras;
  }

  at(text: string, offset: number): Completion {
    const cursor = cursorAt(text, offset);
    const at = (items: readonly CompletionItem[], start = cursor.start): Completion => ({
      start,
      end: cursor.end,
      items,
    });
    const { current, before, word } = cursor;
    if (current?.kindName === 'Comment') return at([]);
    if (current && /^(StringExpandable|HereStringExpandable)$/.test(current.kindName) && isOpen(current)) {
      const inner = this.inString(text, offset, current);
      if (inner) return inner;
    }
    if (
      /^[$@]\{?[\w?:]*$/.test(word) &&
      /^(Variable|SplattedVariable|Unknown|Generic)$/.test(current?.kindName ?? '')
    )
      return at(variableItems(this.session, word, before));
    const lone = /[$@]\{?[\w:]*$/.exec(text.slice(0, offset));
    if (lone && word === '' && lone[0].length > 0 && /[$]/.test(lone[0][0] as string))
      return {
        start: offset - lone[0].length,
        end: offset,
        items: variableItems(this.session, lone[0], before),
      };

    const member = this.member(cursor);
    if (member) return at(member);
    const previous = before.at(-1);
    if (
      previous?.kindName === 'LBracket' &&
      (word === '' || current?.kindName === 'Identifier' || current?.kindName === 'Generic') &&
      !this.indexing(before)
    )
      return at(typeItems(word));
    const assigned = this.assignedValue(cursor);
    if (assigned) return at(assigned);
    const names = cursor.command.filter((token) => token.kindName !== 'Redirection');
    const [first] = names;
    if (!first || first === current) return at(this.commandWord(cursor));
    const command = this.commandOf(first, names);
    const metadata = command && this.session.metadataOf(command.info, command.info.block);
    if (!command || !metadata) {
      if (word.startsWith('-') && (!command || isValue(first)))
        return at(
          operators
            .filter((one) => one.startsWith(word.toLowerCase()))
            .map((one) => item('keyword', 'ParameterName', one)),
        );
      return at(this.argument(cursor, undefined, first, names.slice(1)));
    }
    if (/^[-–—―]/.test(word) && !/^[-–—―]\d/.test(word)) {
      const colon = word.indexOf(':');
      const args = names.slice(command.skip);
      const binding = bindingOf(args, metadata, cursor.start);
      if (colon < 0) return at(parameterItems(metadata, binding, word));
      // `-Mode:al`: the value begins after the colon.
      return at(
        this.argument({ ...cursor, word: word.slice(colon + 1) }, metadata, first, [
          ...args,
          current as Token,
        ]),
        cursor.start + colon + 1,
      );
    }
    return at(this.argument(cursor, metadata, first, names.slice(command.skip)));
  }

  /** Names of an enum, for a variable that is of one. */
  private assignedValue({ before, word }: Cursor): CompletionItem[] | undefined {
    if (before.at(-1)?.kindName !== 'Equals' || before.at(-2)?.kindName !== 'Variable') return undefined;
    const name = (before.at(-2) as Token).text.slice(1).toLowerCase();
    const names = this.session.frame.scope.find(name)?.type?.enumValues;
    const { quote, text } = unquote(word);
    if (!names || (word !== '' && quote === '')) return undefined;
    return [...names.keys()]
      .filter((one) => one.toLowerCase().startsWith(text.toLowerCase()))
      .map((one) => item('value', 'ParameterValue', quote === '' ? `'${one}'` : quote + one + quote, one));
  }

  private indexing(before: readonly Token[]): boolean {
    const bracket = before.at(-1);
    const target = before.at(-2);
    return (
      target !== undefined &&
      target.end === bracket?.start &&
      /^(Variable|RParen|RBracket|Identifier)$/.test(target.kindName)
    );
  }

  private commandOf(
    first: Token,
    tokens: readonly Token[],
  ): { readonly info: CommandInfo; readonly skip: number } | undefined {
    const isOperator = first.kindName === 'Ampersand' || first.kindName === 'Dot';
    const name = isOperator ? tokens[1] : first;
    if (!name || isValue(name)) return undefined;
    let info = this.session.command(name.stringValue);
    if (info?.kind === 'Alias') info = this.session.command(info.definition);
    return info && { info, skip: isOperator ? 2 : 1 };
  }

  private commandWord(cursor: Cursor): CompletionItem[] {
    const { quote, text } = unquote(cursor.word);
    if (looksLikePath(text)) return pathItems(this.session, text, quote);
    if (text === '') return [];
    return quote === '' ? commandItems(this.session, text, this.extras) : [];
  }

  private argument(
    cursor: Cursor,
    metadata: CommandMetadata | undefined,
    first: Token,
    args: readonly Token[],
  ): CompletionItem[] {
    const { quote, text } = unquote(cursor.word);
    if (isValue(first)) return quote === '' && text === '' ? [] : pathItems(this.session, text, quote);
    if (!metadata) return pathItems(this.session, text, quote);
    const binding = bindingOf(args, metadata, cursor.start);
    const parameter = binding.awaiting ?? positionalParameter(metadata, binding);
    const info = this.session.command(first.stringValue);
    const name = info?.kind === 'Alias' ? info.definition : (info?.name ?? first.stringValue);
    return valueItems({
      session: this.session,
      command: name,
      parameter,
      binding,
      text,
      quote,
      inference: new Inference(this.session, cursor.before),
      extras: this.extras,
    });
  }

  /** Members after a dot or `::` that touches the word. */
  private member(cursor: Cursor): CompletionItem[] | undefined {
    const { before, word, start, current } = cursor;
    const operator = before.at(-1);
    if (!operator || !/^(Dot|ColonColon|QuestionDot)$/.test(operator.kindName)) return undefined;
    if (operator.end !== start) return undefined;
    if (current && !/^\w*$/.test(word)) return undefined;
    return completeMembers(this.session, before, before.length - 1, word);
  }

  /** Within an open double-quoted string: a variable, or what stands in `$( )`. */
  private inString(text: string, offset: number, current: Token): Completion | undefined {
    const content = text.slice(current.start, offset);
    const open = openSubexpression(content);
    if (open >= 0) {
      const from = current.start + open + 2;
      const inner = this.at(text.slice(from, offset), offset - from);
      return { start: inner.start + from, end: inner.end + from, items: inner.items };
    }
    const variable = /(^|[^`])(\$\{?[\w:]*)$/.exec(content);
    if (!variable) return undefined;
    const word = variable[2] as string;
    return { start: offset - word.length, end: offset, items: variableItems(this.session, word, []) };
  }
}

/** Tokens that begin an expression instead of naming a command. */
const isValue = (token: Token): boolean =>
  /^(Variable|StringLiteral|StringExpandable|HereString\w+|Number|LBracket|LParen|AtParen|AtCurly|DollarParen|RParen|RBracket)$/.test(
    token.kindName,
  );

const isOpen = (token: Token): boolean => token.text.length < 2 || !token.text.endsWith('"');

/** Offset of the last `$(` in a string that is not closed; -1 where there is none. */
function openSubexpression(content: string): number {
  const opened: number[] = [];
  for (let i = 0; i < content.length; i++) {
    if (content[i] === '`') i++;
    else if (content.startsWith('$(', i)) {
      opened.push(i);
      i++;
    } else if (content[i] === '(' && opened.length > 0) opened.push(-1);
    else if (content[i] === ')') opened.pop();
  }
  return opened.filter((at) => at >= 0).at(-1) ?? -1;
}
