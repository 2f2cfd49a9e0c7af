import './state/zod-setup.ts';
import type { ClientFrame } from '../src/protocol/frames.ts';
import { hostFrame } from '../src/protocol/frames.ts';
import type { Envelope, IpcChannel, IpcRequest, IpcResponse, PreloadApi } from '../src/protocol/ipc.ts';
import { ipc } from '../src/protocol/ipc.ts';
import type { VerbName, VerbRequest, VerbResponse } from '../src/protocol/verbs.ts';
import { verbs } from '../src/protocol/verbs.ts';
import type { ViewData, ViewName, ViewParams } from '../src/protocol/views.ts';
import { views } from '../src/protocol/views.ts';

declare global {
  interface Window {
    readonly sidecar: PreloadApi;
  }
}

/** A request that main or the engine host did not carry out: `code` for programs, `message` for the learner. */
export class RefusedError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'RefusedError';
    this.code = code;
  }
}

/** Asks the main process; throws RefusedError. */
export async function callMain<C extends IpcChannel>(
  channel: C,
  request: IpcRequest<C>,
): Promise<IpcResponse<C>> {
  const envelope: Envelope<unknown> = await window.sidecar.call(channel, request);
  if (!envelope.ok) throw new RefusedError(envelope.code, envelope.message);
  return ipc[channel].response.parse(envelope.value) as IpcResponse<C>;
}

export interface Notice {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** What a console receives: text to draw, and the news that the host was replaced and the screen starts anew. */
export interface ConsoleEnd {
  output(text: string, drawn: () => void): void;
  reopen(): void;
}

interface Subscription {
  readonly view: ViewName;
  readonly params: unknown;
  readonly receive: (data: unknown) => void;
}

interface Waiting {
  readonly verb: VerbName;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The engine host of the open attempt. Views and consoles outlive the host: when main starts another one, its port is
 * attached and everything is asked for again. Calls in flight are refused then.
 */
export class Engine {
  #port: MessagePort | undefined;
  #nextId = 1;
  #nextKey = 1;
  readonly #waiting = new Map<number, Waiting>();
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #consoles = new Map<string, ConsoleEnd>();
  readonly #notify: (notice: Notice) => void;

  constructor(notify: (notice: Notice) => void) {
    this.#notify = notify;
  }

  attach(port: MessagePort): void {
    this.#port?.close();
    this.#port = port;
    this.#refuseAll('The engine was restarted before it answered. Try again.');
    port.onmessage = (event: MessageEvent<unknown>) => this.#receive(event.data);
    port.start();
    for (const [key, { view, params }] of this.#subscriptions) {
      this.#send({ kind: 'subscribe', key, view, params });
    }
    for (const end of this.#consoles.values()) end.reopen();
  }

  close(): void {
    this.#port?.close();
    this.#port = undefined;
    this.#refuseAll('The lab was closed.');
  }

  call<N extends VerbName>(verb: N, request: VerbRequest<N>): Promise<VerbResponse<N>> {
    if (!this.#port) return Promise.reject(new RefusedError('no-engine', 'The engine is not ready yet.'));
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { verb, resolve: (value) => resolve(value as VerbResponse<N>), reject });
      this.#send({ kind: 'call', id, verb, request });
    });
  }

  /** Returns the key by which the subscription ends. */
  subscribe<N extends ViewName>(
    view: N,
    params: ViewParams<N>,
    receive: (data: ViewData<N>) => void,
  ): string {
    const key = `${view}#${this.#nextKey++}`;
    this.#subscriptions.set(key, { view, params, receive: (data) => receive(data as ViewData<N>) });
    this.#send({ kind: 'subscribe', key, view, params });
    return key;
  }

  unsubscribe(key: string): void {
    if (this.#subscriptions.delete(key)) this.#send({ kind: 'unsubscribe', key });
  }

  /** The first data of a view, without staying subscribed. */
  read<N extends ViewName>(view: N, params: ViewParams<N>): Promise<ViewData<N>> {
    return new Promise((resolve) => {
      const key = this.subscribe(view, params, (data) => {
        this.unsubscribe(key);
        resolve(data);
      });
    });
  }

  connectConsole(console: string, end: ConsoleEnd): () => void {
    this.#consoles.set(console, end);
    if (this.#port) end.reopen();
    return () => this.#consoles.delete(console);
  }

  keys(console: string, data: string): void {
    this.#send({ kind: 'keys', console, data });
  }

  #send(frame: ClientFrame): void {
    this.#port?.postMessage(frame);
  }

  #refuseAll(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new RefusedError('engine-gone', message));
    this.#waiting.clear();
  }

  #receive(raw: unknown): void {
    const parsed = hostFrame.safeParse(raw);
    if (!parsed.success) {
      this.#notify({ level: 'error', text: 'The engine sent something this window does not understand.' });
      return;
    }
    const frame = parsed.data;
    switch (frame.kind) {
      case 'answer': {
        const waiting = this.#take(frame.id);
        if (!waiting) return;
        const value = verbs[waiting.verb].response.safeParse(frame.value);
        if (value.success) waiting.resolve(value.data);
        else
          waiting.reject(
            new RefusedError('bad-answer', `The engine's answer to ${waiting.verb} is not valid.`),
          );
        return;
      }
      case 'refusal':
        this.#take(frame.id)?.reject(new RefusedError(frame.code, frame.message));
        return;
      case 'view': {
        const subscription = this.#subscriptions.get(frame.key);
        if (!subscription) return;
        const data = views[subscription.view].data.safeParse(frame.data);
        if (data.success) subscription.receive(data.data);
        else
          this.#notify({
            level: 'error',
            text: `The view ${subscription.view} is not valid: ${data.error.message}`,
          });
        return;
      }
      case 'output': {
        const { console, text } = frame;
        const drawn = () => this.#send({ kind: 'drawn', console, characters: text.length });
        const end = this.#consoles.get(console);
        if (end) end.output(text, drawn);
        else drawn();
        return;
      }
      case 'notice':
        this.#notify({ level: frame.level, text: frame.text });
        return;
    }
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

/** Calls back with the port of each engine host that main starts. */
export function onEnginePort(listener: (port: MessagePort) => void): () => void {
  const receive = (event: MessageEvent<unknown>) => {
    const data = event.data;
    const port = event.ports[0];
    if (event.source !== window || !port) return;
    if (typeof data === 'object' && data !== null && 'sidecar' in data && data.sidecar === 'port')
      listener(port);
  };
  window.addEventListener('message', receive);
  return () => window.removeEventListener('message', receive);
}

export function onHostGone(listener: (message: string) => void): () => void {
  return window.sidecar.onHostGone(listener);
}
