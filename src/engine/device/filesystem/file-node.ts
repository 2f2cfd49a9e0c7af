import type { Bytes } from '../../../base/bytes.ts';
import { emptyBytes } from '../../../base/bytes.ts';
import type { EventId } from '../../../base/ids.ts';
import type { Instant } from '../../../base/time.ts';
import type { FileVersion, ImageTexts } from '../change.ts';
import type { Keyed, KeyedMap, Owner } from '../keyed-map.ts';
import { keyed, keyedPart, mapGet, mapList } from '../keyed-map.ts';
import type { LogContent } from './log-content.ts';
import { logBytes } from './log-content.ts';
import type { LogText } from './log-text.ts';
import type { KeyNode } from '../registry/key-node.ts';
import { exportKey, utf16File } from '../registry/reg-file.ts';

export interface FileTimes {
  readonly created: Instant;
  readonly modified: Instant;
  readonly accessed: Instant;
}

export interface FileAttributes {
  readonly readOnly: boolean;
  readonly hidden: boolean;
  readonly system: boolean;
}

export type FileContent =
  | { readonly kind: 'bytes'; readonly data: Bytes }
  /** A file of which only size and version matter (a program, a library): its bytes are made up on reading. */
  | {
      readonly kind: 'image';
      readonly length: number;
      readonly version: FileVersion | null;
      readonly texts?: ImageTexts;
    }
  /** The keys of a hive that is not loaded; read as bytes it is a registration file. */
  | { readonly kind: 'hive'; readonly length: number; readonly key: KeyNode }
  | LogContent;

/** Never changed: a write puts a new one in its place. */
export interface FileNode extends Keyed, FileTimes {
  readonly kind: 'file';
  readonly name: string;
  readonly content: FileContent;
  readonly attributes: FileAttributes;
  readonly writer: EventId | null;
}

/** Changed in place by the draft that owns it, immutable for everybody else. */
export interface DirectoryNode extends Keyed, FileTimes {
  readonly kind: 'directory';
  readonly owner: Owner | null;
  readonly name: string;
  children: KeyedMap<VolumeNode>;
  created: Instant;
  modified: Instant;
  accessed: Instant;
  attributes: FileAttributes;
  writer: EventId | null;
  digest: Uint8Array | undefined;
}

export type VolumeNode = FileNode | DirectoryNode;

export const plainAttributes: FileAttributes = { readOnly: false, hidden: false, system: false };

export function newDirectory(
  owner: Owner | null,
  name: string,
  at: Instant,
  writer: EventId | null,
): DirectoryNode {
  return {
    kind: 'directory',
    owner,
    name,
    ...keyed(name),
    children: null,
    created: at,
    modified: at,
    accessed: at,
    attributes: plainAttributes,
    writer,
    digest: undefined,
  };
}

export function childNode(directory: DirectoryNode, name: string): VolumeNode | undefined {
  if (directory.children === null) return undefined;
  const { folded, code } = keyedPart(name);
  return mapGet(directory.children, folded, code);
}

/** `root` is the parent of the drives; `path` is absolute, without a trailing backslash: `C:` or `C:\Windows`. */
export function findNode(root: DirectoryNode, path: string): VolumeNode | undefined {
  let node: VolumeNode | undefined = root;
  for (const name of path.split('\\')) {
    if (node.kind !== 'directory') return undefined;
    node = childNode(node, name);
    if (node === undefined) return undefined;
  }
  return node;
}

/** In the order of the volume: by upper-cased name. */
export function childrenOf(directory: DirectoryNode): VolumeNode[] {
  return mapList(directory.children).sort((a, b) => (a.folded < b.folded ? -1 : 1));
}

export function lengthOf(node: VolumeNode): number {
  if (node.kind === 'directory') return 0;
  return node.content.kind === 'bytes' ? node.content.data.length : node.content.length;
}

export function bytesOf(content: FileContent, text: LogText): Bytes {
  switch (content.kind) {
    case 'bytes':
      return content.data;
    case 'image':
      return imageBytes(content.length, content.version?.fileDescription ?? '', content.texts);
    case 'hive':
      return utf16File(exportKey(content.key, 'HKU', content.key.name));
    case 'log':
      return logBytes(content, text);
  }
}

/** A DOS header, the description of the version resource, its texts, and zeros: for who looks at it or copies it. */
function imageBytes(length: number, description: string, texts: ImageTexts | undefined): Bytes {
  if (length === 0) return emptyBytes;
  const head = `MZ\x90\0FileDescription\0${description.replace(/[^\x20-\xff]/g, '?')}\0`;
  const wide = (text: string): string =>
    [...text].map((char) => `${char.replace(/[^\x20-\x7e]/g, '?')}\0`).join('');
  const body = texts
    ? `${head.padEnd(1024, '\0')}${texts.ascii.map((text) => `${text}\0`).join('')}\0\0${texts.unicode.map((text) => `${wide(text)}\0\0`).join('')}`
    : head;
  return body.padEnd(length, '\0').slice(0, length) as Bytes;
}

/** What a program says it is, from its bytes: a copy under another name says the same. */
export function descriptionOf(image: Bytes): string | undefined {
  return /^MZ\x90\0FileDescription\0([^\0]+)\0/.exec(image.slice(0, 300))?.[1];
}
