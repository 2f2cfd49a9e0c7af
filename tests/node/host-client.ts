import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineHost } from '../../src/node/engine-host.ts';
import type { EngineHostOptions } from '../../src/node/engine-host.ts';
import { hostFrame } from '../../src/protocol/frames.ts';
import type { HostFrame } from '../../src/protocol/frames.ts';
import { verbs } from '../../src/protocol/verbs.ts';
import type { VerbName, VerbRequest, VerbResponse } from '../../src/protocol/verbs.ts';
import { views } from '../../src/protocol/views.ts';
import type { ViewData, ViewName, ViewParams } from '../../src/protocol/views.ts';

export const smallLab = join(import.meta.dirname, 'small-lab');
export const registryLab = join(import.meta.dirname, '..', '..', 'labs', '05-registry-state');

export const newAttempt = (): string => mkdtempSync(join(tmpdir(), 'sidecar-attempt-'));

export function openHost(options: Partial<EngineHostOptions> = {}): EngineHost {
  return new EngineHost({
    labFolder: smallLab,
    attemptFolder: newAttempt(),
    engine: 'test',
    seed: '1',
    ...options,
  });
}

/** A window without a window: frames as the renderer sends and receives them, checked by the same schemas. */
export class HostClient {
  readonly frames: HostFrame[] = [];
  readonly #end: { receive(frame: unknown): void; close(): void };
  readonly #output = new Map<string, string>();
  readonly #views = new Map<string, unknown>();
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #listeners = new Set<() => void>();
  #next = 1;

  constructor(host: EngineHost) {
    this.#end = host.connect((frame) => this.#receive(hostFrame.parse(structuredClone(frame))));
  }

  call<N extends VerbName>(verb: N, request: VerbRequest<N>): Promise<VerbResponse<N>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        resolve: (value) => resolve(verbs[verb].response.parse(value) as VerbResponse<N>),
        reject,
      });
      this.#end.receive({ kind: 'call', id, verb, request });
    });
  }

  send(frame: unknown): void {
    this.#end.receive(frame);
  }

  keys(console: string, data: string): void {
    this.#end.receive({ kind: 'keys', console, data });
  }

  subscribe<N extends ViewName>(view: N, params: ViewParams<N>): () => ViewData<N> {
    const key = `${view}#${this.#next++}`;
    this.#end.receive({ kind: 'subscribe', key, view, params });
    return () => views[view].data.parse(this.#views.get(key)) as ViewData<N>;
  }

  /** What a console drew, without colours and cursor moves. */
  screen(console = 'admin'): string {
    return (this.#output.get(console) ?? '').replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '');
  }

  async openConsole(): Promise<void> {
    await this.call('console.open', { console: 'admin', as: 'admin', columns: 120, rows: 30 });
    await this.until(() => this.screen().includes('PS C:\\Labs>'));
  }

  /** Waits for something that frames bring about. */
  until(holds: () => boolean, milliseconds = 20_000): Promise<void> {
    if (holds()) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        reject(new Error(`Waited ${milliseconds} ms in vain. Console:\n${this.screen()}`));
      }, milliseconds);
      const look = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
    });
  }

  close(): void {
    this.#end.close();
  }

  #receive(frame: HostFrame): void {
    this.frames.push(frame);
    if (frame.kind === 'output') {
      this.#output.set(frame.console, (this.#output.get(frame.console) ?? '') + frame.text);
      this.#end.receive({ kind: 'drawn', console: frame.console, characters: frame.text.length });
    }
    if (frame.kind === 'view') this.#views.set(frame.key, frame.data);
    if (frame.kind === 'answer') this.#waiting.get(frame.id)?.resolve(frame.value);
    if (frame.kind === 'refusal')
      this.#waiting.get(frame.id)?.reject(new Error(`${frame.code}: ${frame.message}`));
    for (const look of [...this.#listeners]) look();
  }
}
