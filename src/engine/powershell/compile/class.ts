import { bindOverload } from '../types/signature.ts';
import { context as running } from '../types/ambient.ts';
import { ConversionError, DotNetError, exception, runtimeError } from '../types/errors.ts';
import { convertTo } from '../types/convert.ts';
import { DotNetType, enumBaseType, objectType } from '../types/dotnet-type.ts';
import type { DotNetMember, MethodOverload } from '../types/dotnet-type.ts';
import { exceptionType, ExceptionValue } from '../types/error-record.ts';
import {
  DictionaryValue,
  hashtableType,
  ListValue,
  orderedDictionaryType,
  SetValue,
} from '../types/collections.ts';
import { defaultOf } from '../types/member.ts';
import { DotNetObject, stringType, voidType } from '../types/objects.ts';
import { resolveType, typeShortName } from '../types/registry.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull, unwrap } from '../types/value.ts';
import { isNumeric, toDouble, toBig } from '../types/numeric.ts';
import { Frame } from '../run/frame.ts';
import { callDepthError } from '../run/report.ts';
import { Scope, Variable } from '../run/scope.ts';
import { ListSink, nullSink } from '../run/sink.ts';
import { LoopFlow, breaking, continuing } from '../run/flow.ts';
import { validationFailure } from '../run/validate.ts';
import { attributeName, validationsOf } from './attributes.ts';
import type { Expr, Stmt } from './code.ts';
import { CompileContext } from './context.ts';
import { compileExpression } from './expression.ts';
import { compileBlock } from './statement.ts';
import type {
  AttributeAst,
  FunctionMemberAst,
  ParameterAst,
  PropertyMemberAst,
  TypeDefinitionAst,
} from '../parse/tree.ts';
import { typeFromName } from './type-name.ts';
import type { Session } from '../run/session.ts';

/** An instance of a script class: its fields by lower-case name. Instances of exceptions are `ExceptionValue`s. */
export type Fields = Map<string, Value>;
const fieldsKey = new WeakMap<object, Fields>();
const fieldsOf = (self: Value): Fields => {
  if (self instanceof DotNetObject && self.state instanceof Map) return self.state as Fields;
  let own = fieldsKey.get(self as object);
  if (!own) fieldsKey.set(self as object, (own = new Map()));
  return own;
};

interface ClassInfo {
  readonly session: Session;
  readonly scope: Scope;
  readonly type: DotNetType;
  readonly base: DotNetType;
  readonly initialisers: readonly {
    readonly lower: string;
    readonly type: DotNetType;
    readonly code: Expr | undefined;
    readonly slots: () => number;
  }[];
}
const infoOf = (type: DotNetType): ClassInfo | undefined => type.scriptClass as ClassInfo | undefined;

/** Defines the classes and enums of a block. They may name each other in any order. */
export function defineTypes(nodes: readonly TypeDefinitionAst[], outer: CompileContext, frame: Frame): void {
  const waiting = new Map(nodes.map((n) => [n.name.toLowerCase(), n]));
  const fills: (() => void)[] = [];
  const declare = (node: TypeDefinitionAst): void => {
    if (!waiting.delete(node.name.toLowerCase())) return;
    if (node.isEnum) {
      defineEnum(node, outer, frame);
      return;
    }
    for (const { typeName } of node.baseTypes)
      for (const part of typeName.fullName.toLowerCase().split(/[[\],\s]+/)) {
        const base = waiting.get(part);
        if (base) declare(base);
      }
    fills.push(declareClass(node, outer, frame));
  };
  for (const node of nodes) if (node.isEnum) declare(node);
  for (const node of nodes) declare(node);
  for (const fill of fills) fill();
}

function defineEnum(node: TypeDefinitionAst, outer: CompileContext, caller: Frame): void {
  const values = new Map<string, number | bigint>();
  let next = 0;
  const underlying = node.baseTypes[0]
    ? resolveType(node.baseTypes[0].typeName.fullName)?.fullName
    : undefined;
  const isFlags = node.attributes.some(
    (a) => a.kind === 'AttributeAst' && attributeName(a as AttributeAst) === 'flags',
  );
  const frame = new Frame(
    outer.session,
    outer.session.frame.scope,
    outer.session.consoleSink,
    outer.session.consoleStreams,
    100,
    undefined,
  );
  for (const member of node.members) {
    if (member.kind !== 'PropertyMemberAst') continue;
    if (member.initialValue) {
      const code = compileExpression(member.initialValue, outer);
      const value = unwrap(code.sync ? code.run(frame) : null);
      if (isNumeric(value)) next = toDouble(value);
      else if (typeof value === 'string' && values.has(value)) next = Number(values.get(value));
    }
    values.set(
      member.name,
      underlying === 'System.Int64' || underlying === 'System.UInt64' ? toBig(next) : next,
    );
    next++;
  }
  outer.session.scriptTypes.define(
    new DotNetType({
      fullName: node.name,
      baseType: enumBaseType,
      kind: 'enum',
      enumValues: values,
      isFlags,
      ...(underlying ? { underlying } : {}),
      assembly: 'PowerShell Class Assembly',
    }),
    caller.scope,
  );
}

