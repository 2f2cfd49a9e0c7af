import { resolvePath } from '../../providers/resolve.ts';
import { joinPath, parentOf } from '../../providers/paths.ts';
import { Variable } from '../../run/scope.ts';
import type { Cmdlet } from '../cmdlet.ts';
import { readDataFile } from './data-file.ts';

export const importLocalizedData: Cmdlet = {
  name: 'Import-LocalizedData',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.ImportLocalizedData',
  parameters: [
    { name: 'BindingVariable', type: 'string', position: 0, aliases: ['Variable'] },
    { name: 'UICulture', type: 'string', position: 1 },
    { name: 'BaseDirectory', type: 'string' },
    { name: 'FileName', type: 'string' },
    { name: 'SupportedCommand', type: 'string[]' },
  ],
  start: (context) => ({
    process() {
      const { session } = context;
      const { frame } = session;
      const base = context.has('BaseDirectory')
        ? resolvePath(context, context.string('BaseDirectory'))
        : undefined;
      const folder = base?.ok ? base.value.providerPath : parentOf(frame.file ?? '');
      const file = (context.string('FileName') || (frame.file ?? '').replace(/^.*[\\/]/, '')).replace(
        /(\.ps[dm]?1)?$/i,
        '.psd1',
      );
      const culture = context.string('UICulture') || context.host.computer.culture;
      const tried = [culture, culture.replace(/-.*$/, ''), ''].map((c) =>
        joinPath(c === '' ? folder : joinPath(folder, c), file),
      );
      for (const path of tried) {
        if (!context.host.files.info(path).ok) continue;
        const read = readDataFile(context, path);
        if (read.kind !== 'data') continue;
        if (!context.has('BindingVariable')) {
          context.write(read.table);
          return undefined;
        }
        const name = context.string('BindingVariable').replace(/^\$/, '');
        const known = frame.scope.variables.get(name.toLowerCase());
        if (known) known.value = read.table;
        else frame.scope.variables.set(name.toLowerCase(), new Variable(name, read.table));
        return undefined;
      }
      context.error({
        id: 'ImportLocalizedData',
        category: 'ObjectNotFound',
        message: `Cannot find the PowerShell data file '${file}' in directory '${joinPath(folder, culture)}\\', or in any parent culture directories.`,
        exception: 'System.Management.Automation.PSInvalidOperationException',
        target: joinPath(folder, culture),
      });
      return undefined;
    },
  }),
};
