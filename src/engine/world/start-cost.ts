import type { Duration } from '../../base/time.ts';
import { milliseconds } from '../../base/time.ts';

/** Device time from the start of a program to its first act. Chosen, not measured: a table keeps it the same everywhere. */
const costs: Readonly<Record<string, Duration>> = {
  'powershell.exe': milliseconds(420),
  'pwsh.exe': milliseconds(510),
  'cmd.exe': milliseconds(25),
  'msiexec.exe': milliseconds(650),
  'reg.exe': milliseconds(18),
  'dsregcmd.exe': milliseconds(140),
};

export function startCost(program: string): Duration {
  return costs[program] ?? milliseconds(30);
}
