export function findRuntime(): Promise<{
  readonly executable: string;
  readonly args: readonly string[];
  readonly test: boolean;
}>;
/** Executable of the test runtime, installed on demand. */
export function testRuntime(): Promise<string>;
