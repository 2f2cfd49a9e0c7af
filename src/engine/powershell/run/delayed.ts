import { objectType } from '../types/dotnet-type.ts';
import { ScriptBlockValue } from '../types/script-block.ts';
import type { Argument } from './binder.ts';
import { findParameter } from './binder.ts';
import type { CommandMetadata, ParameterInfo } from './parameters.ts';

/** A script block that waits for each pipeline object: what it gives is bound to the parameter. */
export interface Delayed {
  readonly parameter: ParameterInfo;
  readonly block: ScriptBlockValue;
}

/** Whether a script block given to the parameter is run for each object rather than bound as it is. */
function delays(parameter: ParameterInfo): boolean {
  const { type } = parameter;
  if (parameter.isSwitch || !parameter.typed || /ScriptBlock(\[\])?$/.test(type.fullName)) return false;
  return (
    type !== objectType &&
    type.elementType !== objectType &&
    [...parameter.sets.values()].some((s) => s.pipeline || s.pipelineByName)
  );
}

/** The arguments without the script blocks that wait; those go to `delayed`. */
export function withoutDelayed(
  meta: CommandMetadata,
  args: readonly Argument[],
  delayed: Delayed[],
): readonly Argument[] {
  if (!args.some((a) => a.kind === 'parameter')) return args;
  const rest: Argument[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Argument;
    if (arg.kind === 'parameter') {
      const next = args[i + 1];
      const value = arg.value ?? (next?.kind === 'value' ? next.value : undefined);
      const parameter = value instanceof ScriptBlockValue ? findParameter(meta, arg.name) : undefined;
      if (parameter && delays(parameter)) {
        delayed.push({ parameter, block: value as ScriptBlockValue });
        if (arg.value === undefined) i++;
        continue;
      }
    }
    rest.push(arg);
  }
  return rest;
}
