import { areDisjoint, CharSet, eitherCase, foldCase } from './char-set.ts';
import type { Node, ParsedPattern } from './nodes.ts';
import { regexOptions } from './options.ts';
import type { Lead, Program } from './program.ts';
import { op } from './program.ts';

const unbounded = 0x7fffffff;
const limit = (max: number): number => (max >= unbounded ? unbounded : max);

/** Turns a parsed pattern into instructions. */
export function compilePattern(parsed: ParsedPattern): Program {
  const backward = (parsed.options & regexOptions.rightToLeft) !== 0;
  const compiler = new Compiler(parsed.groupNumbers);
  compiler.emit(parsed.root, []);
  compiler.code.push(op.match);
  return {
    code: Int32Array.from(compiler.code),
    sets: compiler.sets,
    texts: compiler.texts,
    registers: compiler.registers,
    groupNumbers: parsed.groupNumbers,
    backward,
    lead: backward ? undefined : leadOf(parsed.root),
  };
}

class Compiler {
  readonly code: number[] = [];
  readonly sets: CharSet[] = [];
  readonly texts: string[] = [];
  registers = 0;
  private readonly slots: ReadonlyMap<number, number>;
  constructor(groupNumbers: readonly number[]) {
    this.slots = new Map(groupNumbers.map((n, slot) => [n, slot]));
  }

  private register(): number {
    this.registers += 2;
    return this.registers - 2;
  }
  private slot(group: number): number {
    return group < 0 ? -1 : (this.slots.get(group) as number);
  }
  private setIndex(set: CharSet): number {
    const known = this.sets.indexOf(set);
    return known >= 0 ? known : this.sets.push(set) - 1;
  }
  /** A hole for a target that is not known yet; `land` fills it. */
  private hole(): number {
    return this.code.push(-1) - 1;
  }
  private land(hole: number): void {
    this.code[hole] = this.code.length;
  }

  /** `follow`: what must come after the node for the whole to match. */
  emit(node: Node, follow: Starts): void {
    const { code } = this;
    switch (node.kind) {
      case 'empty':
        return;
      case 'char':
        this.one(node.code, node.ignoreCase, node.backward);
        return;
      case 'set':
        code.push(node.backward ? op.setBack : op.set, this.setIndex(node.set));
        return;
      case 'concat':
        this.sequence(node.backward ? node.nodes.toReversed() : node.nodes, node.backward, follow);
        return;
      case 'alternate': {
        const ends: number[] = [];
        node.nodes.forEach((branch, i) => {
          if (i === node.nodes.length - 1) {
            this.emit(branch, follow);
            return;
          }
          code.push(op.split);
          const next = this.hole();
          this.emit(branch, follow);
          code.push(op.jump);
          ends.push(this.hole());
          this.land(next);
        });
        for (const end of ends) this.land(end);
        return;
      }
      case 'loop':
        this.loop(node, follow);
        return;
      case 'capture': {
        const register = this.register();
        code.push(op.captureStart, register);
        this.emit(node.node, follow);
        code.push(op.captureEnd, register, this.slot(node.group), this.slot(node.balances));
        return;
      }
      case 'atomic': {
        const register = this.register();
        code.push(op.mark, register);
        this.emit(node.node, undefined);
        code.push(op.commit, register);
        return;
      }
      case 'look': {
        const register = this.register();
        if (node.negative) {
          code.push(op.negative, register);
          const next = this.hole();
          this.emit(node.node, undefined);
          code.push(op.negativeEnd, register);
          this.land(next);
        } else {
          code.push(op.mark, register);
          this.emit(node.node, undefined);
          code.push(op.commitReturn, register);
        }
        return;
      }
      case 'reference':
        code.push(
          node.backward ? op.referenceBack : op.reference,
          this.slot(node.group),
          node.ignoreCase ? 1 : 0,
        );
        return;
      case 'ifGroup': {
        code.push(op.ifGroup, this.slot(node.group));
        this.branches(this.hole(), node.yes, node.no, follow);
        return;
      }
      case 'ifMatch': {
        const register = this.register();
        code.push(op.ifMatch, register);
        const otherwise = this.hole();
        this.emit(node.test, undefined);
        code.push(op.commitReturn, register);
        this.branches(otherwise, node.yes, node.no, follow);
        return;
      }
      case 'anchor':
        code.push(op[node.anchor]);
    }
  }
  private branches(otherwise: number, yes: Node, no: Node, follow: Starts): void {
    this.emit(yes, follow);
    this.code.push(op.jump);
    const end = this.hole();
    this.land(otherwise);
    this.emit(no, follow);
    this.land(end);
  }

