// prettier-ignore
/** Stop of the service. */
export const serviceStop: readonly (readonly [template: string, frequency: string])[] = [
  ['EMS Agent received shutdown signal', 'stop; yes, 2025'],
  ['[StatusService] Closing Status Service host.', 'stop; yes, 2025'],
  ['[StatusService] Service host stopped.', 'stop; yes, 2025'],
  ['Stop and dispose registry watcher.', 'stop; yes, 2025'],
  ['[OnStop](Agent stopped) {json: Message, Colmetadata, Col1..Col6}', 'stop; yes, 2025'],
  ['Flushing IME registry key.', 'stop; yes, 2025'],
  ['EMS Agent Stopped', 'stop; yes, 2025'],
  ['OnCustomCommand: command = {n}', 'rare; yes, 2025'],
  ['OnCustomCommand: done processing {n}', 'rare; yes, 2025'],
];
