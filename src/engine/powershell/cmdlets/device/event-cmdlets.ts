import type { EventRecord } from '../../host.ts';
import { instantOf } from '../../providers/local-time.ts';
import { DictionaryValue } from '../../types/collections.ts';
import { elementsOf } from '../../types/enumerate.ts';
import { customObject } from '../../types/objects.ts';
import { DateTimeValue } from '../../types/scalars.ts';
import { toText } from '../../types/text.ts';
import type { Value } from '../../types/value.ts';
import { hasWildcard, wildcard } from '../../types/wildcard.ts';
import type { Cmdlet, CmdletContext } from '../cmdlet.ts';
import { entryType, eventLogEntry, eventRecord } from './event-objects.ts';

const diagnostics = 'Microsoft.PowerShell.Diagnostics';
const management = 'Microsoft.PowerShell.Management';

/** Events of the logs that names mean, oldest first; a log there is not is reported. */
function eventsOf(context: CmdletContext, names: readonly string[]): EventRecord[] {
  const { eventLog } = context.host;
  const found: EventRecord[] = [];
  for (const name of names) {
    const logs = eventLog.logs().filter((log) => wildcard(name)(log));
    if (logs.length === 0) {
      const direct = hasWildcard(name) ? undefined : eventLog.read(name);
      if (direct?.ok) {
        found.push(...direct.value);
        continue;
      }
      context.error({
        id: 'NoMatchingLogsFound',
        category: 'ObjectNotFound',
        message: `There is not an event log on the localhost computer that matches "${name}".`,
        exception: 'System.Exception',
        target: name,
      });
      continue;
    }
    for (const log of logs) {
      const events = eventLog.read(log);
      if (events.ok) found.push(...events.value);
      else
        context.error({
          id: 'LogReadingError',
          category: 'NotSpecified',
          message: `Could not retrieve information about the ${log} log. Error: Attempted to perform an unauthorized operation..`,
          exception: 'System.UnauthorizedAccessException',
          target: log,
        });
    }
  }
  return found;
}

type Test = (event: EventRecord) => boolean;

const items = (value: Value): Value[] => [...((value === null ? undefined : elementsOf(value)) ?? [value])];

/** One entry of a -FilterHashtable. */
function hashTest(context: CmdletContext, key: string, value: Value): Test | undefined {
  const texts = items(value).map((one) => toText(one));
  const numbers = texts.map(Number);
  switch (key.toLowerCase()) {
    case 'providername':
      return (event) => texts.some((text) => wildcard(text)(event.provider));
    case 'id':
      return (event) => numbers.includes(event.id);
    case 'level':
      return (event) => numbers.includes(event.level);
    case 'starttime':
    case 'endtime': {
      const date = context.convert(value, 'datetime');
      if (!(date instanceof DateTimeValue)) return undefined;
      const at = instantOf(context.host, date);
      return key.toLowerCase() === 'starttime' ? (event) => event.at >= at : (event) => event.at <= at;
    }
    case 'data':
      return (event) => texts.some((text) => event.message.includes(text));
    default:
      return () => true;
  }
}

