import type { Duration } from '../../../base/time.ts';
import { duration } from '../../../base/time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import type { QueueEntry } from '../agent.ts';
import { inventoryDelay } from '../rules/inventory-rules.ts';
import type { Step } from '../step.ts';
import { answered, collected, roundBegins } from './round.ts';

export { inventoriesKey, inventorySettingKey } from './stored-inventory.ts';

/** Stages of the inventory of installed programs. */
export const inventoryStages: Readonly<
  Record<string, { readonly run: (read: DeviceReader, entry: QueueEntry) => Step; readonly label: string }>
> = {
  'inventory.round': { run: roundBegins, label: 'inventory of programs' },
  'inventory.collected': { run: collected, label: 'inventory: programs are collected' },
  'inventory.answered': { run: answered, label: 'inventory: report is taken' },
};

/** How long the first round waits after the first delay of a service start. Whole seconds. */
export function inventoryStartDelay(read: DeviceReader): Duration {
  const { least = 0, span = 1_000_000 } = inventoryDelay.parameters as Readonly<Record<string, number>>;
  return duration(least + (read.random('agent.inventory-delay') % (span / 1_000_000)) * 1_000_000);
}
