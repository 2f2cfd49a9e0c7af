import type { AppState } from '../state/app-state.svelte.ts';
import type { Command } from '../state/command.ts';
import { moveRegion } from '../state/regions.ts';
import type { LabSession } from '../state/lab-session.svelte.ts';
import type { PaneName } from '../state/pane-name.ts';
import { explainFocused } from './explain-focused.ts';

/** Every command there is now; those of a lab only while one is open. */
export function appCommands(app: AppState): readonly Command[] {
  const { preferences } = app;
  const always: Command[] = [
    {
      id: 'palette',
      title: 'Show all commands',
      keys: 'Ctrl+Shift+P',
      group: 'Window',
      run: () => (app.overlay = 'palette'),
    },
    {
      id: 'keyboard',
      title: 'Show the keyboard',
      keys: 'Ctrl+K',
      group: 'Window',
      run: () => (app.overlay = 'keyboard'),
    },
    {
      id: 'next-region',
      title: 'Go to the next region',
      keys: 'F6',
      group: 'Window',
      run: () => moveRegion(1),
    },
    {
      id: 'last-region',
      title: 'Go to the region before',
      keys: 'Shift+F6',
      group: 'Window',
      run: () => moveRegion(-1),
    },
    { id: 'zoom-in', title: 'Zoom in', keys: 'Ctrl++', group: 'View', run: () => preferences.zoomBy(1) },
    { id: 'zoom-out', title: 'Zoom out', keys: 'Ctrl+-', group: 'View', run: () => preferences.zoomBy(-1) },
    {
      id: 'zoom-reset',
      title: 'Actual size',
      keys: 'Ctrl+0',
      group: 'View',
      run: () => preferences.resetZoom(),
    },
    {
      id: 'theme-system',
      title: 'Theme: as the system',
      group: 'View',
      run: () => preferences.setTheme('system'),
    },
    { id: 'theme-light', title: 'Theme: light', group: 'View', run: () => preferences.setTheme('light') },
    { id: 'theme-dark', title: 'Theme: dark', group: 'View', run: () => preferences.setTheme('dark') },
    {
      id: 'theme-contrast',
      title: 'Theme: high contrast',
      group: 'View',
      run: () => preferences.setTheme('contrast'),
    },
    {
      id: 'screen-reader',
      title: 'Screen reader support in console and editor on or off',
      group: 'View',
      run: () => preferences.setScreenReader(!preferences.screenReader),
    },
  ];
  return app.session ? [...always, ...labCommands(app, app.session)] : always;
}

function labCommands(app: AppState, session: LabSession): Command[] {
  const { workspace, consoles } = session;
  const pane = (name: PaneName, title: string, keys: string): Command => ({
    id: `pane-${name}`,
    title: `Go to ${title}`,
    keys,
    group: 'Go',
    run: () => workspace.open(name),
  });
  const steps = () => session.guide.data?.steps ?? [];
  const current = () => session.guide.data?.current ?? '';
  const stepBy = (by: number) => {
    const next = steps()[steps().findIndex((step) => step.id === current()) + by];
    if (next && next.state !== 'locked') void session.ask('step.go', { step: next.id });
  };
  return [
    {
      id: 'goto',
      title: 'Go to a key, file, log, step or time',
      keys: 'Ctrl+P',
      group: 'Go',
      run: () => (app.overlay = 'goto'),
    },
    pane('registry', 'Registry', 'Ctrl+1'),
    pane('script', 'Script', 'Ctrl+2'),
    pane('logs', 'Logs', 'Ctrl+3'),
    pane('files', 'Files', 'Ctrl+4'),
    pane('moments', 'Moments', 'Ctrl+5'),
    { id: 'console', title: 'Go to the console', keys: 'Ctrl+`', group: 'Go', run: () => consoles.focus() },
    {
      id: 'explain',
      title: 'Explain what has the focus',
      keys: 'F1',
      group: 'Go',
      run: () => explainFocused(session),
    },
    { id: 'course', title: 'Back to the course', group: 'Go', run: () => void app.closeLab() },

    {
      id: 'clock-play',
      title: 'Let the clock run or pause it',
      keys: 'Ctrl+Alt+ ',
      group: 'Clock',
      run: () => session.toggleClock(),
    },
    {
      id: 'clock-next',
      title: 'Run to the next event',
      keys: 'Ctrl+Alt+ArrowRight',
      group: 'Clock',
      run: () => void session.ask('clock.next', {}),
    },
    {
      id: 'clock-5m',
      title: 'Move the clock by 5 minutes',
      group: 'Clock',
      run: () => session.advance(300e6),
    },
    { id: 'clock-1h', title: 'Move the clock by 1 hour', group: 'Clock', run: () => session.advance(3600e6) },
    {
      id: 'clock-8h',
      title: 'Move the clock by 8 hours',
      group: 'Clock',
      run: () => session.advance(8 * 3600e6),
    },
    {
      id: 'clock-24h',
      title: 'Move the clock by 24 hours',
      group: 'Clock',
      run: () => session.advance(24 * 3600e6),
    },

    {
      id: 'check',
      title: 'Check this step',
      keys: 'Ctrl+Enter',
      group: 'Guide',
      run: () => void session.ask('check.run', { step: current() }),
    },
    { id: 'step-next', title: 'Next step', keys: 'Alt+ArrowRight', group: 'Guide', run: () => stepBy(1) },
    { id: 'step-back', title: 'Step before', keys: 'Alt+ArrowLeft', group: 'Guide', run: () => stepBy(-1) },
    {
      id: 'guide',
      title: 'Show or hide the guide',
      keys: 'Ctrl+B',
      group: 'Guide',
      run: () => workspace.toggleGuide(),
    },

    {
      id: 'console-admin',
      title: 'New console as administrator',
      group: 'Console',
      run: () => consoles.open('admin'),
    },
    {
      id: 'console-user',
      title: 'New console as the signed-in user',
      group: 'Console',
      run: () => consoles.open('user'),
    },
    {
      id: 'console-system',
      title: 'New console as SYSTEM',
      group: 'Console',
      run: () => consoles.open('system'),
    },

    {
      id: 'undo',
      title: 'Undo the last input',
      keys: 'Ctrl+Alt+Z',
      group: 'History',
      run: () => void session.ask('moment.undo', {}),
      enabled: () => session.moments.data?.canUndo ?? false,
    },
    {
      id: 'split',
      title: 'Move this pane to the side or back',
      keys: 'Ctrl+\\',
      group: 'View',
      run: () => splitFocused(session),
    },
    { id: 'layout', title: 'Reset the layout', group: 'View', run: () => workspace.reset() },
  ];
}

function splitFocused(session: LabSession): void {
  const focused = document.activeElement?.closest<HTMLElement>('[data-group]')?.dataset['group'];
  const group =
    session.workspace.groups.find(({ id }) => String(id) === focused) ?? session.workspace.groups[0];
  if (group) session.workspace.split(group.active);
}
