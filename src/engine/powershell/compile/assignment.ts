import { convertTo } from '../types/convert.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { DotNetType as TypeClass } from '../types/dotnet-type.ts';
import { elementsOf } from '../types/enumerate.ts';
import { ConversionError, runtimeError } from '../types/errors.ts';
import { setProperty } from '../types/member.ts';
import { PSArray, PSCustomObject } from '../types/objects.ts';
import { propertyType, resolveType } from '../types/registry.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull, isNull, unwrap } from '../types/value.ts';
import { context as running } from '../types/ambient.ts';
import type { Frame } from '../run/frame.ts';
import { Variable } from '../run/scope.ts';
import type { Steps } from '../run/steps.ts';
import { assignQualified, assignVariable, storeVariable } from '../run/variables.ts';
import { attempt, attemptedExpr, rest, suspend, suspended } from './attempt.ts';
import type { Expr } from './code.ts';
import type { CompileContext } from './context.ts';
import { cast, compileExpression, compileVariable, evaluate } from './expression.ts';
import { assignIndex, indexValue } from './indexing.ts';
import { readMember } from '../types/member.ts';
import { compoundOperators } from './operators.ts';
import type { AssignmentStatementAst, ExpressionAst } from '../parse/tree.ts';
import { compilePipelineValue } from './statement.ts';
import { validationsOf } from './attributes.ts';
import { fixedType } from './type-name.ts';

/** Something that can be assigned to. */
export interface Target {
  readonly read: Expr;
  readonly store: (frame: Frame, value: Value) => Steps<void>;
  /** The same where nothing in the target may suspend. */
  readonly storeSync: ((frame: Frame, value: Value) => void) | undefined;
  /** Stands for the parts of the target when asking whether it may suspend. */
  readonly asExpr: Expr;
}

const nothing: Expr = { sync: true, run: () => null };

function simpleTarget(read: Expr, store: (frame: Frame, value: Value) => void): Target {
  return {
    read,
    storeSync: store,
    // eslint-disable-next-line require-yield
    *store(frame, value) {
      store(frame, value);
    },
    asExpr: nothing,
  };
}

/** A cast converts errors of conversion; typed variables remember their type. */
function declareType(frame: Frame, name: string, lower: string, type: DotNetType, value: Value): void {
  const converted = cast(value, type);
  const known = frame.scope.variables.get(lower);
  if (known) {
    if (known.readOnly || known.constant) storeVariable(known, converted);
    known.type = undefined;
    known.value = converted;
    known.type = type;
    return;
  }
  const variable = new Variable(name, converted);
  variable.type = type;
  frame.scope.variables.set(lower, variable);
}

