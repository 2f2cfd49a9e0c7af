/** Programs that open a window and stay until somebody closes it: what happens in a window nobody sees is not simulated. */
const windowPrograms: ReadonlySet<string> = new Set([
  'calc.exe',
  'charmap.exe',
  'cleanmgr.exe',
  'control.exe',
  'dxdiag.exe',
  'eventvwr.exe',
  'explorer.exe',
  'iexplore.exe',
  'magnify.exe',
  'mmc.exe',
  'msedge.exe',
  'msinfo32.exe',
  'mspaint.exe',
  'mstsc.exe',
  'notepad.exe',
  'perfmon.exe',
  'powershell_ise.exe',
  'resmon.exe',
  'taskmgr.exe',
  'winver.exe',
  'wordpad.exe',
  'write.exe',
]);

const editor = 'C:\\Windows\\System32\\notepad.exe';
const browser = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';

/** Which program opens a document of a fresh Windows, by the ending of its name. */
const documents: Readonly<Record<string, string>> = {
  txt: editor,
  log: editor,
  ini: editor,
  inf: editor,
  csv: editor,
  json: editor,
  xml: browser,
  ps1: editor,
  psm1: editor,
  psd1: editor,
  htm: browser,
  html: browser,
  mht: browser,
  svg: browser,
  pdf: browser,
};

/** True for a program that is a window and nothing else. */
export const isWindowProgram = (image: string): boolean => windowPrograms.has(image.toLowerCase());

/** The program that opens a document; undefined where Windows would ask which. */
export const documentProgram = (path: string): string | undefined =>
  documents[/\.([a-z0-9]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''];
