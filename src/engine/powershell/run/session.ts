/** Declared first so that cmdlets can be written against it; filled by the runtime. */
export interface Session {
  readonly dialect: 'desktop' | 'core';
}
