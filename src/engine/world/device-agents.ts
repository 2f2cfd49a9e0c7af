import type { DeviceReader } from '../device/device-reader.ts';
import type { AgentPart, QueueEntry } from '../agent/agent.ts';
import { agent as intuneAgent } from '../agent/index.ts';
import { mdm } from '../mdm/index.ts';

const parts: readonly AgentPart[] = [mdm, intuneAgent];

/** What manages a device from within: the MDM client of Windows and the agent that it installs, as one. */
export const agent: AgentPart = {
  occurred: (read, what, by) => ({
    effects: parts.flatMap((part) => part.occurred(read, what, by).effects),
  }),
  due: (read: DeviceReader, entry: QueueEntry) => partOf(entry.kind).due(read, entry),
  handles: (kind) => parts.some((part) => part.handles(kind)),
  label: (kind, data) => partOf(kind).label(kind, data),
};

const partOf = (kind: string): AgentPart => parts.find((part) => part.handles(kind)) ?? intuneAgent;