  private one(code: number, ignoreCase: boolean, backward: boolean): void {
    if (ignoreCase && hasCase(code))
      this.code.push(backward ? op.setBack : op.set, this.setIndex(eitherCase(code)));
    else this.code.push(backward ? op.charBack : op.char, code);
  }

  /** Joins characters that stand side by side into one comparison. */
  private sequence(nodes: readonly Node[], backward: boolean, follow: Starts): void {
    const follows: Starts[] = new Array<Starts>(nodes.length + 1);
    follows[nodes.length] = follow;
    for (let i = nodes.length - 1; i >= 0; i--)
      follows[i] = backward ? undefined : startsOf(nodes[i] as Node, follows[i + 1]);
    for (let i = 0; i < nodes.length;) {
      let text = '';
      let j = i;
      for (; j < nodes.length; j++) {
        const node = nodes[j] as Node;
        if (node.kind !== 'char' || (node.ignoreCase && hasCase(node.code))) break;
        const c = String.fromCharCode(node.code);
        text = backward ? c + text : text + c;
      }
      if (text.length > 1) {
        this.code.push(backward ? op.textBack : op.text, this.texts.push(text) - 1);
        i = j;
      } else {
        this.emit(nodes[i] as Node, follows[i + 1]);
        i++;
      }
    }
  }

  private loop(node: Node & { kind: 'loop' }, follow: Starts): void {
    const { code } = this;
    const { min, lazy } = node;
    const max = limit(node.max);
    const body = node.node;
    if (max === 0) return;
    if (min === 1 && max === 1) {
      this.emit(body, follow);
      return;
    }
    const set =
      body.kind === 'set'
        ? body.set
        : body.kind === 'char'
          ? body.ignoreCase && hasCase(body.code)
            ? eitherCase(body.code)
            : onlyCode(body.code)
          : undefined;
    if (set && (body.kind === 'set' || body.kind === 'char')) {
      code.push(
        lazy
          ? body.backward
            ? op.repeatLazyBack
            : op.repeatLazy
          : body.backward
            ? op.repeatBack
            : follow?.every((other) => areDisjoint(set, other)) && max === unbounded
              ? // What follows cannot begin within the run: nothing need be given back.
                op.repeatAtomic
              : op.repeat,
        this.setIndex(set),
        min,
        max,
      );
      return;
    }
    if (min === 0 && max === 1) {
      this.optional(body, lazy, follow);
      return;
    }
    const register = this.register();
    code.push(op.loopStart, register);
    const test = code.length;
    code.push(lazy ? op.loopTestLazy : op.loopTest, register, min, max);
    const exit = this.hole();
    if (lazy) code.push(op.loopEnter, register);
    this.emit(body, undefined);
    code.push(op.jump, test);
    this.land(exit);
  }
  private optional(body: Node, lazy: boolean, follow: Starts): void {
    const { code } = this;
    code.push(op.split);
    if (!lazy) {
      const skip = this.hole();
      this.emit(body, follow);
      this.land(skip);
      return;
    }
    const enter = this.hole();
    code.push(op.jump);
    const skip = this.hole();
    this.land(enter);
    this.emit(body, follow);
    this.land(skip);
  }
}

const singles = new Map<number, CharSet>();
function onlyCode(code: number): CharSet {
  let set = singles.get(code);
  if (!set) singles.set(code, (set = new CharSet((c) => c === code, code < 128)));
  return set;
}
const hasCase = (code: number): boolean => {
  const text = String.fromCharCode(code);
  return foldCase(code) !== code || text.toUpperCase() !== text || text.toLowerCase() !== text;
};

