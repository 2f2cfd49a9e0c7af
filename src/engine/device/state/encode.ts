import type {
  DrawRecord,
  EventLogRecord,
  KeptCertificate,
  MemoryRecord,
  ProcessRecord,
  ServiceRecord,
  SessionRecord,
  TaskRecord,
  ToastRecord,
} from '../device.ts';
import type { DirectoryNode, FileContent, FileNode, VolumeNode } from '../filesystem/file-node.ts';
import type { LogChunk, LogRecord } from '../filesystem/log-chunk.ts';
import type { LogContent } from '../filesystem/log-content.ts';
import type { Keyed, KeyedMap } from '../keyed-map.ts';
import { Branch } from '../keyed-map.ts';
import type { KeyNode, ValueNode } from '../registry/key-node.ts';
import { Encoder } from './encoder.ts';

/** How each part of a device counts as state. Writers, owners and caches do not: they are not part of what a device is. */
export type Encode<T> = (out: Encoder, value: T) => void;

export const encodeValue: Encode<ValueNode> = (out, { name, value, order }) => {
  out.text(name);
  out.number(order);
  out.text(value.kind);
  if (typeof value.data === 'string') out.text(value.data);
  else out.data(value.data);
};

/** A key without what is in it. */
export const encodeKeyHead: Encode<KeyNode> = (out, key) => {
  out.text(key.name);
  out.number(key.lastWrite);
  out.number(key.nextOrder);
};

export const encodeKey: Encode<KeyNode> = (out, key) => out.digest(keyDigest(key));

export function keyDigest(key: KeyNode): Uint8Array {
  return (key.digest ??= hashed((out) => {
    encodeKeyHead(out, key);
    out.digest(mapDigest(key.values, encodeValue));
    out.digest(mapDigest(key.keys, encodeKey));
  }));
}

/** A file or folder without what is in it. */
export const encodeNodeHead: Encode<VolumeNode> = (out, node) => {
  out.text(node.name);
  out.flag(node.kind === 'directory');
  out.number(node.created);
  out.number(node.modified);
  out.number(node.accessed);
  const { readOnly, hidden, system } = node.attributes;
  out.byte((readOnly ? 1 : 0) | (hidden ? 2 : 0) | (system ? 4 : 0));
};

export const encodeFile: Encode<FileNode> = (out, file) => {
  encodeNodeHead(out, file);
  out.digest(contentDigest(file.content));
};

export const encodeNode: Encode<VolumeNode> = (out, node) => {
  if (node.kind === 'file') encodeFile(out, node);
  else out.digest(directoryDigest(node));
};

export function directoryDigest(directory: DirectoryNode): Uint8Array {
  return (directory.digest ??= hashed((out) => {
    encodeNodeHead(out, directory);
    out.digest(mapDigest(directory.children, encodeNode));
  }));
}

const contentDigests = new WeakMap<FileContent, Uint8Array>();

function contentDigest(content: FileContent): Uint8Array {
  let digest = contentDigests.get(content);
  if (digest === undefined) {
    digest =
      content.kind === 'log'
        ? logDigest(content)
        : content.kind === 'hive'
          ? keyDigest(content.key)
          : hashed((out) => out.data(content));
    contentDigests.set(content, digest);
  }
  return digest;
}

/** From the oldest chunk on, each with the hash of the one before; full chunks keep theirs. */
function logDigest(log: LogContent): Uint8Array {
  const chain: LogChunk[] = [];
  let at: LogChunk | null = log.tail;
  for (; at !== null && at.digest === undefined; at = at.previous) chain.push(at);
  let before = at?.digest ?? new Uint8Array(0);
  for (const chunk of chain.reverse()) {
    before = hashed((out) => {
      out.digest(before);
      out.list(chunk.records, (record) => encodeRecord(out, record));
    });
    if (chunk !== log.tail) chunk.digest = before;
  }
  return before;
}

const encodeRecord: Encode<LogRecord> = (out, { writer: _writer, ...record }) => out.data(record);

export const encodeService: Encode<ServiceRecord> = (out, { definition, status, processId, failures }) =>
  out.data({ definition, status, processId, failures });
export const encodeProcess: Encode<ProcessRecord> = (out, { writer: _w, code: _c, ...process }) =>
  out.data(process);
export const encodeTask: Encode<TaskRecord> = (out, { writer: _w, code: _c, ...task }) => out.data(task);
export const encodeEventLog: Encode<EventLogRecord> = (out, { name, entries }) => {
  out.text(name);
  out.list(entries, ({ writer: _writer, ...entry }) => out.data(entry));
};
export const encodeCertificate: Encode<KeptCertificate> = (out, { certificate }) => out.data(certificate);
export const encodeSession: Encode<SessionRecord> = (out, { writer: _writer, ...session }) =>
  out.data(session);
export const encodeToast: Encode<ToastRecord> = (out, { writer: _writer, ...toast }) => out.data(toast);
export const encodeMemory: Encode<MemoryRecord> = (out, { key, value, order }) =>
  out.data({ key, value, order });
export const encodeDraw: Encode<DrawRecord> = (out, { folded, count }) => {
  out.text(folded);
  out.number(count);
};

/** Each branch keeps its hash, so only those on the way to a change are made again. */
export function mapDigest<T extends Keyed>(map: KeyedMap<T>, encode: Encode<T>): Uint8Array {
  if (map === null) return nothing;
  return (map.digest ??= hashed((out) => {
    for (const slot of map.slots) {
      out.flag(slot instanceof Branch);
      if (slot instanceof Branch) out.digest(mapDigest(slot, encode));
      else encode(out, slot);
    }
  }));
}

const nothing = new Uint8Array(32);
/** Encoders at rest; as many are in use as maps are nested. */
const spare: Encoder[] = [];

export function hashed(write: (out: Encoder) => void): Uint8Array {
  const out = spare.pop() ?? new Encoder();
  out.reset();
  write(out);
  const digest = out.hash();
  spare.push(out);
  return digest;
}

/** True where both count as the same state. */
export function same<T>(a: T, b: T, encode: Encode<T>): boolean {
  if (a === b) return true;
  const left = spare.pop() ?? new Encoder();
  const right = spare.pop() ?? new Encoder();
  left.reset();
  right.reset();
  encode(left, a);
  encode(right, b);
  const equal = left.equals(right);
  spare.push(left, right);
  return equal;
}
