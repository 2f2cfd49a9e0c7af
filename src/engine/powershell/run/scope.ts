import type { DotNetType } from '../types/dotnet-type.ts';
import type { Validation } from '../cmdlets/cmdlet.ts';
import type { CommandInfo } from './command-info.ts';
import type { ModuleValue } from './module.ts';
import type { Value } from '../types/value.ts';

/** A variable. `type` and `validations` stay with it and act on every assignment. */
export class Variable {
  readonly name: string;
  value: Value;
  /** False while assignment is nothing but storing: what compiled code checks. Kept by the setters below. */
  special = false;
  isPrivate = false;
  allScope = false;
  description = '';
  /** Set when the variable was removed, so that compiled code that remembers it looks again. */
  removed = false;
  #type: DotNetType | undefined = undefined;
  #validations: readonly Validation[] | undefined = undefined;
  #readOnly = false;
  #constant = false;
  #getter: (() => Value) | undefined = undefined;
  #setter: ((value: Value) => void) | undefined = undefined;
  constructor(name: string, value: Value) {
    this.name = name;
    this.value = value;
  }
  #update(): void {
    this.special =
      this.#type !== undefined ||
      this.#validations !== undefined ||
      this.#readOnly ||
      this.#constant ||
      this.#getter !== undefined ||
      this.#setter !== undefined;
  }
  get type(): DotNetType | undefined {
    return this.#type;
  }
  set type(type: DotNetType | undefined) {
    this.#type = type;
    this.#update();
  }
  get validations(): readonly Validation[] | undefined {
    return this.#validations;
  }
  set validations(rules: readonly Validation[] | undefined) {
    this.#validations = rules;
    this.#update();
  }
  get readOnly(): boolean {
    return this.#readOnly;
  }
  set readOnly(on: boolean) {
    this.#readOnly = on;
    this.#update();
  }
  get constant(): boolean {
    return this.#constant;
  }
  set constant(on: boolean) {
    this.#constant = on;
    this.#update();
  }
  /** Computed variables ($MyInvocation, $PSBoundParameters): read instead of `value`. */
  get getter(): (() => Value) | undefined {
    return this.#getter;
  }
  set getter(get: (() => Value) | undefined) {
    this.#getter = get;
    this.#update();
  }
  get setter(): ((value: Value) => void) | undefined {
    return this.#setter;
  }
  set setter(set: ((value: Value) => void) | undefined) {
    this.#setter = set;
    this.#update();
  }
  /** What reading it gives. */
  read(): Value {
    return this.#getter ? this.#getter() : this.value;
  }
}

export class AliasInfo {
  readonly name: string;
  readonly definition: string;
  options: string;
  description = '';
  constructor(name: string, definition: string, options = 'None') {
    this.name = name;
    this.definition = definition;
    this.options = options;
  }
}

/** One scope. Names are keyed in lower case. A lookup walks `parent`. */
export class Scope {
  readonly parent: Scope | undefined;
  readonly variables: Map<string, Variable> = new Map();
  functions: Map<string, CommandInfo> | undefined = undefined;
  aliases: Map<string, AliasInfo> | undefined = undefined;
  /** Classes and enums defined here. */
  types: Map<string, DotNetType> | undefined = undefined;
  /** Top of a script file or of a module: what `$script:` means. */
  isScript = false;
  /** 0 off, else the version of Set-StrictMode; undefined: the parent's. */
  strictMode: number | undefined = undefined;
  module: ModuleValue | undefined = undefined;
  /** Count of function and alias definitions seen by command caches. */
  constructor(parent: Scope | undefined) {
    this.parent = parent;
    this.module = parent?.module;
  }

  find(lower: string): Variable | undefined {
    const own = this.variables.get(lower);
    if (own !== undefined) return own;
    for (let scope = this.parent; scope; scope = scope.parent) {
      const found = scope.variables.get(lower);
      if (found !== undefined && !found.isPrivate) return found;
    }
    return undefined;
  }

  /** The scope `$script:` names. */
  get script(): Scope {
    let scope: Scope = this;
    while (!scope.isScript && scope.parent) scope = scope.parent;
    return scope;
  }
  get global(): Scope {
    let scope: Scope = this;
    while (scope.parent) scope = scope.parent;
    return scope;
  }
  get strict(): number {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent)
      if (scope.strictMode !== undefined) return scope.strictMode;
    return 0;
  }

  findFunction(lower: string): CommandInfo | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.functions?.get(lower);
      if (found) return found;
    }
    return undefined;
  }
  findAlias(lower: string): AliasInfo | undefined {
    for (let scope: Scope | undefined = this; scope; scope = scope.parent) {
      const found = scope.aliases?.get(lower);
      if (found) return found;
    }
    return undefined;
  }
  /** n-th ancestor, 0 is this. */
  ancestor(n: number): Scope | undefined {
    let scope: Scope | undefined = this;
    for (let i = 0; i < n && scope; i++) scope = scope.parent;
    return scope;
  }
}
