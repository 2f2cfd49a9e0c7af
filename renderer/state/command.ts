/** Something the learner can do, by palette, key or button. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** As shown and as matched: `Ctrl+Shift+P`. */
  readonly keys?: string;
  /** Heading in the keyboard help. */
  readonly group: 'Window' | 'Go' | 'Clock' | 'Guide' | 'Console' | 'Script' | 'View' | 'History';
  readonly run: () => void;
  readonly enabled?: () => boolean;
}

/** Whether a key event is the one that `keys` names. */
export function isKeys(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+');
  const key = keys.endsWith('++') ? '+' : (parts[parts.length - 1] ?? '');
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const pressed = event.key === '=' && key === '+' ? '+' : event.key;
  // AltGr is Ctrl and Alt together on Windows, and types letters: Polish has one on Z.
  if (event.getModifierState('AltGraph')) return false;
  return (
    (event.ctrlKey || event.metaKey) === wants('Ctrl') &&
    (event.shiftKey === wants('Shift') || key === '+') &&
    event.altKey === wants('Alt') &&
    pressed.toLowerCase() === key.toLowerCase()
  );
}
