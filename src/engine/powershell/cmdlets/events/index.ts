import type { Cmdlet } from '../cmdlet.ts';
import {
  getEvent,
  getEventSubscriber,
  newEvent,
  registerEngineEvent,
  registerObjectEvent,
  removeEvent,
  unregisterEvent,
  waitEvent,
} from './event-cmdlets.ts';
import './event-sources.ts';

/** PowerShell's own events: subscribers, their actions, the queue. */
export const eventCmdlets: readonly Cmdlet[] = [
  getEvent,
  getEventSubscriber,
  newEvent,
  registerEngineEvent,
  registerObjectEvent,
  removeEvent,
  unregisterEvent,
  waitEvent,
];
