import { hashtable } from '../types/collections.ts';
import type { Invocation } from '../types/error-record.ts';
import { PSArray } from '../types/objects.ts';
import type { Bound } from './binder.ts';
import type { CommandInfo } from './command-info.ts';
import type { CallOptions } from './invoke.ts';
import type { Frame } from './frame.ts';
import { positionOf } from './frame.ts';
import { lineTextOf } from './report.ts';

/** What a command knows of its call. */
export function makeInvocation(
  caller: Frame,
  info: CommandInfo | undefined,
  options: CallOptions,
  bound: Bound | undefined,
): Invocation {
  const extent = options.extent ?? caller.position;
  const parameters = hashtable();
  // Only functions and scripts tell what was bound to them.
  if (!bound?.meta.isCmdlet)
    for (const { parameter, value } of bound?.values.values() ?? []) parameters.set(parameter.name, value);
  const file = caller.file;
  return {
    myCommand: info ?? null,
    invocationName: options.invocationName ?? info?.name ?? '',
    position: extent ? positionOf(extent, lineTextOf(caller, extent)) : undefined,
    boundParameters: parameters,
    unboundArguments: new PSArray(bound ? [...bound.rest] : []),
    scriptRoot:
      file === undefined ? '' : file.slice(0, Math.max(file.lastIndexOf('\\'), file.lastIndexOf('/'), 0)),
    commandPath: file ?? '',
    pipelineLength: options.pipelineLength ?? 1,
    pipelinePosition: options.pipelinePosition ?? 1,
    expectingInput: options.expectingInput,
    historyId: caller.session.historyId,
  };
}
