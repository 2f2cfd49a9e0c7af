import { CmdSyntaxError } from './tree.ts';
import type { Condition, Node, Redirection } from './tree.ts';

/** Gives the line after the last one read, percent expanded; undefined at the end. */
export type NextLine = () => string | undefined;

const separators = ' \t,;=';

/** Reads one statement: a line, or as many as its parentheses and carets take. */
export class CmdParser {
  private text: string;
  private at = 0;
  private depth = 0;
  private readonly next: NextLine;

  constructor(first: string, next: NextLine) {
    this.text = first;
    this.next = next;
  }

  /** `quiet` where the line began with `@`; no node for an empty line, a label or a remark. */
  statement(): { readonly quiet: boolean; readonly node: Node | undefined } {
    this.skip(separators);
    let quiet = false;
    while (this.text[this.at] === '@') {
      quiet = true;
      this.at++;
      this.skip(separators);
    }
    if (this.text[this.at] === ':' || this.at >= this.text.length) return { quiet, node: undefined };
    if (this.text[this.at] === ')') return { quiet, node: undefined };
    const node = this.sequence();
    if (this.at < this.text.length) throw this.unexpected();
    return { quiet, node };
  }

  private unexpected(): CmdSyntaxError {
    const rest = this.text.slice(this.at).trim();
    const token = /^(\|\||&&|[&|()<>]|[^\s&|()<>]+)/.exec(rest)?.[0];
    return new CmdSyntaxError(
      token === undefined
        ? 'The syntax of the command is incorrect.'
        : `${token} was unexpected at this time.`,
    );
  }

  private skip(chars: string): void {
    for (;;) {
      if (this.at < this.text.length && chars.includes(this.text[this.at] as string)) this.at++;
      else if (this.text[this.at] === '^' && this.at + 1 >= this.text.length && this.more()) continue;
      else return;
    }
  }

  /** Appends the next line; a caret at the end of the text joins, else the lines stay apart. */
  private more(): boolean {
    const line = this.next();
    if (line === undefined) return false;
    if (this.text[this.text.length - 1] === '^' && this.at === this.text.length - 1)
      this.text = this.text.slice(0, -1) + line;
    else this.text += `\n${line}`;
    return true;
  }

  private sequence(): Node {
    let left = this.either();
    for (;;) {
      this.skip(' \t');
      if (this.text[this.at] === '&' && this.text[this.at + 1] !== '&') {
        this.at++;
        this.skip(separators);
        if (
          this.at >= this.text.length ||
          (this.depth > 0 && (this.text[this.at] === ')' || this.text[this.at] === '\n'))
        )
          return left;
        left = { kind: 'chain', operator: '&', left, right: this.either() };
      } else return left;
    }
  }

  private either(): Node {
    let left = this.both();
    while (this.operator('||')) left = { kind: 'chain', operator: '||', left, right: this.both() };
    return left;
  }

  private both(): Node {
    let left = this.pipe();
    while (this.operator('&&')) left = { kind: 'chain', operator: '&&', left, right: this.pipe() };
    return left;
  }

  private pipe(): Node {
    let left = this.single();
    for (;;) {
      this.skip(' \t');
      if (this.text[this.at] !== '|' || this.text[this.at + 1] === '|') return left;
      this.at++;
      left = { kind: 'chain', operator: '|', left, right: this.single() };
    }
  }

