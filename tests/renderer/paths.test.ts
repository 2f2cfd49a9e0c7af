import { expect, test } from 'vitest';
import { folderOf, joinPath, quoted, samePath } from '../../renderer/state/agent-places.ts';
import { placeOf } from '../../renderer/state/place.ts';
import { parseRegistryPath, powershellPath } from '../../renderer/state/registry-path.ts';

test('a registry path is read in every form an engineer would paste', () => {
  const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft';
  for (const form of [
    'HKLM:\\SOFTWARE\\Microsoft',
    'hklm\\SOFTWARE\\Microsoft\\',
    'Computer\\HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft',
    'Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft',
    'Microsoft.PowerShell.Core\\Registry::HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft',
    '"HKLM:/SOFTWARE/Microsoft"',
    '[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft]',
  ])
    expect(parseRegistryPath(form), form).toBe(key);
  expect(parseRegistryPath('C:\\Labs')).toBeNull();
  expect(powershellPath(key)).toBe('HKLM:\\SOFTWARE\\Microsoft');
  expect(powershellPath('HKEY_USERS\\.DEFAULT')).toBe('Registry::HKEY_USERS\\.DEFAULT');
});

test('each kind of place opens in its pane', () => {
  expect(
    ['HKCU:\\Software', 'C:\\Logs\\a.log', 'C:\\Labs\\a.ps1', 'C:\\Labs', 'Get-Date'].map(
      (text) => placeOf(text)?.pane ?? null,
    ),
  ).toEqual(['registry', 'logs', 'script', 'files', null]);
});

test('folders, joined paths and quotes', () => {
  expect(folderOf('C:\\Labs\\a.ps1')).toBe('C:\\Labs');
  expect(folderOf('C:\\Labs')).toBe('C:\\');
  expect(joinPath('C:\\', 'Labs')).toBe('C:\\Labs');
  expect(joinPath('C:\\Labs', 'a.ps1')).toBe('C:\\Labs\\a.ps1');
  expect(samePath('c:\\labs\\', 'C:\\Labs')).toBe(true);
  expect(quoted("C:\\Ada's")).toBe("'C:\\Ada''s'");
});
