import type { Cmdlet } from './cmdlet.ts';
import { getAlias, newAlias, removeAlias, setAlias } from './commands/alias-cmdlets.ts';
import './commands/command-members.ts';
import { getCommand } from './commands/get-command.ts';
import { importModule, newModule } from './modules/import-module.ts';
import {
  exportModuleMember,
  getModule,
  importPowerShellDataFile,
  removeModule,
} from './modules/module-cmdlets.ts';
import './modules/module-members.ts';
import {
  clearHistory,
  clearHost,
  getCulture,
  getHistory,
  getHost,
  getPSCallStack,
  getUICulture,
  invokeHistory,
  oss,
  outGridView,
  pause,
  prompt,
  readHost,
  setStrictMode,
} from './session/console.ts';
import { invokeCommand, invokeExpression } from './session/invoke.ts';
import { startTranscript, stopTranscript } from './session/transcript.ts';
import { getTypeData, removeTypeData, updateTypeData } from './session/type-data.ts';

/** Cmdlets of the session: commands, aliases, modules, console, transcripts, type data. */
export const sessionCmdlets: readonly Cmdlet[] = [
  clearHistory,
  clearHost,
  exportModuleMember,
  getAlias,
  getCommand,
  getCulture,
  getHistory,
  getHost,
  getModule,
  getPSCallStack,
  getTypeData,
  getUICulture,
  importModule,
  importPowerShellDataFile,
  invokeCommand,
  invokeExpression,
  invokeHistory,
  newAlias,
  newModule,
  oss,
  outGridView,
  pause,
  prompt,
  readHost,
  removeAlias,
  removeModule,
  removeTypeData,
  setAlias,
  setStrictMode,
  startTranscript,
  stopTranscript,
  updateTypeData,
];
