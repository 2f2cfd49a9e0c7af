import type { FileNode } from '../engine/device/filesystem/file-node.ts';
import { findNode } from '../engine/device/filesystem/file-node.ts';
import type { LogChunk, LogRecord } from '../engine/device/filesystem/log-chunk.ts';
import type { LogContent } from '../engine/device/filesystem/log-content.ts';
import { logText } from '../engine/world/log-text.ts';
import { utf8Decode } from '../base/bytes.ts';
import type { ViewData } from '../protocol/views.ts';
import { textOf } from './files.ts';
import { deviceOf } from './view.ts';
import type { View, ViewSource } from './view.ts';

type Row = ViewData<'log'>['rows'][number];
type Line = Omit<Row, 'index'>;

/**
 * A log as rows, the window of it that is in sight. A filter keeps rows whose text or component has every word of it,
 * without regard to case.
 */
export const log: View<'log'> = {
  reads(source, { path, filter, first, count }) {
    return [nodeOf(source, path)?.content, path, filter, first, count];
  },
  show(source, { path, filter, first, count }) {
    const node = nodeOf(source, path);
    if (!node) return { path, exists: false, total: 0, first: 0, rows: [] };
    const words = filter
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    const lines = linesOf(node);
    const wanted = words.length === 0 ? undefined : matching(lines, words);
    const total = wanted?.length ?? lines.length;
    const from = Math.max(0, first < 0 ? total + first : first);
    const rows: Row[] = [];
    for (let at = from; at < Math.min(total, from + count); at++) {
      const index = wanted?.[at] ?? at;
      const line = lines.at(index);
      if (line) rows.push({ index, ...line });
    }
    return { path, exists: true, total, first: from, rows };
  },
};

function nodeOf(source: ViewSource, path: string): FileNode | undefined {
  const volume = deviceOf(source)?.volume;
  const node = volume && findNode(volume, path.replaceAll('/', '\\').replace(/\\+$/, ''));
  return node?.kind === 'file' ? node : undefined;
}

interface Lines {
  readonly length: number;
  at(index: number): Line | undefined;
}

function linesOf(node: FileNode): Lines {
  if (node.content.kind === 'log') return recordsOf(node.content, node);
  const text = node.content.kind === 'bytes' ? textOf(node.content.data) : null;
  const lines = text === null || text === '' ? [] : text.replace(/\r?\n$/, '').split(/\r?\n/);
  return {
    length: lines.length,
    at: (index) => ({
      at: node.modified,
      type: 1,
      component: '',
      thread: 0,
      text: lines[index] ?? '',
      event: node.writer,
    }),
  };
}

/** Chunks are never changed once full, so what was made of one is kept with it. */
const made = new WeakMap<LogChunk, Line[]>();

function recordsOf(content: LogContent, node: FileNode): Lines {
  const chunks: LogChunk[] = [];
  for (let chunk: LogChunk | null = content.tail; chunk !== null; chunk = chunk.previous) chunks.push(chunk);
  chunks.reverse();
  const size = chunks[0]?.size ?? 0;
  const length = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
  return {
    length,
    at(index) {
      // All chunks but the newest have one size.
      const chunk = chunks[size === 0 ? 0 : Math.floor(index / size)];
      if (!chunk) return undefined;
      const at = index % size;
      let lines = made.get(chunk);
      if (!lines) made.set(chunk, (lines = []));
      const record = chunk.record(at);
      return record && (lines[at] ??= lineOf(record, node));
    },
  };
}

function lineOf(record: LogRecord, node: FileNode): Line {
  if (record.kind === 'raw')
    return {
      at: node.modified,
      type: 1,
      component: '',
      thread: 0,
      text: utf8Decode(record.data).trimEnd(),
      event: record.writer,
    };
  const { text, component, type } = logText.record(record.message, record.parameters);
  return { at: record.at, type, component, thread: record.thread, text, event: record.writer };
}

function matching(lines: Lines, words: readonly string[]): readonly number[] {
  const found: number[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines.at(index);
    if (!line) continue;
    const text = `${line.text}\n${line.component}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(index);
  }
  return found;
}
