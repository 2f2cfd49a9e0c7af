import { ok } from '../../../base/result.ts';
import type { FileNode, VolumeNode } from '../../device/filesystem/file-node.ts';
import { childrenOf, lengthOf } from '../../device/filesystem/file-node.ts';
import { leafName, parentPath } from '../../device/filesystem/file-path.ts';
import type { FileInfo, FilePort, HostResult } from '../../powershell/host.ts';
import { mayReadPath, mayWritePath } from './access.ts';
import type { ResolvedPath } from './file-path.ts';
import { resolvePath } from './file-path.ts';
import type { HostOptions } from './host-options.ts';
import { pathDenied, refused } from './refused.ts';

/** The volume as one identity sees it: redirection of 32-bit processes, access, and the texts of .NET's refusals. */
export function filePort(options: HostOptions): FilePort {
  const { identity, onRead, onWrite } = options;
  const draft = options.draft;
  const resolve = (path: string): ResolvedPath => resolvePath(path, identity.process64Bit);

  const missing = (path: string, full: string, directory = false) =>
    draft().node(parentPath(full))?.kind === 'directory' && !directory
      ? refused('not-found', `Could not find file '${path}'.`, path)
      : refused('parent-not-found', `Could not find a part of the path '${path}'.`, path);

  const open = (path: string): HostResult<{ readonly node: VolumeNode; readonly at: ResolvedPath }> => {
    const at = resolve(path);
    onRead?.(`file:${at.path}`);
    if (!mayReadPath(at.path, identity)) return pathDenied(path);
    const node = draft().node(at.path);
    return node === undefined ? missing(path, at.path) : ok({ node, at });
  };

  const info = (node: VolumeNode, path: string): FileInfo => {
    const { readOnly, hidden, system } = node.attributes;
    const root = !path.includes('\\');
    const version = node.kind === 'file' && node.content.kind === 'image' ? node.content.version : null;
    return {
      kind: node.kind,
      name: root ? `${node.name}\\` : node.name,
      path: root ? `${path}\\` : path,
      length: lengthOf(node),
      created: node.created,
      modified: node.modified,
      accessed: node.accessed,
      readOnly,
      hidden,
      system,
      archive: node.kind === 'file',
      ...(version === null ? {} : { version }),
    };
  };
  const stored = (at: ResolvedPath): string => at.shown(draft().storedPath(at.path) ?? at.path);

  /** A file to write to, or the place of a new one. */
  const target = (
    path: string,
    length: number,
  ): HostResult<{ readonly full: string; readonly old: FileNode | undefined }> => {
    const { path: full } = resolve(path);
    onWrite?.(`file:${full}`);
    const node = draft().node(full);
    if (node?.kind === 'directory')
      return refused('is-directory', `Access to the path '${path}' is denied.`, path);
    if (node === undefined && draft().node(parentPath(full))?.kind !== 'directory')
      return missing(path, full, true);
    if (node?.attributes.readOnly === true || !mayWritePath(full, identity, 'file')) return pathDenied(path);
    if (/[<>:"|?*]/.test(leafName(full)))
      return refused(
        'invalid-name',
        'The filename, directory name, or volume label syntax is incorrect.',
        path,
      );
    if (length > draft().disk.free)
      return refused('disk-full', `There is not enough space on the disk. : '${path}'`, path);
    return ok({ full, old: node });
  };
  const change = (path: string): HostResult<string> => {
    const { path: full } = resolve(path);
    onWrite?.(`file:${full}`);
    const node = draft().node(full);
    if (node === undefined) return missing(path, full);
    return mayWritePath(full, identity, node.kind) ? ok(full) : pathDenied(path);
  };

  const port: FilePort = {
    info(path) {
      const found = open(path);
      return found.ok ? ok(info(found.value.node, stored(found.value.at))) : found;
    },
    list(path) {
      const found = open(path);
      if (!found.ok) return found;
      const { node, at } = found.value;
      if (node.kind === 'file')
        return refused('not-a-directory', `The directory name is invalid. : '${path}'`, path);
      const folder = stored(at);
      return ok(childrenOf(node).map((child) => info(child, `${folder}\\${child.name}`)));
    },
    read(path) {
      const found = open(path);
      if (!found.ok) return found;
      const { node, at } = found.value;
      if (node.kind === 'directory')
        return refused('is-directory', `Access to the path '${path}' is denied.`, path);
      return ok(draft().content(at.path) ?? ('' as never));
    },
    write(path, content) {
      const place = target(path, content.length);
      return place.ok ? options.emit({ kind: 'file.write', path: place.value.full, content }) : place;
    },
    append(path, content) {
      const place = target(path, content.length);
      if (!place.ok) return place;
      const kind = place.value.old === undefined ? 'file.write' : 'file.append';
      return options.emit({ kind, path: place.value.full, content });
    },
    createDirectory(path) {
      const { path: full } = resolve(path);
      const node = draft().node(full);
      if (node?.kind === 'file')
        return refused('already-exists', `An item with the specified name ${path} already exists.`, path);
      if (node === undefined) {
        onWrite?.(`file:${full}`);
        // The first folder that is missing is what has to be made.
        let first = full;
        for (let up = parentPath(full); up !== '' && draft().node(up) === undefined; up = parentPath(up))
          first = up;
        if (draft().node(parentPath(first))?.kind !== 'directory')
          return refused('parent-not-found', `Could not find a part of the path '${path}'.`, path);
        if (!mayWritePath(first, identity, 'directory')) return pathDenied(path);
        const made = options.emit({ kind: 'file.create-directory', path: full });
        if (!made.ok) return made;
      }
      return port.info(path);
    },
    remove(path, recurse) {
      const full = change(path);
      if (!full.ok) return full;
      const node = draft().node(full.value);
      if (node?.kind === 'directory' && !recurse && childrenOf(node).length > 0)
        return refused('not-empty', `Directory ${path} cannot be removed because it is not empty.`, path);
      if (!full.value.includes('\\')) return pathDenied(path);
      return options.emit({ kind: 'file.remove', path: full.value });
    },
    move(from, to) {
      const source = change(from);
      if (!source.ok) return source;
      const { path: full } = resolve(to);
      onWrite?.(`file:${full}`);
      const node = draft().node(source.value);
      const there = draft().node(full);
      if (there !== undefined && there !== node)
        return refused('already-exists', 'Cannot create a file when that file already exists.', to);
      if (draft().node(parentPath(full))?.kind !== 'directory')
        return refused('parent-not-found', `Could not find a part of the path '${to}'.`, to);
      if (!mayWritePath(full, identity, node?.kind ?? 'file')) return pathDenied(to);
      return options.emit({ kind: 'file.move', from: source.value, to: full });
    },
    setTimes(path, times) {
      const full = change(path);
      return full.ok ? options.emit({ kind: 'file.times', path: full.value, ...times }) : full;
    },
    setAttributes(path, attributes) {
      const full = change(path);
      return full.ok ? options.emit({ kind: 'file.attributes', path: full.value, ...attributes }) : full;
    },
    drives() {
      const { size, free } = draft().disk;
      return [{ name: 'C', label: 'Windows', size, free }];
    },
  };
  return port;
}
