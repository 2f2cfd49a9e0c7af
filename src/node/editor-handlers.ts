import { consoleId } from '../base/ids.ts';
import { complete } from '../engine/powershell/completion/index.ts';
import { foldsOf } from '../engine/powershell/editor/folding.ts';
import { formatScript } from '../engine/powershell/editor/format-script.ts';
import { hoverAt } from '../engine/powershell/editor/hover.ts';
import { diagnose } from '../engine/powershell/editor/lint/index.ts';
import { EditedScript } from '../engine/powershell/editor/script.ts';
import { signatureAt } from '../engine/powershell/editor/signature.ts';
import { definitionAt, symbolsOf } from '../engine/powershell/editor/symbols.ts';
import { renameAt } from '../engine/powershell/editor/variables.ts';
import type { Session } from '../engine/powershell/run/session.ts';
import type { editorVerbs } from '../protocol/editor-verbs.ts';
import type { VerbRequest, VerbResponse } from '../protocol/verbs.ts';
import type { EngineHost } from './engine-host.ts';

type EditorVerb = keyof typeof editorVerbs;

/** The text as last asked about: most questions about a version come together. */
let last: EditedScript | undefined;
const scriptOf = (text: string): EditedScript =>
  last?.text === text ? last : (last = new EditedScript(text));

/** The session at the prompt of a console; none where the console is closed. */
const sessionOf = (host: EngineHost, console: string): Session | undefined =>
  host.timeline.simulation.session(host.device, consoleId(console));

export const editorHandlers: {
  readonly [N in EditorVerb]: (host: EngineHost, request: VerbRequest<N>) => VerbResponse<N>;
} = {
  'editor.diagnose': (host, { console, text }) => ({
    problems: diagnose(text, sessionOf(host, console)).map(({ id, message, range, severity, fix }) => ({
      id,
      message,
      range,
      severity,
      fix: fix ? { title: fix.title, edits: fix.edits.map((edit) => ({ ...edit })) } : null,
    })),
  }),
  'editor.complete': (host, { console, text, offset }) => {
    const session = sessionOf(host, console);
    if (!session) return { range: { start: offset, end: offset }, items: [] };
    const { start, end, items } = complete(session, text, offset);
    return {
      range: { start, end },
      items: items.map((item) => ({
        text: item.text,
        label: item.label,
        kind: item.kind,
        detail: item.detail,
      })),
    };
  },
  'editor.hover': (host, { console, text, offset }) => {
    const session = sessionOf(host, console);
    return { hover: (session && hoverAt(session, scriptOf(text), offset)) ?? null };
  },
  'editor.signature': (host, { console, text, offset }) => {
    const session = sessionOf(host, console);
    const help = session && signatureAt(session, scriptOf(text), offset);
    if (!help) return { signatures: [], active: 0, activeParameter: -1 };
    return {
      signatures: help.signatures.map(({ label, parameters }) => ({ label, parameters: [...parameters] })),
      active: help.active,
      activeParameter: help.activeParameter,
    };
  },
  'editor.definition': (_host, { text, offset }) => ({
    range: definitionAt(scriptOf(text), offset) ?? null,
  }),
  'editor.rename': (_host, { text, offset }) => {
    const found = renameAt(scriptOf(text), offset);
    return { rename: found ? { range: found.range, edits: [...found.edits] } : null };
  },
  'editor.fold': (_host, { text }) => ({ folds: [...foldsOf(scriptOf(text))] }),
  'editor.format': (_host, { text, tabSize, insertSpaces }) => ({
    text: formatScript(text, { tabSize, insertSpaces }),
  }),
  'editor.outline': (_host, { text }) => ({
    symbols: symbolsOf(scriptOf(text)).flatMap((symbol) =>
      [symbol, ...symbol.children].map(({ kind, name, range, nameRange }) => ({
        kind,
        name,
        range,
        nameRange,
      })),
    ),
  }),
};
