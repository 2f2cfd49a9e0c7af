import type { Extent } from './source.ts';

/** What the parser found wrong; id and message are PowerShell's own. */
export interface ParseError {
  readonly errorId: string;
  readonly message: string;
  readonly extent: Extent;
  /** More text could make it right: the console asks for another line. */
  readonly incompleteInput: boolean;
}

/** Where tokenizer and parser put what they find. */
export interface ErrorSink {
  /** Reports at offsets of the source. */
  error(start: number, end: number, errorId: string, ...args: readonly string[]): void;
  /** As `error`, and marked incomplete where `detectedEnd` is the end of the text. */
  incomplete(
    start: number,
    end: number,
    detectedEnd: number,
    errorId: string,
    ...args: readonly string[]
  ): boolean;
}
