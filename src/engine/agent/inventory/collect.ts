import { fromCivil } from '../../clock/civil-time.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import { inventoryDetails } from '../rules/inventory-rules.ts';
import type { Application } from './stored-inventory.ts';

const longest = Number(inventoryDetails.parameters?.['length']);
const unknownDate = '01/01/0001 00:00:00';

/** Installed programs as the inventory reports them. */
export const collectApplications = (read: DeviceReader): readonly Application[] =>
  read.installedPrograms().map((program) => ({
    id: program.msiProductCode === '' ? program.programId : program.msiProductCode.replace(/[{}]/g, ''),
    name: cut(program.name),
    version: cut(program.version),
    publisher: program.vendor,
    language: String(program.language),
    date: dateText(program.installDate),
  }));

const cut = (text: string): string => Array.from(text).slice(0, longest).join('');

function dateText(yyyymmdd: string): string {
  const parts = /^(\d{4})(\d\d)(\d\d)$/.exec(yyyymmdd);
  return parts ? `${parts[2]}/${parts[3]}/${parts[1]} 00:00:00` : unknownDate;
}

/** .NET's JSON of that date: milliseconds since 1970. */
export function jsonDate(date: string): string {
  const [month = 1, day = 1, year = 1] = (/^(\d\d)\/(\d\d)\/(\d{4})/.exec(date) ?? []).slice(1).map(Number);
  return `/Date(${fromCivil({ year, month, day }) / 1000})/`;
}
