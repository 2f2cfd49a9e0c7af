export const root: string;
export function fail(what: string, todo: string): never;
export function say(text: string): void;
/** Path of the project's own Node 24. */
export function node24(): string;
export function checkNode(): void;
export function ensureInstalled(): void;
export function ensureBuilt(parts?: readonly string[]): void;
