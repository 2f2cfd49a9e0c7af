import type { Program } from '../program.ts';
import { agentPrograms } from './agent-programs.ts';
import { nativePrograms } from './native.ts';
import { powershell, pwsh } from './powershell.ts';

/** Programs of the device by image name in lower case. */
export const programs: ReadonlyMap<string, Program> = new Map(
  [...nativePrograms, ...agentPrograms, powershell, pwsh].map((program) => [program.name, program]),
);
