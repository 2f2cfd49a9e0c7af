import { importFile } from './reg.ts';
import { program } from './simple.ts';

/** regedit.exe with a file: imports it. Without one it is a window, see `world/window-programs.ts`. */
export const regedit = program('regedit.exe', (call) => {
  const files = call.args.filter((arg) => !/^[/-]/.test(arg));
  // What it has to say stands in a message box; /s leaves even that out.
  const silent = { ...call, line: () => undefined, fail: () => undefined };
  for (const file of files) importFile(silent, [file]);
  return 0;
});
