import type { Cmdlet } from './cmdlet.ts';
import { getAlias, newAlias, removeAlias, setAlias } from './commands/alias-cmdlets.ts';
import { exportAlias, importAlias } from './commands/export-alias.ts';
import { registerArgumentCompleter } from './commands/register-argument-completer.ts';
import './commands/command-members.ts';
import './commands/command-metadata.ts';
import { getCommand } from './commands/get-command.ts';
import { getHelp, help } from './help/get-help.ts';
import { getVerb } from './help/get-verb.ts';
import { newModuleManifest, testModuleManifest } from './modules/manifest-cmdlets.ts';
import { convertFromSecureString, convertToSecureString, getCredential } from './security/secure-string.ts';
import { unblockFile } from './files/unblock-file.ts';
import { invokeItem } from './items/invoke-item.ts';
import { importLocalizedData } from './modules/import-localized-data.ts';
import { addType } from './session/add-type.ts';
import { setPSDebug } from './session/set-ps-debug.ts';
import { importModule, newModule } from './modules/import-module.ts';
import {
  exportModuleMember,
  getModule,
  importPowerShellDataFile,
  removeModule,
} from './modules/module-cmdlets.ts';
import './modules/auto-import.ts';
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
  pause,
  prompt,
  readHost,
  setStrictMode,
} from './session/console.ts';
import { outGridView } from './output/out-grid-view.ts';
import { invokeCommand, invokeExpression } from './session/invoke.ts';
import { startTranscript, stopTranscript } from './session/transcript.ts';
import { updateFormatData } from './session/ps1xml.ts';
import { getTypeData, removeTypeData, updateTypeData } from './session/type-data.ts';

/** Cmdlets of the session: commands, aliases, modules, console, transcripts, type data. */
export const sessionCmdlets: readonly Cmdlet[] = [
  addType,
  convertFromSecureString,
  convertToSecureString,
  getCredential,
  getHelp,
  getVerb,
  help,
  importLocalizedData,
  invokeItem,
  newModuleManifest,
  setPSDebug,
  testModuleManifest,
  unblockFile,
  clearHistory,
  clearHost,
  exportAlias,
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
  importAlias,
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
  registerArgumentCompleter,
  removeAlias,
  removeModule,
  removeTypeData,
  setAlias,
  setStrictMode,
  startTranscript,
  stopTranscript,
  updateFormatData,
  updateTypeData,
];
