import type { FunctionDefinitionAst, TypeDefinitionAst } from '../parse/tree.ts';
import type { EditedScript, Range } from './script.ts';
import { contains, rangeOf } from './script.ts';
import { variableAt } from './variables.ts';

export interface Symbol {
  readonly kind: 'function' | 'class' | 'enum' | 'method' | 'property';
  readonly name: string;
  /** All of it, and its name alone. */
  readonly range: Range;
  readonly nameRange: Range;
  readonly children: readonly Symbol[];
}

function nameIn(script: EditedScript, within: Range, name: string): Range {
  const at = script.text.indexOf(name, within.start);
  return at >= 0 && at < within.end ? { start: at, end: at + name.length } : within;
}

const functionSymbol = (node: FunctionDefinitionAst): Symbol => ({
  kind: 'function',
  name: node.name,
  range: rangeOf(node),
  nameRange: rangeOf({ extent: node.nameExtent }),
  children: [],
});

function typeSymbol(node: TypeDefinitionAst, script: EditedScript): Symbol {
  return {
    kind: node.isEnum ? 'enum' : 'class',
    name: node.name,
    range: rangeOf(node),
    nameRange: nameIn(script, rangeOf(node), node.name),
    children: node.members.map((member) => ({
      kind: member.kind === 'FunctionMemberAst' ? 'method' : 'property',
      name: member.name,
      range: rangeOf(member),
      nameRange: nameIn(script, rangeOf(member), member.name),
      children: [],
    })),
  };
}

/** Functions and classes of a text, in its order. */
export function symbolsOf(script: EditedScript): readonly Symbol[] {
  const found: Symbol[] = [];
  for (const node of script.nodes()) {
    if (node.kind === 'FunctionDefinitionAst') {
      if (script.parent(node)?.kind !== 'FunctionMemberAst') found.push(functionSymbol(node));
    } else if (node.kind === 'TypeDefinitionAst') found.push(typeSymbol(node, script));
  }
  return found;
}

/** Where the function, class or variable at an offset comes from; none for what the text does not define. */
export function definitionAt(script: EditedScript, offset: number): Range | undefined {
  const path = script.at(offset);
  const symbols = symbolsOf(script);
  for (const node of path) {
    if (node.kind === 'CommandAst') {
      const [name] = node.commandElements;
      if (name?.kind !== 'StringConstantExpressionAst' || !contains(rangeOf(name), offset)) continue;
      const wanted = name.value.replace(/^(script|global|local):/i, '').toLowerCase();
      // The last one before the call is the one that runs; else the first after it.
      const defined = symbols.filter((one) => one.kind === 'function' && one.name.toLowerCase() === wanted);
      return (defined.filter((one) => one.range.start < offset).at(-1) ?? defined[0])?.nameRange;
    }
    if (node.kind === 'TypeExpressionAst' || node.kind === 'TypeConstraintAst') {
      const wanted = node.typeName.fullName.toLowerCase();
      const type = symbols.find((one) => /class|enum/.test(one.kind) && one.name.toLowerCase() === wanted);
      if (type) return type.nameRange;
    }
    if (node.kind === 'MemberExpressionAst' || node.kind === 'InvokeMemberExpressionAst') {
      if (node.member.kind !== 'StringConstantExpressionAst' || !contains(rangeOf(node.member), offset))
        continue;
      const wanted = node.member.value.toLowerCase();
      const members = symbols
        .flatMap((one) => one.children)
        .filter((one) => one.name.toLowerCase() === wanted);
      if (members.length === 1) return members[0]?.nameRange;
    }
  }
  return variableAt(script, offset)?.occurrences.find((one) => one.writes)?.range;
}
