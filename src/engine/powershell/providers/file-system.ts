import { differences } from '../dialects/index.ts';
import { emptyBytes, utf8Encode } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import { fail, ok } from '../../../base/result.ts';
import type { ErrorSpec } from '../cmdlets/cmdlet.ts';
import type { FileInfo, HostError } from '../host.ts';
import type { Provider, ProviderContext, ProviderResult } from '../run/provider.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { isNull } from '../types/value.ts';
import { makeInfo } from './file-info.ts';
import { joinPath, leafOf, parentOf } from './paths.ts';
import { pathNotFound } from './resolve.ts';

const exceptionOf = (error: HostError): string => {
  switch (error.code) {
    case 'not-found':
      return 'System.IO.FileNotFoundException';
    case 'parent-not-found':
      return 'System.IO.DirectoryNotFoundException';
    case 'access-denied':
    case 'is-directory':
      return 'System.UnauthorizedAccessException';
    default:
      return 'System.IO.IOException';
  }
};
/** An error of one operation: `id` names the operation, or its refusal where access was denied. */
export function fileRefusal(
  error: HostError,
  path: string,
  id: string,
  category: ErrorSpec['category'] = 'WriteError',
  deniedId = id,
): ErrorSpec {
  const denied = error.code === 'access-denied' || error.code === 'is-directory';
  return {
    id: denied ? deniedId : id,
    category: denied ? 'PermissionDenied' : category,
    message: denied ? `Access to the path '${path}' is denied.` : error.message,
    exception: exceptionOf(error),
    target: path,
  };
}

const ioError = (id: string, category: ErrorSpec['category'], message: string, target: Value): ErrorSpec => ({
  id,
  category,
  message,
  exception: 'System.IO.IOException',
  target,
});
const noAccess = (path: string, id: string): ErrorSpec =>
  ioError(
    id,
    'PermissionDenied',
    'You do not have sufficient access rights to perform this operation or the item is hidden, system, or read only.',
    path,
  );

const info = (path: string, ctx: ProviderContext): FileInfo | undefined => {
  const found = ctx.host.files.info(path);
  return found.ok ? found.value : undefined;
};

function newDirectory(path: string, force: boolean, ctx: ProviderContext): ProviderResult<Value> {
  const known = info(path, ctx);
  if (known && !(force && known.kind === 'directory'))
    return fail(
      ioError(
        'DirectoryExist',
        'ResourceExists',
        `An item with the specified name ${path} already exists.`,
        path,
      ),
    );
  const done = ctx.host.files.createDirectory(path);
  if (!done.ok)
    return fail(
      fileRefusal(
        done.error,
        path,
        'CreateDirectoryIOError',
        'WriteError',
        'CreateDirectoryUnauthorizedAccessError',
      ),
    );
  return ok(makeInfo('directory', done.value.path, done.value.path, done.value));
}

function newFile(path: string, value: Value, force: boolean, ctx: ProviderContext): ProviderResult<Value> {
  const known = info(path, ctx);
  if (known && !force)
    return fail(ioError('NewItemIOError', 'WriteError', `The file '${path}' already exists.`, path));
  if (known?.kind === 'directory')
    return fail(
      fileRefusal(
        { code: 'is-directory', message: '' },
        path,
        'NewItemIOError',
        'WriteError',
        'NewItemUnauthorizedAccessError',
      ),
    );
  if (force) {
    const parent = parentOf(path);
    if (parent !== '' && !info(parent, ctx)) {
      const made = ctx.host.files.createDirectory(parent);
      if (!made.ok) return fail(fileRefusal(made.error, parent, 'NewItemIOError'));
    }
  }
  const content: Bytes = isNull(value) ? emptyBytes : utf8Encode(toText(value));
  const done = ctx.host.files.write(path, content);
  if (!done.ok)
    return fail(
      fileRefusal(done.error, path, 'NewItemIOError', 'WriteError', 'NewItemUnauthorizedAccessError'),
    );
  return ok(makeInfo('file', path, path));
}

