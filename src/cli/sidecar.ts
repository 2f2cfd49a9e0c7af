import { SidecarError } from '../base/error.ts';
import { sidecarProgram } from './program.ts';

sidecarProgram()
  .parseAsync()
  .catch((error: unknown) => {
    // What the product knows about is a sentence; anything else is a fault of ours and shows where it happened.
    const text = error instanceof SidecarError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`${String(text)}\n`);
    process.exitCode = 1;
  });
