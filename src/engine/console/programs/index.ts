import type { Program } from '../program.ts';
import { cmd } from './cmd.ts';
import { powershell, pwsh } from './powershell.ts';

/** Native programs of the device by image name in lower case. */
export const programs: ReadonlyMap<string, Program> = new Map(
  [cmd, powershell, pwsh].map((program) => [program.name, program]),
);
