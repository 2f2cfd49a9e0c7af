import { DotNetType, objectType } from './dotnet-type.ts';
import { PSReference } from './value.ts';
import type { Value } from './value.ts';
import type { FunctionDefinitionAst, ScriptBlockAst } from '../parse/tree.ts';

export const scriptBlockType = new DotNetType({
  fullName: 'System.Management.Automation.ScriptBlock',
  baseType: objectType,
  assembly: 'System.Management.Automation',
});

/** `{ ... }`. `code` is made on the first call; `scope` is the session state it is bound to (module, closure). */
export class ScriptBlockValue extends PSReference {
  readonly ast: ScriptBlockAst;
  /** Compiled form, owned by compile/. */
  code: unknown;
  /** Scope the block runs under when it is bound to a module or closure; undefined: the caller's. */
  scope: unknown;
  readonly file: string | undefined;
  isFilter = false;
  /** `param(...)` of a function whose parameters stand before its body: part of its text. */
  head = '';
  /** The definition it is the body of. */
  definition: FunctionDefinitionAst | undefined = undefined;
  constructor(ast: ScriptBlockAst, code: unknown, file: string | undefined, scope?: unknown) {
    super();
    this.ast = ast;
    this.code = code;
    this.file = file;
    this.scope = scope;
  }
  get dotNetType(): DotNetType {
    return scriptBlockType;
  }
  get text(): string {
    return this.ast.extent.text;
  }
}
export const isScriptBlock = (value: Value): value is ScriptBlockValue => value instanceof ScriptBlockValue;
