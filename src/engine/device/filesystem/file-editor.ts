import type { Bytes } from '../../../base/bytes.ts';
import type { EventId } from '../../../base/ids.ts';
import { ok } from '../../../base/result.ts';
import type { Duration, Instant } from '../../../base/time.ts';
import { upperInvariant } from '../../clock/case.ts';
import type { FileVersion, ImageTexts, LogParameter } from '../change.ts';
import type { Owner } from '../keyed-map.ts';
import { keyed, mapDelete, mapList, mapPut } from '../keyed-map.ts';
import type { DeviceResult } from '../refusal.ts';
import { refuse } from '../refusal.ts';
import type {
  DirectoryNode,
  FileAttributes,
  FileContent,
  FileNode,
  FileTimes,
  VolumeNode,
} from './file-node.ts';
import { bytesOf, childNode, findNode, lengthOf, newDirectory, plainAttributes } from './file-node.ts';
import { leafName, normalPath, parentPath } from './file-path.ts';
import { writerId } from './log-chunk.ts';
import type { LogChunk, Writer } from './log-chunk.ts';
import type { LogContent } from './log-content.ts';
import { appendBytes, chunkFor, messageRecordLength, startLog } from './log-content.ts';
import type { LogText, WrittenAs } from './log-text.ts';

/** A log that is being written; what was appended since the volume was last looked at is only here. */
interface OpenLog {
  readonly folder: DirectoryNode;
  node: FileNode;
  tail: LogChunk;
  length: number;
  at: Instant;
  /** Of the newest record; null where nothing was appended since the volume was last looked at. */
  writer: Writer | null;
  changed: boolean;
}

/** The volume being edited. Missing folders are made by every write: who must not do that looks first. */
export class FileEditor {
  readonly #text: LogText;
  #owner: Owner = {};
  #root: DirectoryNode;
  #used: number;
  /** Folders that may be changed in place, by path. */
  readonly #owned = new Map<string, DirectoryNode>();
  /** By path. Records come in bursts, and between two of them nobody looks. */
  readonly #logs = new Map<string, OpenLog>();
  #version = 0;

  /** `used` is the number of bytes that the files take. */
  constructor(root: DirectoryNode, used: number, text: LogText) {
    this.#root = root;
    this.#used = used;
    this.#text = text;
  }

  get root(): DirectoryNode {
    this.#saveLogs();
    return this.#root;
  }
  /** Changes with every write but those to logs: who keeps something that it read compares it. */
  get version(): number {
    return this.#version;
  }
  get used(): number {
    return this.#used;
  }

  /** Gives up the ownership of all that was made: `root` is immutable from now on. */
  release(): void {
    this.#closeLogs();
    this.#owner = {};
    this.#owned.clear();
  }

