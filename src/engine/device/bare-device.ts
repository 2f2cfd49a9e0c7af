import { utf8Encode } from '../../base/bytes.ts';
import type { ProcessId } from '../../base/ids.ts';
import { processId } from '../../base/ids.ts';
import type { Instant } from '../../base/time.ts';
import { duration, instant } from '../../base/time.ts';
import { defaultUser, profileOf } from './accounts/profile.ts';
import type { FileVersion } from './change.ts';
import type {
  Device,
  EventLogRecord,
  MachineRecord,
  ProcessRecord,
  ServiceRecord,
  TaskRecord,
} from './device.ts';
import { DeviceDraft } from './device-draft.ts';
import type { DeviceStart, OsName } from './device-start.ts';
import { FileEditor, imageContent } from './filesystem/file-editor.ts';
import type { DirectoryNode } from './filesystem/file-node.ts';
import { newDirectory } from './filesystem/file-node.ts';
import type { LogText } from './filesystem/log-text.ts';
import { bootRecords, imageLogs } from './event-log/records.ts';
import { hiddenFolders, imageFolders, imageTexts } from './image/folders.ts';
import { identityValues } from './image/identity.ts';
import { inboxSoftware, otherPrograms, systemPrograms } from './image/programs.ts';
import { imageKeys, imageValues, userHiveKeys } from './image/registry.ts';
import { imageServices, serviceValues } from './image/services.ts';
import { imageTasks } from './image/tasks.ts';
import { sysinternals } from './image/sysinternals.ts';
import type { WindowsVersion } from './image/windows-version.ts';
import { windowsVersions } from './image/windows-version.ts';
import type { Keyed, KeyedMap, Owner } from './keyed-map.ts';
import { keyed, mapPut } from './keyed-map.ts';
import { bootProcesses, servicePrograms } from './processes/boot-processes.ts';
import { RandomNumbers } from './random.ts';
import type { KeyNode } from './registry/key-node.ts';
import { newKey } from './registry/key-node.ts';
import { RegistryEditor } from './registry/registry-editor.ts';

/** 2025-07-08T17:00Z, when the update of the image was made: times of all that came with Windows. */
const imageTime = instant(1_751_994_000_000_000);

/** A bare device has no agent, so nothing is ever asked of this. */
const noLogs: LogText = {
  written: () => null,
  record: () => ({ text: '', component: '', type: 1 }),
  length: () => 0,
};

/** What a Windows version brings, built once and shared by all devices with it. */
interface Image {
  readonly hklm: KeyNode;
  readonly hku: KeyNode;
  readonly volume: DirectoryNode;
  readonly services: KeyedMap<ServiceRecord>;
  readonly tasks: KeyedMap<TaskRecord>;
  readonly eventLogs: KeyedMap<EventLogRecord>;
  readonly programs: readonly StartedProgram[];
  readonly nextProcessId: number;
}
type StartedProgram = Omit<ProcessRecord, keyof Keyed | 'started' | 'writer'>;

const images = new Map<OsName, Image>();

/** A device as it leaves the factory, running, with nobody signed in and not enrolled. A function of its arguments. */
export function bareDevice(start: DeviceStart, at: Instant): Device {
  const image = imageOf(start);
  const { hklm, hku, volume, services, tasks, eventLogs } = image;
  const empty: Device = {
    id: start.id,
    start,
    hklm,
    hku,
    volume,
    diskUsed: 0,
    services,
    processes: toMap(
      image.programs.map((program) => ({
        ...keyed(String(program.id)),
        ...program,
        started: at,
        writer: null,
      })),
    ),
    tasks,
    eventLogs,
    certificates: null,
    sessions: [],
    toasts: [],
    memory: null,
    draws: null,
    machine: { ...machineAt(at), networkUp: true, nextProcessId: image.nextProcessId },
  };
  const draft = new DeviceDraft(empty, { now: () => at, seed: 'factory', logText: noLogs });
  for (const { path, name, value } of identityValues(start, at, draft))
    draft.apply({ kind: 'registry.set', hive: 'HKLM', path, name, value }, null);
  for (const record of bootRecords(start.os)) draft.apply({ kind: 'event-log', ...record }, null);
  if (start.tools?.includes('sysinternals')) for (const tool of sysinternals) draft.apply(tool, null);
  for (const { path, text } of start.files)
    draft.apply({ kind: 'file.write', path, content: utf8Encode(text) }, null);
  // What is there from the start is not missing from the free space that the start states.
  return { ...draft.freeze(), diskUsed: 0 };
}

const machineAt = (at: Instant): MachineRecord => ({
  bootedAt: at,
  networkUp: false,
  power: 'on',
  powerSince: at,
  clockAhead: duration(0),
  nextProcessId: 0,
  nextOrder: 0,
});

