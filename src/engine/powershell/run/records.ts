import type { DotNetType } from '../types/dotnet-type.ts';
import { objectType } from '../types/dotnet-type.ts';
import { defineType } from '../types/registry.ts';
import { DotNetObject, stringType } from '../types/objects.ts';
import { ListValue } from '../types/collections.ts';
import { closeGeneric, listType } from '../types/registry.ts';
import { DateTimeValue, unixEpochTicks } from '../types/scalars.ts';
import { toText } from '../types/text.ts';
import type { Value } from '../types/value.ts';
import type { Session } from './session.ts';

interface StreamState {
  readonly message: string;
}
const text = (self: Value): string => (self as DotNetObject<StreamState>).state.message;
const stream = (name: string): DotNetType =>
  defineType(`System.Management.Automation.${name}Record`, {
    baseType: informationalType,
    members: [
      { kind: 'property', name: 'Message', isStatic: false, typeName: 'string', get: text },
      {
        kind: 'method',
        name: 'ToString',
        isStatic: false,
        overloads: [{ signature: 'string ToString()', call: text }],
      },
    ],
  });
const informationalType = defineType('System.Management.Automation.InformationalRecord', {
  baseType: objectType,
});
const streamTypes = { Warning: stream('Warning'), Verbose: stream('Verbose'), Debug: stream('Debug') };

/** WarningRecord, VerboseRecord, DebugRecord. */
export const streamRecord = (kind: 'Warning' | 'Verbose' | 'Debug', message: string): DotNetObject =>
  new DotNetObject<StreamState>(streamTypes[kind], { message });

export interface HostMessage {
  readonly message: string;
  readonly noNewline: boolean;
  readonly foreground: string | undefined;
  readonly background: string | undefined;
}
const host = (self: Value): HostMessage => (self as DotNetObject<HostMessage>).state;
export const hostMessageType = defineType('System.Management.Automation.HostInformationMessage', {
  members: [
    {
      kind: 'property',
      name: 'Message',
      isStatic: false,
      typeName: 'string',
      get: (self) => host(self).message,
    },
    {
      kind: 'property',
      name: 'NoNewLine',
      isStatic: false,
      typeName: 'System.Nullable[bool]',
      get: (self) => host(self).noNewline,
    },
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [{ signature: 'string ToString()', call: (self) => host(self).message }],
    },
  ],
});

export interface InformationState {
  readonly data: Value;
  readonly tags: ListValue;
  readonly at: DateTimeValue;
  readonly source: string;
}
const info = (self: Value): InformationState => (self as DotNetObject<InformationState>).state;
export const informationType = defineType('System.Management.Automation.InformationRecord', {
  members: [
    {
      kind: 'property',
      name: 'MessageData',
      isStatic: false,
      typeName: 'System.Object',
      get: (self) => info(self).data,
    },
    {
      kind: 'property',
      name: 'Source',
      isStatic: false,
      typeName: 'string',
      get: (self) => info(self).source,
    },
    {
      kind: 'property',
      name: 'TimeGenerated',
      isStatic: false,
      typeName: 'datetime',
      get: (self) => info(self).at,
    },
    { kind: 'property', name: 'Tags', isStatic: false, typeName: 'object', get: (self) => info(self).tags },
    {
      kind: 'method',
      name: 'ToString',
      isStatic: false,
      overloads: [{ signature: 'string ToString()', call: (self) => toText(info(self).data) }],
    },
  ],
});

export function informationRecord(data: Value, tags: readonly string[], session: Session): DotNetObject {
  const { clock } = session.host;
  const local = BigInt(clock.now() + clock.offsetAt(clock.now())) * 10n + unixEpochTicks;
  return new DotNetObject<InformationState>(informationType, {
    data,
    tags: new ListValue(closeGeneric(listType, [stringType]), [...tags]),
    at: new DateTimeValue(local, 'Local'),
    source: session.frame.file ?? 'Write-Information',
  });
}
export function hostRecord(
  message: string,
  options: { noNewline?: boolean; foreground?: string; background?: string },
  session: Session,
): DotNetObject {
  const data = new DotNetObject<HostMessage>(hostMessageType, {
    message,
    noNewline: options.noNewline ?? false,
    foreground: options.foreground,
    background: options.background,
  });
  return informationRecord(data, ['PSHOST'], session);
}

export function messageOf(value: Value): string {
  return value instanceof DotNetObject &&
    typeof (value.state as { message?: unknown } | null)?.message === 'string'
    ? text(value)
    : toText(value);
}
/** What the console prints of an information record, line end included. */
export function informationText(value: Value, newline: string): string {
  if (!(value instanceof DotNetObject) || value.type !== informationType) return toText(value) + newline;
  const { data } = info(value);
  if (data instanceof DotNetObject && data.type === hostMessageType)
    return host(data).message + (host(data).noNewline ? '' : newline);
  return toText(data) + newline;
}