  private operator(text: string): boolean {
    this.skip(' \t');
    if (!this.text.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private single(): Node {
    this.skip(`${separators}@`);
    const char = this.text[this.at];
    if (char === '(') return this.block();
    if (char === undefined || char === '&' || char === '|') throw this.unexpected();
    const word = /^[a-z]+(?=[\s(,;=/]|$)/i.exec(this.text.slice(this.at))?.[0].toLowerCase();
    if (word === 'rem') {
      const end = this.text.indexOf('\n', this.at);
      this.at = end < 0 ? this.text.length : end;
      return { kind: 'command', text: 'rem', redirections: [] };
    }
    if (word === 'if') return this.condition();
    if (word === 'for') return this.loop();
    return this.command();
  }

  private block(): Node {
    this.at++;
    this.depth++;
    const body: Node[] = [];
    for (;;) {
      this.skip(`${separators}@\n`);
      if (this.at >= this.text.length) {
        if (!this.more()) throw new CmdSyntaxError('The syntax of the command is incorrect.');
        continue;
      }
      if (this.text[this.at] === ')') break;
      if (this.text[this.at] === ':') {
        const end = this.text.indexOf('\n', this.at);
        this.at = end < 0 ? this.text.length : end;
        continue;
      }
      body.push(this.sequence());
      if (this.at < this.text.length && this.text[this.at] !== '\n' && this.text[this.at] !== ')')
        throw this.unexpected();
    }
    this.at++;
    this.depth--;
    const redirections: Redirection[] = [];
    for (;;) {
      this.skip(' \t');
      const one = this.redirection(' ');
      if (!one) return { kind: 'block', body, redirections };
      redirections.push(one);
    }
  }

  /** `>`, `2>>`, `<`, `2>&1` at the current place, `before` being the character in front. */
  private redirection(before: string): Redirection | undefined {
    const match = /^(\d?)(>>|>|<)/.exec(this.text.slice(this.at, this.at + 3));
    if (!match || (match[1] !== '' && !`${separators}\n()`.includes(before))) return undefined;
    this.at += match[0].length;
    const handle = match[1] === '' ? (match[2] === '<' ? 0 : 1) : Number(match[1]);
    this.skip(' \t');
    if (this.text[this.at] === '&') {
      const target = Number(this.text[this.at + 1]);
      this.at += 2;
      return { handle, target: { kind: 'handle', handle: target } };
    }
    return { handle, target: { kind: 'file', path: this.word(), append: match[2] === '>>' } };
  }

  /** A word with its quotes, carets resolved. */
  private word(): string {
    let text = '';
    let quoted = false;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] as string;
      if (char === '"') quoted = !quoted;
      else if (char === '\n') break;
      else if (!quoted && (separators.includes(char) || '&|<>'.includes(char))) break;
      else if (!quoted && char === ')' && this.depth > 0) break;
      else if (!quoted && char === '^') {
        this.at++;
        text += this.text[this.at] ?? '';
        continue;
      }
      text += char;
    }
    return text;
  }

  private command(): Node {
    let text = '';
    let quoted = false;
    const redirections: Redirection[] = [];
    for (;;) {
      if (this.at >= this.text.length) break;
      const char = this.text[this.at] as string;
      if (char === '\n') break;
      if (quoted) {
        if (char === '"') quoted = false;
        text += char;
        this.at++;
        continue;
      }
      if (char === '"') {
        quoted = true;
        text += char;
        this.at++;
        continue;
      }
      if (char === '^') {
        if (this.at + 1 >= this.text.length) {
          if (!this.more()) this.at++;
          continue;
        }
        text += this.text[this.at + 1];
        this.at += 2;
        continue;
      }
      if (char === '&' || char === '|') break;
      if (char === ')' && this.depth > 0) break;
      const redirection = /[\d<>]/.test(char) ? this.redirection(text.at(-1) ?? ' ') : undefined;
      if (redirection) {
        redirections.push(redirection);
        continue;
      }
      text += char;
      this.at++;
    }
    return { kind: 'command', text, redirections };
  }

  private keyword(word: string): boolean {
    this.skip(separators);
    const match = new RegExp(`^${word}(?=[\\s(,;="]|$)`, 'i').exec(this.text.slice(this.at));
    if (!match) return false;
    this.at += match[0].length;
    return true;
  }

  private condition(): Node {
    this.at += 2;
    let ignoreCase = false;
    let not = false;
    for (;;) {
      if (this.keyword('/i')) ignoreCase = true;
      else if (this.keyword('not')) not = true;
      else break;
    }
    const condition = this.test();
    this.skip(separators);
    if (this.at >= this.text.length) throw new CmdSyntaxError('The syntax of the command is incorrect.');
    const then = this.text[this.at] === '(' ? this.single() : this.branch();
    const mark = this.at;
    this.skip(`${separators}`);
    if (this.keyword('else')) {
      this.skip(separators);
      return { kind: 'if', not, ignoreCase, condition, then, otherwise: this.branch() };
    }
    this.at = mark;
    return { kind: 'if', not, ignoreCase, condition, then, otherwise: undefined };
  }

  /** An IF or FOR without parentheses takes all that follows on its line. */
  private branch(): Node {
    return this.text[this.at] === '(' ? this.single() : this.sequence();
  }

  private test(): Condition {
    if (this.keyword('exist')) return { kind: 'exist', path: this.operand() };
    if (this.keyword('defined')) return { kind: 'defined', name: this.operand() };
    if (this.keyword('errorlevel')) return { kind: 'errorlevel', level: this.operand() };
    if (this.keyword('cmdextversion')) {
      const level = this.operand();
      return { kind: 'compare', left: '2', operator: 'geq', right: level };
    }
    this.skip(' \t,;');
    let left = '';
    let quoted = false;
    for (; this.at < this.text.length; this.at++) {
      const char = this.text[this.at] as string;
      if (char === '"') quoted = !quoted;
      if (!quoted && (char === ' ' || char === '\t' || char === '\n')) break;
      if (!quoted && this.text.startsWith('==', this.at)) break;
      left += char;
    }
    this.skip(' \t');
    if (this.text.startsWith('==', this.at)) {
      this.at += 2;
      return { kind: 'compare', left, operator: '==', right: this.operand() };
    }
    const operator = /^(equ|neq|lss|leq|gtr|geq)(?=[\s"])/i.exec(this.text.slice(this.at));
    if (!operator) throw this.unexpected();
    this.at += 3;
    return { kind: 'compare', left, operator: (operator[1] as string).toLowerCase(), right: this.operand() };
  }

  private operand(): string {
    this.skip(separators);
    const text = this.word();
    if (text === '') throw this.unexpected();
    return text;
  }

  private loop(): Node {
    this.at += 3;
    this.skip(separators);
    let mode: Extract<Node, { kind: 'for' }>['mode'] = 'items';
    let option = '';
    const modeOf = { d: 'folders', r: 'recurse', l: 'count', f: 'lines' } as const;
    for (;;) {
      const given = /^\/([drlf])(?=[\s"%])/i.exec(this.text.slice(this.at));
      if (!given) break;
      this.at += 2;
      this.skip(separators);
      mode = modeOf[(given[1] as string).toLowerCase() as keyof typeof modeOf];
      if ((mode === 'lines' || mode === 'recurse') && this.text[this.at] !== '%') option = this.word();
      this.skip(separators);
    }
    const variable = /^%([^\s%])/.exec(this.text.slice(this.at));
    if (!variable) throw this.unexpected();
    this.at += 2;
    if (!this.keyword('in')) throw this.unexpected();
    this.skip(separators);
    if (this.text[this.at] !== '(') throw this.unexpected();
    this.at++;
    let set = '';
    let quote = '';
    for (;;) {
      if (this.at >= this.text.length) {
        if (!this.more()) throw new CmdSyntaxError('The syntax of the command is incorrect.');
        set += ' ';
        continue;
      }
      const char = this.text[this.at] as string;
      if (char === '^' && quote !== '"') {
        set += this.text[this.at + 1] ?? '';
        this.at += 2;
        continue;
      }
      if (quote === '' && (char === '"' || (char === "'" && mode === 'lines' && set.trim() === '')))
        quote = char;
      else if (char === quote) quote = '';
      else if (char === ')' && quote === '') break;
      set += char;
      this.at++;
    }
    this.at++;
    if (!this.keyword('do')) throw this.unexpected();
    this.skip(separators);
    return { kind: 'for', variable: variable[1] as string, mode, option, set, body: this.branch() };
  }
}
