import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';

export interface PlacedRow {
  readonly index: number;
  /** Pixels from the top of the list of rows. */
  readonly start: number;
}

/**
 * Rows of one height in a scrolling element: which are in sight, and how to bring one there. `header` is the height of
 * what stays at the top of the element, above the rows and over them.
 */
export class VirtualRows {
  rows = $state.raw<readonly PlacedRow[]>([]);
  height = $state(0);
  readonly #rowHeight: number;
  readonly #header: number;
  #element: HTMLElement | null = null;
  #count = 0;
  readonly #virtualizer: Virtualizer<HTMLElement, HTMLElement>;
  #following = false;

  constructor(rowHeight: number, header = 0) {
    this.#rowHeight = rowHeight;
    this.#header = header;
    this.#virtualizer = new Virtualizer<HTMLElement, HTMLElement>(this.#options());
  }

  /** For `{@attach}` on the scrolling element. */
  attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const unmount = this.#virtualizer._didMount();
    this.#update();
    return () => {
      this.#element = null;
      unmount();
    };
  };

  setCount(count: number): void {
    if (count === this.#count) return;
    this.#count = count;
    this.#update();
    if (this.#following) this.toEnd();
  }

  /** While following, new rows at the end stay in sight. */
  setFollowing(following: boolean): void {
    this.#following = following;
    if (following) this.toEnd();
  }

  get atEnd(): boolean {
    const element = this.#element;
    return !element || element.scrollTop + element.clientHeight >= element.scrollHeight - this.#rowHeight;
  }

  get pageRows(): number {
    return Math.max(1, Math.floor(((this.#element?.clientHeight ?? 0) - this.#header) / this.#rowHeight) - 1);
  }

  show(index: number, align: 'auto' | 'center' = 'auto'): void {
    if (index >= 0 && index < this.#count) this.#virtualizer.scrollToIndex(index, { align });
  }

  toEnd(): void {
    requestAnimationFrame(() => {
      if (this.#element) this.#element.scrollTop = this.#element.scrollHeight;
    });
  }

  #options() {
    return {
      count: this.#count,
      getScrollElement: () => this.#element,
      estimateSize: () => this.#rowHeight,
      overscan: 12,
      scrollMargin: this.#header,
      scrollPaddingStart: this.#header,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: () => this.#read(),
    };
  }

  #update(): void {
    this.#virtualizer.setOptions(this.#options());
    this.#virtualizer._willUpdate();
    this.#read();
  }

  #read(): void {
    this.rows = this.#virtualizer
      .getVirtualItems()
      .map(({ index, start }) => ({ index, start: start - this.#header }));
    this.height = this.#virtualizer.getTotalSize();
  }
}
