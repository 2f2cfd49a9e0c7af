import type { AppState } from '../state/app-state.svelte.ts';
import type { Command } from '../state/command.ts';
import { isKeys } from '../state/command.ts';

/** Keys of the whole window, before anything in it sees them. Esc goes to what is on top. */
export function handleKeys(event: KeyboardEvent, app: AppState, commands: readonly Command[]): void {
  if (event.key === 'Escape') {
    if (!app.overlay && !document.querySelector('.menu') && app.session?.explain.closeTop()) stop(event);
    return;
  }
  const command = commands.find(({ keys }) => keys !== undefined && isKeys(event, keys));
  if (!command || (app.overlay && command.group !== 'View')) return;
  if (command.enabled && !command.enabled()) return;
  stop(event);
  command.run();
}

function stop(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}
