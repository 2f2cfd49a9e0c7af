import type { AttributeAst } from '../parse/tree.ts';
import { sessionObjects } from '../run/session-objects.ts';
import { asScriptError } from '../run/report.ts';
import type { DotNetType } from '../types/dotnet-type.ts';
import { ScriptError } from '../types/error-record.ts';
import { callMethod, construct, setProperty } from '../types/member.ts';
import { defineType, resolveType } from '../types/registry.ts';
import { constructors } from '../types/dotnet/define.ts';
import { DotNetObject } from '../types/objects.ts';
import { elementsOf } from '../types/enumerate.ts';
import type { Value } from '../types/value.ts';
import { isNull } from '../types/value.ts';
import { constantOf } from './constants.ts';
import type { CompileContext } from './context.ts';

/* Attributes that a script defines as classes: what they do to an argument. */

const namespace = 'System.Management.Automation';
const make = (fullName: string, baseType: DotNetType): DotNetType => {
  const type: DotNetType = defineType(fullName, { baseType, assembly: namespace });
  type.constructors = constructors([`${fullName} new()`, (v) => new DotNetObject(v as DotNetType, {})]);
  return type;
};
const attribute = make('System.Attribute', resolveType('System.Object') as DotNetType);
const metadata = make(`${namespace}.Internal.CmdletMetadataAttribute`, attribute);
const transformation = make(`${namespace}.ArgumentTransformationAttribute`, metadata);
const validation = make(`${namespace}.ValidateArgumentsAttribute`, metadata);
const enumerated = make(`${namespace}.ValidateEnumeratedArgumentsAttribute`, validation);

/** The class an attribute names, where a script defined it. */
function classOf(node: AttributeAst, context: CompileContext): DotNetType | undefined {
  const name = node.typeName.fullName;
  for (const one of [name, `${name}Attribute`]) {
    const found = resolveType(one, context.using);
    if (found && found.scriptClass !== undefined) return found;
  }
  return undefined;
}
function instance(type: DotNetType, node: AttributeAst, context: CompileContext): Value {
  const args = (node.positionalArguments ?? []).map((a) => constantOf(a, context));
  const made = construct(type, args, 'new');
  for (const one of node.namedArguments ?? [])
    setProperty(made, one.argumentName, one.expressionOmitted ? true : constantOf(one.argument, context));
  return made;
}
const engine = (context: CompileContext): Value => sessionObjects.executionContext(context.session);

/** What an argument becomes before it is converted; undefined where no attribute says so. The last attribute acts first. */
export function transformationOf(
  attributes: readonly { readonly kind: string }[],
  context: CompileContext,
): ((value: Value) => Value) | undefined {
  const nodes = attributes
    .filter((a): a is AttributeAst => a.kind === 'AttributeAst')
    .map((node) => ({ node, type: classOf(node, context) }))
    .filter(({ type }) => type?.isAssignableTo(transformation));
  if (nodes.length === 0) return undefined;
  return (value) =>
    nodes.reduceRight<Value>(
      (before, { node, type }) =>
        callMethod(instance(type as DotNetType, node, context), 'Transform', [engine(context), before]),
      value,
    );
}

/** The check of an attribute class: the text it refuses an argument with. */
export function checkOf(
  node: AttributeAst,
  context: CompileContext,
): ((value: Value) => string | undefined) | undefined {
  const type = classOf(node, context);
  if (!type?.isAssignableTo(validation)) return undefined;
  const each = type.isAssignableTo(enumerated);
  return (value) => {
    const checker = instance(type, node, context);
    try {
      if (!each) callMethod(checker, 'Validate', [value, engine(context)]);
      else
        for (const item of isNull(value) ? [] : (elementsOf(value) ?? [value]))
          callMethod(checker, 'ValidateElement', [item]);
      return undefined;
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      const { exception } = asScriptError(error).record;
      return exception.inner?.message ?? exception.message;
    }
  };
}
