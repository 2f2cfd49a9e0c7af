const last = new WeakMap<Element, HTMLElement>();

function regions(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.offsetParent !== null,
  );
}

function focusable(region: HTMLElement): HTMLElement | null {
  const remembered = last.get(region);
  if (remembered?.isConnected && remembered.offsetParent !== null) return remembered;
  const wanted = [...region.querySelectorAll<HTMLElement>('[data-first-focus]')].find(
    (e) => e.offsetParent !== null,
  );
  if (wanted) return wanted;
  const found = region.querySelectorAll<HTMLElement>(
    'button:not([disabled]), input, textarea, select, [tabindex="0"]',
  );
  return [...found].find((element) => element.offsetParent !== null) ?? region;
}

/** Remembers where the focus is in each region, so that F6 returns to it. */
export function trackFocus(): () => void {
  const remember = (event: FocusEvent) => {
    if (!(event.target instanceof HTMLElement)) return;
    const region = event.target.closest('[data-region]');
    if (region) last.set(region, event.target);
  };
  document.addEventListener('focusin', remember);
  return () => document.removeEventListener('focusin', remember);
}

/** Moves the focus to the next region of the window, or the one before. */
export function moveRegion(step: 1 | -1): void {
  const all = regions();
  const at = all.findIndex((region) => region.contains(document.activeElement));
  const next = all[(at + step + all.length) % all.length] ?? all[0];
  if (next) focusable(next)?.focus();
}
