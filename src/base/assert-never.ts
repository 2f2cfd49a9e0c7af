/** Closes a union: compiles only where every `kind` was handled, and throws if data from outside lied. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected variant: ${JSON.stringify(value)}`);
}
