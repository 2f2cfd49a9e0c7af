import { differences } from '../../dialects/index.ts';
import type { Bytes } from '../../../../base/bytes.ts';
import { expandPath, resolvePath } from '../../providers/resolve.ts';
import { parentOf, joinPath } from '../../providers/paths.ts';
import { unicode, utf8NoBom } from '../../providers/encoding.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { isNull } from '../../types/value.ts';
import { dateParts } from '../../types/text.ts';
import { localNow } from '../time/get-date.ts';
import type { Cmdlet, CmdletContext, CmdletParameter } from '../cmdlet.ts';
import { readDataFile } from './data-file.ts';
import { emptyModule } from './module-scope.ts';
import { AliasInfo } from '../../run/scope.ts';
import { CommandInfo } from '../../run/command-info.ts';

const core = 'Microsoft.PowerShell.Core';
const quoted = (text: string): string => `'${text.replace(/'/g, "''")}'`;

/** Settings of a manifest with the comment that stands above each; `*` ones are lists that default to none. */
const settings: readonly (readonly [string, string])[] = [
  ['RootModule', 'Script module or binary module file associated with this manifest.'],
  ['ModuleVersion', 'Version number of this module.'],
  ['CompatiblePSEditions', 'Supported PSEditions'],
  ['GUID', 'ID used to uniquely identify this module'],
  ['Author', 'Author of this module'],
  ['CompanyName', 'Company or vendor of this module'],
  ['Copyright', 'Copyright statement for this module'],
  ['Description', 'Description of the functionality provided by this module'],
  ['PowerShellVersion', 'Minimum version of the PowerShell engine required by this module'],
  [
    'RequiredModules',
    'Modules that must be imported into the global environment prior to importing this module',
  ],
  ['RequiredAssemblies', 'Assemblies that must be loaded prior to importing this module'],
  [
    'ScriptsToProcess',
    "Script files (.ps1) that are run in the caller's environment prior to importing this module.",
  ],
  ['TypesToProcess', 'Type files (.ps1xml) to be loaded when importing this module'],
  ['FormatsToProcess', 'Format files (.ps1xml) to be loaded when importing this module'],
  [
    'NestedModules',
    'Modules to import as nested modules of the module specified in RootModule/ModuleToProcess',
  ],
  [
    'FunctionsToExport',
    'Functions to export from this module, for best performance, do not use wildcards and do not delete the entry, use an empty array if there are no functions to export.',
  ],
  [
    'CmdletsToExport',
    'Cmdlets to export from this module, for best performance, do not use wildcards and do not delete the entry, use an empty array if there are no cmdlets to export.',
  ],
  ['VariablesToExport', 'Variables to export from this module'],
  [
    'AliasesToExport',
    'Aliases to export from this module, for best performance, do not use wildcards and do not delete the entry, use an empty array if there are no aliases to export.',
  ],
  ['FileList', 'List of all files packaged with this module'],
];
const lists = new Set(['FunctionsToExport', 'CmdletsToExport', 'AliasesToExport']);

function literal(value: Value): string {
  const items = elementsOf(value);
  if (items) return items.length === 0 ? '@()' : items.map((v) => quoted(toText(v))).join(', ');
  return quoted(toText(value));
}
function shownDate(context: CmdletContext): string {
  const p = dateParts(localNow(context.host).ticks);
  return `${p.month}/${p.day}/${p.year}`;
}

