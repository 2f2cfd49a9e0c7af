import type { Settings } from '../../src/protocol/ipc.ts';
import { callMain } from '../bridge.ts';

export type ShownTheme = 'light' | 'dark' | 'contrast';

const zooms = [0.5, 0.67, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];

/** Theme, zoom and layouts, kept by main. */
export class Preferences {
  #settings = $state.raw<Settings>({ theme: 'system', zoom: 1, screenReader: false, layouts: {} });
  #systemDark = $state(false);
  #systemContrast = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly shownTheme: ShownTheme = $derived.by(() => {
    const theme = this.#settings.theme;
    if (theme !== 'system') return theme;
    if (this.#systemContrast) return 'contrast';
    return this.#systemDark ? 'dark' : 'light';
  });

  constructor() {
    const dark = window.matchMedia('(prefers-color-scheme: dark)');
    const contrast = window.matchMedia('(prefers-contrast: more)');
    const read = () => {
      this.#systemDark = dark.matches;
      this.#systemContrast = contrast.matches;
    };
    dark.addEventListener('change', read);
    contrast.addEventListener('change', read);
    read();
  }

  get theme(): Settings['theme'] {
    return this.#settings.theme;
  }

  get zoom(): number {
    return this.#settings.zoom;
  }

  get screenReader(): boolean {
    return this.#settings.screenReader;
  }

  async load(): Promise<void> {
    this.#settings = await callMain('settings.read', {});
  }

  setTheme(theme: Settings['theme']): void {
    this.#change({ theme });
  }

  setScreenReader(screenReader: boolean): void {
    this.#change({ screenReader });
  }

  zoomBy(steps: number): void {
    const nearest = zooms.reduce((best, zoom, index) => {
      return Math.abs(zoom - this.zoom) < Math.abs((zooms[best] ?? 1) - this.zoom) ? index : best;
    }, 0);
    this.#change({ zoom: zooms[Math.min(zooms.length - 1, Math.max(0, nearest + steps))] ?? 1 });
  }

  resetZoom(): void {
    this.#change({ zoom: 1 });
  }

  layoutOf(lab: string): string | undefined {
    return this.#settings.layouts[lab];
  }

  setLayout(lab: string, layout: string): void {
    if (this.layoutOf(lab) === layout) return;
    this.#change({ layouts: { ...this.#settings.layouts, [lab]: layout } });
  }

  #change(part: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...part };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => void callMain('settings.write', this.#settings).catch(() => undefined),
      250,
    );
  }
}