export function compileTarget(node: ExpressionAst, context: CompileContext): Target {
  switch (node.kind) {
    case 'VariableExpressionAst': {
      const path = node.variablePath.userPath;
      const read = compileExpression(node, context);
      const colon = path.indexOf(':');
      if (colon > 0) {
        const qualifier = path.slice(0, colon).toLowerCase();
        const name = path.slice(colon + 1);
        const lower = name.toLowerCase();
        return simpleTarget(read, (frame, value) => assignQualified(frame, qualifier, lower, name, value));
      }
      const name = path;
      const lower = name.toLowerCase() === 'psitem' ? '_' : name.toLowerCase();
      const slot = context.slot(lower);
      return simpleTarget(read, (frame, value) => {
        const known = frame.locals[slot];
        if (known !== undefined && !known.removed && !known.special) known.value = value;
        else assignVariable(frame, lower, name, value, slot);
      });
    }
    case 'MemberExpressionAst': {
      const object = compileExpression(node.expression, context);
      const member =
        node.member.kind === 'StringConstantExpressionAst'
          ? undefined
          : compileExpression(node.member, context);
      const fixed = node.member.kind === 'StringConstantExpressionAst' ? node.member.value : '';
      const isStatic = node.static;
      const write = (target: Value, name: string, value: Value): void => {
        if (isStatic) {
          setStatic(target, name, value);
          return;
        }
        if (target instanceof PSCustomObject) {
          const known = target.members.get(name);
          if (known?.kind === 'NoteProperty') {
            known.value = value === automationNull ? null : value;
            return;
          }
        }
        setProperty(target, name, value);
      };
      const read = compileExpression(node, context);
      if (object.sync && (member === undefined || member.sync)) {
        const of = object.run;
        const name = member?.run as ((frame: Frame) => Value) | undefined;
        const store = (frame: Frame, value: Value): void =>
          write(of(frame), name ? toText(name(frame)) : fixed, value);
        return simpleTarget(read, store);
      }
      return {
        read,
        storeSync: undefined,
        *store(frame, value) {
          const target = yield* evaluate(object, frame);
          write(target, member ? toText(yield* evaluate(member, frame)) : fixed, value);
        },
        asExpr: object,
      };
    }
    case 'IndexExpressionAst': {
      const object = compileExpression(node.target, context);
      const index = compileExpression(node.index, context);
      const read = compileExpression(node, context);
      if (object.sync && index.sync) {
        const of = object.run;
        const at = index.run;
        return simpleTarget(read, (frame, value) => assignIndex(of(frame), at(frame), value));
      }
      return {
        read,
        storeSync: undefined,
        *store(frame, value) {
          const target = yield* evaluate(object, frame);
          assignIndex(target, yield* evaluate(index, frame), value);
        },
        asExpr: object,
      };
    }
    case 'ParenExpressionAst': {
      const inner = node.pipeline.kind === 'PipelineAst' ? node.pipeline.pipelineElements[0] : undefined;
      if (inner?.kind === 'CommandExpressionAst') return compileTarget(inner.expression, context);
      break;
    }
    case 'ConvertExpressionAst': {
      const { typeName } = node.type;
      const inner = node.child;
      const known = fixedType(typeName, context);
      const type = (): DotNetType => {
        const found = known ?? resolveType(typeName.fullName, context.using);
        if (!found)
          throw runtimeError(
            'TypeNotFound',
            `Unable to find type [${typeName.fullName}].`,
            'InvalidOperation',
            typeName.fullName,
          );
        return found;
      };
      if (inner.kind === 'VariableExpressionAst' && !inner.variablePath.userPath.includes(':')) {
        const name = inner.variablePath.userPath;
        const lower = name.toLowerCase();
        return simpleTarget(compileExpression(inner, context), (frame, value) =>
          declareType(frame, name, lower, type(), value),
        );
      }
      const target = compileTarget(inner, context);
      const { storeSync } = target;
      return {
        ...target,
        storeSync: storeSync && ((frame, value) => storeSync(frame, cast(value, type()))),
        *store(frame, value) {
          yield* target.store(frame, cast(value, type()));
        },
      };
    }
    case 'AttributedExpressionAst': {
      const rules = validationsOf([node.attribute as never], context);
      const inner = compileTarget(node.child as ExpressionAst, context);
      let variable: ExpressionAst = node.child as ExpressionAst;
      while (variable.kind === 'ConvertExpressionAst' || variable.kind === 'AttributedExpressionAst')
        variable = variable.child as ExpressionAst;
      const lower =
        variable.kind === 'VariableExpressionAst' ? variable.variablePath.userPath.toLowerCase() : '';
      return {
        ...inner,
        storeSync:
          inner.storeSync &&
          ((frame, value) => {
            inner.storeSync?.(frame, value);
            const known = frame.scope.variables.get(lower);
            if (known) {
              known.validations = rules;
              storeVariable(known, known.value);
            }
          }),
      };
    }
    case 'ArrayLiteralAst': {
      const targets = node.elements.map((e) => compileTarget(e, context));
      const sync = targets.every((t) => t.storeSync);
      const spread = (value: Value): Value[] => {
        const list = elementsOf(value) ?? [value];
        return targets.map((_, i) => {
          if (i < targets.length - 1 || list.length <= targets.length)
            return i < list.length ? (list[i] as Value) : null;
          return new PSArray(list.slice(i));
        });
      };
      const read = compileExpression(node, context);
      return {
        read,
        storeSync: sync
          ? (frame, value) => {
              const parts = spread(value);
              targets.forEach((t, i) => t.storeSync?.(frame, parts[i] as Value));
            }
          : undefined,
        *store(frame, value) {
          const parts = spread(value);
          for (let i = 0; i < targets.length; i++)
            yield* (targets[i] as Target).store(frame, parts[i] as Value);
        },
        asExpr: sync ? nothing : read,
      };
    }
    default:
      break;
  }
  const read = compileExpression(node, context);
  return simpleTarget(read, () => {
    throw runtimeError(
      'InvalidLeftHandSide',
      'The assignment expression is not valid. The input to an assignment operator must be an object that is able to accept assignments, such as a variable or a property.',
    );
  });
}

function setStatic(target: Value, name: string, value: Value): void {
  const type = unwrap(target);
  const member = type instanceof TypeClass ? type.findMember(name.toLowerCase(), true) : undefined;
  if (member?.kind === 'property' && member.set) {
    const memberType = propertyType(member);
    let converted = value;
    try {
      if (memberType) converted = convertTo(value, memberType);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      throw runtimeError(
        'ExceptionWhenSetting',
        `Exception setting "${member.name}": "${error.message}"`,
        'NotSpecified',
        null,
        'System.Management.Automation.SetValueInvocationException',
      );
    }
    member.set(target, converted, running());
    return;
  }
  if (member?.kind === 'property')
    throw runtimeError('PropertyAssignmentException', `'${member.name}' is a ReadOnly property.`);
  throw runtimeError(
    'PropertyAssignmentException',
    `The property '${name}' cannot be found on this object. Verify that the property exists and can be set.`,
  );
}

