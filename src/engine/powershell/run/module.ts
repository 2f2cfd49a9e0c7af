import { DotNetType, objectType } from '../types/dotnet-type.ts';
import type { Value } from '../types/value.ts';
import { PSReference } from '../types/value.ts';
import type { CommandInfo } from './command-info.ts';
import type { AliasInfo, Scope, Variable } from './scope.ts';

export const moduleType = new DotNetType({
  fullName: 'System.Management.Automation.PSModuleInfo',
  baseType: objectType,
});

/** A loaded module: its own scope below global, and what it exports. */
export class ModuleValue extends PSReference {
  name: string;
  path: string;
  /** The file it was imported by, where that is not the file of its code. */
  manifestPath = '';
  version = '0.0';
  moduleType: 'Script' | 'Manifest' | 'Binary' = 'Script';
  description = '';
  guid = '00000000-0000-0000-0000-000000000000';
  scope: Scope;
  /** undefined until Export-ModuleMember or the manifest says so: then all functions and aliases. */
  readonly functions: Map<string, CommandInfo> = new Map();
  readonly aliases: Map<string, AliasInfo> = new Map();
  readonly variables: Map<string, Variable> = new Map();
  exportsDeclared = false;
  accessMode: 'ReadWrite' | 'ReadOnly' | 'Constant' = 'ReadWrite';
  onRemove: Value = null;
  privateData: Value = null;
  manifest: Value = null;
  constructor(name: string, path: string, scope: Scope) {
    super();
    this.name = name;
    this.path = path;
    this.scope = scope;
  }
  get dotNetType(): DotNetType {
    return moduleType;
  }
}
