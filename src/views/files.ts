import { compareIgnoreCase } from '../engine/clock/case.ts';
import { utf8Decode } from '../base/bytes.ts';
import type { Bytes } from '../base/bytes.ts';
import { deviceOf } from './view.ts';
import type { View } from './view.ts';

/** A folder as Explorer lists it: folders first, then files, by name. */
export const files: View<'files'> = {
  reads(source, { path, first, count }) {
    return [deviceOf(source)?.volume, path, first, count];
  },
  show({ simulation, device }, { path, first, count }) {
    const read = simulation.read(device);
    const folder = path.replace(/\\+$/, '');
    const found = read.file(folder)?.value;
    if (found?.kind !== 'directory') return { path, exists: false, total: 0, first, rows: [] };
    const children = [...read.children(folder)].sort((a, b) =>
      a.kind === b.kind ? compareIgnoreCase(a.name, b.name) : a.kind === 'directory' ? -1 : 1,
    );
    return {
      path: found.path,
      exists: true,
      total: children.length,
      first,
      rows: children.slice(Math.max(0, first), Math.max(0, first) + count).map((child) => ({
        name: child.name,
        directory: child.kind === 'directory',
        size: child.length,
        modified: child.modified,
        writer: read.file(child.path)?.writer ?? null,
      })),
    };
  },
};

const linesOf = new WeakMap<object, { readonly key: Bytes; readonly lines: readonly string[] }>();

/** The lines of a text file. */
export const fileText: View<'fileText'> = {
  reads(source, { path, first, count }) {
    const read = source.simulation.read(source.device);
    const file = read.file(path);
    return [file?.value.kind, file?.writer, file?.value.length, file?.value.modified, path, first, count];
  },
  show(source, { path, first, count }) {
    const read = source.simulation.read(source.device);
    const found = read.file(path)?.value;
    if (found?.kind !== 'file')
      return { path, exists: false, text: true, size: 0, total: 0, first, lines: [] };
    const content = read.content(path) ?? ('' as Bytes);
    const text = textOf(content);
    if (text === null)
      return { path: found.path, exists: true, text: false, size: found.length, total: 0, first, lines: [] };
    const cache = linesOf.get(source.lab);
    const lines = cache?.key === content ? cache.lines : text.split(/\r\n|\n|\r/);
    linesOf.set(source.lab, { key: content, lines });
    const from = first < 0 ? Math.max(0, lines.length + first) : first;
    return {
      path: found.path,
      exists: true,
      text: true,
      size: found.length,
      total: lines.length,
      first: from,
      lines: lines.slice(from, from + count),
    };
  },
};

/** Text of a file by its byte order mark, else UTF-8; null where it holds bytes that are no text. */
export function textOf(content: Bytes): string | null {
  if (content.startsWith('\xff\xfe')) {
    let text = '';
    for (let i = 2; i + 1 < content.length; i += 2)
      text += String.fromCharCode(content.charCodeAt(i) | (content.charCodeAt(i + 1) << 8));
    return text;
  }
  const body = (content.startsWith('\xef\xbb\xbf') ? content.slice(3) : content) as Bytes;
  return body.slice(0, 8000).includes('\0') ? null : utf8Decode(body);
}
