import type { CharSet, SetParts } from './char-set.ts';
import {
  anySet,
  isSpaceCode,
  isWordCode,
  notNewline,
  propertyTest,
  setOf,
  shorthand,
  shorthandSets,
} from './char-set.ts';
import type { Node, ParsedPattern } from './nodes.ts';
import { regexOptions } from './options.ts';
import { RegexSyntaxError } from './regex-error.ts';

const { ignoreCase, multiline, explicitCapture, singleline, ignorePatternWhitespace, rightToLeft } =
  regexOptions;
const optionLetters: Readonly<Record<string, number>> = {
  i: ignoreCase,
  m: multiline,
  n: explicitCapture,
  s: singleline,
  x: ignorePatternWhitespace,
};

/** An open group: what it becomes when it is closed, and the branches read so far. */
interface OpenGroup {
  readonly finish: (body: Node, branches: readonly Node[]) => Node;
  /** The body of `(?(test)…)`: its first part is the test. */
  readonly conditional: 'none' | 'group' | 'expression';
  readonly alternatives: Node[];
  items: Node[];
  /** Direction of the group's own text. */
  readonly backward: boolean;
  /** Options to return to when it closes. */
  readonly outer: number;
  test: Node | undefined;
}

const isDigit = (c: string): boolean => c >= '0' && c <= '9';
const isWord = (c: string): boolean =>
  c !== '' && (isWordCode(c.charCodeAt(0)) || c === '\u200c' || c === '\u200d');
const isSpace = (c: string): boolean => c !== '' && isSpaceCode(c.charCodeAt(0));
const special = new Set('\\[(|)^$.*+?{');
const quantifiers = new Set('*+?{');

/** Reads a .NET pattern; throws `RegexSyntaxError` with .NET's reasons and offsets. */
export function parsePattern(pattern: string, options: number): ParsedPattern {
  return new Parser(pattern, options).parse();
}

class Parser {
  private readonly text: string;
  private readonly given: number;
  private at = 0;
  private options: number;
  private readonly slots = new Set<number>([0]);
  private readonly names = new Map<string, number>();
  private automatic = 1;
  private ignoreNextParenthesis = false;
  private readonly open: OpenGroup[] = [];

  constructor(text: string, options: number) {
    this.text = text;
    this.given = options;
    this.options = options;
  }

  parse(): ParsedPattern {
    this.countCaptures();
    this.at = 0;
    this.options = this.given;
    this.automatic = 1;
    this.ignoreNextParenthesis = false;
    const root = this.scan();
    const groupNumbers = [...this.slots].sort((a, b) => a - b);
    const groupNames = new Map(groupNumbers.map((n) => [n, String(n)]));
    for (const [name, n] of this.names) groupNames.set(n, name);
    return { root, groupNumbers, groupNames, options: this.given };
  }

