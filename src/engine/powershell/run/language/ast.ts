import { childrenOf, visit } from '../../parse/children.ts';
import type { Ast, ScriptBlockAst } from '../../parse/tree.ts';
import { isPureExpressionPipeline } from '../../parse/tree.ts';
import type { TypeName } from '../../parse/type-name.ts';
import type { Extent } from '../../tokenize/source.ts';
import { ListValue } from '../../types/collections.ts';
import { method, property } from '../../types/dotnet/define.ts';
import type { DotNetMember, DotNetType } from '../../types/dotnet-type.ts';
import { hooks } from '../../types/hooks.ts';
import { DotNetObject } from '../../types/objects.ts';
import { closeGeneric, defineType, listType, resolveType } from '../../types/registry.ts';
import { isTrue } from '../../types/truth.ts';
import type { Value } from '../../types/value.ts';
import { customObject } from '../../types/objects.ts';
import { astBases, astProperties } from './ast-members.ts';
import { namedValue, tokenKindNamed } from './enums.ts';
import type { NamedEnum } from './enums.ts';
import { extentValue } from './extent.ts';
import { safeValue } from './safe-value.ts';
import { typeNameValue } from './type-names.ts';
import { variablePathValue } from './variable-path.ts';

interface AstState {
  readonly node: Ast;
  /** The whole script, in which the parent is looked up. */
  readonly root: ScriptBlockAst;
}
const state = (self: Value): AstState => (self as DotNetObject<AstState>).state;

const space = 'System.Management.Automation.Language';
const values = new WeakMap<Ast, Value>();
/** The object that scripts see for a node; the same one each time. */
export function astValue(node: Ast, root: ScriptBlockAst): Value {
  let value = values.get(node);
  if (!value) values.set(node, (value = new DotNetObject(typeOfNode(node.kind), { node, root })));
  return value;
}
/** The node behind such an object. */
export function nodeOf(value: Value): Ast | undefined {
  if (!(value instanceof DotNetObject) || !value.type.isAssignableTo(astType)) return undefined;
  return (value as DotNetObject<AstState>).state.node;
}

const parents = new WeakMap<ScriptBlockAst, ReadonlyMap<Ast, Ast>>();
function parentOf({ node, root }: AstState): Ast | undefined {
  let map = parents.get(root);
  if (!map) {
    const made = new Map<Ast, Ast>();
    for (const parent of visit(root)) for (const child of childrenOf(parent)) made.set(child, parent);
    parents.set(root, (map = made));
  }
  return map.get(node);
}

const collectionOf = (elements: Value[]): Value =>
  new ListValue(
    closeGeneric(resolveType('System.Collections.ObjectModel.ReadOnlyCollection`1') ?? listType, [astType]),
    elements,
  );
const nodeList = (nodes: readonly Ast[], root: ScriptBlockAst): Value =>
  collectionOf(nodes.map((node) => astValue(node, root)));

function find(self: Value, predicate: Value, nested: Value): Ast[] {
  const { node, root } = state(self);
  const found: Ast[] = [];
  const walk = (at: Ast): void => {
    // PowerShell's search passes over calls of base constructors, not over what is in them.
    if (
      at.kind !== 'BaseCtorInvokeMemberExpressionAst' &&
      isTrue(hooks.invokeDelegate(predicate, [astValue(at, root)]))
    )
      found.push(at);
    for (const child of childrenOf(at))
      if (isTrue(nested) || child.kind !== 'ScriptBlockExpressionAst') walk(child);
      else if (isTrue(hooks.invokeDelegate(predicate, [astValue(child, root)]))) found.push(child);
  };
  walk(node);
  return found;
}

