import { differences } from '../../dialects/index.ts';
import { isDesktop } from '../../types/ambient.ts';
import { ErrorRecord } from '../../types/error-record.ts';
import type { Value } from '../../types/value.ts';
import { plainText } from '../display-text.ts';
import { categoryView, conciseView, normalView } from '../error-text.ts';
import { readProperty } from '../properties.ts';
import { sessionVariable, consoleWidth } from '../session-settings.ts';
import type { View } from '../view.ts';
import { textLines } from '../view.ts';

/** An error as `$ErrorView` wants it. */
export function errorText(record: ErrorRecord): string {
  const desktop = isDesktop(differences.errors.view);
  const wanted = plainText(sessionVariable('ErrorView')).toLowerCase();
  if (wanted === 'categoryview') return categoryView(record, desktop);
  if (desktop || wanted === 'normalview') return normalView(record, desktop, consoleWidth());
  return conciseView(record, consoleWidth());
}

const messageView = (type: string, get: (value: Value) => string): View => ({
  kind: 'custom',
  name: type,
  types: [type],
  outOfBand: true,
  lines: (value) => textLines(get(value)),
});

export const errorViews: readonly View[] = [
  messageView('System.Management.Automation.ErrorRecord', (value) =>
    value instanceof ErrorRecord ? errorText(value) : plainText(value),
  ),
  messageView('System.Management.Automation.WarningRecord', (value) =>
    plainText(readProperty(value, 'Message')),
  ),
  messageView('System.Management.Automation.VerboseRecord', (value) =>
    plainText(readProperty(value, 'Message')),
  ),
  messageView('System.Management.Automation.DebugRecord', (value) =>
    plainText(readProperty(value, 'Message')),
  ),
  messageView('System.Management.Automation.InformationRecord', (value) => plainText(value)),
];
