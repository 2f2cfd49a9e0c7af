import type { Cmdlet } from '../cmdlet.ts';
import { formatCmdlet } from './format-command.ts';

export const formatTable: Cmdlet = formatCmdlet('table', 'ft', [
  { name: 'AutoSize', type: 'switch' },
  { name: 'RepeatHeader', type: 'switch', dialect: 'core' },
  { name: 'HideTableHeaders', type: 'switch' },
  { name: 'Wrap', type: 'switch' },
]);
export const formatList: Cmdlet = formatCmdlet('list', 'fl', []);
export const formatWide: Cmdlet = formatCmdlet('wide', 'fw', [
  { name: 'AutoSize', type: 'switch' },
  { name: 'Column', type: 'int', validate: [{ kind: 'range', min: 1, max: 2147483647 }] },
]);
export const formatCustom: Cmdlet = formatCmdlet('custom', '', [
  { name: 'Depth', type: 'int', validate: [{ kind: 'range', min: 1, max: 2147483647 }] },
]);
