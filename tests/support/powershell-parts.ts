import { createFormatter as create } from '../../src/engine/powershell/format/index.ts';
import type { FormatterFactory } from '../../src/engine/powershell/run/formatter.ts';

export { providers } from '../../src/engine/powershell/providers/index.ts';
export const createFormatter: FormatterFactory = create;
