import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toUint8Array } from '../base/bytes.ts';
import { appOf, installReports } from '../engine/cloud/index.ts';
import { writeRegFile } from '../engine/console/reg-file.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';
import type { RegistryHiveName, StoredRegistryValue } from '../engine/device/registry/registry-value.ts';
import type { Simulation } from '../engine/world/simulation.ts';

const logFolder = 'C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs';

/** `Logs/*.log` and `registry.reg` of a device, byte for byte as they are on it. */
export function writeDeviceFolder(read: DeviceReader, out: string): void {
  const logs = join(out, 'Logs');
  mkdirSync(logs, { recursive: true });
  for (const file of read.children(logFolder)) {
    const content = file.kind === 'file' ? read.content(file.path) : undefined;
    if (content !== undefined) writeFileSync(join(logs, file.name), toUint8Array(content));
  }
  const keys = [...registryKeys(read, 'HKLM', ''), ...registryKeys(read, 'HKU', '')];
  writeFileSync(join(out, 'registry.reg'), toUint8Array(writeRegFile(keys)));
}

interface ExportedKey {
  readonly key: { readonly hive: RegistryHiveName; readonly path: string };
  readonly values: readonly (readonly [string, StoredRegistryValue])[];
}

function* registryKeys(read: DeviceReader, hive: RegistryHiveName, path: string): Generator<ExportedKey> {
  const key = read.key(hive, path)?.value;
  if (!key) return;
  const values = key.valueNames.flatMap((name) => {
    const value = read.value(hive, path, name)?.value;
    return value ? [[name, value] as const] : [];
  });
  yield { key: { hive, path }, values };
  for (const name of key.subKeys) yield* registryKeys(read, hive, path === '' ? name : `${path}\\${name}`);
}

/** `events.jsonl` and `reports/*.csv`. */
export function writeWorldFiles(simulation: Simulation, out: string): void {
  mkdirSync(join(out, 'reports'), { recursive: true });
  const events = simulation.events
    .all()
    // A QWORD is a BigInt, which JSON has not.
    .map((event) =>
      JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)),
    );
  writeFileSync(join(out, 'events.jsonl'), events.map((line) => `${line}\n`).join(''));
  const { cloud } = simulation.world;
  const rows = installReports(cloud).map((row) => {
    const { app, ...rest } = row;
    return { app, name: appOf(cloud, app)?.setup.name ?? '', ...rest };
  });
  writeFileSync(join(out, 'reports', 'app-install-status.csv'), csv(rows));
}

/** RFC 4180. Columns are those of the first row. */
function csv(rows: readonly Readonly<Record<string, unknown>>[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const field = (value: unknown) => {
    const text =
      value === null || value === undefined
        ? ''
        : typeof value === 'object'
          ? JSON.stringify(value)
          : `${value as string}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))]
    .map((line) => `${line.map(field).join(',')}\r\n`)
    .join('');
}
