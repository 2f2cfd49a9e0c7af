import type { Value } from '../../types/value.ts';
import { dateText } from '../date-text.ts';
import type { View } from '../view.ts';
import { textLines } from '../view.ts';

const parts = [
  'Days',
  'Hours',
  'Minutes',
  'Seconds',
  'Milliseconds',
  'Ticks',
  'TotalDays',
  'TotalHours',
  'TotalMinutes',
  'TotalSeconds',
  'TotalMilliseconds',
];

export const timeViews: readonly View[] = [
  {
    kind: 'custom',
    name: 'DateTime',
    types: ['System.DateTime'],
    lines: (value: Value) => textLines(dateText(value)),
  },
  { kind: 'list', name: 'System.TimeSpan', types: ['System.TimeSpan'], items: parts.map((get) => ({ get })) },
  {
    kind: 'table',
    name: 'System.TimeSpan',
    types: ['System.TimeSpan'],
    columns: ['Days', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'].map((get) => ({ get })),
  },
  { kind: 'wide', name: 'System.TimeSpan', types: ['System.TimeSpan'], get: 'TotalMilliseconds' },
];