const parameters: readonly CmdletParameter[] = [
  { name: 'Path', type: 'string', position: 0, mandatory: true },
  { name: 'NestedModules', type: 'object[]' },
  { name: 'Guid', type: 'guid' },
  { name: 'Author', type: 'string', allowEmptyString: true },
  { name: 'CompanyName', type: 'string', allowEmptyString: true },
  { name: 'Copyright', type: 'string', allowEmptyString: true },
  { name: 'RootModule', type: 'string', aliases: ['ModuleToProcess'] },
  { name: 'ModuleVersion', type: 'version', wholeVersion: true },
  { name: 'Description', type: 'string', allowEmptyString: true },
  { name: 'PowerShellVersion', type: 'version', wholeVersion: true },
  { name: 'RequiredModules', type: 'object[]' },
  { name: 'TypesToProcess', type: 'string[]' },
  { name: 'FormatsToProcess', type: 'string[]' },
  { name: 'ScriptsToProcess', type: 'string[]' },
  { name: 'RequiredAssemblies', type: 'string[]' },
  { name: 'FileList', type: 'string[]' },
  { name: 'FunctionsToExport', type: 'string[]', allowEmptyCollection: true },
  { name: 'AliasesToExport', type: 'string[]', allowEmptyCollection: true },
  { name: 'VariablesToExport', type: 'string[]', allowEmptyCollection: true },
  { name: 'CmdletsToExport', type: 'string[]', allowEmptyCollection: true },
  { name: 'CompatiblePSEditions', type: 'string[]' },
  { name: 'PrivateData', type: 'object' },
  { name: 'Tags', type: 'string[]' },
  { name: 'ProjectUri', type: 'uri' },
  { name: 'LicenseUri', type: 'uri' },
  { name: 'IconUri', type: 'uri' },
  { name: 'ReleaseNotes', type: 'string' },
  { name: 'HelpInfoUri', type: 'string' },
  { name: 'PassThru', type: 'switch' },
  { name: 'DefaultCommandPrefix', type: 'string' },
];

function privateData(context: CmdletContext): string[] {
  const line = (name: string, comment: string): string[] => [
    `        # ${comment}`,
    context.has(name)
      ? `        ${name} = ${literal(context.get(name))}`
      : `        # ${name} = ${name === 'Tags' ? '@()' : "''"}`,
    '',
  ];
  return [
    '# Private data to pass to the module specified in RootModule/ModuleToProcess. This may also contain a PSData hashtable with additional module metadata used by PowerShell.',
    'PrivateData = @{',
    '',
    '    PSData = @{',
    '',
    ...line('Tags', 'Tags applied to this module. These help with module discovery in online galleries.'),
    ...line('LicenseUri', 'A URL to the license for this module.'),
    ...line('ProjectUri', 'A URL to the main website for this project.'),
    ...line('IconUri', 'A URL to an icon representing this module.'),
    ...line('ReleaseNotes', 'ReleaseNotes of this module'),
    '    } # End of PSData hashtable',
    '',
    '} # End of PrivateData hashtable',
  ];
}

