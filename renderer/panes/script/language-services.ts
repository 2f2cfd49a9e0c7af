import type { editor, IDisposable, languages } from 'monaco-editor/editor/editor.api.js';
import type { LabSession } from '../../state/lab-session.svelte.ts';
import type { VerbResponse } from '../../../src/protocol/verbs.ts';
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

/** Completion by the engine, which knows the device: commands, parameters, registry and file paths. */
export function completeWith(session: LabSession): IDisposable {
  return monaco.languages.registerCompletionItemProvider('powershell', {
    triggerCharacters: ['-', '$', '\\', '.', ':', '['],
    async provideCompletionItems(model, position, _context, cancelled) {
      const offset = model.getOffsetAt(position);
      try {
        const answer = await session.engine.call('editor.complete', {
          console: session.consoles.active,
          text: model.getValue(),
          offset,
        });
        if (cancelled.isCancellationRequested || model.isDisposed()) return null;
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
      } catch {
        return null;
      }
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