/** Sets one of which the next character is in, if there is one; none: nothing need follow. Undefined: not known. */
type Starts = readonly CharSet[] | undefined;
const both = (a: Starts, b: Starts): Starts => a && b && [...a, ...b];

/** What `node` followed by `follow` can begin with. */
function startsOf(node: Node, follow: Starts): Starts {
  switch (node.kind) {
    case 'empty':
      return follow;
    case 'char':
    case 'set':
      return startTests(node);
    case 'anchor':
      if (node.anchor === 'endOrNewline' || node.anchor === 'lineEnd') return [onlyCode(10)];
      return node.anchor === 'end' ? [] : nonEmpty(follow);
    case 'look':
      return nonEmpty(follow);
    case 'capture':
    case 'atomic':
      return startsOf(node.node, follow);
    case 'loop': {
      const once = startsOf(node.node, follow);
      return node.min > 0 ? once : both(once, follow);
    }
    case 'alternate': {
      let all: Starts = [];
      for (const branch of node.nodes) all = both(all, startsOf(branch, follow));
      return all;
    }
    case 'concat':
      return node.backward ? undefined : node.nodes.reduceRight<Starts>((f, n) => startsOf(n, f), follow);
    default:
      return undefined;
  }
}
/** After a condition the end of the pattern is no longer certain to be reached. */
const nonEmpty = (follow: Starts): Starts => (follow?.length === 0 ? undefined : follow);

/** What a match must begin with. */
function leadOf(root: Node): Lead | undefined {
  const first = firstNodes(root);
  const head = first[0];
  if (head?.kind === 'anchor') {
    if (head.anchor === 'start' || head.anchor === 'lineStart') return { kind: head.anchor };
  }
  let text = '';
  for (const node of first) {
    if (node.kind !== 'char' || (node.ignoreCase && hasCase(node.code))) break;
    text += String.fromCharCode(node.code);
  }
  if (text !== '') return { kind: 'text', text };
  const tests = startTests(root);
  return tests && { kind: 'set', set: new CharSet((c) => tests.some((s) => s.has(c))) };
}
/** The nodes a match certainly begins with, groups opened. */
function firstNodes(node: Node): Node[] {
  switch (node.kind) {
    case 'concat': {
      if (node.backward) return [];
      const out: Node[] = [];
      for (const part of node.nodes) {
        if (part.kind === 'char') {
          out.push(part);
          continue;
        }
        if (out.length === 0) return firstNodes(part);
        break;
      }
      return out;
    }
    case 'char':
    case 'anchor':
      return [node];
    case 'capture':
    case 'atomic':
      return firstNodes(node.node);
    case 'loop':
      return node.min > 0 && node.node.kind !== 'anchor' ? firstNodes(node.node).slice(0, 1) : [];
    default:
      return [];
  }
}
/** Sets one of which the first character is in; undefined where a match may be empty or is not known. */
function startTests(node: Node): CharSet[] | undefined {
  switch (node.kind) {
    case 'char':
      return node.backward
        ? undefined
        : [node.ignoreCase && hasCase(node.code) ? eitherCase(node.code) : onlyCode(node.code)];
    case 'set':
      return node.backward ? undefined : [node.set];
    case 'capture':
    case 'atomic':
      return startTests(node.node);
    case 'loop':
      return node.min > 0 ? startTests(node.node) : undefined;
    case 'alternate': {
      const all: CharSet[] = [];
      for (const branch of node.nodes) {
        const one = startTests(branch);
        if (!one) return undefined;
        all.push(...one);
      }
      return all;
    }
    case 'concat': {
      if (node.backward) return undefined;
      const optional: CharSet[] = [];
      for (const part of node.nodes) {
        if (part.kind === 'empty' || part.kind === 'anchor' || part.kind === 'look') {
          continue;
        }
        if (part.kind === 'loop' && part.min === 0) {
          const one = startTests({ ...part, min: 1 });
          if (!one) return undefined;
          optional.push(...one);
          continue;
        }
        const one = startTests(part);
        return one && [...optional, ...one];
      }
      return undefined;
    }
    default:
      return undefined;
  }
}
