import type { Engine } from '../bridge.ts';
import type { ViewData, ViewName, ViewParams } from '../../src/protocol/views.ts';

/** The newest data of one view. While parameters change the old data stays until the new arrives. */
export class ViewStore<N extends ViewName> {
  data = $state.raw<ViewData<N> | null>(null);
  readonly #engine: Engine;
  readonly #view: N;
  #key: string | undefined;
  #params: string | undefined;

  constructor(engine: Engine, view: N, params?: ViewParams<N>) {
    this.#engine = engine;
    this.#view = view;
    if (params) this.show(params);
  }

  show(params: ViewParams<N>): void {
    const text = JSON.stringify(params);
    if (text === this.#params) return;
    this.#params = text;
    const old = this.#key;
    const key = this.#engine.subscribe(this.#view, params, (data) => {
      if (this.#key === key) this.data = data;
    });
    this.#key = key;
    if (old !== undefined) this.#engine.unsubscribe(old);
  }

  close(): void {
    if (this.#key !== undefined) this.#engine.unsubscribe(this.#key);
    this.#key = undefined;
    this.#params = undefined;
  }
}
