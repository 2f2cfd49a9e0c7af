import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import { ScriptError } from '../types/error-record.ts';
import { hooks } from '../types/hooks.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import type { Alignment } from './packets.ts';
import { matchingNames, hasProperty, readProperty, realName } from './properties.ts';
import { hasWildcard } from '../types/wildcard.ts';

/** One -Property argument of a Format-* command: a name, a pattern, a script block or a hashtable of these. */
export interface PropertySpec {
  readonly expression: string | ScriptBlockValue;
  readonly label?: string;
  readonly width?: number;
  readonly alignment?: Alignment;
  readonly format?: string;
  readonly depth?: number;
}

/** A property argument met with an object: a name of the object, or a script block. */
export interface ResolvedProperty {
  readonly spec: PropertySpec | undefined;
  readonly name: string | undefined;
  readonly block: ScriptBlockValue | undefined;
  readonly label: string;
}

export const named = (name: string): ResolvedProperty => ({
  spec: undefined,
  name,
  block: undefined,
  label: name,
});

/** Properties that arguments mean on an object. `keepMissing`: a table keeps a column for a name that is not there. */
export function resolveProperties(
  specs: readonly PropertySpec[],
  value: Value,
  keepMissing: boolean,
): ResolvedProperty[] {
  const result: ResolvedProperty[] = [];
  for (const spec of specs) {
    const { expression } = spec;
    if (expression instanceof ScriptBlockValue) {
      result.push({ spec, name: undefined, block: expression, label: spec.label ?? blockLabel(expression) });
      continue;
    }
    if (hasWildcard(expression)) {
      for (const name of matchingNames(value, expression))
        result.push({ spec, name, block: undefined, label: spec.label ?? name });
      continue;
    }
    const found = hasProperty(value, expression) || readProperty(value, expression) !== null;
    if (!found && !keepMissing) continue;
    const name = found ? realName(value, expression) : expression;
    result.push({ spec, name, block: undefined, label: spec.label ?? name });
  }
  return result;
}
const blockLabel = (block: ScriptBlockValue): string => block.text.replace(/^\{|\}$/g, '');

/** Value for an object; `failed` where the script block threw. */
export function valueOf(
  property: ResolvedProperty,
  value: Value,
): { readonly value: Value; readonly failed?: ScriptError } {
  if (property.block) {
    try {
      const result = hooks.invokeWithItem(property.block, value, []);
      return { value: result === automationNull ? null : result };
    } catch (error) {
      if (error instanceof ScriptError) return { value: null, failed: error };
      throw error;
    }
  }
  return { value: readProperty(value, property.name as string) };
}
