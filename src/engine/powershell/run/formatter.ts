import type { TypeContext } from '../types/dotnet-type.ts';
import type { Value } from '../types/value.ts';

/**
 * Turns the objects that reach the end of a pipeline into console text: Out-Default. One is made per pipeline that
 * reaches the console (and by Out-String, Out-File, `>`), gets the objects one at a time and then the end.
 */
export interface ConsoleFormatter {
  /** Strings print as they are; error, warning and other records have their own views. */
  object(value: Value): void;
  /** Writes what is no output (an error) after the output that is still held back. */
  aside(write: () => void): void;
  end(): void;
}

export interface FormatterOptions {
  /** Columns; 0 is unbounded. */
  readonly width: number;
  /** Receives finished lines with their line ends. */
  readonly write: (text: string) => void;
  /** It goes to a screen that shows colours. */
  readonly colour?: boolean;
}
export type FormatterFactory = (options: FormatterOptions, context: TypeContext) => ConsoleFormatter;
