import type {
  CancellationToken,
  editor,
  IDisposable,
  languages,
  Position,
} from 'monaco-editor/editor/editor.api.js';
import type { LabSession } from '../../state/lab-session.svelte.ts';
import type { VerbName, VerbRequest, VerbResponse } from '../../../src/protocol/verbs.ts';
import { monaco } from './monaco.ts';

export type Problem = VerbResponse<'editor.diagnose'>['problems'][number];
type Completion = VerbResponse<'editor.complete'>['items'][number];

const kinds: Readonly<Record<Completion['kind'], languages.CompletionItemKind>> = {
  command: monaco.languages.CompletionItemKind.Function,
  parameter: monaco.languages.CompletionItemKind.Property,
  variable: monaco.languages.CompletionItemKind.Variable,
  path: monaco.languages.CompletionItemKind.File,
  member: monaco.languages.CompletionItemKind.Field,
  value: monaco.languages.CompletionItemKind.Value,
  keyword: monaco.languages.CompletionItemKind.Keyword,
  type: monaco.languages.CompletionItemKind.Class,
};

const severities: Readonly<Record<Problem['severity'], number>> = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
};

/** Everything the engine can say of a script: it has PowerShell's own grammar, and knows device and console. */
export function serveEditor(
  session: LabSession,
  problemsOf: (model: editor.ITextModel) => readonly Problem[],
): IDisposable {
  const services = [
    completeWith(session),
    hoverWith(session),
    signaturesWith(session),
    definitionsWith(session),
    renameWith(session),
    foldWith(session),
    formatWith(session),
    outlineWith(session),
    fixesFrom(problemsOf),
  ];
  return { dispose: () => services.forEach((service) => service.dispose()) };
}

/** An answer for the text as it is; none once it changed, was closed, or the engine starts again. */
async function ask<N extends VerbName>(
  session: LabSession,
  model: editor.ITextModel,
  cancelled: CancellationToken,
  verb: N,
  request: VerbRequest<N>,
): Promise<VerbResponse<N> | null> {
  const version = model.getVersionId();
  try {
    const answer = await session.engine.call(verb, request);
    const stale = cancelled.isCancellationRequested || model.isDisposed() || model.getVersionId() !== version;
    return stale ? null : answer;
  } catch {
    return null;
  }
}

function completeWith(session: LabSession): IDisposable {
  return monaco.languages.registerCompletionItemProvider('powershell', {
    triggerCharacters: ['-', '$', '\\', '.', ':', '['],
    async provideCompletionItems(model, position, _context, cancelled) {
      const answer = await ask(session, model, cancelled, 'editor.complete', {
        console: session.consoles.active,
        text: model.getValue(),
        offset: model.getOffsetAt(position),
      });
      if (!answer) return null;
      const range = rangeOf(model, answer.range);
      return {
        suggestions: answer.items.map((item, index) => ({
          label: item.label,
          kind: kinds[item.kind],
          detail: item.detail,
          insertText: item.text,
          // The engine's order is PowerShell's own.
          sortText: String(index).padStart(5, '0'),
          filterText: item.text,
          range,
        })),
      };
    },
  });
}

function hoverWith(session: LabSession): IDisposable {
  return monaco.languages.registerHoverProvider('powershell', {
    async provideHover(model, position, cancelled) {
      const answer = await ask(session, model, cancelled, 'editor.hover', {
        console: session.consoles.active,
        text: model.getValue(),
        offset: model.getOffsetAt(position),
      });
      if (!answer?.hover) return null;
      const { range, code, text } = answer.hover;
      return {
        range: rangeOf(model, range),
        contents: [
          { value: `\`\`\`powershell\n${code}\n\`\`\`` },
          ...(text === '' ? [] : [{ value: plainMarkdown(text) }]),
        ],
      };
    },
  });
}

/** Text of the engine, shown as it is. */
const plainMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~-]/g, '\\$&');

function signaturesWith(session: LabSession): IDisposable {
  return monaco.languages.registerSignatureHelpProvider('powershell', {
    signatureHelpTriggerCharacters: [' ', '-'],
    signatureHelpRetriggerCharacters: [' '],
    async provideSignatureHelp(model, position, cancelled) {
      const answer = await ask(session, model, cancelled, 'editor.signature', {
        console: session.consoles.active,
        text: model.getValue(),
        offset: model.getOffsetAt(position),
      });
      if (!answer || answer.signatures.length === 0) return null;
      return {
        value: {
          signatures: answer.signatures.map(({ label, parameters }) => ({ label, parameters })),
          activeSignature: answer.active,
          activeParameter: Math.max(answer.activeParameter, 0),
        },
        dispose: () => undefined,
      };
    },
  });
}

function definitionsWith(session: LabSession): IDisposable {
  return monaco.languages.registerDefinitionProvider('powershell', {
    async provideDefinition(model, position, cancelled) {
      const answer = await ask(session, model, cancelled, 'editor.definition', {
        text: model.getValue(),
        offset: model.getOffsetAt(position),
      });
      return answer?.range ? { uri: model.uri, range: rangeOf(model, answer.range) } : null;
    },
  });
}

