import type { ErrorSpec } from '../cmdlets/cmdlet.ts';
import { compareText } from '../types/compare.ts';
import { pathNotFound } from './resolve.ts';

/** Names as the providers of the session list them. */
export const sortedNames = (names: string[]): string[] => names.sort((a, b) => compareText(a, b, true));

export const pathMissing = (drive: string, path: string): ErrorSpec => pathNotFound(`${drive}:\\${path}`);

export const itemExists = (path: string): ErrorSpec => ({
  id: 'Argument',
  category: 'InvalidArgument',
  message: `The item at path '${path}' already exists.`,
  exception: 'System.Management.Automation.PSArgumentException',
  target: path,
});