const typeOfConstraint = (
  constraint: { readonly typeName: { readonly fullName: string } } | null | undefined,
  context: CompileContext,
): DotNetType => {
  if (!constraint) return objectType;
  const found = typeFromName(constraint.typeName, context.using);
  if (!found)
    throw runtimeError(
      'TypeNotFound',
      `Unable to find type [${constraint.typeName.fullName}].`,
      'ParserError',
      constraint.typeName.fullName,
    );
  return found;
};

/** Makes a class known by name; what is returned gives it its members. */
function declareClass(node: TypeDefinitionAst, outer: CompileContext, frame: Frame): () => void {
  const { session } = outer;
  const bases = node.baseTypes.map((b) => typeOfConstraint(b, outer));
  const base = bases.find((b) => b.kind !== 'interface') ?? objectType;
  const type = new DotNetType({
    fullName: node.name,
    baseType: base,
    interfaces: bases.filter((b) => b.kind === 'interface').map((b) => b.fullName),
    assembly: 'PowerShell Class Assembly',
  });
  session.scriptTypes.define(type, frame.scope);
  return () => defineMembers(node, type, outer, frame);
}

function defineMembers(node: TypeDefinitionAst, type: DotNetType, outer: CompileContext, frame: Frame): void {
  const { session } = outer;
  const base = type.baseType ?? objectType;
  const { scope } = frame;
  const context = new CompileContext(session, outer.file, outer.using, true);
  const initialisers: { lower: string; type: DotNetType; code: Expr | undefined; slots: () => number }[] = [];
  const statics: { member: PropertyMemberAst; type: DotNetType }[] = [];
  const info: ClassInfo = { session, scope, type, base, initialisers };
  type.scriptClass = info;
  const methods = new Map<
    string,
    { name: string; isStatic: boolean; hidden: boolean; overloads: MethodOverload[] }
  >();
  const constructors: MethodOverload[] = [];
  let staticConstructor: ((self: Value, args: Value[]) => Value) | undefined;
  for (const member of node.members) {
    if (member.kind === 'PropertyMemberAst') {
      const propertyType = typeOfConstraint(member.propertyType, context);
      addProperty(type, member, propertyType, context);
      if (member.isStatic) statics.push({ member, type: propertyType });
      else
        initialisers.push({
          lower: member.name.toLowerCase(),
          type: propertyType,
          code: member.initialValue ? compileExpression(member.initialValue, context) : undefined,
          slots: () => context.slots.size,
        });
      continue;
    }
    session.scriptMethodNames.add(member.name.toLowerCase());
    const code = compileMethod(member, context, info);
    const parameters = member.parameters
      .map((p) => `${typeShortName(parameterTypeOf(p, context))} ${p.name.variablePath.userPath}`)
      .join(', ');
    if (member.isConstructor) {
      if (member.isStatic) {
        staticConstructor = code;
        continue;
      }
      constructors.push({
        signature: `${node.name} new(${parameters})`,
        call: (_self, args) => code(make(info), args),
      });
      continue;
    }
    const key = `${member.isStatic ? 's' : 'i'}:${member.name.toLowerCase()}`;
    const group = methods.get(key) ?? {
      name: member.name,
      isStatic: member.isStatic,
      hidden: member.isHidden,
      overloads: [],
    };
    group.overloads.push({
      signature: `${typeShortName(typeOfConstraint(member.returnType, context))} ${member.name}(${parameters})`,
      call: (self, args) => code(self, args),
    });
    methods.set(key, group);
  }
  for (const group of methods.values()) {
    const member: DotNetMember = {
      kind: 'method',
      name: group.name,
      isStatic: group.isStatic,
      overloads: group.overloads,
      hidden: group.hidden,
    };
    type.addMember(inheritOverloads(member, base, group.isStatic));
  }
  if (constructors.length === 0)
    constructors.push({
      signature: `${node.name} new()`,
      call: () => {
        const { object } = filling;
        filling.object = undefined;
        return construct(info, object, []);
      },
    });
  type.constructors = constructors;
  for (const { member, type: t } of statics) {
    const code = member.initialValue ? compileExpression(member.initialValue, context) : undefined;
    const own = new Frame(session, new Scope(scope), session.consoleSink, session.consoleStreams, 200, frame);
    const value = code ? (code.sync ? code.run(own) : session.drain(code.run(own))) : defaultOf(t);
    staticsOf(type).set(member.name.toLowerCase(), code ? converted(value, t) : value);
  }
  staticConstructor?.(null, []);
}

