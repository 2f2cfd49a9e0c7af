import type { Program } from '../program.ts';
import { cmd } from './cmd.ts';
import { msiexec } from './msiexec.ts';
import { net, net1 } from './net.ts';
import { reg } from './reg.ts';
import { sc } from './sc.ts';
import { hostname, whoami } from './whoami.ts';

/** Programs that are not PowerShell. */
export const nativePrograms: readonly Program[] = [cmd, hostname, msiexec, net, net1, reg, sc, whoami];
