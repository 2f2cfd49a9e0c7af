import { dotNetError } from '../../errors.ts';
import type { XmlNode } from './nodes.ts';
import { xmlnsUri } from './nodes.ts';

/* XPath 1.0: text to tree, tree to nodes or a value. */

export type XPathValue = readonly XmlNode[] | string | number | boolean;
type Prefixes = (prefix: string) => string | undefined;

interface Step {
  readonly axis: string;
  readonly test: NodeTest;
  readonly predicates: readonly Expression[];
}
type NodeTest =
  | { readonly kind: 'name'; readonly prefix: string; readonly local: string }
  | { readonly kind: 'type'; readonly type: string; readonly target: string };
type Expression =
  | { readonly kind: 'binary'; readonly op: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'negate'; readonly of: Expression }
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'path';
      readonly from: 'root' | 'here' | Expression;
      /** Of what `from` gives. */
      readonly predicates: readonly Expression[];
      readonly steps: readonly Step[];
    };

const axes = new Set([
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
]);
const nodeTypes = new Set(['comment', 'text', 'processing-instruction', 'node']);
const anyNode: NodeTest = { kind: 'type', type: 'node', target: '' };
const descend: Step = { axis: 'descendant-or-self', test: anyNode, predicates: [] };

const fail = (text: string, why = 'has an invalid token'): never => {
  throw dotNetError('System.Xml.XPath.XPathException', `'${text}' ${why}.`);
};