  find(path: string): VolumeNode | undefined {
    this.#saveLogs();
    const full = normalPath(path);
    const parent = this.#owned.get(parentPath(full));
    return parent === undefined ? findNode(this.#root, full) : childNode(parent, leafName(full));
  }

  /** The path with names as they are stored; undefined where there is nothing. */
  storedPath(path: string): string | undefined {
    this.#saveLogs();
    const names: string[] = [];
    let node: VolumeNode | undefined = this.#root;
    for (const name of normalPath(path).split('\\')) {
      node = node.kind === 'directory' ? childNode(node, name) : undefined;
      if (node === undefined) return undefined;
      names.push(node.name);
    }
    return names.join('\\');
  }

  content(path: string): Bytes | undefined {
    const node = this.find(path);
    return node?.kind === 'file' ? bytesOf(node.content, this.#text) : undefined;
  }

  /** Replaces the content; times of making and attributes of a file that is there stay. */
  write(path: string, content: FileContent, at: Instant, writer: EventId | null): DeviceResult<void> {
    this.#version++;
    return this.#write(path, content, at, writer);
  }

  #write(path: string, content: FileContent, at: Instant, writer: EventId | null): DeviceResult<void> {
    this.#closeLogs();
    const parent = this.#ownDirectory(parentPath(normalPath(path)), at, writer);
    if (!parent.ok) return parent;
    const name = leafName(normalPath(path));
    const before = childNode(parent.value, name);
    if (before?.kind === 'directory')
      return refuse('is-directory', `Access to the path '${path}' is denied.`, path);
    this.#put(parent.value, { ...fresh(before, name, at), content, modified: at, writer }, at);
    return ok(undefined);
  }

  append(path: string, data: Bytes, at: Instant, writer: EventId | null): DeviceResult<void> {
    const before = this.find(path);
    if (before?.kind !== 'file') return this.write(path, { kind: 'bytes', data }, at, writer);
    const { content } = before;
    if (content.kind === 'log') {
      return this.write(path, appendBytes(content, data, writer, this.#owner), at, writer);
    }
    const whole = (bytesOf(content, this.#text) + data) as Bytes;
    return this.write(path, { kind: 'bytes', data: whole }, at, writer);
  }

  /** Appends a record of the agent to its log. */
  log(
    { path, message }: WrittenAs,
    parameters: readonly LogParameter[],
    thread: number,
    at: Instant,
    offset: Duration,
    writer: Writer | null,
  ): DeviceResult<void> {
    let open = this.#logs.get(path);
    if (open === undefined) {
      const opened = this.#openLog(path, at, writer && writerId(writer));
      if (!opened.ok) return opened;
      open = opened.value;
    }
    const length = messageRecordLength(message, parameters, thread, at, offset, this.#text);
    open.tail = chunkFor(open.tail, this.#owner);
    open.tail.pushMessage(message, parameters, thread, at, offset, writer);
    open.length += length;
    open.at = at;
    open.writer = writer;
    open.changed = true;
    this.#used += length;
    return done;
  }

  /** Bytes of a log, found without looking for its file again while it is being written; 0 where there is none. */
  logLength(path: string): number {
    const open = this.#logs.get(path);
    if (open !== undefined) return open.length;
    const node = this.find(path);
    return node?.kind === 'file' && node.content.kind === 'log' ? node.content.length : 0;
  }

  #openLog(path: string, at: Instant, by: EventId | null): DeviceResult<OpenLog> {
    const full = normalPath(path);
    const folder = this.#ownDirectory(parentPath(full), at, by);
    if (!folder.ok) return folder;
    const name = leafName(full);
    const before = childNode(folder.value, name);
    if (before?.kind === 'directory')
      return refuse('is-directory', `Access to the path '${path}' is denied.`, path);
    const old = before?.content;
    const content: LogContent =
      old?.kind === 'log' ? old : startLog(old ? bytesOf(old, this.#text) : ('' as Bytes), this.#owner);
    const node: FileNode = { ...fresh(before, name, at), content, modified: at, writer: by };
    if (before === undefined) folder.value.modified = at;
    const { tail, length } = content;
    const open: OpenLog = { folder: folder.value, node, tail, length, at, writer: null, changed: false };
    this.#logs.set(path, open);
    return ok(open);
  }

  /** Puts what was appended into the volume. */
  #saveLogs(): void {
    for (const log of this.#logs.values()) {
      if (!log.changed) continue;
      log.changed = false;
      const { tail, length, at: modified, writer } = log;
      log.node = {
        ...log.node,
        content: { kind: 'log', tail, length },
        modified,
        writer: writer && writerId(writer),
      };
      log.folder.children = mapPut(log.folder.children, log.node, this.#owner);
    }
  }

  /** The same before the volume is written to in another way: then a log may be another file, or in another folder. */
  #closeLogs(): void {
    this.#saveLogs();
    this.#logs.clear();
  }

  createDirectory(path: string, at: Instant, writer: EventId | null): DeviceResult<void> {
    if (this.find(path)?.kind === 'directory') return ok(undefined);
    const made = this.#ownDirectory(normalPath(path), at, writer);
    return made.ok ? ok(undefined) : made;
  }

  /** A file, or a folder with all in it. */
  remove(path: string, at: Instant): DeviceResult<void> {
    const full = normalPath(path);
    const node = this.find(full);
    if (node === undefined) return refuse('not-found', `Could not find file '${path}'.`, path);
    if (!full.includes('\\')) return refuse('access-denied', `Access to the path '${path}' is denied.`, path);
    this.#closeLogs();
    const parent = this.#ownDirectory(parentPath(full), at, null);
    if (!parent.ok) return parent;
    this.#version++;
    this.#owned.clear();
    parent.value.children = mapDelete(parent.value.children, node.folded, node.code, this.#owner);
    parent.value.modified = at;
    this.#used -= sizeOf(node);
    return ok(undefined);
  }

  move(from: string, to: string, at: Instant, writer: EventId | null): DeviceResult<void> {
    const source = normalPath(from);
    const target = normalPath(to);
    const node = this.find(source);
    if (node === undefined) return refuse('not-found', `Could not find file '${from}'.`, from);
    const there = this.find(target);
    if (there !== undefined && there !== node)
      return refuse('already-exists', 'Cannot create a file when that file already exists.', to);
    if (node.kind === 'directory' && upperInvariant(target).startsWith(`${upperInvariant(source)}\\`))
      return refuse('invalid-name', 'The destination folder is inside the folder that is moved.', to);
    const removed = this.remove(source, at);
    if (!removed.ok) return removed;
    const parent = this.#ownDirectory(parentPath(target), at, writer);
    if (!parent.ok) return parent;
    const name = leafName(target);
    const moved = { ...node, name, ...keyed(name), writer };
    if (moved.kind === 'directory') Object.assign(moved, { owner: null, digest: undefined });
    this.#put(parent.value, moved, at);
    return ok(undefined);
  }

  setTimes(path: string, times: Partial<FileTimes>, writer: EventId | null): DeviceResult<void> {
    return this.#change(path, writer, times);
  }

  setAttributes(
    path: string,
    attributes: Partial<FileAttributes>,
    writer: EventId | null,
  ): DeviceResult<void> {
    const before = this.find(path)?.attributes ?? plainAttributes;
    return this.#change(path, writer, { attributes: { ...before, ...attributes } });
  }

  #change(
    path: string,
    writer: EventId | null,
    change: Partial<FileTimes> & { readonly attributes?: FileAttributes },
  ): DeviceResult<void> {
    const node = this.find(path);
    if (node === undefined) return refuse('not-found', `Could not find file '${path}'.`, path);
    this.#closeLogs();
    if (node.kind === 'directory') {
      const own = this.#ownDirectory(normalPath(path), node.modified, writer);
      if (!own.ok) return own;
      Object.assign(own.value, change, { writer });
      return ok(undefined);
    }
    const parent = this.#ownDirectory(parentPath(normalPath(path)), node.modified, null);
    if (!parent.ok) return parent;
    parent.value.children = mapPut(parent.value.children, { ...node, ...change, writer }, this.#owner);
    return ok(undefined);
  }

  #put(parent: DirectoryNode, node: VolumeNode, at: Instant): void {
    const before = childNode(parent, node.name);
    this.#used += sizeOf(node) - (before === undefined ? 0 : sizeOf(before));
    parent.children = mapPut(parent.children, node, this.#owner);
    if (before === undefined) parent.modified = at;
  }

  /** The folder as one that may be changed in place, made with its parents where it is missing. */
  #ownDirectory(path: string, at: Instant, writer: EventId | null): DeviceResult<DirectoryNode> {
    const known = this.#owned.get(path);
    if (known !== undefined) return ok(known);
    const owner = this.#owner;
    if (this.#root.owner !== owner) this.#root = { ...this.#root, owner, digest: undefined };
    let at_ = this.#root;
    for (const name of path === '' ? [] : path.split('\\')) {
      const known = childNode(at_, name);
      if (known?.kind === 'file')
        return refuse('not-a-directory', `Could not find a part of the path '${path}'.`, path);
      if (known === undefined && at_ === this.#root && !/^[a-z]:$/i.test(name))
        return refuse('parent-not-found', `Could not find a part of the path '${path}'.`, path);
      const next: DirectoryNode =
        known === undefined
          ? newDirectory(owner, name, at, writer)
          : known.owner === owner
            ? known
            : { ...known, owner, digest: undefined };
      if (next !== known) {
        at_.children = mapPut(at_.children, next, owner);
        if (known === undefined) at_.modified = at;
      }
      at_ = next;
    }
    this.#owned.set(path, at_);
    return ok(at_);
  }
}

const done: DeviceResult<void> = ok(undefined);

export const imageContent = (
  length: number,
  version: FileVersion | null,
  texts?: ImageTexts,
): FileContent => ({
  kind: 'image',
  length,
  version,
  ...(texts ? { texts } : {}),
});

function fresh(
  before: FileNode | undefined,
  name: string,
  at: Instant,
): Omit<FileNode, 'content' | 'writer'> {
  if (before) return before;
  return {
    kind: 'file',
    name,
    ...keyed(name),
    created: at,
    modified: at,
    accessed: at,
    attributes: plainAttributes,
  };
}

function sizeOf(node: VolumeNode): number {
  if (node.kind === 'file') return lengthOf(node);
  return mapList(node.children).reduce((sum, child) => sum + sizeOf(child), 0);
}
