import type { CimInstance, CimValue } from '../../host.ts';

/** A WQL query: what of which class, under which condition. */
export interface WqlQuery {
  readonly className: string;
  /** Property names; empty means all. */
  readonly properties: readonly string[];
  readonly where: Condition | undefined;
}

type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'null'; readonly name: string; readonly wanted: boolean }
  | { readonly kind: 'test'; readonly name: string; readonly operator: string; readonly value: Literal };
type Literal = string | number | boolean | null;

class WqlError extends Error {
  readonly code = 'wql';
}

const tokenPattern = /\s*(?:("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(<=|>=|<>|!=|[=<>(),*])|(-?[\w.:]+))/y;

class WqlParser {
  private readonly tokens: string[] = [];
  private at = 0;
  constructor(text: string) {
    tokenPattern.lastIndex = 0;
    for (;;) {
      const start = tokenPattern.lastIndex;
      const match = tokenPattern.exec(text);
      if (!match) {
        if (text.slice(start).trim() !== '') throw new WqlError(text);
        break;
      }
      this.tokens.push((match[1] ?? match[2] ?? match[3]) as string);
    }
  }
  private is(word: string): boolean {
    if (this.tokens[this.at]?.toLowerCase() !== word) return false;
    this.at++;
    return true;
  }
  private take(): string {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new WqlError('end');
    return token;
  }
  private end(): void {
    if (this.at < this.tokens.length) throw new WqlError(this.tokens[this.at]);
  }
  query(): WqlQuery {
    if (!this.is('select')) throw new WqlError('select');
    const properties: string[] = [];
    do {
      const name = this.take();
      if (name !== '*') properties.push(name);
    } while (this.is(','));
    if (!this.is('from')) throw new WqlError('from');
    const className = this.take();
    const where = this.is('where') ? this.condition() : undefined;
    this.end();
    return { className, properties, where };
  }
  filter(): Condition {
    const found = this.condition();
    this.end();
    return found;
  }
  private condition(): Condition {
    let left = this.conjunction();
    while (this.is('or')) left = { kind: 'or', left, right: this.conjunction() };
    return left;
  }
  private conjunction(): Condition {
    let left = this.negation();
    while (this.is('and')) left = { kind: 'and', left, right: this.negation() };
    return left;
  }
  private negation(): Condition {
    if (this.is('not')) return { kind: 'not', of: this.negation() };
    if (this.is('(')) {
      const inner = this.condition();
      if (!this.is(')')) throw new WqlError(')');
      return inner;
    }
    const first = this.take();
    const operator = this.take().toLowerCase();
    if (operator === 'is') {
      const wanted = !this.is('not');
      if (!this.is('null')) throw new WqlError('null');
      return { kind: 'null', name: first, wanted };
    }
    if (!['=', '<>', '!=', '<', '>', '<=', '>=', 'like'].includes(operator)) throw new WqlError(operator);
    const second = this.take();
    // `'x' = Name` is allowed too.
    if (/^["']/.test(first)) return { kind: 'test', name: second, operator, value: literal(first) };
    return { kind: 'test', name: first, operator, value: literal(second) };
  }
}

function literal(token: string): Literal {
  if (/^["']/.test(token)) return token.slice(1, -1).replace(/\\(.)/g, '$1');
  if (/^true$/i.test(token)) return true;
  if (/^false$/i.test(token)) return false;
  if (/^null$/i.test(token)) return null;
  const number = /^0x/i.test(token) ? parseInt(token, 16) : Number(token);
  if (Number.isNaN(number)) throw new WqlError(token);
  return number;
}

/** undefined where the text is no query. */
export function parseQuery(text: string): WqlQuery | undefined {
  return attempt(() => new WqlParser(text).query());
}
export function parseFilter(text: string): Condition | undefined {
  return attempt(() => new WqlParser(text).filter());
}
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof WqlError) return undefined;
    throw error;
  }
}

const propertyOf = (instance: CimInstance, name: string): CimValue | undefined =>
  instance.properties.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];

/** A LIKE pattern: `%` any text, `_` one character, `[a-f]` a set. */
function like(text: string, pattern: string): boolean {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === '%') source += '.*';
    else if (char === '_') source += '.';
    else if (char === '[') {
      const end = pattern.indexOf(']', i);
      if (end < 0) return false;
      source += `[${pattern.slice(i + 1, end).replace(/\\/g, '\\\\')}]`;
      i = end;
    } else source += char.replace(/[.*+?^${}()|\\\]]/g, '\\$&');
  }
  return new RegExp(`^${source}$`, 'is').test(text);
}

/** Whether an instance meets a condition; undefined where the condition names a property the class has not. */
export function meets(instance: CimInstance, condition: Condition): boolean | undefined {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const left = meets(instance, condition.left);
      const right = meets(instance, condition.right);
      if (left === undefined || right === undefined) return undefined;
      return condition.kind === 'and' ? left && right : left || right;
    }
    case 'not': {
      const inner = meets(instance, condition.of);
      return inner === undefined ? undefined : !inner;
    }
    case 'null': {
      const value = propertyOf(instance, condition.name);
      return value === undefined ? undefined : (value === null) === condition.wanted;
    }
    case 'test': {
      const value = propertyOf(instance, condition.name);
      if (value === undefined) return undefined;
      return compared(value, condition.operator, condition.value);
    }
  }
}

function compared(value: CimValue, operator: string, wanted: Literal): boolean {
  if (value === null || wanted === null) return operator === '=' ? value === wanted : value !== wanted;
  const bare = typeof value === 'object' ? (value.type === 'array' ? '' : value.value) : value;
  if (operator === 'like') return like(String(bare), String(wanted));
  let order: number;
  if (typeof bare === 'string') {
    const [a, b] = [bare.toLowerCase(), String(wanted).toLowerCase()];
    order = a < b ? -1 : a > b ? 1 : 0;
  } else if (typeof bare === 'boolean') {
    const truth = typeof wanted === 'string' ? /^(true|1)$/i.test(wanted) : Boolean(wanted);
    order = bare === truth ? 0 : 1;
  } else order = Number(bare) - Number(wanted);
  switch (operator) {
    case '=':
      return order === 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    default:
      return order !== 0;
  }
}
