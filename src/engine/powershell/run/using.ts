import type { UsingStatementAst } from '../parse/tree.ts';
import { runtimeError } from '../types/errors.ts';
import type { Frame } from './frame.ts';
import { FunctionRun } from './invoke.ts';
import type { Steps } from './steps.ts';

/** `using module` imports; `using namespace` acted when the file was compiled; `using assembly` changes nothing. */
export function* loadUsing(node: UsingStatementAst, frame: Frame): Steps<void> {
  if (node.usingStatementKind.toLowerCase() !== 'module') return;
  const { session } = frame;
  const importer = session.command('Import-Module', frame);
  if (!importer)
    throw runtimeError(
      'CommandNotFoundException',
      "The term 'Import-Module' is not recognized.",
      'ObjectNotFound',
    );
  const block = session.scriptBlock(`Import-Module -Name '${(node.name?.value ?? '').replace(/'/g, "''")}'`);
  const run = new FunctionRun(session, block, undefined, [], {
    caller: frame,
    out: frame.out,
    streams: frame.streams,
    expectingInput: false,
    dotted: true,
  });
  try {
    const begun = run.begin();
    if (begun) yield* begun;
    const ended = run.end();
    if (ended) yield* ended;
  } finally {
    run.dispose();
  }
  // Unlike Import-Module, it makes the module's classes known here too.
  const name = (node.name?.value ?? '')
    .replace(/^.*[\\/]/, '')
    .replace(/\.ps[md]1$/i, '')
    .toLowerCase();
  for (const module of session.modules.values()) {
    if (module.name.toLowerCase() !== name) continue;
    for (const type of module.scope.types?.values() ?? []) session.scriptTypes.define(type, frame.scope);
  }
}
