import type { EventId } from '../../../base/ids.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import { agentKey } from '../paths.ts';
import { inventoryStore } from '../rules/inventory-rules.ts';
import type { StepBuilder } from '../step-builder.ts';
import { text } from '../step-builder.ts';

export const inventoriesKey = `${agentKey}\\Inventories`;
export const inventorySettingKey = `${agentKey}\\InventorySetting`;

/** A program as the inventory reports and keeps it; all texts. */
export type Application = {
  /** Product code without braces for what Windows Installer installed, else the program id. */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly language: string;
  /** `MM/dd/yyyy HH:mm:ss`; year 1 where it is unknown. */
  readonly date: string;
};

/** Value names by field; those of publisher and language are inferred. */
const valueNames = {
  name: 'Name',
  version: 'Version',
  publisher: 'Publisher',
  language: 'Language',
  date: 'InstallDate',
} as const;
const fields = Object.keys(valueNames) as (keyof typeof valueNames)[];

/** What the last report left in the registry, by id in upper case: a learner may have changed it. */
export function storedInventory(read: DeviceReader): ReadonlyMap<string, Application> {
  const stored = new Map<string, Application>();
  for (const id of read.key('HKLM', inventoriesKey)?.value.subKeys ?? []) {
    const field = (name: string): string => {
      const value = read.value('HKLM', `${inventoriesKey}\\${id}`, name)?.value;
      return value?.kind === 'String' ? value.data : '';
    };
    stored.set(id.toUpperCase(), {
      id,
      name: field(valueNames.name),
      version: field(valueNames.version),
      publisher: field(valueNames.publisher),
      language: field(valueNames.language),
      date: field(valueNames.date),
    });
  }
  return stored;
}

/** The event that last wrote the stored inventory's key; null before the first. */
export const inventoryWriter = (read: DeviceReader): EventId | null =>
  read.key('HKLM', inventoriesKey)?.writer ?? null;

/** Brings the registry to what was collected: only what differs is written. */
export function storeInventory(
  to: StepBuilder,
  read: DeviceReader,
  applications: readonly Application[],
): void {
  const before = storedInventory(read);
  const now = new Set(applications.map(({ id }) => id.toUpperCase()));
  for (const [folded, { id }] of before)
    if (!now.has(folded))
      to.change(inventoryStore, {
        kind: 'registry.delete-key',
        hive: 'HKLM',
        path: `${inventoriesKey}\\${id}`,
      });
  for (const application of applications) {
    const old = before.get(application.id.toUpperCase());
    const path = `${inventoriesKey}\\${application.id}`;
    for (const field of fields)
      if (old?.[field] !== application[field] || old.id === '')
        to.set(inventoryStore, path, valueNames[field], text(application[field]));
  }
}

export const sameApplication = (a: Application, b: Application): boolean =>
  fields.every((field) => a[field] === b[field]);