/** The image with the profile that the first-run screens use. */
function imageOf(start: DeviceStart): Image {
  const known = images.get(start.os);
  if (known !== undefined) return known;
  const made = makeImage(windowsVersions[start.os]);
  const draft = new DeviceDraft(
    {
      ...made,
      id: start.id,
      start,
      diskUsed: 0,
      processes: null,
      certificates: null,
      sessions: [],
      toasts: [],
      memory: null,
      draws: null,
      machine: machineAt(imageTime),
    },
    { now: () => imageTime, seed: 'image', logText: noLogs },
  );
  for (const change of profileOf(defaultUser, 'WORKGROUP')) draft.apply(change, null);
  const { hklm, hku, volume } = draft.freeze();
  const image = { ...made, hklm, hku, volume };
  images.set(start.os, image);
  return image;
}

function makeImage(version: WindowsVersion): Image {
  const registry = new RegistryEditor(
    newKey({}, 'HKLM', imageTime, null),
    newKey({}, 'HKU', imageTime, null),
  );
  for (const path of imageKeys) registry.create('HKLM', path, imageTime, null);
  for (const { path, name, value } of imageValues(version))
    registry.set('HKLM', path, name, value, imageTime, null);
  for (const path of userHiveKeys) registry.create('HKU', path, imageTime, null);
  const volume = makeVolume(version);
  const services: ServiceRecord[] = [];
  const programs = systemProcesses();
  let nextProcessId = 1000;
  for (const { definition, running } of imageServices) {
    let id: ProcessId | null = null;
    if (running) {
      id = processId(nextProcessId);
      nextProcessId += 4 * (1 + (numbers.draw('process-id', nextProcessId) % 23));
      programs.push({
        id,
        parentId: servicesId,
        workingSet: 6_291_456 + (numbers.draw('working-set', id) % 25_165_824),
        handles: 110 + (numbers.draw('handles', id) % 400),
        ...servicePrograms(definition),
      });
    }
    services.push({
      ...keyed(definition.name),
      definition,
      status: running ? 'Running' : 'Stopped',
      processId: id,
      failures: null,
      writer: null,
    });
    for (const { path, name, value } of serviceValues(definition))
      registry.set('HKLM', path, name, value, imageTime, null);
  }
  registry.release();
  return {
    hklm: registry.root('HKLM'),
    hku: registry.root('HKU'),
    volume,
    services: toMap(services),
    tasks: toMap(
      imageTasks.map((definition) => ({
        ...keyed(definition.path + definition.name),
        definition,
        lastRun: null,
        lastResult: 0,
        writer: null,
      })),
    ),
    eventLogs: toMap(
      imageLogs.map((name) => ({
        ...keyed(name),
        name,
        entries: [],
      })),
    ),
    programs,
    nextProcessId,
  };
}

const numbers = new RandomNumbers('image', 'windows');
const servicesId = processId(652);

/** Processes of every start of Windows: the two without an image, then the session manager's children. */
function systemProcesses(): StartedProgram[] {
  const common = {
    arguments: '',
    user: 'NT AUTHORITY\\SYSTEM',
    sessionId: 0,
    bitness: 64 as const,
    service: null,
  };
  return [
    { ...common, id: processId(0), file: '', parentId: null, workingSet: 8192, handles: 0 },
    { ...common, id: processId(4), file: '', parentId: processId(0), workingSet: 147_456, handles: 3900 },
    ...bootProcesses.map((program, i) => ({
      ...common,
      id: processId([368, 480, 556, 652, 680, 620, 808, 912][i] ?? 0),
      parentId: processId(4),
      ...program,
    })),
  ];
}

function makeVolume(version: WindowsVersion): DirectoryNode {
  const files = new FileEditor(newDirectory(null, '', imageTime, null), 0, noLogs);
  const image = (path: string, length: number, file: FileVersion | null): void => {
    files.write(path, imageContent(length, file), imageTime, null);
  };
  const osVersion = (description: string): FileVersion => ({
    fileVersion: `10.0.${version.build}.${version.revision}`,
    productVersion: `10.0.${version.build}.${version.revision}`,
    productName: 'Microsoft® Windows® Operating System',
    companyName: 'Microsoft Corporation',
    fileDescription: description,
  });
  for (const path of imageFolders) files.createDirectory(path, imageTime, null);
  for (const [name, length, description, both] of systemPrograms) {
    image(`C:\\Windows\\System32\\${name}`, length, osVersion(description));
    if (both === true)
      image(
        `C:\\Windows\\SysWOW64\\${name}`,
        Math.round((length * 7) / 8 / 512) * 512,
        osVersion(description),
      );
  }
  for (const [path, length, description] of otherPrograms) image(path, length, osVersion(description));
  for (const { path, length, version: fileVersion, product, description } of inboxSoftware)
    image(path, length, {
      fileVersion,
      productVersion: fileVersion,
      productName: product,
      companyName: 'Microsoft Corporation',
      fileDescription: description,
    });
  for (const [path, text] of imageTexts)
    files.write(path, { kind: 'bytes', data: utf8Encode(text) }, imageTime, null);
  for (const path of hiddenFolders) files.setAttributes(path, { hidden: true }, null);
  files.release();
  return files.root;
}

function toMap<T extends Keyed>(entries: readonly T[]): KeyedMap<T> {
  const owner: Owner = {};
  let map: KeyedMap<T> = null;
  for (const entry of entries) map = mapPut(map, entry, owner);
  return map;
}
