import type { Program } from '../program.ts';
import { agentServiceProgram } from './agent-service-program.ts';
import { cmd } from './cmd.ts';
import { dsregcmd } from './dsregcmd.ts';
import { certutil, wevtutil } from './log-tools.ts';
import { mdmDiagnosticsTool } from './mdm-diagnostics-tool.ts';
import { msiexec } from './msiexec.ts';
import { net, net1 } from './net.ts';
import { ipconfig, nslookup, ping } from './network-tools.ts';
import { shutdown, systeminfo, taskkill, tasklist, wmic } from './process-tools.ts';
import { reg } from './reg.ts';
import { regedit } from './regedit.ts';
import { sc } from './sc.ts';
import { schtasks } from './schtasks.ts';
import { tzutil, w32tm } from './time-tools.ts';
import { find, findstr, more, sort, strings, strings64, timeout, where } from './text-tools.ts';
import { hostname, whoami } from './whoami.ts';
import { winget } from './winget.ts';
import { xcopy } from './xcopy.ts';

/** Programs that are not PowerShell. */
export const nativePrograms: readonly Program[] = [
  agentServiceProgram,
  certutil,
  cmd,
  dsregcmd,
  find,
  findstr,
  hostname,
  ipconfig,
  mdmDiagnosticsTool,
  more,
  msiexec,
  net,
  net1,
  nslookup,
  ping,
  reg,
  regedit,
  sc,
  schtasks,
  shutdown,
  sort,
  strings,
  strings64,
  systeminfo,
  taskkill,
  tasklist,
  timeout,
  tzutil,
  w32tm,
  wevtutil,
  where,
  whoami,
  winget,
  wmic,
  xcopy,
];
