import type { Cmdlet } from '../cmdlets/cmdlet.ts';
import { DotNetType, objectType } from '../types/dotnet-type.ts';
import type { ScriptBlockValue } from '../types/script-block.ts';
import { PSReference } from '../types/value.ts';
import type { ModuleValue } from './module.ts';

export const commandInfoType = new DotNetType({
  fullName: 'System.Management.Automation.CommandInfo',
  baseType: objectType,
  isAbstract: true,
});
const derived = (name: string): DotNetType =>
  new DotNetType({ fullName: `System.Management.Automation.${name}`, baseType: commandInfoType });
export const functionInfoType = derived('FunctionInfo');
export const filterInfoType = new DotNetType({
  fullName: 'System.Management.Automation.FilterInfo',
  baseType: functionInfoType,
});
export const cmdletInfoType = derived('CmdletInfo');
export const aliasInfoType = derived('AliasInfo');
export const scriptInfoType = derived('ScriptInfo');
export const externalScriptInfoType = derived('ExternalScriptInfo');
export const applicationInfoType = derived('ApplicationInfo');

/** What a command name resolves to; `Get-Command` writes these and `&` takes them. */
export class CommandInfo extends PSReference {
  readonly kind: 'Function' | 'Filter' | 'Cmdlet' | 'Alias' | 'Script' | 'ExternalScript' | 'Application';
  readonly name: string;
  readonly block: ScriptBlockValue | undefined;
  readonly cmdlet: Cmdlet | undefined;
  /** Target of an alias, path of a script or program. */
  readonly definition: string;
  module: ModuleValue | undefined;
  options = 'None';
  description = '';
  /** Parameter metadata, made on the first call; owned by the binder. */
  metadata: unknown = undefined;
  constructor(
    kind: CommandInfo['kind'],
    name: string,
    parts: {
      block?: ScriptBlockValue;
      cmdlet?: Cmdlet;
      definition?: string;
      module?: ModuleValue | undefined;
    },
  ) {
    super();
    this.kind = kind;
    this.name = name;
    this.block = parts.block;
    this.cmdlet = parts.cmdlet;
    this.definition = parts.definition ?? '';
    this.module = parts.module;
  }
  get dotNetType(): DotNetType {
    switch (this.kind) {
      case 'Function':
        return functionInfoType;
      case 'Filter':
        return filterInfoType;
      case 'Cmdlet':
        return cmdletInfoType;
      case 'Alias':
        return aliasInfoType;
      case 'Script':
        return scriptInfoType;
      case 'ExternalScript':
        return externalScriptInfoType;
      case 'Application':
        return applicationInfoType;
    }
  }
}