/** An assignment as an expression: its value is what was assigned. */
export function assignExpression(node: AssignmentStatementAst, context: CompileContext): Expr {
  const operator = operatorText(node.operator);
  const value = compilePipelineValue(node.right, context);
  const target = compileTarget(node.left, context);
  if (operator === '=') {
    if (value.sync && target.storeSync) {
      const read = value.run;
      const store = target.storeSync;
      return {
        sync: true,
        run: (frame) => {
          const v = read(frame);
          store(frame, v);
          return v;
        },
      };
    }
    function* store(v: Value, frame: Frame): Steps<Value> {
      if (target.storeSync) target.storeSync(frame, v);
      else yield* target.store(frame, v);
      return v;
    }
    function* goOn(steps: Steps<Value>, frame: Frame): Steps<Value> {
      return yield* store(yield* steps, frame);
    }
    return attemptedExpr((frame) => {
      const v = attempt(value, frame);
      if (v === suspended) return suspend(frame, goOn(rest(frame), frame));
      if (!target.storeSync) return suspend(frame, store(v, frame));
      target.storeSync(frame, v);
      return v;
    });
  }
  // Members and indexes are evaluated once for both reading and storing.
  const compound = compoundTarget(node.left, context) ?? target;
  if (operator === '??=') {
    return {
      sync: false,
      *run(frame) {
        const before = yield* evaluate(compound.read, frame);
        if (!isNull(before)) return before;
        const v = yield* evaluate(value, frame);
        yield* target.store(frame, v);
        return v;
      },
    };
  }
  const apply = compoundOperator(node.operator, operator);
  if (value.sync && compound.read.sync && compound.storeSync) {
    const right = value.run;
    const read = compound.read.run;
    const store = compound.storeSync;
    return {
      sync: true,
      run: (frame) => {
        const v = apply(read(frame), right(frame));
        store(frame, v);
        return v;
      },
    };
  }
  function* waiting(frame: Frame): Steps<Value> {
    const before = yield* evaluate(compound.read, frame);
    const v = apply(before, yield* evaluate(value, frame));
    yield* compound.store(frame, v);
    return v;
  }
  const { storeSync } = compound;
  if (!compound.read.sync || !storeSync) return { sync: false, run: waiting };
  const read = compound.read.run;
  const store = storeSync;
  function* goOn(before: Value, steps: Steps<Value>, frame: Frame): Steps<Value> {
    const v = apply(before, yield* steps);
    store(frame, v);
    return v;
  }
  return attemptedExpr((frame) => {
    const before = read(frame);
    const right = attempt(value, frame);
    if (right === suspended) return suspend(frame, goOn(before, rest(frame), frame));
    const v = apply(before, right);
    storeSync(frame, v);
    return v;
  });
}

function compoundOperator(
  written: string,
  operator: string,
): NonNullable<ReturnType<typeof compoundOperators.get>> {
  const apply = compoundOperators.get(operator);
  if (!apply) throw new Error(`Assignment operator ${written}`);
  return apply;
}

/** `$a.b += 1` where nothing suspends: target and index read once. */
function compoundTarget(node: ExpressionAst, context: CompileContext): Target | undefined {
  if (node.kind === 'VariableExpressionAst') {
    // A variable that does not exist starts as nothing, in strict mode too.
    return { ...compileTarget(node, context), read: compileVariable(node, context, Infinity) };
  }
  if (
    node.kind === 'MemberExpressionAst' &&
    !node.static &&
    node.member.kind === 'StringConstantExpressionAst'
  ) {
    const object = compileExpression(node.expression, context);
    if (!object.sync) return undefined;
    const of = object.run;
    const name = node.member.value;
    const lower = name.toLowerCase();
    let held: Value = null;
    return simpleTarget(
      {
        sync: true,
        run: (frame) => {
          held = of(frame);
          return readMember(held, lower, name, frame.scope.strict);
        },
      },
      (frame, value) => setProperty(of(frame), name, value),
    );
  }
  if (node.kind === 'IndexExpressionAst') {
    const object = compileExpression(node.target, context);
    const index = compileExpression(node.index, context);
    if (!object.sync || !index.sync) return undefined;
    const of = object.run;
    const at = index.run;
    return simpleTarget(
      { sync: true, run: (frame) => indexValue(of(frame), at(frame), frame.scope.strict) },
      (frame, value) => assignIndex(of(frame), at(frame), value),
    );
  }
  return undefined;
}

/** Text of an assignment operator's token kind. */
function operatorText(kind: string): string {
  switch (kind.toLowerCase()) {
    case 'equals':
      return '=';
    case 'plusequals':
      return '+=';
    case 'minusequals':
      return '-=';
    case 'multiplyequals':
      return '*=';
    case 'divideequals':
      return '/=';
    case 'remainderequals':
      return '%=';
    case 'questionquestionequals':
      return '??=';
    default:
      return kind;
  }
}