/** The parts of XPath that filters of event logs use: Provider, EventID, Level, EventRecordID, TimeCreated. */
function xpathTest(text: string, now: number): Test | undefined {
  const tests: Test[] = [];
  const provider = /Provider\[@Name\s*=\s*(['"])(.*?)\1\]/i.exec(text);
  if (provider) tests.push((event) => event.provider.toLowerCase() === (provider[2] as string).toLowerCase());
  for (const [name, read] of [
    ['EventID', (event: EventRecord) => event.id],
    ['Level', (event: EventRecord) => event.level],
    ['EventRecordID', (event: EventRecord) => event.recordId],
  ] as const) {
    const found = [...text.matchAll(new RegExp(`${name}\\s*(=|!=|<=|>=|<|>)\\s*(\\d+)`, 'gi'))];
    const equal = found.filter((match) => match[1] === '=').map((match) => Number(match[2]));
    if (equal.length > 0) tests.push((event) => equal.includes(read(event)));
    for (const [, operator, number] of found) {
      const n = Number(number);
      if (operator === '!=') tests.push((event) => read(event) !== n);
      else if (operator === '>=') tests.push((event) => read(event) >= n);
      else if (operator === '<=') tests.push((event) => read(event) <= n);
      else if (operator === '>') tests.push((event) => read(event) > n);
      else if (operator === '<') tests.push((event) => read(event) < n);
    }
  }
  const since = /timediff\(@SystemTime\)\s*<=\s*(\d+)/i.exec(text);
  if (since) tests.push((event) => now - event.at <= Number(since[1]) * 1000);
  if (tests.length === 0 && text.trim() !== '*') return undefined;
  return (event) => tests.every((test) => test(event));
}

function noEvents(context: CmdletContext): void {
  context.error({
    id: 'NoMatchingEventsFound',
    category: 'ObjectNotFound',
    message: 'No events were found that match the specified selection criteria.',
    exception: 'System.Exception',
  });
}

export const getWinEvent: Cmdlet = {
  name: 'Get-WinEvent',
  module: diagnostics,
  typeName: 'Microsoft.PowerShell.Commands.GetWinEventCommand',
  defaultSet: 'GetLogSet',
  parameters: [
    {
      name: 'LogName',
      type: 'string[]',
      sets: [{ set: 'GetLogSet', position: 0, pipeline: true, pipelineByName: true }],
    },
    { name: 'ListLog', type: 'string[]', sets: [{ set: 'ListLogSet', position: 0, mandatory: true }] },
    {
      name: 'ProviderName',
      type: 'string[]',
      sets: [{ set: 'GetProviderSet', position: 0, mandatory: true, pipelineByName: true }],
    },
    {
      name: 'FilterHashtable',
      type: 'hashtable[]',
      sets: [{ set: 'HashQuerySet', position: 0, mandatory: true }],
    },
    { name: 'FilterXPath', type: 'string', sets: ['GetLogSet', 'GetProviderSet'] },
    { name: 'MaxEvents', type: 'long' },
    { name: 'ComputerName', type: 'string', aliases: ['Cn'] },
    { name: 'Oldest', type: 'switch' },
    { name: 'Force', type: 'switch' },
  ],
  outputTypes: ['System.Diagnostics.Eventing.Reader.EventLogRecord'],
  start: (context) => ({
    process() {
      const { host } = context;
      if (context.has('ListLog')) {
        for (const pattern of context.strings('ListLog')) {
          const logs = host.eventLog.logs().filter((log) => wildcard(pattern)(log));
          if (logs.length === 0)
            context.error({
              id: 'NoMatchingLogsFound',
              category: 'ObjectNotFound',
              message: `There is not an event log on the localhost computer that matches "${pattern}".`,
              target: pattern,
            });
          for (const log of logs) {
            const events = host.eventLog.read(log);
            context.write(
              customObject(
                [
                  ['LogMode', 'Circular'],
                  ['MaximumSizeInBytes', 20971520n],
                  ['RecordCount', events.ok ? BigInt(events.value.length) : null],
                  ['LogName', log],
                  ['IsEnabled', true],
                ],
                'System.Diagnostics.Eventing.Reader.EventLogConfiguration',
              ),
            );
          }
        }
        return undefined;
      }
      let events: EventRecord[] = [];
      if (context.has('FilterHashtable')) {
        for (const table of context.list('FilterHashtable')) {
          if (!(table instanceof DictionaryValue)) continue;
          const log = table.get('LogName');
          const provider = table.get('ProviderName');
          if (log === undefined && provider === undefined) {
            context.error({
              id: 'LogProviderOrPathNeeded',
              category: 'InvalidArgument',
              message: 'You must specify at least one of the following keys: LogName, ProviderName, Path.',
            });
            continue;
          }
          const names = log === undefined ? ['*'] : items(log).map((one) => toText(one));
          const tests: Test[] = [];
          for (const { key, value } of table.entries.values()) {
            const test = hashTest(context, toText(key), value);
            if (test) tests.push(test);
          }
          events.push(...eventsOf(context, names).filter((event) => tests.every((test) => test(event))));
        }
      } else {
        events = eventsOf(context, context.has('LogName') ? context.strings('LogName') : ['*']);
        if (context.has('ProviderName')) {
          const tests = context.strings('ProviderName').map((name) => wildcard(name));
          events = events.filter((event) => tests.some((test) => test(event.provider)));
        }
        if (context.has('FilterXPath')) {
          const test = xpathTest(context.string('FilterXPath'), host.clock.now());
          if (!test) {
            context.error({
              id: 'System.Diagnostics.Eventing.Reader.EventLogException',
              category: 'NotSpecified',
              message: 'The specified query is invalid',
              exception: 'System.Diagnostics.Eventing.Reader.EventLogException',
            });
            return undefined;
          }
          events = events.filter(test);
        }
      }
      const sign = context.switch('Oldest') ? 1 : -1;
      events.sort((a, b) => sign * (a.at - b.at || a.recordId - b.recordId));
      const wanted = context.has('MaxEvents') ? events.slice(0, context.number('MaxEvents', 0)) : events;
      if (wanted.length === 0) noEvents(context);
      for (const event of wanted) context.write(eventRecord(event, host));
      return undefined;
    },
  }),
};

export const getEventLog: Cmdlet = {
  name: 'Get-EventLog',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.GetEventLogCommand',
  dialect: 'desktop',
  defaultSet: 'LogName',
  parameters: [
    {
      name: 'LogName',
      type: 'string',
      aliases: ['LN'],
      sets: [{ set: 'LogName', position: 0, mandatory: true }],
    },
    { name: 'InstanceId', type: 'long[]', position: 1, sets: ['LogName'] },
    { name: 'List', type: 'switch', sets: ['List'] },
    { name: 'Newest', type: 'int', sets: ['LogName'] },
    { name: 'After', type: 'datetime', sets: ['LogName'] },
    { name: 'Before', type: 'datetime', sets: ['LogName'] },
    { name: 'Index', type: 'int[]', sets: ['LogName'] },
    {
      name: 'EntryType',
      type: 'string[]',
      aliases: ['ET'],
      sets: ['LogName'],
      validate: [
        { kind: 'set', values: ['Error', 'Information', 'FailureAudit', 'SuccessAudit', 'Warning'] },
      ],
    },
    { name: 'Source', type: 'string[]', aliases: ['ABO'], sets: ['LogName'] },
    { name: 'Message', type: 'string', aliases: ['MSG'], sets: ['LogName'] },
    { name: 'ComputerName', type: 'string[]', aliases: ['Cn'] },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      if (context.switch('List')) {
        for (const log of host.eventLog.logs()) {
          const events = host.eventLog.read(log);
          context.write(
            customObject([
              ['Max(K)', 20480],
              ['Retain', 0],
              ['OverflowAction', 'OverwriteAsNeeded'],
              ['Entries', events.ok ? events.value.length : 0],
              ['Log', log],
            ]),
          );
        }
        return undefined;
      }
      const name = context.string('LogName');
      const found = host.eventLog.read(name);
      if (!found.ok) {
        context.error({
          id: 'GetEventLogInvalidOperation',
          category: 'InvalidOperation',
          message: `The event log '${name}' on computer '.' does not exist.`,
          exception: 'System.InvalidOperationException',
        });
        return undefined;
      }
      const tests: Test[] = [];
      const texts = (parameter: string): string[] => context.strings(parameter);
      if (context.has('Source'))
        tests.push((event) => texts('Source').some((one) => wildcard(one)(event.provider)));
      if (context.has('EntryType'))
        tests.push((event) =>
          texts('EntryType').some((one) => one.toLowerCase() === entryType(event).toLowerCase()),
        );
      if (context.has('InstanceId'))
        tests.push((event) => texts('InstanceId').map(Number).includes(event.id));
      if (context.has('Index')) tests.push((event) => texts('Index').map(Number).includes(event.recordId));
      if (context.has('Message')) tests.push((event) => wildcard(context.string('Message'))(event.message));
      const after = context.get('After');
      const before = context.get('Before');
      if (after instanceof DateTimeValue) tests.push((event) => event.at > instantOf(host, after));
      if (before instanceof DateTimeValue) tests.push((event) => event.at < instantOf(host, before));
      const events = found.value
        .filter((event) => tests.every((test) => test(event)))
        .sort((a, b) => b.at - a.at || b.recordId - a.recordId);
      const wanted = context.has('Newest') ? events.slice(0, context.number('Newest', 0)) : events;
      if (wanted.length === 0)
        context.error({
          id: 'GetEventLogNoEntriesFound',
          category: 'ObjectNotFound',
          message: 'No matches found',
          exception: 'System.ArgumentException',
        });
      for (const event of wanted) context.write(eventLogEntry(event, host));
      return undefined;
    },
  }),
};

/** Where Windows keeps which source writes to which log. */
const sourceKey = (log: string, source: string) =>
  ({ hive: 'HKLM', path: `SYSTEM\\CurrentControlSet\\Services\\EventLog\\${log}\\${source}` }) as const;

export const writeEventLog: Cmdlet = {
  name: 'Write-EventLog',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.WriteEventLogCommand',
  dialect: 'desktop',
  parameters: [
    { name: 'LogName', type: 'string', position: 0, mandatory: true, aliases: ['LN'] },
    { name: 'Source', type: 'string', position: 1, mandatory: true, aliases: ['SRC'] },
    { name: 'EventId', type: 'int', position: 2, mandatory: true, aliases: ['ID', 'EID'] },
    { name: 'EntryType', type: 'System.Diagnostics.EventLogEntryType', position: 3, aliases: ['ET'] },
    {
      name: 'Message',
      type: 'string',
      position: 4,
      mandatory: true,
      aliases: ['MSG'],
      allowEmptyString: true,
    },
    { name: 'Category', type: 'int16' },
    { name: 'RawData', type: 'byte[]', aliases: ['RD'] },
    { name: 'ComputerName', type: 'string', aliases: ['CN'] },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const log = context.string('LogName');
      const source = context.string('Source');
      if (!host.registry.key(sourceKey(log, source)).ok) {
        context.error({
          id: 'SourceDoesNotExist',
          category: 'InvalidOperation',
          message: `The source name "${source}" does not exist on computer "localhost".`,
          exception: 'System.InvalidOperationException',
        });
        return undefined;
      }
      const type = context.has('EntryType') ? toText(context.get('EntryType')) : 'Information';
      const level = type === 'Error' ? 2 : type === 'Warning' ? 3 : 4;
      const done = host.eventLog.write({
        logName: log,
        provider: source,
        id: context.number('EventId', 0),
        level,
        levelName: level === 2 ? 'Error' : level === 3 ? 'Warning' : 'Information',
        message: context.string('Message'),
      });
      if (!done.ok)
        context.error({
          id: 'AccessDenied',
          category: 'PermissionDenied',
          message: `The registry key for the log "${log}" for source "${source}" could not be opened.`,
          exception: 'System.InvalidOperationException',
        });
      return undefined;
    },
  }),
};

