import type { ViewData, ViewName, ViewParams } from '../protocol/views.ts';
import { clock } from './clock.ts';
import { drafts } from './drafts.ts';
import { fileText, files } from './files.ts';
import { guide } from './guide.ts';
import { log } from './log.ts';
import { moments } from './moments.ts';
import { registryKey } from './registry-key.ts';
import { registryTree } from './registry-tree.ts';
import { status } from './status.ts';
import type { View, ViewSource } from './view.ts';

const all: { readonly [N in ViewName]: View<N> } = {
  clock,
  drafts,
  fileText,
  files,
  guide,
  log,
  moments,
  registryKey,
  registryTree,
  status,
};

/** One subscription's view: computed again only when something it reads was replaced. */
export class LiveView<N extends ViewName> {
  readonly name: N;
  readonly params: ViewParams<N>;
  #reads: readonly unknown[] | undefined;
  #shown: string | undefined;
  #version = 0;

  constructor(name: N, params: ViewParams<N>) {
    this.name = name;
    this.params = params;
  }

  /** The view with a new version where it shows something else than before; null where it does not. */
  update(source: ViewSource): { readonly version: number; readonly data: ViewData<N> } | null {
    const view: View<N> = all[this.name];
    const reads = view.reads(source, this.params);
    const same =
      this.#reads?.length === reads.length && reads.every((value, n) => value === this.#reads?.[n]);
    if (same) return null;
    this.#reads = reads;
    const data = view.show(source, this.params);
    const shown = JSON.stringify(data);
    if (shown === this.#shown) return null;
    this.#shown = shown;
    return { version: ++this.#version, data };
  }
}
