/** Keys that a pane handles itself, for the keyboard help. */
export const paneKeys: readonly { group: string; title: string; keys: string }[] = [
  { group: 'Script', title: 'Run the script', keys: 'F5' },
  { group: 'Script', title: 'Run the selection', keys: 'F8' },
  { group: 'Script', title: 'Complete', keys: 'Ctrl+Space' },
  { group: 'Script', title: 'Let Tab move the focus', keys: 'Ctrl+M' },
  { group: 'Registry', title: 'Find', keys: 'Ctrl+F' },
  { group: 'Registry', title: 'Find next', keys: 'F3' },
  { group: 'Registry', title: 'Address', keys: 'Ctrl+L' },
  { group: 'Registry', title: 'Copy', keys: 'Ctrl+C' },
  { group: 'Console', title: 'Copy, or stop the command', keys: 'Ctrl+C' },
  { group: 'Console', title: 'Paste', keys: 'Ctrl+V' },
  { group: 'Console', title: 'Find', keys: 'Ctrl+F' },
  { group: 'Window', title: 'Close what is on top', keys: 'Esc' },
];
