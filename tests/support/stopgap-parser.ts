/* Stand-in until the product's parser is connected: enough of the language to test the runtime. */
import type { Value } from '../../src/engine/powershell/types/value.ts';
import { numberFromString } from '../../src/engine/powershell/types/convert.ts';

type Node = { kind: string; extent: Extent; [key: string]: unknown };
class Extent {
  source: string;
  startOffset: number;
  endOffset: number;
  file: string | undefined;
  constructor(source: string, s: number, e: number, file: string | undefined) {
    this.source = source;
    this.startOffset = s;
    this.endOffset = e;
    this.file = file;
  }
  get text(): string {
    return this.source.slice(this.startOffset, this.endOffset);
  }
  private lc(o: number): [number, number] {
    const before = this.source.slice(0, o);
    const nl = before.lastIndexOf('\n');
    return [before.split('\n').length, o - nl];
  }
  get startLineNumber(): number {
    return this.lc(this.startOffset)[0];
  }
  get startColumnNumber(): number {
    return this.lc(this.startOffset)[1];
  }
  get endLineNumber(): number {
    return this.lc(this.endOffset)[0];
  }
  get endColumnNumber(): number {
    return this.lc(this.endOffset)[1];
  }
  get startScriptPosition(): { line: string } {
    const s = this.source.lastIndexOf('\n', this.startOffset - 1) + 1;
    const e = this.source.indexOf('\n', this.startOffset);
    return { line: this.source.slice(s, e < 0 ? undefined : e) };
  }
}

const precedence: Record<string, number> = {
  and: 1,
  or: 1,
  xor: 1,
  band: 2,
  bor: 2,
  bxor: 2,
  eq: 3,
  ne: 3,
  gt: 3,
  ge: 3,
  lt: 3,
  le: 3,
  like: 3,
  notlike: 3,
  match: 3,
  notmatch: 3,
  replace: 3,
  contains: 3,
  notcontains: 3,
  in: 3,
  notin: 3,
  split: 3,
  join: 3,
  is: 3,
  isnot: 3,
  as: 3,
  shl: 3,
  shr: 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  f: 6,
  '..': 7,
};
const wordOps = new Set(Object.keys(precedence).filter((k) => /[a-z]/.test(k)));
const symbolKind: Record<string, string> = {
  '+': 'Plus',
  '-': 'Minus',
  '*': 'Multiply',
  '/': 'Divide',
  '%': 'Rem',
  '..': 'DotDot',
};

export class Parser {
  s: string;
  p = 0;
  file: string | undefined;
  constructor(s: string, file: string | undefined) {
    this.s = s;
    this.file = file;
  }
  err(m: string): never {
    throw new Error(`parse: ${m} at ${this.p}: ${JSON.stringify(this.s.slice(this.p, this.p + 30))}`);
  }
  ext(a: number, b = this.p): Extent {
    return new Extent(this.s, a, b, this.file);
  }
  node(kind: string, a: number, props: object): Node {
    return { kind, extent: this.ext(a), ...props } as Node;
  }
  ws(newlines = false): void {
    for (;;) {
      const c = this.s[this.p];
      if (c === ' ' || c === '\t' || (c === '\r' && (newlines || (this.s[this.p + 1] === '\n' && false))))
        this.p++;
      else if (
        c === '`' &&
        (this.s[this.p + 1] === '\n' || (this.s[this.p + 1] === '\r' && this.s[this.p + 2] === '\n'))
      )
        this.p += this.s[this.p + 1] === '\r' ? 3 : 2;
      else if (c === '#') {
        while (this.p < this.s.length && this.s[this.p] !== '\n') this.p++;
      } else if (c === '<' && this.s[this.p + 1] === '#') {
        const e = this.s.indexOf('#>', this.p + 2);
        this.p = e < 0 ? this.s.length : e + 2;
      } else if (newlines && (c === '\n' || c === '\r')) this.p++;
      else return;
    }
  }
  seps(): void {
    for (;;) {
      this.ws(true);
      if (this.s[this.p] === ';') this.p++;
      else return;
    }
  }
  at(t: string): boolean {
    return this.s.startsWith(t, this.p);
  }
  eat(t: string): boolean {
    if (this.at(t)) {
      this.p += t.length;
      return true;
    }
    return false;
  }
  need(t: string): void {
    this.ws(true);
    if (!this.eat(t)) this.err(`expected ${t}`);
  }
  word(): string {
    const m = /^[A-Za-z_][\w-]*/.exec(this.s.slice(this.p, this.p + 60));
    return m ? m[0] : '';
  }

