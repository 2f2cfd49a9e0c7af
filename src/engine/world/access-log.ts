/** What scripts read and wrote through their ports, as prefixes: `registry:HKLM\SOFTWARE\X`, `file:C:\x`. */
export class AccessLog {
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();
}