function copyFile(
  from: string,
  to: string,
  force: boolean,
  ctx: ProviderContext,
): ProviderResult<readonly string[]> {
  const { files } = ctx.host;
  if (from.toLowerCase() === to.toLowerCase())
    return fail(ioError('CopyError', 'WriteError', `Cannot overwrite the item ${from} with itself.`, to));
  const content = files.read(from);
  if (!content.ok)
    return fail(
      fileRefusal(
        content.error,
        from,
        'CopyFileInfoItemIOError',
        'WriteError',
        'CopyFileInfoItemUnauthorizedAccessError',
      ),
    );
  const target = info(to, ctx);
  if (target?.readOnly && force) files.setAttributes(to, { readOnly: false });
  const done = files.write(to, content.value);
  if (!done.ok)
    return fail(
      fileRefusal(
        done.error,
        to,
        'CopyFileInfoItemIOError',
        'WriteError',
        'CopyFileInfoItemUnauthorizedAccessError',
      ),
    );
  const source = info(from, ctx);
  if (source) {
    files.setTimes(to, { modified: source.modified });
    if (source.readOnly) files.setAttributes(to, { readOnly: true });
  }
  return ok([to]);
}

function copyDirectory(
  from: string,
  to: string,
  recurse: boolean,
  force: boolean,
  ctx: ProviderContext,
): ProviderResult<readonly string[]> {
  const made = ctx.host.files.createDirectory(to);
  if (!made.ok) return fail(fileRefusal(made.error, to, 'CopyDirectoryInfoItemIOError'));
  const paths: string[] = [to];
  if (!recurse) return ok(paths);
  const list = ctx.host.files.list(from);
  if (!list.ok) return fail(fileRefusal(list.error, from, 'CopyDirectoryInfoItemIOError'));
  for (const child of list.value) {
    const target = joinPath(to, child.name);
    const done =
      child.kind === 'directory'
        ? copyDirectory(child.path, target, true, force, ctx)
        : copyFile(child.path, target, force, ctx);
    if (!done.ok) return done;
    paths.push(...done.value);
  }
  return ok(paths);
}

