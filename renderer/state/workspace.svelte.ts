import { z } from 'zod';
import { paneNames } from './pane-name.ts';
import type { PaneName } from './pane-name.ts';

export interface PaneGroupState {
  readonly id: number;
  readonly panes: readonly PaneName[];
  readonly active: PaneName;
}

const saved = z.object({
  guidePixels: z.number(),
  consolePercent: z.number(),
  guideOpen: z.boolean(),
  groups: z.array(z.object({ panes: z.array(z.enum(paneNames)).min(1), active: z.enum(paneNames) })).min(1),
});

/** Which panes stand where. Each pane is in exactly one group; a group without panes goes away. */
export class Workspace {
  groups = $state.raw<readonly PaneGroupState[]>([{ id: 1, panes: paneNames, active: 'registry' }]);
  guidePixels = $state(340);
  consolePercent = $state(38);
  guideOpen = $state(true);
  #nextGroup = 2;
  readonly #openers = new Map<PaneName, (target: string) => void>();
  /** Targets of panes that were not there yet when they were asked to show them. */
  readonly #pending = new Map<PaneName, string>();

  constructor(layout: string | undefined) {
    if (layout !== undefined) this.#restore(layout);
  }

  /** Shows a pane and, where a target is given, takes it there: a registry path, a file, a moment. */
  open(pane: PaneName, target?: string | null): void {
    this.activate(pane);
    if (target !== undefined && target !== null) {
      const opener = this.#openers.get(pane);
      if (opener) opener(target);
      else this.#pending.set(pane, target);
    }
    focusPane(pane);
  }

  /** A pane says how it goes to a target. */
  onTarget(pane: PaneName, opener: (target: string) => void): void {
    this.#openers.set(pane, opener);
    const target = this.#pending.get(pane);
    this.#pending.delete(pane);
    if (target !== undefined) opener(target);
  }

  activate(pane: PaneName): void {
    this.groups = this.groups.map((group) =>
      group.panes.includes(pane) ? { ...group, active: pane } : group,
    );
  }

  isShown(pane: PaneName): boolean {
    return this.groups.some((group) => group.active === pane);
  }

  /** Moves a pane to a group of its own on the right, or back to the first group when it is there already. */
  split(pane: PaneName): void {
    const from = this.groups.find((group) => group.panes.includes(pane));
    if (!from) return;
    const rest = this.#without(pane);
    const first = rest[0];
    if (from.panes.length > 1 && this.groups.length < 3) {
      this.groups = [...rest, { id: this.#nextGroup++, panes: [pane], active: pane }];
    } else if (first && first.id !== from.id) {
      this.groups = [{ ...first, panes: order([...first.panes, pane]), active: pane }, ...rest.slice(1)];
    }
  }

  toggleGuide(): void {
    this.guideOpen = !this.guideOpen;
  }

  reset(): void {
    this.groups = [{ id: this.#nextGroup++, panes: paneNames, active: 'registry' }];
    this.guidePixels = 340;
    this.consolePercent = 38;
    this.guideOpen = true;
  }

  save(): string {
    return JSON.stringify({
      guidePixels: Math.round(this.guidePixels),
      consolePercent: Math.round(this.consolePercent),
      guideOpen: this.guideOpen,
      groups: this.groups.map(({ panes, active }) => ({ panes, active })),
    });
  }

  #without(pane: PaneName): PaneGroupState[] {
    return this.groups.flatMap((group) => {
      const panes = group.panes.filter((name) => name !== pane);
      const next = panes[0];
      if (next === undefined) return [];
      return [{ ...group, panes, active: group.active === pane ? next : group.active }];
    });
  }

  #restore(layout: string): void {
    const parsed = saved.safeParse(parseJson(layout));
    if (!parsed.success) return;
    const { groups, guidePixels, consolePercent, guideOpen } = parsed.data;
    const listed = groups.flatMap((group) => group.panes);
    if (listed.length !== paneNames.length || new Set(listed).size !== paneNames.length) return;
    this.groups = groups.map((group) => ({ ...group, id: this.#nextGroup++ }));
    this.guidePixels = guidePixels;
    this.consolePercent = consolePercent;
    this.guideOpen = guideOpen;
  }
}

function order(panes: PaneName[]): PaneName[] {
  return panes.sort((a, b) => paneNames.indexOf(a) - paneNames.indexOf(b));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function focusPane(pane: PaneName): void {
  requestAnimationFrame(() => {
    const element = document.querySelector<HTMLElement>(`[data-pane="${pane}"]`);
    if (!element || element.contains(document.activeElement)) return;
    (element.querySelector<HTMLElement>('[data-first-focus]') ?? element).focus();
  });
}
