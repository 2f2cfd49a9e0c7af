import { mayWait, waitingMethod } from '../types/waiting-methods.ts';
import { assertNever } from '../../../base/assert-never.ts';
import { bitwiseNot, increment, negate, unaryPlus } from '../types/arithmetic.ts';
import { keyOf } from '../types/collections.ts';
import { DictionaryValue, hashtable, orderedDictionary } from '../types/collections.ts';
import { convertTo } from '../types/convert.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { objectType } from '../types/dotnet-type.ts';
import { elementsOf } from '../types/enumerate.ts';
import { ConversionError, runtimeError } from '../types/errors.ts';
import {
  callMethod,
  callStatic,
  getStatic,
  invokeOverloads,
  propertyNotFoundStrict,
  readMember,
} from '../types/member.ts';
import { DotNetObject, PSArray, PSCustomObject, stringType } from '../types/objects.ts';
import { resolveType } from '../types/registry.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import { joinAll, splitWhite } from '../types/text-operators.ts';
import { toText } from '../types/text.ts';
import { isTrue } from '../types/truth.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull, PSReference, unwrap } from '../types/value.ts';
import { DotNetType as TypeClass } from '../types/dotnet-type.ts';
import type { Frame } from '../run/frame.ts';
import type { Scope } from '../run/scope.ts';
import type { Steps } from '../run/steps.ts';
import { readQualified, readVariable } from '../run/variables.ts';
import { compileTarget } from './assignment.ts';
import { attempt, attemptedExpr, rest, suspend, suspended } from './attempt.ts';
import { collected } from './collected.ts';
import type { CodeUnit, Expr } from './code.ts';
import { finish } from './code.ts';
import type { CompileContext } from './context.ts';
import { indexValue } from './indexing.ts';
import { binaryOperators, convertAs, isOfType } from './operators.ts';
import { asStatement, compileBlock, compilePipelineValue } from './statement.ts';
import type {
  ExpressionAst,
  InvokeMemberExpressionAst,
  MemberExpressionAst,
  StatementAst,
  VariableExpressionAst,
} from '../parse/tree.ts';
import { isPureExpressionPipeline } from '../parse/tree.ts';
import { fixedType, typeFromName } from './type-name.ts';
import { unitFor } from './unit.ts';

const constant = (value: Value): Expr => ({ sync: true, run: () => value });

/** Builds an expression whose generator form is given; it becomes plain where all its parts are. */
export function combine(parts: readonly Expr[], steps: (frame: Frame) => Steps<Value>): Expr {
  return parts.every((p) => p.sync)
    ? { sync: true, run: (frame) => finish(steps(frame)) }
    : { sync: false, run: steps };
}
export function* evaluate(code: Expr, frame: Frame): Steps<Value> {
  const value = attempt(code, frame);
  return value === suspended ? yield* rest<Value>(frame) : value;
}

/** An expression from one operand. */
function unary(operand: Expr, apply: (value: Value, frame: Frame) => Value): Expr {
  if (operand.sync) {
    const { run } = operand;
    return { sync: true, run: (frame) => apply(run(frame), frame) };
  }
  function* goOn(steps: Steps<Value>, frame: Frame): Steps<Value> {
    return apply(yield* steps, frame);
  }
  return attemptedExpr((frame) => {
    const value = attempt(operand, frame);
    return value === suspended ? suspend(frame, goOn(rest(frame), frame)) : apply(value, frame);
  });
}
function binary(left: Expr, right: Expr, apply: (a: Value, b: Value, frame: Frame) => Value): Expr {
  if (left.sync && right.sync) {
    const a = left.run;
    const b = right.run;
    return { sync: true, run: (frame) => apply(a(frame), b(frame), frame) };
  }
  function* afterLeft(steps: Steps<Value>, frame: Frame): Steps<Value> {
    const a = yield* steps;
    return apply(a, yield* evaluate(right, frame), frame);
  }
  function* afterRight(a: Value, steps: Steps<Value>, frame: Frame): Steps<Value> {
    return apply(a, yield* steps, frame);
  }
  return attemptedExpr((frame) => {
    const a = attempt(left, frame);
    if (a === suspended) return suspend(frame, afterLeft(rest(frame), frame));
    const b = attempt(right, frame);
    return b === suspended ? suspend(frame, afterRight(a, rest(frame), frame)) : apply(a, b, frame);
  });
}

