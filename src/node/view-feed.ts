import { LiveView } from '../views/index.ts';
import type { ViewSource } from '../views/view.ts';
import { views } from '../protocol/views.ts';
import type { ViewName, ViewParams } from '../protocol/views.ts';
import { SidecarError } from '../base/error.ts';
import type { HostFrame } from '../protocol/frames.ts';

/** At most 20 patches a second for each view. */
const shortest = 50;

/** The views that a client is subscribed to. `source` is asked for when something is to be computed. */
export class ViewFeed {
  readonly #source: () => ViewSource;
  readonly #send: (frame: HostFrame) => void;
  readonly #views = new Map<string, LiveView<ViewName>>();
  #sentAt = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(source: () => ViewSource, send: (frame: HostFrame) => void) {
    this.#source = source;
    this.#send = send;
  }

  /** Throws SidecarError where there is no such view or its parameters are not valid. */
  subscribe(key: string, name: string, params: unknown): void {
    if (!Object.hasOwn(views, name))
      throw new SidecarError('view-unknown', `There is no view named ${name}`, { name });
    const view = name as ViewName;
    const parsed = views[view].params.safeParse(params);
    if (!parsed.success)
      throw new SidecarError('request-malformed', `View ${name}: ${parsed.error.message}`, { name });
    const live = new LiveView(view, parsed.data as ViewParams<ViewName>);
    this.#views.set(key, live);
    this.#update(key, live, this.#source());
  }

  unsubscribe(key: string): void {
    this.#views.delete(key);
  }

  /** Something may have changed: what did is sent, now or when the last patches are old enough. */
  changed(): void {
    if (this.#timer) return;
    const wait = this.#sentAt + shortest - performance.now();
    if (wait <= 0) this.#flush();
    else
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#flush();
      }, wait);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#views.clear();
  }

  #flush(): void {
    this.#sentAt = performance.now();
    if (this.#views.size === 0) return;
    const source = this.#source();
    for (const [key, view] of this.#views) this.#update(key, view, source);
  }

  #update(key: string, view: LiveView<ViewName>, source: ViewSource): void {
    const patch = view.update(source);
    if (patch) this.#send({ kind: 'view', key, version: patch.version, data: patch.data });
  }
}
