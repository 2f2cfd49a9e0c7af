/** Base of every error the product throws: a fixed code, facts as fields, a sentence with the actual value in it. */
export class SidecarError extends Error {
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, facts: Readonly<Record<string, unknown>> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'SidecarError';
    this.code = code;
    this.facts = facts;
  }
}
