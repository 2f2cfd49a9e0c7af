import type { EventRecord, Host } from '../../host.ts';
import { localTime, utcTime } from '../../providers/local-time.ts';
import { method, property } from '../../types/dotnet/define.ts';
import { enumValue } from '../../types/enum-text.ts';
import { extendType } from '../../types/extended-members.ts';
import { Boxed, byte, DotNetObject, PSArray, stringArray } from '../../types/objects.ts';
import { defineEnum, defineType } from '../../types/registry.ts';
import { dateParts } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { MemberBag } from '../../types/value.ts';

export interface EventState {
  readonly event: EventRecord;
  readonly host: Host;
}
const state = (self: Value): EventState => (self as DotNetObject<EventState>).state;

const escape = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/'/g, '&apos;');

function xml({ event, host }: EventState): string {
  const p = dateParts(utcTime(event.at).ticks);
  const two = (n: number): string => String(n).padStart(2, '0');
  const at = `${p.year}-${two(p.month)}-${two(p.day)}T${two(p.hour)}:${two(p.minute)}:${two(p.second)}.${String(p.fraction).padStart(7, '0')}Z`;
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${escape(event.provider)}'/><EventID>${event.id}</EventID><Level>${event.level}</Level><TimeCreated SystemTime='${at}'/><EventRecordID>${event.recordId}</EventRecordID><Channel>${escape(event.logName)}</Channel><Computer>${escape(host.computer.name)}</Computer></System><EventData><Data>${escape(event.message)}</Data></EventData></Event>`;
}

const eventPropertyType = defineType('System.Diagnostics.Eventing.Reader.EventProperty', {
  members: [property('Value', 'System.Object', (self) => (self as DotNetObject<string>).state)],
});

const recordType = defineType('System.Diagnostics.Eventing.Reader.EventLogRecord', {
  baseType: defineType('System.Diagnostics.Eventing.Reader.EventRecord'),
  members: [
    property('Id', 'int', (s) => state(s).event.id),
    property('Version', 'System.Nullable[byte]', () => byte(0)),
    property('Level', 'System.Nullable[byte]', (s) => byte(state(s).event.level)),
    property('ProviderName', 'string', (s) => state(s).event.provider),
    property('LogName', 'string', (s) => state(s).event.logName),
    property('RecordId', 'System.Nullable[long]', (s) => BigInt(state(s).event.recordId)),
    property('ProcessId', 'System.Nullable[int]', () => null),
    property('MachineName', 'string', (s) => state(s).host.computer.name),
    property('UserId', 'System.Object', () => null),
    property('TimeCreated', 'System.Nullable[datetime]', (s) => localTime(state(s).host, state(s).event.at)),
    property('LevelDisplayName', 'string', (s) => state(s).event.levelName),
    property('TaskDisplayName', 'string', () => null),
    property(
      'Properties',
      'System.Object',
      (s) => new PSArray([new DotNetObject(eventPropertyType, state(s).event.message)]),
    ),
    method(['string ToXml()', (s) => xml(state(s))]),
    method(['string FormatDescription()', (s) => state(s).event.message]),
    method(['string ToString()', () => 'System.Diagnostics.Eventing.Reader.EventLogRecord']),
  ],
});

/** An event as Get-WinEvent writes it. */
export function eventRecord(event: EventRecord, host: Host): DotNetObject<EventState> {
  const value = new DotNetObject<EventState>(recordType, { event, host });
  value.members = new MemberBag();
  value.members.set({ kind: 'NoteProperty', name: 'Message', value: event.message });
  return value;
}

export const entryTypeType = defineEnum(
  'System.Diagnostics.EventLogEntryType',
  'Error=1,Warning=2,Information=4,SuccessAudit=8,FailureAudit=16',
);
export const entryType = (event: EventRecord): string =>
  event.level === 1 || event.level === 2 ? 'Error' : event.level === 3 ? 'Warning' : 'Information';

const logEntryType = defineType('System.Diagnostics.EventLogEntry', {
  baseType: defineType('System.ComponentModel.Component'),
  members: [
    property('MachineName', 'string', (s) => state(s).host.computer.name),
    property('Data', 'byte[]', () => new PSArray([])),
    property('Index', 'int', (s) => state(s).event.recordId),
    property('Category', 'string', () => '(0)'),
    property('CategoryNumber', 'int16', () => new Boxed('int16', 0)),
    property('EventID', 'int', (s) => state(s).event.id),
    property('EntryType', 'System.Diagnostics.EventLogEntryType', (s) =>
      enumValue(entryTypeType, entryType(state(s).event)),
    ),
    property('Message', 'string', (s) => state(s).event.message),
    property('Source', 'string', (s) => state(s).event.provider),
    property('ReplacementStrings', 'string[]', (s) => stringArray([state(s).event.message])),
    property('InstanceId', 'long', (s) => BigInt(state(s).event.id)),
    property('TimeGenerated', 'datetime', (s) => localTime(state(s).host, state(s).event.at)),
    property('TimeWritten', 'datetime', (s) => localTime(state(s).host, state(s).event.at)),
    property('UserName', 'string', () => null),
  ],
});
const standard = new MemberBag();
standard.set({
  kind: 'PropertySet',
  name: 'DefaultDisplayPropertySet',
  properties: [
    'Index',
    'EntryType',
    'InstanceId',
    'Message',
    'Category',
    'CategoryNumber',
    'ReplacementStrings',
    'Source',
    'TimeGenerated',
    'TimeWritten',
    'UserName',
  ],
});
extendType('System.Diagnostics.EventLogEntry', {
  kind: 'MemberSet',
  name: 'PSStandardMembers',
  members: standard,
});

/** An event as Get-EventLog writes it. */
export const eventLogEntry = (event: EventRecord, host: Host): DotNetObject<EventState> =>
  new DotNetObject<EventState>(logEntryType, { event, host });