class Parser {
  private readonly text: string;
  private readonly tokens: string[];
  private at = 0;
  constructor(text: string) {
    this.text = text;
    const token =
      /\s*(?:("[^"]*"|'[^']*')|(\d+(?:\.\d*)?|\.\d+)|(\.\.|\/\/|::|!=|<=|>=|[()[\].@,/|+\-=<>*$])|([\p{L}_][\p{L}\p{Nd}\p{M}_.·-]*(?::(?!:)(?:\*|[\p{L}_][\p{L}\p{Nd}\p{M}_.·-]*))?))/uy;
    this.tokens = [];
    let end = 0;
    while (end < text.trimEnd().length) {
      token.lastIndex = end;
      const found = token.exec(text);
      if (!found) return fail(text) as never;
      this.tokens.push((found[1] ?? found[2] ?? found[3] ?? found[4]) as string);
      end = token.lastIndex;
    }
  }
  parse(): Expression {
    const out = this.binary(0);
    if (this.at < this.tokens.length) fail(this.text);
    return out;
  }
  private peek(ahead = 0): string {
    return this.tokens[this.at + ahead] ?? '';
  }
  private take(): string {
    return this.tokens[this.at++] ?? '';
  }
  private eat(token: string): boolean {
    if (this.peek() !== token) return false;
    this.at++;
    return true;
  }
  private need(token: string): void {
    if (!this.eat(token)) fail(this.text);
  }
  private static readonly levels = [
    ['or'],
    ['and'],
    ['=', '!='],
    ['<', '<=', '>', '>='],
    ['+', '-'],
    ['*', 'div', 'mod'],
  ];
  private binary(level: number): Expression {
    const operators = Parser.levels[level];
    if (!operators) return this.unary();
    let left = this.binary(level + 1);
    while (operators.includes(this.peek())) {
      const op = this.take();
      left = { kind: 'binary', op, left, right: this.binary(level + 1) };
    }
    return left;
  }
  private unary(): Expression {
    if (this.eat('-')) return { kind: 'negate', of: this.unary() };
    let left = this.path();
    while (this.eat('|')) left = { kind: 'binary', op: '|', left, right: this.path() };
    return left;
  }
  private path(): Expression {
    const token = this.peek();
    const isCall = /^[\p{L}_]/u.test(token) && this.peek(1) === '(' && !nodeTypes.has(token);
    if (token === '(' || isCall || /^["'\d]/.test(token) || /^\.\d/.test(token)) {
      const primary = this.primary();
      const predicates = this.predicates();
      const steps: Step[] = [];
      if (this.peek() === '/' || this.peek() === '//') this.slashes(steps);
      return predicates.length === 0 && steps.length === 0
        ? primary
        : { kind: 'path', from: primary, predicates, steps };
    }
    const steps: Step[] = [];
    if (token === '/' || token === '//') {
      if (token === '/' && !this.startsStep(1)) {
        this.at++;
        return { kind: 'path', from: 'root', predicates: [], steps };
      }
      this.slashes(steps);
      return { kind: 'path', from: 'root', predicates: [], steps };
    }
    steps.push(this.step());
    this.slashes(steps);
    return { kind: 'path', from: 'here', predicates: [], steps };
  }
  private startsStep(ahead: number): boolean {
    const token = this.peek(ahead);
    return token === '.' || token === '..' || token === '@' || token === '*' || /^[\p{L}_]/u.test(token);
  }
  private slashes(steps: Step[]): void {
    for (;;) {
      if (this.eat('//')) steps.push(descend, this.step());
      else if (this.eat('/')) steps.push(this.step());
      else return;
    }
  }
  private primary(): Expression {
    if (this.eat('(')) {
      const inner = this.binary(0);
      this.need(')');
      return inner;
    }
    const token = this.take();
    if (/^["']/.test(token)) return { kind: 'literal', value: token.slice(1, -1) };
    if (/^[\d.]/.test(token)) return { kind: 'literal', value: Number(token) };
    this.need('(');
    const args: Expression[] = [];
    if (!this.eat(')')) {
      do args.push(this.binary(0));
      while (this.eat(','));
      this.need(')');
    }
    return { kind: 'call', name: token, args };
  }
  private predicates(): Expression[] {
    const out: Expression[] = [];
    while (this.eat('[')) {
      out.push(this.binary(0));
      this.need(']');
    }
    return out;
  }
  private step(): Step {
    if (this.eat('.')) return { axis: 'self', test: anyNode, predicates: [] };
    if (this.eat('..')) return { axis: 'parent', test: anyNode, predicates: [] };
    let axis = 'child';
    if (this.eat('@')) axis = 'attribute';
    else if (this.peek(1) === '::') {
      axis = this.take();
      this.at++;
      if (!axes.has(axis)) fail(this.text);
    }
    const token = this.take();
    let test: NodeTest;
    if (token === '*') test = { kind: 'name', prefix: '', local: '*' };
    else if (nodeTypes.has(token) && this.peek() === '(') {
      this.at++;
      const target = /^["']/.test(this.peek()) ? this.take().slice(1, -1) : '';
      this.need(')');
      test = { kind: 'type', type: token, target };
    } else if (/^[\p{L}_]/u.test(token)) {
      const colon = token.indexOf(':');
      test =
        colon < 0
          ? { kind: 'name', prefix: '', local: token }
          : { kind: 'name', prefix: token.slice(0, colon), local: token.slice(colon + 1) };
    } else return fail(this.text);
    return { axis, test, predicates: this.predicates() };
  }
}

interface Context {
  readonly node: XmlNode;
  readonly position: number;
  readonly size: number;
  readonly prefixes: Prefixes;
}
const isNodes = (v: XPathValue): v is readonly XmlNode[] => typeof v === 'object';
const textOf = (node: XmlNode): string => node.innerText;
function toText(v: XPathValue): string {
  if (isNodes(v)) return v[0] ? textOf(v[0]) : '';
  if (typeof v === 'boolean') return v ? 'true' : 'false';
  return typeof v === 'number' ? (Number.isInteger(v) ? v.toFixed(0) : String(v)) : v;
}
function toNumber(v: XPathValue): number {
  if (typeof v === 'number') return v;
  if (typeof v === 'boolean') return v ? 1 : 0;
  const text = toText(v).trim();
  return /^-?(\d+(\.\d*)?|\.\d+)$/.test(text) ? Number(text) : NaN;
}
const toBoolean = (v: XPathValue): boolean =>
  isNodes(v)
    ? v.length > 0
    : typeof v === 'number'
      ? v !== 0 && !Number.isNaN(v)
      : typeof v === 'string'
        ? v !== ''
        : v;

const visible = (node: XmlNode): boolean =>
  node.kind !== 'declaration' && node.kind !== 'doctype' && node.kind !== 'whitespace';
function topOf(node: XmlNode): XmlNode {
  let at = node;
  while (at.parent) at = at.parent;
  return at;
}
function* below(node: XmlNode): Generator<XmlNode, void> {
  for (const child of node.children) {
    if (!visible(child)) continue;
    yield child;
    yield* below(child);
  }
}
function* beside(node: XmlNode, forward: boolean): Generator<XmlNode, void> {
  if (!node.parent || node.kind === 'attribute') return;
  const list = node.parent.children;
  const at = list.indexOf(node);
  for (const other of forward ? list.slice(at + 1) : list.slice(0, at).reverse())
    if (visible(other)) yield other;
}
function* ancestors(node: XmlNode): Generator<XmlNode, void> {
  for (let at = node.parent; at; at = at.parent) yield at;
}
function* alongAxis(node: XmlNode, axis: string): Generator<XmlNode, void> {
  switch (axis) {
    case 'self':
      yield node;
      return;
    case 'child':
      for (const child of node.children) if (visible(child)) yield child;
      return;
    case 'attribute':
      for (const a of node.attributes) if (a.namespace !== xmlnsUri) yield a;
      return;
    case 'parent':
      if (node.parent) yield node.parent;
      return;
    case 'descendant-or-self':
      yield node;
      yield* below(node);
      return;
    case 'descendant':
      yield* below(node);
      return;
    case 'ancestor-or-self':
      yield node;
      yield* ancestors(node);
      return;
    case 'ancestor':
      yield* ancestors(node);
      return;
    case 'following-sibling':
      yield* beside(node, true);
      return;
    case 'preceding-sibling':
      yield* beside(node, false);
      return;
    case 'following':
      for (const from of [node, ...ancestors(node)])
        for (const other of beside(from, true)) {
          yield other;
          yield* below(other);
        }
      return;
    case 'preceding':
      for (const from of [node, ...ancestors(node)])
        for (const other of beside(from, false)) yield* [...below(other)].reverse().concat(other);
      return;
  }
}
function fits(node: XmlNode, test: NodeTest, axis: string, prefixes: Prefixes): boolean {
  if (test.kind === 'type')
    switch (test.type) {
      case 'text':
        return node.kind === 'text' || node.kind === 'cdata' || node.kind === 'significantWhitespace';
      case 'comment':
        return node.kind === 'comment';
      case 'processing-instruction':
        return node.kind === 'instruction' && (test.target === '' || node.name === test.target);
      default:
        return true;
    }
  if (node.kind !== (axis === 'attribute' ? 'attribute' : 'element')) return false;
  if (test.prefix === '')
    return test.local === '*' || (node.localName === test.local && node.namespace === '');
  const uri = prefixes(test.prefix);
  if (uri === undefined)
    throw dotNetError('System.Xml.XPath.XPathException', `Namespace prefix '${test.prefix}' is not defined.`);
  return node.namespace === uri && (test.local === '*' || node.localName === test.local);
}
function filter(nodes: readonly XmlNode[], predicate: Expression, prefixes: Prefixes): XmlNode[] {
  return nodes.filter((node, i) => {
    const value = evaluate(predicate, { node, position: i + 1, size: nodes.length, prefixes });
    return typeof value === 'number' ? value === i + 1 : toBoolean(value);
  });
}
function inOrder(nodes: readonly XmlNode[]): XmlNode[] {
  const unique = [...new Set(nodes)];
  if (unique.length < 2) return unique;
  const order = new Map<XmlNode, number>();
  let n = 0;
  const visit = (node: XmlNode): void => {
    order.set(node, n++);
    for (const a of node.attributes) order.set(a, n++);
    for (const child of node.children) visit(child);
  };
  visit(topOf(unique[0] as XmlNode));
  return unique.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
}

function compareValues(op: string, a: XPathValue, b: XPathValue): boolean {
  if (isNodes(a))
    return isNodes(b) || typeof b !== 'boolean'
      ? a.some((x) => compareValues(op, typeof b === 'number' ? toNumber([x]) : textOf(x), b))
      : compareValues(op, toBoolean(a), b);
  if (isNodes(b))
    return typeof a === 'boolean'
      ? compareValues(op, a, toBoolean(b))
      : b.some((x) => compareValues(op, a, typeof a === 'number' ? toNumber([x]) : textOf(x)));
  if (op === '=' || op === '!=') {
    const same =
      typeof a === 'boolean' || typeof b === 'boolean'
        ? toBoolean(a) === toBoolean(b)
        : typeof a === 'number' || typeof b === 'number'
          ? toNumber(a) === toNumber(b)
          : a === b;
    return (op === '=') === same;
  }
  const [x, y] = [toNumber(a), toNumber(b)];
  return op === '<' ? x < y : op === '<=' ? x <= y : op === '>' ? x > y : x >= y;
}

function evaluate(e: Expression, c: Context): XPathValue {
  switch (e.kind) {
    case 'literal':
      return e.value;
    case 'negate':
      return -toNumber(evaluate(e.of, c));
    case 'call':
      return call(e.name, e.args, c);
    case 'binary': {
      if (e.op === 'or') return toBoolean(evaluate(e.left, c)) || toBoolean(evaluate(e.right, c));
      if (e.op === 'and') return toBoolean(evaluate(e.left, c)) && toBoolean(evaluate(e.right, c));
      const a = evaluate(e.left, c);
      const b = evaluate(e.right, c);
      switch (e.op) {
        case '|':
          return inOrder([...(isNodes(a) ? a : []), ...(isNodes(b) ? b : [])]);
        case '+':
          return toNumber(a) + toNumber(b);
        case '-':
          return toNumber(a) - toNumber(b);
        case '*':
          return toNumber(a) * toNumber(b);
        case 'div':
          return toNumber(a) / toNumber(b);
        case 'mod':
          return toNumber(a) % toNumber(b);
        default:
          return compareValues(e.op, a, b);
      }
    }
    case 'path': {
      let nodes: XmlNode[];
      if (e.from === 'root') nodes = [topOf(c.node)];
      else if (e.from === 'here') nodes = [c.node];
      else {
        const value = evaluate(e.from, c);
        if (!isNodes(value))
          throw dotNetError('System.Xml.XPath.XPathException', 'Expression must evaluate to a node-set.');
        nodes = [...value];
      }
      for (const predicate of e.predicates) nodes = filter(nodes, predicate, c.prefixes);
      for (const step of e.steps) {
        const found: XmlNode[] = [];
        for (const node of nodes) {
          let some = [...alongAxis(node, step.axis)].filter((n) => fits(n, step.test, step.axis, c.prefixes));
          for (const predicate of step.predicates) some = filter(some, predicate, c.prefixes);
          found.push(...some);
        }
        nodes = nodes.length > 1 || /^(preceding|ancestor)/.test(step.axis) ? inOrder(found) : found;
      }
      return nodes;
    }
  }
}

function call(name: string, args: readonly Expression[], c: Context): XPathValue {
  const value = (i: number): XPathValue => {
    const arg = args[i];
    return arg ? evaluate(arg, c) : [c.node];
  };
  const text = (i: number): string => toText(value(i));
  const nodes = (i: number): readonly XmlNode[] => {
    const v = value(i);
    return isNodes(v) ? v : [];
  };
  switch (name) {
    case 'last':
      return c.size;
    case 'position':
      return c.position;
    case 'count':
      return nodes(0).length;
    case 'id':
      return [];
    case 'local-name':
      return nodes(0)[0]?.localName.replace(/^#.*/, '') ?? '';
    case 'name':
      return nodes(0)[0]?.name.replace(/^#.*/, '') ?? '';
    case 'namespace-uri':
      return nodes(0)[0]?.namespace ?? '';
    case 'string':
      return text(0);
    case 'concat':
      return args.map((_, i) => text(i)).join('');
    case 'starts-with':
      return text(0).startsWith(text(1));
    case 'contains':
      return text(0).includes(text(1));
    case 'substring-before': {
      const at = text(0).indexOf(text(1));
      return at < 0 ? '' : text(0).slice(0, at);
    }
    case 'substring-after': {
      const at = text(0).indexOf(text(1));
      return at < 0 ? '' : text(0).slice(at + text(1).length);
    }
    case 'substring': {
      const from = Math.round(toNumber(value(1)));
      const to = args.length > 2 ? from + Math.round(toNumber(value(2))) : Infinity;
      return [...text(0)].filter((_, i) => i + 1 >= from && i + 1 < to).join('');
    }
    case 'string-length':
      return text(0).length;
    case 'normalize-space':
      return text(0).trim().replace(/\s+/g, ' ');
    case 'translate': {
      const [from, to] = [[...text(1)], [...text(2)]];
      return [...text(0)].map((ch) => (from.includes(ch) ? (to[from.indexOf(ch)] ?? '') : ch)).join('');
    }
    case 'boolean':
      return toBoolean(value(0));
    case 'not':
      return !toBoolean(value(0));
    case 'true':
      return true;
    case 'false':
      return false;
    case 'lang':
      return false;
    case 'number':
      return toNumber(value(0));
    case 'sum':
      return nodes(0).reduce((total, n) => total + toNumber([n]), 0);
    case 'floor':
      return Math.floor(toNumber(value(0)));
    case 'ceiling':
      return Math.ceil(toNumber(value(0)));
    case 'round':
      return Math.floor(toNumber(value(0)) + 0.5);
    default:
      throw dotNetError(
        'System.Xml.XPath.XPathException',
        'Namespace Manager or XsltContext needed. This query has a prefix, variable, or user-defined function.',
      );
  }
}

const parsed = new Map<string, Expression>();
/** Evaluates an XPath 1.0 expression at a node; throws XPathException. */
export function evaluateXPath(text: string, node: XmlNode, prefixes: Prefixes): XPathValue {
  let expression = parsed.get(text);
  if (!expression) {
    if (parsed.size > 200) parsed.clear();
    parsed.set(text, (expression = new Parser(text).parse()));
  }
  return evaluate(expression, { node, position: 1, size: 1, prefixes });
}
export function selectNodes(text: string, node: XmlNode, prefixes: Prefixes): readonly XmlNode[] {
  const value = evaluateXPath(text, node, prefixes);
  if (!isNodes(value))
    throw dotNetError('System.Xml.XPath.XPathException', 'Expression must evaluate to a node-set.');
  return value;
}
