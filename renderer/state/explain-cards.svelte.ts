export interface ExplainCard {
  readonly id: number;
  readonly event: string;
  readonly x: number;
  readonly y: number;
  readonly pinned: boolean;
}

const hoverDelay = 400;

/** The Explain cards in sight: one that follows pointer or F1, and those that were pinned. */
export class ExplainCards {
  list = $state.raw<readonly ExplainCard[]>([]);
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #returnTo: HTMLElement | null = null;

  /** Opens the card of an event beside an element. With `focus` it came from the keyboard and takes the focus. */
  show(event: string, beside: Element, focus = false): void {
    this.cancel();
    const box = beside.getBoundingClientRect();
    this.#returnTo = focus && document.activeElement instanceof HTMLElement ? document.activeElement : null;
    const card = { id: this.#next++, event, x: box.left, y: box.bottom + 4, pinned: false };
    this.list = [...this.list.filter((shown) => shown.pinned), card];
    if (focus)
      requestAnimationFrame(() => document.querySelector<HTMLElement>(`#explain-${card.id}`)?.focus());
  }

  /** After the pointer has rested. */
  hover(event: string, beside: Element): void {
    this.cancel();
    this.#timer = setTimeout(() => this.show(event, beside), hoverDelay);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  /** Follows the chain inside one card. */
  follow(id: number, event: string): void {
    this.#replace(id, (card) => ({ ...card, event }));
  }

  pin(id: number, pinned: boolean): void {
    this.#replace(id, (card) => ({ ...card, pinned }));
  }

  move(id: number, x: number, y: number): void {
    this.#replace(id, (card) => ({ ...card, x, y, pinned: true }));
  }

  close(id: number): void {
    this.list = this.list.filter((card) => card.id !== id);
    if (this.#returnTo?.isConnected) this.#returnTo.focus();
    this.#returnTo = null;
  }

  /** Closes the newest card; true where there was one to close. */
  closeTop(): boolean {
    const top = this.list.findLast((card) => !card.pinned) ?? this.list.at(-1);
    if (!top) return false;
    this.close(top.id);
    return true;
  }

  #replace(id: number, change: (card: ExplainCard) => ExplainCard): void {
    this.list = this.list.map((card) => (card.id === id ? change(card) : card));
  }
}
