import { z } from 'zod';

/** Offsets of UTF-16 units in the text; the end is behind the last. */
export const range = z.strictObject({ start: z.number().int(), end: z.number().int() });

const edit = z.strictObject({ range, text: z.string() });
/** A text, and a place in it; what the console's session knows counts as well. */
const place = z.strictObject({ console: z.string(), text: z.string(), offset: z.number().int() });
const text = z.strictObject({ text: z.string() });

/** What the script editor asks of the engine's parser and of the session in its console. Nothing of the text runs. */
export const editorVerbs = {
  /** Syntax errors, or what the linter finds, with the change that mends it where there is a safe one. */
  'editor.diagnose': {
    request: z.strictObject({ console: z.string(), text: z.string() }),
    response: z.strictObject({
      problems: z.array(
        z.strictObject({
          id: z.string(),
          message: z.string(),
          range,
          severity: z.enum(['error', 'warning', 'info']),
          fix: z.strictObject({ title: z.string(), edits: z.array(edit) }).nullable(),
        }),
      ),
    }),
  },
  'editor.complete': {
    request: place,
    response: z.strictObject({
      range,
      items: z.array(
        z.strictObject({
          text: z.string(),
          label: z.string(),
          kind: z.enum(['command', 'parameter', 'variable', 'path', 'member', 'value', 'keyword', 'type']),
          detail: z.string(),
        }),
      ),
    }),
  },
  'editor.hover': {
    request: place,
    response: z.strictObject({
      hover: z.strictObject({ range, code: z.string(), text: z.string() }).nullable(),
    }),
  },
  'editor.signature': {
    request: place,
    response: z.strictObject({
      signatures: z.array(
        z.strictObject({
          label: z.string(),
          parameters: z.array(z.strictObject({ label: z.string(), documentation: z.string() })),
        }),
      ),
      active: z.number().int(),
      /** -1: none is meant. */
      activeParameter: z.number().int(),
    }),
  },
  'editor.definition': {
    request: z.strictObject({ text: z.string(), offset: z.number().int() }),
    response: z.strictObject({ range: range.nullable() }),
  },
  /** Where the variable at a place is named: what a rename changes. */
  'editor.rename': {
    request: z.strictObject({ text: z.string(), offset: z.number().int() }),
    response: z.strictObject({
      rename: z.strictObject({ range, edits: z.array(range) }).nullable(),
    }),
  },
  'editor.fold': {
    request: text,
    response: z.strictObject({
      folds: z.array(
        z.strictObject({
          start: z.number().int(),
          end: z.number().int(),
          kind: z.enum(['block', 'comment', 'region']),
        }),
      ),
    }),
  },
  'editor.format': {
    request: z.strictObject({ text: z.string(), tabSize: z.number().int(), insertSpaces: z.boolean() }),
    response: text,
  },
  /** Functions and classes, for Ctrl+Shift+O. */
  'editor.outline': {
    request: text,
    response: z.strictObject({
      symbols: z.array(
        z.strictObject({
          kind: z.enum(['function', 'class', 'enum', 'method', 'property']),
          name: z.string(),
          range,
          nameRange: range,
        }),
      ),
    }),
  },
} as const;