export const fileSystemProvider: Provider = {
  name: 'FileSystem',
  module: 'Microsoft.PowerShell.Core',
  typeName: 'Microsoft.PowerShell.Commands.FileSystemProvider',
  capabilities: 'Filter, ShouldProcess, Credentials',
  drives: (ctx) =>
    ctx.host.files.drives().map((d) => ({ name: d.name, root: `${d.name}:\\`, description: d.label })),
  exists: (path, ctx) => path !== '' && ctx.host.files.info(path).ok,
  isContainer: (path, ctx) => path !== '' && info(path, ctx)?.kind === 'directory',
  item(path, ctx, listed) {
    const found = info(path, ctx);
    if (!found) return fail(pathNotFound(path));
    const shown = listed && differences.files.listedName.desktopIn(ctx.dialect) ? found.name : found.path;
    return ok(makeInfo(found.kind, found.path, shown, found));
  },
  childNames(path, ctx) {
    const list = ctx.host.files.list(path);
    if (!list.ok)
      return fail(
        list.error.code === 'access-denied'
          ? fileRefusal(list.error, path, 'DirIOError', 'ReadError', 'DirUnauthorizedAccessError')
          : fileRefusal(list.error, path, 'DirIOError', 'ReadError'),
      );
    return ok([
      ...list.value.filter((f) => f.kind === 'directory').map((f) => f.name),
      ...list.value.filter((f) => f.kind === 'file').map((f) => f.name),
    ]);
  },
  target(kind, path, to, ctx) {
    const isFolder = info(path, ctx)?.kind === 'directory';
    const what = isFolder ? 'Directory' : 'File';
    switch (kind) {
      case 'new':
        return [to === 'Directory' ? 'Create Directory' : 'Create File', `Destination: ${path}`];
      case 'remove':
        return [`Remove ${what}`, path];
      case 'copy':
        return [`Copy ${what}`, `Item: ${path} Destination: ${to}`];
      case 'move':
        return [`Move ${what}`, `Item: ${path} Destination: ${to}`];
      case 'rename':
        return [`Rename ${what}`, `Item: ${path} Destination: ${to}`];
      case 'set':
        return [`Set Property ${what}`, `Item: ${path} ${to}`];
      case 'clear':
        return [`Clear Property ${what}`, `Item: ${path} ${to}`];
    }
  },
  newItem(path, type, value, force, ctx) {
    const wanted = type.toLowerCase();
    if (wanted !== '' && 'directory'.startsWith(wanted)) return newDirectory(path, force, ctx);
    if (wanted === 'container' || wanted === 'dir') return newDirectory(path, force, ctx);
    if (wanted === '' || 'file'.startsWith(wanted) || wanted === 'leaf')
      return newFile(path, value, force, ctx);
    if (['symboliclink', 'junction', 'hardlink'].includes(wanted))
      return fail({
        id: 'NotSupported',
        category: 'NotImplemented',
        message: 'Links are not supported by the volume of this device.',
        exception: 'System.Management.Automation.PSNotSupportedException',
        target: path,
      });
    return fail({
      id: 'Argument',
      category: 'InvalidArgument',
      message:
        'The type is not a known type for the file system. Only "file","directory" or "symboliclink" can be specified.',
      exception: 'System.Management.Automation.PSArgumentException',
      target: type,
    });
  },
  removeItem(path, recurse, force, ctx) {
    const found = info(path, ctx);
    if (!found) return fail(pathNotFound(path));
    if (found.readOnly && found.kind === 'file') {
      if (!force) return fail(noAccess(path, 'RemoveFileSystemItemUnAuthorizedAccess'));
      ctx.host.files.setAttributes(path, { readOnly: false });
    }
    if (found.hidden && !force) return fail(noAccess(path, 'RemoveFileSystemItemUnAuthorizedAccess'));
    const done = ctx.host.files.remove(path, recurse);
    if (done.ok) return ok(undefined);
    const { error } = done;
    if (error.code === 'access-denied')
      return fail(
        ioError(
          'RemoveFileSystemItemUnAuthorizedAccess',
          'PermissionDenied',
          `Cannot remove item ${path}: Access to the path '${path}' is denied.`,
          path,
        ),
      );
    return fail(
      ioError(
        'RemoveFileSystemItemIOError',
        'WriteError',
        `Cannot remove item ${path}: ${error.message}`,
        path,
      ),
    );
  },
  renameItem(path, newName, force, ctx) {
    const found = info(path, ctx);
    if (!found) return fail(pathNotFound(path));
    const to = joinPath(parentOf(path), leafOf(newName));
    return move(path, to, force, ctx, found, 'RenameItemIOError');
  },
  copyItem(from, to, recurse, force, ctx) {
    const found = info(from, ctx);
    if (!found) return fail(pathNotFound(from));
    const into = info(to, ctx);
    if (found.kind === 'file')
      return copyFile(from, into?.kind === 'directory' ? joinPath(to, found.name) : to, force, ctx);
    if (into?.kind === 'file')
      return fail(
        ioError(
          'CopyContainerItemToLeafError',
          'InvalidArgument',
          'Container cannot be copied onto existing leaf item.',
          to,
        ),
      );
    return copyDirectory(from, into ? joinPath(to, found.name) : to, recurse, force, ctx);
  },
  moveItem(from, to, force, ctx) {
    const found = info(from, ctx);
    if (!found) return fail(pathNotFound(from));
    const into = info(to, ctx);
    const target = into?.kind === 'directory' ? joinPath(to, found.name) : to;
    return move(
      from,
      target,
      force,
      ctx,
      found,
      found.kind === 'file' ? 'MoveFileInfoItemIOError' : 'MoveDirectoryItemIOError',
    );
  },
};

function move(
  from: string,
  to: string,
  force: boolean,
  ctx: ProviderContext,
  found: FileInfo,
  id: string,
): ProviderResult<string> {
  const { files } = ctx.host;
  const target = info(to, ctx);
  if (target && from.toLowerCase() !== to.toLowerCase()) {
    if (!force || target.kind === 'directory' || found.kind === 'directory')
      return fail(
        ioError(
          id,
          'WriteError',
          differences.files.removeText.desktopIn(ctx.dialect) || found.kind === 'directory'
            ? 'Cannot create a file when that file already exists.'
            : `The file '${to}' already exists.`,
          from,
        ),
      );
    files.setAttributes(to, { readOnly: false });
    const removed = files.remove(to, false);
    if (!removed.ok) return fail(fileRefusal(removed.error, to, id));
  }
  const done = files.move(from, to);
  return done.ok ? ok(to) : fail(fileRefusal(done.error, from, id));
}
