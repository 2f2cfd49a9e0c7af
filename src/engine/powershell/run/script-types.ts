import type { DotNetType } from '../types/dotnet-type.ts';
import type { ScriptTypeNames } from '../types/registry.ts';
import type { Scope } from './scope.ts';

const declarations = /\b(?:class|enum)\s+(\w+)/gi;

/**
 * The classes and enums that the scripts of one session define, each in the scope where its definition stood. Other
 * sessions never see them.
 */
export class ScriptTypes implements ScriptTypeNames {
  /** Names that some text of this session may define: what compiled code must not take for granted. */
  readonly #declared = new Set<string>();
  readonly #answers = new Map<string, boolean>();
  readonly #current: () => Scope;
  #scope: Scope | undefined;

  constructor(current: () => Scope) {
    this.#current = current;
  }

  /** Learns the names a text may define, before it is compiled. */
  declare(text: string): void {
    for (const [, name] of text.matchAll(declarations)) {
      const lower = (name as string).toLowerCase();
      if (this.#declared.has(lower)) continue;
      this.#declared.add(lower);
      this.#answers.clear();
    }
  }

  define(type: DotNetType, scope: Scope): void {
    this.#declared.add(type.fullName.toLowerCase());
    this.#answers.clear();
    (scope.types ??= new Map()).set(type.fullName.toLowerCase(), type);
  }

  /** Names that scripts gave to types: accelerators of their own. */
  readonly named: Map<string, DotNetType> = new Map();
  name(lower: string, type: DotNetType): void {
    this.named.set(lower, type);
    this.#declared.add(lower);
    this.#answers.clear();
  }
  forget(lower: string): boolean {
    return this.named.delete(lower);
  }

  mayName(name: string): boolean {
    if (this.#declared.size === 0) return false;
    let answer = this.#answers.get(name);
    if (answer === undefined) {
      answer = name
        .toLowerCase()
        .split(/[[\],\s]+/)
        .some((part) => this.#declared.has(part));
      this.#answers.set(name, answer);
    }
    return answer;
  }

  find(lower: string): DotNetType | undefined {
    for (let scope: Scope | undefined = this.#scope ?? this.#current(); scope; scope = scope.parent) {
      const found = scope.types?.get(lower);
      if (found) return found;
    }
    return this.named.get(lower);
  }

  *all(): Generator<DotNetType, void> {
    for (let scope: Scope | undefined = this.#current(); scope; scope = scope.parent)
      yield* scope.types?.values() ?? [];
  }

  /** Looks names up as code of that scope would, while `work` runs. */
  within<T>(scope: Scope | undefined, work: () => T): T {
    const before = this.#scope;
    this.#scope = scope ?? before;
    try {
      return work();
    } finally {
      this.#scope = before;
    }
  }
}