  private fail(code: string, reason: string): never {
    throw new RegexSyntaxError(this.text, this.at, code, reason);
  }
  private get left(): number {
    return this.text.length - this.at;
  }
  private peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }
  private take(): string {
    return this.text[this.at++] ?? '';
  }
  private has(option: number): boolean {
    return (this.options & option) !== 0;
  }

  /** First pass: which group numbers and names there are. */
  private countCaptures(): void {
    const stack: number[] = [];
    const order: string[] = [];
    while (this.left > 0) {
      const c = this.take();
      switch (c) {
        case '\\':
          this.at += this.peek() === 'c' ? 2 : 1;
          break;
        case '#':
          if (this.has(ignorePatternWhitespace)) {
            this.at--;
            this.blank();
          }
          break;
        case '[':
          this.skipClass();
          break;
        case ')':
          if (stack.length > 0) this.options = stack.pop() as number;
          break;
        case '(':
          if (this.peek() === '?' && this.peek(1) === '#') {
            this.at--;
            this.blank();
            break;
          }
          stack.push(this.options);
          if (this.peek() === '?') {
            this.at++;
            if (this.left > 1 && (this.peek() === '<' || this.peek() === "'")) {
              this.at++;
              const first = this.peek();
              if (first !== '0' && isWord(first)) {
                if (isDigit(first)) this.slots.add(this.decimal());
                else {
                  const name = this.word();
                  if (!order.includes(name)) order.push(name);
                }
              }
            } else {
              this.scanOptions();
              if (this.peek() === ')') {
                this.at++;
                stack.pop();
              } else if (this.peek() === '(') {
                this.ignoreNextParenthesis = true;
                continue;
              }
            }
          } else if (!this.has(explicitCapture) && !this.ignoreNextParenthesis)
            this.slots.add(this.automatic++);
          this.ignoreNextParenthesis = false;
          break;
      }
    }
    let next = this.automatic;
    for (const name of order) {
      while (this.slots.has(next)) next++;
      this.names.set(name, next);
      this.slots.add(next);
      next++;
    }
  }
  /** Goes behind a character class without looking into it: the second pass does. */
  private skipClass(): void {
    if (this.peek() === '^') this.at++;
    for (let first = true; this.left > 0; first = false) {
      const c = this.take();
      if (c === ']' && !first) return;
      if (c === '\\') this.at++;
      else if (c === '[' && !first && this.text[this.at - 2] === '-' && this.text[this.at - 3] !== '\\')
        this.skipClass();
    }
  }

  private scan(): Node {
    this.open.push(this.group((body) => body, 'none', this.given));
    let isQuantifier = false;
    while (this.left > 0) {
      const wasQuantifier = isQuantifier;
      isQuantifier = false;
      this.blank();
      const start = this.at;
      while (this.left > 0) {
        const c = this.peek();
        if (this.has(ignorePatternWhitespace) && (isSpace(c) || c === '#')) break;
        if (special.has(c) && !(c === '{' && !this.isTrueQuantifier())) break;
        this.at++;
      }
      const end = this.at;
      this.blank();
      let c: string;
      if (this.left === 0) c = '';
      else if (special.has(this.peek())) {
        c = this.peek();
        isQuantifier = quantifiers.has(c);
        this.at++;
      } else c = ' ';
      if (start < end) {
        const plain = end - (isQuantifier ? 1 : 0);
        for (let i = start; i < plain; i++) this.add(this.character(this.text.charCodeAt(i)));
      }
      let unit: Node | undefined;
      const afterText = start < end && isQuantifier;
      if (afterText) unit = this.character(this.text.charCodeAt(end - 1));
      if (c === '') break;
      if (c === ' ') continue;
      switch (c) {
        case '[':
          unit = { kind: 'set', set: this.characterClass(), backward: this.has(rightToLeft) };
          break;
        case '(':
          this.groupOpen();
          continue;
        case '|':
          this.alternate();
          continue;
        case ')':
          if (this.open.length === 1) this.fail('InsufficientOpeningParentheses', "Too many )'s.");
          unit = this.closeGroup();
          if (unit === undefined) continue;
          break;
        case '\\':
          unit = this.backslash();
          break;
        case '^':
          unit = { kind: 'anchor', anchor: this.has(multiline) ? 'lineStart' : 'start' };
          break;
        case '$':
          unit = { kind: 'anchor', anchor: this.has(multiline) ? 'lineEnd' : 'endOrNewline' };
          break;
        case '.':
          unit = {
            kind: 'set',
            set: this.has(singleline) ? anySet : notNewline,
            backward: this.has(rightToLeft),
          };
          break;
        default:
          if (unit === undefined) {
            if (wasQuantifier && !afterText)
              this.fail('NestedQuantifiersNotParenthesized', `Nested quantifier '${c}'.`);
            this.fail('QuantifierAfterNothing', `Quantifier '${c}' following nothing.`);
          }
          this.at--;
      }
      this.blank();
      isQuantifier = this.left > 0 && this.isTrueQuantifier();
      if (!isQuantifier) {
        this.add(unit as Node);
        continue;
      }
      this.add(this.quantified(unit as Node));
    }
    if (this.open.length > 1) this.fail('InsufficientClosingParentheses', "Not enough )'s.");
    return this.closeGroup() as Node;
  }

  /** The quantifier at this place, applied to a unit. */
  private quantified(unit: Node): Node {
    const c = this.take();
    let min = c === '+' ? 1 : 0;
    let max = c === '?' ? 1 : Infinity;
    if (c === '{') {
      min = this.decimal();
      max = min;
      if (this.peek() === ',') {
        this.at++;
        max = this.peek() === '}' ? Infinity : this.decimal();
      }
      this.at++;
    }
    this.blank();
    const lazy = this.peek() === '?';
    if (lazy) this.at++;
    if (min > max) this.fail('ReversedQuantifierRange', 'Illegal {x,y} with x > y.');
    return { kind: 'loop', node: unit, min, max, lazy };
  }

  private group(
    finish: OpenGroup['finish'],
    conditional: OpenGroup['conditional'],
    outer: number,
  ): OpenGroup {
    return {
      finish,
      conditional,
      alternatives: [],
      items: [],
      backward: this.has(rightToLeft),
      outer,
      test: undefined,
    };
  }
  private get current(): OpenGroup {
    return this.open[this.open.length - 1] as OpenGroup;
  }
  private add(node: Node): void {
    this.current.items.push(node);
  }
  private sequence(group: OpenGroup): Node {
    const { items } = group;
    if (items.length === 0) return { kind: 'empty' };
    return items.length === 1
      ? (items[0] as Node)
      : { kind: 'concat', nodes: items, backward: group.backward };
  }
  private alternate(): void {
    const group = this.current;
    group.alternatives.push(this.sequence(group));
    group.items = [];
  }
  /** Ends the innermost group; undefined where it was the test of a conditional. */
  private closeGroup(): Node | undefined {
    const group = this.open.pop() as OpenGroup;
    const branches = [...group.alternatives, this.sequence(group)];
    if (group.conditional !== 'none') {
      if (branches.length > 2) this.fail('AlternationHasTooManyConditions', 'Too many | in (?()|).');
    }
    const body: Node = branches.length === 1 ? (branches[0] as Node) : { kind: 'alternate', nodes: branches };
    this.options = group.outer;
    const node = group.finish(body, branches);
    const parent = this.open[this.open.length - 1];
    if (parent?.conditional === 'expression' && parent.test === undefined) {
      parent.test = node;
      return undefined;
    }
    return node;
  }

  private character(code: number): Node {
    return { kind: 'char', code, ignoreCase: this.has(ignoreCase), backward: this.has(rightToLeft) };
  }
  private set(set: CharSet): Node {
    return { kind: 'set', set, backward: this.has(rightToLeft) };
  }

  /** After `(`. */
  private groupOpen(): void {
    const outer = this.options;
    if (this.peek() !== '?' || this.peek(1) === ')') {
      if (this.has(explicitCapture) || this.ignoreNextParenthesis) {
        this.ignoreNextParenthesis = false;
        this.open.push(this.group((body) => body, 'none', outer));
      } else this.openCapture(this.automatic++, -1, outer);
      return;
    }
    this.at++;
    this.ignoreNextParenthesis = false;
    const bad: () => never = () => {
      this.blank();
      this.fail('InvalidGroupingConstruct', 'Unrecognized grouping construct.');
    };
    if (this.left === 0) bad();
    const c = this.take();
    switch (c) {
      case ':':
        this.open.push(this.group((body) => body, 'none', outer));
        return;
      case '=':
      case '!':
        this.options &= ~rightToLeft;
        this.open.push(this.group((node) => ({ kind: 'look', negative: c === '!', node }), 'none', outer));
        return;
      case '>':
        this.open.push(this.group((node) => ({ kind: 'atomic', node }), 'none', outer));
        return;
      case "'":
      case '<': {
        const close = c === '<' ? '>' : "'";
        if (this.left === 0) bad();
        const next = this.peek();
        if (c === '<' && (next === '=' || next === '!')) {
          this.at++;
          this.options |= rightToLeft;
          this.open.push(
            this.group((node) => ({ kind: 'look', negative: next === '!', node }), 'none', outer),
          );
          return;
        }
        this.namedGroup(close, outer, bad);
        return;
      }
      case '(':
        this.conditional(outer);
        return;
      default:
        this.at--;
        if (this.current.conditional !== 'expression' || this.current.test !== undefined) this.scanOptions();
        if (this.left === 0) bad();
        switch (this.take()) {
          case ')':
            return;
          case ':':
            this.open.push(this.group((body) => body, 'none', outer));
            return;
          default:
            bad();
        }
    }
  }
  private openCapture(group: number, balances: number, outer: number): void {
    this.open.push(this.group((node) => ({ kind: 'capture', group, balances, node }), 'none', outer));
  }
  private namedGroup(close: string, outer: number, bad: () => never): void {
    const badName: () => never = () =>
      this.fail(
        'CaptureGroupNameInvalid',
        'Invalid group name: Group names must begin with a word character.',
      );
    let group = -1;
    let balances = -1;
    let proceed = false;
    const first = this.peek();
    if (isDigit(first)) {
      group = this.decimal();
      if (!this.slots.has(group)) group = -1;
      if (this.left > 0 && this.peek() !== close && this.peek() !== '-') badName();
      if (group === 0) this.fail('CaptureGroupOfZero', 'Capture number cannot be zero.');
    } else if (isWord(first)) {
      group = this.names.get(this.word()) ?? -1;
      if (this.left > 0 && this.peek() !== close && this.peek() !== '-') badName();
    } else if (first === '-') proceed = true;
    else badName();
    if ((group !== -1 || proceed) && this.left > 1 && this.peek() === '-') {
      this.at++;
      const c = this.peek();
      if (isDigit(c)) {
        balances = this.decimal();
        if (!this.slots.has(balances)) this.undefinedNumber(balances);
        if (this.left > 0 && this.peek() !== close) badName();
      } else if (isWord(c)) {
        const name = this.word();
        balances = this.names.get(name) ?? this.undefinedName(name);
        if (this.left > 0 && this.peek() !== close) badName();
      } else badName();
    }
    if ((group !== -1 || balances !== -1) && this.left > 0 && this.take() === close) {
      this.openCapture(group, balances, outer);
      return;
    }
    bad();
  }
  private undefinedNumber(n: number): never {
    this.fail('UndefinedNumberedReference', `Reference to undefined group number ${n}.`);
  }
  private undefinedName(name: string): never {
    this.fail('UndefinedNamedReference', `Reference to undefined group name '${name}'.`);
  }

  /** After `(?(`. */
  private conditional(outer: number): void {
    const parenthesis = this.at;
    const openIf = (group: number): void => {
      this.open.push(
        this.group(
          (_body, [yes, no]) => ({
            kind: 'ifGroup',
            group,
            yes: yes ?? { kind: 'empty' },
            no: no ?? { kind: 'empty' },
          }),
          'group',
          outer,
        ),
      );
    };
    if (this.left > 0) {
      const c = this.peek();
      if (isDigit(c)) {
        const group = this.decimal();
        if (this.left > 0 && this.take() === ')') {
          if (this.slots.has(group)) return openIf(group);
          this.fail(
            'AlternationHasUndefinedReference',
            `Conditional alternation refers to an undefined group number ${group}.`,
          );
        }
        this.fail(
          'AlternationHasMalformedReference',
          `Conditional alternation is missing a closing parenthesis after the group number ${group}.`,
        );
      } else if (isWord(c)) {
        const group = this.names.get(this.word());
        if (group !== undefined && this.left > 0 && this.take() === ')') return openIf(group);
      }
    }
    this.at = parenthesis - 1;
    this.ignoreNextParenthesis = true;
    if (this.left >= 3 && this.peek(1) === '?') {
      const c = this.peek(2);
      if (c === '#') this.fail('AlternationHasComment', 'Alternation conditions cannot be comments.');
      if (c === "'" || (this.left >= 4 && c === '<' && this.peek(3) !== '!' && this.peek(3) !== '='))
        this.fail('AlternationHasNamedCapture', 'Alternation conditions do not capture and cannot be named.');
    }
    const group: OpenGroup = this.group(
      (_body, [yes, no]) => ({
        kind: 'ifMatch',
        test: group.test ?? { kind: 'empty' },
        yes: yes ?? { kind: 'empty' },
        no: no ?? { kind: 'empty' },
      }),
      'expression',
      outer,
    );
    this.open.push(group);
  }

  /** After a backslash. */
  private backslash(): Node {
    if (this.left === 0) this.fail('UnescapedEndingBackslash', 'Illegal \\ at end of pattern.');
    const c = this.peek();
    switch (c) {
      case 'b':
        this.at++;
        return { kind: 'anchor', anchor: 'boundary' };
      case 'B':
        this.at++;
        return { kind: 'anchor', anchor: 'notBoundary' };
      case 'A':
        this.at++;
        return { kind: 'anchor', anchor: 'start' };
      case 'G':
        this.at++;
        return { kind: 'anchor', anchor: 'continue' };
      case 'Z':
        this.at++;
        return { kind: 'anchor', anchor: 'endOrNewline' };
      case 'z':
        this.at++;
        return { kind: 'anchor', anchor: 'end' };
      case 'w':
      case 'W':
      case 's':
      case 'S':
      case 'd':
      case 'D':
        this.at++;
        return this.set(shorthandSets[c] as CharSet);
      case 'p':
      case 'P': {
        this.at++;
        const test = this.property();
        return this.set(setOf({ negate: c === 'P', ranges: [], tests: [test], subtract: undefined }, false));
      }
      default:
        return this.basicBackslash();
    }
  }
  private basicBackslash(): Node {
    const back = this.at;
    let c = this.peek();
    let close = '';
    if (c === 'k') {
      if (this.left >= 2) {
        this.at++;
        const mark = this.take();
        if (mark === '<' || mark === "'") close = mark === "'" ? "'" : '>';
      }
      if (close === '' || this.left <= 0)
        this.fail('MalformedNamedReference', 'Malformed \\k<...> named back reference.');
      c = this.peek();
    } else if ((c === '<' || c === "'") && this.left > 1) {
      this.at++;
      close = c === "'" ? "'" : '>';
      c = this.peek();
    }
    if (close !== '' && isDigit(c)) {
      const group = this.decimal();
      if (this.left > 0 && this.take() === close) {
        if (!this.slots.has(group)) this.undefinedNumber(group);
        return this.reference(group);
      }
    } else if (close === '' && c >= '1' && c <= '9') {
      const group = this.decimal();
      if (this.slots.has(group)) return this.reference(group);
      if (group <= 9) this.undefinedNumber(group);
    } else if (close !== '' && isWord(c)) {
      const name = this.word();
      if (this.left > 0 && this.take() === close)
        return this.reference(this.names.get(name) ?? this.undefinedName(name));
    }
    this.at = back;
    return this.character(this.characterEscape());
  }
  private reference(group: number): Node {
    return { kind: 'reference', group, ignoreCase: this.has(ignoreCase), backward: this.has(rightToLeft) };
  }

  private characterEscape(): number {
    const c = this.take();
    if (c >= '0' && c <= '7') {
      this.at--;
      let n = 0;
      for (let i = 0; i < 3 && this.peek() >= '0' && this.peek() <= '7'; i++) n = n * 8 + Number(this.take());
      return n & 0xff;
    }
    switch (c) {
      case 'x':
        return this.hex(2);
      case 'u':
        return this.hex(4);
      case 'a':
        return 7;
      case 'b':
        return 8;
      case 'e':
        return 27;
      case 'f':
        return 12;
      case 'n':
        return 10;
      case 'r':
        return 13;
      case 't':
        return 9;
      case 'v':
        return 11;
      case 'c': {
        if (this.left === 0) this.fail('MissingControlCharacter', 'Missing control character.');
        const code = this.take().toUpperCase().charCodeAt(0) - 64;
        if (code >= 0 && code < 32) return code;
        return this.fail('UnrecognizedControlCharacter', 'Unrecognized control character.');
      }
      default:
        if (isWord(c)) this.fail('UnrecognizedEscape', `Unrecognized escape sequence \\${c}.`);
        return c.charCodeAt(0);
    }
  }
  private hex(count: number): number {
    let n = 0;
    let i = 0;
    if (this.left >= count)
      for (; i < count; i++) {
        const c = this.take();
        if (!/[0-9a-fA-F]/.test(c)) break;
        n = n * 16 + parseInt(c, 16);
      }
    if (i < count) this.fail('InsufficientOrInvalidHexDigits', 'Insufficient or invalid hexadecimal digits.');
    return n;
  }
  /** `{Name}` after `\p`. */
  private property(): (code: number) => boolean {
    if (this.left < 3) this.fail('InvalidUnicodePropertyEscape', 'Incomplete \\p{X} character escape.');
    if (this.take() !== '{')
      this.fail('MalformedUnicodePropertyEscape', 'Malformed \\p{X} character escape.');
    const start = this.at;
    while (this.left > 0 && (isWord(this.peek()) || this.peek() === '-')) this.at++;
    const name = this.text.slice(start, this.at);
    if (this.left === 0 || this.take() !== '}')
      this.fail('InvalidUnicodePropertyEscape', 'Incomplete \\p{X} character escape.');
    return propertyTest(name) ?? this.fail('InvalidUnicodePropertyEscape', `Unknown property '${name}'.`);
  }

  /** After `[`. */
  private characterClass(): CharSet {
    const parts: SetParts = { negate: false, ranges: [], tests: [], subtract: undefined };
    if (this.peek() === '^') {
      this.at++;
      parts.negate = true;
    }
    let previous = 0;
    let inRange = false;
    let closed = false;
    const subtraction = (): void => {
      parts.subtract = this.characterClass();
      if (this.left > 0 && this.peek() !== ']')
        this.fail('ExclusionGroupNotLast', 'A subtraction must be the last element in a character class.');
    };
    for (let first = true; this.left > 0; first = false) {
      let translated = false;
      const c = this.take();
      let code = c.charCodeAt(0);
      if (c === ']') {
        if (!first) {
          closed = true;
          break;
        }
      } else if (c === '\\' && this.left > 0) {
        const escape = this.take();
        if ('dDsSwWpP'.includes(escape)) {
          if (inRange)
            this.fail(
              'ShorthandClassInCharacterRange',
              `Cannot include class \\${escape} in character range.`,
            );
          if (escape === 'p' || escape === 'P') {
            const test = this.property();
            parts.tests.push(escape === 'p' ? test : (x) => !test(x));
          } else parts.tests.push(shorthand[escape] as (code: number) => boolean);
          continue;
        }
        if (escape === '-') {
          if (inRange) {
            if (previous > 45) this.fail('ReversedCharacterRange', '[x-y] range in reverse order.');
            parts.ranges.push([previous, 45]);
            inRange = false;
          } else parts.ranges.push([45, 45]);
          continue;
        }
        this.at--;
        code = this.characterEscape();
        translated = true;
      }
      if (inRange) {
        inRange = false;
        if (c === '[' && !translated && !first) {
          parts.ranges.push([previous, previous]);
          subtraction();
        } else if (previous > code) this.fail('ReversedCharacterRange', '[x-y] range in reverse order.');
        else parts.ranges.push([previous, code]);
      } else if (this.left >= 2 && this.peek() === '-' && this.peek(1) !== ']') {
        previous = code;
        inRange = true;
        this.at++;
      } else if (this.left >= 1 && c === '-' && !translated && this.peek() === '[' && !first) {
        this.at++;
        subtraction();
      } else parts.ranges.push([code, code]);
    }
    if (!closed) this.fail('UnterminatedBracket', 'Unterminated [] set.');
    return setOf(parts, this.has(ignoreCase));
  }

  private decimal(): number {
    let n = 0;
    while (isDigit(this.peek())) {
      n = n * 10 + Number(this.take());
      if (n > 2147483647)
        this.fail(
          'QuantifierOrCaptureGroupOutOfRange',
          'Capture group numbers must be less than or equal to Int32.MaxValue.',
        );
    }
    return n;
  }
  private word(): string {
    const start = this.at;
    while (isWord(this.peek())) this.at++;
    return this.text.slice(start, this.at);
  }
  private scanOptions(): void {
    let off = false;
    for (; this.left > 0; this.at++) {
      const c = this.peek();
      if (c === '-') off = true;
      else if (c === '+') off = false;
      else {
        const option = optionLetters[c.toLowerCase()];
        if (option === undefined) return;
        if (off) this.options &= ~option;
        else this.options |= option;
      }
    }
  }
  /** Comments, and blanks where they do not count. */
  private blank(): void {
    for (;;) {
      if (this.has(ignorePatternWhitespace)) {
        while (this.left > 0 && isSpace(this.peek())) this.at++;
        if (this.peek() === '#') {
          while (this.left > 0 && this.peek() !== '\n') this.at++;
          continue;
        }
      }
      if (this.peek() !== '(' || this.peek(1) !== '?' || this.peek(2) !== '#') return;
      const end = this.text.indexOf(')', this.at);
      if (end < 0) {
        this.at = this.text.length;
        this.fail('UnterminatedComment', 'Unterminated (?#...) comment.');
      }
      this.at = end + 1;
    }
  }
  private isTrueQuantifier(): boolean {
    const c = this.peek();
    if (c !== '{') return c === '*' || c === '+' || c === '?';
    const quantifier = /\{\d+(?:,\d*)?\}/y;
    quantifier.lastIndex = this.at;
    return quantifier.test(this.text);
  }
}
