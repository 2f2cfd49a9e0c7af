/** The name of a variable as written, without `$` and braces: `x`, `script:x`, `env:PATH`. */
export class VariablePath {
  readonly userPath: string;
  constructor(userPath: string) {
    this.userPath = userPath;
  }
  private get scopeLength(): number {
    const path = this.userPath;
    if (path.indexOf(':') < 0) return 0;
    const match = /^(?:variable:)?(?:global|local|private|script):|^variable:/i.exec(path);
    return match ? match[0].length : 0;
  }
  /** `global`, `local`, `private`, `script` where the path names one. */
  get scope(): string | undefined {
    return /(global|local|private|script):$/i
      .exec(this.userPath.slice(0, this.scopeLength))?.[1]
      ?.toLowerCase();
  }
  /** Drive of `env:PATH`; undefined for a variable. */
  get drive(): string | undefined {
    if (this.scopeLength > 0) return undefined;
    const colon = this.userPath.indexOf(':');
    return colon > 0 ? this.userPath.slice(0, colon) : undefined;
  }
  /** What follows scope or drive. */
  get unqualified(): string {
    const { scopeLength } = this;
    if (scopeLength > 0) return this.userPath.slice(scopeLength);
    const colon = this.userPath.indexOf(':');
    return colon >= 0 ? this.userPath.slice(colon + 1) : this.userPath;
  }
}
