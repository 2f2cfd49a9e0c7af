import { zipSync } from 'fflate';
import { fromUint8Array, toUint8Array } from '../../../base/bytes.ts';
import type { RegistryPath } from '../../powershell/host.ts';
import { absolutePath } from '../device-path.ts';
import { writeRegFile } from '../reg-file.ts';
import { keyTree } from './reg.ts';
import { program } from './simple.ts';
import type { Call } from './simple.ts';

/** Keys and folders of each area that the tool knows. */
const areas: ReadonlyMap<string, { readonly keys: readonly string[]; readonly folders: readonly string[] }> =
  new Map(
    Object.entries({
      deviceenrollment: { keys: ['SOFTWARE\\Microsoft\\Enrollments'], folders: [] },
      deviceprovisioning: { keys: ['SOFTWARE\\Microsoft\\Provisioning'], folders: [] },
      autopilot: {
        keys: ['SOFTWARE\\Microsoft\\Provisioning\\Diagnostics\\Autopilot'],
        folders: ['C:\\ProgramData\\Microsoft\\IntuneManagementExtension\\Logs'],
      },
      tpm: { keys: [], folders: [] },
    }),
  );

function collect(call: Call, names: readonly string[]): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const name of names) {
    const area = areas.get(name.toLowerCase());
    for (const path of area?.keys ?? []) {
      const key: RegistryPath = { hive: 'HKLM', path };
      if (!call.host.registry.key(key).ok) continue;
      const leaf = path.replace(/^.*\\/, '');
      files[`MdmDiagReport_${leaf}.reg`] = toUint8Array(writeRegFile(keyTree(call, key, '64')));
    }
    for (const folder of area?.folders ?? []) {
      const list = call.host.files.list(folder);
      for (const file of list.ok ? list.value : []) {
        const content = file.kind === 'file' ? call.host.files.read(file.path) : undefined;
        if (content?.ok) files[file.name] = toUint8Array(content.value);
      }
    }
  }
  return files;
}

/** MdmDiagnosticsTool.exe: `-area a;b -zip file` and `-out folder`, from what the device has of each area. */
export const mdmDiagnosticsTool = program('mdmdiagnosticstool.exe', (call) => {
  const value = (name: string): string | undefined => {
    const at = call.args.findIndex((arg) => arg.toLowerCase().replace(/^\//, '-') === `-${name}`);
    return at < 0 ? undefined : call.args[at + 1];
  };
  const out = value('out');
  const zip = value('zip') ?? value('cab');
  if (out === undefined && zip === undefined) {
    call.line(
      'Usage: MdmDiagnosticsTool.exe -out <output folder path>',
      '       MdmDiagnosticsTool.exe -area <area name(s)> -zip <output zip file path>',
    );
    return 87;
  }
  if (!call.host.identity.elevated) {
    call.line('Access denied. Run as administrator.');
    return 5;
  }
  const names = (value('area') ?? [...areas.keys()].join(';')).split(';').filter((name) => name !== '');
  const unknown = names.find((name) => !areas.has(name.toLowerCase()));
  if (unknown !== undefined) {
    call.line(`Unknown area: ${unknown}`);
    return 87;
  }
  const files = collect(call, names);
  const folder = call.context.workingDirectory;
  if (zip !== undefined) {
    const content = fromUint8Array(zipSync(files, { level: 6, mtime: '2026-01-01T00:00:00' }));
    return call.host.files.write(absolutePath(zip, folder), content).ok ? 0 : 3;
  }
  const target = absolutePath(out as string, folder);
  if (!call.host.files.createDirectory(target).ok && !call.host.files.info(target).ok) return 3;
  for (const [name, content] of Object.entries(files))
    call.host.files.write(`${target}\\${name}`, fromUint8Array(content));
  return 0;
});
