import { tabExpansion } from '../completion/tab-expansion.ts';
import type { Cmdlet } from './cmdlet.ts';
import { deviceCmdlets } from './device/index.ts';
import { dataCmdlets } from './data.ts';
import { eventCmdlets } from './events/index.ts';
import { generalCmdlets } from './general.ts';
import { itemCmdlets } from './items.ts';
import { sessionCmdlets } from './session.ts';
import { writeOutput } from './write-output.ts';

/** Every cmdlet the interpreter knows. Order is of no meaning. */
export const cmdlets: readonly Cmdlet[] = [
  writeOutput,
  ...generalCmdlets,
  ...dataCmdlets,
  ...itemCmdlets,
  ...sessionCmdlets,
  tabExpansion,
  ...deviceCmdlets,
  ...eventCmdlets,
];
