import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { toUint8Array } from '../base/bytes.ts';
import { writeRegFile } from '../engine/console/reg-file.ts';
import type { DeviceReader } from '../engine/device/device-reader.ts';
import type { RegistryHiveName, StoredRegistryValue } from '../engine/device/registry/registry-value.ts';
import type { WorldEvent } from '../engine/world/event.ts';
import type { Simulation } from '../engine/world/simulation.ts';
import { reportTables } from '../views/report-tables.ts';
import type { SyncMlMessage } from '../views/syncml-messages.ts';

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

/** `syncml/*.xml`: each message of a device's management sessions in a file of its own, in their order. */
export function writeSyncMl(messages: readonly SyncMlMessage[], out: string): void {
  const folder = join(out, 'syncml');
  mkdirSync(folder, { recursive: true });
  messages.forEach(({ from, session, message, text }, i) => {
    const name = `${String(i + 1).padStart(4, '0')}-session-${session || 'none'}-message-${message || 'none'}-${from}.xml`;
    writeFileSync(join(folder, name), text);
  });
}

/** `events.jsonl`. */
export function writeEvents(simulation: Simulation, out: string): void {
  mkdirSync(out, { recursive: true });
  const file = openSync(join(out, 'events.jsonl'), 'w');
  try {
    // In portions: the events of a fleet are more text than one string holds.
    const events = simulation.events.all();
    for (let from = 0; from < events.length; from += 10_000)
      writeSync(
        file,
        events
          .slice(from, from + 10_000)
          .map(eventLine)
          .join(''),
      );
  } finally {
    closeSync(file);
  }
}

/** `reports/*.csv`. */
export function writeReports(simulation: Simulation, out: string): void {
  mkdirSync(join(out, 'reports'), { recursive: true });
  for (const { name, columns, rows } of reportTables(simulation.world.cloud))
    writeFileSync(join(out, 'reports', `${name}.csv`), csv([columns, ...rows]));
}

/** A QWORD is a BigInt, which JSON has not. */
const eventLine = (event: WorldEvent): string =>
  `${JSON.stringify(event, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value))}\n`;

/** RFC 4180. */
function csv(lines: readonly (readonly (string | number)[])[]): string {
  const field = (value: string | number): string => {
    const text = String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}
