import type { LabSession } from '../state/lab-session.svelte.ts';

/** F1: the card of the event that the focused element, or something selected beside it, carries. */
export function explainFocused(session: LabSession): void {
  const focused = document.activeElement;
  const carrier =
    focused?.closest<HTMLElement>('[data-event]') ??
    focused?.closest('[data-pane]')?.querySelector<HTMLElement>('[aria-selected="true"][data-event]');
  const event = carrier?.dataset['event'];
  if (carrier && event) session.explain.show(event, carrier, true);
  else
    session.notices.add({
      level: 'info',
      text: 'Nothing here was written by an event yet. F1 works on registry values, files and log lines that something wrote.',
    });
}
