import { syntaxOf } from '../cmdlets/commands/command-members.ts';
import { cursorAt } from '../completion/cursor.ts';
import { bindingOf, positionalParameter } from '../completion/parameters.ts';
import type { CommandInfo } from '../run/command-info.ts';
import type { CommandMetadata, ParameterInfo } from '../run/parameters.ts';
import type { Session } from '../run/session.ts';
import { enterContext, leaveContext } from '../types/ambient.ts';
import { typeShortName } from '../types/registry.ts';
import { localFunction } from './local-function.ts';
import type { EditedScript } from './script.ts';

/** One way to call what the cursor stands in. */
export interface Signature {
  readonly label: string;
  readonly parameters: readonly { readonly label: string; readonly documentation: string }[];
}

export interface SignatureHelp {
  readonly signatures: readonly Signature[];
  readonly active: number;
  /** -1 where none is meant. */
  readonly activeParameter: number;
}

export const typeText = (parameter: ParameterInfo): string =>
  parameter.isSwitch ? 'switch' : typeShortName(parameter.type).replace(/(?:\w+\.)+(\w+)/g, '$1');

/** What a command name means to a session, or, before it ran, to the text. */
export function commandNamed(session: Session, script: EditedScript, name: string): CommandInfo | undefined {
  const own = localFunction(session, script, name);
  if (own) return own;
  const info = session.command(name);
  return info?.kind === 'Alias' ? session.command(info.definition) : info;
}

export const metadataFor = (session: Session, info: CommandInfo): CommandMetadata | undefined =>
  info.kind === 'Application' ? undefined : session.metadataOf(info, info.block);

/** Parameter sets of the command around an offset, and which parameter comes next. */
export function signatureAt(
  session: Session,
  script: EditedScript,
  offset: number,
): SignatureHelp | undefined {
  const previous = enterContext(session);
  try {
    return signatures(session, script, offset);
  } finally {
    leaveContext(previous);
  }
}

function signatures(session: Session, script: EditedScript, offset: number): SignatureHelp | undefined {
  const cursor = cursorAt(script.text, offset);
  const [first] = cursor.command;
  if (!first || first.kindName === 'Variable' || first === cursor.current) return undefined;
  const info = commandNamed(session, script, first.stringValue);
  const metadata = info && metadataFor(session, info);
  if (!info || !metadata) return undefined;
  const args = cursor.command.slice(1);
  const binding = bindingOf(args, metadata, cursor.start);
  const next = binding.awaiting ?? positionalParameter(metadata, binding);
  const lines = syntaxOf(info)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const all = lines.map((label): Signature => ({
    label,
    parameters: metadata.parameters.flatMap((parameter) => {
      const written = partOf(label, parameter);
      return written === undefined || parameter.isCommon
        ? []
        : [{ label: written, documentation: describe(parameter) }];
    }),
  }));
  if (all.length === 0) return undefined;
  const shows = (signature: Signature, parameter: ParameterInfo): boolean =>
    partOf(signature.label, parameter) !== undefined;
  const active = Math.max(
    0,
    all.findIndex(
      (one) => [...binding.named].every((parameter) => shows(one, parameter)) && (!next || shows(one, next)),
    ),
  );
  const chosen = all[active] as Signature;
  const written = next && partOf(chosen.label, next);
  return {
    signatures: all,
    active,
    activeParameter: chosen.parameters.findIndex((parameter) => parameter.label === written),
  };
}

/** How a parameter is written in a syntax line: `-Name <string>`, `[-Name] <string>`. */
function partOf(label: string, { name }: ParameterInfo): string | undefined {
  const match = new RegExp(
    `\\[{0,2}-${name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')}\\]?(?: <[^>]*>)?\\]?(?=\\s|$)`,
    'i',
  ).exec(label);
  return match?.[0];
}

function describe(parameter: ParameterInfo): string {
  const sets = [...parameter.sets.values()];
  const facts = [
    `[${typeText(parameter)}]`,
    ...(sets.some((set) => set.mandatory) ? ['mandatory'] : []),
    ...(sets.some((set) => set.pipeline || set.pipelineByName) ? ['takes pipeline input'] : []),
    ...(parameter.aliases.length > 0 ? [`aliases: ${parameter.aliases.join(', ')}`] : []),
  ];
  const help = sets.find((set) => set.helpMessage !== '')?.helpMessage;
  return help === undefined ? facts.join(', ') : `${facts.join(', ')}. ${help}`;
}

export { describe as parameterText };
