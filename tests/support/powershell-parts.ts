import { createFormatter as create } from '../../src/engine/powershell/format/index.ts';
import type { FormatterFactory } from '../../src/engine/powershell/run/formatter.ts';
import type { Provider } from '../../src/engine/powershell/run/provider.ts';

export const createFormatter: FormatterFactory = create;
export const providers: readonly Provider[] = [];
