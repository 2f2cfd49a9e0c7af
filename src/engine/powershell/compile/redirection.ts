import { differences } from '../dialects/index.ts';
import { runtimeError } from '../types/errors.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import { automationNull } from '../types/value.ts';
import { utf8Encode } from '../../../base/bytes.ts';
import type { Bytes } from '../../../base/bytes.ts';
import type { Frame, Streams } from '../run/frame.ts';
import type { Sink } from '../run/sink.ts';
import { nullSink } from '../run/sink.ts';
import type { Steps } from '../run/steps.ts';
import { fullPath } from '../run/command-lookup.ts';
import type { CompileContext } from './context.ts';
import { compileExpression, evaluate } from './expression.ts';
import type { RedirectionAst } from '../parse/tree.ts';

type Redirect = (streams: Streams, out: Sink) => { streams: Streams; out: Sink; close?: () => void };
type StreamName = 'output' | 'error' | 'warning' | 'verbose' | 'debug' | 'information' | 'all';

const names: readonly (keyof Streams)[] = ['error', 'warning', 'verbose', 'debug', 'information'];

/** UTF-16LE with byte order mark in 5.1, UTF-8 without in 7. */
function encode(text: string, desktop: boolean, append: boolean): Bytes {
  if (!desktop) return utf8Encode(text);
  let out = append ? '' : '\xff\xfe';
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    out += String.fromCharCode(c & 255, c >> 8);
  }
  return out as Bytes;
}

function fileSink(frame: Frame, path: string, append: boolean): { sink: Sink; close: () => void } {
  const { session } = frame;
  let text = '';
  const formatter = session.formatterFactory(
    { width: session.output.width || 120, write: (t) => (text += t) },
    session,
  );
  return {
    sink: {
      sync: true,
      write(value) {
        formatter.object(value);
        return undefined;
      },
    },
    close() {
      formatter.end();
      const target = fullPath(session, path);
      const content = encode(
        text,
        differences.files.redirection.desktopIn(session.dialect),
        append && session.host.files.info(target).ok,
      );
      const result = append
        ? session.host.files.append(target, content)
        : session.host.files.write(target, content);
      if (!result.ok)
        throw runtimeError(
          'FileOpenFailure',
          result.error.message,
          'OpenError',
          path,
          'System.IO.IOException',
        );
    },
  };
}

/** Compiles the redirections of a command; undefined where there are none. */
export function compileRedirections(
  nodes: readonly RedirectionAst[],
  context: CompileContext,
): ((frame: Frame) => Steps<Redirect>) | undefined {
  if (nodes.length === 0) return undefined;
  const parts = nodes.map((node) =>
    node.kind === 'MergingRedirectionAst'
      ? {
          kind: 'merge' as const,
          from: node.fromStream.toLowerCase() as StreamName,
          to: node.toStream.toLowerCase() as StreamName,
        }
      : {
          kind: 'file' as const,
          from: node.fromStream.toLowerCase() as StreamName,
          append: node.append,
          location: compileExpression(node.location, context),
        },
  );
  return function* (frame) {
    const targets: (Value | undefined)[] = [];
    for (const part of parts)
      targets.push(part.kind === 'file' ? yield* evaluate(part.location, frame) : undefined);
    return (streams, out) => {
      const next: { -readonly [K in keyof Streams]: Streams[K] } = { ...streams };
      let output = out;
      const closers: (() => void)[] = [];
      // Files first: `> file 2>&1` sends errors to the file whatever the order.
      parts.forEach((part, i) => {
        if (part.kind !== 'file') return;
        const target = targets[i] as Value;
        let sink: Sink = nullSink;
        if (target !== null && target !== automationNull) {
          const opened = fileSink(frame, toText(target), part.append);
          sink = opened.sink;
          closers.push(opened.close);
        }
        if (part.from === 'output' || part.from === 'all') output = sink;
        if (part.from === 'all') for (const name of names) next[name] = sink;
        else if (part.from !== 'output') next[part.from] = sink;
      });
      for (const part of parts) {
        if (part.kind !== 'merge') continue;
        if (part.from === 'all') for (const name of names) next[name] = output;
        else if (part.from !== 'output') next[part.from] = output;
      }
      return closers.length === 0
        ? { streams: next, out: output }
        : { streams: next, out: output, close: () => closers.forEach((c) => c()) };
    };
  };
}
