import { method, property } from '../../types/dotnet/define.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';
import type { VariablePathNode } from '../../parse/tree.ts';

const path = (self: Value): VariablePathNode => (self as DotNetObject<VariablePathNode>).state;
const variablePathType = defineType('System.Management.Automation.VariablePath', {
  assembly: 'System.Management.Automation',
  members: [
    property('UserPath', 'string', (s) => path(s).userPath),
    property('IsGlobal', 'bool', (s) => path(s).scope === 'global'),
    property('IsLocal', 'bool', (s) => path(s).scope === 'local'),
    property('IsPrivate', 'bool', (s) => path(s).scope === 'private'),
    property('IsScript', 'bool', (s) => path(s).scope === 'script'),
    property('IsUnqualified', 'bool', (s) => path(s).scope === undefined && path(s).drive === undefined),
    property('IsUnscopedVariable', 'bool', (s) => path(s).scope === undefined),
    property('IsVariable', 'bool', (s) => path(s).drive === undefined),
    property('IsDriveQualified', 'bool', (s) => path(s).drive !== undefined),
    property('DriveName', 'string', (s) => path(s).drive ?? null),
    method(['string ToString()', (s) => path(s).userPath]),
  ],
});
export const variablePathValue = (node: VariablePathNode): Value => new DotNetObject(variablePathType, node);
