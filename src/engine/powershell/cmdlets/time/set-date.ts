import type { Instant } from '../../../../base/time.ts';
import { instantOf, localTime } from '../../providers/local-time.ts';
import { DateTimeValue, TimeSpanValue } from '../../types/scalars.ts';
import { unwrap } from '../../types/value.ts';
import type { Cmdlet } from '../cmdlet.ts';

/** Sets the device's clock to a time, or by a span. */
export const setDate: Cmdlet = {
  name: 'Set-Date',
  module: 'Microsoft.PowerShell.Utility',
  typeName: 'Microsoft.PowerShell.Commands.SetDateCommand',
  defaultSet: 'Date',
  shouldProcess: 'Medium',
  parameters: [
    {
      name: 'Date',
      type: 'datetime',
      sets: [{ set: 'Date', position: 0, mandatory: true, pipeline: true, pipelineByName: true }],
    },
    { name: 'Adjust', type: 'timespan', sets: [{ set: 'Adjust', position: 0, mandatory: true }] },
    { name: 'DisplayHint', type: 'string' },
  ],
  start: (context) => ({
    process() {
      const { host } = context;
      const now = host.clock.now();
      const adjust = context.has('Adjust') ? unwrap(context.get('Adjust')) : undefined;
      const date = unwrap(context.get('Date'));
      const to =
        adjust instanceof TimeSpanValue
          ? ((now + Number(adjust.ticks / 10n)) as Instant)
          : date instanceof DateTimeValue
            ? instantOf(host, date)
            : now;
      if (!context.shouldProcess(context.text(localTime(host, to)))) return undefined;
      const done = host.clock.setTime?.(to);
      if (!done?.ok)
        context.error({
          id: 'System.ComponentModel.Win32Exception',
          category: 'NotSpecified',
          message: done?.error.message ?? 'The request is not supported.',
          exception: 'System.ComponentModel.Win32Exception',
        });
      else context.write(localTime(host, host.clock.now()));
      return undefined;
    },
  }),
};

/** Sets the device's time zone. */
export const setTimeZone: Cmdlet = {
  name: 'Set-TimeZone',
  module: 'Microsoft.PowerShell.Management',
  typeName: 'Microsoft.PowerShell.Commands.SetTimeZoneCommand',
  aliases: ['stz'],
  defaultSet: 'Name',
  shouldProcess: 'Medium',
  parameters: [
    { name: 'Id', type: 'string', sets: [{ set: 'Id', mandatory: true, pipelineByName: true }] },
    { name: 'Name', type: 'string', sets: [{ set: 'Name', position: 0, mandatory: true }] },
    { name: 'PassThru', type: 'switch' },
  ],
  start: (context) => ({
    process() {
      const id = context.has('Id') ? context.string('Id') : context.string('Name');
      if (!context.shouldProcess(id)) return undefined;
      const done = context.host.clock.setZone?.(id);
      if (!done?.ok)
        context.error({
          id: 'TimeZoneNotFound',
          category: 'ObjectNotFound',
          message: `The time zone ID '${id}' was not found on the local computer.`,
          exception: 'System.TimeZoneNotFoundException',
          target: id,
        });
      return undefined;
    },
  }),
};