const notNameable = 'Only a variable of this script can be renamed.';

function renameWith(session: LabSession): IDisposable {
  const places = (model: editor.ITextModel, position: Position, cancelled: CancellationToken) =>
    ask(session, model, cancelled, 'editor.rename', {
      text: model.getValue(),
      offset: model.getOffsetAt(position),
    });
  return monaco.languages.registerRenameProvider('powershell', {
    async resolveRenameLocation(model, position, cancelled) {
      const answer = await places(model, position, cancelled);
      const range = answer?.rename ? rangeOf(model, answer.rename.range) : null;
      if (range) return { range, text: model.getValueInRange(range) };
      const nowhere = { ...rangeOf(model, { start: 0, end: 0 }) };
      return { range: nowhere, text: '', rejectReason: notNameable };
    },
    async provideRenameEdits(model, position, newName, cancelled) {
      const name = newName.replace(/^\$/, '');
      if (!/^\w+$/.test(name))
        return { edits: [], rejectReason: 'A name is letters, digits and underscores.' };
      const answer = await places(model, position, cancelled);
      if (!answer?.rename) return { edits: [], rejectReason: notNameable };
      return {
        edits: answer.rename.edits.map((range) => ({
          resource: model.uri,
          versionId: model.getVersionId(),
          textEdit: { range: rangeOf(model, range), text: name },
        })),
      };
    },
  });
}

function foldWith(session: LabSession): IDisposable {
  const foldKinds = {
    comment: monaco.languages.FoldingRangeKind.Comment,
    region: monaco.languages.FoldingRangeKind.Region,
  };
  return monaco.languages.registerFoldingRangeProvider('powershell', {
    async provideFoldingRanges(model, _context, cancelled) {
      const answer = await ask(session, model, cancelled, 'editor.fold', { text: model.getValue() });
      return (answer?.folds ?? []).map(({ start, end, kind }) => ({
        start: start + 1,
        end: end + 1,
        ...(kind === 'block' ? {} : { kind: foldKinds[kind] }),
      }));
    },
  });
}

function formatWith(session: LabSession): IDisposable {
  return monaco.languages.registerDocumentFormattingEditProvider('powershell', {
    displayName: 'PowerShell',
    async provideDocumentFormattingEdits(model, { tabSize, insertSpaces }, cancelled) {
      const answer = await ask(session, model, cancelled, 'editor.format', {
        text: model.getValue(),
        tabSize,
        insertSpaces,
      });
      return answer ? [{ range: model.getFullModelRange(), text: answer.text }] : [];
    },
  });
}

function outlineWith(session: LabSession): IDisposable {
  const symbolKinds: Readonly<Record<string, languages.SymbolKind>> = {
    function: monaco.languages.SymbolKind.Function,
    class: monaco.languages.SymbolKind.Class,
    enum: monaco.languages.SymbolKind.Enum,
    method: monaco.languages.SymbolKind.Method,
    property: monaco.languages.SymbolKind.Property,
  };
  return monaco.languages.registerDocumentSymbolProvider('powershell', {
    displayName: 'PowerShell',
    async provideDocumentSymbols(model, cancelled) {
      const answer = await ask(session, model, cancelled, 'editor.outline', { text: model.getValue() });
      return (answer?.symbols ?? []).map(({ kind, name, range, nameRange }) => ({
        name,
        detail: '',
        kind: symbolKinds[kind] ?? monaco.languages.SymbolKind.Function,
        tags: [],
        range: rangeOf(model, range),
        selectionRange: rangeOf(model, nameRange),
      }));
    },
  });
}

/** The changes that mend what the linter found, by Ctrl+. or the bulb. */
function fixesFrom(problemsOf: (model: editor.ITextModel) => readonly Problem[]): IDisposable {
  return monaco.languages.registerCodeActionProvider('powershell', {
    provideCodeActions(model, range) {
      const start = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn });
      const end = model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn });
      const reached = problemsOf(model).filter((one) => one.range.start <= end && start <= one.range.end);
      return {
        actions: reached.flatMap(({ fix }) =>
          fix
            ? {
                title: fix.title,
                kind: 'quickfix',
                edit: {
                  edits: fix.edits.map((edit) => ({
                    resource: model.uri,
                    versionId: model.getVersionId(),
                    textEdit: { range: rangeOf(model, edit.range), text: edit.text },
                  })),
                },
              }
            : [],
        ),
        dispose: () => undefined,
      };
    },
  });
}

export function showProblems(model: editor.ITextModel, problems: readonly Problem[]): void {
  monaco.editor.setModelMarkers(
    model,
    'powershell',
    problems.map((problem) => ({
      ...rangeOf(model, problem.range),
      message: problem.message,
      code: problem.id,
      severity: severities[problem.severity],
    })),
  );
}

function rangeOf(model: editor.ITextModel, range: { start: number; end: number }) {
  const start = model.getPositionAt(range.start);
  const end = model.getPositionAt(Math.max(range.end, range.start));
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}