const astType: DotNetType = defineType(`${space}.Ast`, {
  assembly: 'System.Management.Automation',
  isAbstract: true,
  members: [
    property('Extent', `${space}.IScriptExtent`, (s) => extentValue(state(s).node.extent)),
    property('Parent', `${space}.Ast`, (s) => {
      const parent = parentOf(state(s));
      return parent ? astValue(parent, state(s).root) : null;
    }),
    method(['string ToString()', (s) => state(s).node.extent.text]),
    method([
      `${space}.Ast Find(System.Object predicate, bool searchNestedScriptBlocks)`,
      (s, a) => {
        const [first] = find(s, a[0] as Value, a[1] as Value);
        return first ? astValue(first, state(s).root) : null;
      },
    ]),
    method([
      `System.Collections.Generic.IEnumerable FindAll(System.Object predicate, bool searchNestedScriptBlocks)`,
      (s, a) => nodeList(find(s, a[0] as Value, a[1] as Value), state(s).root),
    ]),
    method(['System.Object SafeGetValue()', (s) => safeValue(state(s).node)]),
    method([`${space}.Ast Copy()`, (s) => astValue({ ...state(s).node } as Ast, state(s).root)]),
  ],
});

const isNode = (field: unknown): field is Ast =>
  typeof field === 'object' && field !== null && 'kind' in field && 'extent' in field;

/** A field of a node as scripts see it. */
function fieldValue(field: unknown, what: string | undefined, root: ScriptBlockAst): Value {
  if (field === null || field === undefined) return null;
  switch (what) {
    case 'kind':
      return tokenKindNamed(field as string);
    case 'typeName':
      return typeNameValue(field as TypeName);
    case 'variablePath':
      return variablePathValue(field as never);
    case 'extent':
      return extentValue(field as Extent);
    case 'pairs':
      return collectionOf(
        (field as readonly (readonly [Ast, Ast])[]).map(([first, second]) =>
          pairValue(astValue(first, root), astValue(second, root)),
        ),
      );
    case 'requirements':
      return requirementsValue(field as NonNullable<ScriptBlockAst['scriptRequirements']>);
    case undefined:
      break;
    default:
      return namedValue(what as NamedEnum, field as string);
  }
  if (Array.isArray(field)) return nodeList(field as Ast[], root);
  return isNode(field) ? astValue(field, root) : (field as Value);
}

const tupleType = defineType('System.Tuple`2', {
  members: [
    property('Item1', 'object', (s) => (s as DotNetObject<readonly [Value, Value]>).state[0]),
    property('Item2', 'object', (s) => (s as DotNetObject<readonly [Value, Value]>).state[1]),
  ],
});
const pairValue = (first: Value, second: Value): Value =>
  new DotNetObject(tupleType, [first, second] as const);

function requirementsValue(wanted: NonNullable<ScriptBlockAst['scriptRequirements']>): Value {
  return customObject(
    [
      ['RequiredApplicationId', wanted.applicationId ?? null],
      [
        'RequiredPSVersion',
        wanted.version === undefined
          ? null
          : hooks.invokeMethod(resolveType('version') ?? null, 'Parse', [
              wanted.version.includes('.') ? wanted.version : `${wanted.version}.0`,
            ]),
      ],
      ['RequiredPSEditions', collectionOf([...wanted.editions])],
      ['RequiredModules', collectionOf([...wanted.modules])],
      ['RequiredAssemblies', collectionOf([...wanted.assemblies])],
      ['IsElevationRequired', wanted.elevation],
    ],
    'System.Management.Automation.Language.ScriptRequirements',
  );
}

function propertiesOf(kind: string): DotNetMember[] {
  return (astProperties[kind] ?? '')
    .split(' ')
    .filter((text) => text !== '')
    .map((text) => {
      const [name, what] = text.split(':') as [string, string | undefined];
      const field = (name[0] as string).toLowerCase() + name.slice(1);
      return property(name, 'System.Object', (s) =>
        fieldValue((state(s).node as unknown as Record<string, unknown>)[field], what, state(s).root),
      );
    });
}

