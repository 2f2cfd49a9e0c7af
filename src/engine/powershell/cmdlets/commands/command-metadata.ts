import type { CommandInfo } from '../../run/command-info.ts';
import type { DotNetType } from '../../types/dotnet-type.ts';
import { constructors, property } from '../../types/dotnet/define.ts';
import { enumValue } from '../../types/enum-text.ts';
import { dotNetError } from '../../types/errors.ts';
import { DotNetObject } from '../../types/objects.ts';
import { defineType, resolveType } from '../../types/registry.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { metadataOf, parametersOf } from './command-members.ts';

/* What a proxy of a command starts from: `[System.Management.Automation.CommandMetadata]::new((Get-Command X))`. */

const namespace = 'System.Management.Automation';
const impacts = `${namespace}.ConfirmImpact`;

const command = (self: Value): CommandInfo => (self as DotNetObject<CommandInfo>).state;
const made = (given: Value | undefined): Value => {
  if (isNull(given ?? null))
    throw dotNetError(
      `${namespace}.PSArgumentNullException`,
      "Value cannot be null. (Parameter 'commandInfo')",
    );
  return new DotNetObject(metadataType, given as CommandInfo);
};
const metadataType = defineType(`${namespace}.CommandMetadata`, {
  constructors: constructors([
    `${namespace}.CommandMetadata new(${namespace}.CommandInfo commandInfo)`,
    (_type, args) => made(args[0]),
  ]),
  members: [
    property('Name', 'string', (s) => command(s).name),
    property('DefaultParameterSetName', 'string', (s) => {
      const set = metadataOf(command(s))?.defaultSet ?? '';
      return set === '' ? null : set;
    }),
    property('SupportsShouldProcess', 'bool', (s) => metadataOf(command(s))?.shouldProcess ?? false),
    property('ConfirmImpact', impacts, (s) =>
      enumValue(resolveType(impacts) as DotNetType, metadataOf(command(s))?.confirmImpact ?? 'Medium'),
    ),
    property('Parameters', 'object', (s) => parametersOf(command(s))),
  ],
});
