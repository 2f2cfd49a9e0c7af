import type { StoredRegistryValue } from './registry-value.ts';

const types: Readonly<Record<StoredRegistryValue['kind'], string>> = {
  String: 'REG_SZ',
  ExpandString: 'REG_EXPAND_SZ',
  MultiString: 'REG_MULTI_SZ',
  DWord: 'REG_DWORD',
  QWord: 'REG_QWORD',
  Binary: 'REG_BINARY',
  None: 'REG_NONE',
};

/** The type column as regedit shows it. */
export function registryTypeName(value: StoredRegistryValue): string {
  return types[value.kind];
}
