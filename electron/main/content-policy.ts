/**
 * The policy every answer of app:// carries. Styles need 'unsafe-inline': Monaco and xterm write style elements
 * (measured; without it their sizes and colours are wrong). Scripts do not, and trusted types guard the rest.
 */
export const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types app-worker svelte-trusted-html dompurify editorViewLayer diffEditorWidget diffReview editorGhostText domLineBreaksComputer tokenizeToString standaloneColorizer stickyScrollViewLayer richScreenReaderContent defaultWorkerFactory',
].join('; ');