const constants: Readonly<Record<string, Value>> = { true: true, false: false, null: null };

export function compileVariable(node: VariableExpressionAst, context: CompileContext, strictFrom = 1): Expr {
  const path = node.variablePath.userPath;
  const colon = path.indexOf(':');
  if (colon <= 0) {
    const name = path;
    let lower = name.toLowerCase();
    if (Object.hasOwn(constants, lower)) return constant(constants[lower] as Value);
    if (lower === 'psitem') lower = '_';
    if (lower === '?') return { sync: true, run: (frame) => frame.session.success };
    const slot = context.slot(lower);
    return {
      sync: true,
      run: (frame) => {
        const known = frame.locals[slot];
        return known !== undefined && !known.removed
          ? known.value
          : readVariable(frame, lower, name, slot, strictFrom);
      },
    };
  }
  const qualifier = path.slice(0, colon).toLowerCase();
  const name = path.slice(colon + 1);
  const lower = name.toLowerCase();
  return { sync: true, run: (frame) => readQualified(frame, qualifier, lower, name) };
}

export function compileExpression(node: ExpressionAst, context: CompileContext): Expr {
  switch (node.kind) {
    case 'ConstantExpressionAst':
      return constant(node.value as Value);
    case 'StringConstantExpressionAst':
      return constant(node.value);
    case 'VariableExpressionAst':
      return compileVariable(node, context);
    case 'ExpandableStringExpressionAst':
      return compileExpandable(node.parts, context);
    case 'ParenExpressionAst':
      return compileParen(node.pipeline, context);
    case 'SubExpressionAst':
      return compileSub(node.subExpression.statements, node.subExpression, context, false);
    case 'ArrayExpressionAst':
      return compileArrayExpression(node, context);
    case 'ArrayLiteralAst': {
      const items = node.elements.map((e) => compileExpression(e, context));
      if (items.every((i) => i.sync)) {
        const runs = items.map((i) => i.run as (frame: Frame) => Value);
        return {
          sync: true,
          run: (frame) => {
            const values: Value[] = new Array<Value>(runs.length);
            for (let i = 0; i < runs.length; i++)
              values[i] = plain((runs[i] as (frame: Frame) => Value)(frame));
            return new PSArray(values);
          },
        };
      }
      return combine(items, function* (frame) {
        const values: Value[] = [];
        for (const item of items) values.push(plain(yield* evaluate(item, frame)));
        return new PSArray(values);
      });
    }
    case 'HashtableAst':
      return compileHashtable(node.keyValuePairs, context, false);
    case 'ScriptBlockExpressionAst': {
      const { scriptBlock } = node;
      let unit: CodeUnit | undefined;
      return {
        sync: true,
        run: (frame) => {
          unit ??= unitFor(scriptBlock, context.file, context.session, context.using);
          const block = new ScriptBlockValue(scriptBlock, unit, context.file);
          const module = frame.scope.module;
          if (module) block.scope = module.scope === frame.scope.script ? undefined : undefined;
          bindModule(block, frame.scope);
          return block;
        },
      };
    }
    case 'TypeExpressionAst': {
      const { typeName } = node;
      const found = fixedType(typeName, context);
      if (found) return constant(found);
      return { sync: true, run: () => needType(typeName.fullName, context) };
    }
    case 'UnaryExpressionAst':
      return compileUnary(node, context);
    case 'BinaryExpressionAst':
      return compileBinary(node, context);
    case 'TernaryExpressionAst': {
      const condition = compileExpression(node.condition, context);
      const yes = compileExpression(node.ifTrue, context);
      const no = compileExpression(node.ifFalse, context);
      return combine([condition, yes, no], function* (frame) {
        return yield* evaluate(isTrue(yield* evaluate(condition, frame)) ? yes : no, frame);
      });
    }
    case 'ConvertExpressionAst':
      return compileConvert(node, context);
    case 'AttributedExpressionAst':
      return compileExpression(node.child, context);
    case 'MemberExpressionAst':
      return compileMember(node, context);
    case 'InvokeMemberExpressionAst':
      return compileInvoke(node, context);
    case 'BaseCtorInvokeMemberExpressionAst':
      return constant(null);
    case 'IndexExpressionAst': {
      const target = compileExpression(node.target, context);
      const index = compileExpression(node.index, context);
      const nullConditional = node.nullConditional ?? false;
      return binary(target, index, (t, i, frame) =>
        nullConditional && isNull(t) ? null : indexValue(t, i, frame.scope.strict),
      );
    }
    case 'UsingExpressionAst': {
      const own = compileExpression(node.subExpression, context);
      const key = node.extent.text.replace(/^[$@]\{?using:/i, '').toLowerCase();
      // In a job the values came with its script; elsewhere it is the variable itself.
      return combine([own], function* (frame) {
        const given = frame.session.usingValues?.get(key);
        return given === undefined ? yield* evaluate(own, frame) : given;
      });
    }
    case 'ErrorExpressionAst':
      return constant(null);
    default:
      return assertNever(node);
  }
}

/** Script blocks made in a module run in it wherever they are called. */
function bindModule(block: ScriptBlockValue, scope: Scope): void {
  if (scope.module) block.scope = undefined;
}

/** As an element: nothing becomes $null. */
const plain = (value: Value): Value => (value === automationNull ? null : value);

function compileExpandable(parts: readonly (string | ExpressionAst)[], context: CompileContext): Expr {
  const pieces = parts.map((p) => {
    if (typeof p === 'string') return p;
    return p.kind === 'VariableExpressionAst'
      ? compileVariable(p, context, 2)
      : compileExpression(p, context);
  });
  const codes = pieces.filter((p): p is Expr => typeof p !== 'string');
  if (codes.every((c) => c.sync)) {
    const runs = pieces.map((p) => (typeof p === 'string' ? p : (p.run as (frame: Frame) => Value)));
    return {
      sync: true,
      run: (frame) => {
        let text = '';
        for (const piece of runs) {
          if (typeof piece === 'string') text += piece;
          else {
            const value = piece(frame);
            text +=
              typeof value === 'string'
                ? value
                : typeof value === 'number'
                  ? toText(value)
                  : expanded(value, frame);
          }
        }
        return text;
      },
    };
  }
  return combine(codes, function* (frame) {
    let text = '';
    for (const piece of pieces)
      text += typeof piece === 'string' ? piece : expanded(yield* evaluate(piece, frame), frame);
    return text;
  });
}
function expanded(value: Value, frame: Frame): string {
  if (typeof value !== 'object' || value === null) return toText(value);
  const ofs = frame.scope.find('ofs');
  return toText(value, ofs === undefined || isNull(ofs.value) ? ' ' : toText(ofs.value));
}

/** `( … )`. */
function compileParen(pipeline: StatementAst, context: CompileContext): Expr {
  return compilePipelineValue(pipeline, context);
}

/** `$( … )`: output of the statements as one value. */
const isIncrement = (node: ExpressionAst): boolean =>
  node.kind === 'UnaryExpressionAst' && /plusplus|minusminus/i.test(node.tokenKind);

function compileSub(
  statements: readonly StatementAst[],
  block: Parameters<typeof compileBlock>[0],
  context: CompileContext,
  asArray: boolean,
): Expr {
  const only = statements.length === 1 ? statements[0] : undefined;
  // An increment as a statement gives nothing: only the compiled block knows that.
  if (only && isPureExpressionPipeline(only) && !isIncrement(only.pipelineElements[0].expression)) {
    const inner = asStatement(compileExpression(only.pipelineElements[0].expression, context), only.extent);
    if (!asArray) return unary(inner, unrolledOne);
  }
  return collected(compileBlock(block, context), propagate, (list) =>
    asArray ? new PSArray(list.items) : list.value(),
  );
}
/** Writing a value and collecting it again: a list of one is its element, an empty one nothing. */
function unrolledOne(value: Value): Value {
  const elements = elementsOf(value);
  if (!elements) return value;
  if (elements.length === 0) return automationNull;
  if (elements.length === 1) return elements[0] as Value;
  return value instanceof PSArray && value.elementType === objectType ? value : new PSArray([...elements]);
}

import { breaking, continuing, LoopFlow, returning } from '../run/flow.ts';
import type { Signal } from '../run/flow.ts';

/** A signal inside `$( )` leaves it as an exception; `return` ends the function. */
function propagate(signal: Signal, frame: Frame): void {
  if (signal === breaking || signal === continuing) throw new LoopFlow(signal, frame.label);
  if (signal === returning) return;
}

function compileArrayExpression(
  node: { readonly subExpression: Parameters<typeof compileBlock>[0] },
  context: CompileContext,
): Expr {
  const { statements } = node.subExpression;
  const only = statements.length === 1 ? statements[0] : undefined;
  if (statements.length === 0) return { sync: true, run: () => new PSArray([]) };
  // An increment as a statement gives nothing: only the compiled block knows that.
  if (only && isPureExpressionPipeline(only) && !isIncrement(only.pipelineElements[0].expression)) {
    const inner = asStatement(compileExpression(only.pipelineElements[0].expression, context), only.extent);
    const isLiteral = only.pipelineElements[0].expression.kind === 'ArrayLiteralAst';
    return unary(inner, (value) => {
      if (isLiteral) return value;
      if (value === automationNull) return new PSArray([]);
      const elements = elementsOf(value);
      return elements ? new PSArray([...elements]) : new PSArray([value]);
    });
  }
  return compileSub(statements, node.subExpression, context, true);
}

export function compileHashtable(
  pairs: readonly (readonly [ExpressionAst, StatementAst])[],
  context: CompileContext,
  ordered: boolean,
): Expr {
  const codes = pairs.map(([key, value]) => ({
    key: compileExpression(key, context),
    value: compilePipelineValue(value, context, true),
    keyText: toLine(key),
  }));
  const make = ordered ? orderedDictionary : hashtable;
  if (codes.every((c) => c.key.sync && c.value.sync)) {
    const runs = codes.map((c) => ({
      key: c.key.run as (f: Frame) => Value,
      value: c.value.run as (f: Frame) => Value,
    }));
    return {
      sync: true,
      run: (frame) => {
        const table = make();
        for (let i = 0; i < runs.length; i++) {
          const pair = runs[i] as (typeof runs)[number];
          put(table, pair.key(frame), pair.value(frame));
        }
        return table;
      },
    };
  }
  return combine(
    codes.flatMap((c) => [c.key, c.value]),
    function* (frame) {
      const table = make();
      for (const code of codes) {
        const key = yield* evaluate(code.key, frame);
        put(table, key, yield* evaluate(code.value, frame));
      }
      return table;
    },
  );
}
const toLine = (node: ExpressionAst): string => node.extent.text;
function put(table: DictionaryValue, key: Value, value: Value): void {
  if (isNull(key))
    throw runtimeError('InvalidNullKey', 'Null cannot be used as a key in a hashtable.', 'InvalidOperation');
  const name = unwrap(key);
  const hash = keyOf(name, table.ignoreCase);
  if (table.entries.has(hash))
    throw runtimeError(
      'DuplicateKeyInHashLiteral',
      `Duplicate keys '${toText(name)}' are not allowed in hash literals.`,
      'InvalidOperation',
      null,
    );
  table.entries.set(hash, { key: name, value: value === automationNull ? null : value });
}

function needType(name: string, context: CompileContext): DotNetType {
  const found = resolveType(name, context.using);
  if (found) return found;
  throw runtimeError('TypeNotFound', `Unable to find type [${name}].`, 'InvalidOperation', name);
}

function compileUnary(
  node: Extract<ExpressionAst, { kind: 'UnaryExpressionAst' }>,
  context: CompileContext,
): Expr {
  const op = node.tokenKind.toLowerCase();
  switch (op) {
    case 'plusplus':
    case 'minusminus':
    case 'postfixplusplus':
    case 'postfixminusminus': {
      const target = compileTarget(node.child, context);
      const by = op.includes('plus') ? 1 : -1;
      const postfix = op.startsWith('postfix');
      if (target.read.sync && target.storeSync) {
        const read = target.read.run;
        const store = target.storeSync;
        return {
          sync: true,
          run: (frame) => {
            const before = read(frame);
            const after = increment(before, by);
            store(frame, after);
            return postfix ? (isNull(before) ? 0 : before) : after;
          },
        };
      }
      return combine([target.read, target.asExpr], function* (frame) {
        const before = yield* evaluate(target.read, frame);
        const after = increment(before, by);
        yield* target.store(frame, after);
        return postfix ? (isNull(before) ? 0 : before) : after;
      });
    }
    default:
      break;
  }
  const child = compileExpression(node.child, context);
  switch (op) {
    case 'not':
    case 'exclaim':
      return unary(child, (v) => !isTrue(v));
    case 'minus': {
      if (node.child.kind === 'ConstantExpressionAst' && child.sync)
        return constant(negate(node.child.value as Value));
      return unary(child, (v) => negate(v));
    }
    case 'plus':
      return unary(child, unaryPlus);
    case 'bnot':
      return unary(child, bitwiseNot);
    case 'join':
      return unary(child, joinAll);
    case 'split':
    case 'isplit':
    case 'csplit':
      return unary(child, splitWhite);
    case 'comma':
      return unary(child, (v) => new PSArray([plain(v)]));
    default:
      throw new Error(`Unary operator ${node.tokenKind}`);
  }
}

/** Operator text of a token kind of .NET's: `Ieq` -> `eq`, `Plus` -> `+`. */
const operatorText: Readonly<Record<string, string>> = {
  plus: '+',
  minus: '-',
  multiply: '*',
  divide: '/',
  rem: '%',
  dotdot: '..',
  format: 'f',
  ieq: 'eq',
  ine: 'ne',
  ige: 'ge',
  igt: 'gt',
  ilt: 'lt',
  ile: 'le',
  ilike: 'like',
  inotlike: 'notlike',
  imatch: 'match',
  inotmatch: 'notmatch',
  ireplace: 'replace',
  icontains: 'contains',
  inotcontains: 'notcontains',
  iin: 'in',
  inotin: 'notin',
  isplit: 'split',
};

function compileBinary(
  node: Extract<ExpressionAst, { kind: 'BinaryExpressionAst' }>,
  context: CompileContext,
): Expr {
  const kind = node.operator.toLowerCase();
  const left = compileExpression(node.left, context);
  const right = compileExpression(node.right, context);
  switch (kind) {
    case 'and':
    case 'or': {
      const stopOn = kind === 'or';
      if (left.sync && right.sync) {
        const a = left.run;
        const b = right.run;
        return stopOn
          ? { sync: true, run: (frame) => isTrue(a(frame)) || isTrue(b(frame)) }
          : { sync: true, run: (frame) => isTrue(a(frame)) && isTrue(b(frame)) };
      }
      return combine([left, right], function* (frame) {
        if (isTrue(yield* evaluate(left, frame)) === stopOn) return stopOn;
        return isTrue(yield* evaluate(right, frame));
      });
    }
    case 'questionquestion':
      return combine([left, right], function* (frame) {
        const value = yield* evaluate(left, frame);
        return isNull(value) ? yield* evaluate(right, frame) : value;
      });
    case 'is':
    case 'isnot':
    case 'as': {
      if (node.right.kind === 'TypeExpressionAst') {
        const type = fixedType(node.right.typeName, context);
        if (type) {
          if (kind === 'as') return unary(left, (v) => convertAs(v, type));
          return unary(left, (v) => isOfType(v, type) === (kind === 'is'));
        }
      }
      break;
    }
    default:
      break;
  }
  const text = operatorText[kind] ?? kind;
  const apply = binaryOperators.get(text);
  if (!apply) throw new Error(`Binary operator ${node.operator}`);
  return binary(left, right, apply);
}

function compileConvert(
  node: Extract<ExpressionAst, { kind: 'ConvertExpressionAst' }>,
  context: CompileContext,
): Expr {
  const name = node.type.typeName.fullName.toLowerCase();
  if (name === 'ordered') {
    if (node.child.kind === 'HashtableAst') return compileHashtable(node.child.keyValuePairs, context, true);
    return unary(compileExpression(node.child, context), (value) =>
      convertError(value, 'System.Collections.Specialized.OrderedDictionary'),
    );
  }
  if (
    (name === 'pscustomobject' || name === 'system.management.automation.pscustomobject') &&
    node.child.kind === 'HashtableAst'
  ) {
    return unary(compileHashtable(node.child.keyValuePairs, context, true), (value) =>
      bagOf(value as DictionaryValue),
    );
  }
  if (name === 'pscustomobject')
    return unary(compileExpression(node.child, context), (value) =>
      value instanceof DictionaryValue ? bagOf(value) : value,
    );
  if (name === 'ref') {
    const child = node.child;
    const target = child.kind === 'VariableExpressionAst' ? compileTarget(child, context) : undefined;
    const read = compileExpression(child, context);
    return unary(read, (_value, frame) => makeReference(frame, read, target?.storeSync));
  }
  const child = compileExpression(node.child, context);
  const { typeName } = node.type;
  const type = fixedType(typeName, context);
  return unary(child, (value) => cast(value, type ?? needType(typeName.fullName, context)));
}
function convertError(value: Value, typeName: string): Value {
  return cast(value, resolveType(typeName) ?? objectType);
}

/** `[type]value`. */
export function cast(value: Value, type: DotNetType): Value {
  if (type === stringType && typeof value === 'string') return value;
  try {
    return convertTo(value, type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    throw runtimeError(error.errorId, error.message, 'InvalidArgument', null, undefined, error.inner);
  }
}

/** `[pscustomobject]@{}`; `PSTypeName` names the type instead of becoming a property. */
export function bagOf(table: DictionaryValue): PSCustomObject {
  const object = new PSCustomObject();
  const { members } = object;
  for (const entry of table.entries.values()) {
    const name = toText(entry.key);
    const lower = name.toLowerCase();
    if (lower === 'pstypename' && typeof entry.value === 'string') {
      object.typeNames = [entry.value, 'System.Management.Automation.PSCustomObject', 'System.Object'];
      continue;
    }
    members.setLower(lower, { kind: 'NoteProperty', name, value: entry.value });
  }
  return object;
}

import { referenceType } from './reference.ts';
function makeReference(
  frame: Frame,
  read: Expr,
  store: ((frame: Frame, value: Value) => void) | undefined,
): Value {
  return new DotNetObject(referenceType, {
    get: () => (read.sync ? read.run(frame) : null),
    set: (value: Value) => store?.(frame, value),
  });
}

function memberName(
  node: MemberExpressionAst | InvokeMemberExpressionAst,
  context: CompileContext,
): { readonly fixed: string } | Expr {
  const { member } = node;
  if (member.kind === 'StringConstantExpressionAst') return { fixed: member.value };
  if (member.kind === 'ConstantExpressionAst') return { fixed: toText(member.value as Value) };
  return compileExpression(member, context);
}

function staticTarget(value: Value): DotNetType {
  const bare = unwrap(value);
  if (bare instanceof TypeClass) return bare;
  const found = typeof bare === 'string' ? resolveType(bare) : undefined;
  if (found) return found;
  throw runtimeError(
    'TypeNotFound',
    `Unable to find type [${toText(bare)}].`,
    'InvalidOperation',
    toText(bare),
  );
}

function compileMember(node: MemberExpressionAst, context: CompileContext): Expr {
  const target = compileExpression(node.expression, context);
  const name = memberName(node, context);
  if (node.static) {
    const read = (value: Value, member: string, frame: Frame): Value => {
      const type = staticTarget(value);
      const found = getStatic(type, member);
      if (found !== undefined) return found;
      if (frame.scope.strict >= 2) throw propertyNotFoundStrict(member);
      return null;
    };
    if ('fixed' in name) return unary(target, (value, frame) => read(value, name.fixed, frame));
    return binary(target, name, (value, member, frame) => read(value, toText(member), frame));
  }
  if ('fixed' in name) {
    const text = name.fixed;
    const lower = text.toLowerCase();
    const conditional = node.nullConditional ?? false;
    return unary(target, (value, frame) => {
      if (value instanceof PSCustomObject) {
        const member = value.members.getLower(lower);
        if (member !== undefined && member.kind === 'NoteProperty') return member.value;
      }
      if (conditional && isNull(value)) return null;
      return readMember(value, lower, text, frame.scope.strict);
    });
  }
  return binary(target, name, (value, member, frame) => {
    if (isNull(member)) return null;
    if (value instanceof DictionaryValue && typeof member !== 'string') {
      const found = value.get(member);
      if (found !== undefined) return found;
    }
    const text = toText(member);
    return readMember(value, text.toLowerCase(), text, frame.scope.strict);
  });
}

/** A method as a type has it, whatever the object's own class says. */
function callAs(type: DotNetType, self: Value, name: string, args: Value[]): Value {
  const member = type.findMember(name.toLowerCase());
  return member?.kind === 'method'
    ? invokeOverloads(self, member.name, type, member.overloads, args)
    : callMethod(self, name, args);
}

/** Methods that run script whatever they are called on. */
const scriptRunning = new Set(['invoke', 'invokereturnasis', 'invokewithcontext', 'foreach', 'where']);

/** `([Base]$this).Name(…)` in a class calls the base's method, though the object's class has its own. */
function baseCallType(node: InvokeMemberExpressionAst, context: CompileContext): DotNetType | undefined {
  if (!context.inMethod || node.static || node.expression.kind !== 'ParenExpressionAst') return undefined;
  const { pipeline } = node.expression;
  if (!isPureExpressionPipeline(pipeline)) return undefined;
  const { expression } = pipeline.pipelineElements[0];
  if (expression.kind !== 'ConvertExpressionAst' || expression.child.kind !== 'VariableExpressionAst')
    return undefined;
  if (expression.child.variablePath.userPath.toLowerCase() !== 'this') return undefined;
  return typeFromName(expression.type.typeName, context.using);
}

function compileInvoke(node: InvokeMemberExpressionAst, context: CompileContext): Expr {
  const base = baseCallType(node, context);
  const target = compileExpression(node.expression, context);
  const name = memberName(node, context);
  const args = (node.arguments ?? []).map((a) => compileExpression(a, context));
  const parts = [target, ...('fixed' in name ? [] : [name]), ...args];
  const conditional = node.nullConditional ?? false;
  const call = (value: Value, member: string, values: Value[]): Value =>
    node.static
      ? callStatic(staticTarget(value), member, values)
      : conditional && isNull(value)
        ? null
        : base
          ? callAs(base, value, member, values)
          : callMethod(value, member, values);
  if ('fixed' in name && (scriptRunning.has(name.fixed.toLowerCase()) || mayWait(name.fixed.toLowerCase()))) {
    return {
      sync: false,
      *run(frame) {
        const value = yield* evaluate(target, frame);
        const values: Value[] = [];
        for (const arg of args) values.push(plain(yield* evaluate(arg, frame)));
        const block = unwrap(value);
        const waiting = node.static ? undefined : waitingMethod(block, name.fixed.toLowerCase());
        if (waiting) return yield* waiting(block, values, frame.session);
        if (
          block instanceof ScriptBlockValue &&
          !node.static &&
          name.fixed.toLowerCase() !== 'foreach' &&
          name.fixed.toLowerCase() !== 'where'
        )
          return yield* invokeBlockMethod(frame, block, name.fixed.toLowerCase(), values);
        return call(value, name.fixed, values);
      },
    };
  }
  if ('fixed' in name && parts.every((p) => p.sync)) {
    const { fixed } = name;
    const of = target.run as (frame: Frame) => Value;
    const runs = args.map((a) => a.run as (frame: Frame) => Value);
    return {
      sync: true,
      run: (frame) => {
        const value = of(frame);
        const values: Value[] = new Array<Value>(runs.length);
        for (let i = 0; i < runs.length; i++) values[i] = plain((runs[i] as (frame: Frame) => Value)(frame));
        return call(value, fixed, values);
      },
    };
  }
  return combine(parts, function* (frame) {
    const value = yield* evaluate(target, frame);
    const member = 'fixed' in name ? name.fixed : toText(yield* evaluate(name, frame));
    const values: Value[] = [];
    for (const arg of args) values.push(plain(yield* evaluate(arg, frame)));
    return call(value, member, values);
  });
}

import { callBlock } from '../run/invoke.ts';
import { psCollection } from '../types/collection-methods.ts';

function* invokeBlockMethod(
  frame: Frame,
  block: ScriptBlockValue,
  name: string,
  args: Value[],
): Steps<Value> {
  if (name === 'invokewithcontext') return callMethod(block, 'InvokeWithContext', args);
  const result = yield* callBlock(frame.session, block, args, frame);
  if (name === 'invokereturnasis') return result;
  return psCollection([
    ...(result === automationNull ? [] : result instanceof PSArray ? result.items : [result]),
  ]);
}
export { PSReference };