/** Overloads of the base with other signatures stay callable. */
function inheritOverloads(
  member: Extract<DotNetMember, { kind: 'method' }>,
  base: DotNetType,
  isStatic: boolean,
): DotNetMember {
  const inherited = base.findMember(member.name.toLowerCase(), isStatic);
  if (inherited?.kind !== 'method' || inherited.name === 'ToString') return member;
  const shape = (o: MethodOverload): string =>
    o.signature.slice(o.signature.indexOf('(')).replace(/ \w+([,)])/g, '$1');
  const own = new Set(member.overloads.map(shape));
  return {
    ...member,
    overloads: [...member.overloads, ...inherited.overloads.filter((o) => !own.has(shape(o)))],
  };
}

const staticFields = new WeakMap<DotNetType, Fields>();
function staticsOf(type: DotNetType): Fields {
  let own = staticFields.get(type);
  if (!own) staticFields.set(type, (own = new Map()));
  return own;
}

const converted = (value: Value, type: DotNetType): Value => {
  if (value === automationNull) value = null;
  return type === objectType ? value : convertTo(value, type);
};

function addProperty(
  type: DotNetType,
  node: PropertyMemberAst,
  propertyType: DotNetType,
  context: CompileContext,
): void {
  const lower = node.name.toLowerCase();
  const rules = validationsOf(node.attributes, context);
  const check = (value: Value): void => {
    for (const rule of rules) {
      const failure = validationFailure(rule, value);
      if (failure !== undefined)
        throw new DotNetError(exception('System.Management.Automation.ValidationMetadataException', failure));
    }
  };
  const typeName = typeShortName(propertyType);
  type.addMember(
    node.isStatic
      ? {
          kind: 'property',
          name: node.name,
          isStatic: true,
          typeName,
          valueType: propertyType,
          hidden: node.isHidden,
          get: () => staticsOf(type).get(lower) ?? null,
          set: (_self, value) => {
            check(value);
            staticsOf(type).set(lower, converted(value, propertyType));
          },
        }
      : {
          kind: 'property',
          name: node.name,
          isStatic: false,
          typeName,
          valueType: propertyType,
          hidden: node.isHidden,
          get: (self) => fieldsOf(self).get(lower) ?? null,
          set: (self, value) => {
            check(value);
            fieldsOf(self).set(lower, converted(value, propertyType));
          },
        },
  );
}

