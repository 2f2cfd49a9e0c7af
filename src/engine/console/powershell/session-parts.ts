import type { Provider } from '../../powershell/run/provider.ts';

export const providers: readonly Provider[] = [];
