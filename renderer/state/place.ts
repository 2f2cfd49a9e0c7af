import type { PaneName } from './pane-name.ts';
import { parseRegistryPath } from './registry-path.ts';

export interface Place {
  readonly pane: PaneName;
  readonly target: string;
}

/** The pane that shows what a text names: a registry key, a log, a script, a folder or file. Null for anything else. */
export function placeOf(text: string): Place | null {
  const key = parseRegistryPath(text);
  if (key) return { pane: 'registry', target: key };
  const path = text.trim().replace(/^["']|["']$/g, '');
  if (!/^[A-Za-z]:[\\/]/.test(path)) return null;
  if (/\.log$/i.test(path)) return { pane: 'logs', target: path };
  if (/\.(ps1|psm1|psd1|cmd)$/i.test(path)) return { pane: 'script', target: path };
  return { pane: 'files', target: path };
}