/** Members that are more than a field. */
const ownMembers: Readonly<Record<string, readonly DotNetMember[]>> = {
  CommandAst: [
    method([
      'string GetCommandName()',
      (s) => {
        const { node } = state(s);
        const first = node.kind === 'CommandAst' ? node.commandElements[0] : undefined;
        return first?.kind === 'StringConstantExpressionAst' ? first.value : null;
      },
    ]),
  ],
  PipelineAst: [
    method([
      `${space}.ExpressionAst GetPureExpression()`,
      (s) => {
        const { node, root } = state(s);
        return node.kind === 'PipelineAst' && isPureExpressionPipeline(node)
          ? astValue(node.pipelineElements[0].expression, root)
          : null;
      },
    ]),
  ],
  ExpandableStringExpressionAst: [
    property('NestedExpressions', 'System.Object', (s) => nodeList(childrenOf(state(s).node), state(s).root)),
  ],
  AssignmentStatementAst: [
    method([
      'System.Object GetAssignmentTargets()',
      (s) => {
        const { node, root } = state(s);
        if (node.kind !== 'AssignmentStatementAst') return null;
        return nodeList(node.left.kind === 'ArrayLiteralAst' ? node.left.elements : [node.left], root);
      },
    ]),
  ],
  VariableExpressionAst: [
    method([
      'bool IsConstantVariable()',
      (s) => {
        const { node } = state(s);
        return (
          node.kind === 'VariableExpressionAst' && /^(true|false|null)$/i.test(node.variablePath.userPath)
        );
      },
    ]),
  ],
  CatchClauseAst: [
    property('IsCatchAll', 'bool', (s) => {
      const { node } = state(s);
      return node.kind === 'CatchClauseAst' && node.catchTypes.length === 0;
    }),
  ],
  ParameterAst: [
    property('StaticType', 'type', (s) => {
      const { node } = state(s);
      const typed =
        node.kind === 'ParameterAst' && node.attributes.find((a) => a.kind === 'TypeConstraintAst');
      return (typed && resolveType(typed.typeName.fullName)) || (resolveType('object') ?? null);
    }),
  ],
};
const staticTypes: Readonly<Record<string, string>> = {
  StringConstantExpressionAst: 'string',
  ExpandableStringExpressionAst: 'string',
  ArrayLiteralAst: 'object[]',
  ArrayExpressionAst: 'object[]',
  HashtableAst: 'hashtable',
  ScriptBlockExpressionAst: 'scriptblock',
  TypeExpressionAst: 'type',
};
const expressionMembers = [
  property('StaticType', 'type', (s) => {
    const { node } = state(s);
    if (node.kind === 'ConvertExpressionAst')
      return resolveType(node.type.typeName.fullName) ?? resolveType('object') ?? null;
    if (node.kind === 'ConstantExpressionAst' && node.value !== null)
      return hooks.invokeMethod(node.value, 'GetType', []);
    return resolveType(staticTypes[node.kind] ?? 'object') ?? null;
  }),
];

const types = new Map<string, DotNetType>();
function typeOfNode(kind: string): DotNetType {
  let type = types.get(kind);
  if (!type) {
    const base =
      astBases[kind] ??
      (/ExpressionAst$|LiteralAst$|HashtableAst$/.test(kind)
        ? 'ExpressionAst'
        : /StatementAst$|DefinitionAst$/.test(kind)
          ? 'StatementAst'
          : 'Ast');
    type =
      kind === 'Ast'
        ? astType
        : defineType(`${space}.${kind}`, {
            assembly: 'System.Management.Automation',
            baseType: typeOfNode(base),
            members: [
              ...(kind === 'ExpressionAst' ? expressionMembers : []),
              ...propertiesOf(kind),
              ...(ownMembers[kind] ?? []),
            ],
          });
    types.set(kind, type);
  }
  return type;
}
for (const kind of [...Object.keys(astBases), ...Object.keys(astProperties)]) typeOfNode(kind);