export const newModuleManifest: Cmdlet = {
  name: 'New-ModuleManifest',
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.NewModuleManifestCommand',
  shouldProcess: 'Low',
  parameters,
  start: (context) => ({
    process() {
      const at = resolvePath(context, context.string('Path'));
      if (!at.ok) return context.fail(at.error);
      const path = at.value.providerPath;
      if (!/\.psd1$/i.test(path))
        return context.fail({
          id: 'Modules_InvalidModuleManifestPath',
          category: 'InvalidArgument',
          message: `The file extension must be .psd1: ${path}`,
          exception: 'System.InvalidOperationException',
          target: path,
        });
      const user = context.host.identity.name.replace(/^.*\\/, '');
      const author = context.has('Author') ? context.string('Author') : user;
      const defaults: Readonly<Record<string, string>> = {
        ModuleVersion: "'0.0.1'",
        GUID: quoted(guid(context)),
        Author: quoted(user),
        CompanyName: "'Unknown'",
        Copyright: quoted(`(c) ${author}. All rights reserved.`),
        FunctionsToExport: "'*'",
        CmdletsToExport: "'*'",
        VariablesToExport: "'*'",
        AliasesToExport: "'*'",
      };
      const lines = [
        '#',
        `# Module manifest for module '${path.replace(/^.*\\/, '').replace(/\.psd1$/i, '')}'`,
        '#',
        `# Generated by: ${author}`,
        '#',
        `# Generated on: ${shownDate(context)}`,
        '#',
        '',
        '@{',
        '',
      ];
      for (const [name, comment] of settings) {
        lines.push(`# ${comment}`);
        const given = context.has(name === 'GUID' ? 'Guid' : name);
        const value = given ? literal(context.get(name)) : defaults[name];
        const none = name === 'VariablesToExport' && value === '@()';
        lines.push(
          value === undefined || none
            ? `# ${name} = ${lists.has(name) || name.endsWith('s') || name === 'FileList' ? '@()' : "''"}`
            : `${name} = ${value}`,
          '',
        );
      }
      lines.push(...privateData(context), '', '}', '');
      if (!context.shouldProcess(`Creating the "${path}" module manifest file.`, 'New-ModuleManifest'))
        return undefined;
      const encoding = differences.files.redirection.desktopIn(context.dialect) ? unicode : utf8NoBom;
      const text = lines.join(context.host.newline) + context.host.newline;
      const done = context.host.files.write(path, (encoding.bom + encoding.encode(text)) as Bytes);
      if (!done.ok)
        return context.fail({
          id: 'FileOpenFailure',
          category: 'OpenError',
          message: done.error.message,
          exception: 'System.IO.IOException',
          target: path,
        });
      if (context.switch('PassThru')) context.write(text);
      return undefined;
    },
  }),
};
function guid(context: CmdletContext): string {
  let hex = '';
  for (let i = 0; i < 4; i++) hex += context.host.random('guid').toString(16).padStart(8, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const texts = (value: Value | undefined): string[] =>
  value === undefined || isNull(value) ? [] : (elementsOf(value) ?? [value]).map((v) => toText(v));

export const testModuleManifest: Cmdlet = {
  name: 'Test-ModuleManifest',
  module: core,
  typeName: 'Microsoft.PowerShell.Commands.TestModuleManifestCommand',
  parameters: [
    { name: 'Path', type: 'string', position: 0, mandatory: true, pipeline: true, pipelineByName: true },
  ],
  start: (context) => ({
    process() {
      const given = context.string('Path');
      const found = expandPath(context, given, { literal: false });
      const at = found.ok ? found.value[0] : undefined;
      if (!at) {
        const where = resolvePath(context, given);
        context.error({
          id: 'Modules_ModuleNotFound',
          category: 'ResourceUnavailable',
          message: `The specified module '${where.ok ? where.value.providerPath : given}' was not loaded because no valid module file was found in any module directory.`,
          exception: 'System.IO.FileNotFoundException',
          target: given,
        });
        return undefined;
      }
      const path = at.providerPath;
      const read = readDataFile(context, path);
      if (read.kind !== 'data') {
        context.error({
          id: 'Modules_InvalidManifest',
          category: 'InvalidData',
          message: `The module manifest '${path}' could not be processed because it is not a valid PowerShell module manifest file. Remove the elements that are not permitted: ${read.kind === 'dynamic' ? read.message : ''}`,
          exception: 'System.Management.Automation.RuntimeException',
          target: path,
        });
        return undefined;
      }
      const { table } = read;
      if (!table.has('ModuleVersion')) {
        context.error({
          id: 'Modules_MissingModuleVersion',
          category: 'InvalidData',
          message: `The 'ModuleVersion' member is not present in the module manifest. This member must exist and be assigned a version number of the form 'n.n.n.n'. Add the missing member to the file '${path}'.`,
          exception: 'System.Management.Automation.RuntimeException',
          target: path,
        });
        return undefined;
      }
      const root = texts(table.get('RootModule') ?? table.get('ModuleToProcess'))[0];
      if (
        root &&
        !context.host.files.info(joinPath(parentOf(path), /\.\w+$/.test(root) ? root : `${root}.psm1`)).ok
      )
        context.error({
          id: 'Modules_InvalidRootModuleInModuleManifest',
          category: 'ObjectNotFound',
          message: `The specified RootModule '${root}' in the module manifest '${path}' is invalid. Try again after updating this field with valid values.`,
          exception: 'System.Management.Automation.ItemNotFoundException',
          target: root,
        });
      const module = emptyModule(context.session, path.replace(/^.*\\/, '').replace(/\.psd1$/i, ''), path);
      module.moduleType = root ? 'Script' : 'Manifest';
      module.version = toText(table.get('ModuleVersion') ?? '0.0');
      module.description = toText(table.get('Description') ?? '');
      module.manifest = table;
      module.privateData = table.get('PrivateData') ?? null;
      if (table.has('GUID')) module.guid = toText(table.get('GUID') ?? '').toLowerCase();
      for (const name of texts(table.get('FunctionsToExport')))
        if (name !== '*')
          module.functions.set(name.toLowerCase(), new CommandInfo('Function', name, { module }));
      for (const name of texts(table.get('AliasesToExport')))
        if (name !== '*') module.aliases.set(name.toLowerCase(), new AliasInfo(name, ''));
      context.write(module);
      return undefined;
    },
  }),
};
