import type { DotNetType } from './dotnet-type.ts';

/**
 * A value a script can hold.
 *
 * - `null` is $null. `undefined` is never a value.
 * - A JS boolean is Boolean, a JS string String.
 * - A JS number that is integral, within int32 and not -0 is Int32. Every other raw JS number is Double.
 *   A Double that would look like an Int32 is a `Boxed` of kind `double`; make doubles with `double()`.
 * - A bigint is Int64.
 * - Everything else is an instance of a class derived from `PSReference`.
 */
export type Value = null | boolean | number | bigint | string | PSReference;

/** Everything that is not a bare JS primitive: .NET objects, PowerShell objects, boxed numbers, types. */
export abstract class PSReference {
  /** Members added to this instance (Add-Member, note properties of custom objects). */
  members: MemberBag | undefined = undefined;
  /** Replaces the .NET type chain where a script changed `PSTypeNames` or a custom object has a name. */
  typeNames: string[] | undefined = undefined;
  abstract get dotNetType(): DotNetType;
}

/** "No output": what a command that wrote nothing evaluates to. Acts as $null, but enumerates to nothing. */
export class AutomationNull extends PSReference {
  get dotNetType(): DotNetType {
    throw new Error('AutomationNull has no type');
  }
}
export const automationNull: AutomationNull = new AutomationNull();

export type ScriptBlockLike = PSReference;

/** A member of an object as the extended type system shows it. Names compare without case. */
export type PSMember =
  | { readonly kind: 'NoteProperty'; readonly name: string; value: Value; typeName?: string }
  | {
      readonly kind: 'ScriptProperty';
      readonly name: string;
      readonly getter: ScriptBlockLike | null;
      readonly setter: ScriptBlockLike | null;
    }
  | {
      readonly kind: 'AliasProperty';
      readonly name: string;
      readonly target: string;
      readonly castTo?: string;
    }
  | {
      readonly kind: 'CodeProperty';
      readonly name: string;
      readonly typeName: string;
      readonly get: (self: Value) => Value;
      readonly set?: (self: Value, value: Value) => void;
      /** Definition as Get-Member prints it. */
      readonly definition?: string;
    }
  | { readonly kind: 'ScriptMethod'; readonly name: string; readonly script: ScriptBlockLike }
  | {
      readonly kind: 'CodeMethod';
      readonly name: string;
      readonly definition: string;
      readonly call: (self: Value, args: readonly Value[]) => Value;
    }
  | { readonly kind: 'PropertySet'; readonly name: string; readonly properties: readonly string[] }
  | { readonly kind: 'MemberSet'; readonly name: string; readonly members: MemberBag };

/** Members that are made when somebody asks for one of their names, in lower case: a file's lines have six each. */
export interface LaterMembers {
  readonly names: ReadonlySet<string>;
  readonly make: () => readonly PSMember[];
}

/** Members in the order they were added; names compare without case. */
export class MemberBag {
  readonly #byName: Map<string, PSMember> = new Map();
  #later: LaterMembers | undefined;

  constructor(later?: LaterMembers) {
    this.#later = later;
  }

  /** Keyed by lower-case name. */
  get #all(): Map<string, PSMember> {
    const later = this.#later;
    if (later !== undefined) {
      this.#later = undefined;
      for (const member of later.make()) this.set(member);
    }
    return this.#byName;
  }

  /** By a name that is in lower case already. */
  getLower(name: string): PSMember | undefined {
    return this.#later === undefined || this.#later.names.has(name) ? this.#all.get(name) : undefined;
  }
  get(name: string): PSMember | undefined {
    return this.getLower(name.toLowerCase());
  }
  set(member: PSMember): void {
    this.setLower(member.name.toLowerCase(), member);
  }
  setLower(lower: string, member: PSMember): void {
    this.#all.set(lower, member);
  }
  delete(name: string): boolean {
    return this.#all.delete(name.toLowerCase());
  }
  get size(): number {
    return this.#all.size;
  }
  [Symbol.iterator](): IterableIterator<PSMember> {
    return this.#all.values();
  }
}

/** A primitive (string, number, boolean) that carries added members; operators see `base`. */
export class PSWrapped extends PSReference {
  readonly base: Exclude<Value, null>;
  /** How a number was written as an argument (`0x10`, `1kb`): its text, where it is taken as text. */
  readonly written: string | undefined;
  constructor(base: Exclude<Value, null>, written?: string) {
    super();
    this.base = base;
    this.written = written;
  }
  get dotNetType(): DotNetType {
    throw new Error('Ask typeOf(), which looks at the base');
  }
}

/** The value itself without the shell that carries added members of a primitive. AutomationNull becomes null. */
export function unwrap(value: Value): Value {
  if (value instanceof PSWrapped) return value.base;
  return value === automationNull ? null : value;
}
/** A number without the text it was written as; all else as it is. */
export const withoutText = (value: Value): Value =>
  value instanceof PSWrapped && value.written !== undefined && value.members === undefined
    ? value.base
    : value;
export const isNull = (value: Value): boolean => value === null || value === automationNull;

export type BoxedKind =
  | 'double'
  | 'single'
  | 'decimal'
  | 'byte'
  | 'sbyte'
  | 'int16'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'biginteger';
