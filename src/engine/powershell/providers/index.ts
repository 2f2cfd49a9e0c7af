import type { Provider } from '../run/provider.ts';
import { aliasProvider } from './alias.ts';
import { certificateProvider } from './certificate.ts';
import { environmentProvider } from './environment.ts';
import { fileSystemProvider } from './file-system.ts';
import { functionProvider } from './function.ts';
import { registryProvider } from './registry.ts';
import { variableProvider } from './variable.ts';

/** Every provider of a device, in the order Get-PSProvider lists them. */
export const providers: readonly Provider[] = [
  registryProvider,
  aliasProvider,
  environmentProvider,
  fileSystemProvider,
  functionProvider,
  variableProvider,
  certificateProvider,
];
