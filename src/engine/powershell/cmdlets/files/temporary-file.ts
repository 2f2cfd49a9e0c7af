import type { Bytes } from '../../../../base/bytes.ts';
import { makeInfo } from '../../providers/file-info.ts';
import { fileRefusal } from '../../providers/file-system.ts';
import { addItemProperties } from '../../providers/item-properties.ts';
import { joinPath } from '../../providers/paths.ts';
import { resolvePath } from '../../providers/resolve.ts';
import { environment } from '../../run/session-objects.ts';
import type { Cmdlet } from '../cmdlet.ts';

export const newTemporaryFile: Cmdlet = {
  name: 'New-TemporaryFile',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.NewTemporaryFileCommand',
  shouldProcess: 'Low',
  parameters: [],
  start: (context) => ({
    process() {
      const own = environment(context.session);
      const folder = own.get('temp')?.value ?? own.get('tmp')?.value ?? 'C:\\Windows\\TEMP';
      const number = (context.host.random('temporary-file') & 0xffff).toString(16).toUpperCase();
      const path = joinPath(folder.replace(/\\$/, ''), `tmp${number}.tmp`);
      if (!context.shouldProcess(folder, 'New-TemporaryFile')) return undefined;
      const done = context.host.files.write(path, '' as Bytes);
      if (!done.ok) return context.fail(fileRefusal(done.error, path, 'NewTemporaryFileWriteError'));
      const item = makeInfo('file', path, path);
      const at = resolvePath(context, path);
      context.write(at.ok ? addItemProperties(item, at.value, false) : item);
      return undefined;
    },
  }),
};
