import { CommandInfo } from '../run/command-info.ts';
import type { Session } from '../run/session.ts';
import { ScriptError } from '../types/error-record.ts';
import type { EditedScript } from './script.ts';

/** A function that the text defines, as the session would know it once the text ran; nothing of it runs for this. */
export function localFunction(session: Session, script: EditedScript, name: string): CommandInfo | undefined {
  const lower = name.toLowerCase();
  for (const node of script.nodes()) {
    if (node.kind !== 'FunctionDefinitionAst' || node.name.toLowerCase() !== lower) continue;
    // The comment above belongs to it, and the body alone says what parameters there are.
    const { startOffset, endOffset } = node.body.extent;
    const text = script.text.slice(startOffset, endOffset);
    const inner = text.startsWith('{') && text.endsWith('}') ? text.slice(1, -1) : text;
    const parameters = node.parameters
      ? `param(${node.parameters
          .map(({ extent }) => script.text.slice(extent.startOffset, extent.endOffset))
          .join(', ')})\n`
      : '';
    try {
      return new CommandInfo('Function', node.name, { block: session.scriptBlock(parameters + inner) });
    } catch (error) {
      // A function that is still being written.
      if (error instanceof ScriptError) return undefined;
      throw error;
    }
  }
  return undefined;
}
