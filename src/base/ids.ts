import type { Brand } from './brand.ts';

/** A device of a world, e.g. `BW-W11-5`. */
export type DeviceId = Brand<string, 'DeviceId'>;
/** A derived event: `<device or *>:<number>`, counted per device in the order of the queue. */
export type EventId = Brand<string, 'EventId'>;
/** A rule of the rule catalogue, e.g. `win32.grs.window`. */
export type RuleId = Brand<string, 'RuleId'>;
/** A log message of the message catalogue, e.g. `app-workload.grs.found`. */
export type MessageId = Brand<string, 'MessageId'>;
/** A GUID in lower case without braces. */
export type Guid = Brand<string, 'Guid'>;
/** A console session on a device, e.g. `console-1`. */
export type ConsoleId = Brand<string, 'ConsoleId'>;
/** A process id, unique on its device until that device restarts. */
export type ProcessId = Brand<number, 'ProcessId'>;

export const deviceId = (text: string): DeviceId => text as DeviceId;
export const eventId = (text: string): EventId => text as EventId;
export const ruleId = (text: string): RuleId => text as RuleId;
export const messageId = (text: string): MessageId => text as MessageId;
export const consoleId = (text: string): ConsoleId => text as ConsoleId;
export const processId = (value: number): ProcessId => value as ProcessId;
export const guid = (text: string): Guid => text.toLowerCase() as Guid;