export const newEventLog: Cmdlet = {
  name: 'New-EventLog',
  module: management,
  typeName: 'Microsoft.PowerShell.Commands.NewEventLogCommand',
  dialect: 'desktop',
  parameters: [
    { name: 'LogName', type: 'string', position: 0, mandatory: true, aliases: ['LN'] },
    { name: 'Source', type: 'string[]', position: 1, mandatory: true, aliases: ['SRC'] },
    { name: 'ComputerName', type: 'string[]', aliases: ['CN'] },
    { name: 'MessageResourceFile', type: 'string', aliases: ['MRF'] },
    { name: 'CategoryResourceFile', type: 'string', aliases: ['CRF'] },
    { name: 'ParameterResourceFile', type: 'string', aliases: ['PRF'] },
  ],
  start: (context) => ({
    process() {
      const { registry } = context.host;
      const log = context.string('LogName');
      for (const source of context.strings('Source')) {
        const key = sourceKey(log, source);
        if (registry.key(key).ok) {
          context.error({
            id: 'NewEventlogException',
            category: 'InvalidOperation',
            message: `The "${source}" source is already registered on the "localhost" computer.`,
            exception: 'System.InvalidOperationException',
          });
          continue;
        }
        const made = registry.createKey(key);
        if (!made.ok) {
          context.error({
            id: 'NewEventlogException',
            category: 'InvalidOperation',
            message: 'Requested registry access is not allowed.',
            exception: 'System.Security.SecurityException',
          });
          continue;
        }
        registry.setValue(key, 'EventMessageFile', {
          kind: 'ExpandString',
          data: 'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\EventLogMessages.dll',
        });
      }
      return undefined;
    },
  }),
};

export const eventCmdlets: readonly Cmdlet[] = [getWinEvent, getEventLog, writeEventLog, newEventLog];
