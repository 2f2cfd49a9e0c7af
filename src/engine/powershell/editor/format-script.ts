import type { Token } from '../parse/index.ts';
import { EditedScript } from './script.ts';

export interface FormatOptions {
  readonly tabSize: number;
  readonly insertSpaces: boolean;
}

const opens = /^(LCurly|AtCurly|LParen|AtParen|DollarParen|LBracket)$/;
const closes = /^(RCurly|RParen|RBracket)$/;
const assigns =
  /^(Equals|PlusEquals|MinusEquals|MultiplyEquals|DivideEquals|RemainderEquals|QuestionQuestionEquals)$/;
const operators =
  /^([IC](eq|ne|ge|gt|lt|le|like|notlike|match|notmatch|replace|contains|notcontains|in|notin|split)|And|Or|Xor|Band|Bor|Bxor|As|Is|IsNot|Format|Join|Shl|Shr|QuestionQuestion|Pipe|AndAnd|OrOr)$/;
/** Keywords that a blank follows. */
const keywords = /^(If|ElseIf|While|For|Foreach|Switch|Until|Catch|Else|Try|Finally|Do|Begin|Process|End)$/;

/**
 * The text with the layout that the field's style guides agree on: each block indented, one blank around operators,
 * after commas and before braces, none at line ends. Only what stands between tokens changes; line breaks and comments
 * stay. A text with syntax errors comes back as it is.
 */
export function formatScript(text: string, options: FormatOptions): string {
  const script = new EditedScript(text);
  if (script.parsed.errors.length > 0) return text;
  const formatted = new Layout(text, script.parsed.tokens, options).text();
  return sameTokens(script.parsed.tokens, new EditedScript(formatted).parsed.tokens) ? formatted : text;
}

/** Nothing but blanks may have changed: whatever the rules overlook, the script stays the same. */
function sameTokens(before: readonly Token[], after: readonly Token[]): boolean {
  const line = (text: string): string => text.replace(/\r\n/g, '\n');
  return (
    before.length === after.length &&
    before.every((token, i) => {
      const other = after[i] as Token;
      return token.kind === other.kind && line(token.text) === line(other.text);
    })
  );
}

class Layout {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  readonly #unit: string;
  /** Of each open bracket: whether it indents. Of several that open in one line only the first does. */
  readonly #open: boolean[] = [];
  #lineIndents = false;

  constructor(source: string, tokens: readonly Token[], { tabSize, insertSpaces }: FormatOptions) {
    this.#source = source;
    this.#tokens = tokens.filter((token) => token.end > token.start && token.kindName !== 'NewLine');
    this.#unit = insertSpaces ? ' '.repeat(tabSize) : '\t';
  }

  text(): string {
    let out = '';
    let before: Token | undefined;
    for (const token of this.#tokens) {
      const gap = this.#source.slice(before?.end ?? 0, token.start);
      out +=
        gap.includes('\n') || !before ? this.#broken(gap, before, token) : this.#inLine(gap, before, token);
      out += token.text;
      this.#count(token);
      before = token;
    }
    return out + this.#source.slice(before?.end ?? 0).replace(/[ \t]+(?=\r?\n|$)/g, '');
  }

  #count(token: Token): void {
    const { kindName } = token;
    if (opens.test(kindName)) {
      this.#open.push(!this.#lineIndents);
      this.#lineIndents = true;
    } else if (closes.test(kindName) && this.#open.pop() === true) {
      this.#lineIndents = this.#open.length > 0 && this.#opensHere(token);
    }
    if (token.text.includes('\n')) this.#lineIndents = false;
  }

  /** Whether a bracket that is still open was opened in the line of a token. */
  #opensHere(token: Token): boolean {
    const start = this.#source.lastIndexOf('\n', token.start - 1) + 1;
    let depth = 0;
    for (let i = this.#tokens.indexOf(token); i >= 0; i--) {
      const one = this.#tokens[i] as Token;
      if (one.start < start) return false;
      if (closes.test(one.kindName)) depth++;
      else if (opens.test(one.kindName) && depth-- === 0) return true;
    }
    return false;
  }

  /** The gap at a line's end and the next line's beginning. */
  #broken(gap: string, before: Token | undefined, token: Token): string {
    this.#lineIndents = false;
    let depth = this.#open.filter((indents) => indents).length;
    if (closes.test(token.kindName) && this.#open.at(-1) === true) depth--;
    if (continues(gap, before, token)) depth++;
    const lines = gap.split('\n');
    lines.pop();
    const kept = lines.map((line, i) => {
      const bare = line.replace(/\r$/, '').trim();
      const blank = i === 0 && bare !== '' ? ' ' : '';
      return `${blank}${bare}${line.endsWith('\r') ? '\r' : ''}\n`;
    });
    return kept.join('') + this.#unit.repeat(Math.max(0, depth));
  }

  #inLine(gap: string, before: Token, token: Token): string {
    const left = before.kindName;
    const right = token.kindName;
    // Comments and what is set in columns keep their place.
    if (right === 'Comment' || left === 'Comment' || gap.includes('`')) return gap;
    if (/^(Comma|Semi)$/.test(left)) return gap === '' && right === 'RCurly' ? gap : ' ';
    if (operators.test(left) || operators.test(right)) {
      const word = operators.test(right) ? token : before;
      return gap === '' && isArgument(word, before, token) ? gap : ' ';
    }
    if (assigns.test(right))
      return gap.length > 1 ? gap : isArgument(token, before, token) && gap === '' ? gap : ' ';
    if (assigns.test(left)) return gap === '' && isArgument(before, before, token) ? gap : ' ';
    if (/^(LParen|LCurly)$/.test(right) && keywords.test(left)) return ' ';
    if (right === 'LCurly' && left === 'RParen' && gap.length <= 1) return ' ';
    if (left === 'RCurly' && /^(Else|ElseIf|Catch|Finally|While|Until)$/.test(right)) return ' ';
    if (/^(RParen|RBracket)$/.test(right) || /^(LParen|LBracket|DollarParen|AtParen)$/.test(left)) return '';
    return gap;
  }
}

/** A word such as `a=b` or `-x:y` is one argument, whatever is in it. */
const isArgument = (operator: Token, before: Token, token: Token): boolean =>
  /^(Generic|Parameter|Multiply)$/.test(before.kindName) ||
  /^(Generic|Parameter|Multiply)$/.test(token.kindName) ||
  /^(Identifier)$/.test(operator.kindName);

/** A line that goes on with what the one before left open: a pipe, an operator, a backtick. */
function continues(gap: string, before: Token | undefined, token: Token): boolean {
  if (!before) return false;
  if (/^(Pipe|AndAnd|OrOr)$/.test(token.kindName) || /`\r?\n/.test(gap)) return true;
  return operators.test(before.kindName);
}
