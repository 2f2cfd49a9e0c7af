import type { Cmdlet } from '../cmdlet.ts';
import { bitsCmdlets } from './bits-cmdlets.ts';
import { certificateCmdlets } from './certificate-cmdlets.ts';
import { cimCmdlets } from './cim-cmdlets.ts';
import { computerCmdlets } from './computer-cmdlets.ts';
import { eventCmdlets } from './event-cmdlets.ts';
import { galleryCmdlets } from './gallery-cmdlets.ts';
import { networkCmdlets } from './network-cmdlets.ts';
import { policyCmdlets } from './policy-cmdlets.ts';
import { processCmdlets } from './process-cmdlets.ts';
import { serviceCmdlets } from './service-cmdlets.ts';
import { setupCmdlets } from './setup-cmdlets.ts';
import { storageCmdlets } from './storage-cmdlets.ts';
import { taskCmdlets } from './task-cmdlets.ts';
import './directory-entry.ts';
import './mdm-session.ts';
import './update-service.ts';
import { webCmdlets } from './web-cmdlets.ts';
import { wmiCmdlets } from './wmi-cmdlets.ts';

/** Cmdlets that look at the device: services, processes, CIM, event logs, tasks, network. */
export const deviceCmdlets: readonly Cmdlet[] = [
  ...serviceCmdlets,
  ...processCmdlets,
  ...cimCmdlets,
  ...wmiCmdlets,
  ...eventCmdlets,
  ...taskCmdlets,
  ...computerCmdlets,
  ...policyCmdlets,
  ...certificateCmdlets,
  ...networkCmdlets,
  ...webCmdlets,
  ...galleryCmdlets,
  ...bitsCmdlets,
  ...storageCmdlets,
  ...setupCmdlets,
];
