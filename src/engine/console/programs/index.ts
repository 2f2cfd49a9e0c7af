import type { Program } from '../program.ts';
import { nativePrograms } from './native.ts';
import { powershell, pwsh } from './powershell.ts';

/** Programs of the device by image name in lower case. */
export const programs: ReadonlyMap<string, Program> = new Map(
  [...nativePrograms, powershell, pwsh].map((program) => [program.name, program]),
);