/** An instance before its constructor ran. */
function make(info: ClassInfo): Value {
  const native = nativeBase(info.type);
  if (native.isAssignableTo(exceptionType))
    return new ExceptionValue(info.type, `Exception of type '${info.type.fullName}' was thrown.`);
  if (
    native.fullName === 'System.Collections.ArrayList' ||
    /^System\.Collections\..*`1$/.test(native.fullName)
  )
    return /Set`1$/.test(native.fullName) ? new SetValue(info.type, false) : new ListValue(info.type);
  if (native.isAssignableTo(dictionaryInterface))
    return new DictionaryValue(info.type, native === hashtableType || native === orderedDictionaryType);
  return new DotNetObject<Fields>(info.type, new Map());
}
const dictionaryInterface = resolveType('System.Collections.IDictionary') as DotNetType;
function nativeBase(type: DotNetType): DotNetType {
  let t = type;
  while (infoOf(t) && t.baseType) t = t.baseType;
  return t;
}

function initialise(info: ClassInfo, self: Value): void {
  const fields = fieldsOf(self);
  const { session } = info;
  for (const { lower, type, code, slots } of info.initialisers) {
    if (!code) {
      fields.set(lower, defaultOf(type));
      continue;
    }
    const scope = new Scope(info.scope);
    scope.variables.set('this', new Variable('this', self));
    const frame = new Frame(
      session,
      scope,
      session.consoleSink,
      session.consoleStreams,
      slots(),
      session.frame,
    );
    frame.self = self;
    fields.set(lower, converted(code.sync ? code.run(frame) : session.drain(code.run(frame)), type));
  }
}

/** Runs base constructor and initialisers; `self` is made where absent. */
function construct(info: ClassInfo, self: Value | undefined, baseArgs: Value[]): Value {
  const object = self ?? make(info);
  initialise(info, object);
  const baseInfo = infoOf(info.base);
  if (baseInfo) {
    const bound = bindOverload(info.base.name, info.base, info.base.constructors, baseArgs);
    runConstructor(baseInfo, bound.overload, object, bound.args);
  } else if (object instanceof ExceptionValue) {
    const [message, inner] = baseArgs;
    if (message !== undefined) object.message = toText(message);
    if (inner instanceof ExceptionValue) object.inner = inner;
  }
  return object;
}
/** Constructor overloads of script classes take the object to fill as `self`. */
const filling: { object: Value | undefined } = { object: undefined };
function runConstructor(info: ClassInfo, overload: MethodOverload, object: Value, args: Value[]): void {
  filling.object = object;
  try {
    overload.call(info.type, args, running());
  } finally {
    filling.object = undefined;
  }
}

function parameterTypeOf(node: ParameterAst, context: CompileContext): DotNetType {
  const constraint = node.attributes.find((a) => a.kind === 'TypeConstraintAst');
  return typeOfConstraint(constraint, context);
}

function compileMethod(
  node: FunctionMemberAst,
  outer: CompileContext,
  info: ClassInfo,
): (self: Value, args: Value[]) => Value {
  const { session } = info;
  const context = new CompileContext(session, outer.file, outer.using, true);
  let body: Stmt | undefined;
  let baseCall: readonly Expr[] | undefined;
  const returnType = node.isConstructor ? voidType : typeOfConstraint(node.returnType, outer);
  const parameters = node.parameters.map((p) => ({
    name: p.name.variablePath.userPath,
    lower: p.name.variablePath.userPath.toLowerCase(),
    type: parameterTypeOf(p, outer),
  }));
  const compile = (): Stmt => {
    if (body) return body;
    const block = node.body.endBlock;
    const statements = (block?.statements ?? []).filter((s) => {
      if (s.kind !== 'PipelineAst' && s.kind !== 'CommandExpressionAst') return true;
      const expression =
        s.kind === 'PipelineAst'
          ? s.pipelineElements[0]?.kind === 'CommandExpressionAst'
            ? s.pipelineElements[0].expression
            : undefined
          : s.expression;
      if (expression?.kind !== 'BaseCtorInvokeMemberExpressionAst') return true;
      baseCall = (expression.arguments ?? []).map((a) => compileExpression(a, context));
      return false;
    });
    body = compileBlock({ statements, traps: block?.traps ?? [] }, context);
    return body;
  };
  return (given, args) => {
    const code = session.scriptTypes.within(info.scope, compile);
    if (session.depth >= session.depthLimit) throw callDepthError();
    const isConstructor = node.isConstructor && !node.isStatic;
    const caller = session.frame;
    const scope = new Scope(info.scope);
    let self = given;
    if (isConstructor && filling.object !== undefined) {
      self = filling.object;
      filling.object = undefined;
    }
    parameters.forEach((p, i) => {
      const variable = new Variable(p.name, args[i] ?? null);
      if (p.type !== objectType) variable.type = p.type;
      scope.variables.set(p.lower, variable);
    });
    if (!node.isStatic) {
      const variable = new Variable('this', self);
      variable.constant = true;
      scope.variables.set('this', variable);
    }
    const list = new ListSink();
    const frame = new Frame(session, scope, list, caller.streams, context.slots.size, caller);
    frame.self = self;
    frame.file = outer.file;
    session.frame = frame;
    session.depth++;
    const depth = session.tryDepth;
    // Errors in methods end the method: they go to the caller as exceptions.
    session.tryDepth = depth + 1;
    try {
      if (isConstructor)
        construct(
          info,
          self,
          (baseCall ?? []).map((c) => (c.sync ? c.run(frame) : session.drain(c.run(frame)))),
        );
      const out = new MethodSink();
      frame.out = nullSink;
      frame.returnSink = out;
      const signal = code.sync ? code.run(frame) : session.drain(code.run(frame));
      if (signal === breaking || signal === continuing) throw new LoopFlow(signal, frame.label);
      if (isConstructor) return self;
      if (returnType === voidType) return automationNull;
      const result = out.last;
      const wanted = result === undefined ? null : result;
      if (returnType === objectType) return wanted;
      if (returnType === stringType && wanted === null) return null;
      try {
        return convertTo(wanted, returnType);
      } catch (error) {
        if (!(error instanceof ConversionError)) throw error;
        throw runtimeError(error.errorId, error.message, 'InvalidArgument', null, undefined, error.inner);
      }
    } finally {
      session.tryDepth = depth;
      session.depth--;
      session.frame = caller;
    }
  };
}

/** A method writes nothing but its return value. */
class MethodSink extends ListSink {
  get last(): Value | undefined {
    return this.items.length === 0 ? undefined : this.items.length === 1 ? this.items[0] : this.value();
  }
}
