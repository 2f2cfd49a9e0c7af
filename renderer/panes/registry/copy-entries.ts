import { powershellPath } from '../../state/registry-path.ts';
import { item } from '../../ui/menu-entry.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import type { RegistryState } from './registry-state.svelte.ts';

function copy(text: string): void {
  void navigator.clipboard.writeText(text);
}

export function copyEntries(registry: RegistryState): MenuEntry[] {
  const path = registry.selected;
  const row = registry.valueRow;
  const entries: MenuEntry[] = [
    item('Copy key path', () => copy(path)),
    item('Copy PowerShell path', () => copy(powershellPath(path))),
    item('Copy PowerShell that reads the key', () => copy(registry.key.data?.powershell ?? '')),
  ];
  if (!row) return entries;
  const read = `Get-ItemPropertyValue -Path '${powershellPath(path)}' -Name '${(row.name || '(default)').replaceAll("'", "''")}'`;
  return [
    ...entries,
    { kind: 'separator' },
    item('Copy value name', () => copy(row.name)),
    item('Copy value data', () => copy(row.text), { keys: 'Ctrl+C' }),
    item('Copy PowerShell that reads the value', () => copy(read)),
  ];
}
