import { utf8Decode } from '../../../base/bytes.ts';
import type { DeviceReader } from '../../device/device-reader.ts';
import { programFolder } from '../paths.ts';
import { configCheck } from '../rules/start-rules.ts';
import type { StepBuilder } from '../step-builder.ts';

const file = `${programFolder}\\Microsoft.Management.Services.IntuneWindowsAgent.exe.config`;

/** At the start of the service: a configuration that cannot be read comes back from its copy, where the version has one. */
export function checkConfiguration(to: StepBuilder, read: DeviceReader): void {
  const copy = read.content(`${file}.bak`);
  if (copy === undefined) return;
  const present = read.content(file);
  if (present !== undefined && /<configuration>[\s\S]*<\/configuration>/.test(utf8Decode(present))) return;
  to.change(
    configCheck,
    { kind: 'file.write', path: file, content: copy },
    {
      cause: read.file(file)?.writer ?? null,
      compared: { found: present === undefined ? 'missing' : 'broken' },
    },
  );
}
