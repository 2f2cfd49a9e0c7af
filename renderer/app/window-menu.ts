import type { AppState } from '../state/app-state.svelte.ts';
import { item } from '../ui/menu-entry.ts';
import type { MenuEntry } from '../ui/menu-entry.ts';

export function windowMenu(app: AppState): MenuEntry[] {
  const { preferences } = app;
  const theme = (name: typeof preferences.theme, text: string) =>
    item(text, () => preferences.setTheme(name), { checked: preferences.theme === name });
  const entries: MenuEntry[] = [
    item('Commands', () => (app.overlay = 'palette'), { keys: 'Ctrl+Shift+P' }),
    item('Keyboard', () => (app.overlay = 'keyboard'), { keys: 'Ctrl+K' }),
    { kind: 'separator' },
    { kind: 'heading', text: 'Theme' },
    theme('system', 'As the system'),
    theme('light', 'Light'),
    theme('dark', 'Dark'),
    theme('contrast', 'High contrast'),
    { kind: 'separator' },
    item('Zoom in', () => preferences.zoomBy(1), { keys: 'Ctrl++' }),
    item('Zoom out', () => preferences.zoomBy(-1), { keys: 'Ctrl+-' }),
    item('Actual size', () => preferences.resetZoom(), { keys: 'Ctrl+0' }),
    { kind: 'separator' },
  ];
  const session = app.session;
  if (session) {
    entries.push(
      item('Guide', () => session.workspace.toggleGuide(), {
        keys: 'Ctrl+B',
        checked: session.workspace.guideOpen,
      }),
    );
    entries.push(item('Reset the layout', () => session.workspace.reset()));
    entries.push({ kind: 'separator' });
    entries.push(item('Back to the course', () => void app.closeLab()));
  }
  entries.push(item('About', () => (app.overlay = 'about')));
  return entries;
}