  script(): Node {
    const a = this.p;
    const n = this.blockBody(a, true);
    if (this.p < this.s.length) this.err('unexpected');
    (n.extent as Extent).endOffset = this.s.length;
    return n;
  }
  blockBody(a: number, _top = false): Node {
    let paramBlock: Node | null = null;
    const usings: Node[] = [];
    this.seps();
    while (/^using\s+(namespace|module|assembly)\b/i.test(this.s.slice(this.p, this.p + 40))) {
      const u = this.p;
      this.p += 5;
      this.ws();
      const k = this.word();
      this.p += k.length;
      this.ws();
      const v = this.argument();
      usings.push(this.node('UsingStatementAst', u, { usingStatementKind: k, name: v }));
      this.seps();
    }
    const save = this.p;
    const attributes = this.attributes();
    this.ws(true);
    if (/^param\s*\(/i.test(this.s.slice(this.p, this.p + 40))) {
      const pa = this.p;
      this.p += 5;
      this.need('(');
      const parameters = this.paramList();
      paramBlock = this.node('ParamBlockAst', pa, { attributes, parameters });
      this.seps();
    } else this.p = save;
    const blocks: Record<string, Node | null> = {
      begin: null,
      process: null,
      end: null,
      dynamicparam: null,
      clean: null,
    };
    this.seps();
    if (/^(begin|process|end|dynamicparam|clean)\s*\{/i.test(this.s.slice(this.p, this.p + 40))) {
      for (;;) {
        this.seps();
        const w = this.word().toLowerCase();
        if (!(w in blocks)) break;
        const b = this.p;
        this.p += w.length;
        const body = this.block();
        blocks[w] = { ...body, kind: 'NamedBlockAst', extent: this.ext(b) };
      }
    } else {
      const b = this.p;
      const list = this.statements();
      blocks['end'] = this.node('NamedBlockAst', b, list);
    }
    return this.node('ScriptBlockAst', a, {
      paramBlock,
      usingStatements: usings,
      beginBlock: blocks['begin'],
      processBlock: blocks['process'],
      endBlock: blocks['end'],
      dynamicParamBlock: blocks['dynamicparam'],
      cleanBlock: blocks['clean'],
    });
  }
  statements(): { statements: Node[]; traps: Node[] } {
    const statements: Node[] = [];
    const traps: Node[] = [];
    for (;;) {
      this.seps();
      if (this.p >= this.s.length || this.at('}') || this.at(')')) break;
      const st = this.statement();
      if (st.kind === 'TrapStatementAst') traps.push(st);
      statements.push(st);
      this.ws();
      const c = this.s[this.p];
      if (this.p < this.s.length && c !== ';' && c !== '\n' && c !== '\r' && c !== '}' && c !== ')') {
        if (!/Statement|Function|Type/.test(st.kind)) this.err('unexpected token');
      }
    }
    return { statements, traps };
  }
  block(): Node {
    this.need('{');
    const a = this.p - 1;
    const l = this.statements();
    this.need('}');
    return this.node('StatementBlockAst', a, l);
  }
  scriptBlock(): Node {
    const a = this.p;
    this.need('{');
    const n = this.blockBody(a);
    this.need('}');
    n.extent = this.ext(a);
    return n;
  }
  attributes(): Node[] {
    const out: Node[] = [];
    for (;;) {
      this.ws(true);
      if (!this.at('[')) return out;
      const save = this.p;
      const n = this.bracket(true);
      if (!n) {
        this.p = save;
        return out;
      }
      out.push(n);
    }
  }
  /** `[type]` or `[attr(...)]` */
  bracket(allowAttr: boolean): Node | undefined {
    const a = this.p;
    this.need('[');
    const name = this.typeName();
    this.ws(true);
    if (allowAttr && this.eat('(')) {
      const positionalArguments: Node[] = [];
      const namedArguments: Node[] = [];
      for (;;) {
        this.ws(true);
        if (this.eat(')')) break;
        if (this.eat(',')) continue;
        const m = /^([A-Za-z_]\w*)\s*(=(?!=))?/.exec(this.s.slice(this.p));
        const n0 = this.p;
        if (m && (m[2] || /^\s*[,)]/.test(this.s.slice(this.p + m[0].length)))) {
          this.p += m[0].length;
          this.ws(true);
          namedArguments.push(
            this.node('NamedAttributeArgumentAst', n0, {
              argumentName: m[1],
              argument: m[2] ? this.expr(0, true) : this.node('ConstantExpressionAst', n0, { value: true }),
              expressionOmitted: !m[2],
            }),
          );
        } else positionalArguments.push(this.expr(0, true));
      }
      this.need(']');
      return this.node('AttributeAst', a, {
        typeName: { fullName: name },
        positionalArguments,
        namedArguments,
      });
    }
    this.need(']');
    return this.node('TypeConstraintAst', a, { typeName: { fullName: name } });
  }
  typeName(): string {
    let depth = 0;
    const a = this.p;
    for (; this.p < this.s.length; this.p++) {
      const c = this.s[this.p] as string;
      if (c === '[') depth++;
      else if (c === ']') {
        if (depth === 0) break;
        depth--;
      } else if (c === '(' || c === '\n') break;
    }
    return this.s.slice(a, this.p).trim();
  }
  paramList(): Node[] {
    const out: Node[] = [];
    for (;;) {
      this.ws(true);
      if (this.eat(')')) return out;
      if (this.eat(',')) continue;
      const a = this.p;
      const attributes = this.attributes();
      this.ws(true);
      const name = this.variable();
      this.ws(true);
      let defaultValue: Node | null = null;
      if (this.at('=')) {
        this.p++;
        this.ws(true);
        defaultValue = this.expr(0, true);
      }
      out.push(this.node('ParameterAst', a, { name, attributes, defaultValue }));
    }
  }
  variable(): Node {
    const a = this.p;
    const splatted = this.s[this.p] === '@';
    this.p++;
    if (this.eat('{')) {
      const b = this.p;
      while (this.p < this.s.length && this.s[this.p] !== '}') this.p++;
      const path = this.s.slice(b, this.p).replace(/`(.)/g, '$1');
      this.p++;
      return this.node('VariableExpressionAst', a, { variablePath: { userPath: path }, splatted });
    }
    const m = /^(?:[A-Za-z_]\w*:(?!:)(?=\w))?(?:\w+|\?|\$|\^)/.exec(this.s.slice(this.p, this.p + 200));
    if (!m) this.err('variable');
    this.p += m[0].length;
    return this.node('VariableExpressionAst', a, { variablePath: { userPath: m[0] }, splatted });
  }
  label(): string | null {
    const m = /^:(\w+)\s*/.exec(this.s.slice(this.p, this.p + 60));
    if (!m) return null;
    this.p += m[0].length;
    return m[1] as string;
  }
  cond(): Node {
    this.need('(');
    this.ws(true);
    const n = this.pipelineStatement();
    this.need(')');
    return n;
  }
  statement(): Node {
    const a = this.p;
    const label = this.label();
    this.ws(true);
    if (this.at('[')) {
      const save = this.p;
      const attrs = this.attributes();
      this.ws(true);
      const w0 = this.word().toLowerCase();
      if (attrs.length && (w0 === 'class' || w0 === 'enum')) {
        return this.typeDef(a, attrs);
      }
      this.p = save;
    }
    const w = this.word().toLowerCase();
    const after = this.s[this.p + w.length] ?? '';
    const key = !/[\w-]/.test(after) ? w : '';
    const go = (): void => {
      this.p += w.length;
      this.ws(true);
    };
    switch (key) {
      case 'if': {
        const clauses: [Node, Node][] = [];
        let elseClause: Node | null = null;
        go();
        clauses.push([this.cond(), this.block()]);
        for (;;) {
          const save = this.p;
          this.ws(true);
          if (/^elseif\b/i.test(this.s.slice(this.p, this.p + 8))) {
            this.p += 6;
            clauses.push([this.cond(), this.block()]);
          } else if (/^else\b/i.test(this.s.slice(this.p, this.p + 6))) {
            this.p += 4;
            elseClause = this.block();
            break;
          } else {
            this.p = save;
            break;
          }
        }
        return this.node('IfStatementAst', a, { clauses, elseClause });
      }
      case 'while': {
        go();
        const condition = this.cond();
        return this.node('WhileStatementAst', a, { label, condition, body: this.block() });
      }
      case 'do': {
        go();
        const body = this.block();
        this.ws(true);
        const u = this.word().toLowerCase();
        this.p += 5;
        const condition = this.cond();
        return this.node(u === 'while' ? 'DoWhileStatementAst' : 'DoUntilStatementAst', a, {
          label,
          condition,
          body,
        });
      }
      case 'for': {
        go();
        this.need('(');
        const part = (end: string): Node | null => {
          this.ws(true);
          if (this.at(end)) {
            this.p++;
            return null;
          }
          const n = this.pipelineStatement();
          this.ws(true);
          if (!this.eat(end)) {
            if (end === ';') return n;
            this.err('for');
          }
          return n;
        };
        const initializer = part(';');
        this.ws(true);
        let condition: Node | null = null;
        let iterator: Node | null = null;
        if (!this.at(')')) {
          condition = part(';');
          iterator = part(')');
        } else this.p++;
        return this.node('ForStatementAst', a, {
          label,
          initializer,
          condition,
          iterator,
          body: this.block(),
        });
      }
      case 'foreach': {
        if (!/^foreach\s*\(/i.test(this.s.slice(this.p, this.p + 30))) break;
        go();
        this.need('(');
        this.ws(true);
        const variable = this.variable();
        this.ws(true);
        this.p += 2;
        this.ws(true);
        const condition = this.pipelineStatement();
        this.need(')');
        return this.node('ForEachStatementAst', a, { label, variable, condition, body: this.block() });
      }
      case 'switch': {
        go();
        let flags = '';
        let condition: Node | undefined;
        for (;;) {
          this.ws(true);
          const m = /^-(regex|wildcard|exact|casesensitive|file|r|w|c|f|e)\w*/i.exec(
            this.s.slice(this.p, this.p + 20),
          );
          if (!m) break;
          this.p += m[0].length;
          const f = (m[1] as string).toLowerCase();
          flags += ` ${({ r: 'regex', w: 'wildcard', c: 'casesensitive', f: 'file', e: 'exact' } as Record<string, string>)[f[0] as string]}`;
          if (f[0] === 'f') {
            this.ws(true);
            condition = this.at('(') ? undefined : this.wrap(this.argument());
          }
        }
        condition ??= this.cond();
        this.need('{');
        const clauses: [Node, Node][] = [];
        let def: Node | null = null;
        for (;;) {
          this.seps();
          if (this.eat('}')) break;
          if (/^default\s*\{/i.test(this.s.slice(this.p, this.p + 30))) {
            this.p += 7;
            def = this.block();
            continue;
          }
          const test = this.argument();
          clauses.push([test, this.block()]);
        }
        return this.node('SwitchStatementAst', a, { label, flags, condition, clauses, default: def });
      }
      case 'break':
      case 'continue': {
        this.p += w.length;
        this.ws();
        const m = /^[A-Za-z_]\w*/.exec(this.s.slice(this.p, this.p + 60));
        let l: Node | null = null;
        const la = this.p;
        if (m) {
          this.p += m[0].length;
          l = this.node('StringConstantExpressionAst', la, { value: m[0] });
        } else if (this.at('$')) l = this.primary();
        return this.node(key === 'break' ? 'BreakStatementAst' : 'ContinueStatementAst', a, { label: l });
      }
      case 'return':
      case 'exit':
      case 'throw': {
        this.p += w.length;
        this.ws();
        const c = this.s[this.p];
        const pipeline =
          c === undefined || c === ';' || c === '\n' || c === '\r' || c === '}' || c === ')'
            ? null
            : this.pipelineStatement();
        return this.node(
          key === 'return' ? 'ReturnStatementAst' : key === 'exit' ? 'ExitStatementAst' : 'ThrowStatementAst',
          a,
          { pipeline },
        );
      }
      case 'try': {
        go();
        const body = this.block();
        const catchClauses: object[] = [];
        let fin: Node | null = null;
        for (;;) {
          const save = this.p;
          this.ws(true);
          if (/^catch\b/i.test(this.s.slice(this.p, this.p + 6))) {
            this.p += 5;
            const catchTypes: Node[] = [];
            for (;;) {
              this.ws(true);
              if (this.at('[')) catchTypes.push(this.bracket(false) as Node);
              else if (this.at(',')) this.p++;
              else break;
            }
            catchClauses.push({ catchTypes, body: this.block() });
          } else if (/^finally\b/i.test(this.s.slice(this.p, this.p + 8))) {
            this.p += 7;
            fin = this.block();
            break;
          } else {
            this.p = save;
            break;
          }
        }
        return this.node('TryStatementAst', a, { body, catchClauses, finally: fin });
      }
      case 'trap': {
        go();
        const trapType = this.at('[') ? (this.bracket(false) as Node) : null;
        return this.node('TrapStatementAst', a, { trapType, body: this.block() });
      }
      case 'function':
      case 'filter': {
        go();
        const m = /^[^\s({]+/.exec(this.s.slice(this.p, this.p + 200)) as RegExpExecArray;
        this.p += m[0].length;
        this.ws(true);
        let parameters: Node[] | null = null;
        if (this.eat('(')) parameters = this.paramList();
        this.ws(true);
        const body = this.scriptBlock();
        const fn = this.node('FunctionDefinitionAst', a, {
          name: m[0],
          isFilter: key === 'filter',
          parameters,
          body,
        });
        if (key === 'filter' && body['endBlock'] && !body['processBlock']) {
          body['processBlock'] = body['endBlock'];
          body['endBlock'] = null;
        }
        return fn;
      }
      case 'class':
      case 'enum':
        return this.typeDef(a, []);
      case 'data': {
        if (!/^data\s+(\w+\s*)?\{/i.test(this.s.slice(this.p, this.p + 60))) break;
        go();
        const m = /^\w+/.exec(this.s.slice(this.p, this.p + 60));
        const variable = m ? m[0] : null;
        if (m) this.p += m[0].length;
        return this.node('DataStatementAst', a, { variable, body: this.block() });
      }
    }
    return this.pipelineStatement();
  }
  wrap(e: Node): Node {
    return {
      kind: 'PipelineAst',
      extent: e.extent,
      pipelineElements: [{ kind: 'CommandExpressionAst', extent: e.extent, expression: e, redirections: [] }],
    };
  }
  typeDef(a: number, attributes: Node[]): Node {
    const isEnum = this.word().toLowerCase() === 'enum';
    this.p += isEnum ? 4 : 5;
    this.ws(true);
    const name = this.word() || (/^[\w.]+/.exec(this.s.slice(this.p)) as RegExpExecArray)[0];
    this.p += name.length;
    this.ws(true);
    const baseTypes: Node[] = [];
    if (this.eat(':'))
      for (;;) {
        this.ws(true);
        if (this.eat(',')) continue;
        const m = /^[\w.]+(\[[\w.,\s]+\])?/.exec(this.s.slice(this.p, this.p + 200));
        if (!m) break;
        const b = this.p;
        this.p += m[0].length;
        baseTypes.push(this.node('TypeConstraintAst', b, { typeName: { fullName: m[0] } }));
      }
    this.need('{');
    const members: Node[] = [];
    for (;;) {
      this.seps();
      if (this.eat('}')) break;
      const m0 = this.p;
      if (isEnum) {
        const n = (/^\w+/.exec(this.s.slice(this.p)) as RegExpExecArray)[0];
        this.p += n.length;
        this.ws();
        let initialValue: Node | null = null;
        if (this.eat('=')) {
          this.ws(true);
          initialValue = this.expr(0, true);
        }
        members.push(
          this.node('PropertyMemberAst', m0, {
            name: n,
            initialValue,
            propertyType: null,
            attributes: [],
            isStatic: true,
            isHidden: false,
          }),
        );
        continue;
      }
      const attrs: Node[] = [];
      let isStatic = false;
      let isHidden = false;
      for (;;) {
        this.ws(true);
        if (this.at('[')) attrs.push(this.bracket(true) as Node);
        else if (/^static\b/i.test(this.s.slice(this.p, this.p + 7))) {
          this.p += 6;
          isStatic = true;
        } else if (/^hidden\b/i.test(this.s.slice(this.p, this.p + 7))) {
          this.p += 6;
          isHidden = true;
        } else break;
      }
      const type = attrs.find((x) => x.kind === 'TypeConstraintAst') ?? null;
      if (this.at('$')) {
        const v = this.variable();
        this.ws();
        let initialValue: Node | null = null;
        if (this.eat('=')) {
          this.ws(true);
          initialValue = this.expr(0);
        }
        members.push(
          this.node('PropertyMemberAst', m0, {
            name: (v['variablePath'] as { userPath: string }).userPath,
            propertyType: type,
            attributes: attrs,
            isStatic,
            isHidden,
            initialValue,
          }),
        );
        continue;
      }
      const n = (/^[\w]+/.exec(this.s.slice(this.p)) ?? (this.err('member') as never))[0] as string;
      this.p += n.length;
      this.need('(');
      const parameters = this.paramList();
      this.ws(true);
      let base: Node | undefined;
      if (this.eat(':')) {
        this.ws(true);
        const b = this.p;
        this.p += 4;
        this.need('(');
        const args = this.args();
        base = this.node('BaseCtorInvokeMemberExpressionAst', b, { arguments: args });
      }
      const body = this.scriptBlock();
      if (base) (body['endBlock'] as { statements: Node[] }).statements.unshift(this.wrap(base));
      members.push(
        this.node('FunctionMemberAst', m0, {
          name: n,
          returnType: type,
          parameters,
          body,
          isStatic,
          isHidden,
          isConstructor: n.toLowerCase() === name.toLowerCase(),
        }),
      );
    }
    return this.node('TypeDefinitionAst', a, {
      name,
      attributes,
      baseTypes,
      members,
      isEnum,
      isClass: !isEnum,
    });
  }
  args(): Node[] {
    const out: Node[] = [];
    for (;;) {
      this.ws(true);
      if (this.eat(')')) return out;
      if (this.eat(',')) continue;
      out.push(this.expr(0, true, true));
    }
  }

  pipelineStatement(): Node {
    const a = this.p;
    let left = this.pipeline();
    for (;;) {
      this.ws();
      const op = this.at('&&') ? 'AndAnd' : this.at('||') ? 'OrOr' : '';
      if (!op) return left;
      this.p += 2;
      this.ws(true);
      const right = this.pipeline();
      left = this.node('PipelineChainAst', a, { lhsPipelineChain: left, rhsPipeline: right, operator: op });
    }
  }
  pipeline(): Node {
    const a = this.p;
    const elements: Node[] = [];
    const first = this.element(true);
    if (first.kind === 'AssignmentStatementAst' || first.kind.endsWith('StatementAst')) return first;
    elements.push(first);
    for (;;) {
      const save = this.p;
      this.ws();
      if (this.at('|') && !this.at('||')) {
        this.p++;
        this.ws(true);
        elements.push(this.element(false));
        continue;
      }
      this.ws(true);
      if (this.at('|') && !this.at('||')) {
        this.p++;
        this.ws(true);
        elements.push(this.element(false));
        continue;
      }
      this.p = save;
      break;
    }
    const n = this.node('PipelineAst', a, { pipelineElements: elements });
    const last = elements.at(-1) as Node;
    (n.extent as Extent).endOffset = last.extent.endOffset;
    return n;
  }
  startsExpression(): boolean {
    const t = this.s.slice(this.p, this.p + 12);
    return (
      (/^[$"'(@[{]/.test(t) && !/^@[\w]/.test(t)) ||
      (/^[+-]?\.?\d/.test(t) && !/^[+-]?\d[\w.]*[A-Za-z_-]{3,}/.test(this.s.slice(this.p, this.p + 30))) ||
      /^(\+\+|--|!|-(not|bnot|split|join|isplit|csplit)\b|,)/i.test(t) ||
      /^[-+]\s*[$(\d]/.test(t) ||
      /^@\w+\s*=/.test(t) ||
      /^<#/.test(t)
    );
  }
  element(first: boolean): Node {
    this.ws();
    const a = this.p;
    if (this.at('&') || (this.at('.') && /[\s$({'"@]/.test(this.s[this.p + 1] ?? ''))) {
      const op = this.s[this.p] === '&' ? 'Ampersand' : 'Dot';
      this.p++;
      this.ws();
      return this.command(a, op);
    }
    if (this.startsExpression()) {
      const e = this.expr(0);
      this.ws();
      if (first) {
        const m = /^(\?\?=|[-+*/%]?=)(?!=)/.exec(this.s.slice(this.p, this.p + 4));
        if (m) {
          this.p += m[0].length;
          this.ws(true);
          const right = this.statement();
          return this.node('AssignmentStatementAst', a, {
            left: e,
            operator: (
              {
                '=': 'Equals',
                '+=': 'PlusEquals',
                '-=': 'MinusEquals',
                '*=': 'MultiplyEquals',
                '/=': 'DivideEquals',
                '%=': 'RemainderEquals',
                '??=': 'QuestionQuestionEquals',
              } as Record<string, string>
            )[m[0]],
            right,
          });
        }
      }
      const redirections = this.redirections();
      return {
        kind: 'CommandExpressionAst',
        extent: this.ext(a, redirections.length ? this.p : e.extent.endOffset),
        expression: e,
        redirections,
      };
    }
    return this.command(a, 'Unknown');
  }
  redirections(): Node[] {
    const out: Node[] = [];
    for (;;) {
      this.ws();
      const a = this.p;
      const m = /^([*1-6])?>(&[1-6]|>?)/.exec(this.s.slice(this.p, this.p + 5));
      if (!m) return out;
      this.p += m[0].length;
      const name = (n: string): string =>
        (
          ({
            '*': 'All',
            '1': 'Output',
            '2': 'Error',
            '3': 'Warning',
            '4': 'Verbose',
            '5': 'Debug',
            '6': 'Information',
          }) as Record<string, string>
        )[n] as string;
      if ((m[2] ?? '').startsWith('&'))
        out.push(
          this.node('MergingRedirectionAst', a, {
            fromStream: name(m[1] ?? '1'),
            toStream: name((m[2] as string)[1] as string),
          }),
        );
      else {
        this.ws();
        out.push(
          this.node('FileRedirectionAst', a, {
            fromStream: name(m[1] ?? '1'),
            append: m[2] === '>',
            location: this.argument(),
          }),
        );
      }
    }
  }
  command(a: number, op: string): Node {
    const elements: Node[] = [];
    const redirections: Node[] = [];
    let end = this.p;
    let literal = false;
    for (;;) {
      this.ws();
      const c = this.s[this.p];
      if (
        c === undefined ||
        c === '\n' ||
        c === '\r' ||
        c === ';' ||
        c === '|' ||
        c === ')' ||
        c === '}' ||
        (c === '&' && this.s[this.p + 1] === '&') ||
        (c === '&' && elements.length)
      )
        break;
      if (/^([*1-6])?>/.test(this.s.slice(this.p, this.p + 2))) {
        redirections.push(...this.redirections());
        end = this.p;
        continue;
      }
      const b = this.p;
      if (elements.length && !literal && /^-[A-Za-z_?]/.test(this.s.slice(this.p, this.p + 2))) {
        const m = /^-([A-Za-z_?][^\s:;|)}({,.'"]*)(:)?/.exec(
          this.s.slice(this.p, this.p + 100),
        ) as RegExpExecArray;
        this.p += m[0].length;
        let argument: Node | null = null;
        if (m[2]) {
          this.ws();
          argument = this.argument(true);
        }
        elements.push(this.node('CommandParameterAst', b, { parameterName: m[1], argument }));
        end = this.p;
        continue;
      }
      if (elements.length && !literal && /^--(\s|$)/.test(this.s.slice(this.p, this.p + 3))) {
        this.p += 2;
        literal = true;
        continue;
      }
      elements.push(this.argument(elements.length > 0));
      end = this.p;
    }
    if (!elements.length) this.err('command');
    const n = this.node('CommandAst', a, { commandElements: elements, invocationOperator: op, redirections });
    (n.extent as Extent).endOffset = end;
    return n;
  }
  /** One argument in argument mode; commas make arrays. */
  argument(list = false): Node {
    const a = this.p;
    const first = this.argumentOne();
    if (!list) return first;
    const items = [first];
    for (;;) {
      const save = this.p;
      this.ws();
      if (!this.at(',')) {
        this.p = save;
        break;
      }
      this.p++;
      this.ws(true);
      items.push(this.argumentOne());
    }
    return items.length === 1 ? first : this.node('ArrayLiteralAst', a, { elements: items });
  }
  argumentOne(): Node {
    const a = this.p;
    const c = this.s[this.p] as string;
    const t = this.s.slice(this.p, this.p + 40);
    if (c === '@' && /^@\w/.test(t)) return this.variable();
    if (c === '{') {
      const sb = this.scriptBlock();
      return this.postfix(this.node('ScriptBlockExpressionAst', a, { scriptBlock: sb }), a);
    }
    if (c === "'" || c === '"' || c === '(' || c === '@' || (c === '$' && /^\$[\w({?$^:]/.test(t))) {
      const e = this.primary();
      const nx = this.s[this.p];
      if (
        nx === undefined ||
        /[\s;|)},]/.test(nx) ||
        e.kind === 'ParenExpressionAst' ||
        c === "'" ||
        c === '"' ||
        c === '@'
      )
        return e;
      this.p = a;
    }
    if (/^[+-]?(0x[0-9a-f]+|\d+\.?\d*(e[+-]?\d+)?|\.\d+)([a-z]{0,4})(?=[\s;|)},]|$)/i.test(t)) {
      const m = /^[+-]?[\w.+-]+/.exec(t) as RegExpExecArray;
      const mm = /^[+-]?(0x[0-9a-f]+|\d+\.?\d*(e[+-]?\d+)?|\.\d+)([a-z]{0,4})(?=[\s;|)},]|$)/i.exec(
        t,
      ) as RegExpExecArray;
      void m;
      const v = numberFromString(mm[0]);
      if (v !== undefined) {
        this.p += mm[0].length;
        return this.node('ConstantExpressionAst', a, { value: v });
      }
    }
    // bareword, possibly with $ expansions
    let text = '';
    const parts: (string | Node)[] = [];
    let lit = '';
    while (this.p < this.s.length) {
      const ch = this.s[this.p] as string;
      if (/[\s;|){},(&]/.test(ch) && !(ch === '{' && false)) break;
      if (ch === '}') break;
      if (ch === '>' || ch === '<') break;
      if (ch === '`') {
        lit += this.s[this.p + 1] ?? '';
        this.p += 2;
        continue;
      }
      if (ch === "'" || ch === '"') {
        const e = this.primaryString();
        if (e.kind === 'StringConstantExpressionAst') lit += e['value'] as string;
        else {
          if (lit) parts.push(lit);
          lit = '';
          parts.push(e);
        }
        continue;
      }
      if (ch === '$' && /^\$[\w({?$^:]/.test(this.s.slice(this.p, this.p + 3))) {
        if (lit) parts.push(lit);
        lit = '';
        const b = this.p;
        const v = this.s[this.p + 1] === '(' ? this.primaryAtom() : this.variable();
        parts.push(parts.length === 0 && b === a ? this.postfix(v, b) : v);
        continue;
      }
      lit += ch;
      this.p++;
    }
    if (lit) parts.push(lit);
    text = parts.map((x) => (typeof x === 'string' ? x : x.extent.text)).join('');
    if (this.p === a) this.err('argument');
    if (parts.length === 1 && typeof parts[0] !== 'string') return parts[0] as Node;
    if (parts.every((x) => typeof x === 'string'))
      return this.node('StringConstantExpressionAst', a, { value: text });
    return this.node('ExpandableStringExpressionAst', a, { value: text, parts });
  }

  expr(min: number, multiline = false, noComma = false): Node {
    const a = this.p;
    let left = this.unary(multiline, noComma);
    for (;;) {
      const save = this.p;
      this.ws(multiline);
      const t = this.s.slice(this.p, this.p + 20);
      let op = '';
      let kind = '';
      let len = 0;
      const m = /^-([a-z]+)(?![\w-])/i.exec(t);
      if (m) {
        let w = (m[1] as string).toLowerCase();
        len = m[0].length;
        kind = w;
        if (!wordOps.has(w) && /^[ic]/.test(w) && wordOps.has(w.slice(1))) {
          if (w[0] === 'i') {
            kind = w.slice(1);
          }
          w = w.slice(1);
        }
        op = wordOps.has(w) ? w : '';
      } else if (t.startsWith('..')) {
        op = '..';
        len = 2;
        kind = 'DotDot';
      } else if (/^[-+*/%](?!=)/.test(t) && !/^(--|\+\+)/.test(t)) {
        op = t[0] as string;
        len = 1;
        kind = symbolKind[op] as string;
      } else if (/^\?\?(?!=)/.test(t) && min <= 0) {
        this.p += 2;
        this.ws(true);
        const right = this.expr(1, multiline, noComma);
        left = this.node('BinaryExpressionAst', a, { operator: 'QuestionQuestion', left, right });
        continue;
      } else if (/^\?[^?.[]/.test(t) && min <= 0) {
        this.p += 1;
        this.ws(true);
        const ifTrue = this.expr(1, true, true);
        this.need(':');
        this.ws(true);
        const ifFalse = this.expr(0, multiline, noComma);
        left = this.node('TernaryExpressionAst', a, { condition: left, ifTrue, ifFalse });
        continue;
      }
      if (!op || (precedence[op] as number) < Math.max(min, 0.5)) {
        this.p = save;
        return left;
      }
      this.p += len;
      this.ws(true);
      const right = this.expr((precedence[op] as number) + 1, multiline, noComma);
      left = this.node('BinaryExpressionAst', a, { operator: kind, left, right });
    }
  }
  unary(ml: boolean, noComma: boolean): Node {
    this.ws(ml);
    const a = this.p;
    const t = this.s.slice(this.p, this.p + 12);
    if (this.at(',')) {
      this.p++;
      this.ws(true);
      const child = this.unary(ml, true);
      return this.node('ArrayLiteralAst', a, { elements: [child] });
    }
    const list = (n: Node): Node => {
      if (noComma) return n;
      const items = [n];
      for (;;) {
        const save = this.p;
        this.ws(ml);
        if (!this.at(',')) {
          this.p = save;
          break;
        }
        this.p++;
        this.ws(true);
        items.push(this.unary(ml, true));
      }
      return items.length === 1 ? n : this.node('ArrayLiteralAst', a, { elements: items });
    };
    let m: RegExpExecArray | null;
    if ((m = /^-(not|bnot|split|join|isplit|csplit)(?![\w-])/i.exec(t))) {
      this.p += m[0].length;
      this.ws(true);
      return this.node('UnaryExpressionAst', a, { tokenKind: m[1], child: this.unary(ml, noComma) });
    }
    if (t.startsWith('!')) {
      this.p++;
      this.ws(true);
      return this.node('UnaryExpressionAst', a, { tokenKind: 'Exclaim', child: this.unary(ml, noComma) });
    }
    if (/^(\+\+|--)/.test(t)) {
      this.p += 2;
      return this.node('UnaryExpressionAst', a, {
        tokenKind: t[0] === '+' ? 'PlusPlus' : 'MinusMinus',
        child: this.unary(ml, true),
      });
    }
    if (/^[+-]/.test(t) && !/^[+-]\.?\d/.test(t)) {
      this.p++;
      this.ws(true);
      return this.node('UnaryExpressionAst', a, {
        tokenKind: t[0] === '+' ? 'Plus' : 'Minus',
        child: this.unary(ml, noComma),
      });
    }
    if (t.startsWith('[')) {
      const save = this.p;
      const b = this.bracket(true) as Node;
      if (b.kind === 'AttributeAst') {
        this.ws(true);
        return this.node('AttributedExpressionAst', a, { attribute: b, child: this.unary(ml, true) });
      }
      const nx = this.s[this.p];
      if (!(nx === undefined || this.at('::') || (this.at('.') && !/\d/.test(this.s[this.p + 1] ?? '')))) {
        const sp = this.p;
        this.ws();
        const c = this.s[this.p];
        if (
          c !== undefined &&
          /[$"'(@[{\d+\-!]/.test(c) &&
          !(
            /\s/.test(this.s[sp] ?? '') &&
            /^[-+]/.test(c) &&
            !/^[-+][\d$(]/.test(this.s.slice(this.p, this.p + 2))
          ) &&
          !/^-[a-z]/i.test(this.s.slice(this.p, this.p + 2))
        ) {
          const child = this.unary(ml, true);
          return list(this.node('ConvertExpressionAst', a, { type: b, child }));
        }
        this.p = sp;
      }
      this.p = save;
    }
    return list(this.primary());
  }
  primary(): Node {
    const a = this.p;
    return this.postfix(this.primaryAtom(), a);
  }
  postfix(n0: Node, a: number): Node {
    let n = n0;
    for (;;) {
      const t = this.s.slice(this.p, this.p + 3);
      let cond = false;
      if (t.startsWith('?.') || t.startsWith('?[')) {
        if (n.kind !== 'VariableExpressionAst' || n.extent.text.endsWith('}')) {
          cond = true;
          this.p++;
        }
      }
      const c = this.s[this.p];
      if (this.at('::') || (c === '.' && this.s[this.p + 1] !== '.')) {
        const isStatic = this.at('::');
        const save = this.p;
        this.p += isStatic ? 2 : 1;
        const b = this.p;
        let member: Node;
        const mc = this.s[this.p] ?? '';
        if (/[\w]/.test(mc)) {
          const m = /^\w+/.exec(this.s.slice(this.p, this.p + 100)) as RegExpExecArray;
          this.p += m[0].length;
          member = this.node('StringConstantExpressionAst', b, { value: m[0] });
        } else if (mc === '$' || mc === '"' || mc === "'" || mc === '(' || mc === '{')
          member =
            mc === '{'
              ? this.node('ScriptBlockExpressionAst', b, { scriptBlock: this.scriptBlock() })
              : this.primaryAtom();
        else {
          this.p = save;
          return n;
        }
        if (this.at('(')) {
          this.p++;
          const args = this.args();
          n = this.node('InvokeMemberExpressionAst', a, {
            expression: n,
            member,
            static: isStatic,
            arguments: args,
            nullConditional: cond,
          });
        } else if (
          this.at('{') &&
          member.kind === 'StringConstantExpressionAst' &&
          /^(foreach|where)$/i.test(member['value'] as string)
        ) {
          const ba = this.p;
          n = this.node('InvokeMemberExpressionAst', a, {
            expression: n,
            member,
            static: isStatic,
            arguments: [this.node('ScriptBlockExpressionAst', ba, { scriptBlock: this.scriptBlock() })],
          });
        } else
          n = this.node('MemberExpressionAst', a, {
            expression: n,
            member,
            static: isStatic,
            nullConditional: cond,
          });
        continue;
      }
      if (c === '[') {
        this.p++;
        this.ws(true);
        const index = this.expr(0, true);
        this.need(']');
        n = this.node('IndexExpressionAst', a, { target: n, index, nullConditional: cond });
        continue;
      }
      if (this.at('++') || this.at('--')) {
        if (
          ![
            'VariableExpressionAst',
            'MemberExpressionAst',
            'IndexExpressionAst',
            'ParenExpressionAst',
          ].includes(n.kind)
        )
          return n;
        const k = this.at('++') ? 'PostfixPlusPlus' : 'PostfixMinusMinus';
        this.p += 2;
        n = this.node('UnaryExpressionAst', a, { tokenKind: k, child: n });
        continue;
      }
      return n;
    }
  }
  primaryString(): Node {
    const a = this.p;
    const here = /^@["']\r?\n/.test(this.s.slice(this.p, this.p + 4));
    const q = this.s[here ? this.p + 1 : this.p] as string;
    if (here) {
      this.p = this.s.indexOf('\n', this.p) + 1;
      const m = new RegExp(`(\\r?\\n|^)${q}@`, 'm');
      const rest = this.s.slice(this.p - 1);
      const e = m.exec(rest) as RegExpExecArray;
      let body: string;
      const start = this.p;
      if (e.index === 0 && e[1] !== '') {
        body = '';
        this.p = this.p - 1 + e[0].length;
      } else {
        body = rest.slice(1, e.index);
        this.p = start - 1 + e.index + e[0].length;
      }
      if (q === "'") return this.node('StringConstantExpressionAst', a, { value: body });
      return this.expand(body, a, true);
    }
    this.p++;
    if (q === "'") {
      let v = '';
      for (;;) {
        const c = this.s[this.p];
        if (c === undefined) this.err('string');
        if (c === "'") {
          if (this.s[this.p + 1] === "'") {
            v += "'";
            this.p += 2;
            continue;
          }
          this.p++;
          break;
        }
        v += c;
        this.p++;
      }
      return this.node('StringConstantExpressionAst', a, { value: v });
    }
    const b = this.p;
    let depth = 0;
    for (;;) {
      const c = this.s[this.p];
      if (c === undefined) this.err('string');
      if (c === '`') {
        this.p += 2;
        continue;
      }
      if (depth === 0 && c === '"') {
        if (this.s[this.p + 1] === '"') {
          this.p += 2;
          continue;
        }
        break;
      }
      if (c === '$' && this.s[this.p + 1] === '(') {
        const sub = new Parser(this.s, this.file);
        sub.p = this.p;
        sub.primaryAtom();
        this.p = sub.p;
        continue;
      }
      this.p++;
    }
    const body = this.s.slice(b, this.p);
    this.p++;
    void depth;
    return this.expand(body, a, false, b);
  }
  expand(body: string, a: number, here: boolean, _offset = 0): Node {
    const parts: (string | Node)[] = [];
    let lit = '';
    const sub = new Parser(body, this.file);
    while (sub.p < body.length) {
      const c = body[sub.p] as string;
      if (c === '`') {
        const e = body[sub.p + 1] ?? '';
        sub.p += 2;
        const map: Record<string, string> = {
          n: '\n',
          r: '\r',
          t: '\t',
          '0': '\0',
          a: '\x07',
          b: '\b',
          f: '\f',
          v: '\v',
          e: '\x1b',
        };
        if (e === 'u' && body[sub.p] === '{') {
          const end = body.indexOf('}', sub.p);
          lit += String.fromCodePoint(parseInt(body.slice(sub.p + 1, end), 16));
          sub.p = end + 1;
        } else lit += map[e] ?? e;
        continue;
      }
      if (!here && c === '"' && body[sub.p + 1] === '"') {
        lit += '"';
        sub.p += 2;
        continue;
      }
      if (c === '$' && /^\$(\(|\{|[\w?$^]|:)/.test(body.slice(sub.p, sub.p + 2))) {
        if (body[sub.p + 1] === ':') {
          lit += c;
          sub.p++;
          continue;
        }
        if (lit) parts.push(lit);
        lit = '';
        parts.push(body[sub.p + 1] === '(' ? sub.primaryAtom() : sub.variable());
        continue;
      }
      lit += c;
      sub.p++;
    }
    if (lit) parts.push(lit);
    if (parts.every((x) => typeof x === 'string'))
      return this.node('StringConstantExpressionAst', a, { value: parts.join('') });
    return this.node('ExpandableStringExpressionAst', a, { value: body, parts });
  }
  primaryAtom(): Node {
    const a = this.p;
    const c = this.s[this.p] as string;
    const t = this.s.slice(this.p, this.p + 60);
    if (c === "'" || c === '"' || /^@["']\r?\n/.test(t)) return this.primaryString();
    if (t.startsWith('$(')) {
      this.p += 2;
      const b = this.p;
      const l = this.statements();
      const body = this.node('StatementBlockAst', b, l);
      this.need(')');
      return this.node('SubExpressionAst', a, { subExpression: body });
    }
    if (t.startsWith('@(')) {
      this.p += 2;
      const b = this.p;
      const l = this.statements();
      const body = this.node('StatementBlockAst', b, l);
      this.need(')');
      return this.node('ArrayExpressionAst', a, { subExpression: body });
    }
    if (t.startsWith('@{')) {
      this.p += 2;
      const pairs: [Node, Node][] = [];
      for (;;) {
        this.seps();
        if (this.eat('}')) break;
        let key: Node;
        const k = this.p;
        const m = /^[A-Za-z_][\w-]*/.exec(this.s.slice(this.p, this.p + 100));
        if (m) {
          this.p += m[0].length;
          key = this.node('StringConstantExpressionAst', k, { value: m[0] });
        } else key = this.expr(0, true, true);
        this.ws(true);
        this.need('=');
        this.ws(true);
        pairs.push([key, this.statement()]);
      }
      return this.node('HashtableAst', a, { keyValuePairs: pairs });
    }
    if (c === '(') {
      this.p++;
      this.ws(true);
      const pipeline = this.statement();
      this.need(')');
      return this.node('ParenExpressionAst', a, { pipeline });
    }
    if (c === '{') return this.node('ScriptBlockExpressionAst', a, { scriptBlock: this.scriptBlock() });
    if (c === '$' || (c === '@' && /^@\w/.test(t))) return this.variable();
    if (c === '[') {
      const b = this.bracket(false) as Node;
      return this.node('TypeExpressionAst', a, { typeName: b['typeName'] });
    }
    const m =
      /^[+-]?(0x[0-9a-f]+(ul|us|uy|l|u|s|y|n)?|0b[01]+|(\d+(\.(?!\.)\d*)?|\.\d+)(e[+-]?\d+)?(ul|us|uy|l|d|u|s|y|n)?)(kb|mb|gb|tb|pb)?/i.exec(
        t,
      );
    if (m) {
      let txt = m[0];
      if (txt.endsWith('.') && /[A-Za-z]/.test(t[txt.length] ?? '')) txt = txt.slice(0, -1);
      this.p += txt.length;
      const v = /^0b/i.test(txt) ? parseInt(txt.slice(2), 2) : numberFromString(txt);
      return this.node('ConstantExpressionAst', a, { value: v as Value });
    }
    return this.err('expression');
  }
}
